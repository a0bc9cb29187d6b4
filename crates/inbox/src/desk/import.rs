//! What was before the account was connected, and what webhooks missed: both are read over the Conversations API, within its
//! two calls a second (contract read 1, send 5.1), and applied as if they had come by webhook, so nothing is there twice.
//!
//! Of a thread the platform tells the twenty newest messages (contract read 1.8). The import goes from the newest thread to
//! the oldest and notes after each page how far it has come, so it goes on there after a restart.

use std::collections::VecDeque;

use serde_json::{Value, json};
use wire::time::{Millis, Span};

use super::{Desk, Problem};
use crate::facts::{Agent, Connection, ImportState};
use crate::ids::ConnectionId;
use crate::ingest::split::{Arrival, split};
use crate::policy::pace::Kind;
use crate::sql::{desk, messages};
use crate::store::{ChangeSet, EventKind, News};

/// Threads of a page.
const THREADS: u32 = 20;
/// The messages of a thread that can be read (contract read 1.8).
const MESSAGES: u32 = 20;
/// How often what was missed is looked for.
pub const POLL: Span = Span::minutes(5);
/// How far back a poll looks beyond the last one, since the clocks of the two sides differ.
const OVERLAP: Span = Span::minutes(10);

/// How far reading has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// There is nothing to be read now.
    Nothing,
    /// Something was read; there may be more.
    Some,
    /// The account's limit is reached; there is a place again then.
    Later(Millis),
}

/// A reading of an account's threads, newest first.
#[derive(Debug, Clone)]
pub(crate) struct Reading {
    client: client::Client,
    pages: client::Pages<client::Conversation>,
    /// Read, and not looked into yet.
    threads: VecDeque<client::Conversation>,
    began: Millis,
}

/// What kept a page from being read.
enum Stop {
    Pace(Millis),
    Problem(Problem),
}

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl Desk {
    /// Reads a stretch of what an account's threads hold: of its history while that is not here yet, else what was missed
    /// since the last look, once in five minutes or where a look had to wait.
    ///
    /// # Errors
    /// The store's and the platform's.
    pub async fn catch_up(&self, connection: &Connection) -> Result<Progress, Problem> {
        let now = self.now();
        let read = if connection.import_state != ImportState::Done {
            self.import_page(connection).await
        } else if connection.polled_time.is_none_or(|polled| now.since(polled) >= POLL)
            || self.readings.lock().contains_key(&connection.id)
        {
            self.poll(connection).await
        } else {
            return Ok(Progress::Nothing);
        };
        match read {
            Ok(()) => Ok(Progress::Some),
            Err(Stop::Pace(later)) => Ok(Progress::Later(later)),
            Err(Stop::Problem(problem)) => Err(problem),
        }
    }

    /// Catches up with an account at once, whenever that was done last, and applies what was found; gives the account, and when
    /// the rest is read if its reads are used up for the moment. Whatever it has to read, the platform's time is heard.
    ///
    /// # Errors
    /// [`Problem::NoSuch`], and the platform's.
    pub async fn catch_up_now(&self, by: &Agent, id: ConnectionId) -> Result<(Connection, Option<Millis>), Problem> {
        let find = async || {
            let found = self.store.one(desk::connection(id)).await?;
            found.filter(|found| found.workspace == by.workspace).ok_or(Problem::NoSuch("connection"))
        };
        let connection = find().await?;
        self.ask_time(&connection).await?;
        let read = match connection.import_state {
            ImportState::Done => self.poll(&connection).await,
            _ => self.import_page(&connection).await,
        };
        self.apply_all().await?;
        match read {
            Ok(()) => Ok((find().await?, None)),
            Err(Stop::Pace(later)) => Ok((find().await?, Some(later))),
            Err(Stop::Problem(problem)) => Err(problem),
        }
    }

    fn may_read(&self, connection: &Connection) -> Result<(), Stop> {
        self.pace.lock().take(connection.id, Kind::Read, self.now()).map_err(Stop::Pace)
    }

    /// The reading of an account that was stopped by the pace, or a new one.
    fn reading(&self, connection: &Connection) -> Result<Reading, Problem> {
        if let Some(reading) = self.readings.lock().remove(&connection.id) {
            return Ok(reading);
        }
        let client = self.client(connection)?;
        let pages = client.conversations().limit(THREADS);
        Ok(Reading { client, pages, threads: VecDeque::new(), began: self.now() })
    }

    /// The next thread; `None` behind the last one.
    async fn next_thread(
        &self,
        connection: &Connection,
        reading: &mut Reading,
    ) -> Result<Option<client::Conversation>, Stop> {
        while reading.threads.is_empty() {
            self.may_read(connection)?;
            match reading.pages.next_page().await.map_err(Problem::from)? {
                Some(page) => reading.threads.extend(page),
                None => return Ok(None),
            }
        }
        Ok(reading.threads.pop_front())
    }

    /// Imports the threads behind where the import has come to, each noted.
    async fn import_page(&self, connection: &Connection) -> Result<(), Stop> {
        let mut reading = self.reading(connection)?;
        let mut now = connection.clone();
        now.import_state = ImportState::Running;
        while let Some(thread) = self.kept(connection, &mut reading).await? {
            // What is newer than where it has come to was imported before.
            if connection.import_after.is_some_and(|after| thread.updated_time > after) {
                continue;
            }
            self.imported(connection, &mut reading, thread.clone()).await?;
            now.import_done += 1;
            now.import_after = Some(thread.updated_time);
            self.note_import(&now).await?;
        }
        now.import_state = ImportState::Done;
        self.note_import(&now).await?;
        Ok(())
    }

    /// [`Desk::next_thread`], keeping the reading for later when there is no place for a call.
    async fn kept(&self, connection: &Connection, reading: &mut Reading) -> Result<Option<client::Conversation>, Stop> {
        let next = self.next_thread(connection, reading).await;
        if let Err(Stop::Pace(_)) = &next {
            self.readings.lock().insert(connection.id, reading.clone());
        }
        next
    }

    /// [`Desk::import_thread`], keeping the reading for later when there is no place for a call.
    async fn imported(
        &self,
        connection: &Connection,
        reading: &mut Reading,
        thread: client::Conversation,
    ) -> Result<(), Stop> {
        let done = self.import_thread(connection, &reading.client, &thread).await;
        if let Err(Stop::Pace(_)) = &done {
            reading.threads.push_front(thread);
            self.readings.lock().insert(connection.id, reading.clone());
        }
        done
    }

    async fn note_import(&self, connection: &Connection) -> Result<(), Problem> {
        let mut set = ChangeSet::new(connection.workspace, self.now());
        set.tell(News::general(EventKind::Import).about(connection.id));
        set.write(desk::put_import(connection));
        self.commit(set, Problem::Busy).await?;
        Ok(())
    }

    /// Looks for what was missed: threads that were changed since the last look.
    async fn poll(&self, connection: &Connection) -> Result<(), Stop> {
        let mut reading = self.reading(connection)?;
        let since = connection.polled_time.map(|polled| polled.minus(OVERLAP));
        while let Some(thread) = self.kept(connection, &mut reading).await? {
            if since.is_some_and(|since| thread.updated_time < since) {
                break;
            }
            self.imported(connection, &mut reading, thread).await?;
        }
        let mut set = ChangeSet::new(connection.workspace, reading.began);
        set.write(desk::put_polled(connection.workspace, connection.id, reading.began));
        self.commit(set, Problem::Busy).await?;
        Ok(())
    }

    async fn import_thread(
        &self,
        connection: &Connection,
        client: &client::Client,
        thread: &client::Conversation,
    ) -> Result<(), Stop> {
        let Some(person) = thread.participants.iter().find(|one| one.id != connection.account_id) else {
            return Ok(());
        };
        self.may_read(connection)?;
        let mut pages = client.messages(&thread.id).limit(MESSAGES);
        let Some(page) = pages.next_page().await.map_err(Problem::from)? else { return Ok(()) };
        let mut arrivals: Vec<Arrival> = Vec::new();
        // The platform tells the newest first, and what is kept is applied in order.
        for message in page.into_iter().rev() {
            let known = self.store.one(messages::message(connection.workspace, message.id.clone())).await;
            if known.map_err(Problem::from)?.is_none_or(|known| !known.told) {
                arrivals.extend(split(delivery(connection, &person.id, &message).to_string().as_bytes()));
            }
        }
        if !arrivals.is_empty() {
            self.keep(connection, arrivals).await?;
        }
        Ok(())
    }
}

/// A message that was read back, in the words of its webhook. One of which nothing is told any more stays away.
fn delivery(connection: &Connection, person: &str, message: &client::Message) -> Value {
    let own = message.from.as_ref().is_some_and(|from| from.id == connection.account_id);
    let account = connection.account_id.as_str();
    let (sender, recipient) = if own { (account, person) } else { (person, account) };
    let mut told = json!({"mid": message.id});
    if own {
        told["is_echo"] = json!(true);
    }
    if message.from.is_none() || message.is_unsupported {
        told["is_unsupported"] = json!(true);
    }
    if let Some(text) = message.message.as_ref().filter(|text| !text.is_empty()) {
        told["text"] = json!(text);
    }
    let mut attachments = Vec::new();
    let mut add = |kind: &str, url: Option<&String>| {
        if let Some(url) = url {
            attachments.push(json!({"type": kind, "payload": {"url": url}}));
        }
    };
    for attachment in &message.attachments {
        add("image", attachment.image_data.as_ref().and_then(|data| data.url.as_ref()));
        add("video", attachment.video_data.as_ref().and_then(|data| data.url.as_ref()));
        add("file", attachment.file_url.as_ref());
    }
    for share in &message.shares {
        add("share", share.link.as_ref());
    }
    if let Some(story) = &message.story {
        add("story_mention", story.mention.as_ref().and_then(|mention| mention.link.as_ref()));
        if let Some(answered) = &story.reply_to {
            told["reply_to"] = json!({"story": {"url": answered.link, "id": answered.id}});
        }
    }
    if !attachments.is_empty() {
        told["attachments"] = json!(attachments);
    }
    if let Some(answered) = &message.reply_to {
        told["reply_to"] = json!({"mid": answered.mid});
    }
    let mut elements = vec![json!({
        "sender": {"id": sender}, "recipient": {"id": recipient}, "timestamp": message.created_time.get(), "message": told,
    })];
    for reaction in &message.reactions {
        for user in &reaction.users {
            let (sender, recipient) = if user.id == account { (account, person) } else { (person, account) };
            elements.push(json!({
                "sender": {"id": sender}, "recipient": {"id": recipient}, "timestamp": message.created_time.get(),
                "reaction": {"mid": message.id, "action": "react", "emoji": reaction.reaction},
            }));
        }
    }
    json!({"object": "instagram", "entry": [{"id": account, "time": message.created_time.get(), "messaging": elements}]})
}
