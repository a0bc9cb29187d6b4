//! Professional accounts with what they have published.

use axum::Json;
use axum::extract::State;
use engine::facts::{Account, Comment};
use serde::Serialize;
use utoipa::ToSchema;

use super::asked::username;
use super::problem::Answer;
use crate::state::Server;

/// A professional account.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AccountView {
    /// The `entry.id` of webhooks.
    id: String,
    username: String,
    name: String,
    page: Option<PageView>,
    /// Posts, newest first.
    media: Vec<MediaView>,
}

/// The Page that an account is linked to.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PageView {
    id: String,
    name: String,
}

/// A post.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct MediaView {
    id: String,
    caption: String,
    /// Oldest first.
    comments: Vec<CommentView>,
}

/// A comment under a post.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CommentView {
    id: String,
    text: String,
    /// Username of the writer.
    from: String,
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

async fn view(server: &Server, account: Account) -> Answer<AccountView> {
    let store = &server.world.store;
    let page = match account.page {
        Some(page) => store.page(page).await?.map(|page| PageView { id: page.id.to_string(), name: page.name }),
        None => None,
    };
    let mut comments = Vec::new();
    for comment in store.comments(account.id).await? {
        comments.push((comment.media, comment_view(server, comment).await?));
    }
    let posts = store.media(account.id).await?;
    let media = posts.into_iter().map(|post| MediaView {
        id: post.id.to_string(),
        caption: post.caption,
        comments: comments.extract_if(.., |(under, _)| *under == post.id).map(|(_, comment)| comment).collect(),
    });
    Ok(AccountView {
        id: account.id.to_string(),
        username: account.username,
        name: account.name,
        page,
        media: media.collect(),
    })
}

async fn comment_view(server: &Server, comment: Comment) -> Answer<CommentView> {
    let from = username(server, comment.account, comment.from).await?.unwrap_or_default();
    Ok(CommentView { id: comment.id.to_string(), text: comment.text, from })
}
