//! The request of `POST …/message_attachments`: a file for later messages (contract send 1.7).

use serde_json::{Value, json};

use super::attachment::{Attachment, Filedata, MediaKind, Source};
use super::object::{Object, invalid};
use crate::error::{self, GraphError};
use crate::param::Params;

/// A call of `…/message_attachments`. Whose storage it goes to, `platform`, is read by the edge, which knows the node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// The file, by address or in the request itself.
    pub attachment: Attachment,
}

impl Upload {
    /// Reads an upload from merged parameters.
    ///
    /// # Errors
    /// [`error::INVALID_MESSAGE`] for two sources at once, and for a file that was uploaded before; code 100 for what is missing
    /// or of the wrong form.
    pub fn from_params(params: &Params) -> Result<Self, GraphError> {
        let required = |name: &str| GraphError::new(&error::PARAMETER_REQUIRED).with(name);
        let mut message = Object::parameter(params, "message")?.ok_or_else(|| required("message"))?;
        let mut object = message.object("attachment")?.ok_or_else(|| message.missing("attachment"))?;
        let name = object.required("type")?;
        let kind = MediaKind::named(name.trim())
            .ok_or_else(|| object.none_of("type", &MediaKind::ALL.map(|(_, name)| name)))?;
        let mut file = Filedata::of(params);
        let attachment = Attachment::read(kind, object, &mut file)?;
        file.taken()?;
        if let Source::AttachmentId(_) = attachment.source {
            return Err(invalid("message[attachment][payload] names a file that was uploaded before"));
        }
        Ok(Self { attachment })
    }

    /// The body that is read back as this upload; the bytes of a file of the request are a part of their own.
    pub fn to_json(&self) -> Value {
        json!({"platform": "instagram", "message": {"attachment": self.attachment.to_json()}})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(attachment: &Value, file: Option<&str>) -> Result<Attachment, &'static str> {
        let mut params = Params::new();
        params.set("platform", "instagram");
        params.set("message", json!({ "attachment": attachment }));
        params.set("filedata", file);
        Upload::from_params(&params).map(|upload| upload.attachment).map_err(|error| error.row().name)
    }

    #[test]
    fn every_kind_is_uploaded_by_address_or_in_the_request() {
        for (kind, name) in MediaKind::ALL {
            let by_url = json!({"type": name, "payload": {"url": "https://a.test/f", "is_reusable": "true"}});
            let source = Source::Url("https://a.test/f".into());
            assert_eq!(parse(&by_url, None), Ok(Attachment { kind, source, is_reusable: true }));
            let bare = json!({"type": name.to_uppercase(), "is_reusable": true});
            let source = Source::Filedata;
            assert_eq!(parse(&bare, Some("a")), Ok(Attachment { kind, source, is_reusable: true }));
            assert_eq!(parse(&json!({"type": name, "payload": {}}), Some("")).map(|file| file.is_reusable), Ok(false));
        }
    }

    #[test]
    fn an_upload_has_one_source_that_is_new() {
        let url = json!({"type": "image", "payload": {"url": "https://a.test/f"}});
        assert_eq!(parse(&url, Some("a")), Err("invalid_message"));
        assert_eq!(parse(&json!({"type": "image"}), None), Err("parameter_required"));
        assert_eq!(parse(&json!({"type": "image", "payload": {"attachment_id": "9"}}), None), Err("invalid_message"));
    }

    #[test]
    fn only_media_are_uploaded() {
        for kind in ["template", "like_heart", "MEDIA_SHARE", "x"] {
            let payload = json!({"type": kind, "payload": {"url": "https://a.test/f"}});
            assert_eq!(parse(&payload, None), Err("parameter_one_of"), "{kind}");
        }
        assert_eq!(parse(&json!({}), Some("a")), Err("parameter_required"));
        assert_eq!(parse(&Value::Null, Some("a")), Err("parameter_required"));
        assert_eq!(parse(&json!("x"), Some("a")), Err("parameter_json"));
    }
}
