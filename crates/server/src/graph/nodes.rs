//! Nodes read by id, and the table of fields of each kind (contract graph 8, read 1.5, 1.6, 5.1).

mod beside;
mod content;
mod message;

use engine::account::app_scoped_id;
use engine::facts::{Account, App, Page, Person, ScopedUser, User};
use engine::policy::control::Routing;
use engine::read;
use engine::store::{Slice, Start, ThreadView};
use engine::{Failure, Refusal};
use serde_json::{Value, json};
use wire::dialect::Dialect;
use wire::error::GraphError;
use wire::fields::Fields;
use wire::id::AppId;
use wire::time::Millis;

use super::call::Call;
use super::edges::{conversations, messages};
use super::node::Node;
use super::project::{Field, project};

pub use message::{attachments, message, rows, shares};

fn unseen(call: &Call<'_>) -> GraphError {
    Refusal::NoObject { verb: call.verb.name(), id: call.path.clone() }.into()
}

fn text(value: &str) -> Option<Value> {
    (!value.is_empty()).then(|| Value::String(value.to_owned()))
}

struct PageView {
    page: Page,
    account: Option<Account>,
    /// Shown only to somebody who holds it already.
    token: String,
    now: Millis,
}

/// How apps share the Page's threads; Messenger's are not served here (contract webhooks 5.4).
fn messaging_feature_status(view: &PageView) -> Value {
    let routing = view.account.as_ref().map_or(Routing::Open, Routing::of);
    json!({
        "hop_v2": routing.is_handover_v2(view.now),
        "msgr_multi_app": false,
        "ig_multi_app": matches!(routing, Routing::Default(_)),
    })
}

const PAGE_FIELDS: &[Field<PageView>] = &[
    Field { name: "name", default: true, read: |view| text(&view.page.name) },
    Field { name: "id", default: true, read: |view| Some(json!(view.page.id)) },
    Field { name: "category", default: false, read: |view| text(&view.page.category) },
    Field { name: "access_token", default: false, read: |view| text(&view.token) },
    Field {
        name: "username",
        default: false,
        read: |view| view.account.as_ref().and_then(|account| text(&account.username)),
    },
    Field {
        name: "link",
        default: false,
        read: |view| Some(json!(format!("https://www.facebook.com/{}", view.page.id))),
    },
    Field { name: "category_list", default: false, read: |_| None },
    Field { name: "is_published", default: false, read: |_| None },
    Field { name: "about", default: false, read: |_| None },
    Field { name: "picture", default: false, read: |_| None },
    Field { name: "verification_status", default: false, read: |_| None },
    Field { name: "fan_count", default: false, read: |_| None },
    Field { name: "followers_count", default: false, read: |_| None },
    Field { name: "tasks", default: false, read: |_| None },
    Field { name: "business", default: false, read: |_| None },
    Field { name: "owner_business", default: false, read: |_| None },
    Field { name: "messaging_feature_status", default: false, read: |view| Some(messaging_feature_status(view)) },
];

/// What of a Page is read like an edge: its threads, and its account under the two names that it has.
const PAGE_EDGES: [&str; 3] = ["conversations", "instagram_business_account", "connected_instagram_account"];

/// `GET /{page}`.
///
/// # Errors
/// Unknown fields; the store's.
pub async fn page(call: &Call<'_>) -> Result<Value, GraphError> {
    let Node::Page(id) = call.node else { return Err(unseen(call)) };
    let store = &call.server.world.store;
    let page = store.page(id).await.map_err(Failure::from)?.ok_or_else(|| unseen(call))?;
    let account = match page.account {
        Some(account) => store.account(account).await.map_err(Failure::from)?,
        None => None,
    };
    let view = PageView { page, account, token: call.token.to_owned(), now: call.server.world.now() };
    let mut answer = project(PAGE_FIELDS, &PAGE_EDGES, "Page", call.fields.as_ref(), &view)?;
    for name in PAGE_EDGES {
        let Some(selection) = call.fields.as_ref().and_then(|fields| fields.get(name)) else { continue };
        let value = match (name, &view.account) {
            ("conversations", _) => conversations::nested(call, selection).await?,
            (_, Some(account)) => account_fields(call, account.clone(), selection.fields.as_ref())?,
            (_, None) => {
                answer.shift_remove(name);
                continue;
            }
        };
        answer.insert(name.to_owned(), value);
    }
    Ok(Value::Object(answer))
}

struct AccountView {
    account: Account,
    dialect: Dialect,
    app: AppId,
    picture: String,
}

const ACCOUNT_FIELDS: &[Field<AccountView>] = &[
    Field {
        name: "id",
        default: true,
        read: |view| {
            Some(match view.dialect {
                Dialect::Facebook => json!(view.account.id),
                Dialect::Instagram => json!(app_scoped_id(view.app, view.account.id).to_string()),
            })
        },
    },
    Field {
        name: "user_id",
        default: false,
        read: |view| (view.dialect == Dialect::Instagram).then(|| json!(view.account.id)),
    },
    Field {
        name: "ig_id",
        default: false,
        read: |view| (view.dialect == Dialect::Facebook).then(|| json!(view.account.id)),
    },
    Field { name: "username", default: false, read: |view| text(&view.account.username) },
    Field { name: "name", default: false, read: |view| text(&view.account.name) },
    Field { name: "biography", default: false, read: |view| text(&view.account.biography) },
    Field { name: "profile_picture_url", default: false, read: |view| text(&view.picture) },
    Field {
        name: "account_type",
        default: false,
        read: |view| (view.dialect == Dialect::Instagram).then(|| json!("Business")),
    },
    Field { name: "followers_count", default: false, read: |view| Some(json!(view.account.followers_count)) },
    Field { name: "follows_count", default: false, read: |view| Some(json!(view.account.follows_count)) },
    Field { name: "has_profile_pic", default: false, read: |view| Some(json!(!view.picture.is_empty())) },
    Field { name: "is_published", default: false, read: |_| None },
    Field { name: "website", default: false, read: |_| None },
    Field { name: "media_count", default: false, read: |_| None },
    Field { name: "legacy_instagram_user_id", default: false, read: |_| None },
    Field { name: "owner_business", default: false, read: |_| None },
];

fn account_fields(call: &Call<'_>, account: Account, fields: Option<&Fields>) -> Result<Value, GraphError> {
    let picture = call.absolute(&account.profile_picture_url);
    let view = AccountView { account, dialect: call.dialect, app: call.caller.app.id, picture };
    project(ACCOUNT_FIELDS, &[], "IGUser", fields, &view).map(Value::Object)
}

/// `GET /{ig}`.
///
/// # Errors
/// Unknown fields; the store's.
pub async fn account(call: &Call<'_>) -> Result<Value, GraphError> {
    let Node::Account(id) = call.node else { return Err(unseen(call)) };
    let account = call.server.world.store.account(id).await.map_err(Failure::from)?.ok_or_else(|| unseen(call))?;
    account_fields(call, account, call.fields.as_ref())
}

struct PersonView {
    user: ScopedUser,
    person: Person,
    picture: Option<String>,
}

const PERSON_FIELDS: &[Field<PersonView>] = &[
    Field { name: "name", default: true, read: |view| Some(json!(view.person.name)) },
    Field { name: "profile_pic", default: true, read: |view| Some(json!(view.picture)) },
    Field { name: "id", default: true, read: |view| Some(json!(view.user.igsid)) },
    Field { name: "username", default: false, read: |view| text(&view.person.username) },
    Field { name: "follower_count", default: false, read: |view| Some(json!(view.person.follower_count)) },
    Field { name: "is_verified_user", default: false, read: |view| Some(json!(view.person.is_verified_user)) },
    Field {
        name: "is_user_follow_business",
        default: false,
        read: |view| Some(json!(view.user.is_user_follow_business)),
    },
    Field {
        name: "is_business_follow_user",
        default: false,
        read: |view| Some(json!(view.user.is_business_follow_user)),
    },
];

/// `GET /{igsid}`: the profile of somebody who wrote.
///
/// # Errors
/// No consent, unknown fields; the store's.
pub async fn person(call: &Call<'_>) -> Result<Value, GraphError> {
    let (Node::Person(igsid), Some(account)) = (call.node, call.caller.account()) else { return Err(unseen(call)) };
    let (user, person) = read::profile(&call.server.world, account, igsid).await?;
    let picture = person.profile_pic.as_deref().map(|url| call.absolute(url));
    let view = PersonView { user, person, picture };
    project(PERSON_FIELDS, &[], "IGBusinessScopedID", call.fields.as_ref(), &view).map(Value::Object)
}

const USER_FIELDS: &[Field<User>] = &[
    Field { name: "name", default: true, read: |user| text(&user.name) },
    Field { name: "id", default: true, read: |user| Some(json!(user.id)) },
];

/// `GET /me` with a user token.
///
/// # Errors
/// Unknown fields; the store's.
pub async fn user(call: &Call<'_>) -> Result<Value, GraphError> {
    let Node::User(id) = call.node else { return Err(unseen(call)) };
    let user = call.server.world.store.user(id).await.map_err(Failure::from)?.ok_or_else(|| unseen(call))?;
    project(USER_FIELDS, &[], "User", call.fields.as_ref(), &user).map(Value::Object)
}

const APP_FIELDS: &[Field<App>] = &[
    Field { name: "category", default: true, read: |_| Some(json!("Business and pages")) },
    Field {
        name: "link",
        default: true,
        read: |app| Some(json!(format!("https://www.facebook.com/games/?app_id={}", app.id))),
    },
    Field { name: "name", default: true, read: |app| text(&app.name) },
    Field { name: "id", default: true, read: |app| Some(json!(app.id)) },
    Field { name: "created_time", default: false, read: |app| Some(json!(app.created_time.graph())) },
];

/// `GET /{app}`.
///
/// # Errors
/// Unknown fields.
pub async fn app(call: &Call<'_>) -> Result<Value, GraphError> {
    project(APP_FIELDS, &[], "Application", call.fields.as_ref(), &call.caller.app).map(Value::Object)
}

/// The two ends of a thread as answers name them.
pub struct Ends {
    /// The person.
    pub person: Value,
    /// The business.
    pub business: Value,
}

impl Ends {
    /// Reads what names them.
    ///
    /// # Errors
    /// The store's.
    pub async fn of(call: &Call<'_>, view: &ThreadView) -> Result<Self, GraphError> {
        let id = view.thread.account;
        let account = call.server.world.store.account(id).await.map_err(Failure::from)?;
        let username = account.map(|account| account.username).unwrap_or_default();
        Ok(Self {
            person: json!({"username": view.username, "id": view.thread.igsid}),
            business: json!({"username": username, "id": id}),
        })
    }
}

struct ConversationView {
    view: ThreadView,
    business: Value,
    can_reply: bool,
    snippet: Option<String>,
}

const CONVERSATION_FIELDS: &[Field<ConversationView>] = &[
    Field { name: "id", default: true, read: |c| Some(json!(c.view.thread.id())) },
    Field { name: "updated_time", default: true, read: |c| Some(json!(c.view.thread.updated_time.graph())) },
    Field {
        name: "participants",
        default: false,
        read: |c| {
            let person = json!({"username": c.view.username, "id": c.view.thread.igsid});
            Some(json!({"data": [person, c.business]}))
        },
    },
    Field {
        name: "senders",
        default: false,
        read: |c| {
            let person = json!({"username": c.view.username, "id": c.view.thread.igsid});
            Some(json!({"data": [person, c.business]}))
        },
    },
    Field { name: "name", default: false, read: |c| Some(json!(c.view.name.as_ref().unwrap_or(&c.view.username))) },
    Field { name: "link", default: false, read: |c| Some(json!(format!("/direct/t/{}", c.view.thread.igsid))) },
    Field { name: "message_count", default: false, read: |c| Some(json!(c.view.thread.message_count)) },
    Field { name: "unread_count", default: false, read: |c| Some(json!(c.view.thread.unread_count)) },
    Field { name: "can_reply", default: false, read: |c| Some(json!(c.can_reply)) },
    Field { name: "snippet", default: false, read: |c| c.snippet.as_ref().map(|text| json!(text)) },
    // Members of the shared thread type that Instagram has nothing to say about (contract read 1.5).
    Field { name: "folder", default: false, read: |_| None },
    Field { name: "is_subscribed", default: false, read: |_| None },
    Field { name: "former_participants", default: false, read: |_| None },
    Field { name: "scoped_thread_key", default: false, read: |_| None },
    Field { name: "linked_group", default: false, read: |_| None },
    Field { name: "wallpaper", default: false, read: |_| None },
    Field { name: "is_owner", default: false, read: |_| None },
];

/// `GET /{conversation}`.
///
/// # Errors
/// Unknown or foreign conversation, unknown fields; the store's.
pub async fn conversation(call: &Call<'_>) -> Result<Value, GraphError> {
    let (Node::Conversation(id), Some(account)) = (call.node, call.caller.account()) else { return Err(unseen(call)) };
    let view = read::conversation(&call.server.world, account, id).await?;
    let ends = Ends::of(call, &view).await?;
    conversation_fields(call, &view, &ends.business, call.fields.as_ref()).await
}

/// A conversation with the fields asked for, its messages among them where they were asked for.
///
/// # Errors
/// Unknown fields; the store's.
pub async fn conversation_fields(
    call: &Call<'_>,
    view: &ThreadView,
    business: &Value,
    fields: Option<&Fields>,
) -> Result<Value, GraphError> {
    let world = &call.server.world;
    let thread = &view.thread;
    let window =
        thread.last_person_time.is_some_and(|last| world.now().since(last) <= engine::policy::window::STANDARD);
    let snippet = match fields.is_some_and(|fields| fields.has("snippet")) {
        true => {
            let newest = Slice { from: Start::Newest, limit: 1 };
            let part = read::messages(world, thread.account, thread.igsid, newest).await.map_err(Failure::from)?;
            part.items.first().map(|shown| shown.message.content.text().to_owned())
        }
        false => None,
    };
    let node = ConversationView { view: view.clone(), business: business.clone(), can_reply: window, snippet };
    let mut answer = project(CONVERSATION_FIELDS, &["messages"], "UnifiedThread", fields, &node)?;
    if answer.get("messages") == Some(&Value::Null)
        && let Some(selection) = fields.and_then(|fields| fields.get("messages"))
    {
        answer.insert("messages".into(), messages::nested(call, view, business, selection).await?);
    }
    Ok(Value::Object(answer))
}
