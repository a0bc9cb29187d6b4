//! The business side: users of Facebook, Pages, Instagram professional accounts.

use wire::id::{AccountId, AppId, Igsid, PageId, UserId};
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
    /// What kind of account it is.
    pub account_type: AccountType,
    /// Whether its owner allows connected tools to reach messages (contract send 3.4).
    pub allow_message_access: bool,
    /// What the platform holds against it.
    pub standing: Standing,
    /// Whether it may send several images in one message (contract send 1.5).
    pub image_collections: bool,
    /// The app that idle threads belong to. Set, it means that Conversation Routing is configured (contract send 1.11).
    pub default_app: Option<AppId>,
    /// The primary receiver. Set, it means that the older handover protocol is configured (contract webhooks 5.1).
    pub primary_app: Option<AppId>,
    /// Apps that may take a thread over where Conversation Routing is configured (contract webhooks 5.4).
    pub take_over_apps: Vec<AppId>,
    /// The account's own id as a person who writes to it, once it did (contract webhooks 3.7).
    pub self_igsid: Option<Igsid>,
}

/// Kinds of Instagram accounts (contract read 7.11).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AccountType {
    /// A business.
    #[default]
    Business,
    /// A creator.
    MediaCreator,
    /// A private person; has no API.
    Personal,
}

impl AccountType {
    /// Every kind with its name on the wire and in the store.
    pub const ALL: [(AccountType, &'static str); 3] = [
        (AccountType::Business, "BUSINESS"),
        (AccountType::MediaCreator, "MEDIA_CREATOR"),
        (AccountType::Personal, "PERSONAL"),
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            AccountType::Business => "BUSINESS",
            AccountType::MediaCreator => "MEDIA_CREATOR",
            AccountType::Personal => "PERSONAL",
        }
    }
}

/// What the platform holds against an account (contract send 3.4, 4.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Standing {
    /// Nothing.
    #[default]
    Good,
    /// It is not let in yet: 36103.
    NotEligible,
    /// Its link to user and Page cannot be verified: 10/2534077.
    Unverified,
    /// It may not send for a while: 10/1893063.
    Restricted,
    /// It may not use the API: 100/2534029.
    Blocked,
    /// What it does looks like misuse, so it may not for a while: 368.
    PolicyBlocked,
}

impl Standing {
    /// Every standing with its name on the emulator's surface and its number in the store.
    pub const ALL: [(Standing, &'static str, i64); 6] = [
        (Standing::Good, "good", 0),
        (Standing::NotEligible, "not_eligible", 1),
        (Standing::Unverified, "unverified", 2),
        (Standing::Restricted, "restricted", 3),
        (Standing::Blocked, "blocked", 4),
        (Standing::PolicyBlocked, "policy_blocked", 5),
    ];
}
