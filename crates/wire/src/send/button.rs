//! Buttons of templates (contract send 1.6).

use serde::{Deserialize, Serialize};

/// Longest payload of a postback, in characters (contract send 1.6).
pub const PAYLOAD_CHARS: usize = 1_000;

/// A button. Instagram has two kinds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Button {
    /// Opens an address in the app; causes no webhook.
    WebUrl {
        /// Where it leads, http or https.
        url: String,
        /// The label; what is longer than [`TITLE_CHARS`] is cut on display (contract send 7, row 15).
        title: String,
    },
    /// Causes a postback and opens the window.
    Postback {
        /// The label.
        title: String,
        /// The app's own text behind it, at most [`PAYLOAD_CHARS`].
        payload: String,
    },
}

/// Characters of a label that are shown (contract send 1.6, 1.8).
pub const TITLE_CHARS: usize = 20;

impl Button {
    /// The label as it was sent.
    pub fn title(&self) -> &str {
        match self {
            Self::WebUrl { title, .. } | Self::Postback { title, .. } => title,
        }
    }
}

/// What a tap on an element as a whole does: a web link without a label (contract send 1.6).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum DefaultAction {
    /// Opens an address.
    WebUrl {
        /// Where it leads, http or https.
        url: String,
    },
}
