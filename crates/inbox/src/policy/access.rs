//! Who may do what, and who may see what.

use crate::facts::{Agent, Conversation, Role, Workspace};
use crate::ids::TeamId;
use crate::words::words;

words! {
    /// Something that not everybody may do.
    Action {
        /// Looking at conversations, comments, colleagues.
        Look = "look",
        /// Keeping what is one's own: password, log-ins, drafts, views.
        Own = "own",
        /// Answering, reacting, marking as seen, retrying.
        Reply = "reply",
        /// Writing notes.
        Note = "note",
        /// Taking conversations, giving them to colleagues, snoozing, resolving, labelling.
        Triage = "triage",
        /// Making labels, canned replies, views for everybody; catching up with an account at once.
        Arrange = "arrange",
        /// Adding agents and teams, changing roles below one's own.
        Staff = "staff",
        /// Reading the audit log.
        Audit = "audit",
        /// Connecting accounts, naming owners.
        OwnBusiness = "own_business",
    }
}

/// The table of rights, by role from the smallest to the largest: who may do a thing also is who stands behind.
const RIGHTS: &[(Action, Role)] = &[
    (Action::Look, Role::ReadOnly),
    (Action::Own, Role::ReadOnly),
    (Action::Reply, Role::Agent),
    (Action::Note, Role::Agent),
    (Action::Triage, Role::Agent),
    (Action::Arrange, Role::Supervisor),
    (Action::Staff, Role::Supervisor),
    (Action::Audit, Role::Supervisor),
    (Action::OwnBusiness, Role::Owner),
];

/// How much a role may.
fn rank(role: Role) -> u8 {
    match role {
        Role::ReadOnly => 0,
        Role::Agent => 1,
        Role::Supervisor => 2,
        Role::Owner => 3,
    }
}

/// Whether a role may do something.
pub fn may(role: Role, action: Action) -> bool {
    RIGHTS.iter().any(|(known, least)| *known == action && rank(role) >= rank(*least))
}

/// Whether `role` may give somebody `given`, or change somebody who has it: owners anybody, supervisors those below them.
pub fn may_give(role: Role, given: Role) -> bool {
    may(role, Action::Staff) && (role == Role::Owner || rank(given) < rank(role))
}

/// Whether somebody sees conversations that others are assigned to.
pub fn sees_all(agent: &Agent, workspace: &Workspace) -> bool {
    agent.role != Role::Agent || workspace.agents_see_all
}

/// Whether somebody sees a conversation: all of them, or else their own, and those that nobody has and no other team.
pub fn may_see(agent: &Agent, workspace: &Workspace, teams: &[TeamId], conversation: &Conversation) -> bool {
    sees_all(agent, workspace)
        || match conversation.assignee {
            Some(assignee) => assignee == agent.id,
            None => conversation.team.is_none_or(|team| teams.contains(&team)),
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_may_do_what_the_table_says() {
        let table = [
            (Action::Look, [true, true, true, true]),
            (Action::Own, [true, true, true, true]),
            (Action::Reply, [false, true, true, true]),
            (Action::Note, [false, true, true, true]),
            (Action::Triage, [false, true, true, true]),
            (Action::Arrange, [false, false, true, true]),
            (Action::Staff, [false, false, true, true]),
            (Action::Audit, [false, false, true, true]),
            (Action::OwnBusiness, [false, false, false, true]),
        ];
        assert_eq!(table.len(), Action::ALL.len());
        for (action, allowed) in table {
            let roles = [Role::ReadOnly, Role::Agent, Role::Supervisor, Role::Owner];
            assert_eq!(roles.map(|role| may(role, action)), allowed, "{action:?}");
        }
    }

    #[test]
    fn nobody_gives_a_role_that_they_have_not_above() {
        for (role, given, allowed) in [
            (Role::Owner, Role::Owner, true),
            (Role::Owner, Role::Agent, true),
            (Role::Supervisor, Role::Supervisor, false),
            (Role::Supervisor, Role::Owner, false),
            (Role::Supervisor, Role::Agent, true),
            (Role::Agent, Role::ReadOnly, false),
            (Role::ReadOnly, Role::ReadOnly, false),
        ] {
            assert_eq!(may_give(role, given), allowed, "{role:?} {given:?}");
        }
    }
}
