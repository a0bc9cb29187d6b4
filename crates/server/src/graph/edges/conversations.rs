//! `…/conversations`: the account's threads, most recently updated first (contract read 1.3, 1.4).

use engine::store::{Part, ThreadKey, ThreadView};
use engine::{Failure, read};
use serde_json::{Value, json};
use wire::cursor::Cursor;
use wire::error::{self, GraphError};
use wire::fields::{Fields, Selection};
use wire::id::{AccountId, Igsid};
use wire::param::Params;
use wire::time::Millis;

use super::super::call::Call;
use super::super::nodes::conversation_fields;
use super::super::paging::{self, Keyed};

impl Keyed for ThreadView {
    type Key = ThreadKey;

    fn cursor(&self) -> Cursor {
        Cursor { time: self.thread.updated_time.get(), id: self.thread.igsid.get() }
    }

    fn key(cursor: Cursor) -> ThreadKey {
        ThreadKey { updated_time: Millis::new(cursor.time), igsid: Igsid::new(cursor.id) }
    }
}

/// `GET /{page or account}/conversations`. A Page asked without `platform=instagram` has no Instagram threads.
///
/// # Errors
/// Unknown fields, a bad cursor; the store's.
pub async fn list(call: &Call<'_>) -> Result<Value, GraphError> {
    let account = call.account()?;
    if !call.is_instagram()? {
        return Ok(json!({"data": []}));
    }
    let part = match call.params.text("user_id")? {
        Some(user) => with(call, account, &user).await?,
        None => {
            let slice = paging::asked::<ThreadView>(call.params)?;
            read::conversations(&call.server.world, account, slice).await.map_err(Failure::from)?
        }
    };
    let data = rows(call, account, &part, call.fields.as_ref()).await?;
    Ok(paging::page(call, &call.path, call.params, &part, data))
}

/// The threads as a field of the Page: `conversations.platform(instagram).limit(5){…}`.
///
/// # Errors
/// As [`list`].
pub async fn nested(call: &Call<'_>, selection: &Selection) -> Result<Value, GraphError> {
    let account = call.account()?;
    if !selection.modifier("platform").is_some_and(|platform| platform.eq_ignore_ascii_case("instagram")) {
        return Ok(json!({"data": []}));
    }
    let slice = paging::asked_nested::<ThreadView>(selection)?;
    let limit = slice.limit;
    let part = read::conversations(&call.server.world, account, slice).await.map_err(Failure::from)?;
    let data = rows(call, account, &part, selection.fields.as_ref()).await?;
    let mut query = Params::new();
    query.set("platform", "instagram");
    if let Some(fields) = &selection.fields {
        query.set("fields", fields.to_string());
    }
    query.set("limit", limit.to_string());
    Ok(paging::page(call, &format!("{}/conversations", call.path), &query, &part, data))
}

/// At most the one thread with that person; nobody's id gives an empty list, no id at all is refused.
async fn with(call: &Call<'_>, account: AccountId, user: &str) -> Result<Part<ThreadView>, GraphError> {
    let igsid: Igsid = user.parse().map_err(|_| GraphError::new(&error::NO_SUCH_USER))?;
    let found = read::conversation_with(&call.server.world, account, igsid).await.map_err(Failure::from)?;
    Ok(Part { items: found.into_iter().collect(), older: false, newer: false })
}

async fn rows(
    call: &Call<'_>,
    account: AccountId,
    part: &Part<ThreadView>,
    fields: Option<&Fields>,
) -> Result<Vec<Value>, GraphError> {
    let found = call.server.world.store.account(account).await.map_err(Failure::from)?;
    let business = json!({"username": found.map(|account| account.username).unwrap_or_default(), "id": account});
    let mut data = Vec::with_capacity(part.items.len());
    for view in &part.items {
        data.push(conversation_fields(call, view, &business, fields).await?);
    }
    Ok(data)
}
