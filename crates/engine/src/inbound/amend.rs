//! A person takes a message back or edits it; neither opens the window (contract send 6.6, 3.1).

use wire::id::MessageId;

use super::write::checked;
use super::{Act, Scene};
use crate::change::{Change, ChangeSet};
use crate::facts::{Aside, Content, EventKind, Message, Side, Thread};
use crate::refusal::{Failure, Refusal};
use crate::webhook::{announce_edit, announce_unsent};

/// How often a message can be edited (contract webhooks 3.13).
pub const EDITS: u32 = 5;

/// Takes back a message of the person's own: its content, files and reactions are gone for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unsend {
    /// The message.
    pub message: MessageId,
}

impl Act for Unsend {
    type Done = ();

    async fn play(&self, scene: &Scene<'_>, set: &mut ChangeSet) -> Result<(), Failure> {
        let message = scene.own(self.message).await?;
        let id = message.id;
        announce_unsent(scene.world, set, scene.about(), id, scene.now).await?;
        for side in [Side::Person, Side::Business] {
            set.push(Change::RemoveReaction { message: id, from: side });
        }
        let files = match &message.content {
            Content::Media(files) => files.as_slice(),
            Content::StoryMention(file) => std::slice::from_ref(file),
            _ => &[],
        };
        for file in files {
            set.push(Change::RemoveAsset { account: id.account, asset: file.asset });
        }
        changed(scene, set, Message { content: Content::Unsent, aside: Aside::default(), ..message })?;
        scene.log(set, id, EventKind::MessageDeleted);
        Ok(())
    }
}

/// Gives a text of the person's own another text, at most [`EDITS`] times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The message.
    pub message: MessageId,
    /// What it says from now on.
    pub text: String,
}

impl Act for Edit {
    type Done = ();

    async fn play(&self, scene: &Scene<'_>, set: &mut ChangeSet) -> Result<(), Failure> {
        scene.reachable()?;
        let message = scene.own(self.message).await?;
        let Content::Text(_) = message.content else {
            return Err(Refusal::Parameter("only a text can be edited".into()).into());
        };
        if message.aside.num_edit >= EDITS {
            return Err(Refusal::Parameter(format!("a message can be edited {EDITS} times")).into());
        }
        let (id, text) = (message.id, checked(&self.text)?);
        let aside = Aside { num_edit: message.aside.num_edit + 1, ..message.aside.clone() };
        announce_edit(scene.world, set, scene.about(), id, &text, aside.num_edit, scene.now).await?;
        changed(scene, set, Message { content: Content::Text(text), aside, ..message })?;
        scene.log(set, id, EventKind::MessageEdited);
        Ok(())
    }
}

/// Adds a message that says something else now, and the thread's next version, so that nothing is decided on the old text.
fn changed(scene: &Scene<'_>, set: &mut ChangeSet, message: Message) -> Result<(), Refusal> {
    let thread = scene.started()?;
    set.push(Change::SaveThread(Thread { version: thread.version + 1, ..thread })).push(Change::PutMessage(message));
    Ok(())
}
