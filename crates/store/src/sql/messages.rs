//! The messages of a thread.

use engine::facts::{Message, Side};
use engine::store::{Slice, Start};
use wire::id::{AccountId, AppId, Igsid, Item, MessageId};

use super::contents::{self, KINDS};
use super::fields::{Corrupt, Fields};
use super::row::Row;
use super::slices::{List, Slicing, slice};
use super::statement::statements;
use super::value::{TooLarge, Value, bound, int, key, some_int, values};
use super::{Expect, Query, Write};

/// Who wrote a message, as a number.
const SIDES: [(Side, i64); 2] = [(Side::Person, 0), (Side::Business, 1)];

/// The number of a side.
pub(super) fn side_number(side: Side) -> Option<i64> {
    SIDES.iter().find(|row| row.0 == side).map(|row| row.1)
}

/// The side of a number.
pub(super) fn side(number: i64) -> Option<Side> {
    SIDES.iter().find(|row| row.1 == number).map(|row| row.0)
}

macro_rules! message_columns {
    () => {
        r#"account_id, igsid, item, created_time, "from", app_id, kind, text, payload, aside"#
    };
}
macro_rules! from_thread {
    () => {
        " FROM message WHERE account_id = $1 AND igsid = $2 "
    };
}
macro_rules! select_messages {
    () => {
        concat!("SELECT ", message_columns!(), from_thread!())
    };
}

statements! {
    ADD_MESSAGE {
        concat!("INSERT INTO message (", message_columns!(), ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
    }
    PUT_MESSAGE {
        r#"UPDATE message SET created_time = $4, "from" = $5, app_id = $6, kind = $7, text = $8, payload = $9, aside = $10
        WHERE account_id = $1 AND igsid = $2 AND item = $3"#
    }
    MESSAGE { concat!(select_messages!(), "AND item = $3") }
    MESSAGES_OLDER { concat!(select_messages!(), "AND item < $3 ORDER BY item DESC LIMIT $4") }
    MESSAGES_NEWER { concat!(select_messages!(), "AND item > $3 ORDER BY item LIMIT $4") }
    /// The order is for PostgreSQL, which would look through the table for any one row.
    MESSAGES_FROM_HERE_UP { concat!("SELECT 1", from_thread!(), "AND item >= $3 ORDER BY item LIMIT 1") }
    MESSAGES_FROM_HERE_DOWN { concat!("SELECT 1", from_thread!(), "AND item <= $3 ORDER BY item DESC LIMIT 1") }
    ITEM_AT { concat!("SELECT item", from_thread!(), "ORDER BY item DESC LIMIT 1 OFFSET $3") }
}

static MESSAGES: List = List {
    older: &MESSAGES_OLDER,
    newer: &MESSAGES_NEWER,
    from_here_up: &MESSAGES_FROM_HERE_UP,
    from_here_down: &MESSAGES_FROM_HERE_DOWN,
};

pub(crate) fn add_message(message: &Message) -> Result<Write<'_>, TooLarge> {
    Ok(Write::new(&ADD_MESSAGE, columns(message)?))
}

/// Stale when the message is not there.
pub(crate) fn put_message(message: &Message) -> Result<Write<'_>, TooLarge> {
    Ok(Write { statement: &PUT_MESSAGE, params: columns(message)?, expect: Expect::One })
}

fn columns(message: &Message) -> Result<Vec<Value<'_>>, TooLarge> {
    let (kind, text, payload) = contents::columns(&message.content);
    Ok(values![
        int(message.id.account.get())?,
        int(message.id.igsid.get())?,
        int(message.id.item.get())?,
        message.created_time,
        side_number(message.from),
        some_int(message.app.map(AppId::get))?,
        kind,
        text,
        payload,
        contents::aside_column(&message.aside),
    ])
}

pub(crate) fn message(id: MessageId) -> Query<'static, Message> {
    let params = values![key(id.account.get()), key(id.igsid.get()), key(id.item.get())];
    Query { statement: &MESSAGE, params, decode: message_row }
}

pub(crate) fn messages(account: AccountId, igsid: Igsid, part: Slice<Item>) -> Slicing<Message> {
    let from = match part.from {
        Start::Newest => Start::Newest,
        Start::After(item) => Start::After([bound(item.get())]),
        Start::Before(item) => Start::Before([bound(item.get())]),
    };
    slice(&MESSAGES, &[key(account.get()), key(igsid.get())], Slice { from, limit: part.limit }, message_row)
}

/// `None` for rank 0, which no message has.
pub(crate) fn item_at(account: AccountId, igsid: Igsid, rank: u32) -> Option<Query<'static, Item>> {
    let newer = rank.checked_sub(1)?;
    let params = values![key(account.get()), key(igsid.get()), newer];
    Some(Query { statement: &ITEM_AT, params, decode: |row| Fields::new(row, "message", 0, 1).int(Item::new) })
}

fn message_row(row: Row<'_>) -> Result<Message, Corrupt> {
    let mut fields = Fields::new(row, "message", 0, 3);
    let id = MessageId {
        account: fields.int(AccountId::new)?,
        igsid: fields.int(Igsid::new)?,
        item: fields.int(Item::new)?,
    };
    let created_time = fields.time()?;
    let from = fields.decode(side)?;
    let app = fields.some_int(AppId::new)?;
    let kind = fields.decode(|kind: i64| KINDS.contains(&kind).then_some(kind))?;
    let text = fields.get()?;
    let content = fields.decode(|payload| contents::content(kind, text, payload))?;
    Ok(Message { id, created_time, from, app, content, aside: fields.decode(contents::aside)? })
}
