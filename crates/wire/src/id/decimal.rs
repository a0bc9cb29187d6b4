//! Decimal ids, one type per kind of thing, so that an account is never passed where a person is meant.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::IdError;

/// Digits without sign or leading zero that fit 64 bits: what `Display` prints, and only that.
fn parse(text: &str) -> Result<u64, IdError> {
    let canonical = text == "0" || !text.starts_with('0');
    if !canonical || !text.bytes().all(|b| b.is_ascii_digit()) {
        return Err(IdError::NotDecimal);
    }
    text.parse().map_err(|_| IdError::NotDecimal)
}

/// Reads an id from a JSON string, or from a number as some clients send it.
struct DecimalVisitor;

impl de::Visitor<'_> for DecimalVisitor {
    type Value = u64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a decimal id as string or non-negative integer")
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<u64, E> {
        Ok(value)
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<u64, E> {
        u64::try_from(value).map_err(|_| E::custom(IdError::NotDecimal))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<u64, E> {
        parse(value).map_err(E::custom)
    }
}

macro_rules! decimal_ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u64);

        impl $name {
            /// Wraps a number.
            pub const fn new(number: u64) -> Self {
                Self(number)
            }

            /// The number inside.
            pub const fn get(self) -> u64 {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                parse(text).map(Self)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_any(DecimalVisitor).map(Self)
            }
        }
    )+};
}

decimal_ids! {
    /// An app (contract graph 8.1).
    ///
    /// Scope: global. One app has two different numbers, the Meta app id and the Instagram app id; both are `AppId`s.
    AppId,
    /// A Facebook Page that an Instagram professional account may be linked to (contract graph 8.1).
    ///
    /// Scope: global.
    PageId,
    /// An Instagram professional account, the `IG_ID` (contract graph 8.1, send 2.2).
    ///
    /// Scope: global. Seventeen digits starting `17841`; the `entry.id` of every webhook.
    AccountId,
    /// A Facebook user (contract graph 8.1).
    ///
    /// Scope: the app that sees it, so the same human has another number in another app.
    UserId,
    /// An Instagram user as this platform counts them, whoever they talk to.
    ///
    /// Scope: global, and never on the wire: apps see an [`Igsid`] instead.
    PersonId,
    /// A person as seen by one professional account, the Instagram-scoped id (contract graph 8.1, send 2.2).
    ///
    /// Scope: one account; the same for all apps that serve it.
    Igsid,
    /// A post, reel or story (contract send 2.2).
    ///
    /// Scope: global.
    MediaId,
    /// A comment below a media (contract send 2.2).
    ///
    /// Scope: global.
    CommentId,
    /// A file that was uploaded or sent with `is_reusable` (contract send 1.7, 2.2).
    ///
    /// Scope: one account.
    AttachmentId,
    /// The bytes of a file, as media URLs name them (contract read 3.1).
    ///
    /// Scope: one account.
    AssetId,
    /// A welcome message flow (contract send 1.13).
    ///
    /// Scope: one account.
    FlowId,
    /// Our number of one webhook delivery.
    ///
    /// Scope: this platform; shown in the console only, since no delivery id is on the wire (contract webhooks 2.2).
    DeliveryId,
    /// The number of a message within its thread: microseconds since 1970, or the next free number after that.
    ///
    /// Strictly increasing within a thread, so it orders messages (contract send 2.2).
    Item,
}

#[cfg(test)]
mod tests {
    use super::{AccountId, Igsid};
    use proptest::prelude::*;

    #[test]
    fn only_the_printed_form_is_read() {
        assert_eq!("17841400000000001".parse(), Ok(AccountId::new(17_841_400_000_000_001)));
        assert_eq!("0".parse(), Ok(AccountId::new(0)));
        for text in ["", "00", "01", "+1", "-1", " 1", "1 ", "1_0", "\u{0661}", "18446744073709551616"] {
            assert!(text.parse::<AccountId>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn json_is_a_string_and_a_number_is_tolerated() {
        assert_eq!(serde_json::to_string(&Igsid::new(7)).unwrap(), r#""7""#);
        for json in [r#""7""#, "7"] {
            assert_eq!(serde_json::from_str::<Igsid>(json).unwrap(), Igsid::new(7), "{json}");
        }
        for json in ["-7", "7.0", r#""07""#, "null", "[7]"] {
            assert!(serde_json::from_str::<Igsid>(json).is_err(), "{json}");
        }
    }

    proptest! {
        #[test]
        fn every_number_comes_back(number: u64) {
            let id = AccountId::new(number);
            prop_assert_eq!(id.to_string().parse(), Ok(id));
            let json = serde_json::to_string(&id).unwrap();
            prop_assert_eq!(serde_json::from_str::<AccountId>(&json).unwrap(), id);
        }

        #[test]
        fn what_is_read_is_what_would_be_printed(text in "\\PC{0,24}|[0-9]{0,24}") {
            if let Ok(id) = text.parse::<AccountId>() {
                prop_assert_eq!(id.to_string(), text);
            }
        }
    }
}
