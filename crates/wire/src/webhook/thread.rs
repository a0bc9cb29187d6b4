//! Who controls a thread, as told to apps.

use serde::{Deserialize, Deserializer, Serialize};

use crate::id::AppId;

/// Control of a thread went from one app to another (contract webhooks 3.15).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ControlChange {
    /// Who had control: `Some(None)`, a JSON null, when the thread was idle; `None`, no key, in the 2021 form.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub previous_owner_app_id: Option<Option<AppId>>,
    /// Who has control now; `None`, no key, in the 2021 form of a take.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new_owner_app_id: Option<AppId>,
    /// A text from the app that acted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metadata: Option<String>,
}

/// An app asks for control of a thread (contract webhooks 3.15).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ControlRequest {
    /// The app that asks.
    pub requested_owner_app_id: AppId,
    /// A text from that app.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metadata: Option<String>,
}

/// Keeps a null apart from an absent key.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<AppId>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}
