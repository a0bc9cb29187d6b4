//! How what a message says stands in its row: a kind, a text, and for most kinds a payload, which is JSON but for a postback's.

use engine::facts::{Aside, Content, MediaFile};
use serde::Serialize;

const TEXT: i64 = 0;
const POSTBACK: i64 = 1;
const MEDIA: i64 = 2;
const LIKE_HEART: i64 = 3;
const MEDIA_SHARE: i64 = 4;
const TEMPLATE: i64 = 5;
const STORY_MENTION: i64 = 6;
const UNSENT: i64 = 7;
const STICKER: i64 = 8;
const NAMED: i64 = 9;
const UNSUPPORTED: i64 = 10;

/// Every kind.
pub(super) const KINDS: std::ops::RangeInclusive<i64> = TEXT..=UNSUPPORTED;

/// The columns `kind`, `text` and `payload`.
pub(super) type Columns<'a> = (i64, &'a str, Option<Payload<'a>>);
/// A postback's is lent, all others are made.
pub(super) type Payload<'a> = std::borrow::Cow<'a, str>;

pub(super) fn columns(content: &Content) -> Columns<'_> {
    match content {
        Content::Text(text) => (TEXT, text, None),
        Content::Postback { title, payload } => (POSTBACK, title, Some(payload.into())),
        Content::Media(files) => (MEDIA, "", Some(json(files))),
        Content::LikeHeart => (LIKE_HEART, "", None),
        Content::MediaShare(media) => (MEDIA_SHARE, "", Some(json(media))),
        Content::Template(template) => (TEMPLATE, "", Some(json(template))),
        Content::StoryMention(file) => (STORY_MENTION, "", Some(json(file))),
        Content::Unsent => (UNSENT, "", None),
        Content::Sticker(file) => (STICKER, "", Some(json(file))),
        Content::Named(attachment) => (NAMED, "", Some(json(attachment))),
        Content::Unsupported => (UNSUPPORTED, "", None),
    }
}

/// `None` when the payload is not one of this kind.
pub(super) fn content(kind: i64, text: String, payload: Option<String>) -> Option<Content> {
    Some(match kind {
        TEXT => Content::Text(text),
        POSTBACK => Content::Postback { title: text, payload: payload? },
        MEDIA => Content::Media(serde_json::from_str::<Vec<MediaFile>>(&payload?).ok()?),
        LIKE_HEART => Content::LikeHeart,
        MEDIA_SHARE => Content::MediaShare(serde_json::from_str(&payload?).ok()?),
        TEMPLATE => Content::Template(serde_json::from_str(&payload?).ok()?),
        STORY_MENTION => Content::StoryMention(serde_json::from_str(&payload?).ok()?),
        UNSENT => Content::Unsent,
        STICKER => Content::Sticker(serde_json::from_str(&payload?).ok()?),
        NAMED => Content::Named(serde_json::from_str(&payload?).ok()?),
        UNSUPPORTED => Content::Unsupported,
        _ => return None,
    })
}

/// The column `aside`: nothing for most messages.
pub(super) fn aside_column(aside: &Aside) -> Option<Payload<'static>> {
    (!aside.is_empty()).then(|| json(aside))
}

/// `None` when the text is none that [`aside_column`] makes.
pub(super) fn aside(column: Option<String>) -> Option<Aside> {
    column.map_or(Some(Aside::default()), |text| serde_json::from_str(&text).ok())
}

fn json(value: &impl Serialize) -> Payload<'static> {
    serde_json::to_string(value).expect("contents are plain data with text keys").into()
}
