//! Media in a message: what kind, and where the file comes from (contract send 1.5, 1.7).

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::object::{Object, invalid};
use crate::error::{GraphError, PARAMETER_REQUIRED};
use crate::param::Params;

/// Images of one message at most (contract send 1.4).
pub const IMAGES: usize = 10;

/// Kinds of media that can be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MediaKind {
    /// png, jpeg, gif, and leniently ico and bmp.
    Image,
    /// aac, m4a, wav, mp4.
    Audio,
    /// mp4, ogg, avi, mov, webm.
    Video,
    /// pdf.
    File,
}

impl MediaKind {
    /// Every kind with its name on the wire.
    pub const ALL: [(MediaKind, &'static str); 4] = [
        (MediaKind::Image, "image"),
        (MediaKind::Audio, "audio"),
        (MediaKind::Video, "video"),
        (MediaKind::File, "file"),
    ];

    /// Its name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            MediaKind::Image => "image",
            MediaKind::Audio => "audio",
            MediaKind::Video => "video",
            MediaKind::File => "file",
        }
    }

    /// The kind of a name, in any case.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, known)| known.eq_ignore_ascii_case(name)).map(|(kind, _)| kind)
    }

    /// Largest file, in bytes (contract send 1.5).
    pub const fn max_bytes(self) -> usize {
        match self {
            MediaKind::Image => 8 << 20,
            MediaKind::Audio | MediaKind::Video | MediaKind::File => 25 << 20,
        }
    }
}

/// Where a file comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// It is fetched when the message is sent.
    Url(String),
    /// It was uploaded before. As given; it may be no id of anything.
    AttachmentId(String),
    /// It is the part `filedata` of the same request.
    Filedata,
}

/// A file to be sent or uploaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// What it claims to be; what it is, is read from its bytes.
    pub kind: MediaKind,
    /// Where it comes from.
    pub source: Source,
    /// Whether an id of it is wanted for further messages.
    pub is_reusable: bool,
}

/// The part `filedata` of a request, until an attachment takes it. The request reader leaves its name as a parameter.
pub(super) struct Filedata(bool);

impl Filedata {
    /// Looks for it.
    pub fn of(params: &Params) -> Self {
        Self(params.get("filedata").is_some_and(|name| !name.is_null()))
    }

    /// Refuses a file that nothing has taken.
    ///
    /// # Errors
    /// [`crate::error::INVALID_MESSAGE`].
    pub fn taken(self) -> Result<(), GraphError> {
        if self.0 { Err(invalid("filedata belongs to no attachment")) } else { Ok(()) }
    }
}

impl Attachment {
    /// Reads a file of a kind that was read already. One without an address takes the file of the request.
    ///
    /// # Errors
    /// [`crate::error::INVALID_MESSAGE`] for two sources at once; code 100 for none, or one of the wrong form.
    pub(super) fn read(kind: MediaKind, mut object: Object, file: &mut Filedata) -> Result<Self, GraphError> {
        let beside = object.flag("is_reusable")?;
        let (mut url, mut id, mut inside) = (None, None, false);
        let place = object.place("payload");
        if let Some(mut payload) = object.object("payload")? {
            (url, id, inside) = (payload.url("url")?, payload.filled("attachment_id")?, payload.flag("is_reusable")?);
        }
        let source = match (url, id) {
            (Some(url), None) => Source::Url(url),
            (None, Some(id)) => Source::AttachmentId(id),
            (None, None) if std::mem::take(&mut file.0) => Source::Filedata,
            (None, None) => {
                return Err(GraphError::new(&PARAMETER_REQUIRED).with(format_args!("{place}[url]")));
            }
            (Some(_), Some(_)) => return Err(invalid(format_args!("{place} holds both url and attachment_id"))),
        };
        Ok(Self { kind, source, is_reusable: beside || inside })
    }

    /// The object that is read back as this file; the bytes of [`Source::Filedata`] are a part of their own.
    pub fn to_json(&self) -> Value {
        let mut payload = Map::new();
        match &self.source {
            Source::Url(url) => _ = payload.insert("url".to_owned(), json!(url)),
            Source::AttachmentId(id) => _ = payload.insert("attachment_id".to_owned(), json!(id)),
            Source::Filedata => {}
        }
        if self.is_reusable {
            payload.insert("is_reusable".to_owned(), json!(true));
        }
        let mut object = json!({"type": self.kind.name()});
        if !payload.is_empty() {
            object["payload"] = payload.into();
        }
        object
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::send::message::Content;
    use crate::send::tests::{content, message_row};

    fn media(message: Value) -> Vec<Attachment> {
        match content(message) {
            Content::Media(files) => files,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_kind_is_read_in_any_case_by_url_or_id() {
        for (kind, name) in MediaKind::ALL {
            for name in [name.to_owned(), name.to_uppercase()] {
                let by_url = json!({"attachment": {"type": name, "payload": {"url": "https://a.test/f"}}});
                let source = Source::Url("https://a.test/f".into());
                assert_eq!(media(by_url), [Attachment { kind, source, is_reusable: false }]);
                let by_id = json!({"attachment": {"type": name, "payload": {"attachment_id": 990011223344556_u64}}});
                let source = Source::AttachmentId("990011223344556".into());
                assert_eq!(media(by_id), [Attachment { kind, source, is_reusable: false }]);
            }
        }
    }

    #[test]
    fn a_file_may_be_reusable_in_both_places_and_every_form_of_yes() {
        let url = "https://a.test/a.png";
        for yes in [json!(true), json!("true"), json!("True"), json!(1), json!("1")] {
            for attachment in [
                json!({"type": "image", "is_reusable": yes, "payload": {"url": url}}),
                json!({"type": "image", "payload": {"url": url, "is_reusable": yes}}),
                json!({"type": "image", "is_reusable": false, "payload": {"url": url, "is_reusable": yes}}),
            ] {
                assert!(media(json!({"attachment": attachment}))[0].is_reusable, "{attachment}");
            }
        }
        let no = json!({"attachment": {"type": "image", "payload": {"url": url, "is_reusable": "false"}}});
        assert!(!media(no)[0].is_reusable);
        let odd = json!({"attachment": {"type": "image", "payload": {"url": url, "is_reusable": "maybe"}}});
        assert_eq!(message_row(odd), "parameter_detail");
    }

    #[test]
    fn a_file_has_exactly_one_source() {
        let with = |payload: Value| json!({"attachment": {"type": "image", "payload": payload}});
        assert_eq!(message_row(with(json!({}))), "parameter_required");
        assert_eq!(message_row(json!({"attachment": {"type": "image"}})), "parameter_required");
        assert_eq!(message_row(with(json!({"url": "https://a.test/a", "attachment_id": "1"}))), "invalid_message");
        assert_eq!(message_row(with(json!({"url": "a.png"}))), "parameter_detail");
        assert_eq!(message_row(with(json!("https://a.test/a"))), "parameter_json");
    }

    #[test]
    fn a_file_of_the_request_needs_exactly_one_attachment_without_address() {
        let parse = |message: Value| {
            let mut params = Params::new();
            params.set("recipient", json!({"id": "1"}));
            params.set("message", message);
            params.set("filedata", "a.png");
            crate::send::Send::from_params(&params).map_err(|error| error.row().name)
        };
        let bare = json!({"type": "image", "payload": {"is_reusable": true}});
        let url = json!({"type": "image", "payload": {"url": "https://a.test/a"}});
        let whole = parse(json!({"attachment": bare})).unwrap();
        let crate::send::Body::Message(message) = whole.body else { panic!() };
        let file = Attachment { kind: MediaKind::Image, source: Source::Filedata, is_reusable: true };
        assert_eq!(message.content, Content::Media(vec![file]));
        assert!(parse(json!({"attachments": [url, bare]})).is_ok());
        assert_eq!(parse(json!({"attachments": [bare, bare]})), Err("parameter_required"));
        assert_eq!(parse(json!({"attachment": url})), Err("invalid_message"));
        assert_eq!(parse(json!({"text": "x"})), Err("invalid_message"));
        assert_eq!(parse(json!({"attachment": {"type": "like_heart"}})), Err("invalid_message"));
    }
}
