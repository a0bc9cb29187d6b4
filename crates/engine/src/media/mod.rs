//! Files of messages: where they come from, what they are, where they lie and who may see them (contract send 1.5, 1.7,
//! read 3).
//!
//! A file's bytes are never trusted: what it is, is read from them. They lie in the store, in parts that are written before
//! the file itself, which becomes whole in the transaction of the message or upload that refers to it. Parts that never
//! became whole are swept.

mod address;
mod keep;
pub mod look;
mod open;
mod prepare;
pub mod samples;
pub mod sweep;
mod upload;

use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use parking_lot::RwLock;
use tokio::sync::Semaphore;
use wire::id::AttachmentId;

use crate::change::Change;
use crate::facts::MediaFile;

pub use address::{Address, AddressError, PATH, STORY, Target, mention_url, post_url, url, verify};
pub use open::{Opened, mention_link, open, read};
pub(crate) use prepare::new;
pub use prepare::prepare;
pub use upload::upload;

/// Fetches files; the server's guarded client implements it.
#[async_trait]
pub trait Fetch: Send + Sync {
    /// The bytes at a URL: at most `max_bytes` of them, within `time` for everything, redirects included.
    async fn get(&self, url: &str, max_bytes: usize, time: Duration) -> Result<Bytes, FetchError>;
}

/// Why a file was not fetched.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// The URL is none, or leads where nobody may go.
    #[error("the address is refused: {0}")]
    Refused(String),
    /// Nobody answered, not as a server should, or not with the file.
    #[error("the file cannot be had: {0}")]
    Failed(String),
    /// It is larger than it may be.
    #[error("the file is too large")]
    TooLarge,
    /// The time ran out.
    #[error("the file did not come in time")]
    Slow,
}

/// The part `filedata` of a request (contract send 0.2, 1.7). Only its bytes are believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filedata {
    /// Its `filename`.
    pub file_name: Option<String>,
    /// Its `Content-Type`.
    pub content_type: Option<String>,
    /// The file.
    pub bytes: Bytes,
}

/// Files of a message: their parts are stored, the changes make them whole in the message's own transaction.
#[derive(Debug, Clone, Default)]
pub struct Prepared {
    /// The files, in the order in which they were named.
    pub files: Vec<MediaFile>,
    /// What makes them whole, and what becomes of attachment ids.
    pub changes: Vec<Change>,
    /// The id under which the one file can be sent again, if that was asked for (contract send 1.7).
    pub attachment: Option<AttachmentId>,
}

/// What a world knows about media beside the store: where its URLs lead, and how many files may be under way.
#[derive(Debug)]
pub struct Media {
    base: RwLock<String>,
    /// Places for files that are held in memory while they are looked at and stored.
    places: Semaphore,
}

impl Media {
    /// With so many places, and URLs that lead to this machine.
    pub fn new(places: usize) -> Self {
        let places = Semaphore::new(places.clamp(1, Semaphore::MAX_PERMITS));
        Self { base: RwLock::new("http://localhost".into()), places }
    }

    /// Sets where clients reach this instance: scheme, host and port.
    pub fn set_base(&self, url: &str) {
        url.trim_end_matches('/').clone_into(&mut self.base.write());
    }

    /// Where clients reach this instance, without a slash at the end: what media URLs begin with.
    pub fn base(&self) -> String {
        self.base.read().clone()
    }
}
