//! The calls of thread control beside sends: `pass_thread_control` and its kin (contract webhooks 5.4, send 1.11).

use super::object::detail;
use super::recipient::Recipient;
use crate::error::{self, GraphError};
use crate::id::AppId;
use crate::param::Params;

/// Longest text that goes with a call, in characters (inferred).
pub const METADATA_CHARS: usize = 1_000;

/// Whose thread it is about, by their id as given; it may be no id of anybody.
///
/// # Errors
/// Code 100 where `recipient` is missing or no object with one id, [`error::NO_SUCH_USER`] where it is no `id`.
pub fn recipient(params: &Params) -> Result<String, GraphError> {
    match Recipient::read(params)? {
        Some(Recipient::Id(id)) => Ok(id),
        Some(Recipient::CommentId(_)) | None => Err(GraphError::new(&error::NO_SUCH_USER)),
    }
}

/// The same in a query, where the id may stand by itself.
///
/// # Errors
/// As [`recipient`].
pub fn recipient_in_query(params: &Params) -> Result<String, GraphError> {
    let bare = params.get("recipient").and_then(|value| match value {
        serde_json::Value::String(text) => Some(text.trim().to_owned()),
        serde_json::Value::Number(number) => Some(number.to_string()),
        _ => None,
    });
    match bare {
        Some(id) if !id.is_empty() && id.chars().all(|c| c.is_ascii_digit()) => Ok(id),
        _ => recipient(params),
    }
}

/// The app that gets the thread.
///
/// # Errors
/// [`error::WRONG_APP`] for what is no id.
pub fn target_app(params: &Params) -> Result<Option<AppId>, GraphError> {
    let id = params.text("target_app_id")?.filter(|id| !id.trim().is_empty());
    id.map(|id| id.trim().parse()).transpose().map_err(|_| GraphError::new(&error::WRONG_APP))
}

/// The app's own text for whoever is told.
///
/// # Errors
/// Code 100 for one of more than [`METADATA_CHARS`].
pub fn metadata(params: &Params) -> Result<Option<String>, GraphError> {
    let metadata = params.text("metadata")?.filter(|text| !text.is_empty());
    match &metadata {
        Some(text) if text.chars().count() > METADATA_CHARS => {
            Err(detail("metadata", &format!("must have at most {METADATA_CHARS} characters")))
        }
        _ => Ok(metadata),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn params(name: &str, value: Value) -> Params {
        let mut params = Params::new();
        params.set(name, value);
        params
    }

    #[test]
    fn a_recipient_is_an_object_and_in_a_query_perhaps_its_id_alone() {
        for (value, by_post, by_get) in [
            (json!({"id": "7"}), Ok("7"), Ok("7")),
            (json!("{id:7}"), Ok("7"), Ok("7")),
            (json!("7"), Err("parameter_json"), Ok("7")),
            (json!(7), Err("parameter_json"), Ok("7")),
            (json!({"comment_id": "7"}), Err("no_such_user"), Err("no_such_user")),
            (json!({}), Err("parameter_detail"), Err("parameter_detail")),
        ] {
            let params = params("recipient", value.clone());
            let name = |read: Result<String, GraphError>| read.map_err(|error| error.row().name);
            assert_eq!(name(recipient(&params)), by_post.map(str::to_owned), "{value}");
            assert_eq!(name(recipient_in_query(&params)), by_get.map(str::to_owned), "{value}");
        }
        assert_eq!(recipient(&Params::new()).unwrap_err().row().name, "parameter_required");
    }

    #[test]
    fn an_app_is_named_by_its_id_and_metadata_is_bounded() {
        for (value, expected) in [(json!("12"), Some(12)), (json!(12), Some(12)), (json!(""), None)] {
            assert_eq!(target_app(&params("target_app_id", value)).unwrap(), expected.map(AppId::new));
        }
        assert_eq!(target_app(&params("target_app_id", json!("x"))).unwrap_err().row().name, "wrong_app");
        let of = |count: usize| metadata(&params("metadata", json!("ä".repeat(count))));
        assert_eq!(of(1_000).unwrap().map(|text| text.chars().count()), Some(1_000));
        assert_eq!(of(0).unwrap(), None);
        assert_eq!(of(1_001).unwrap_err().row().code, 100);
    }
}
