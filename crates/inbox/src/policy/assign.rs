//! Who gets a conversation that nobody has.

use wire::time::Millis;

use crate::facts::{Agent, Assignment, Conversation, Role, Status};
use crate::ids::AgentId;

/// Whether somebody can be given another conversation.
pub fn has_room(agent: &Agent) -> bool {
    agent.active && agent.open_count < agent.capacity && agent.role != Role::ReadOnly
}

/// Who is next, of those who may have it; `None` when nobody has room, or when it is done by hand.
///
/// Round robin takes the next one behind `last` by id. Balanced takes who has fewest open, of those who has been given
/// nothing for longest, of those the smallest id.
pub fn choose(assignment: Assignment, candidates: &[Agent], last: AgentId) -> Option<AgentId> {
    let free = || candidates.iter().filter(|agent| agent.available && has_room(agent));
    match assignment {
        Assignment::Manual => None,
        Assignment::RoundRobin => {
            let behind = free().filter(|agent| agent.id > last).map(|agent| agent.id).min();
            behind.or_else(|| free().map(|agent| agent.id).min())
        }
        Assignment::Balanced => {
            free().min_by_key(|agent| (agent.open_count, agent.idle_since, agent.id)).map(|agent| agent.id)
        }
    }
}

/// Whether a conversation is to wait for somebody: it is open, nobody has it, and it is given out by itself.
pub fn waits(conversation: &Conversation, assignment: Assignment) -> bool {
    conversation.status == Status::Open && conversation.assignee.is_none() && assignment != Assignment::Manual
}

/// The order in which those that wait are given out: priority, then whose window ends first, then id.
pub fn turn(conversation: &Conversation) -> (std::cmp::Reverse<u8>, Option<Millis>, u64) {
    (std::cmp::Reverse(conversation.priority), conversation.person_time, conversation.id.get())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::ids::WorkspaceId;

    fn agent(id: u64, open: u32, idle: i64) -> Agent {
        Agent {
            workspace: WorkspaceId::new(1),
            id: AgentId::new(id),
            email: format!("{id}@desk.test"),
            name: format!("Agent {id}"),
            role: Role::Agent,
            password: None,
            totp: None,
            totp_step: 0,
            active: true,
            available: true,
            capacity: 3,
            open_count: open,
            idle_since: Millis::new(idle),
            created_time: Millis::new(0),
        }
    }

    #[test]
    fn who_is_next_follows_the_table() {
        use Assignment::{Balanced, Manual, RoundRobin};
        let three = |one: u32, two: u32, three: u32| vec![agent(1, one, 30), agent(2, two, 10), agent(3, three, 20)];
        for (assignment, agents, last, next) in [
            (Manual, three(0, 0, 0), 0, None),
            (RoundRobin, three(0, 0, 0), 0, Some(1)),
            (RoundRobin, three(2, 2, 0), 1, Some(2)),
            (RoundRobin, three(0, 3, 0), 1, Some(3)),
            (RoundRobin, three(0, 0, 0), 3, Some(1)),
            (RoundRobin, three(3, 3, 3), 1, None),
            (Balanced, three(1, 1, 0), 3, Some(3)),
            (Balanced, three(1, 1, 1), 0, Some(2)),
            (Balanced, three(3, 2, 3), 0, Some(2)),
            (Balanced, three(3, 3, 3), 0, None),
            (Balanced, Vec::new(), 0, None),
        ] {
            let chosen = choose(assignment, &agents, AgentId::new(last));
            assert_eq!(chosen, next.map(AgentId::new), "{assignment:?} {last}");
        }
    }

    #[test]
    fn nobody_is_chosen_who_is_away_gone_or_only_looks() {
        let away = Agent { available: false, ..agent(1, 0, 0) };
        let gone = Agent { active: false, ..agent(2, 0, 0) };
        let looks = Agent { role: Role::ReadOnly, ..agent(3, 0, 0) };
        for assignment in [Assignment::RoundRobin, Assignment::Balanced] {
            assert_eq!(choose(assignment, &[away.clone(), gone.clone(), looks.clone()], AgentId::new(0)), None);
        }
        assert!(has_room(&away), "by hand somebody who is away can be given one");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20))]
        /// 10,000 arrivals and departures in 20 runs of 500.
        #[test]
        fn nobody_ever_has_more_than_there_is_room_for(
            capacities in proptest::collection::vec(0_u32..5, 1..8),
            steps in proptest::collection::vec((any::<bool>(), any::<prop::sample::Index>()), 500),
            balanced in any::<bool>(),
        ) {
            let assignment = if balanced { Assignment::Balanced } else { Assignment::RoundRobin };
            let mut agents: Vec<Agent> = capacities.iter().zip(1..)
                .map(|(capacity, id)| Agent { capacity: *capacity, ..agent(id, 0, 0) }).collect();
            let (mut last, mut waiting) = (AgentId::new(0), 0_u32);
            for (now, (arrives, who)) in steps.into_iter().enumerate() {
                if arrives {
                    waiting += 1;
                } else {
                    let place = who.index(agents.len());
                    agents[place].open_count = agents[place].open_count.saturating_sub(1);
                }
                while waiting > 0 && let Some(next) = choose(assignment, &agents, last) {
                    let fewest = agents.iter().filter(|agent| has_room(agent)).map(|agent| agent.open_count).min();
                    let chosen = agents.iter_mut().find(|agent| agent.id == next).unwrap();
                    prop_assert!(!balanced || Some(chosen.open_count) == fewest);
                    chosen.open_count += 1;
                    chosen.idle_since = Millis::new(i64::try_from(now).unwrap());
                    last = next;
                    waiting -= 1;
                }
                prop_assert!(agents.iter().all(|agent| agent.open_count <= agent.capacity));
                prop_assert!(waiting == 0 || !agents.iter().any(has_room), "nobody waits while somebody has room");
            }
        }
    }
}
