//! Who is written to (contract send 1.2).

use serde_json::{Value, json};

use super::object::{Object, detail};
use crate::error::{self, GraphError};
use crate::param::Params;

/// Who is written to. Exactly one member of `recipient` (contract send 1.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recipient {
    /// A person by their Instagram-scoped id, as given; it may be no id of anybody.
    Id(String),
    /// The author of a comment: a private reply.
    CommentId(String),
}

/// Every member that a recipient may have on some surface; the first two exist on Instagram.
const KEYS: &[&str] = &[
    "id",
    "comment_id",
    "notification_messages_token",
    "post_id",
    "user_ref",
    "phone_number",
    "one_time_notif_token",
    "thread_id",
    "user_id",
    "username",
];

impl Recipient {
    /// Reads `recipient`; `None` where it names somebody by what is no address on Instagram, which leads to nobody.
    ///
    /// # Errors
    /// Code 100 where it is missing, or does not hold exactly one member that is an id.
    pub(super) fn read(params: &Params) -> Result<Option<Self>, GraphError> {
        let object = Object::parameter(params, "recipient")?
            .ok_or_else(|| GraphError::new(&error::PARAMETER_REQUIRED).with("recipient"))?;
        let mut known =
            object.into_members().into_iter().filter(|(key, value)| KEYS.contains(&key.as_str()) && !value.is_null());
        let (Some((key, value)), None) = (known.next(), known.next()) else {
            return Err(detail("recipient", "must hold exactly one of id, comment_id"));
        };
        let id = match value {
            Value::String(text) if !text.is_empty() && !text.contains('\0') => text,
            Value::Number(number) => number.to_string(),
            _ => return Err(detail(format_args!("recipient[{key}]"), "must be a string that is not empty")),
        };
        Ok(match key.as_str() {
            "id" => Some(Recipient::Id(id)),
            "comment_id" => Some(Recipient::CommentId(id)),
            _ => None,
        })
    }

    /// The object that is read back as this recipient.
    pub fn to_json(&self) -> Value {
        match self {
            Recipient::Id(id) => json!({ "id": id }),
            Recipient::CommentId(id) => json!({ "comment_id": id }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::send::tests::{parse, row};

    fn to(recipient: &Value) -> Value {
        json!({"recipient": recipient, "message": {"text": "x"}})
    }

    #[test]
    fn a_recipient_has_exactly_one_member() {
        assert_eq!(parse(to(&json!({"id": "7"}))).unwrap().recipient, Recipient::Id("7".into()));
        assert_eq!(parse(to(&json!({"comment_id": "7"}))).unwrap().recipient, Recipient::CommentId("7".into()));
        for bad in
            [json!({}), json!({"id": ""}), json!({"id": "1", "comment_id": "2"}), json!({"id": [1]}), json!({"x": "1"})]
        {
            assert_eq!(row(to(&bad)), "parameter_detail", "{bad}");
        }
        assert_eq!(row(json!({"message": {"text": "x"}})), "parameter_required");
        assert_eq!(row(to(&json!("7"))), "parameter_json");
    }

    #[test]
    fn an_id_may_be_a_number_and_empty_members_do_not_count() {
        assert_eq!(parse(to(&json!({"id": 7}))).unwrap().recipient, Recipient::Id("7".into()));
        assert_eq!(parse(to(&json!({"id": "7", "comment_id": null}))).unwrap().recipient, Recipient::Id("7".into()));
        assert_eq!(
            parse(to(&json!({"id": "7", "name": {"first_name": "M"}}))).unwrap().recipient,
            Recipient::Id("7".into())
        );
    }

    #[test]
    fn addresses_of_other_surfaces_lead_to_nobody() {
        for key in &KEYS[2..] {
            assert_eq!(row(to(&json!({*key: "5"}))), "no_such_user", "{key}");
        }
    }
}
