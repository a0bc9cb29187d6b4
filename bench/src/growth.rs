//! Whether size costs anything: the same calls on an account with few messages and on one with very many.

use std::path::Path;
use std::time::Duration;

use anyhow::Context;
use rusqlite::Connection;

use engine::clock::{Clock, SystemClock};
use wire::cursor::Cursor;
use wire::id::{AccountId, ConversationId, Igsid};

use crate::echo;
use crate::load::{self, Connection as Caller};
use crate::site::{Engine, PAGE, Site};

/// Connections that call at a time; few, so that what one call costs is seen, not what the machine carries.
const CONNECTIONS: usize = 4;
/// Conversations that the calls go to, spread over all there are.
const SAMPLE: u64 = 400;
/// Where the numbers of the people made here begin.
const FIRST: u64 = 700_000_000_000_000;
/// The demo account.
const ACCOUNT: u64 = 17_841_400_000_000_001;

/// What an account holds.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// Conversations.
    pub threads: u64,
    /// Messages in each.
    pub each: u64,
}

impl Size {
    /// All messages.
    pub fn messages(self) -> u64 {
        self.threads * self.each
    }
}

/// Calls per second and their 99th percentile, on one size.
pub struct Figures {
    /// What was there.
    pub size: Size,
    /// A send.
    pub send: load::Result,
    /// A page of 25 conversations with participants, from somewhere in the list.
    pub conversations: load::Result,
    /// A page of 20 messages of a conversation.
    pub messages: load::Result,
    /// Bytes on disk for each message, with everything that belongs to it.
    pub bytes: f64,
}

/// Fills a database and measures the calls on it.
///
/// # Errors
/// When the server or the database refuses.
pub async fn measure(server: &Path, engine: Engine<'_>, size: Size, span: Duration) -> anyhow::Result<Figures> {
    let mut site = Site::start(server, engine, 1).await?;
    let empty = site.bytes()?;
    if let Some((running, _)) = site.nodes.pop() {
        running.stop().await?;
    }
    let newest = SystemClock.now().get();
    fill(&site, size, newest)?;
    let bytes = (site.bytes()? - empty) / size.messages() as f64;
    site.add(server).await?;
    let address = site.address().to_owned();
    let step = (size.threads / SAMPLE).max(1);
    let people: Vec<u64> = (0..size.threads).step_by(usize::try_from(step)?).map(|n| FIRST + n).collect();
    let spread = |make: &dyn Fn(u64) -> Vec<u8>| -> Vec<Caller> {
        let mut callers: Vec<Caller> =
            (0..CONNECTIONS).map(|_| Caller { address: address.clone(), requests: Vec::new() }).collect();
        for (place, igsid) in people.iter().enumerate() {
            callers[place % CONNECTIONS].requests.push(make(*igsid));
        }
        callers
    };
    let get = |path: &str| format!("GET {path} HTTP/1.1\r\nHost: {address}\r\n\r\n").into_bytes();
    let messages = spread(&|igsid| {
        let id = conversation(igsid);
        get(&format!("/v25.0/{id}/messages?fields=id,created_time,from,to,message&limit=20&{PAGE}"))
    });
    let lists = spread(&|igsid| {
        let after = Cursor { time: newest - (igsid - FIRST) as i64, id: igsid };
        get(&format!(
            "/v25.0/me/conversations?platform=instagram&fields=id,updated_time,participants&limit=25&after={after}&{PAGE}"
        ))
    });
    let sends = spread(&|igsid| {
        load::post(&address, &format!("/v25.0/me/messages?{PAGE}"), "application/json", &echo::body(&igsid.to_string()))
    });
    let node = &site.nodes[0].0;
    // Once unmeasured, so that neither size is measured with cold caches.
    load::run(
        node,
        spread(&|igsid| get(&format!("/v25.0/{}/messages?limit=20&{PAGE}", conversation(igsid)))),
        span / 4,
    )
    .await?;
    let messages = load::run(node, messages, span).await.context("a page of messages")?;
    let conversations = load::run(node, lists, span).await.context("a page of conversations")?;
    let send = load::run(node, sends, span).await.context("a send")?;
    site.stop().await?;
    Ok(Figures { size, send, conversations, messages, bytes })
}

fn conversation(igsid: u64) -> ConversationId {
    ConversationId { account: AccountId::new(ACCOUNT), igsid: Igsid::new(igsid) }
}

/// People, their conversations and messages, as if they had been written: a message of everybody, then the next one of
/// everybody. The first person's are the newest, a millisecond in front of the second's.
fn fill(site: &Site, size: Size, newest: i64) -> anyhow::Result<()> {
    let Size { threads, each } = size;
    let (last, rounds) = (threads - 1, each - 1);
    let time = format!("({newest} - n.i)");
    let person = format!("SELECT {FIRST} + n.i, 'grown' || n.i, NULL, NULL, 0, FLAG FROM NUMBERS(n, {last})");
    let user = format!("SELECT {ACCOUNT}, {FIRST} + n.i, {FIRST} + n.i, {time}, FLAG, FLAG FROM NUMBERS(n, {last})");
    let thread = format!(
        "SELECT {ACCOUNT}, {FIRST} + n.i, {each}, {time}, {time} * 1000, {time}, NULL, NULL, {each}, {each} FROM NUMBERS(n, {last})"
    );
    let message = format!(
        "SELECT {ACCOUNT}, {FIRST} + n.i, ({time} - ({rounds} - r.i)) * 1000, {time} - ({rounds} - r.i), 0, NULL, 0, \
        'message ' || r.i || ' of a conversation that is as long as many are, and says about as much as people say', NULL \
        FROM NUMBERS(r, {rounds}) CROSS JOIN NUMBERS(n, {last}) ORDER BY r.i, n.i"
    );
    let statements = [
        format!("INSERT INTO person (id, username, name, profile_pic, follower_count, is_verified_user) {person}"),
        format!(
            "INSERT INTO scoped_user (account_id, igsid, person_id, consent_time, is_user_follow_business, \
            is_business_follow_user) {user}"
        ),
        format!(
            "INSERT INTO thread (account_id, igsid, version, updated_time, last_item, last_person_time, \
            last_business_item, seen_item, message_count, unread_count) {thread}"
        ),
        format!(
            r#"INSERT INTO message (account_id, igsid, item, created_time, "from", app_id, kind, text, payload) {message}"#
        ),
    ];
    match &site.url {
        Some(url) => {
            for statement in statements {
                let sql = numbers(&statement, |to| format!("generate_series(0, {to})"), "AS ALIAS (i)");
                rig::postgres::query(url, &sql.replace("FLAG", "false").replace(" ORDER BY r.i, n.i", ""))?;
            }
            rig::postgres::query(url, "VACUUM (ANALYZE)")?;
        }
        None => {
            let database = Connection::open(site.folder.path().join("parlance.db"))?;
            database.execute_batch("PRAGMA cache_size = -2000000; PRAGMA synchronous = OFF; BEGIN")?;
            let count = threads.max(each);
            database.execute_batch(&format!(
                "CREATE TEMP TABLE number AS WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n \
                WHERE i + 1 < {count}) SELECT i FROM n; CREATE UNIQUE INDEX temp.by_number ON number (i)"
            ))?;
            for statement in statements {
                let sql = numbers(&statement, |to| format!("(SELECT i FROM number WHERE i <= {to})"), "AS ALIAS");
                database.execute_batch(&sql.replace("FLAG", "0"))?;
            }
            database.execute_batch("COMMIT; PRAGMA wal_checkpoint(TRUNCATE)")?;
        }
    }
    Ok(())
}

/// The statement with its `NUMBERS(alias, last)` in an engine's own words.
fn numbers(statement: &str, from: impl Fn(&str) -> String, alias: &str) -> String {
    let mut parts = statement.split("NUMBERS(");
    let mut sql = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (inside, rest) = part.split_once(')').unwrap_or((part, ""));
        let (name, last) = inside.split_once(", ").unwrap_or((inside, "0"));
        sql.push_str(&format!("{} {}{rest}", from(last), alias.replace("ALIAS", name)));
    }
    sql
}
