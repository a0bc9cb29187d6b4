//! Templates: cards with buttons (contract send 1.6).

use serde::{Deserialize, Serialize};

use super::button::{Button, DefaultAction};

/// Elements of a generic or product template at most; two and more are a carousel.
pub const ELEMENTS: usize = 10;
/// Buttons of an element, or of a button template, at most.
pub const BUTTONS: usize = 3;
/// Longest title and subtitle of an element, in characters.
pub const ELEMENT_CHARS: usize = 80;
/// Longest text of a button template, in characters.
pub const BUTTON_TEXT_CHARS: usize = 640;

/// A template as it is sent, stored, echoed and shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "template_type", rename_all = "snake_case")]
pub enum Template {
    /// Cards.
    Generic {
        /// One to [`ELEMENTS`].
        elements: Vec<Element>,
    },
    /// A text over buttons.
    Button {
        /// At most [`BUTTON_TEXT_CHARS`].
        text: String,
        /// One to [`BUTTONS`].
        buttons: Vec<Button>,
    },
    /// Products of the Page's catalogue.
    Product {
        /// One to [`ELEMENTS`].
        elements: Vec<ProductElement>,
    },
}

/// A card: a title, and at least one thing more.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Element {
    /// At most [`ELEMENT_CHARS`].
    pub title: String,
    /// At most [`ELEMENT_CHARS`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subtitle: Option<String>,
    /// A picture, http or https.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image_url: Option<String>,
    /// What a tap on the card does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default_action: Option<DefaultAction>,
    /// At most [`BUTTONS`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub buttons: Vec<Button>,
}

/// A product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductElement {
    /// Its id in the catalogue.
    pub id: String,
}
