//! The messages of a thread.

use engine::facts::{Content, Message, Side};
use engine::store::{Slice, Start};
use wire::id::{AccountId, AppId, Igsid, Item, MessageId};

use super::fields::{Corrupt, Fields};
use super::row::Row;
use super::slices::{List, Slicing, slice};
use super::statement::statements;
use super::value::{TooLarge, bound, int, key, some_int, values};
use super::{Query, Write};

/// Who wrote a message, as a number.
const SIDES: [(Side, i64); 2] = [(Side::Person, 0), (Side::Business, 1)];
const TEXT: i64 = 0;
const POSTBACK: i64 = 1;

macro_rules! from_thread {
    () => {
        " FROM message WHERE account_id = $1 AND igsid = $2 "
    };
}
macro_rules! select_messages {
    () => {
        concat!(r#"SELECT account_id, igsid, item, created_time, "from", app_id, kind, text, payload"#, from_thread!())
    };
}

statements! {
    ADD_MESSAGE {
        r#"INSERT INTO message (account_id, igsid, item, created_time, "from", app_id, kind, text, payload)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"#
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
    let (kind, text, payload) = match &message.content {
        Content::Text(text) => (TEXT, text, None),
        Content::Postback { title, payload } => (POSTBACK, title, Some(payload)),
    };
    let from = SIDES.iter().find(|row| row.0 == message.from).map(|row| row.1);
    let params = values![
        int(message.id.account.get())?,
        int(message.id.igsid.get())?,
        int(message.id.item.get())?,
        message.created_time,
        from,
        some_int(message.app.map(AppId::get))?,
        kind,
        text,
        payload,
    ];
    Ok(Write::new(&ADD_MESSAGE, params))
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
