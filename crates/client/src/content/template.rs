//! Templates (contract send 1.6).

use wire::send::button::{Button, DefaultAction};
use wire::send::message;
use wire::send::template::{self, BUTTONS, ELEMENTS, ProductElement, Template};

use super::{Content, UpTo};

/// One to three buttons.
pub type Buttons = UpTo<BUTTONS, Button>;
/// One to ten elements; two and more are a carousel.
pub type Elements = UpTo<ELEMENTS, Element>;
/// One to ten products.
pub type Products = UpTo<ELEMENTS, Product>;

/// The beginning of an [`Element`], which needs one thing more:
///
/// ```compile_fail
/// # use parlance_client::content::{Element, Elements};
/// let bare = Elements::from([Element::titled("Blue kettle")]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "an element needs a second part"]
pub struct Titled(Element);

/// A card: a title of 80 characters at most, and at least one thing more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element(template::Element);

impl Element {
    /// Begins an element.
    pub fn titled(title: impl Into<String>) -> Titled {
        Titled(Element(template::Element { title: title.into(), ..template::Element::default() }))
    }

    /// A second line of 80 characters at most.
    #[must_use]
    pub fn subtitle(mut self, subtitle: impl Into<String>) -> Element {
        self.0.subtitle = Some(subtitle.into());
        self
    }

    /// A picture, by its address.
    #[must_use]
    pub fn image_url(mut self, url: impl Into<String>) -> Element {
        self.0.image_url = Some(url.into());
        self
    }

    /// What a tap on the card opens.
    #[must_use]
    pub fn opens(mut self, url: impl Into<String>) -> Element {
        self.0.default_action = Some(DefaultAction::WebUrl { url: url.into() });
        self
    }

    /// Buttons below it.
    #[must_use]
    pub fn buttons(mut self, buttons: impl Into<Buttons>) -> Element {
        self.0.buttons = buttons.into().into_vec();
        self
    }
}

impl Titled {
    /// See [`Element::subtitle`].
    pub fn subtitle(self, subtitle: impl Into<String>) -> Element {
        self.0.subtitle(subtitle)
    }

    /// See [`Element::image_url`].
    pub fn image_url(self, url: impl Into<String>) -> Element {
        self.0.image_url(url)
    }

    /// See [`Element::opens`].
    pub fn opens(self, url: impl Into<String>) -> Element {
        self.0.opens(url)
    }

    /// See [`Element::buttons`].
    pub fn buttons(self, buttons: impl Into<Buttons>) -> Element {
        self.0.buttons(buttons)
    }
}

/// A product of the Page's catalogue, by its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product(String);

impl From<&str> for Product {
    fn from(id: &str) -> Self {
        Self(id.to_owned())
    }
}

impl From<String> for Product {
    fn from(id: String) -> Self {
        Self(id)
    }
}

impl From<Elements> for Content {
    fn from(elements: Elements) -> Self {
        let elements = elements.into_vec().into_iter().map(|Element(element)| element).collect();
        message::Content::Template(Template::Generic { elements }).into()
    }
}

impl From<Products> for Content {
    fn from(products: Products) -> Self {
        let elements = products.into_vec().into_iter().map(|Product(id)| ProductElement { id }).collect();
        message::Content::Template(Template::Product { elements }).into()
    }
}

/// A text of 640 characters at most over buttons.
impl From<(String, Buttons)> for Content {
    fn from((text, buttons): (String, Buttons)) -> Self {
        message::Content::Template(Template::Button { text, buttons: buttons.into_vec() }).into()
    }
}
