//! The outbox: what agents sent goes to the platform, in the order of each thread, no faster than the account's limits, and
//! never after the window has shut.

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use client::content::{Images, Media, Picture, Stored};
use client::{Client, Error};
use futures_util::StreamExt;
use futures_util::stream;
use wire::time::{Millis, Span};

use super::{Desk, Problem, TRIES, next, save};
use crate::facts::{Agent, Connection, Conversation, FileKind, Outbox, Outgoing, Reaction, Sending, Side};
use crate::ids::OutboxId;
use crate::ingest::apply::search_entry;
use crate::ingest::merge;
use crate::ingest::reading::Heard;
use crate::policy::explain::{self, Row, Then};
use crate::policy::pace::Kind;
use crate::policy::reply::{Right, right};
use crate::sql::{conversations, desk, messages, outbox};
use crate::store::{ChangeSet, EventKind, News};

/// How long a call may take until nobody waits for its answer any more: longer than the client's own limit.
const HAND: Span = Span::seconds(60);
/// Sends that are under way side by side, each of another thread.
const AT_ONCE: usize = 16;
/// What is looked at in one go.
const BATCH: u32 = 128;
/// How often a refusal that passes by itself is waited for.
const WAITS: u32 = 12;

/// What a call came to: the id of what was sent, if it is a message.
type Called = Result<Option<String>, Error>;

impl Desk {
    /// Sends all that may be sent now; gives how many calls it made.
    ///
    /// # Errors
    /// The store's; what is not sent then is the next time.
    pub async fn send_due(&self) -> Result<usize, Problem> {
        let made = AtomicUsize::new(0);
        loop {
            let due = self.store.many(outbox::due(self.now(), BATCH)).await?;
            if due.is_empty() {
                return Ok(made.load(Relaxed));
            }
            let tried: Vec<Result<bool, Problem>> =
                stream::iter(due).map(|entry| self.send_one(entry)).buffer_unordered(AT_ONCE).collect().await;
            let mut moved = false;
            for one in tried {
                made.fetch_add(usize::from(one?), Relaxed);
                moved = true;
            }
            if !moved {
                return Ok(made.load(Relaxed));
            }
        }
    }

    /// When something is due next.
    ///
    /// # Errors
    /// The store's.
    pub async fn next_send(&self) -> Result<Option<Millis>, Problem> {
        Ok(self.store.one(outbox::next_due()).await?.flatten())
    }

    /// Tries one; true when a call was made.
    async fn send_one(&self, entry: Outbox) -> Result<bool, Problem> {
        let Some(what) = entry.body.clone() else {
            return self.failed(&entry, (None, None), explain::row("invalid")).await.map(|()| false);
        };
        // Its call was begun and nobody knows how it ended. What makes nothing twice is simply done again.
        if entry.state == Sending::Sending && what.is_message() {
            return self.failed(&entry, (None, None), explain::row("unclear")).await.map(|()| false);
        }
        let conversation = self.conversation(entry.workspace, entry.conversation).await?;
        let connection = self.connection_of(&conversation).await?;
        let last = match &what {
            Outgoing::PrivateReply { comment, .. } => {
                let comment = self.store.one(messages::comment(entry.workspace, comment.clone())).await?;
                comment.map(|comment| comment.created_time)
            }
            _ => conversation.person_time,
        };
        let now = self.now();
        let right = match right(&what, last, entry.agent.is_some(), now) {
            Ok(right) => right,
            Err(refusal) => return self.failed(&entry, (None, None), explain::row(refusal)).await.map(|()| false),
        };
        let place = self.pace.lock().take(connection.id, Kind::of(&what), now);
        if let Err(later) = place {
            let mut set = ChangeSet::new(entry.workspace, now);
            set.write(outbox::defer(&entry, later));
            self.try_commit(set).await?;
            return Ok(false);
        }
        let mut set = ChangeSet::new(entry.workspace, now);
        set.write(outbox::take(&entry, now.plus(HAND)));
        if self.try_commit(set).await?.is_none() {
            return Ok(false);
        }
        let entry = Outbox { state: Sending::Sending, attempts: entry.attempts + 1, ..entry };
        let client = self.client(&connection)?;
        match call(&client, &conversation, &what, right).await {
            Ok(mid) => self.sent(&entry, &conversation, &what, mid).await?,
            Err(error) => self.refused(&entry, &connection, right, &error).await?,
        }
        // Echoes may have been waiting for this.
        self.arrived();
        Ok(true)
    }

    /// The platform has it: from now on it is a message of the thread. Its echo may be there before.
    async fn sent(
        &self,
        entry: &Outbox,
        conversation: &Conversation,
        what: &Outgoing,
        mid: Option<String>,
    ) -> Result<(), Problem> {
        for _ in 0..TRIES {
            let now = self.now();
            let mut set = ChangeSet::new(entry.workspace, now);
            set.write(outbox::sent(entry, mid.clone()));
            set.tell(News::of(EventKind::Outbox, entry.conversation).about(entry.id).by(entry.agent));
            if let (true, Some(mid)) = (what.is_message(), &mid) {
                set.tell(News::of(EventKind::Message, entry.conversation).about(mid).by(entry.agent));
                let before = self.conversation(entry.workspace, conversation.id).await?;
                let known = self.store.one(messages::message(entry.workspace, mid.clone())).await?;
                let place = || merge::place(entry.workspace, conversation.id, mid.clone(), Side::Business, now);
                let mut message = match known.clone() {
                    Some(known) if known.kind != merge::UNTOLD => known,
                    other => {
                        let told = merge::heard(other.unwrap_or_else(place), &as_heard(what), now);
                        // The platform's own time is told by the echo.
                        crate::facts::Message { told: false, ..told }
                    }
                };
                message = merge::ours(message, entry.agent, entry.id);
                let mut after = next(&before);
                after.last_time = after.last_time.max(message.sent_time);
                after.business_time = after.business_time.max(Some(message.sent_time));
                after.read_time = after.read_time.max(message.sent_time);
                save(&mut set, Some(&before), &after, entry.agent);
                set.write(if known.is_some() { messages::put(&message) } else { messages::add(&message) });
                set.write(search_entry(&message));
                set.write(conversations::count_unread(entry.workspace, conversation.id));
            }
            if let Outgoing::Reaction { mid, emoji } = what {
                set.tell(News::of(EventKind::Reaction, entry.conversation).about(mid).by(entry.agent));
                set.write(messages::react(Reaction {
                    workspace: entry.workspace,
                    conversation: entry.conversation,
                    mid: mid.clone(),
                    side: Side::Business,
                    emoji: emoji.clone(),
                    agent: entry.agent,
                    reacted_time: now,
                }));
            }
            set.write(conversations::count_failed(entry.workspace, entry.conversation));
            if self.try_commit(set).await?.is_some() {
                return Ok(());
            }
            // Somebody else may have settled it: the echo, after the time of this call was over.
            let now = self.store.one(outbox::entry(entry.workspace, entry.id)).await?;
            if now.is_none_or(|now| now.state != Sending::Sending || now.attempts != entry.attempts) {
                return Ok(());
            }
        }
        Err(Problem::Busy)
    }

    async fn refused(
        &self,
        entry: &Outbox,
        connection: &Connection,
        right: Right,
        error: &Error,
    ) -> Result<(), Problem> {
        let row = explain::of_send(error, right);
        let codes = (error.code().map(i64::from), error.subcode().map(i64::from));
        tracing::info!(outbox = %entry.id, reason = row.reason, %error, "a send was refused");
        if row.then == Then::Wait && entry.attempts < WAITS {
            let now = self.now();
            let wait = Span::seconds(1 << entry.attempts.min(6));
            let mut set = ChangeSet::new(entry.workspace, now);
            set.tell(News::of(EventKind::Outbox, entry.conversation).about(entry.id));
            set.write(outbox::again(entry, now.plus(wait), (codes.0, codes.1, row.reason)));
            self.try_commit(set).await?;
            return Ok(());
        }
        if row.then == Then::Disconnect {
            let mut set = ChangeSet::new(entry.workspace, self.now());
            set.tell(News::general(EventKind::Connection).about(connection.id));
            set.write(desk::put_trouble(entry.workspace, connection.id, Some(row.reason.to_owned())));
            self.try_commit(set).await?;
        }
        self.failed(entry, codes, row).await
    }

    async fn failed(&self, entry: &Outbox, codes: (Option<i64>, Option<i64>), row: &Row) -> Result<(), Problem> {
        let mut set = ChangeSet::new(entry.workspace, self.now());
        set.tell(News::of(EventKind::Outbox, entry.conversation).about(entry.id));
        set.write(outbox::fail(entry, (codes.0, codes.1, row.reason)));
        set.write(conversations::count_failed(entry.workspace, entry.conversation));
        set.write(conversations::touch(entry.workspace, entry.conversation));
        self.try_commit(set).await?;
        Ok(())
    }

    /// Tries something again that failed: once, however often it is asked for.
    ///
    /// # Errors
    /// [`Problem::Conflict`] when it does not stand failed, [`Problem::Unsendable`] when it can no longer be sent.
    pub async fn retry(&self, by: &Agent, id: OutboxId) -> Result<Outbox, Problem> {
        let entry = self.failed_entry(by, id).await?;
        let conversation = self.visible(by, entry.conversation).await?;
        let (now, what) = (self.now(), entry.body.clone().ok_or(Problem::NoSuch("outbox entry"))?);
        if !matches!(what, Outgoing::PrivateReply { .. }) {
            right(&what, conversation.person_time, true, now).map_err(|why| Problem::Unsendable(explain::row(why)))?;
        }
        let mut set = ChangeSet::new(by.workspace, now);
        set.tell(News::of(EventKind::Outbox, entry.conversation).about(id).by(by.id));
        set.write(outbox::retry(by.workspace, id, now));
        set.write(conversations::count_failed(by.workspace, entry.conversation));
        self.commit(set, Problem::Conflict("this is being sent already")).await?;
        self.to_send();
        self.store.one(outbox::entry(by.workspace, id)).await?.ok_or(Problem::NoSuch("outbox entry"))
    }

    /// Gives up something that failed.
    ///
    /// # Errors
    /// [`Problem::Conflict`] when it does not stand failed.
    pub async fn discard(&self, by: &Agent, id: OutboxId) -> Result<(), Problem> {
        let entry = self.failed_entry(by, id).await?;
        let mut set = ChangeSet::new(by.workspace, self.now());
        set.tell(News::of(EventKind::Outbox, entry.conversation).about(id).by(by.id));
        set.write(outbox::discard(by.workspace, id));
        set.write(conversations::count_failed(by.workspace, entry.conversation));
        set.write(conversations::touch(by.workspace, entry.conversation));
        if let Some(Outgoing::PrivateReply { comment, .. }) = entry.body {
            set.write(messages::free_comment(by.workspace, comment, id));
        }
        self.commit(set, Problem::Conflict("this is being sent already")).await?;
        Ok(())
    }

    async fn failed_entry(&self, by: &Agent, id: OutboxId) -> Result<Outbox, Problem> {
        let entry = self.store.one(outbox::entry(by.workspace, id)).await?.ok_or(Problem::NoSuch("outbox entry"))?;
        self.visible(by, entry.conversation).await?;
        if entry.state != Sending::Failed {
            return Err(Problem::Conflict("this is being sent already"));
        }
        Ok(entry)
    }
}

/// Makes the call.
async fn call(client: &Client, conversation: &Conversation, what: &Outgoing, right: Right) -> Called {
    let draft = || {
        let draft = client.send().to(&conversation.customer);
        if right == Right::HumanAgent { draft.human_agent() } else { draft }
    };
    let sent = match what {
        Outgoing::Text { text, reply_to: None } => draft().text(text).await?,
        Outgoing::Text { text, reply_to: Some(mid) } => draft().reply_to(mid).text(text).await?,
        Outgoing::Media { media, attachment_id: Some(id), .. } => draft().stored(stored(*media, id)).await?,
        Outgoing::Media { media, url, .. } => {
            let url = url.clone().unwrap_or_default();
            let file = match media {
                FileKind::Image => Media::image(url),
                FileKind::Video => Media::video(url),
                FileKind::Audio => Media::audio(url),
                FileKind::File => Media::pdf(url),
            };
            draft().media(file).await?
        }
        Outgoing::Images { attachment_ids } => {
            let pictures: Vec<Picture> = attachment_ids.iter().map(Picture::stored).collect();
            let pictures = Images::try_from(pictures).map_err(|error| Error::Invalid(error.to_string()))?;
            draft().images(pictures).await?
        }
        Outgoing::PrivateReply { comment, text } => client.send().to_comment(comment).text(text).await?,
        Outgoing::Reaction { mid, emoji: Some(emoji) } => {
            client.react(&conversation.customer, mid, emoji).await?;
            return Ok(None);
        }
        Outgoing::Reaction { mid, emoji: None } => {
            client.unreact(&conversation.customer, mid).await?;
            return Ok(None);
        }
        Outgoing::Seen => {
            client.mark_seen(&conversation.customer).await?;
            return Ok(None);
        }
    };
    Ok(Some(sent.message_id))
}

fn stored(media: FileKind, id: &str) -> Stored {
    match media {
        FileKind::Image => Stored::image(id),
        FileKind::Video => Stored::video(id),
        FileKind::Audio => Stored::audio(id),
        FileKind::File => Stored::pdf(id),
    }
}

/// What was sent, as its echo will tell it.
fn as_heard(what: &Outgoing) -> Heard {
    let (kind, text, content) = match what {
        Outgoing::Text { text, reply_to } => {
            let content = crate::facts::Content { reply_to: reply_to.clone(), ..Default::default() };
            ("text", Some(text.clone()), content)
        }
        Outgoing::PrivateReply { text, .. } => ("text", Some(text.clone()), Default::default()),
        Outgoing::Media { media, .. } => (media.word(), None, Default::default()),
        Outgoing::Images { .. } => (FileKind::Image.word(), None, Default::default()),
        Outgoing::Reaction { .. } | Outgoing::Seen => ("unknown", None, Default::default()),
    };
    Heard { mid: None, side: Side::Business, kind: kind.to_owned(), text, content, opens: false, said: true }
}
