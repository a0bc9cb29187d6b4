//! The wire of the Messenger API for Instagram: what texts, ids, errors and bodies look like, and nothing else.
//!
//! Everything here is pure. No I/O, no clock, no randomness, no async: time and secrets are parameters. The server writes
//! with these types and the client reads with the same ones, so the two cannot drift apart. Doc comments name the
//! section of the contract that a behaviour comes from.

pub mod batch;
pub mod cursor;
pub mod dialect;
pub mod error;
pub mod escape64;
pub mod fields;
pub mod id;
pub mod json;
pub mod loose;
pub mod messenger_profile;
pub mod param;
pub mod send;
pub mod signature;
pub mod signed_request;
pub mod time;
pub mod version;
pub mod webhook;
pub mod webhook_field;
