//! People: who there is, and new ones.

use axum::Json;
use axum::extract::{Path, State};
use engine::account::{NAME_CHARS, USERNAME_CHARS, is_username};
use engine::change::{Change, ChangeSet};
use engine::facts::{Account, Person, PersonStatus};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};
use wire::id::PersonId;

use super::asked::{Asked, Body, limit, nullable, one_of, person};
use super::problem::{Answer, Problem};
use crate::state::Server;

/// Longest phone number or e-mail address, in characters.
const CONTACT_CHARS: usize = 254;

/// A person who can write to accounts.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PersonView {
    /// Our own id; no app ever sees it.
    id: String,
    username: String,
    name: Option<String>,
    /// Picture, a path on this server or an absolute URL.
    profile_pic: Option<String>,
    follower_count: u64,
    /// `active`, `deactivated` or `deleted`.
    status: &'static str,
    /// Whether only followers see what they publish.
    is_private: bool,
    phone: Option<String>,
    email: Option<String>,
    /// Username of an account, and the person's id for it; only accounts that know the person.
    igsids: BTreeMap<String, String>,
    /// Username of an account, and when the person last opened its window, RFC 3339; only accounts that they wrote to.
    window_times: BTreeMap<String, String>,
}

/// Which people to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Behind {
    /// Only people behind this one, by `id`.
    after: Option<u64>,
    /// How many at most: 1 to 500, usually 100.
    limit: Option<u32>,
}

/// People.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct People {
    data: Vec<PersonView>,
}

/// A person to be made.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct NewPerson {
    /// 1 to 30 of `a`-`z`, `0`-`9`, `.` and `_`; not taken by a person or an account.
    username: String,
    /// Display name, at most 64 characters.
    name: Option<String>,
    /// People who follow them, 0 when left out.
    follower_count: Option<u64>,
}

/// What is to be different about a person; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct PersonChange {
    /// `active`; `deactivated` or `deleted`, who do nothing and get nothing.
    status: Option<String>,
    /// Whether only followers see what they publish: mentions in it are not told then.
    is_private: Option<bool>,
    /// Phone number in the profile, which a quick reply may offer; null takes it out.
    #[serde(default, deserialize_with = "nullable")]
    phone: Option<Option<String>>,
    /// E-mail address in the profile, which a quick reply may offer; null takes it out.
    #[serde(default, deserialize_with = "nullable")]
    email: Option<Option<String>>,
}

/// Who there is, oldest first.
#[utoipa::path(
    get, path = "/_parlance/people", operation_id = "list_people", tag = "people", params(Behind),
    responses((status = 200, body = People)),
)]
pub(super) async fn list(State(server): State<Server>, Asked(asked): Asked<Behind>) -> Answer<Json<People>> {
    let store = &server.world.store;
    let accounts = store.accounts().await?;
    let mut data = Vec::new();
    for person in store.people(asked.after.map(PersonId::new), limit(asked.limit, 100, 500)).await? {
        data.push(view(&server, person, &accounts).await?);
    }
    Ok(Json(People { data }))
}

/// Makes a person.
#[utoipa::path(
    post, path = "/_parlance/people", operation_id = "create_person", tag = "people", request_body = NewPerson,
    responses(
        (status = 200, body = PersonView),
        (status = 400, description = "not a username"),
        (status = 409, description = "the username is taken"),
    ),
)]
pub(super) async fn create(State(server): State<Server>, Body(new): Body<NewPerson>) -> Answer<Json<PersonView>> {
    let NewPerson { username, name, follower_count } = new;
    if !is_username(&username) {
        return Err(Problem::parameter(format!("username must have 1 to {USERNAME_CHARS} of a-z, 0-9, . and _")));
    }
    if name.as_ref().is_some_and(|name| name.chars().count() > NAME_CHARS) {
        return Err(Problem::parameter(format!("name must have at most {NAME_CHARS} characters")));
    }
    if name.as_ref().is_some_and(|name| name.contains('\0')) {
        return Err(Problem::parameter("name must not contain U+0000"));
    }
    let world = &server.world;
    let known = world.store.person_by_username(&username).await?.is_some();
    if known || world.store.account_by_username(&username).await?.is_some() {
        return Err(Problem::conflict(format!("username {username} is taken")));
    }
    let mut id = world.ids.person(world.now());
    while world.store.person(id).await?.is_some() {
        // Another node made the same one.
        id = world.ids.person(world.now());
    }
    let person = Person {
        id,
        profile_pic: Some(format!("/_parlance/pictures/{username}.svg")),
        username,
        name,
        follower_count: follower_count.unwrap_or_default(),
        is_verified_user: false,
        status: PersonStatus::default(),
        phone: None,
        email: None,
        is_private: false,
    };
    let mut set = ChangeSet::new();
    set.push(Change::PutPerson(person.clone()));
    world.commit(set).await?;
    Ok(Json(view(&server, person, &[]).await?))
}

/// Changes a person.
#[utoipa::path(
    post, path = "/_parlance/people/{username}", operation_id = "change_person", tag = "people",
    params(("username" = String, Path, description = "who")), request_body = PersonChange,
    responses(
        (status = 200, body = PersonView),
        (status = 400, description = "not a status, a phone number or an address"),
        (status = 404, description = "no such person"),
    ),
)]
pub(super) async fn change(
    State(server): State<Server>,
    Path(username): Path<String>,
    Body(change): Body<PersonChange>,
) -> Answer<Json<PersonView>> {
    let mut person = person(&server, &username).await?;
    if let Some(status) = change.status {
        person.status = one_of("status", &status, PersonStatus::ALL.map(|(status, name, _)| (status, name)))?;
    }
    person.is_private = change.is_private.unwrap_or(person.is_private);
    for (name, value) in [("phone", &change.phone), ("email", &change.email)] {
        if value
            .iter()
            .flatten()
            .any(|text| !(1..=CONTACT_CHARS).contains(&text.chars().count()) || text.contains('\0'))
        {
            return Err(Problem::parameter(format!("{name} has 1 to {CONTACT_CHARS} characters")));
        }
    }
    person.phone = change.phone.unwrap_or(person.phone);
    person.email = change.email.unwrap_or(person.email);
    let mut set = ChangeSet::new();
    set.push(Change::PutPerson(person.clone()));
    server.world.commit(set).await?;
    let accounts = server.world.store.accounts().await?;
    Ok(Json(view(&server, person, &accounts).await?))
}

async fn view(server: &Server, person: Person, accounts: &[Account]) -> Answer<PersonView> {
    let store = &server.world.store;
    let (mut igsids, mut window_times) = (BTreeMap::new(), BTreeMap::new());
    for account in accounts {
        let Some(user) = store.scoped_user_of(account.id, person.id).await? else { continue };
        igsids.insert(account.username.clone(), user.igsid.to_string());
        let found = store.thread(account.id, user.igsid).await?;
        if let Some(time) = found.and_then(|found| found.thread.last_person_time) {
            window_times.insert(account.username.clone(), time.rfc3339());
        }
    }
    Ok(PersonView {
        id: person.id.to_string(),
        username: person.username,
        name: person.name,
        profile_pic: person.profile_pic,
        follower_count: person.follower_count,
        status: PersonStatus::ALL
            .into_iter()
            .find(|(status, ..)| *status == person.status)
            .map_or("", |(_, name, _)| name),
        is_private: person.is_private,
        phone: person.phone,
        email: person.email,
        igsids,
        window_times,
    })
}
