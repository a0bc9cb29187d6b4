//! What the platform does to an account that breaks its rules, and takes back (contract webhooks 3.13, send 3.4).

use wire::webhook::PolicyEnforcement;

use crate::change::{Change, ChangeSet};
use crate::facts::{Account, Standing};
use crate::refusal::{Failure, Refusal};
use crate::routes::About;
use crate::webhook::{NOBODY, announce_enforcement};
use crate::world::World;

/// Longest reason, in characters.
const REASON_CHARS: usize = 500;

/// What is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// It is told to mind the rules.
    Warning,
    /// It may not use the API any more.
    Block,
    /// It may again.
    Unblock,
}

impl Action {
    /// Every action with its name on the wire.
    pub const ALL: [(Action, &'static str); 3] =
        [(Action::Warning, "warning"), (Action::Block, "block"), (Action::Unblock, "unblock")];
}

/// Does it, and tells the apps that came by Facebook Login. Giving an account back needs no reason, and tells none.
///
/// # Errors
/// [`Refusal::Parameter`] for a reason that is missing, too long or out of place; the store's.
pub async fn enforce(world: &World, account: &Account, action: Action, reason: Option<&str>) -> Result<(), Failure> {
    let fits = |reason: &str| (1..=REASON_CHARS).contains(&reason.chars().count()) && !reason.contains('\0');
    let fits = match (action, reason) {
        (Action::Unblock, reason) => reason.is_none(),
        (Action::Warning | Action::Block, reason) => reason.is_some_and(fits),
    };
    if !fits {
        let wrong = format!("a warning or a block has a reason of 1 to {REASON_CHARS} characters, an unblock has none");
        return Err(Refusal::Parameter(wrong).into());
    }
    let name = Action::ALL.into_iter().find(|(known, _)| *known == action).map_or("", |(_, name)| name);
    let enforcement = PolicyEnforcement { action: name.to_owned(), reason: reason.map(str::to_owned) };
    let about = About { account: account.id, igsid: NOBODY, person: None, thread: None, author: None };
    let mut set = ChangeSet::new();
    announce_enforcement(world, &mut set, about, &enforcement, world.now()).await?;
    let standing = match action {
        Action::Warning => account.standing,
        Action::Block => Standing::Blocked,
        Action::Unblock => Standing::Good,
    };
    set.push(Change::PutAccount(Account { standing, ..account.clone() }));
    Ok(world.commit(set).await?)
}
