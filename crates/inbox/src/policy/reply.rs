//! What may be sent now, and with which right (contract send 3.1 to 3.3).

use wire::time::{Millis, Span};

use crate::facts::{Message, Outbox, Outgoing};
use crate::ids::AgentId;
use crate::window::Window;

/// How long a comment may be answered privately (contract send 3.3).
pub const PRIVATE_REPLY: Span = Span::days(7);
/// The longest text, in bytes of UTF-8 (contract send 1.4).
pub const TEXT_BYTES: usize = 1000;

/// By which right something is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Right {
    /// Within 24 hours; no tag.
    Response,
    /// By a person, between 24 hours and seven days: with HUMAN_AGENT.
    HumanAgent,
}

/// Why something is not sent, by the row of `explain`.
pub type Refusal = &'static str;

/// Whether something may go on the wire at `now`, and by which right.
///
/// `last` is the person's newest act; for a private reply it is the comment's time. `by_person` says that an agent wrote it.
///
/// # Errors
/// The row that says why not.
pub fn right(what: &Outgoing, last: Option<Millis>, by_person: bool, now: Millis) -> Result<Right, Refusal> {
    if matches!(what, Outgoing::PrivateReply { .. }) {
        let late = last.is_none_or(|commented| now > commented.plus(PRIVATE_REPLY));
        return if late { Err("comment_too_old") } else { Ok(Right::Response) };
    }
    match Window::at(last, now) {
        Window::Open { .. } => Ok(Right::Response),
        Window::HumanAgent { .. } if !by_person => Err("window_closed"),
        // A reaction is no message and has no tag; that a thread was seen neither.
        Window::HumanAgent { .. } if !what.is_message() => Err("window_closed"),
        Window::HumanAgent { .. } => Ok(Right::HumanAgent),
        Window::Closed => Err("window_closed"),
    }
}

/// Whether a text can be sent.
///
/// # Errors
/// The row that says why not.
pub fn text(text: &str) -> Result<(), Refusal> {
    match text.len() {
        _ if text.trim().is_empty() => Err("text_empty"),
        0..=TEXT_BYTES => Ok(()),
        _ => Err("text_too_long"),
    }
}

/// What of the things that arrived since the author looked stands against sending: everything but what they did themselves.
pub fn newer<'a>(
    messages: &'a [Message],
    outbox: &'a [Outbox],
    author: AgentId,
) -> (Vec<&'a Message>, Vec<&'a Outbox>) {
    let messages = messages.iter().filter(|message| message.agent != Some(author)).collect();
    let outbox = outbox.iter().filter(|one| {
        let known = one.mid.is_some();
        one.agent != Some(author) && !known && one.body.as_ref().is_some_and(Outgoing::is_message)
    });
    (messages, outbox.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tag_is_there_only_when_a_person_answers_between_a_day_and_a_week() {
        let text = Outgoing::Text { text: "Hi".into(), reply_to: None };
        let reaction = Outgoing::Reaction { mid: "m".into(), emoji: None };
        let last = Millis::new(1_795_341_600_000);
        let at = |hours: i64, seconds: i64| last.plus(Span::hours(hours)).plus(Span::seconds(seconds));
        for (now, person, machine, react) in [
            (at(0, 0), Ok(Right::Response), Ok(Right::Response), Ok(Right::Response)),
            (at(24, -1), Ok(Right::Response), Ok(Right::Response), Ok(Right::Response)),
            (at(24, 0), Ok(Right::Response), Ok(Right::Response), Ok(Right::Response)),
            (at(24, 1), Ok(Right::HumanAgent), Err("window_closed"), Err("window_closed")),
            (at(6 * 24 + 23, 0), Ok(Right::HumanAgent), Err("window_closed"), Err("window_closed")),
            (at(7 * 24, 0), Ok(Right::HumanAgent), Err("window_closed"), Err("window_closed")),
            (at(7 * 24, 1), Err("window_closed"), Err("window_closed"), Err("window_closed")),
        ] {
            let age = now.since(last);
            assert_eq!(right(&text, Some(last), true, now), person, "{age:?}");
            assert_eq!(right(&text, Some(last), false, now), machine, "{age:?}");
            assert_eq!(right(&reaction, Some(last), true, now), react, "{age:?}");
        }
        assert_eq!(right(&text, None, true, last), Err("window_closed"));
    }

    #[test]
    fn a_comment_can_be_answered_for_seven_days() {
        let reply = Outgoing::PrivateReply { comment: "1".into(), text: "Hi".into() };
        let commented = Millis::new(5);
        let end = commented.plus(PRIVATE_REPLY);
        assert_eq!(right(&reply, Some(commented), true, end), Ok(Right::Response));
        assert_eq!(right(&reply, Some(commented), true, end.plus(Span::millis(1))), Err("comment_too_old"));
    }

    #[test]
    fn a_text_is_measured_in_bytes() {
        for (length, letter, allowed) in [
            (1000, "a", Ok(())),
            (1001, "a", Err("text_too_long")),
            (500, "ß", Ok(())),
            (501, "ß", Err("text_too_long")),
        ] {
            assert_eq!(text(&letter.repeat(length)), allowed);
        }
        assert_eq!((text(""), text(" \n")), (Err("text_empty"), Err("text_empty")));
    }
}
