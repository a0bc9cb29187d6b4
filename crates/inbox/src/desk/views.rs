//! Lists of conversations, page by page, and finding words.

use std::collections::BTreeMap;

use db::sql::value::bound;
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
/// The most conversations that are named at once.
const NAMED: usize = 50;
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

/// What a person wrote since then can be answered freely.
pub(super) fn freely_since(now: Millis) -> Millis {
    now.minus(DAY)
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
        let (list, filter, viewer) = self.looked_at(by, view, filter).await?;
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

    /// Those of these conversations that a list shows to the caller, in its order: what is not among them is not in it, or not
    /// any more.
    ///
    /// # Errors
    /// [`Problem::Invalid`] for more than 50.
    pub async fn listed(
        &self,
        by: &Agent,
        view: View,
        filter: &Filter,
        ids: &[ConversationId],
    ) -> Result<Vec<Conversation>, Problem> {
        if ids.len() > NAMED {
            return Err(Problem::invalid("ids", "name 50 conversations at most"));
        }
        let (list, filter, viewer) = self.looked_at(by, view, filter).await?;
        let mut items = self.store.many(conversations::named(by.workspace, list, &filter, viewer, ids)).await?;
        items.sort_by_key(|one| match view {
            View::EndingSoon => (one.person_time.unwrap_or_default().get(), bound(one.id.get())),
            _ => (-one.last_time.get(), -bound(one.id.get())),
        });
        Ok(items)
    }

    /// What a view means for somebody: the list, its filter, and what they may see.
    async fn looked_at(&self, by: &Agent, view: View, filter: &Filter) -> Result<(List, Filter, Viewer), Problem> {
        let workspace = self.workspace(by.workspace).await?;
        let viewer = Viewer { agent: by.id, sees_all: access::sees_all(by, &workspace) };
        let list = match view {
            View::All if filter.assignee.is_some() => List::Assigned,
            View::All => List::All,
            View::Mine => List::Assigned,
            View::Unassigned => List::Unassigned,
            View::Mentions => List::Mentioned,
            View::EndingSoon => List::Ending { since: freely_since(self.now()) },
            View::Failed => List::Failed,
        };
        let mut filter = filter.clone();
        if view == View::Mine {
            filter.assignee = Some(by.id);
        }
        Ok((list, filter, viewer))
    }

    /// What has all of these words in it, newest first, of what the caller may see.
    ///
    /// # Errors
    /// The store's.
    pub async fn find(&self, by: &Agent, words: &str, limit: u32) -> Result<Vec<(Hit, Conversation)>, Problem> {
        let query = search::find(by.workspace, words, limit.clamp(1, PAGE), self.store.is_postgres());
        let Some(query) = query else { return Ok(Vec::new()) };
        let hits = self.store.list(query).await?;
        let mut ids: Vec<ConversationId> = hits.iter().map(|hit| hit.conversation).collect();
        ids.sort_unstable();
        ids.dedup();
        let (list, filter, viewer) = self.looked_at(by, View::All, &Filter::default()).await?;
        let seen = self.store.many(conversations::named(by.workspace, list, &filter, viewer, &ids)).await?;
        let seen: BTreeMap<ConversationId, Conversation> = seen.into_iter().map(|one| (one.id, one)).collect();
        let found = hits.into_iter().filter_map(|hit| seen.get(&hit.conversation).cloned().map(|one| (hit, one)));
        Ok(found.collect())
    }
}
