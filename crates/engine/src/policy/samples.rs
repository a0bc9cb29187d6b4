//! Facts that tables of tests change a little.

use wire::id::{AccountId, AppId, Igsid, PersonId};
use wire::time::Millis;

use crate::facts::{Account, AccountType, PersonStatus, ScopedUser, Standing, Thread};
use crate::store::ThreadFacts;

pub const NOW: Millis = Millis::new(1_790_000_000_000);
pub const ACCOUNT: AccountId = AccountId::new(1);
pub const IGSID: Igsid = Igsid::new(2);
pub const APP: AppId = AppId::new(7);
pub const OTHER_APP: AppId = AppId::new(8);

/// An account that nothing is held against.
pub fn account() -> Account {
    Account {
        id: ACCOUNT,
        username: "a".into(),
        name: "A".into(),
        biography: String::new(),
        profile_picture_url: String::new(),
        followers_count: 0,
        follows_count: 0,
        page: None,
        created_time: NOW,
        account_type: AccountType::Business,
        allow_message_access: true,
        standing: Standing::Good,
        image_collections: true,
        default_app: None,
        primary_app: None,
        take_over_apps: Vec::new(),
        self_igsid: None,
    }
}

/// Somebody who wrote, and does not follow.
pub fn user() -> ScopedUser {
    ScopedUser {
        account: ACCOUNT,
        igsid: IGSID,
        person: PersonId::new(3),
        consent_time: Some(NOW),
        is_user_follow_business: false,
        is_business_follow_user: false,
        is_user_block_business: false,
        is_business_block_user: false,
        is_same_accounts_center: false,
    }
}

/// A thread in which the person acted last at that time.
pub fn thread(last_person_time: Option<Millis>) -> Thread {
    Thread { last_person_time, ..Thread::new(ACCOUNT, IGSID) }
}

/// Somebody who wrote now.
pub fn facts() -> ThreadFacts {
    ThreadFacts { user: Some(user()), status: PersonStatus::Active, thread: Some(thread(Some(NOW))) }
}
