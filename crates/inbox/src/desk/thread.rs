//! One conversation, as it is shown: messages in the order of their time, what was reacted to them, what is still being sent,
//! notes, comments, and who is there.

use wire::time::Millis;

use super::rows::Shown;
use super::{Desk, Problem};
use crate::facts::{Agent, Comment, Field, Message, Note, Outbox, Reaction};
use crate::ids::ConversationId;
use crate::sql::events::{self, Happening};
use crate::sql::{messages, outbox, teamwork};

/// The most messages of a page.
pub const PAGE: u32 = 100;
/// The most notes, comments and happenings that are shown.
const BESIDE: u32 = 200;

/// A page of a thread.
#[derive(Debug, Clone)]
pub struct Thread {
    /// The conversation, as a row of a list shows it.
    pub shown: Shown,
    /// Messages, oldest first.
    pub messages: Vec<Message>,
    /// Behind which message the next older page begins.
    pub older: Option<String>,
    /// Reactions to these messages.
    pub reactions: Vec<Reaction>,
    /// What is not sent yet, or failed, oldest first.
    pub outbox: Vec<Outbox>,
    /// Notes, oldest first.
    pub notes: Vec<Note>,
    /// The newest message of the business that the person has seen.
    pub seen: Option<(String, Millis)>,
    /// What the caller had begun to write.
    pub draft: Option<String>,
    /// The person's comments, newest first.
    pub comments: Vec<Comment>,
    /// What became of the conversation in the time of these messages, oldest first.
    pub happenings: Vec<Happening>,
    /// What agents note of the person under names of their own.
    pub fields: Vec<Field>,
}

impl Desk {
    /// Comments on the account's posts, newest first, behind a place among them.
    ///
    /// # Errors
    /// The store's.
    pub async fn comments(
        &self,
        by: &Agent,
        before: Option<(Millis, String)>,
        limit: u32,
    ) -> Result<Vec<Comment>, Problem> {
        Ok(self.store.list(messages::comments(by.workspace, before, limit.clamp(1, PAGE))).await?)
    }

    /// A page of a thread, from its end or in front of a message.
    ///
    /// # Errors
    /// [`Problem::NoSuch`].
    pub async fn thread(
        &self,
        by: &Agent,
        id: ConversationId,
        before: Option<&str>,
        limit: u32,
    ) -> Result<Thread, Problem> {
        let (workspace, limit) = (by.workspace, limit.clamp(1, PAGE));
        let conversation = self.visible(by, id).await?;
        let place = match before {
            Some(mid) => {
                let message = self.store.one(messages::message(workspace, mid.to_owned())).await?;
                let message = message.filter(|message| message.conversation == id).ok_or(Problem::NoSuch("message"))?;
                Some((message.sent_time, message.seq))
            }
            None => None,
        };
        let mut page = self.store.many(messages::older(workspace, id, place, limit)).await?;
        let full = page.len() >= usize::try_from(limit).unwrap_or(usize::MAX);
        let older = page.last().filter(|_| full).map(|oldest| oldest.mid.clone());
        let reactions = match (page.first(), page.last()) {
            (Some(newest), Some(oldest)) => {
                let all = messages::reactions(workspace, id, newest.sent_time, oldest.sent_time);
                self.store.many(all).await?.into_iter().filter(|reaction| reaction.emoji.is_some()).collect()
            }
            _ => Vec::new(),
        };
        // A page has what happened since its oldest message until before the page behind it begins, so that pages side by side
        // leave nothing out and tell nothing twice.
        let from = older.as_ref().and(page.last()).map(|oldest| oldest.sent_time);
        let until = place.map(|(time, _)| time);
        let mut happenings = self.store.many(events::happenings(workspace, id, from, until, BESIDE)).await?;
        happenings.reverse();
        page.reverse();
        let mut notes = self.store.many(teamwork::notes(workspace, id, None, BESIDE)).await?;
        notes.reverse();
        if !notes.is_empty() {
            for (note, agent) in self.store.many(teamwork::mentions(workspace, id)).await? {
                notes.iter_mut().filter(|known| known.id == note).for_each(|known| known.mentions.push(agent));
            }
        }
        let of = messages::comments_of(workspace, conversation.connection, conversation.customer.clone(), BESIDE);
        Ok(Thread {
            messages: page,
            older,
            reactions,
            outbox: self.store.many(outbox::unsent(workspace, id)).await?,
            notes,
            seen: self.store.one(messages::seen(workspace, id)).await?,
            draft: self.store.one(teamwork::draft(workspace, by.id, id)).await?.map(|(text, _)| text),
            comments: self.store.many(of).await?,
            happenings,
            fields: self.store.many(teamwork::fields(workspace, id)).await?,
            shown: self.shown_one(conversation).await?,
        })
    }
}
