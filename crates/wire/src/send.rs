//! The request of `POST …/messages`: who is written to, what, and by what right (contract send 1.1 to 1.11).
//!
//! Each part of it has a file with its type, its limits, how it is read and how it is written. This one puts them together.

pub mod action;
#[cfg(any(test, feature = "proptest"))]
pub mod any;
pub mod attachment;
pub mod button;
pub mod control;
pub mod message;
mod object;
pub mod quick_reply;
mod recipient;
mod reply_to;
mod tag;
pub mod template;
pub mod thread_control;
pub mod upload;

use serde_json::{Map, Value, json};

use self::action::SenderAction;
use self::attachment::Filedata;
use self::message::{Content, Message};
use self::object::Object;
use self::template::Template;
use self::thread_control::ThreadControl;
use crate::error::{self, GraphError};
use crate::param::Params;
use crate::version::ApiVersion;

pub use self::message::TEXT_BYTES;
pub use self::recipient::Recipient;
pub use self::tag::Tag;

/// The first version with product templates (contract send 1.6).
const PRODUCT_VERSION: ApiVersion = ApiVersion { major: 8, minor: 0 };

/// A call of `…/messages`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Send {
    /// To whom.
    pub recipient: Recipient,
    /// What.
    pub body: Body,
    /// By what right, beyond the standard window.
    pub tag: Option<Tag>,
    /// The message of the conversation that is answered, by its id as given (contract send 1.9).
    pub reply_to: Option<String>,
    /// What becomes of the thread afterwards (contract send 1.11).
    pub thread_control: Option<ThreadControl>,
}

/// What a send does: one of the two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// Writes.
    Message(Message),
    /// Does something beside writing.
    Action(SenderAction),
}

impl Send {
    /// Reads a send from merged parameters.
    ///
    /// The order of checks is that of contract send 3.5: the forms of all parameters, then a message beside a sender action,
    /// then what the message holds, and last a recipient that leads to nobody. Parameters that Instagram does not have, such
    /// as `persona_id` and `notification_type`, are ignored (contract send 1.1).
    ///
    /// # Errors
    /// The documented error for each part that is missing, of the wrong kind, too long, or not possible on Instagram. Where
    /// that is [`error::INVALID_MESSAGE`], the reason is its [`GraphError::detail`].
    pub fn from_params(params: &Params) -> Result<Self, GraphError> {
        let recipient = Recipient::read(params)?;
        let tag = Tag::read(params)?;
        let action = params.enumeration("sender_action", action::NAMES)?;
        let message = Object::parameter(params, "message")?;
        let reply_to = reply_to::read(params)?;
        let thread_control = ThreadControl::read(params)?;
        let body = match (action, message) {
            (Some(_), Some(_)) => return Err(GraphError::new(&error::MESSAGE_AND_ACTION)),
            (Some(name), None) => Body::Action(SenderAction::read(name, params)?),
            (None, Some(message)) => Body::Message(Message::read(message, Filedata::of(params))?),
            (None, None) => return Err(GraphError::new(&error::PARAMETER_REQUIRED).with("message")),
        };
        let recipient = recipient.ok_or_else(|| GraphError::new(&error::NO_SUCH_USER))?;
        Ok(Self { recipient, body, tag, reply_to, thread_control })
    }

    /// Refuses what the version that serves the call does not have yet (contract send 1.6).
    ///
    /// # Errors
    /// [`error::PRODUCT_VERSION`] for a product template before v8.0.
    pub fn check_version(&self, version: ApiVersion) -> Result<(), GraphError> {
        let product =
            matches!(&self.body, Body::Message(Message { content: Content::Template(Template::Product { .. }), .. }));
        if product && version < PRODUCT_VERSION { Err(GraphError::new(&error::PRODUCT_VERSION)) } else { Ok(()) }
    }

    /// The JSON body that is read back as this send; the bytes of a file of the request are a part of their own.
    pub fn to_json(&self) -> Value {
        let mut body = Map::new();
        body.insert("recipient".to_owned(), self.recipient.to_json());
        if let Some(tag) = self.tag {
            body.insert("messaging_type".to_owned(), "MESSAGE_TAG".into());
            body.insert("tag".to_owned(), tag.name().into());
        }
        match &self.body {
            Body::Message(message) => _ = body.insert("message".to_owned(), message.to_json()),
            Body::Action(action) => action.write(&mut body),
        }
        if let Some(mid) = &self.reply_to {
            body.insert("reply_to".to_owned(), json!({ "mid": mid }));
        }
        if let Some(control) = self.thread_control {
            body.insert("thread_control".to_owned(), control.to_json());
        }
        body.into()
    }
}

#[cfg(test)]
mod tests;
