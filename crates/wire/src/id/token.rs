//! Message and conversation ids: opaque tokens that carry where the thing lives.
//!
//! A thread is keyed by account and person, so a read by id needs no global index. The text inside has the shape seen
//! in published samples (contract send 2.2, read-and-rules 1.11).

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{AccountId, IdError, Igsid, Item};
use crate::escape64;

const MESSAGE: &str = "ig_dm_item:1:IGMessageID:";
const CONVERSATION: &str = "ig_dm:1:IGMessageThread:";
/// Leading digits of a thread number; the IGSID follows, padded to [`IGSID_DIGITS`].
const THREAD: &str = "340282366841710300";
const IGSID_DIGITS: usize = 21;
/// Real ids stay below 250 letters; anything longer is refused before it costs work.
const MAX_LENGTH: usize = 512;

/// Names one message: the `mid` of webhooks and the `message_id` of the Send API.
///
/// The text is opaque for clients, `[A-Za-z0-9]` only, and starts `aWdfZAG1f`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MessageId {
    /// The professional account whose inbox holds the thread.
    pub account: AccountId,
    /// The person at the other end.
    pub igsid: Igsid,
    /// The message within the thread.
    pub item: Item,
}

/// Names the conversation of one person with one professional account.
///
/// The text is opaque for clients, `[A-Za-z0-9]` only, and starts `aWdfZAG06`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConversationId {
    /// The professional account whose inbox holds the thread.
    pub account: AccountId,
    /// The person at the other end.
    pub igsid: Igsid,
}

impl MessageId {
    /// The conversation that the message belongs to.
    pub const fn conversation(self) -> ConversationId {
        ConversationId { account: self.account, igsid: self.igsid }
    }
}

impl fmt::Display for MessageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { account, igsid, item } = self;
        let item = u128::from(item.get()) << 64;
        f.pad(&escape64::encode(format!("{MESSAGE}{account}:{THREAD}{igsid:0>IGSID_DIGITS$}:{item}")))
    }
}

impl fmt::Display for ConversationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { account, igsid } = self;
        f.pad(&escape64::encode(format!("{CONVERSATION}{account}:{THREAD}{igsid:0>IGSID_DIGITS$}")))
    }
}

/// The text inside a token, if it starts as it must.
fn unwrap(token: &str, prefix: &str) -> Option<String> {
    if token.len() > MAX_LENGTH {
        return None;
    }
    let text = String::from_utf8(escape64::decode(token)?).ok()?;
    text.strip_prefix(prefix).map(str::to_owned)
}

fn igsid_of(thread: &str) -> Option<Igsid> {
    thread.strip_prefix(THREAD)?.parse().ok().map(Igsid::new)
}

impl FromStr for MessageId {
    type Err = IdError;

    fn from_str(token: &str) -> Result<Self, IdError> {
        let read = || {
            let text = unwrap(token, MESSAGE)?;
            let (account, rest) = text.split_once(':')?;
            let (thread, item) = rest.split_once(':')?;
            let item = u64::try_from(item.parse::<u128>().ok()? >> 64).ok()?;
            Some(Self { account: account.parse().ok()?, igsid: igsid_of(thread)?, item: Item::new(item) })
        };
        read().filter(|id| id.to_string() == token).ok_or(IdError::NotMessage)
    }
}

impl FromStr for ConversationId {
    type Err = IdError;

    fn from_str(token: &str) -> Result<Self, IdError> {
        let read = || {
            let text = unwrap(token, CONVERSATION)?;
            let (account, thread) = text.split_once(':')?;
            Some(Self { account: account.parse().ok()?, igsid: igsid_of(thread)? })
        };
        read().filter(|id| id.to_string() == token).ok_or(IdError::NotConversation)
    }
}

macro_rules! as_json_string {
    ($($name:ident),+) => {$(
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
            }
        }
    )+};
}

as_json_string!(MessageId, ConversationId);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ID: MessageId = MessageId {
        account: AccountId::new(17_841_499_900_011_122),
        igsid: Igsid::new(7_712_345_678_901_234),
        item: Item::new(1_764_000_000_123_000),
    };

    #[test]
    fn tokens_have_the_shape_of_published_samples() {
        let mid = ID.to_string();
        assert!(mid.starts_with("aWdfZAG1faXRlbToxOklHTWVzc2FnZAUlEOjE3ODQx"), "{mid}");
        assert!((150..=220).contains(&mid.len()), "{}", mid.len());
        assert!(ID.conversation().to_string().starts_with("aWdfZAG06MTpJR01lc3NhZA2VUaHJlYWQ6"));
    }

    #[test]
    fn the_text_inside_is_what_the_contract_writes() {
        let inside = String::from_utf8(escape64::decode(&ID.to_string()).unwrap()).unwrap();
        assert_eq!(
            inside,
            "ig_dm_item:1:IGMessageID:17841499900011122:340282366841710300000007712345678901234:\
             32540056548292598571690274848768000"
        );
    }

    #[test]
    fn texts_that_differ_from_the_printed_form_are_refused() {
        let thread = "340282366841710300000007712345678901234";
        for inside in [
            String::new(),
            format!("{MESSAGE}1:{thread}"),
            format!("{MESSAGE}1:{thread}:1"),
            format!("{MESSAGE}01:{thread}:0"),
            format!("{MESSAGE}1:{thread}:0:"),
            format!("{MESSAGE}1:{THREAD}7:0"),
            format!("{MESSAGE}1:{THREAD}+00000000000000000007:0"),
            format!("{MESSAGE}1:{THREAD}999999999999999999999:0"),
            format!("{CONVERSATION}1:{thread}"),
        ] {
            let token = escape64::encode(&inside);
            assert_eq!(token.parse::<MessageId>(), Err(IdError::NotMessage), "{inside}");
        }
        assert!("A".repeat(100_000).parse::<MessageId>().is_err());
        assert_eq!(ID.to_string().parse::<ConversationId>(), Err(IdError::NotConversation));
    }

    proptest! {
        #[test]
        fn message_ids_come_back(account: u64, igsid: u64, item: u64) {
            let id = MessageId { account: AccountId::new(account), igsid: Igsid::new(igsid), item: Item::new(item) };
            let token = id.to_string();
            prop_assert!(token.bytes().all(|b| b.is_ascii_alphanumeric()));
            prop_assert_eq!(token.parse(), Ok(id));
            let json = serde_json::to_value(id).unwrap();
            prop_assert_eq!(json.as_str(), Some(token.as_str()));
            prop_assert_eq!(serde_json::from_value::<MessageId>(json).unwrap(), id);
        }

        #[test]
        fn conversation_ids_come_back(account: u64, igsid: u64) {
            let id = ConversationId { account: AccountId::new(account), igsid: Igsid::new(igsid) };
            prop_assert_eq!(id.to_string().parse(), Ok(id));
        }

        #[test]
        fn garbage_is_refused_without_a_panic(text in "\\PC{0,600}|aWdfZAG[A-Za-z0-9]{0,600}") {
            prop_assert!(text.parse::<MessageId>().is_err());
            prop_assert!(text.parse::<ConversationId>().is_err());
        }

        #[test]
        fn a_changed_letter_never_names_the_same_message(at in 0_usize..150, letter in "[A-Za-z0-9+/=_-]") {
            let token = ID.to_string();
            let changed = format!("{}{letter}{}", &token[..at], &token[at + 1..]);
            prop_assert!(changed == token || changed.parse() != Ok(ID));
        }
    }
}
