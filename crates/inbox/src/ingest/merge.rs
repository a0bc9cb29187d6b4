//! What is known of a message after one more event of it. The order in which they come makes no difference.

use wire::time::Millis;

use super::reading::Heard;
use crate::facts::{Message, Side};
use crate::ids::{AgentId, ConversationId, OutboxId, WorkspaceId};

/// The kind of a message that was unsent.
pub const UNSENT: &str = "unsent";
/// The kind of one that was edited before it was told.
pub const UNTOLD: &str = "untold";

/// A place for a message of which nothing is known yet.
pub fn place(workspace: WorkspaceId, conversation: ConversationId, mid: String, side: Side, at: Millis) -> Message {
    Message {
        workspace,
        conversation,
        mid,
        seq: 0,
        sent_time: at,
        told: false,
        side,
        kind: UNTOLD.to_owned(),
        text: None,
        content: None,
        edits: 0,
        agent: None,
        outbox: None,
    }
}

/// The message was told.
pub fn heard(known: Message, heard: &Heard, at: Millis) -> Message {
    let message = Message { sent_time: at, told: true, side: heard.side, ..known };
    if message.kind == UNSENT {
        return message;
    }
    let content = Some(heard.content.clone()).filter(|content| *content != Default::default());
    let text = if message.edits > 0 { message.text } else { heard.text.clone() };
    Message { kind: heard.kind.clone(), text, content, ..message }
}

/// It was unsent: nothing that it said stays.
pub fn unsent(known: Message) -> Message {
    Message { kind: UNSENT.to_owned(), text: None, content: None, ..known }
}

/// It was edited; the latest edit counts.
pub fn edited(known: Message, text: &str, edits: u32) -> Message {
    if known.kind == UNSENT || edits <= known.edits {
        return known;
    }
    Message { text: Some(text.to_owned()), edits, ..known }
}

/// The platform took it from our hands.
pub fn ours(known: Message, agent: Option<AgentId>, outbox: OutboxId) -> Message {
    Message { agent, outbox: Some(outbox), side: Side::Business, ..known }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::facts::Content;

    fn told() -> Heard {
        Heard {
            mid: Some("m".into()),
            side: Side::Person,
            kind: "text".into(),
            text: Some("first".into()),
            content: Content::default(),
            opens: true,
            said: true,
        }
    }

    /// The events of one message, one of which may come twice.
    fn apply(known: Message, event: usize) -> Message {
        match event {
            0 => heard(known, &told(), Millis::new(5)),
            1 => edited(known, "second", 1),
            2 => edited(known, "third", 2),
            _ => unsent(known),
        }
    }

    fn all(events: &[usize]) -> Message {
        let start = place(WorkspaceId::new(1), ConversationId::new(2), "m".into(), Side::Person, Millis::new(9));
        let mut end = events.iter().fold(start, |known, event| apply(known, *event));
        // How often it was edited before it was unsent tells nothing that can be seen.
        if end.kind == UNSENT {
            end.edits = 0;
        }
        end
    }

    #[test]
    fn an_edit_is_shown_and_an_unsent_message_says_nothing() {
        let message = all(&[0, 1]);
        assert_eq!((message.text.as_deref(), message.edits, message.kind.as_str()), (Some("second"), 1, "text"));
        let message = all(&[0, 3]);
        assert_eq!((message.text, message.content, message.kind.as_str()), (None, None, UNSENT));
        assert_eq!(all(&[3, 0]).sent_time, Millis::new(5), "its place in the thread is the platform's");
    }

    proptest! {
        #[test]
        fn the_order_of_arrival_makes_no_difference(order in Just(vec![0, 1, 2, 3]).prop_shuffle(), twice in 0_usize..4) {
            let mut again = order.clone();
            again.push(order[twice]);
            prop_assert_eq!(all(&again), all(&[0, 1, 2, 3]));
            let kept: Vec<usize> = order.into_iter().filter(|event| *event != 3).collect();
            prop_assert_eq!(all(&kept), all(&[0, 1, 2]));
        }
    }
}
