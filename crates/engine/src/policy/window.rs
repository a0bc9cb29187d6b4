//! Who may be written to, and when (contract send 3.1, 3.2).

use wire::send::Tag;
use wire::time::{Millis, Span};

use crate::facts::Thread;
use crate::refusal::Refusal;

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

/// Decides whether a business may write into this thread now; without a thread nobody acted yet.
///
/// Both limits are inclusive: at 24 h 00 m 00.000 s the window is still open (contract send 3.1, boundary).
///
/// # Errors
/// [`Refusal::Feature`] when the tag is used without the feature, [`Refusal::OutsideWindow`].
pub fn decide(thread: Option<&Thread>, tag: Option<Tag>, human_agent: bool, now: Millis) -> Result<Grant, Refusal> {
    if tag == Some(Tag::HumanAgent) && !human_agent {
        return Err(Refusal::Feature("Human Agent"));
    }
    let last = thread.and_then(|thread| thread.last_person_time).ok_or(Refusal::OutsideWindow)?;
    match (now.since(last), tag) {
        (age, _) if age <= STANDARD => Ok(Grant::Standard),
        (age, Some(Tag::HumanAgent)) if age <= HUMAN_AGENT => Ok(Grant::HumanAgent),
        _ => Err(Refusal::OutsideWindow),
    }
}

#[cfg(test)]
mod tests {
    use wire::id::{AssetId, MediaId};
    use wire::send::attachment::MediaKind;

    use super::*;
    use crate::facts::{Aside, Content, MediaFile, Message, Side};
    use crate::policy::samples::{self, NOW};

    const LAST: Millis = NOW;

    #[test]
    fn the_window_shuts_one_millisecond_after_its_last() {
        let tagged = Some(Tag::HumanAgent);
        let thread = samples::thread(Some(LAST));
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
            assert_eq!(decide(Some(&thread), tag, feature, LAST.plus(age)), expected, "{tag:?} after {age}");
        }
    }

    #[test]
    fn nobody_is_written_to_first() {
        assert_eq!(decide(Some(&samples::thread(None)), None, true, LAST), Err(Refusal::OutsideWindow));
        assert_eq!(decide(None, None, true, LAST), Err(Refusal::OutsideWindow));
    }

    #[test]
    fn every_message_of_the_person_opens_it_to_the_millisecond_and_none_of_the_business() {
        let file = || MediaFile { kind: MediaKind::Image, asset: AssetId::new(1) };
        let story = Aside { story: Some(MediaId::new(1)), ..Aside::default() };
        let tapped = Aside { quick_reply: Some("P".into()), ..Aside::default() };
        let rows = [
            (Content::Text("hi".into()), Aside::default()),
            (Content::Text("Yes".into()), tapped),
            (Content::Text("nice".into()), story),
            (Content::Postback { title: "t".into(), payload: "p".into() }, Aside::default()),
            (Content::Media(vec![file()]), Aside::default()),
            (Content::LikeHeart, Aside::default()),
            (Content::MediaShare(MediaId::new(1)), Aside::default()),
            (Content::StoryMention(file()), Aside::default()),
        ];
        let before = samples::thread(None);
        for (content, aside) in rows {
            let message = Message {
                id: before.next_message(LAST),
                created_time: LAST,
                from: Side::Person,
                app: None,
                content,
                aside,
            };
            let after = before.clone().with(&message);
            let at = |time| decide(Some(&after), None, true, time);
            let last = LAST.plus(STANDARD);
            assert_eq!(at(last), Ok(Grant::Standard), "{message:?}");
            assert_eq!(at(last.plus(Span::millis(1))), Err(Refusal::OutsideWindow), "{message:?}");
            let answer = Message { from: Side::Business, ..message };
            assert_eq!(decide(Some(&before.clone().with(&answer)), None, true, LAST), Err(Refusal::OutsideWindow));
        }
    }
}
