//! Lists of conversations, page by page, and finding words.

use serde::Deserialize;
use wire::time::{Millis, Span};

use super::{Desk, Problem};
use crate::facts::{Agent, Conversation};
use crate::ids::ConversationId;
use crate::policy::access;
use crate::sql::conversations::{self, Filter, List, Viewer};
use crate::sql::search::{self, Hit};
use crate::words::words;

words! {
    /// A list of conversations.
    View {
        /// All of them, the newest first.
        All = "all",
        /// One's own.
        Mine = "mine",
        /// Nobody's.
        Unassigned = "unassigned",
        /// Those in whose notes one is named.
        Mentions = "mentions",
        /// Those that wait for an answer and can be answered freely: whose window ends first comes first.
        EndingSoon = "ending_soon",
        /// Those with a send that failed.
        Failed = "failed",
    }
}

/// The most conversations of a page.
pub const PAGE: u32 = 100;
/// How long anything may be sent after the person's last act (contract send 3.1).
const DAY: Span = Span::hours(24);

/// A place in a list: the moment that it is sorted by, and the conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Place {
    /// The moment.
    pub time: Millis,
    /// The conversation.
    pub id: ConversationId,
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The conversations.
    pub items: Vec<Conversation>,
    /// Behind which place the next page begins, if there may be one.
    pub next: Option<Place>,
}

impl Desk {
    /// A page of a list, of what the caller may see.
    ///
    /// # Errors
    /// The store's.
    pub async fn list(
        &self,
        by: &Agent,
        view: View,
        filter: &Filter,
        after: Option<Place>,
        limit: u32,
    ) -> Result<Page, Problem> {
        let workspace = self.workspace(by.workspace).await?;
        let viewer = Viewer { agent: by.id, sees_all: access::sees_all(by, &workspace) };
        let list = match view {
            View::All if filter.assignee.is_some() => List::Assigned,
            View::All => List::All,
            View::Mine => List::Assigned,
            View::Unassigned => List::Unassigned,
            View::Mentions => List::Mentioned,
            View::EndingSoon => List::Ending { since: self.now().minus(DAY) },
            View::Failed => List::Failed,
        };
        let mut filter = filter.clone();
        if view == View::Mine {
            filter.assignee = Some(by.id);
        }
        let limit = limit.clamp(1, PAGE);
        let after = after.map(|place| (place.time, place.id));
        let query = conversations::list(by.workspace, list, &filter, viewer, after, limit);
        let items = self.store.list(query).await?;
        let full = items.len() >= usize::try_from(limit).unwrap_or(usize::MAX);
        let next = items.last().filter(|_| full).map(|last| Place {
            time: if view == View::EndingSoon { last.person_time.unwrap_or_default() } else { last.last_time },
            id: last.id,
        });
        Ok(Page { items, next })
    }

    /// What has all of these words in it, newest first, of what the caller may see.
    ///
    /// # Errors
    /// The store's.
    pub async fn find(&self, by: &Agent, words: &str, limit: u32) -> Result<Vec<(Hit, Conversation)>, Problem> {
        let query = search::find(by.workspace, words, limit.clamp(1, PAGE), self.store.is_postgres());
        let Some(query) = query else { return Ok(Vec::new()) };
        let hits = self.store.list(query).await?;
        let workspace = self.workspace(by.workspace).await?;
        let teams = self.teams_of(by).await?;
        let mut found = Vec::with_capacity(hits.len());
        for hit in hits {
            let conversation = self.store.one(conversations::conversation(by.workspace, hit.conversation)).await?;
            if let Some(conversation) = conversation
                && access::may_see(by, &workspace, &teams, &conversation)
            {
                found.push((hit, conversation));
            }
        }
        Ok(found)
    }
}
