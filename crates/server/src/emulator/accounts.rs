//! Professional accounts with what they have published.

use axum::Json;
use axum::extract::{Path, State};
use engine::control;
use engine::facts::{Account, AccountType, Comment, Standing};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use wire::id::AppId;
use wire::time::Millis;

use super::asked::{Body, account, app, nullable, one_of, username};
use super::posts::MediaView;
use super::problem::{Answer, Problem};
use crate::state::Server;

/// A professional account.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AccountView {
    /// The `entry.id` of webhooks.
    id: String,
    username: String,
    name: String,
    /// Text under the name.
    biography: String,
    /// Picture, a path on this server or an absolute URL.
    profile_pic: String,
    followers_count: u64,
    page: Option<PageView>,
    /// `BUSINESS`, `MEDIA_CREATOR` or `PERSONAL`.
    account_type: &'static str,
    /// Whether its owner allows connected tools to reach messages.
    allow_message_access: bool,
    /// `good`, `not_eligible`, `unverified`, `restricted`, `blocked` or `policy_blocked`.
    standing: &'static str,
    /// Whether it may send several images in one message.
    image_collections: bool,
    /// The app that idle threads belong to, where Conversation Routing is configured.
    default_app: Option<String>,
    /// The primary receiver, where the older handover protocol is configured.
    primary_app: Option<String>,
    /// Apps that may take threads over where Conversation Routing is configured.
    take_over_apps: Vec<String>,
    /// Posts, newest first.
    media: Vec<MediaView>,
}

/// The Page that an account is linked to.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PageView {
    id: String,
    name: String,
}

/// A comment under a post.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CommentView {
    id: String,
    text: String,
    /// Username of the writer.
    from: String,
    /// When it was written, RFC 3339.
    timestamp: String,
    /// The comment that it answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    parent_id: Option<String>,
    /// When its one private reply was used up, RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    replied_time: Option<String>,
}

/// What is to be different about an account; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct AccountChange {
    /// `BUSINESS`, `MEDIA_CREATOR`, or `PERSONAL`, which has no API.
    account_type: Option<String>,
    /// "Allow access to messages" for connected tools.
    allow_message_access: Option<bool>,
    /// `good`, `not_eligible`, `unverified`, `restricted`, `blocked` or `policy_blocked`.
    standing: Option<String>,
    image_collections: Option<bool>,
    /// Id of the app that idle threads belong to, which configures Conversation Routing in place of the handover protocol;
    /// null switches it off.
    #[serde(default, deserialize_with = "nullable")]
    default_app: Option<Option<String>>,
    /// Id of the primary receiver, which configures the older handover protocol in place of Conversation Routing; null
    /// switches it off.
    #[serde(default, deserialize_with = "nullable")]
    primary_app: Option<Option<String>>,
    /// Ids of all apps that may take threads over.
    take_over_apps: Option<Vec<String>>,
}

/// All accounts.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Accounts {
    data: Vec<AccountView>,
}

/// Every professional account with its posts and the comments under them.
#[utoipa::path(
    get, path = "/_parlance/accounts", operation_id = "list_accounts", tag = "accounts",
    responses((status = 200, body = Accounts)),
)]
pub(super) async fn list(State(server): State<Server>) -> Answer<Json<Accounts>> {
    let mut data = Vec::new();
    for account in server.world.store.accounts().await? {
        data.push(view(&server, account).await?);
    }
    Ok(Json(Accounts { data }))
}

/// Changes what an account is and may do.
#[utoipa::path(
    post, path = "/_parlance/accounts/{username}", operation_id = "change_account", tag = "accounts",
    params(("username" = String, Path, description = "which account")), request_body = AccountChange,
    responses(
        (status = 200, body = AccountView),
        (status = 400, description = "not a type or a standing; two ways to share threads out"),
        (status = 404, description = "no such account or app"),
    ),
)]
pub(super) async fn change(
    State(server): State<Server>,
    Path(username): Path<String>,
    Body(change): Body<AccountChange>,
) -> Answer<Json<AccountView>> {
    let before = account(&server, &username).await?;
    let mut account = before.clone();
    if let Some(name) = &change.account_type {
        account.account_type = one_of("account_type", name, AccountType::ALL)?;
    }
    if let Some(name) = &change.standing {
        account.standing = one_of("standing", name, Standing::ALL.map(|(standing, name, _)| (standing, name)))?;
    }
    route(&server, &mut account, &change).await?;
    account.allow_message_access = change.allow_message_access.unwrap_or(account.allow_message_access);
    account.image_collections = change.image_collections.unwrap_or(account.image_collections);
    control::configure(&server.world, &before, account.clone()).await?;
    Ok(Json(view(&server, account).await?))
}

/// Which apps share the threads out, and how: by one of the two ways, or by none.
async fn route(server: &Server, account: &mut Account, change: &AccountChange) -> Answer<()> {
    if let (Some(Some(_)), Some(Some(_))) = (&change.default_app, &change.primary_app) {
        return Err(Problem::parameter("an account has a default_app or a primary_app, not both"));
    }
    if let Some(asked) = &change.default_app {
        account.default_app = app_id(server, asked.as_deref()).await?;
        account.primary_app = account.primary_app.filter(|_| account.default_app.is_none());
    }
    if let Some(asked) = &change.primary_app {
        account.primary_app = app_id(server, asked.as_deref()).await?;
        account.default_app = account.default_app.filter(|_| account.primary_app.is_none());
    }
    if let Some(asked) = &change.take_over_apps {
        let mut apps = Vec::with_capacity(asked.len());
        for id in asked {
            apps.push(app(server, id).await?.id);
        }
        account.take_over_apps = apps;
    }
    Ok(())
}

async fn app_id(server: &Server, id: Option<&str>) -> Answer<Option<AppId>> {
    let Some(id) = id else { return Ok(None) };
    Ok(Some(app(server, id).await?.id))
}

async fn view(server: &Server, account: Account) -> Answer<AccountView> {
    let store = &server.world.store;
    let page = match account.page {
        Some(page) => store.page(page).await?.map(|page| PageView { id: page.id.to_string(), name: page.name }),
        None => None,
    };
    let mut comments = Vec::new();
    for comment in store.comments(account.id).await?.into_iter().filter(|comment| !comment.is_deleted) {
        comments.push((comment.media, comment_view(server, comment).await?));
    }
    let posts = store.media(account.id).await?;
    let media = posts.into_iter().map(|post| {
        let under = comments.extract_if(.., |(under, _)| *under == post.id).map(|(_, comment)| comment).collect();
        MediaView::new(post, under)
    });
    let standing = Standing::ALL.into_iter().find(|(standing, ..)| *standing == account.standing);
    Ok(AccountView {
        id: account.id.to_string(),
        username: account.username,
        name: account.name,
        biography: account.biography,
        profile_pic: account.profile_picture_url,
        followers_count: account.followers_count,
        page,
        account_type: account.account_type.name(),
        allow_message_access: account.allow_message_access,
        standing: standing.map_or("", |(_, name, _)| name),
        image_collections: account.image_collections,
        default_app: account.default_app.map(|app| app.to_string()),
        primary_app: account.primary_app.map(|app| app.to_string()),
        take_over_apps: account.take_over_apps.iter().map(ToString::to_string).collect(),
        media: media.collect(),
    })
}

async fn comment_view(server: &Server, comment: Comment) -> Answer<CommentView> {
    let from = username(server, comment.account, comment.from).await?.unwrap_or_default();
    Ok(CommentView {
        id: comment.id.to_string(),
        text: comment.text,
        from,
        timestamp: comment.timestamp.rfc3339(),
        parent_id: comment.parent.map(|parent| parent.to_string()),
        replied_time: comment.replied_time.map(Millis::rfc3339),
    })
}
