//! The business's own people write in Instagram itself, past every app (contract send 3.1, read 6.3).

use wire::id::MessageId;

use super::write::checked;
use super::{Act, Scene};
use crate::change::ChangeSet;
use crate::facts::{Aside, Content, EventKind, Folder, Message, Side, Thread};
use crate::policy::folder;
use crate::refusal::Failure;
use crate::send::write_message;
use crate::webhook::announce_message;

/// A text that somebody of the business writes by hand. No window limits it and none is opened by it; every app gets its echo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WriteByHand {
    /// At most [`super::TEXT_CHARS`] characters.
    pub text: String,
}

impl Act for WriteByHand {
    /// The message.
    type Done = MessageId;

    async fn play(&self, scene: &Scene<'_>, set: &mut ChangeSet) -> Result<MessageId, Failure> {
        scene.reachable()?;
        let thread = match &scene.thread {
            // Answering a request accepts it; apps move a thread to General, its owner's hands do not (contract read 6.1).
            Some(thread) if thread.folder == Folder::Requests => Thread { folder: Folder::Primary, ..thread.clone() },
            Some(thread) => thread.clone(),
            None => Thread {
                folder: folder::of_first(scene.user.is_user_follow_business),
                ..Thread::new(scene.account.id, scene.user.igsid)
            },
        };
        let id = thread.next_message(scene.now);
        let message = Message {
            id,
            created_time: scene.now,
            from: Side::Business,
            app: None,
            content: Content::Text(checked(&self.text)?),
            aside: Aside::default(),
        };
        // Being written to is no consent (contract read 5.2).
        scene.remember(set, scene.user.clone());
        announce_message(scene.world, set, scene.about(), &message).await?;
        write_message(set, thread, message, EventKind::MessageSent);
        Ok(id)
    }
}
