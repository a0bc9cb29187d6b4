//! What a person does that is neither message nor comment under a post of the account: mentions, opt-ins, thumbs.

use axum::Json;
use axum::extract::{Path, State};
use engine::inbound::{Judge, Mention, OptIn};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::asked::{Body, Empty, Given, act, act_on, id_of};
use super::problem::{Answer, Problem};
use crate::state::Server;

/// A post or a comment of the person that names an account.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct NewMention {
    /// Username of the account.
    to: String,
    /// `caption`, where nothing is said, or `comment`.
    r#in: Option<String>,
    /// The person's post; a new one without it.
    media_id: Option<String>,
    /// What the caption or the comment says, 1 to 2200 characters.
    text: String,
}

/// What names the account now.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct MentionView {
    media_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    comment_id: Option<String>,
}

/// An opt-in to notifications.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct NewOptIn {
    /// Username of the account.
    to: String,
    /// The title of the offer.
    title: String,
    /// The app's own text behind it.
    payload: String,
    /// How often notifications may come, such as `DAILY`.
    frequency: Option<String>,
    /// The person's time zone.
    timezone: Option<String>,
    /// Whether it ends notifications.
    #[serde(default)]
    stopped: bool,
}

/// A verdict on a message.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct NewVerdict {
    /// A message of the business.
    message_id: String,
    /// `good` or `bad`.
    feedback: String,
}

/// The person names an account in a caption or a comment of a post that is not the account's. Apps hear of it only where the person's
/// posts are public.
#[utoipa::path(
    post, path = "/_parlance/people/{username}/mentions", operation_id = "mention", tag = "people",
    params(("username" = String, Path, description = "who writes")), request_body = NewMention,
    responses(
        (status = 200, body = MentionView),
        (status = 400, description = "no text, or too much of it; one of the two has blocked the other"),
        (status = 404, description = "no such person or account"),
    ),
)]
pub(super) async fn mention(
    State(server): State<Server>,
    Path(username): Path<String>,
    Body(new): Body<NewMention>,
) -> Answer<Json<MentionView>> {
    let in_comment = match new.r#in.as_deref() {
        None | Some("caption") => false,
        Some("comment") => true,
        Some(_) => return Err(Problem::parameter("in must be one of caption, comment")),
    };
    let media = new.media_id.as_deref().map(id_of).transpose()?;
    let mention = Mention { media, in_comment, text: new.text };
    let (media, comment) = act(&server, &username, &new.to, &mention).await?;
    Ok(Json(MentionView { media_id: media.to_string(), comment_id: comment.map(|comment| comment.to_string()) }))
}

/// The person opts in to notifications, or out of them. Apps that came by Instagram Login hear of it.
#[utoipa::path(
    post, path = "/_parlance/people/{username}/optins", operation_id = "opt_in", tag = "people",
    params(("username" = String, Path, description = "who opts in")), request_body = NewOptIn,
    responses(
        (status = 200, body = Empty),
        (status = 400, description = "a text is missing or too long; one of the two has blocked the other"),
        (status = 404, description = "no such person or account"),
    ),
)]
pub(super) async fn opt_in(
    State(server): State<Server>,
    Path(username): Path<String>,
    Body(new): Body<NewOptIn>,
) -> Given {
    let NewOptIn { to, title, payload, frequency, timezone, stopped } = new;
    let opt_in = OptIn { title, payload, frequency, timezone, is_stopped: stopped };
    act(&server, &username, &to, &opt_in).await?;
    Empty::given()
}

/// The person sets a thumb under a message. The app that sent it hears of it, where it came by Facebook Login.
#[utoipa::path(
    post, path = "/_parlance/people/{username}/feedback", operation_id = "give_feedback", tag = "people",
    params(("username" = String, Path, description = "who judges")), request_body = NewVerdict,
    responses(
        (status = 200, body = Empty),
        (status = 400, description = "no message of the business; one of the two has blocked the other"),
        (status = 404, description = "no such person or message"),
    ),
)]
pub(super) async fn feedback(
    State(server): State<Server>,
    Path(username): Path<String>,
    Body(new): Body<NewVerdict>,
) -> Given {
    let is_good = match new.feedback.as_str() {
        "good" => true,
        "bad" => false,
        _ => return Err(Problem::parameter("feedback must be one of good, bad")),
    };
    let message = id_of(&new.message_id)?;
    act_on(&server, &username, message, &Judge { message, is_good }).await?;
    Empty::given()
}
