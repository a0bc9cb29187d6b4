//! What an account has published, as far as messaging refers to it.

use wire::id::{AccountId, CommentId, Igsid, MediaId};
use wire::time::Millis;

/// A published post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Media {
    /// The account that published it.
    pub account: AccountId,
    /// Media id.
    pub id: MediaId,
    /// Text under the picture.
    pub caption: String,
    /// Path of the picture on this server.
    pub media_url: String,
    /// When it was published.
    pub timestamp: Millis,
}

/// A comment under a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// The account whose post it stands under.
    pub account: AccountId,
    /// Comment id.
    pub id: CommentId,
    /// The post.
    pub media: MediaId,
    /// Who wrote it, as the account knows them.
    pub from: Igsid,
    /// What it says.
    pub text: String,
    /// When it was written.
    pub timestamp: Millis,
}
