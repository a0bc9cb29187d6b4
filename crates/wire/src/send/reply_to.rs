//! Which message of the conversation a message answers (contract send 1.9).

use super::object::Object;
use crate::error::GraphError;
use crate::param::Params;

/// Reads `reply_to`: the id of the message that is answered, as given.
///
/// # Errors
/// Code 100 for anything but an object with a `mid`.
pub(super) fn read(params: &Params) -> Result<Option<String>, GraphError> {
    Object::parameter(params, "reply_to")?.map(|mut object| object.required("mid")).transpose()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::send::tests::{parse, row};

    #[test]
    fn an_answer_names_the_message_that_it_answers() {
        let with = |reply_to: Value| json!({"recipient": {"id": "1"}, "message": {"text": "x"}, "reply_to": reply_to});
        assert_eq!(parse(with(json!({"mid": "m0"}))).unwrap().reply_to.as_deref(), Some("m0"));
        assert_eq!(parse(with(json!("{'mid':'m0'}"))).unwrap().reply_to.as_deref(), Some("m0"));
        assert_eq!(parse(with(Value::Null)).unwrap().reply_to, None);
        assert_eq!(row(with(json!({}))), "parameter_required");
        assert_eq!(row(with(json!({"mid": ""}))), "parameter_required");
        assert_eq!(row(with(json!("m0"))), "parameter_json");
    }
}
