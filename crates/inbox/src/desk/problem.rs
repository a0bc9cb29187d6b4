//! Why a use case came to nothing.

use crate::facts::{Message, Outbox};
use crate::policy::explain::Row;
use crate::store::StoreError;
use wire::time::Millis;

/// Why a use case came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// There is no such thing, or none that the caller may know of.
    #[error("there is no such {0}")]
    NoSuch(&'static str),
    /// The caller's role is too small.
    #[error("your role does not allow this: {0}")]
    NotAllowed(&'static str),
    /// What was asked makes no sense.
    #[error("{field}: {why}")]
    Invalid {
        /// Which field.
        field: &'static str,
        /// What is wrong with it, and what would be right.
        why: String,
    },
    /// Something newer stands than what the author had seen.
    #[error("something newer stands in this conversation than you had seen: read it and send again")]
    Unseen(Box<Newer>),
    /// Things stand otherwise than was asked on.
    #[error("{0}")]
    Conflict(&'static str),
    /// It cannot be sent; the row says why and what to do.
    #[error("{}", .0.sentence)]
    Unsendable(&'static Row),
    /// Too often in too short a time.
    #[error("too many attempts: try again later")]
    TooOften(Millis),
    /// Nobody is logged in.
    #[error("log in first")]
    Nobody,
    /// Name, password or code are wrong; which of them is not told.
    #[error("address, password or code are wrong")]
    WrongLogin,
    /// A one-time code is needed beside the password.
    #[error("enter the code of your authenticator too")]
    CodeNeeded,
    /// Others changed the same thing again and again.
    #[error("others are changing this at the moment: try again")]
    Busy,
    /// The platform refused or did not answer.
    #[error("the platform refused: {0}")]
    Platform(#[from] client::Error),
    /// Something of ours is broken.
    #[error("{0}")]
    Broken(String),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What stands against a reply.
#[derive(Debug)]
pub struct Newer {
    /// What arrived.
    pub messages: Vec<Message>,
    /// What others are sending.
    pub outbox: Vec<Outbox>,
}

impl Problem {
    /// A field that makes no sense.
    pub fn invalid(field: &'static str, why: impl Into<String>) -> Self {
        Self::Invalid { field, why: why.into() }
    }
}
