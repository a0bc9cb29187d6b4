//! Ids of the inbox's own things: numbers that grow with time, as text in JSON.

use std::fmt;
use std::num::ParseIntError;
use std::str::FromStr;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use wire::time::Millis;

use crate::clock::Entropy;

/// Bits of an id that are random; the rest is its time in milliseconds.
const RANDOM_BITS: u32 = 21;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct $name(u64);

        impl $name {
            /// Wraps a number, which must be below 2^63 to be stored.
            pub const fn new(number: u64) -> Self {
                Self(number)
            }

            /// The number.
            pub const fn get(self) -> u64 {
                self.0
            }

            /// A new one, larger than those made in an earlier millisecond.
            pub fn make(now: Millis, entropy: &dyn Entropy) -> Self {
                Self(make(now, entropy))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = ParseIntError;

            fn from_str(text: &str) -> Result<Self, ParseIntError> {
                text.parse::<i64>()?.to_string().parse().map(Self)
            }
        }

        impl From<$name> for db::sql::Value<'_> {
            fn from(id: $name) -> Self {
                // What no row can have equals nothing.
                db::sql::Value::from(i64::try_from(id.0).ok())
            }
        }

        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                <String as utoipa::PartialSchema>::schema()
            }
        }

        impl utoipa::ToSchema for $name {}

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
            }
        }
    )+};
}

ids! {
    /// A business's desk: everything belongs to one, and nothing to two.
    WorkspaceId,
    /// A connected professional account.
    ConnectionId,
    /// Somebody who works here.
    AgentId,
    /// A group of agents.
    TeamId,
    /// One person's thread with one account.
    ConversationId,
    /// A note between agents.
    NoteId,
    /// A label.
    LabelId,
    /// A canned reply.
    ReplyId,
    /// A saved view.
    ViewId,
    /// Something to be sent.
    OutboxId,
    /// A log-in.
    SessionId,
    /// An entry of the audit log, or of the inbound log.
    EntryId,
}

fn make(now: Millis, entropy: &dyn Entropy) -> u64 {
    let mut bytes = [0; 8];
    entropy.fill(&mut bytes);
    let random = u64::from_le_bytes(bytes) & ((1 << RANDOM_BITS) - 1);
    // 42 bits of milliseconds last until the year 2109.
    let time = u64::try_from(now.get()).unwrap_or(0) & ((1 << 42) - 1);
    (time << RANDOM_BITS) | random
}

/// Makes ids each of which is larger than every one before: within a millisecond too, and when the clock was set back. It knows
/// those that it made itself, so the order is that of one process.
#[derive(Debug, Default)]
pub struct Growing(AtomicU64);

impl Growing {
    /// The next one, which has the shape of any other.
    pub fn make(&self, now: Millis, entropy: &dyn Entropy) -> EntryId {
        let made = make(now, entropy);
        let above = |last: u64| made.max(last + 1);
        EntryId(above(self.0.fetch_update(Relaxed, Relaxed, |last| Some(above(last))).unwrap_or_default()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Seeded;

    #[test]
    fn growing_ids_grow_within_a_millisecond_and_behind_a_clock_that_was_set_back() {
        const START: i64 = 1_795_341_600_000;
        let (growing, entropy) = (Growing::default(), Seeded::new(1));
        let mut last = EntryId::new(0);
        for now in [START, START + 1, START, START - 86_400_000, START + 2].iter().flat_map(|now| [*now; 10_000]) {
            let made = growing.make(Millis::new(now), &entropy);
            assert!(made > last && i64::try_from(made.get()).is_ok());
            last = made;
        }
        let side_by_side: Vec<EntryId> = std::thread::scope(|scope| {
            let make = || (0..1_000).map(|_| growing.make(Millis::new(START), &entropy)).collect::<Vec<_>>();
            let both = [scope.spawn(make), scope.spawn(make)];
            both.into_iter().flat_map(|one| one.join().unwrap()).collect()
        });
        let others: std::collections::BTreeSet<EntryId> = side_by_side.into_iter().collect();
        assert!(others.len() == 2_000 && others.first() > Some(&last), "none is there twice");
    }

    #[test]
    fn ids_grow_with_time_fit_a_column_and_are_text_in_json() {
        let entropy = Seeded::new(1);
        let one = AgentId::make(Millis::new(1_795_341_600_000), &entropy);
        let two = AgentId::make(Millis::new(1_795_341_600_001), &entropy);
        assert!(one < two && i64::try_from(two.get()).is_ok());
        let text = serde_json::to_string(&one).unwrap();
        assert_eq!(text, format!("\"{one}\""));
        assert_eq!(serde_json::from_str::<AgentId>(&text).unwrap(), one);
        for wrong in ["\"-1\"", "\"9223372036854775808\"", "\"x\"", "7"] {
            assert!(serde_json::from_str::<AgentId>(wrong).is_err(), "{wrong}");
        }
    }
}
