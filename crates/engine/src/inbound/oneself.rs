//! The account as a person who writes to it: itself (contract webhooks 3.7).

use crate::change::{Change, ChangeSet};
use crate::facts::{Account, Person, PersonStatus, ScopedUser};
use crate::refusal::{Failure, Refusal};
use crate::store::CommitError;
use crate::world::{DECISIONS, World};

/// The account as somebody who acts towards it, made when it first does. What it then does is an act like that of any person; it
/// is told as the business's own.
///
/// # Errors
/// [`Refusal::Contended`], or the store's.
pub async fn oneself(world: &World, account: &Account) -> Result<(Person, Account), Failure> {
    for _ in 0..DECISIONS {
        let store = &world.store;
        let account = store.account(account.id).await?.unwrap_or_else(|| account.clone());
        if let Some(igsid) = account.self_igsid
            && let Some(user) = store.scoped_user(account.id, igsid).await?
            && let Some(person) = store.person(user.person).await?
        {
            return Ok((person, account));
        }
        let (person, user) = made(world, &account);
        let account = Account { self_igsid: Some(user.igsid), ..account };
        let mut set = ChangeSet::new();
        set.push(Change::PutPerson(person.clone()))
            .push(Change::AddScopedUser(user))
            .push(Change::PutAccount(account.clone()));
        match world.commit(set).await {
            Ok(()) => return Ok((person, account)),
            Err(CommitError::Stale) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Refusal::Contended.into())
}

fn made(world: &World, account: &Account) -> (Person, ScopedUser) {
    let now = world.now();
    let person = Person {
        id: world.ids.person(now),
        username: account.username.clone(),
        name: Some(account.name.clone()),
        profile_pic: Some(account.profile_picture_url.clone()),
        follower_count: account.followers_count,
        is_verified_user: false,
        status: PersonStatus::Active,
        phone: None,
        email: None,
        is_private: false,
    };
    let user = ScopedUser {
        account: account.id,
        igsid: world.ids.igsid(now),
        person: person.id,
        consent_time: Some(now),
        is_user_follow_business: false,
        is_business_follow_user: false,
        is_user_block_business: false,
        is_business_block_user: false,
        is_same_accounts_center: true,
    };
    (person, user)
}
