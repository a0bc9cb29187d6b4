//! What somebody of the business does in Instagram itself.

use axum::Json;
use axum::extract::{Path, State};
use engine::facts::{Account, Person};
use engine::inbound::{self, Act, Answered, FollowByHand, PostComment, Tap, Tapped, UnsendByHand, Write, WriteByHand};
use engine::policy::control::{INSTAGRAM_INBOX, PAGE_INBOX};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use wire::id::{AppId, MessageId};

use super::asked::{Asked, Body, Empty, Given, With, account, act, id_of, one_of};
use super::comments::Posted;
use super::problem::{Answer, Problem};
use super::saying::{NewAttachment, saying};
use super::taps::TappedView;
use crate::state::Server;

/// A message to a person, or to the account itself.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct ByHand {
    /// Username of the person; that of the account itself to try something out.
    to: String,
    /// At most 1000 characters.
    text: Option<String>,
    /// One to ten files, or one of anything else.
    #[serde(default)]
    attachments: Vec<NewAttachment>,
    /// The message of the conversation that this one answers.
    reply_to: Option<String>,
    /// The message whose story this one answers.
    story: Option<String>,
    /// `instagram` or `page`: the inbox, which has the thread from then on, while apps stand by; without it the app itself,
    /// which changes nothing about control. With an inbox the thread may be moved there without a message.
    inbox: Option<String>,
}

/// The message that was written.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct WrittenByHand {
    /// Null when the thread was only moved.
    message_id: Option<String>,
}

/// A tap of the account on what it offers itself.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct OwnTap {
    /// Title of an item of the persistent menu.
    menu_item: Option<String>,
    /// Title of a template's button.
    button: Option<String>,
}

/// A comment of the account under a post of its own.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct OwnComment {
    media_id: String,
    /// 1 to 2200 characters.
    text: String,
    /// The comment that it answers.
    parent_id: Option<String>,
}

/// A person to be followed.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct WhomToFollow {
    /// Username of the person.
    to: String,
}

/// Somebody of the business writes in the app or in an inbox: no window limits it, and apps hear its echo. What it writes to itself is
/// told as `is_self`.
#[utoipa::path(
    post, path = "/_parlance/accounts/{username}/messages", operation_id = "write_by_hand", tag = "accounts",
    params(("username" = String, Path, description = "which account")), request_body = ByHand,
    responses(
        (status = 200, body = WrittenByHand),
        (status = 400, description = "nothing to say, or one of the two has blocked the other"),
        (status = 404, description = "no such account, person, message or file"),
    ),
)]
pub(super) async fn write(
    State(server): State<Server>,
    Path(username): Path<String>,
    Body(said): Body<ByHand>,
) -> Answer<Json<WrittenByHand>> {
    let inboxes = [(INSTAGRAM_INBOX, "instagram"), (PAGE_INBOX, "page")];
    let inbox: Option<AppId> = said.inbox.as_deref().map(|name| one_of("inbox", name, inboxes)).transpose()?;
    let is_moved = inbox.is_some() && said.text.is_none() && said.attachments.is_empty();
    let saying = match is_moved {
        true => None,
        false => Some(saying(&server, &username, said.text.as_deref(), &said.attachments).await?),
    };
    let answers = match (&said.reply_to, &said.story) {
        (Some(message), None) => Some(Answered::Message(id_of(message)?)),
        (None, Some(message)) => Some(Answered::Story(id_of(message)?)),
        (None, None) => None,
        (Some(_), Some(_)) => return Err(Problem::parameter("a message answers one of reply_to and story")),
    };
    let message = if said.to == username {
        let reply_to = match answers {
            Some(Answered::Story(_)) => return Err(Problem::parameter("an account answers no story of its own")),
            Some(Answered::Message(message)) => Some(message),
            None => None,
        };
        let (Some(saying), None) = (saying, inbox) else {
            return Err(Problem::parameter("an account writes to itself in no inbox"));
        };
        Some(alone(&server, &username, &Write { saying, reply_to, came: None, entry: None }).await?)
    } else {
        act(&server, &said.to, &username, &WriteByHand { saying, answers, inbox }).await?
    };
    Ok(Json(WrittenByHand { message_id: message.map(|message| message.to_string()) }))
}

/// Somebody of the business takes back what the business wrote; apps hear of it as an echo.
#[utoipa::path(
    delete, path = "/_parlance/accounts/{username}/messages/{message}", operation_id = "unsend_by_hand", tag = "accounts",
    params(
        ("username" = String, Path, description = "which account"),
        ("message" = String, Path, description = "the message"),
    ),
    responses(
        (status = 200, body = Empty),
        (status = 400, description = "the person wrote it"),
        (status = 404, description = "no such account or message"),
    ),
)]
pub(super) async fn unsend(State(server): State<Server>, Path((username, message)): Path<(String, String)>) -> Given {
    let message: MessageId = id_of(&message)?;
    let account = account(&server, &username).await?;
    let person = other_end(&server, &account, message).await?;
    inbound::act(&server.world, &person, &account, &UnsendByHand { message }).await?;
    Empty::given()
}

/// The account taps something that it offers, to try it out; apps hear of it with `is_self`.
#[utoipa::path(
    post, path = "/_parlance/accounts/{username}/taps", operation_id = "tap_by_hand", tag = "accounts",
    params(("username" = String, Path, description = "which account")), request_body = OwnTap,
    responses(
        (status = 200, body = TappedView),
        (status = 400, description = "there is nothing like that to tap"),
        (status = 404, description = "no such account"),
    ),
)]
pub(super) async fn tap(
    State(server): State<Server>,
    Path(username): Path<String>,
    Body(new): Body<OwnTap>,
) -> Answer<Json<TappedView>> {
    let tap = match (new.menu_item, new.button) {
        (Some(title), None) => Tap::Menu(title),
        (None, Some(title)) => Tap::Button { title, message: None },
        _ => return Err(Problem::parameter("exactly one of menu_item and button is needed")),
    };
    Ok(Json(match alone(&server, &username, &tap).await? {
        Tapped::Message(message) => TappedView { message_id: Some(message.to_string()), url: None },
        Tapped::Page(url) => TappedView { message_id: None, url: Some(url) },
    }))
}

/// The account comments on a post of its own; apps hear who it is by `self_ig_scoped_id`.
#[utoipa::path(
    post, path = "/_parlance/accounts/{username}/comments", operation_id = "comment_by_hand", tag = "accounts",
    params(("username" = String, Path, description = "which account")), request_body = OwnComment,
    responses(
        (status = 200, body = Posted),
        (status = 400, description = "no text, or too much of it; the broadcast or story is over"),
        (status = 404, description = "no such account, post or comment"),
    ),
)]
pub(super) async fn comment(
    State(server): State<Server>,
    Path(username): Path<String>,
    Body(new): Body<OwnComment>,
) -> Answer<Json<Posted>> {
    let parent = new.parent_id.as_deref().map(id_of).transpose()?;
    let comment = PostComment { media: id_of(&new.media_id)?, text: new.text, parent };
    let id = alone(&server, &username, &comment).await?;
    Ok(Json(Posted { comment_id: id.to_string() }))
}

/// The account follows a person: it sees their stories from now on, though they be private.
#[utoipa::path(
    post, path = "/_parlance/accounts/{username}/follows", operation_id = "follow_by_hand", tag = "accounts",
    params(("username" = String, Path, description = "which account")), request_body = WhomToFollow,
    responses(
        (status = 200, body = Empty),
        (status = 400, description = "one of the two has blocked the other"),
        (status = 404, description = "no such account or person"),
    ),
)]
pub(super) async fn follow(
    State(server): State<Server>,
    Path(username): Path<String>,
    Body(whom): Body<WhomToFollow>,
) -> Given {
    act(&server, &whom.to, &username, &FollowByHand(true)).await?;
    Empty::given()
}

/// The account follows a person no more.
#[utoipa::path(
    delete, path = "/_parlance/accounts/{username}/follows", operation_id = "unfollow_by_hand", tag = "accounts",
    params(("username" = String, Path, description = "which account"), With),
    responses((status = 200, body = Empty), (status = 404, description = "no such account or person")),
)]
pub(super) async fn unfollow(
    State(server): State<Server>,
    Path(username): Path<String>,
    Asked(asked): Asked<With>,
) -> Given {
    act(&server, &asked.with, &username, &FollowByHand(false)).await?;
    Empty::given()
}

/// Lets an account do something with itself.
async fn alone<A: Act>(server: &Server, username: &str, act: &A) -> Answer<A::Done> {
    let (person, account) = inbound::oneself(&server.world, &account(server, username).await?).await?;
    Ok(inbound::act(&server.world, &person, &account, act).await?)
}

/// Who is at the other end of a message of this account.
async fn other_end(server: &Server, account: &Account, message: MessageId) -> Answer<Person> {
    let store = &server.world.store;
    let user = match message.account == account.id {
        true => store.scoped_user(account.id, message.igsid).await?,
        false => None,
    };
    let user = user.ok_or_else(|| Problem::missing(message))?;
    store.person(user.person).await?.ok_or_else(|| Problem::missing(message))
}
