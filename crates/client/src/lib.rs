//! A typed client for the Messenger API for Instagram, against Parlance or Meta's own hosts.
//!
//! A [`Client`] holds a token and speaks for whoever the token belongs to:
//!
//! ```no_run
//! # use parlance_client as client;
//! # async fn example() -> Result<(), client::Error> {
//! let client = client::Client::new("EAADemoPageToken0001").base_url("http://127.0.0.1:8700")?;
//! let mut conversations = client.conversations().limit(10);
//! while let Some(page) = conversations.next_page().await? {
//!     for conversation in page {
//!         client.messages(&conversation.id);
//!     }
//! }
//! client.send_text("900000000000001", "We open at 9.").await?;
//! # Ok(())
//! # }
//! ```
//!
//! What the client guarantees:
//! * The token travels in the `Authorization` header, to the configured base URL and nowhere else.
//! * Nothing is sent twice: there are no retries. [`Error::is_transient`] tells when the caller may try a read again.
//! * Limits that are known beforehand are [`Error::Invalid`] before anything is sent.
//! * No token or secret is put into `Debug` or an error; the text of a refusal is the host's own.
//!
//! What a message can say is in [`content`], deliveries are read with [`webhook::Verified`]. Doc comments name the section of the contract that they come from.

mod account;
mod answer;
mod call;
mod client;
pub mod content;
mod control;
mod conversation;
mod error;
#[cfg(test)]
mod fake;
mod flow;
mod host;
mod messenger_profile;
mod moderation;
mod multipart;
mod pages;
mod send;
mod subscription;
mod token;
pub mod transport;
mod upload;
mod usage;
pub mod webhook;

pub use account::{Account, Me, Page, Profile};
pub use client::Client;
pub use control::{MessagingFeatureStatus, SecondaryReceiver, ThreadOwner};
pub use conversation::{
    Attachment, Conversation, MediaData, Message, Participant, Reaction, ReplyTo, Share, Story, StoryLink,
};
pub use error::{Error, GraphRefusal};
pub use flow::{Flow, FlowMessage, FlowMessages};
pub use host::Host;
pub use messenger_profile::MessengerProfile;
pub use moderation::{Moderation, People};
pub use pages::{Node, Pages};
pub use send::{Draft, MessagingType, Sent};
pub use subscription::{AppSubscription, SubscribedApp, SubscribedField};
pub use token::TokenInfo;
pub use usage::{AppUsage, BusinessUsage, Usage};
pub use wire;
pub use wire::messenger_profile::{IceBreakers, Menu, MenuItem, Question};
