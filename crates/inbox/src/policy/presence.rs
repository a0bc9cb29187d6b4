//! Who is looking at a conversation, and who is writing in it. It is kept nowhere, and gone 30 s after somebody was last
//! heard of.

use std::collections::BTreeMap;

use serde::Serialize;
use wire::time::{Millis, Span};

use crate::ids::{AgentId, ConversationId, WorkspaceId};

/// For how long somebody counts as there after they were last heard of.
pub const LASTS: Span = Span::seconds(30);

/// Somebody at a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = Presence)]
pub struct There {
    /// Who.
    pub agent: AgentId,
    /// Whether they are writing.
    pub typing: bool,
}

/// Everybody who is at a conversation.
#[derive(Debug, Default)]
pub struct Presence {
    /// When each was last heard of, and whether they were writing.
    heard: BTreeMap<(WorkspaceId, ConversationId, AgentId), (Millis, bool)>,
}

impl Presence {
    /// Somebody is heard of; true when others see a change.
    pub fn hear(
        &mut self,
        workspace: WorkspaceId,
        at: ConversationId,
        agent: AgentId,
        typing: bool,
        now: Millis,
    ) -> bool {
        let before = self.heard.insert((workspace, at, agent), (now, typing));
        before.is_none_or(|(last, was_typing)| was_typing != typing || is_over(last, now))
    }

    /// Somebody leaves; true when they were there.
    pub fn leave(&mut self, workspace: WorkspaceId, at: ConversationId, agent: AgentId) -> bool {
        self.heard.remove(&(workspace, at, agent)).is_some()
    }

    /// Who is there.
    pub fn at(&self, workspace: WorkspaceId, at: ConversationId, now: Millis) -> Vec<There> {
        let range = (workspace, at, AgentId::new(0))..=(workspace, at, AgentId::new(u64::MAX));
        let there = self.heard.range(range).filter(|(_, (last, _))| !is_over(*last, now));
        there.map(|((_, _, agent), (_, typing))| There { agent: *agent, typing: *typing }).collect()
    }

    /// Forgets those whose time is over; gives the conversations where somebody was forgotten.
    pub fn expire(&mut self, now: Millis) -> Vec<(WorkspaceId, ConversationId)> {
        let gone: Vec<_> =
            self.heard.iter().filter(|(_, (last, _))| is_over(*last, now)).map(|(key, _)| *key).collect();
        let mut places: Vec<_> = gone.iter().map(|(workspace, at, _)| (*workspace, *at)).collect();
        for key in gone {
            self.heard.remove(&key);
        }
        places.dedup();
        places
    }
}

fn is_over(last: Millis, now: Millis) -> bool {
    now.since(last) >= LASTS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_is_there_for_less_than_thirty_seconds_after_they_were_heard_of() {
        let (workspace, place, ana) = (WorkspaceId::new(1), ConversationId::new(2), AgentId::new(3));
        let at = |seconds| Millis::new(0).plus(Span::seconds(seconds));
        let mut presence = Presence::default();
        assert!(presence.hear(workspace, place, ana, false, at(0)), "news");
        assert!(!presence.hear(workspace, place, ana, false, at(10)), "no news");
        assert!(presence.hear(workspace, place, ana, true, at(11)), "begins to write");
        assert_eq!(presence.at(workspace, place, at(40)), [There { agent: ana, typing: true }]);
        assert_eq!(presence.at(WorkspaceId::new(2), place, at(40)), []);
        assert_eq!(presence.at(workspace, place, at(41)), []);
        assert_eq!(presence.expire(at(40)), []);
        assert_eq!(presence.expire(at(41)), [(workspace, place)]);
        assert!(!presence.leave(workspace, place, ana), "they are gone already");
    }
}
