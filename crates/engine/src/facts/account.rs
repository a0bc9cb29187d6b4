//! The business side: users of Facebook, Pages, Instagram professional accounts.

use wire::id::{AccountId, PageId, UserId};
use wire::time::Millis;

/// A Facebook user: a developer, or somebody with a role on a Page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// App-scoped id.
    pub id: UserId,
    /// Full name.
    pub name: String,
}

/// A Facebook Page, and the professional account linked to it, if any (contract graph 8.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Page id.
    pub id: PageId,
    /// Page name.
    pub name: String,
    /// Category as the Page shows it.
    pub category: String,
    /// The linked professional account.
    pub account: Option<AccountId>,
}

/// An Instagram professional account (contract graph 8.3, 8.4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The IG_ID, `entry.id` of webhooks.
    pub id: AccountId,
    /// Unique username.
    pub username: String,
    /// Display name.
    pub name: String,
    /// Text under the name.
    pub biography: String,
    /// Picture, an absolute URL or a path on this server.
    pub profile_picture_url: String,
    /// People who follow the account.
    pub followers_count: u64,
    /// Accounts that it follows.
    pub follows_count: u64,
    /// The Page it is linked to.
    pub page: Option<PageId>,
    /// When it came to be.
    pub created_time: Millis,
}
