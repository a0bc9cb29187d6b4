//! Answering people.

use serde::Deserialize;

use super::{Desk, Problem, TRIES, next, save};
use crate::facts::{Agent, Outbox, Outgoing, Sending};
use crate::ids::{ConversationId, OutboxId};
use crate::ingest::apply::begun;
use crate::policy::explain;
use crate::policy::reply::{newer, right, text};
use crate::sql::{conversations, desk, messages, outbox, teamwork};
use crate::store::{ChangeSet, EventKind, News};

use super::problem::Newer;

/// Newer things that a conflict shows.
const SHOWN: u32 = 50;
/// The longest name that a composer may give to what it sends.
const KEY: usize = 100;

/// What an agent wants sent.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
pub struct Reply {
    /// A name of the composer's own for this reply, such as a random id: asked for twice it is sent once.
    pub client_key: String,
    /// The newest thing that the author had seen: a message's `mid`, or `outbox:<id>` for what is still being sent. Absent
    /// only where the thread was empty.
    #[serde(default)]
    pub last_seen: Option<String>,
    /// What to send.
    pub body: Outgoing,
}

/// The most pictures of one message (contract send 1.5).
const PICTURES: usize = 10;

impl Desk {
    /// Puts a reply into the outbox, unless something newer stands than its author had seen.
    ///
    /// # Errors
    /// [`Problem::Unseen`] with what is newer, [`Problem::Unsendable`] with why not.
    pub async fn reply(&self, by: &Agent, id: ConversationId, reply: Reply) -> Result<Outbox, Problem> {
        check(&reply)?;
        for _ in 0..TRIES {
            if let Some(known) = self.by_key(by, &reply.client_key).await? {
                return Ok(known);
            }
            let (now, before) = (self.now(), self.visible(by, id).await?);
            if reply.body.is_message() {
                let seen = self.seen_seq(by, id, reply.last_seen.as_deref()).await?;
                let arrived = self.store.many(messages::since(by.workspace, id, seen, SHOWN)).await?;
                let leaving = self.store.many(outbox::since(by.workspace, id, seen)).await?;
                let (arrived, leaving) = newer(&arrived, &leaving, by.id);
                if !arrived.is_empty() || !leaving.is_empty() {
                    let messages = arrived.into_iter().cloned().collect();
                    let outbox = leaving.into_iter().cloned().collect();
                    return Err(Problem::Unseen(Box::new(Newer { messages, outbox })));
                }
            }
            let unsendable = |why| Problem::Unsendable(explain::row(why));
            right(&reply.body, before.person_time, true, now).map_err(unsendable)?;
            let entry = self.entry(by, id, &reply);
            let mut after = next(&before);
            after.read_time = after.read_time.max(before.last_time);
            let mut set = ChangeSet::new(by.workspace, now);
            set.tell(News::of(EventKind::Outbox, id).about(entry.id).by(by.id));
            save(&mut set, Some(&before), &after, Some(by.id));
            set.write(outbox::add(&entry));
            set.write(conversations::count_unread(by.workspace, id));
            if reply.body.is_message() {
                set.write(teamwork::put_draft(by.workspace, by.id, id, String::new(), now));
                set.write(teamwork::settle_mentions(by.workspace, by.id, id));
            }
            if self.try_commit(set).await?.is_some() {
                self.to_send();
                return self.by_key(by, &reply.client_key).await?.ok_or(Problem::NoSuch("outbox entry"));
            }
        }
        Err(Problem::Busy)
    }

    /// Answers a comment privately: once, within seven days (contract send 3.3). The thread is made if there is none.
    ///
    /// # Errors
    /// [`Problem::Unsendable`], [`Problem::NoSuch`].
    pub async fn reply_privately(
        &self,
        by: &Agent,
        comment: &str,
        key: String,
        says: String,
    ) -> Result<Outbox, Problem> {
        let body = Outgoing::PrivateReply { comment: comment.to_owned(), text: says };
        let reply = Reply { client_key: key, last_seen: None, body };
        check(&reply)?;
        for _ in 0..TRIES {
            if let Some(known) = self.by_key(by, &reply.client_key).await? {
                return Ok(known);
            }
            let now = self.now();
            let unsendable = |why| Problem::Unsendable(explain::row(why));
            let found = self.store.one(messages::comment(by.workspace, comment.to_owned())).await?;
            let found = found.ok_or(Problem::NoSuch("comment"))?;
            if found.outbox.is_some() {
                return Err(unsendable("comment_answered"));
            }
            let customer = found.customer.as_deref().ok_or(unsendable("comment_refused"))?;
            right(&reply.body, Some(found.created_time), true, now).map_err(unsendable)?;
            let of = conversations::of_customer(by.workspace, found.connection, customer.to_owned());
            let before = self.store.one(of).await?;
            let connection = self.store.one(desk::connection(found.connection)).await?;
            let connection = connection.ok_or(Problem::NoSuch("connection"))?;
            let after = match &before {
                Some(before) => next(before),
                None => {
                    let new = begun(&connection, customer, now);
                    crate::facts::Conversation { id: ConversationId::make(now, self.entropy.as_ref()), ..new }
                }
            };
            let entry = self.entry(by, after.id, &reply);
            let mut set = ChangeSet::new(by.workspace, now);
            set.tell(News::of(EventKind::Outbox, after.id).about(entry.id).by(by.id));
            save(&mut set, before.as_ref(), &after, Some(by.id));
            set.write(outbox::add(&entry));
            set.write(messages::answer_comment(by.workspace, comment.to_owned(), entry.id));
            if self.try_commit(set).await?.is_some() {
                self.to_send();
                return self.by_key(by, &reply.client_key).await?.ok_or(Problem::NoSuch("outbox entry"));
            }
        }
        Err(Problem::Busy)
    }

    fn entry(&self, by: &Agent, conversation: ConversationId, reply: &Reply) -> Outbox {
        let now = self.now();
        Outbox {
            workspace: by.workspace,
            id: OutboxId::make(now, self.entropy.as_ref()),
            conversation,
            agent: Some(by.id),
            client_key: reply.client_key.clone(),
            seq: 0,
            body: Some(reply.body.clone()),
            state: Sending::Queued,
            due_time: now,
            attempts: 0,
            mid: None,
            code: None,
            subcode: None,
            reason: None,
            created_time: now,
        }
    }

    async fn by_key(&self, by: &Agent, key: &str) -> Result<Option<Outbox>, Problem> {
        Ok(self.store.one(outbox::by_key(by.workspace, by.id, key.to_owned())).await?)
    }

    /// When what the author had seen arrived; what is not of this thread is as if they had seen nothing.
    async fn seen_seq(&self, by: &Agent, id: ConversationId, seen: Option<&str>) -> Result<u64, Problem> {
        let Some(seen) = seen else { return Ok(0) };
        if let Some(entry) = seen.strip_prefix("outbox:") {
            let Ok(entry) = entry.parse() else { return Ok(0) };
            let entry = self.store.one(outbox::entry(by.workspace, entry)).await?;
            return Ok(entry.filter(|entry| entry.conversation == id).map_or(0, |entry| entry.seq));
        }
        let message = self.store.one(messages::message(by.workspace, seen.to_owned())).await?;
        Ok(message.filter(|message| message.conversation == id).map_or(0, |message| message.seq))
    }
}

fn check(reply: &Reply) -> Result<(), Problem> {
    if reply.client_key.is_empty() || reply.client_key.len() > KEY {
        return Err(Problem::invalid("client_key", "give the reply a name of 1 to 100 characters, another for each"));
    }
    match &reply.body {
        Outgoing::Text { text: says, .. } | Outgoing::PrivateReply { text: says, .. } => {
            text(says).map_err(|why| Problem::Unsendable(explain::row(why)))
        }
        Outgoing::Media { attachment_id: Some(id), url: None, .. } => is_id("attachment_id", id),
        Outgoing::Media { attachment_id: None, url: Some(url), .. } => {
            let known = url.starts_with("https://") || url.starts_with("http://");
            if known && url.len() <= 2048 { Ok(()) } else { Err(Problem::invalid("url", "give an https address")) }
        }
        Outgoing::Media { .. } => {
            Err(Problem::invalid("attachment_id", "give either an attachment's id or an address"))
        }
        Outgoing::Images { attachment_ids: ids } if ids.is_empty() || ids.len() > PICTURES => {
            Err(Problem::invalid("attachment_ids", "name 1 to 10 pictures"))
        }
        Outgoing::Images { attachment_ids: ids } => ids.iter().try_for_each(|id| is_id("attachment_ids", id)),
        Outgoing::Reaction { emoji: Some(emoji), .. } if emoji.is_empty() || emoji.len() > 40 => {
            Err(Problem::invalid("emoji", "give one emoji"))
        }
        Outgoing::Reaction { .. } | Outgoing::Seen => Ok(()),
    }
}

fn is_id(field: &'static str, id: &str) -> Result<(), Problem> {
    let is_one = (1..=40).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_digit());
    if is_one {
        Ok(())
    } else {
        Err(Problem::invalid(field, "give the id that was answered when the file was attached"))
    }
}
