//! Handing a thread on with a send (contract send 1.11).

use serde_json::{Value, json};

use super::object::Object;
use crate::error::{self, GraphError};
use crate::id::AppId;
use crate::param::Params;

/// What becomes of the thread after the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ThreadControl {
    /// It goes to this app, or to the default app.
    Pass(Option<AppId>),
    /// It becomes idle.
    Release,
}

impl ThreadControl {
    /// Reads `thread_control`.
    ///
    /// # Errors
    /// Code 100 for an unknown or missing `control_type`, [`error::WRONG_APP`] for an `app_id` that is no id.
    pub(super) fn read(params: &Params) -> Result<Option<Self>, GraphError> {
        let Some(mut object) = Object::parameter(params, "thread_control")? else { return Ok(None) };
        let word = object.required("control_type")?;
        match word.trim().to_ascii_lowercase().as_str() {
            "pass" => {
                let app = object.filled("app_id")?.map(|id| id.trim().parse::<AppId>());
                let app = app.transpose().map_err(|_| GraphError::new(&error::WRONG_APP))?;
                Ok(Some(ThreadControl::Pass(app)))
            }
            "release" => Ok(Some(ThreadControl::Release)),
            _ => Err(object.none_of("control_type", &["pass", "release"])),
        }
    }

    /// The object that is read back as this.
    pub fn to_json(self) -> Value {
        match self {
            ThreadControl::Pass(Some(app)) => json!({"control_type": "pass", "app_id": app}),
            ThreadControl::Pass(None) => json!({"control_type": "pass"}),
            ThreadControl::Release => json!({"control_type": "release"}),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::send::tests::{parse, row};

    fn with(control: &Value) -> Value {
        json!({"recipient": {"id": "1"}, "message": {"text": "x"}, "thread_control": control})
    }

    #[test]
    fn a_thread_is_passed_or_released() {
        for (control, read) in [
            (
                json!({"control_type": "pass", "app_id": "880077665544332"}),
                ThreadControl::Pass(Some(AppId::new(880_077_665_544_332))),
            ),
            (json!({"control_type": "PASS", "app_id": 7}), ThreadControl::Pass(Some(AppId::new(7)))),
            (json!({"control_type": "pass"}), ThreadControl::Pass(None)),
            (json!("{'control_type':'release'}"), ThreadControl::Release),
            (json!({"control_type": "release", "app_id": "7"}), ThreadControl::Release),
        ] {
            assert_eq!(parse(with(&control)).unwrap().thread_control, Some(read), "{control}");
        }
        for (control, name) in [
            (json!({}), "parameter_required"),
            (json!({"control_type": "take"}), "parameter_one_of"),
            (json!({"control_type": "pass", "app_id": "x"}), "wrong_app"),
            (json!("pass"), "parameter_json"),
        ] {
            assert_eq!(row(with(&control)), name, "{control}");
        }
    }
}
