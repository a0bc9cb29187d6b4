//! The people who write: one global person, and one scoped identity for each account they meet.

use wire::id::{AccountId, Igsid, PersonId};
use wire::time::Millis;

/// An Instagram user who may write to businesses. Known to the platform, never to an app by this id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Our own id.
    pub id: PersonId,
    /// Unique username.
    pub username: String,
    /// Display name; a person may have none.
    pub name: Option<String>,
    /// Picture, an absolute URL or a path on this server; a person may have none.
    pub profile_pic: Option<String>,
    /// People who follow them.
    pub follower_count: u64,
    /// Whether the account is verified.
    pub is_verified_user: bool,
}

/// A person as one account knows them (contract read 5, graph 8.1). The id is made when they first meet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScopedUser {
    /// The account.
    pub account: AccountId,
    /// The person's id for that account, the same for all its apps.
    pub igsid: Igsid,
    /// Who it is.
    pub person: PersonId,
    /// When the person first wrote or tapped; before that the profile stays closed (contract read 5.2).
    pub consent_time: Option<Millis>,
    /// Whether the person follows the account.
    pub is_user_follow_business: bool,
    /// Whether the account follows the person.
    pub is_business_follow_user: bool,
}
