//! Answers kept for callers that may repeat a request: our addition, behind the header `Idempotency-Key`.

use wire::id::{AccountId, AppId};
use wire::time::{Millis, Span};

/// How long an answer is kept.
pub const ANSWER_KEPT: Span = Span::hours(24);

/// What a send was answered with, written with the message. `(account, app, key)` is its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// For which account was sent.
    pub account: AccountId,
    /// The app that sent.
    pub app: AppId,
    /// The caller's key.
    pub key: String,
    /// SHA-256 of what was asked, so that a key is not used for two things.
    pub request: [u8; 32],
    /// The answer's body, JSON.
    pub body: String,
    /// When it was given.
    pub time: Millis,
}
