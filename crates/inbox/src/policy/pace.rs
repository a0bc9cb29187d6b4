//! How fast an account may be used: never more calls in a second, or an hour, than the platform takes (contract send 5.1).

use std::collections::{BTreeMap, VecDeque};

use wire::time::{Millis, Span};

use crate::facts::{FileKind, Outgoing};
use crate::ids::ConnectionId;

/// A kind of call with a limit of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Texts, reactions, pictures and all else that is not below.
    Send,
    /// Sound and video.
    Heavy,
    /// Private replies to comments on posts and reels.
    PrivateReply,
    /// Conversations and messages.
    Read,
}

impl Kind {
    /// What a send counts as.
    pub fn of(what: &Outgoing) -> Self {
        match what {
            Outgoing::Media { media: FileKind::Audio | FileKind::Video, .. } => Self::Heavy,
            Outgoing::PrivateReply { .. } => Self::PrivateReply,
            _ => Self::Send,
        }
    }

    /// So many calls in so long.
    pub fn limit(self) -> (usize, Span) {
        match self {
            Self::Send => (300, Span::seconds(1)),
            Self::Heavy => (10, Span::seconds(1)),
            Self::PrivateReply => (750, Span::hours(1)),
            Self::Read => (2, Span::seconds(1)),
        }
    }
}

/// When each account was used last. Limits hold over every stretch of their length, not from one full second to the next,
/// since nobody knows where the platform's seconds begin.
#[derive(Debug, Default)]
pub struct Pace {
    calls: BTreeMap<(ConnectionId, Kind), VecDeque<Millis>>,
}

impl Pace {
    /// Takes a place for a call at `now`.
    ///
    /// # Errors
    /// The moment at which there is one, if there is none now.
    pub fn take(&mut self, connection: ConnectionId, kind: Kind, now: Millis) -> Result<(), Millis> {
        let (count, stretch) = kind.limit();
        let calls = self.calls.entry((connection, kind)).or_default();
        while calls.front().is_some_and(|call| now.since(*call) >= stretch || *call > now) {
            calls.pop_front();
        }
        match calls.front() {
            Some(first) if calls.len() >= count => Err(first.plus(stretch)),
            _ => {
                calls.push_back(now);
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_call_too_many_is_told_when_there_is_a_place() {
        let (mut pace, one) = (Pace::default(), ConnectionId::new(1));
        for now in [0, 400] {
            assert_eq!(pace.take(one, Kind::Read, Millis::new(now)), Ok(()));
        }
        assert_eq!(pace.take(one, Kind::Read, Millis::new(999)), Err(Millis::new(1000)));
        assert_eq!(pace.take(ConnectionId::new(2), Kind::Read, Millis::new(999)), Ok(()), "another account's");
        assert_eq!(pace.take(one, Kind::Read, Millis::new(1000)), Ok(()));
        assert_eq!(pace.take(one, Kind::Read, Millis::new(1001)), Err(Millis::new(1400)));
    }

    proptest! {
        #[test]
        fn no_stretch_holds_more_than_its_limit(steps in proptest::collection::vec(0_i64..400, 1..200)) {
            let (mut pace, mut now, mut made) = (Pace::default(), 0, Vec::new());
            for step in steps {
                now += step;
                if pace.take(ConnectionId::new(1), Kind::Heavy, Millis::new(now)).is_ok() {
                    made.push(now);
                }
            }
            for first in &made {
                prop_assert!(made.iter().filter(|call| (*first..*first + 1000).contains(*call)).count() <= 10);
            }
        }
    }
}
