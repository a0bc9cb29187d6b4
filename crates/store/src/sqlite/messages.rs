//! The messages of a thread.

use engine::facts::{Content, Message, Side};
use engine::store::{Part, Slice, Start};
use rusqlite::{Connection, Result, Row, params};
use wire::id::{AccountId, AppId, Igsid, Item, MessageId};

use super::fields::{Fields, bound, int, key, one, run, some_int};
use super::slices::{List, part};

/// Who wrote a message, as a number.
const SIDES: [(Side, i64); 2] = [(Side::Person, 0), (Side::Business, 1)];
const TEXT: i64 = 0;
const POSTBACK: i64 = 1;

pub(super) const ADD_MESSAGE: &str = r#"INSERT INTO message (account_id, igsid, item, created_time, "from", app_id, kind, text, payload)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"#;

macro_rules! from_thread {
    () => {
        " FROM message WHERE account_id = ?1 AND igsid = ?2 "
    };
}
macro_rules! select_messages {
    () => {
        concat!(r#"SELECT account_id, igsid, item, created_time, "from", app_id, kind, text, payload"#, from_thread!())
    };
}
pub(super) const MESSAGE: &str = concat!(select_messages!(), "AND item = ?3");
pub(super) const MESSAGES: List = List {
    older: concat!(select_messages!(), "AND item < ?3 ORDER BY item DESC LIMIT ?4"),
    newer: concat!(select_messages!(), "AND item > ?3 ORDER BY item LIMIT ?4"),
    from_here_up: concat!("SELECT 1", from_thread!(), "AND item >= ?3 LIMIT 1"),
    from_here_down: concat!("SELECT 1", from_thread!(), "AND item <= ?3 LIMIT 1"),
};
pub(super) const ITEM_AT: &str = concat!("SELECT item", from_thread!(), "ORDER BY item DESC LIMIT 1 OFFSET ?3");

pub(super) fn add_message(connection: &Connection, message: &Message) -> Result<usize> {
    let (kind, text, payload) = match &message.content {
        Content::Text(text) => (TEXT, text, None),
        Content::Postback { title, payload } => (POSTBACK, title, Some(payload)),
    };
    let from = SIDES.iter().find(|row| row.0 == message.from).map(|row| row.1);
    run(
        connection,
        ADD_MESSAGE,
        params![
            int(message.id.account.get())?,
            int(message.id.igsid.get())?,
            int(message.id.item.get())?,
            message.created_time.get(),
            from,
            some_int(message.app.map(AppId::get))?,
            kind,
            text,
            payload,
        ],
    )
}

pub(super) fn message(connection: &Connection, id: MessageId) -> Result<Option<Message>> {
    one(connection, MESSAGE, [key(id.account.get()), key(id.igsid.get()), key(id.item.get())], message_row)
}

pub(super) fn messages(
    connection: &Connection,
    account: AccountId,
    igsid: Igsid,
    slice: Slice<Item>,
) -> Result<Part<Message>> {
    let from = match slice.from {
        Start::Newest => Start::Newest,
        Start::After(item) => Start::After([bound(item.get())]),
        Start::Before(item) => Start::Before([bound(item.get())]),
    };
    let scope = [key(account.get()), key(igsid.get())];
    part(connection, &MESSAGES, &scope, Slice { from, limit: slice.limit }, message_row)
}

pub(super) fn item_at(connection: &Connection, account: AccountId, igsid: Igsid, rank: u32) -> Result<Option<Item>> {
    let Some(newer) = rank.checked_sub(1) else { return Ok(None) };
    one(connection, ITEM_AT, params![key(account.get()), key(igsid.get()), newer], |row| {
        Fields::new(row, "message", 0, 1).int(Item::new)
    })
}

fn message_row(row: &Row<'_>) -> Result<Message> {
    let mut fields = Fields::new(row, "message", 0, 3);
    let id = MessageId {
        account: fields.int(AccountId::new)?,
        igsid: fields.int(Igsid::new)?,
        item: fields.int(Item::new)?,
    };
    let created_time = fields.time()?;
    let from = fields.decode(|number: i64| SIDES.iter().find(|row| row.1 == number).map(|row| row.0))?;
    let app = fields.some_int(AppId::new)?;
    let kind = fields.decode(|kind: i64| [TEXT, POSTBACK].contains(&kind).then_some(kind))?;
    let text = fields.get()?;
    let content = match kind {
        TEXT => Content::Text(text),
        _ => Content::Postback { title: text, payload: fields.get()? },
    };
    Ok(Message { id, created_time, from, app, content })
}
