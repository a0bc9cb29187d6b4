//! `…/messages`: sending (contract send 1, 2) and a conversation's messages (contract read 1.1, 1.6).

use engine::read::{self, Shown};
use engine::send::{self as sending, Key, Order};
use engine::store::ThreadView;
use engine::{Failure, Refusal};
use serde_json::{Value, json};
use wire::cursor::Cursor;
use wire::error::GraphError;
use wire::fields::Selection;
use wire::id::Item;
use wire::param::Params;
use wire::send::Send;
use wire::signature::sha256;

use super::super::call::Call;
use super::super::node::Node;
use super::super::nodes::{Ends, rows};
use super::super::paging::{self, Keyed};

impl Keyed for Shown {
    type Key = Item;

    fn cursor(&self) -> Cursor {
        Cursor { time: 0, id: self.message.id.item.get() }
    }

    fn key(cursor: Cursor) -> Item {
        Item::new(cursor.id)
    }
}

/// `POST /{page or account}/messages`.
///
/// # Errors
/// Every refusal of a send; the store's.
pub async fn send(call: &Call<'_>) -> Result<Value, GraphError> {
    let account = call.account()?;
    let key = key(call)?;
    let order =
        Order { caller: &call.caller, account, version: call.version, filedata: call.filedata, key: key.as_ref() };
    let asked = Send::from_params(call.params);
    let sent = sending::send(&call.server.world, &call.server.outbound, order, asked).await?;
    call.server.dispatcher.let_the_echo_go_first(call.caller.app.id).await;
    Ok(json!(sent))
}

/// The request's own name, with the digest of all that was asked, so that the name is not used for something else.
fn key(call: &Call<'_>) -> Result<Option<Key>, GraphError> {
    let Some(text) = call.idempotency_key else { return Ok(None) };
    let mut asked = call.params.to_query(&[]).into_bytes();
    asked.push(0);
    asked.extend(call.filedata.map(|file| sha256(&file.bytes)).unwrap_or_default());
    Ok(Some(Key::new(text, sha256(&asked))?))
}

/// `GET /{conversation}/messages`.
///
/// # Errors
/// Unknown or foreign conversation, unknown fields, a bad cursor; the store's.
pub async fn list(call: &Call<'_>) -> Result<Value, GraphError> {
    let (Node::Conversation(id), Some(account)) = (call.node, call.caller.account()) else {
        return Err(Refusal::NoObject { verb: call.verb.name(), id: call.path.clone() }.into());
    };
    let view = read::conversation(&call.server.world, account, id).await?;
    let slice = paging::asked::<Shown>(call.params)?;
    let part = read::messages(&call.server.world, account, id.igsid, slice).await.map_err(Failure::from)?;
    let ends = Ends::of(call, &view).await?;
    let data = rows(call, &part, ends, call.fields.as_ref()).await?;
    Ok(paging::page(call, &call.path, call.params, &part, data))
}

/// The messages of a conversation as a field of it; page two is the edge itself (contract clients 12).
///
/// # Errors
/// As [`list`].
pub async fn nested(
    call: &Call<'_>,
    view: &ThreadView,
    business: &Value,
    selection: &Selection,
) -> Result<Value, GraphError> {
    let thread = &view.thread;
    let slice = paging::asked_nested::<Shown>(selection)?;
    let limit = slice.limit;
    let part = read::messages(&call.server.world, thread.account, thread.igsid, slice).await.map_err(Failure::from)?;
    let ends = Ends { person: json!({"username": view.username, "id": thread.igsid}), business: business.clone() };
    let data = rows(call, &part, ends, selection.fields.as_ref()).await?;
    let mut query = Params::new();
    if let Some(fields) = &selection.fields {
        query.set("fields", fields.to_string());
    }
    query.set("limit", limit.to_string());
    Ok(paging::page(call, &format!("{}/messages", thread.id()), &query, &part, data))
}
