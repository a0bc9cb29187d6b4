//! Accounts as a person's app lists them: how the two stand, and the conversation with its newest message.

use axum::Json;
use axum::extract::{Path, State};
use engine::facts::{Account, Person, Side, Thread};
use engine::store::{Slice, Start};
use serde::Serialize;
use utoipa::ToSchema;
use wire::time::Millis;

use super::asked::person;
use super::problem::Answer;
use super::view::{Blocked, MessageView, Sight, Typing, folder};
use crate::state::Server;

/// How many of the newest messages are looked at for what the person has not seen.
const RECENT: u32 = 25;

/// An account as a person's app lists it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Contact {
    username: String,
    name: String,
    /// Picture, a path on this server or an absolute URL.
    profile_pic: String,
    /// Whether the person follows it.
    follows: bool,
    blocked: Blocked,
    /// Null before there is one, and while it is removed.
    thread: Option<ThreadRow>,
}

/// A conversation in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ThreadRow {
    /// When its newest message was written, RFC 3339.
    updated_time: String,
    /// The person's latest act that opens the account's window, RFC 3339.
    window_time: Option<String>,
    /// `primary`, `general`, `requests` or `spam`.
    folder: Option<&'static str>,
    /// Until when the account is shown as writing; null when it is not.
    typing: Option<Typing>,
    /// Messages of the account since the person last looked or wrote, at most 25.
    unread_count: usize,
    newest: Option<MessageView>,
}

/// Accounts, those with the newest messages first.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Contacts {
    data: Vec<Contact>,
}

/// Every account as the person's app lists it, the most recently written to first.
#[utoipa::path(
    get, path = "/_parlance/people/{username}/accounts", operation_id = "list_contacts", tag = "people",
    params(("username" = String, Path, description = "who looks")),
    responses((status = 200, body = Contacts), (status = 404, description = "no such person")),
)]
pub(super) async fn list(State(server): State<Server>, Path(username): Path<String>) -> Answer<Json<Contacts>> {
    let person = person(&server, &username).await?;
    let mut found = Vec::new();
    for account in server.world.store.accounts().await? {
        found.push(contact(&server, &person, account).await?);
    }
    found.sort_by_key(|(updated, _)| std::cmp::Reverse(*updated));
    Ok(Json(Contacts { data: found.into_iter().map(|(_, contact)| contact).collect() }))
}

async fn contact(server: &Server, person: &Person, account: Account) -> Answer<(Option<Millis>, Contact)> {
    let store = &server.world.store;
    let user = store.scoped_user_of(account.id, person.id).await?;
    let found = match &user {
        Some(user) => store.thread(account.id, user.igsid).await?,
        None => None,
    };
    let thread = found.map(|found| found.thread).filter(|thread| !thread.is_removed);
    let row = match &thread {
        Some(thread) => Some(row(server, person, &account, thread).await?),
        None => None,
    };
    let contact = Contact {
        follows: user.as_ref().is_some_and(|user| user.is_user_follow_business),
        blocked: user.as_ref().map(Blocked::between).unwrap_or_default(),
        thread: row,
        username: account.username,
        name: account.name,
        profile_pic: account.profile_picture_url,
    };
    Ok((thread.map(|thread| thread.updated_time), contact))
}

async fn row(server: &Server, person: &Person, account: &Account, thread: &Thread) -> Answer<ThreadRow> {
    let slice = Slice { from: Start::Newest, limit: RECENT };
    let items = server.world.store.messages(account.id, thread.igsid, slice).await?.items;
    let sight = Sight { server, person, account, thread, reactions: Vec::new() };
    let newest = match items.first() {
        Some(message) => Some(sight.message(message).await?),
        None => None,
    };
    let unseen = items.iter().take_while(|it| it.from == Side::Business && Some(it.id.item) > thread.seen_item);
    Ok(ThreadRow {
        updated_time: thread.updated_time.rfc3339(),
        window_time: thread.last_person_time.map(Millis::rfc3339),
        folder: folder(thread),
        typing: Typing::at(server.world.now(), thread),
        unread_count: unseen.count(),
        newest,
    })
}
