//! Threads, alone and with the person in them.

use engine::facts::Thread;
use engine::store::{Part, Slice, Start, ThreadFacts, ThreadKey, ThreadView};
use rusqlite::{Connection, Error, Result, Row, params};
use wire::id::{AccountId, Igsid, Item};

use super::fields::{Fields, bound, int, key, one, run, some_int};
use super::people::scoped_user_row;
use super::slices::{List, part};

macro_rules! thread_columns {
    () => {
        "t.account_id, t.igsid, t.version, t.updated_time, t.last_item, t.last_person_time, t.last_business_item, \
        t.seen_item, t.message_count, t.unread_count"
    };
}
/// Columns that [`thread_columns`] names; the person stands behind them.
const THREAD_COLUMNS: usize = 10;
/// Columns of `scoped_user`; the thread stands behind them in [`THREAD_FACTS`].
const SCOPED_USER_COLUMNS: usize = 6;

const ADD_THREAD: &str = "INSERT INTO thread (account_id, igsid, version, updated_time, last_item, last_person_time, \
    last_business_item, seen_item, message_count, unread_count) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
pub(super) const SAVE_THREAD: &str = "UPDATE thread SET version = ?3, updated_time = ?4, last_item = ?5, \
    last_person_time = ?6, last_business_item = ?7, seen_item = ?8, message_count = ?9, unread_count = ?10 \
    WHERE account_id = ?1 AND igsid = ?2 AND version = ?3 - 1";

/// One row always; either half of it is NULL when there is no such row.
pub(super) const THREAD_FACTS: &str = concat!(
    "SELECT s.account_id, s.igsid, s.person_id, s.consent_time, s.is_user_follow_business, \
    s.is_business_follow_user, ",
    thread_columns!(),
    " FROM (SELECT 1) LEFT JOIN scoped_user s ON s.account_id = ?1 AND s.igsid = ?2 \
    LEFT JOIN thread t ON t.account_id = ?1 AND t.igsid = ?2"
);

macro_rules! from_view {
    () => {
        " FROM thread t JOIN scoped_user s ON s.account_id = t.account_id AND s.igsid = t.igsid \
        JOIN person p ON p.id = s.person_id WHERE t.account_id = ?1 AND "
    };
}
macro_rules! select_view {
    () => {
        concat!("SELECT ", thread_columns!(), ", p.id, p.username, p.name", from_view!())
    };
}
pub(super) const THREAD: &str = concat!(select_view!(), "t.igsid = ?2");
pub(super) const THREADS: List = List {
    older: concat!(
        select_view!(),
        "(t.updated_time, t.igsid) < (?2, ?3) ORDER BY t.updated_time DESC, t.igsid DESC LIMIT ?4"
    ),
    newer: concat!(select_view!(), "(t.updated_time, t.igsid) > (?2, ?3) ORDER BY t.updated_time, t.igsid LIMIT ?4"),
    from_here_up: concat!("SELECT 1", from_view!(), "(t.updated_time, t.igsid) >= (?2, ?3) LIMIT 1"),
    from_here_down: concat!("SELECT 1", from_view!(), "(t.updated_time, t.igsid) <= (?2, ?3) LIMIT 1"),
};

/// Writes a thread over the version before it.
///
/// # Errors
/// `StatementChangedRows` or a taken key when the thread stands elsewhere.
pub(super) fn save_thread(connection: &Connection, thread: &Thread) -> Result<usize> {
    let sql = if thread.version == 1 { ADD_THREAD } else { SAVE_THREAD };
    let changed = run(
        connection,
        sql,
        params![
            int(thread.account.get())?,
            int(thread.igsid.get())?,
            int(thread.version)?,
            thread.updated_time.get(),
            int(thread.last_item.get())?,
            thread.last_person_time.map(|time| time.get()),
            some_int(thread.last_business_item.map(Item::get))?,
            some_int(thread.seen_item.map(Item::get))?,
            int(thread.message_count)?,
            int(thread.unread_count)?,
        ],
    )?;
    if changed == 1 { Ok(changed) } else { Err(Error::StatementChangedRows(changed)) }
}

pub(super) fn thread_facts(connection: &Connection, account: AccountId, igsid: Igsid) -> Result<ThreadFacts> {
    let facts = one(connection, THREAD_FACTS, [key(account.get()), key(igsid.get())], |row| {
        let no_user = Fields::new(row, "scoped_user", 0, 2).absent()?;
        let no_thread = Fields::new(row, "thread", SCOPED_USER_COLUMNS, 2).absent()?;
        Ok(ThreadFacts {
            user: if no_user { None } else { Some(scoped_user_row(row, 0)?) },
            thread: if no_thread { None } else { Some(thread_row(row, SCOPED_USER_COLUMNS)?) },
        })
    })?;
    facts.ok_or(Error::QueryReturnedNoRows)
}

pub(super) fn thread(connection: &Connection, account: AccountId, igsid: Igsid) -> Result<Option<ThreadView>> {
    one(connection, THREAD, [key(account.get()), key(igsid.get())], view_row)
}

pub(super) fn threads(
    connection: &Connection,
    account: AccountId,
    slice: Slice<ThreadKey>,
) -> Result<Part<ThreadView>> {
    let columns = |key: ThreadKey| [key.updated_time.get(), bound(key.igsid.get())];
    let from = match slice.from {
        Start::Newest => Start::Newest,
        Start::After(key) => Start::After(columns(key)),
        Start::Before(key) => Start::Before(columns(key)),
    };
    part(connection, &THREADS, &[key(account.get())], Slice { from, limit: slice.limit }, view_row)
}

fn view_row(row: &Row<'_>) -> Result<ThreadView> {
    let thread = thread_row(row, 0)?;
    let mut person = Fields::new(row, "person", THREAD_COLUMNS, 1);
    let _id: i64 = person.get()?;
    Ok(ThreadView { thread, username: person.get()?, name: person.get()? })
}

fn thread_row(row: &Row<'_>, start: usize) -> Result<Thread> {
    let mut fields = Fields::new(row, "thread", start, 2);
    Ok(Thread {
        account: fields.int(AccountId::new)?,
        igsid: fields.int(Igsid::new)?,
        version: fields.int(|version| version)?,
        updated_time: fields.time()?,
        last_item: fields.int(Item::new)?,
        last_person_time: fields.some_time()?,
        last_business_item: fields.some_int(Item::new)?,
        seen_item: fields.some_int(Item::new)?,
        message_count: fields.int(|count| count)?,
        unread_count: fields.int(|count| count)?,
    })
}
