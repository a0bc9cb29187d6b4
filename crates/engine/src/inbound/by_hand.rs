//! The business's own people write in Instagram itself or in an inbox, past every app (contract send 3.1, read 6.3, webhooks 5.2).

use wire::id::{AppId, Item, MessageId};

use super::{Act, Saying, Scene};
use crate::change::{Change, ChangeSet};
use crate::facts::{Aside, Content, EventKind, Folder, Message, STORY, Side, Thread};
use crate::policy::control::{self, Stand, Told};
use crate::policy::folder;
use crate::refusal::{Failure, Refusal};
use crate::routes::About;
use crate::send::write_message;
use crate::webhook::{announce_control, announce_message};

/// What somebody of the business does by hand: a message, or moving the thread into an inbox. No window limits it and none is
/// opened by it. An inbox has the thread from then on, and apps stand by; Instagram itself changes nothing about control.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WriteByHand {
    /// What it says, without which the thread is only moved; a story mention and a reply to a story of the account are the
    /// person's to make.
    pub saying: Option<Saying>,
    /// What it answers, if anything.
    pub answers: Option<Answered>,
    /// One of the platform's inboxes; without one the app itself.
    pub inbox: Option<AppId>,
}

/// What somebody of the business answers by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answered {
    /// A message of the conversation.
    Message(MessageId),
    /// The story of the person that this message mentions the account in (contract webhooks 3.3).
    Story(MessageId),
}

impl Act for WriteByHand {
    /// The message, if one was written.
    type Done = Option<MessageId>;

    async fn play(&self, scene: &Scene<'_>, set: &mut ChangeSet) -> Result<Option<MessageId>, Failure> {
        scene.reachable()?;
        let thread = match &scene.thread {
            // Answering a request accepts it; apps move a thread to General, its owner's hands do not (contract read 6.1).
            Some(thread) if thread.folder == Folder::Requests => Thread { folder: Folder::Primary, ..thread.clone() },
            Some(thread) => thread.clone(),
            None if self.saying.is_none() => {
                let (person, account) = (&scene.person.username, &scene.account.username);
                let none = format!("{person} and {account} have no conversation yet");
                return Err(Refusal::Parameter(none).into());
            }
            None => Thread {
                folder: folder::of_first(scene.user.is_user_follow_business),
                ..Thread::new(scene.account.id, scene.user.igsid)
            },
        };
        let (thread, told) = match self.inbox {
            Some(app) => {
                let stand = Stand { account: scene.account, thread: Some(&thread), app, now: scene.now };
                let moved = control::by_hand(stand);
                (thread.with_held(moved.held), moved.told)
            }
            None => (thread, Told::Nobody),
        };
        let about = About { thread: Some(&thread), ..scene.about() };
        let said = self.said(scene).await?;
        // Being written to is no consent (contract read 5.2).
        scene.remember(set, scene.user.clone());
        let message = said.map(|(content, aside)| Message {
            id: thread.next_message(scene.now),
            created_time: scene.now,
            from: Side::Business,
            app: None,
            content,
            aside,
        });
        if let Some(message) = &message {
            announce_message(scene.world, set, about, message).await?;
        }
        announce_control(scene.world, set, about, told, None, scene.now).await?;
        let Some(message) = message else {
            set.push(Change::SaveThread(Thread { version: thread.version + 1, ..thread }));
            return Ok(None);
        };
        let id = message.id;
        write_message(set, thread, message, EventKind::MessageSent);
        Ok(Some(id))
    }
}

impl WriteByHand {
    /// As it is kept, with what stands beside it.
    async fn said(&self, scene: &Scene<'_>) -> Result<Option<(Content, Aside)>, Failure> {
        let mut aside = Aside::default();
        let content = match &self.saying {
            None => return Ok(None),
            Some(Saying::StoryMention(_) | Saying::StoryReply(..)) => {
                return Err(Refusal::Parameter("only people mention accounts and answer their stories".into()).into());
            }
            Some(saying) => saying.kept(scene, &mut aside).await?,
        };
        match self.answers {
            Some(Answered::Message(message)) => aside.reply_to = Some(scene.message(message).await?.id.item),
            Some(Answered::Story(message)) => aside.mention = Some(mention(scene, message).await?),
            None => {}
        }
        Ok(Some((content, aside)))
    }
}

/// A message whose story is still to be seen.
async fn mention(scene: &Scene<'_>, id: MessageId) -> Result<Item, Failure> {
    let message = scene.message(id).await?;
    let is_there = scene.now.since(message.created_time) < STORY && scene.person.shows_stories_to(&scene.user);
    match message.content {
        Content::StoryMention(_) if is_there => Ok(id.item),
        _ => Err(Refusal::Parameter("there is no story of the person to be seen".into()).into()),
    }
}
