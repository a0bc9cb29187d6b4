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
        take_back(scene, set, message).await
    }
}

/// Takes back a message of the business, by hand: no app can (contract webhooks 3.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnsendByHand {
    /// The message.
    pub message: MessageId,
}

impl Act for UnsendByHand {
    type Done = ();

    async fn play(&self, scene: &Scene<'_>, set: &mut ChangeSet) -> Result<(), Failure> {
        let message = scene.message(self.message).await?;
        if message.from != Side::Business {
            let wrong = format!("{} did not write that message", scene.account.username);
            return Err(Refusal::Parameter(wrong).into());
        }
        take_back(scene, set, message).await
    }
}

async fn take_back(scene: &Scene<'_>, set: &mut ChangeSet, message: Message) -> Result<(), Failure> {
    let id = message.id;
    announce_unsent(scene.world, set, scene.about(), &message, scene.now).await?;
    for side in [Side::Person, Side::Business] {
        set.push(Change::RemoveReaction { message: id, from: side });
    }
    let files = match &message.content {
        // What the business sends may lie in other messages, too.
        _ if message.app.is_some() => &[],
        Content::Media(files) => files.as_slice(),
        Content::StoryMention(file) | Content::Sticker(file) => std::slice::from_ref(file),
        _ => &[],
    };
    for file in files {
        set.push(Change::RemoveAsset { account: id.account, asset: file.asset });
    }
    changed(scene, set, Message { content: Content::Unsent, aside: Aside::default(), ..message })?;
    scene.log(set, id, EventKind::MessageDeleted);
    Ok(())
}

/// Takes a story of the person's own down that mentions the account, before its day is over: the message stays and shows it no
/// more (contract webhooks 4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EndStory {
    /// The message.
    pub message: MessageId,
}

impl Act for EndStory {
    type Done = ();

    async fn play(&self, scene: &Scene<'_>, set: &mut ChangeSet) -> Result<(), Failure> {
        let message = scene.own(self.message).await?;
        let Content::StoryMention(file) = message.content else {
            return Err(Refusal::Parameter("only a story can be taken down".into()).into());
        };
        set.push(Change::RemoveAsset { account: message.id.account, asset: file.asset });
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
