//! The messenger profile's properties, as both sides write them (contract send 6.1 to 6.3).

use serde::{Deserialize, Serialize};

/// Ice breakers of one locale: questions to start a conversation with (contract send 6.2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IceBreakers {
    /// At most four.
    pub call_to_actions: Vec<Question>,
    /// `default`, or a locale such as `de_DE`.
    #[serde(default = "default_locale")]
    pub locale: String,
}

/// One ice breaker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// What the person sees, at most 80 characters.
    pub question: String,
    /// What the postback carries, at most 1,000 characters.
    pub payload: String,
}

/// The persistent menu of one locale (contract send 6.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Menu {
    /// `default`, or a locale such as `de_DE`.
    #[serde(default = "default_locale")]
    pub locale: String,
    /// At most 20; Instagram recommends five.
    pub call_to_actions: Vec<MenuItem>,
}

/// One item of a menu.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum MenuItem {
    /// Causes a postback.
    Postback {
        /// What the person sees, at most 30 characters.
        title: String,
        /// What the postback carries, at most 1,000 characters.
        payload: String,
    },
    /// Opens an address; causes nothing.
    WebUrl {
        /// What the person sees, at most 30 characters.
        title: String,
        /// Where it leads.
        url: String,
    },
}

fn default_locale() -> String {
    "default".to_owned()
}
