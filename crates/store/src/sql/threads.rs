//! Threads, alone and with the person in them.

use engine::facts::{Folder, PersonStatus, Thread};
use engine::store::{Slice, Start, ThreadFacts, ThreadKey, ThreadView};
use wire::id::{AccountId, AppId, Igsid, Item};

use super::fields::{Corrupt, Fields};
use super::people::{scoped_user_row, status};
use super::row::Row;
use super::slices::{List, Slicing, slice};
use super::statement::statements;
use super::value::{TooLarge, bound, int, key, some_int, values};
use super::{Expect, Query, Write};

macro_rules! thread_columns {
    () => {
        "t.account_id, t.igsid, t.version, t.updated_time, t.last_item, t.last_person_time, t.last_business_item, \
        t.seen_item, t.message_count, t.unread_count, t.business_seen_item, t.typing_until, t.folder, t.is_removed, \
        t.owner_app_id, t.owner_until"
    };
}
/// Columns that [`thread_columns`] names; the person stands behind them.
const THREAD_COLUMNS: usize = 16;
/// Columns of `scoped_user`; the thread stands behind them in [`THREAD_FACTS`], and behind that the person's status.
const SCOPED_USER_COLUMNS: usize = 9;
/// Where that status stands.
const STATUS: usize = SCOPED_USER_COLUMNS + THREAD_COLUMNS;

/// What [`THREAD_FACTS`] and [`THREADS_FACTS`] tell of a thread.
macro_rules! facts_columns {
    () => {
        concat!(
            "s.account_id, s.igsid, s.person_id, s.consent_time, s.is_user_follow_business, s.is_business_follow_user, \
            s.is_user_block_business, s.is_business_block_user, s.is_same_accounts_center, ",
            thread_columns!(),
            ", p.status"
        )
    };
}

/// Threads of an account with their people, one look-up for each. PostgreSQL is kept from going through all the people of
/// the account instead.
macro_rules! from_view {
    (sqlite) => {
        " FROM thread t JOIN scoped_user s ON s.account_id = t.account_id AND s.igsid = t.igsid \
        JOIN person p ON p.id = s.person_id WHERE t.account_id = $1 AND "
    };
    (postgres) => {
        " FROM thread t CROSS JOIN LATERAL (SELECT person_id FROM scoped_user \
        WHERE account_id = $1 AND igsid = t.igsid LIMIT 1) s CROSS JOIN LATERAL (SELECT id, username, name FROM person \
        WHERE id = s.person_id LIMIT 1) p WHERE t.account_id = $1 AND "
    };
}
macro_rules! select_view {
    ($dialect:ident) => {
        concat!("SELECT ", thread_columns!(), ", p.id, p.username, p.name", from_view!($dialect))
    };
}
macro_rules! threads {
    ($dialect:ident, older) => {
        concat!(
            select_view!($dialect),
            "(t.updated_time, t.igsid) < ($2, $3) ORDER BY t.updated_time DESC, t.igsid DESC LIMIT $4"
        )
    };
    ($dialect:ident, newer) => {
        concat!(
            select_view!($dialect),
            "(t.updated_time, t.igsid) > ($2, $3) ORDER BY t.updated_time, t.igsid LIMIT $4"
        )
    };
    ($dialect:ident, from_here_up) => {
        concat!(
            "SELECT 1",
            from_view!($dialect),
            "(t.updated_time, t.igsid) >= ($2, $3) ORDER BY t.updated_time, t.igsid LIMIT 1"
        )
    };
    ($dialect:ident, from_here_down) => {
        concat!(
            "SELECT 1",
            from_view!($dialect),
            "(t.updated_time, t.igsid) <= ($2, $3) ORDER BY t.updated_time DESC, t.igsid DESC LIMIT 1"
        )
    };
}

statements! {
    ADD_THREAD {
        "INSERT INTO thread (account_id, igsid, version, updated_time, last_item, last_person_time, \
        last_business_item, seen_item, message_count, unread_count, business_seen_item, typing_until, folder, is_removed, \
        owner_app_id, owner_until) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)"
    }
    SAVE_THREAD {
        "UPDATE thread SET version = $3, updated_time = $4, last_item = $5, last_person_time = $6, \
        last_business_item = $7, seen_item = $8, message_count = $9, unread_count = $10, \
        business_seen_item = $11, typing_until = $12, folder = $13, is_removed = $14, owner_app_id = $15, \
        owner_until = $16 \
        WHERE account_id = $1 AND igsid = $2 AND version + 1 = $3"
    }
    /// One row always; what there is no row of is NULL.
    THREAD_FACTS {
        concat!(
            "SELECT ",
            facts_columns!(),
            " FROM (SELECT 1) one LEFT JOIN scoped_user s ON s.account_id = $1 AND s.igsid = $2 \
            LEFT JOIN thread t ON t.account_id = $1 AND t.igsid = $2 LEFT JOIN person p ON p.id = s.person_id"
        )
    }
    /// The same for many threads of an account, each with its number behind it.
    THREADS_FACTS {
        postgres: concat!(
            "SELECT ",
            facts_columns!(),
            ", asked.igsid FROM unnest($2::bigint[]) AS asked (igsid) LEFT JOIN LATERAL (SELECT * FROM scoped_user s \
            WHERE s.account_id = $1 AND s.igsid = asked.igsid LIMIT 1) s ON true LEFT JOIN LATERAL (SELECT * FROM thread t \
            WHERE t.account_id = $1 AND t.igsid = asked.igsid LIMIT 1) t ON true LEFT JOIN LATERAL (SELECT status \
            FROM person p WHERE p.id = s.person_id LIMIT 1) p ON true"
        )
    }
    THREAD {
        sqlite: concat!(select_view!(sqlite), "t.igsid = $2"), postgres: concat!(select_view!(postgres), "t.igsid = $2")
    }
    THREADS_OLDER { sqlite: threads!(sqlite, older), postgres: threads!(postgres, older) }
    THREADS_NEWER { sqlite: threads!(sqlite, newer), postgres: threads!(postgres, newer) }
    /// The order is for PostgreSQL, which would look through the table for any one row.
    THREADS_FROM_HERE_UP { sqlite: threads!(sqlite, from_here_up), postgres: threads!(postgres, from_here_up) }
    THREADS_FROM_HERE_DOWN { sqlite: threads!(sqlite, from_here_down), postgres: threads!(postgres, from_here_down) }
}

static THREADS: List = List {
    older: &THREADS_OLDER,
    newer: &THREADS_NEWER,
    from_here_up: &THREADS_FROM_HERE_UP,
    from_here_down: &THREADS_FROM_HERE_DOWN,
};

/// Writes a thread over the version before it; stale when the thread stands elsewhere.
pub(crate) fn save_thread(thread: &Thread) -> Result<Write<'static>, TooLarge> {
    let statement = if thread.version == 1 { &ADD_THREAD } else { &SAVE_THREAD };
    let params = values![
        int(thread.account.get())?,
        int(thread.igsid.get())?,
        int(thread.version)?,
        thread.updated_time,
        int(thread.last_item.get())?,
        thread.last_person_time,
        some_int(thread.last_business_item.map(Item::get))?,
        some_int(thread.seen_item.map(Item::get))?,
        int(thread.message_count)?,
        int(thread.unread_count)?,
        some_int(thread.business_seen_item.map(Item::get))?,
        thread.typing_until,
        Folder::ALL.iter().find(|row| row.0 == thread.folder).map(|row| row.2),
        thread.is_removed,
        some_int(thread.owner_app.map(AppId::get))?,
        thread.owner_until,
    ];
    Ok(Write { statement, params, expect: Expect::One })
}

pub(crate) fn thread_facts(account: AccountId, igsid: Igsid) -> Query<'static, ThreadFacts> {
    Query { statement: &THREAD_FACTS, params: values![key(account.get()), key(igsid.get())], decode: facts_row }
}

/// Decodes [`THREADS_FACTS`].
pub(crate) fn numbered_facts_row(row: Row<'_>) -> Result<(i64, ThreadFacts), Corrupt> {
    let number = Fields::new(row, "thread", STATUS + 1, 0).get()?;
    Ok((number, facts_row(row)?))
}

fn facts_row(row: Row<'_>) -> Result<ThreadFacts, Corrupt> {
    let no_user = Fields::new(row, "scoped_user", 0, 2).absent()?;
    let no_thread = Fields::new(row, "thread", SCOPED_USER_COLUMNS, 2).absent()?;
    let status = Fields::new(row, "person", STATUS, 0)
        .decode(|number: Option<i64>| number.map_or(Some(PersonStatus::default()), status))?;
    Ok(ThreadFacts {
        status,
        user: if no_user { None } else { Some(scoped_user_row(row, 0)?) },
        thread: if no_thread { None } else { Some(thread_row(row, SCOPED_USER_COLUMNS)?) },
    })
}

pub(crate) fn thread(account: AccountId, igsid: Igsid) -> Query<'static, ThreadView> {
    Query { statement: &THREAD, params: values![key(account.get()), key(igsid.get())], decode: view_row }
}

pub(crate) fn threads(account: AccountId, part: Slice<ThreadKey>) -> Slicing<ThreadView> {
    let columns = |key: ThreadKey| [key.updated_time.get(), bound(key.igsid.get())];
    let from = match part.from {
        Start::Newest => Start::Newest,
        Start::After(key) => Start::After(columns(key)),
        Start::Before(key) => Start::Before(columns(key)),
    };
    slice(&THREADS, &[key(account.get())], Slice { from, limit: part.limit }, view_row)
}

fn view_row(row: Row<'_>) -> Result<ThreadView, Corrupt> {
    let thread = thread_row(row, 0)?;
    let mut person = Fields::new(row, "person", THREAD_COLUMNS, 1);
    let _id: i64 = person.get()?;
    Ok(ThreadView { thread, username: person.get()?, name: person.get()? })
}

fn thread_row(row: Row<'_>, start: usize) -> Result<Thread, Corrupt> {
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
        business_seen_item: fields.some_int(Item::new)?,
        typing_until: fields.some_time()?,
        folder: fields.decode(|number: i64| Folder::ALL.iter().find(|row| row.2 == number).map(|row| row.0))?,
        is_removed: fields.flag()?,
        owner_app: fields.some_int(AppId::new)?,
        owner_until: fields.some_time()?,
    })
}
