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
    /// Whether the person's account is there.
    pub status: PersonStatus,
    /// Phone number in the profile, which a quick reply may offer.
    pub phone: Option<String>,
    /// E-mail address in the profile, which a quick reply may offer.
    pub email: Option<String>,
    /// Whether only followers see what they publish: others are not told of mentions in it (contract webhooks 1.6, 3.2).
    pub is_private: bool,
}

impl Person {
    /// Whether an account sees their stories: a private person's only when it follows them (contract webhooks 3.2).
    pub fn shows_stories_to(&self, user: &ScopedUser) -> bool {
        !self.is_private || user.is_business_follow_user
    }
}

/// Whether a person's account is there (contract send 3.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PersonStatus {
    /// It is.
    #[default]
    Active,
    /// It rests: 551/1545041.
    Deactivated,
    /// It is gone: 100/2534014.
    Deleted,
}

impl PersonStatus {
    /// Every status with its name on the emulator's surface and its number in the store.
    pub const ALL: [(PersonStatus, &'static str, i64); 3] = [
        (PersonStatus::Active, "active", 0),
        (PersonStatus::Deactivated, "deactivated", 1),
        (PersonStatus::Deleted, "deleted", 2),
    ];
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
    /// Whether the person blocked the account.
    pub is_user_block_business: bool,
    /// Whether the account blocked the person (contract send 6.5).
    pub is_business_block_user: bool,
    /// Whether both sit in one accounts centre; such people cannot be blocked (contract send 6.5).
    pub is_same_accounts_center: bool,
}
