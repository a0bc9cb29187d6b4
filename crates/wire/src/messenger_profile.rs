//! The messenger profile's properties, as both sides write them (contract send 6.1 to 6.3).

mod read;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Questions in one locale's ice breakers at most.
pub const QUESTIONS: usize = 4;
/// Longest question, in characters (inferred).
pub const QUESTION_CHARS: usize = 80;
/// Items in one locale's menu at most.
pub const ITEMS: usize = 20;
/// Longest label of a menu item, in characters.
pub const MENU_TITLE_CHARS: usize = 30;
/// Longest payload of a question or an item, in characters.
pub const PAYLOAD_CHARS: usize = 1_000;
/// Longest address of a menu item, in characters (inferred).
pub const URL_CHARS: usize = 2_048;

/// The properties that exist on Instagram, in the order they are given back.
pub const PROPERTIES: [&str; 2] = ["ice_breakers", "persistent_menu"];

/// A property with its value, within its limits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Property {
    /// Questions to start a conversation with, for each locale.
    IceBreakers(Vec<IceBreakers>),
    /// The menu, for each locale.
    PersistentMenu(Vec<Menu>),
}

impl Property {
    /// Its name, one of [`PROPERTIES`].
    pub fn name(&self) -> &'static str {
        match self {
            Property::IceBreakers(_) => "ice_breakers",
            Property::PersistentMenu(_) => "persistent_menu",
        }
    }

    /// Its value, which is read back as this.
    pub fn to_json(&self) -> Value {
        match self {
            Property::IceBreakers(sets) => json!(sets),
            Property::PersistentMenu(menus) => json!(menus),
        }
    }
}

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
