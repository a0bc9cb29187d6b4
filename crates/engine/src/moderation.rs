//! Moderation of conversations: blocking people, and moving their threads to spam (contract send 6.5).
//!
//! One call is one transaction: each of its people gets all of its actions, or nobody gets any.

use wire::id::{AccountId, Igsid};

use crate::auth::Caller;
use crate::change::{Change, ChangeSet};
use crate::facts::{Folder, Role, ScopedUser, Thread};
use crate::policy::{reach, standing};
use crate::refusal::{Failure, Refusal};
use crate::store::CommitError;
use crate::world::{DECISIONS, World};

/// People of one call at most.
pub const PEOPLE: usize = 10;
/// Actions of one call at most.
pub const ACTIONS: usize = 2;

/// What is done to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Neither side can message the other.
    BlockUser,
    /// The reverse.
    UnblockUser,
    /// The thread goes to the spam folder.
    MoveToSpam,
}

impl Action {
    /// Every action with its name on the wire, which any case may have.
    pub const ALL: [(Action, &'static str); 3] = [
        (Action::BlockUser, "block_user"),
        (Action::UnblockUser, "unblock_user"),
        (Action::MoveToSpam, "move_to_spam"),
    ];
}

/// Does all actions to all people.
///
/// # Errors
/// [`Refusal::Parameter`] for too many or none of either, an action twice or beside its reverse, and ids that are nobody's;
/// what stands against the account; [`Refusal::Role`]; [`Refusal::Moderation`] for somebody without a thread, or somebody of
/// the same accounts centre who is to be blocked; [`Refusal::Contended`], or the store's.
pub async fn moderate(
    world: &World,
    caller: &Caller,
    account: AccountId,
    people: &[Igsid],
    actions: &[Action],
) -> Result<(), Failure> {
    check(people, actions)?;
    standing::decide(caller.business.as_deref())?;
    for _ in 0..DECISIONS {
        let mut set = ChangeSet::new();
        for igsid in people {
            let (user, thread) = decide(world, caller, account, *igsid, actions).await?;
            set.push(Change::PutScopedUser(user)).push(Change::SaveThread(thread));
        }
        match world.commit(set).await {
            Ok(()) => return Ok(()),
            Err(CommitError::Stale) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Refusal::Contended.into())
}

fn check(people: &[Igsid], actions: &[Action]) -> Result<(), Refusal> {
    let refused = |detail: &str| Err(Refusal::Parameter(detail.to_owned()));
    let repeats = |index: usize| actions[..index].contains(&actions[index]);
    if !(1..=PEOPLE).contains(&people.len()) {
        return refused("Param user_ids must hold 1 to 10 people");
    }
    if !(1..=ACTIONS).contains(&actions.len()) || (0..actions.len()).any(repeats) {
        return refused("Param actions must hold one or two different actions");
    }
    if (1..people.len()).any(|index| people[..index].contains(&people[index])) {
        return refused("Param user_ids must not hold anybody twice");
    }
    if actions.contains(&Action::BlockUser) && actions.contains(&Action::UnblockUser) {
        return refused("Param actions must not hold block_user and unblock_user together");
    }
    Ok(())
}

/// One person after the actions. The thread goes on by a version, so that whatever the person does meanwhile is decided anew.
async fn decide(
    world: &World,
    caller: &Caller,
    account: AccountId,
    igsid: Igsid,
    actions: &[Action],
) -> Result<(ScopedUser, Thread), Failure> {
    let facts = world.store.thread_facts(account, igsid).await?;
    let nobody = || Refusal::Parameter(format!("Param user_ids holds {igsid}, which is nobody's id for this account"));
    let mut user = facts.user.ok_or_else(nobody)?;
    if reach::needs_role(&caller.app) {
        reach::decide(world.store.has_role(Role { app: caller.app.id, person: user.person }).await?)?;
    }
    let missing = || Refusal::Moderation(format!("There is no conversation with {igsid}"));
    let mut thread = facts.thread.ok_or_else(missing)?;
    for action in actions {
        match action {
            Action::BlockUser if user.is_same_accounts_center => {
                return Err(Refusal::Moderation(format!("{igsid} could not be blocked")).into());
            }
            Action::BlockUser => user.is_business_block_user = true,
            Action::UnblockUser => user.is_business_block_user = false,
            Action::MoveToSpam => thread.folder = Folder::Spam,
        }
    }
    thread.version += 1;
    Ok((user, thread))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_has_bounds() {
        let people = |count: u64| (1..=count).map(Igsid::new).collect::<Vec<_>>();
        let one = [Action::BlockUser];
        assert_eq!(check(&people(1), &one), Ok(()));
        assert_eq!(check(&people(10), &[Action::UnblockUser, Action::MoveToSpam]), Ok(()));
        for (people, actions) in [
            (people(0), &one[..]),
            (people(11), &one),
            (vec![Igsid::new(1); 2], &one),
            (people(1), &[]),
            (people(1), &[Action::BlockUser, Action::UnblockUser]),
            (people(1), &[Action::BlockUser, Action::BlockUser]),
            (people(1), &[Action::BlockUser, Action::MoveToSpam, Action::UnblockUser]),
        ] {
            assert!(matches!(check(&people, actions), Err(Refusal::Parameter(_))), "{people:?} {actions:?}");
        }
    }
}
