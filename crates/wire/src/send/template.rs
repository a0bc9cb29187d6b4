//! Templates: cards with buttons (contract send 1.6).

use serde::{Deserialize, Serialize};

use super::button::{Button, DefaultAction};
use super::object::{Object, invalid};
use crate::error::GraphError;

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

impl Template {
    /// Reads the payload of an attachment of the type `template`.
    ///
    /// # Errors
    /// [`crate::error::INVALID_MESSAGE`] for a template that Instagram does not have and for what is over a limit; code 100 for
    /// a member that is missing or of the wrong form.
    pub(super) fn read(mut payload: Object) -> Result<Self, GraphError> {
        let kind = payload.required("template_type")?;
        match kind.trim().to_ascii_lowercase().as_str() {
            "generic" => {
                let elements = elements(&mut payload)?.into_iter().map(Element::read).collect::<Result<_, _>>()?;
                Ok(Template::Generic { elements })
            }
            "button" => {
                let text = payload.required("text")?;
                payload.at_most("text", &text, BUTTON_TEXT_CHARS)?;
                let buttons = buttons(&mut payload, 1)?.ok_or_else(|| payload.missing("buttons"))?;
                Ok(Template::Button { text, buttons })
            }
            "product" => {
                let read = |mut element: Object| {
                    let id = element.required("id")?;
                    element.at_most("id", &id, ELEMENT_CHARS)?;
                    Ok::<_, GraphError>(ProductElement { id })
                };
                let elements = elements(&mut payload)?.into_iter().map(read).collect::<Result<_, _>>()?;
                Ok(Template::Product { elements })
            }
            _ => Err(invalid(format_args!("{} {kind} is not on Instagram", payload.place("template_type")))),
        }
    }
}

impl Element {
    fn read(mut object: Object) -> Result<Self, GraphError> {
        let title = object.required("title")?;
        object.at_most("title", &title, ELEMENT_CHARS)?;
        let subtitle = object.filled("subtitle")?;
        if let Some(subtitle) = &subtitle {
            object.at_most("subtitle", subtitle, ELEMENT_CHARS)?;
        }
        let element = Element {
            title,
            subtitle,
            image_url: object.url("image_url")?,
            default_action: object.object("default_action")?.map(DefaultAction::read).transpose()?,
            buttons: buttons(&mut object, 0)?.unwrap_or_default(),
        };
        let alone = element.subtitle.is_none()
            && element.image_url.is_none()
            && element.default_action.is_none()
            && element.buttons.is_empty();
        if alone {
            let place = object.place("title");
            return Err(invalid(format_args!(
                "{place} stands alone, an element needs one of subtitle, image_url, default_action, buttons"
            )));
        }
        Ok(element)
    }
}

fn elements(payload: &mut Object) -> Result<Vec<Object>, GraphError> {
    let elements = payload.array("elements")?.ok_or_else(|| payload.missing("elements"))?;
    payload.within("elements", elements.len(), 1..=ELEMENTS)?;
    Ok(elements)
}

/// A list of at least so many buttons.
fn buttons(holder: &mut Object, least: usize) -> Result<Option<Vec<Button>>, GraphError> {
    let Some(buttons) = holder.array("buttons")? else { return Ok(None) };
    holder.within("buttons", buttons.len(), least..=BUTTONS)?;
    buttons.into_iter().map(Button::read).collect::<Result<_, _>>().map(Some)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::send::message::Content;
    use crate::send::tests::{content, message_row};

    fn with(payload: &Value) -> Value {
        json!({"attachment": {"type": "template", "payload": payload}})
    }

    fn read(payload: &Value) -> Template {
        match content(with(payload)) {
            Content::Template(template) => template,
            other => panic!("{other:?}"),
        }
    }

    fn generic(element: &Value, count: usize) -> Value {
        json!({"template_type": "generic", "elements": vec![element; count]})
    }

    fn button() -> Value {
        json!({"type": "postback", "title": "Ask", "payload": "ASK"})
    }

    #[test]
    fn the_sample_of_a_generic_template_is_read_whole() {
        let element = json!({"title": "Blue kettle", "subtitle": "1.7 l", "image_url": "https://cdn.example.test/k.png",
            "default_action": {"type": "web_url", "url": "https://shop.example.test/k"},
            "buttons": [{"type": "web_url", "url": "https://shop.example.test/k", "title": "Open"}, button()]});
        let template = read(&generic(&element, 1));
        assert_eq!(serde_json::to_value(&template).unwrap(), generic(&element, 1));
        let Template::Generic { elements } = template else { panic!() };
        assert_eq!(
            elements[0].default_action,
            Some(DefaultAction::WebUrl { url: "https://shop.example.test/k".into() })
        );
        assert_eq!(elements[0].buttons.len(), 2);
    }

    #[test]
    fn an_element_needs_a_title_and_one_thing_more() {
        for more in [
            json!({"subtitle": "s"}),
            json!({"image_url": "https://a.test/a"}),
            json!({"default_action": {"type": "web_url", "url": "https://a.test"}}),
            json!({"buttons": [button()]}),
        ] {
            let mut element = more.clone();
            assert_eq!(message_row(with(&generic(&element, 1))), "parameter_required", "{more}");
            element["title"] = "t".into();
            read(&generic(&element, 1));
        }
        assert_eq!(message_row(with(&generic(&json!({"title": "t"}), 1))), "invalid_message");
        assert_eq!(
            message_row(with(&generic(&json!({"title": "t", "subtitle": "", "buttons": []}), 1))),
            "invalid_message"
        );
    }

    #[test]
    fn limits_of_an_element_hold() {
        let with_title = |chars: usize| generic(&json!({"title": "\u{e9}".repeat(chars), "subtitle": "s"}), 1);
        let with_subtitle = |chars: usize| generic(&json!({"title": "t", "subtitle": "\u{e9}".repeat(chars)}), 1);
        let with_buttons = |count: usize| generic(&json!({"title": "t", "buttons": vec![button(); count]}), 1);
        let with_elements = |count: usize| generic(&json!({"title": "t", "subtitle": "s"}), count);
        for (make, limit) in [
            (&with_title as &dyn Fn(usize) -> Value, 80),
            (&with_subtitle, 80),
            (&with_buttons, 3),
            (&with_elements, 10),
        ] {
            read(&make(limit));
            assert_eq!(message_row(with(&make(limit + 1))), "invalid_message");
        }
        assert_eq!(message_row(with(&with_elements(0))), "invalid_message");
        assert_eq!(message_row(with(&json!({"template_type": "generic"}))), "parameter_required");
    }

    #[test]
    fn a_default_action_opens_an_address() {
        let with_action = |action: Value| with(&generic(&json!({"title": "t", "default_action": action}), 1));
        assert_eq!(message_row(with_action(json!({"type": "postback", "payload": "p"}))), "invalid_message");
        assert_eq!(message_row(with_action(json!({"type": "web_url"}))), "parameter_required");
        assert_eq!(message_row(with_action(json!({"url": "https://a.test"}))), "parameter_required");
    }

    #[test]
    fn a_button_template_has_a_text_and_one_to_three_buttons() {
        let make = |chars: usize, count: usize| json!({"template_type": "button", "text": "\u{e9}".repeat(chars), "buttons": vec![button(); count]});
        for (chars, count) in [(1, 1), (640, 3)] {
            let Template::Button { text, buttons } = read(&make(chars, count)) else { panic!() };
            assert_eq!((text.chars().count(), buttons.len()), (chars, count));
        }
        for (chars, count) in [(641, 1), (1, 0), (1, 4)] {
            assert_eq!(message_row(with(&make(chars, count))), "invalid_message", "{chars} {count}");
        }
        assert_eq!(message_row(with(&make(0, 1))), "parameter_required");
        assert_eq!(message_row(with(&json!({"template_type": "button", "text": "t"}))), "parameter_required");
    }

    #[test]
    fn a_product_template_has_one_to_ten_products() {
        let make = |count: usize| json!({"template_type": "PRODUCT", "elements": vec![json!({"id": 4_455_667_788_990_011_u64}); count]});
        let Template::Product { elements } = read(&make(10)) else { panic!() };
        assert_eq!(elements[9].id, "4455667788990011");
        for count in [0, 11] {
            assert_eq!(message_row(with(&make(count))), "invalid_message", "{count}");
        }
        let nameless = json!({"template_type": "product", "elements": [{}]});
        assert_eq!(message_row(with(&nameless)), "parameter_required");
    }

    #[test]
    fn templates_of_messenger_are_refused() {
        for kind in [
            "receipt",
            "media",
            "list",
            "open_graph",
            "airline_boardingpass",
            "airline_checkin",
            "airline_itinerary",
            "airline_update",
            "coupon",
            "customer_feedback",
            "one_time_notif_req",
            "customer_information",
            "image_grid",
            "notification_messages",
            "lead_form",
            "x",
        ] {
            let payload = json!({"template_type": kind, "title": "t", "payload": "p", "elements": [{"title": "t"}]});
            assert_eq!(message_row(with(&payload)), "invalid_message", "{kind}");
        }
        assert_eq!(message_row(with(&json!({"elements": []}))), "parameter_required");
        assert_eq!(message_row(json!({"attachment": {"type": "template"}})), "parameter_required");
    }
}
