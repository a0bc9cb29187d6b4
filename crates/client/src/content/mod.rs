//! What a message can say (contract send 1.4 to 1.8).
//!
//! The types allow what Instagram takes: quick replies stand below a text and nowhere else, a list has one element at least and
//! no more than fit, an element of a carousel has a second part beside its title. Lengths of texts are known when the
//! message is sent, and checked before anything goes out; the error names the limit.
//!
//! ```no_run
//! use parlance_client::content::{Button, Element, Media, QuickReply, Text};
//!
//! # async fn example(client: parlance_client::Client) -> Result<(), parlance_client::Error> {
//! let mira = "900000000000001";
//! let question = Text::new("Delivery or pick-up?").quick_replies([
//!     QuickReply::text("Delivery", "DLV"),
//!     QuickReply::text("Pick-up", "PCK"),
//!     QuickReply::UserPhoneNumber,
//! ]);
//! client.send().to(mira).text(question).await?;
//! client.send().to(mira).images(["https://cdn.example.test/a.png", "https://cdn.example.test/b.png"]).await?;
//! client.send().to(mira).media(Media::audio("https://cdn.example.test/hello.m4a").reusable()).await?;
//! let kettle = Element::titled("Blue kettle").subtitle("1.7 l").buttons([
//!     Button::web_url("Open", "https://shop.example.test/k"),
//!     Button::postback("Ask", "ASK_K1"),
//! ]);
//! client.send().to(mira).generic([kettle]).await?;
//! client.send().to(mira).buttons("What next?", [Button::postback("Agent", "AGENT")]).await?;
//! # Ok(())
//! # }
//! ```

mod media;
mod template;
mod text;
mod up_to;

use wire::send::message;

pub use self::media::{File, Images, Media, Picture, Stored};
pub use self::template::{Buttons, Element, Elements, Product, Products, Titled};
pub use self::text::{QuickReplies, Text};
pub use self::up_to::UpTo;
pub use wire::send::button::Button;
pub use wire::send::quick_reply::QuickReply;

pub(crate) use self::media::Bytes;

/// The one content of a message, made by the methods of [`Draft`](crate::Draft).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    pub(crate) says: message::Content,
    /// The bytes that travel beside it.
    pub(crate) file: Option<Bytes>,
}

impl From<message::Content> for Content {
    fn from(says: message::Content) -> Self {
        Self { says, file: None }
    }
}
