//! The bodies of webhook deliveries, as the platform writes them and a client reads them (contract webhooks 2.1, 3).
//!
//! Reading is lenient: extra keys are ignored, numbers may be strings, and an event that is not understood is kept as
//! it came. Writing yields the platform's own key order and leaves out what is empty or false.

mod envelope;
mod event;
mod message;
mod read;
mod referral;
mod thread;

pub use envelope::{Change, Entry, Envelope, Messaging, Party, Timestamp};
pub use event::{Event, MessageEdit, Optin, PolicyEnforcement, Postback, Reaction, Read, ResponseFeedback};
pub use message::{Attachment, Message, QuickReply, ReplyTo, Story};
pub use referral::Referral;
pub use thread::{ControlChange, ControlRequest};

#[cfg(test)]
mod samples;
#[cfg(test)]
mod vectors;
