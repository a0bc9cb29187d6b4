//! Who may be written to, and when (contract send 3.1, 3.2).

use wire::send::Tag;
use wire::time::{Millis, Span};

use crate::refusal::Refusal;
use crate::store::ThreadFacts;

/// How long a business may answer after the person's latest act.
pub const STANDARD: Span = Span::hours(24);
/// How long a human agent may.
pub const HUMAN_AGENT: Span = Span::days(7);

/// By what right a message may be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grant {
    /// The person acted within the last 24 hours.
    Standard,
    /// A human answers within seven days.
    HumanAgent,
}

/// Decides whether a business may write to the person of these facts now.
///
/// Both limits are inclusive: at 24 h 00 m 00.000 s the window is still open (contract send 3.1, boundary).
///
/// # Errors
/// [`Refusal::NoSuchUser`], [`Refusal::Feature`] when the tag is used without the feature, [`Refusal::OutsideWindow`].
pub fn decide(facts: &ThreadFacts, tag: Option<Tag>, human_agent: bool, now: Millis) -> Result<Grant, Refusal> {
    if facts.user.is_none() {
        return Err(Refusal::NoSuchUser);
    }
    if tag == Some(Tag::HumanAgent) && !human_agent {
        return Err(Refusal::Feature("Human Agent"));
    }
    let last = facts.thread.as_ref().and_then(|thread| thread.last_person_time).ok_or(Refusal::OutsideWindow)?;
    match (now.since(last), tag) {
        (age, _) if age <= STANDARD => Ok(Grant::Standard),
        (age, Some(Tag::HumanAgent)) if age <= HUMAN_AGENT => Ok(Grant::HumanAgent),
        _ => Err(Refusal::OutsideWindow),
    }
}

#[cfg(test)]
mod tests {
    use wire::id::{AccountId, Igsid, PersonId};

    use super::*;
    use crate::facts::{PersonStatus, ScopedUser, Thread};

    const LAST: Millis = Millis::new(1_790_000_000_000);

    fn facts(known: bool, last: Option<Millis>) -> ThreadFacts {
        let (account, igsid) = (AccountId::new(1), Igsid::new(2));
        let user = known.then_some(ScopedUser {
            account,
            igsid,
            person: PersonId::new(3),
            consent_time: last,
            is_user_follow_business: false,
            is_business_follow_user: false,
            is_user_block_business: false,
            is_business_block_user: false,
            is_same_accounts_center: false,
        });
        ThreadFacts {
            user,
            status: PersonStatus::Active,
            thread: last.map(|last| Thread { last_person_time: Some(last), ..Thread::new(account, igsid) }),
        }
    }

    #[test]
    fn the_window_shuts_one_millisecond_after_its_last() {
        let tagged = Some(Tag::HumanAgent);
        let rows = [
            (None, true, Span::ZERO, Ok(Grant::Standard)),
            (None, true, STANDARD, Ok(Grant::Standard)),
            (None, true, Span::millis(STANDARD.get() + 1), Err(Refusal::OutsideWindow)),
            (tagged, true, STANDARD, Ok(Grant::Standard)),
            (tagged, true, Span::millis(STANDARD.get() + 1), Ok(Grant::HumanAgent)),
            (tagged, true, HUMAN_AGENT, Ok(Grant::HumanAgent)),
            (tagged, true, Span::millis(HUMAN_AGENT.get() + 1), Err(Refusal::OutsideWindow)),
            (tagged, false, Span::hours(30), Err(Refusal::Feature("Human Agent"))),
            (None, false, Span::hours(30), Err(Refusal::OutsideWindow)),
        ];
        for (tag, feature, age, expected) in rows {
            assert_eq!(decide(&facts(true, Some(LAST)), tag, feature, LAST.plus(age)), expected, "{tag:?} after {age}");
        }
    }

    #[test]
    fn nobody_is_written_to_first() {
        assert_eq!(decide(&facts(true, None), None, true, LAST), Err(Refusal::OutsideWindow));
        assert_eq!(decide(&facts(false, None), None, true, LAST), Err(Refusal::NoSuchUser));
    }
}
