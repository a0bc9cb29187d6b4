//! What somebody says in a message: a text, files, a share, a sticker, or what the API only names.

use engine::facts::MediaFile;
use engine::inbound::Saying;
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;
use wire::id::MediaId;
use wire::send::attachment::MediaKind;
use wire::webhook::Attachment;

use super::asked::id_of;
use super::files::{self, Source};
use super::problem::{Answer, Problem};
use crate::state::Server;

/// What apps may be told without a payload.
const BARE: [&str; 2] = ["ephemeral", "fallback"];

/// Something beside text.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct NewAttachment {
    /// `image`, `video`, `audio` or `file`; `sticker` or `gif`; `like_heart`; `share` of a post, reel or story of the account;
    /// `story_mention`; `ephemeral`, which nobody can look at; `fallback`; `unsupported`; or any name with a `payload`, which apps are
    /// told as they are.
    #[serde(rename = "type")]
    kind: String,
    /// Where the file is, or the picture of a story that mentions the account; this or `asset_id`.
    url: Option<String>,
    /// A file that was uploaded before.
    asset_id: Option<String>,
    /// The post that is shared.
    id: Option<String>,
    /// What apps are told of it.
    #[schema(value_type = Option<Object>)]
    payload: Option<Value>,
}

impl NewAttachment {
    /// Whether it shares something of the account.
    pub(super) fn is_share(&self) -> bool {
        self.kind == "share" && self.payload.is_none()
    }
}

/// What is said to or by the account of this username: a text, or attachments.
pub(super) async fn saying(
    server: &Server,
    account: &str,
    text: Option<&str>,
    attachments: &[NewAttachment],
) -> Answer<Saying> {
    match (text, attachments) {
        (Some(text), []) => Ok(Saying::Text(text.to_owned())),
        (None, [one]) => alone(server, account, one).await,
        (None, [_, ..]) => {
            let mut all = Vec::with_capacity(attachments.len());
            for attachment in attachments {
                let kind = of_kind(attachment).ok_or_else(|| Problem::parameter("only files go together"))?;
                all.push(file(server, account, attachment, kind).await?);
            }
            Ok(Saying::Media(all))
        }
        _ => Err(Problem::parameter(
            "exactly one of text and attachments is needed; a text goes along with a share alone",
        )),
    }
}

async fn alone(server: &Server, account: &str, one: &NewAttachment) -> Answer<Saying> {
    let image = file(server, account, one, MediaKind::Image);
    Ok(match (one.kind.as_str(), &one.payload) {
        (_, None) if of_kind(one).is_some() => {
            let kind = of_kind(one).unwrap_or(MediaKind::Image);
            Saying::Media(vec![file(server, account, one, kind).await?])
        }
        ("sticker" | "gif", None) => Saying::Sticker(image.await?),
        ("like_heart", None) => Saying::LikeHeart,
        ("share", None) => Saying::Share(shared(one)?),
        ("story_mention", None) => Saying::StoryMention(image.await?),
        ("unsupported", None) => Saying::Unsupported,
        (kind, payload) if payload.is_some() || BARE.contains(&kind) => {
            Saying::Named(Attachment { kind: kind.to_owned(), payload: payload.clone() })
        }
        (kind, _) => {
            return Err(Problem::parameter(format!("no attachment is of type {kind}; any name goes with a payload")));
        }
    })
}

fn of_kind(attachment: &NewAttachment) -> Option<MediaKind> {
    let found = MediaKind::ALL.into_iter().find(|(_, name)| *name == attachment.kind);
    found.map(|(kind, _)| kind).filter(|_| attachment.payload.is_none())
}

fn shared(attachment: &NewAttachment) -> Answer<MediaId> {
    let id = attachment.id.as_deref().ok_or_else(|| Problem::parameter("a share needs the id of a post"))?;
    id_of(id)
}

async fn file(server: &Server, account: &str, attachment: &NewAttachment, kind: MediaKind) -> Answer<MediaFile> {
    let source = match (&attachment.url, &attachment.asset_id) {
        (Some(url), None) => Source::Url(url.clone()),
        (None, Some(asset)) => Source::Asset(id_of(asset)?),
        _ => return Err(Problem::parameter("a file needs exactly one of url and asset_id")),
    };
    files::found(server, account, kind, source).await
}
