//! Conversations as the rows of a list show them: with their labels, the newest thing in them, and who is there. A page costs
//! the same few statements whatever its length.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Desk, Problem, views};
use crate::facts::{Agent, Conversation, Snippet};
use crate::ids::{ConversationId, LabelId, WorkspaceId};
use crate::policy::access;
use crate::policy::presence::There;
use crate::sql::rows;

/// A conversation with what stands beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The conversation.
    pub conversation: Conversation,
    /// Its labels.
    pub labels: Vec<LabelId>,
    /// The newest message, note or reaction.
    pub snippet: Option<Snippet>,
    /// Who is there.
    pub presence: Vec<There>,
}

/// How many conversations each view shows to somebody, each counted up to 1000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ViewCounts {
    /// Open ones that they may see.
    pub all: u32,
    /// Open ones that they have.
    pub mine: u32,
    /// Open ones that nobody has.
    pub unassigned: u32,
    /// Those in whose notes they are named and where they have not been since.
    pub mentions: u32,
    /// Those that wait for an answer and can be answered freely.
    pub ending_soon: u32,
    /// Those with a send that failed.
    pub failed: u32,
}

impl Desk {
    /// Conversations with what stands beside them, in the same order.
    ///
    /// # Errors
    /// The store's.
    pub async fn shown(&self, workspace: WorkspaceId, all: Vec<Conversation>) -> Result<Vec<Shown>, Problem> {
        if all.is_empty() {
            return Ok(Vec::new());
        }
        let ids: Vec<ConversationId> = all.iter().map(|one| one.id).collect();
        let mut labels: BTreeMap<ConversationId, Vec<LabelId>> = BTreeMap::new();
        for (id, label) in self.store.many(rows::labels(workspace, &ids)).await? {
            labels.entry(id).or_default().push(label);
        }
        let mut snippets: BTreeMap<ConversationId, (u8, Snippet)> = BTreeMap::new();
        for (id, rank, snippet) in self.store.many(rows::snippets(workspace, &ids)).await? {
            let known = snippets.get(&id);
            if known.is_none_or(|(before, known)| (known.time, *before) < (snippet.time, rank)) {
                snippets.insert(id, (rank, snippet));
            }
        }
        let (now, presence) = (self.own_now(), self.presence.lock());
        let shown = all.into_iter().map(|conversation| Shown {
            labels: labels.get(&conversation.id).cloned().unwrap_or_default(),
            snippet: snippets.get(&conversation.id).map(|(_, snippet)| snippet.clone()),
            presence: presence.at(workspace, conversation.id, now),
            conversation,
        });
        Ok(shown.collect())
    }

    /// One conversation with what stands beside it.
    ///
    /// # Errors
    /// The store's.
    pub async fn shown_one(&self, conversation: Conversation) -> Result<Shown, Problem> {
        let mut shown = self.shown(conversation.workspace, vec![conversation]).await?;
        shown.pop().ok_or(Problem::NoSuch("conversation"))
    }

    /// The figures at the views.
    ///
    /// # Errors
    /// The store's.
    pub async fn counts(&self, by: &Agent) -> Result<ViewCounts, Problem> {
        let sees_all = access::sees_all(by, &self.workspace(by.workspace).await?);
        let query = rows::counts(by.workspace, by.id, sees_all, views::freely_since(self.now()));
        let counts = self.store.list(query).await?.pop().ok_or(Problem::NoSuch("conversation"))?;
        let rows::Counts { all, mine, unassigned, mentions, ending_soon, failed } = counts;
        let all = if sees_all { all } else { (mine + unassigned).min(rows::COUNTED) };
        Ok(ViewCounts { all, mine, unassigned, mentions, ending_soon, failed })
    }
}
