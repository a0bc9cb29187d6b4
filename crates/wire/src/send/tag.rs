//! By what right a message is sent: `messaging_type` and `tag` (contract send 1.3).

use crate::error::{self, GraphError};
use crate::param::Params;

/// A message tag. Instagram has one (contract send 1.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tag {
    /// A human answers, up to seven days after the person's last message.
    HumanAgent,
}

impl Tag {
    /// Its name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Tag::HumanAgent => "HUMAN_AGENT",
        }
    }

    /// Reads `messaging_type` and `tag`. The tag decides, whatever type stands beside it.
    ///
    /// # Errors
    /// Code 100 for a type or tag that Instagram does not have, and for `MESSAGE_TAG` without a tag.
    pub(super) fn read(params: &Params) -> Result<Option<Self>, GraphError> {
        let kind = params.enumeration("messaging_type", &["RESPONSE", "UPDATE", "MESSAGE_TAG", "UTILITY"])?;
        let tag = params.text("tag")?.filter(|tag| !tag.trim().is_empty());
        match (kind, tag) {
            (Some("UTILITY"), _) => {
                Err(GraphError::new(&error::PARAMETER_DETAIL).with("Utility messages are not available on Instagram"))
            }
            (_, Some(tag)) if tag.trim().eq_ignore_ascii_case(Tag::HumanAgent.name()) => Ok(Some(Tag::HumanAgent)),
            (_, Some(_)) => Err(GraphError::new(&error::PARAMETER_ONE_OF).with("tag").with("{HUMAN_AGENT}")),
            (Some("MESSAGE_TAG"), None) => Err(GraphError::new(&error::PARAMETER_REQUIRED).with("tag")),
            _ => Ok(None),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::send::tests::{parse, row};

    fn with(kind: &str, tag: &str) -> Value {
        let mut body = json!({"recipient": {"id": "1"}, "message": {"text": "x"}});
        for (name, value) in [("messaging_type", kind), ("tag", tag)].into_iter().filter(|(_, value)| !value.is_empty())
        {
            body[name] = value.into();
        }
        body
    }

    #[test]
    fn only_the_human_agent_tag_exists_and_it_decides() {
        for (kind, tag, read) in [
            ("", "", None),
            ("RESPONSE", "", None),
            ("Response", "", None),
            ("UPDATE", "", None),
            ("update", " ", None),
            ("MESSAGE_TAG", "HUMAN_AGENT", Some(Tag::HumanAgent)),
            ("RESPONSE", "human_agent", Some(Tag::HumanAgent)),
            ("", "HUMAN_AGENT", Some(Tag::HumanAgent)),
        ] {
            assert_eq!(parse(with(kind, tag)).unwrap().tag, read, "{kind} {tag}");
        }
    }

    #[test]
    fn other_types_and_tags_are_refused() {
        for (kind, tag, name) in [
            ("MESSAGE_TAG", "", "parameter_required"),
            ("MESSAGE_TAG", "ACCOUNT_UPDATE", "parameter_one_of"),
            ("MESSAGE_TAG", "CONFIRMED_EVENT_UPDATE", "parameter_one_of"),
            ("MESSAGE_TAG", "POST_PURCHASE_UPDATE", "parameter_one_of"),
            ("MESSAGE_TAG", "CUSTOMER_FEEDBACK", "parameter_one_of"),
            ("NON_PROMOTIONAL_SUBSCRIPTION", "", "parameter_one_of"),
            ("UTILITY", "", "parameter_detail"),
        ] {
            assert_eq!(row(with(kind, tag)), name, "{kind} {tag}");
        }
    }
}
