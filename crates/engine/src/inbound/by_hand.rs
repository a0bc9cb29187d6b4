//! The business's own people write in Instagram itself, past every app (contract send 3.1, read 6.3).

use wire::id::{Item, MessageId};

use super::{Act, Saying, Scene};
use crate::change::ChangeSet;
use crate::facts::{Aside, Content, EventKind, Folder, Message, STORY, Side, Thread};
use crate::policy::folder;
use crate::refusal::{Failure, Refusal};
use crate::send::write_message;
use crate::webhook::announce_message;

/// A message that somebody of the business writes by hand. No window limits it and none is opened by it; every app gets its echo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WriteByHand {
    /// What it says; a story mention and a reply to a story of the account are the person's to make.
    pub saying: Saying,
    /// What it answers, if anything.
    pub answers: Option<Answered>,
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
        let mut aside = Aside::default();
        let content = match &self.saying {
            Saying::StoryMention(_) | Saying::StoryReply(..) => {
                return Err(Refusal::Parameter("only people mention accounts and answer their stories".into()).into());
            }
            saying => saying.kept(scene, &mut aside).await?,
        };
        match self.answers {
            Some(Answered::Message(message)) => aside.reply_to = Some(scene.message(message).await?.id.item),
            Some(Answered::Story(message)) => aside.mention = Some(mention(scene, message).await?),
            None => {}
        }
        let id = thread.next_message(scene.now);
        let message = Message { id, created_time: scene.now, from: Side::Business, app: None, content, aside };
        // Being written to is no consent (contract read 5.2).
        scene.remember(set, scene.user.clone());
        announce_message(scene.world, set, scene.about(), &message).await?;
        write_message(set, thread, message, EventKind::MessageSent);
        Ok(id)
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
