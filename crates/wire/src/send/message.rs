//! What a message says (contract send 1.4, 1.5).

use serde_json::{Map, Value, json};

use super::attachment::{Attachment, Filedata, IMAGES, MediaKind};
use super::object::{Object, invalid};
use super::quick_reply::QuickReply;
use super::template::Template;
use crate::error::{self, GraphError};

/// Longest text, in bytes of UTF-8 (contract send 1.4).
pub const TEXT_BYTES: usize = 1_000;
/// Longest `metadata`: below this many characters (contract send 1.4).
pub const METADATA_CHARS: usize = 1_000;
/// From this many characters on the generic parameter check answers instead (contract send 1.4).
const PARAM_CHARS: usize = 2_000;
/// What only people can send (contract send 1.5).
const RECEIVE_ONLY: &[&str] = &["story_mention", "share", "ig_post", "ig_reel", "reel", "ephemeral", "story_reply"];
/// What a business can send.
const TYPES: &[&str] = &["image", "audio", "video", "file", "like_heart", "MEDIA_SHARE", "template"];

/// The `message` of a send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its one content.
    pub content: Content,
    /// The app's own text, never shown.
    pub metadata: Option<String>,
}

/// What a message holds: exactly one of these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// A text, with answers to tap below it.
    Text {
        /// At most [`TEXT_BYTES`].
        text: String,
        /// At most [`super::quick_reply::QUICK_REPLIES`].
        quick_replies: Vec<QuickReply>,
    },
    /// Media: one of any kind, or up to [`super::attachment::IMAGES`] images.
    Media(Vec<Attachment>),
    /// The one sticker that can be sent.
    LikeHeart,
    /// A published post or reel of the account, by its id as given.
    MediaShare(String),
    /// A template.
    Template(Template),
}

impl Message {
    /// Reads a message, and takes the file of the request if there is one.
    ///
    /// # Errors
    /// [`error::INVALID_MESSAGE`] for contents that do not go together, are not on Instagram or are over a limit; code 100
    /// for what is missing or of the wrong form.
    pub(super) fn read(mut object: Object, mut file: Filedata) -> Result<Self, GraphError> {
        let text = object.filled("text")?;
        let attachment = object.object("attachment")?;
        let attachments = object.array("attachments")?;
        let quick_replies = QuickReply::read_all(&mut object)?;
        let metadata = metadata(&mut object)?;
        if object.has("sticker_id") {
            return Err(invalid("message[sticker_id] is not on Instagram"));
        }
        let content = match (text, attachment, attachments) {
            (Some(text), None, None) => Content::Text { text: within_limits(text)?, quick_replies: Vec::new() },
            (None, Some(attachment), None) => one(attachment, &mut file)?,
            (None, None, Some(attachments)) => images(&object, attachments, &mut file)?,
            (None, None, None) => return Err(object.missing("text")),
            _ => return Err(invalid("message holds more than one of text, attachment, attachments")),
        };
        file.taken()?;
        let content = match content {
            Content::Text { text, .. } => Content::Text { text, quick_replies },
            other if quick_replies.is_empty() => other,
            _ => return Err(invalid("message[quick_replies] go with message[text] only")),
        };
        Ok(Self { content, metadata })
    }

    /// The object that is read back as this message; the bytes of a file of the request are a part of their own.
    pub fn to_json(&self) -> Value {
        let mut object = Map::new();
        let mut set = |name: &str, value: Value| _ = object.insert(name.to_owned(), value);
        match &self.content {
            Content::Text { text, quick_replies } => {
                set("text", json!(text));
                if !quick_replies.is_empty() {
                    set("quick_replies", json!(quick_replies));
                }
            }
            Content::Media(files) => match &files[..] {
                [file] => set("attachment", file.to_json()),
                files => set("attachments", files.iter().map(Attachment::to_json).collect()),
            },
            Content::LikeHeart => set("attachment", json!({"type": "like_heart"})),
            Content::MediaShare(id) => set("attachment", json!({"type": "MEDIA_SHARE", "payload": {"id": id}})),
            Content::Template(template) => set("attachment", json!({"type": "template", "payload": template})),
        }
        if let Some(metadata) = &self.metadata {
            set("metadata", json!(metadata));
        }
        object.into()
    }
}

fn within_limits(text: String) -> Result<String, GraphError> {
    // No text of fewer bytes has more characters.
    if text.len() > PARAM_CHARS && text.chars().count() > PARAM_CHARS {
        return Err(GraphError::new(&error::TEXT_LENGTH));
    }
    if text.len() > TEXT_BYTES {
        let bytes = text.len();
        return Err(invalid(format_args!("message[text] has {bytes} bytes of UTF-8, the limit is {TEXT_BYTES}")));
    }
    Ok(text)
}

fn metadata(object: &mut Object) -> Result<Option<String>, GraphError> {
    let metadata = object.text("metadata")?.filter(|text| !text.is_empty());
    if let Some(text) = &metadata {
        object.at_most("metadata", text, METADATA_CHARS - 1)?;
    }
    Ok(metadata)
}

fn one(mut object: Object, file: &mut Filedata) -> Result<Content, GraphError> {
    let kind = object.required("type")?.trim().to_ascii_lowercase();
    if let Some(kind) = MediaKind::named(&kind) {
        return Ok(Content::Media(vec![Attachment::read(kind, object, file)?]));
    }
    match kind.as_str() {
        "like_heart" => Ok(Content::LikeHeart),
        "media_share" => share(object),
        "template" => {
            let payload = object.object("payload")?.ok_or_else(|| object.missing("payload"))?;
            Template::read(payload).map(Content::Template)
        }
        other if RECEIVE_ONLY.contains(&other) => {
            Err(invalid(format_args!("{} {other} is sent by people only", object.place("type"))))
        }
        _ => Err(object.none_of("type", TYPES)),
    }
}

/// A post is named by `id`; the page on uploads writes `attachment_id`.
fn share(mut object: Object) -> Result<Content, GraphError> {
    let mut payload = object.object("payload")?.ok_or_else(|| object.missing("payload"))?;
    match (payload.filled("id")?, payload.filled("attachment_id")?) {
        (Some(id), None) | (None, Some(id)) => Ok(Content::MediaShare(id)),
        (None, None) => Err(payload.missing("id")),
        _ => Err(invalid(format_args!("{} holds both id and attachment_id", object.place("payload")))),
    }
}

fn images(message: &Object, list: Vec<Object>, file: &mut Filedata) -> Result<Content, GraphError> {
    message.within("attachments", list.len(), 1..=IMAGES)?;
    let mut images = Vec::with_capacity(list.len());
    for mut element in list {
        let kind = element.required("type")?;
        match MediaKind::named(kind.trim()) {
            Some(MediaKind::Image) => images.push(Attachment::read(MediaKind::Image, element, file)?),
            _ => return Err(invalid(format_args!("{} is not image", element.place("type")))),
        }
    }
    Ok(Content::Media(images))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::send::attachment::Source;
    use crate::send::tests::{content, message_row, parse};

    fn image(url: &str) -> Value {
        json!({"type": "image", "payload": {"url": url}})
    }

    #[test]
    fn text_is_counted_in_bytes() {
        let with = |text: String| json!({ "text": text });
        for text in ["a".repeat(1_000), "\u{436}".repeat(500), "\u{1f642}".repeat(250)] {
            content(with(text));
        }
        for text in [
            "a".repeat(1_001),
            "\u{436}".repeat(501),
            "\u{1f642}".repeat(251),
            "a".repeat(2_000),
            "\u{1f642}".repeat(2_000),
        ] {
            assert_eq!(message_row(with(text)), "invalid_message");
        }
        for text in ["a".repeat(2_001), "\u{1f642}".repeat(2_001)] {
            assert_eq!(message_row(with(text)), "text_length");
        }
        assert_eq!(content(json!({"text": 7})), Content::Text { text: "7".into(), quick_replies: vec![] });
    }

    #[test]
    fn a_message_says_something() {
        for message in
            [json!({}), json!({"text": ""}), json!({"text": " \n "}), json!({"text": null}), json!({"metadata": "m"})]
        {
            assert_eq!(message_row(message.clone()), "parameter_required", "{message}");
        }
        assert_eq!(message_row(json!({"text": ["x"]})), "parameter_detail");
        assert_eq!(message_row(json!({"text": "a\u{0}b"})), "parameter_detail");
    }

    #[test]
    fn a_message_has_one_content() {
        let file = image("https://a.test/a");
        for message in [
            json!({"text": "x", "attachment": {"type": "like_heart"}}),
            json!({"text": "x", "attachments": [file]}),
            json!({"attachment": file, "attachments": [file]}),
            json!({"text": "x", "sticker_id": 369_239_263_222_822_u64}),
        ] {
            assert_eq!(message_row(message.clone()), "invalid_message", "{message}");
        }
        assert_eq!(content(json!({"text": "", "attachment": {"type": "like_heart"}})), Content::LikeHeart);
        assert_eq!(
            content(json!({"text": null, "attachment": {"type": "LIKE_HEART", "payload": {}}})),
            Content::LikeHeart
        );
    }

    #[test]
    fn members_that_nobody_knows_are_ignored() {
        let message = json!({"text": "x", "tags": [1], "mid": {"a": "b"}});
        assert_eq!(content(message), Content::Text { text: "x".into(), quick_replies: vec![] });
    }

    #[test]
    fn a_post_is_named_by_either_member() {
        for payload in [
            json!({"id": "17990011223344556"}),
            json!({"id": 17_990_011_223_344_556_u64}),
            json!({"attachment_id": "17990011223344556"}),
        ] {
            let message = json!({"attachment": {"type": "MEDIA_SHARE", "payload": payload}});
            assert_eq!(content(message), Content::MediaShare("17990011223344556".into()));
        }
        let with = |payload: Value| json!({"attachment": {"type": "media_share", "payload": payload}});
        assert_eq!(message_row(with(json!({"id": "1", "attachment_id": "2"}))), "invalid_message");
        assert_eq!(message_row(with(json!({}))), "parameter_required");
        assert_eq!(message_row(with(Value::Null)), "parameter_required");
    }

    #[test]
    fn up_to_ten_images_go_in_one_message() {
        let many = |count: usize| json!({"attachments": vec![image("https://a.test/a"); count]});
        let Content::Media(files) = content(many(10)) else { panic!() };
        assert_eq!(files.len(), 10);
        for count in [0, 11] {
            assert_eq!(message_row(many(count)), "invalid_message", "{count}");
        }
        let mixed =
            json!({"attachments": [image("https://a.test/a"), {"type": "IMAGE", "payload": {"attachment_id": "9"}}]});
        let Content::Media(files) = content(mixed) else { panic!() };
        assert_eq!(files[1].source, Source::AttachmentId("9".into()));
    }

    #[test]
    fn one_object_in_attachments_is_a_list_of_one() {
        assert_eq!(
            content(json!({"attachments": image("https://a.test/a")})),
            content(json!({"attachment": image("https://a.test/a")}))
        );
    }

    #[test]
    fn nothing_but_images_goes_in_a_collection() {
        for kind in ["video", "audio", "file", "template", "like_heart", "MEDIA_SHARE", "x"] {
            let other = json!({"type": kind, "payload": {"url": "https://a.test/a"}});
            assert_eq!(
                message_row(json!({"attachments": [image("https://a.test/a"), other]})),
                "invalid_message",
                "{kind}"
            );
        }
        assert_eq!(message_row(json!({"attachments": [{"payload": {}}]})), "parameter_required");
    }

    #[test]
    fn what_only_people_send_is_refused() {
        for kind in RECEIVE_ONLY {
            let attachment = json!({"type": kind, "payload": {"url": "https://a.test/a"}});
            assert_eq!(message_row(json!({ "attachment": attachment })), "invalid_message", "{kind}");
        }
        assert_eq!(message_row(json!({"attachment": {"type": "hologram"}})), "parameter_one_of");
        assert_eq!(message_row(json!({"attachment": {}})), "parameter_required");
    }

    #[test]
    fn metadata_stays_below_a_thousand_characters() {
        let with = |metadata: Value| json!({"recipient": {"id": "1"}, "message": {"text": "x", "metadata": metadata}});
        let read = |metadata: Value| match parse(with(metadata)).unwrap().body {
            crate::send::Body::Message(message) => message.metadata,
            crate::send::Body::Action(action) => panic!("{action:?}"),
        };
        assert_eq!(read(json!("order 7")).as_deref(), Some("order 7"));
        assert_eq!(read(json!("")), None);
        assert_eq!(read(json!("\u{e9}".repeat(999))).map(|text| text.chars().count()), Some(999));
        assert_eq!(message_row(json!({"text": "x", "metadata": "a".repeat(1_000)})), "invalid_message");
    }

    #[test]
    fn a_limit_that_is_passed_is_named_in_the_data_of_the_error() {
        let error = parse(json!({"recipient": {"id": "1"}, "message": {"text": "a".repeat(1_001)}})).unwrap_err();
        assert_eq!(error.to_string(), "Invalid message data");
        let body = error.body(crate::dialect::Dialect::Facebook, "A");
        assert_eq!(body["error"]["error_data"]["detail"], "message[text] has 1001 bytes of UTF-8, the limit is 1000");
    }
}
