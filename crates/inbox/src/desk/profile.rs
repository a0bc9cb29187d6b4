//! Who people are, as the platform tells it (contract read 5).
//!
//! Whose profile is to be read waits in memory, so what a desk did not come to before it ended is looked for at the next start.

use client::Error;
use wire::time::Span;

use super::{Desk, PROFILES, Problem};
use crate::facts::{Conversation, Profile};
use crate::ids::{ConversationId, WorkspaceId};
use crate::policy::pace::Kind;
use crate::sql::{conversations, search};
use crate::store::{ChangeSet, EventKind, News};

/// How long a profile is good for: its picture's address dies after a few days.
const GOOD_FOR: Span = Span::days(1);
/// Before this place stand all conversations.
pub(super) const NEWEST: (WorkspaceId, ConversationId) = (WorkspaceId::new(u64::MAX), ConversationId::new(u64::MAX));

impl Desk {
    /// Has a profile read. When too many wait, it is read the next time that the person writes.
    pub fn wants_profile(&self, workspace: WorkspaceId, id: ConversationId) {
        let mut waiting = self.profiles.lock();
        if waiting.len() < PROFILES && !waiting.contains(&(workspace, id)) {
            waiting.push_back((workspace, id));
            self.to_send.notify_one();
        }
    }

    /// Reads the profiles that wait; gives how many it asked for.
    ///
    /// # Errors
    /// The store's. What the platform does not tell stays unknown.
    pub async fn read_profiles(&self) -> Result<usize, Problem> {
        let mut asked = 0;
        loop {
            let Some((workspace, id)) = self.profiles.lock().pop_front() else { return Ok(asked) };
            let conversation = self.conversation(workspace, id).await?;
            let now = self.now();
            if conversation.profile_time.is_some_and(|read| now.since(read) < GOOD_FOR) {
                continue;
            }
            asked += 1;
            self.try_profile(&conversation).await;
        }
    }

    /// Reads the next of the profiles that should have been read before this desk started or while their account was in trouble,
    /// from the newest conversation to the oldest, each once; gives how many it asked for. They take their place among the
    /// account's reads.
    ///
    /// # Errors
    /// The store's. What the platform does not tell stays unknown.
    pub async fn read_missed_profile(&self) -> Result<usize, Problem> {
        let Some(before) = *self.profiles_missed.lock() else { return Ok(0) };
        let found = self.store.list(conversations::unread_profile(before)).await?.pop();
        let connection = found.as_ref().map(|found| found.connection);
        if connection.is_some_and(|id| self.pace.lock().take(id, Kind::Read, self.now()).is_err()) {
            return Ok(0);
        }
        {
            let mut missed = self.profiles_missed.lock();
            // An account that was connected meanwhile has it begin again.
            if *missed == Some(before) {
                *missed = found.as_ref().map(|found| (found.workspace, found.id));
            }
        }
        let Some(conversation) = found else { return Ok(0) };
        self.try_profile(&conversation).await;
        Ok(1)
    }

    /// Looks for profiles again that were never read, from the newest on.
    pub(super) fn look_for_missed_profiles(&self) {
        *self.profiles_missed.lock() = Some(NEWEST);
    }

    async fn try_profile(&self, conversation: &Conversation) {
        if let Err(error) = self.read_profile(conversation).await {
            tracing::info!(conversation = %conversation.id, %error, "a profile could not be read");
        }
    }

    async fn read_profile(&self, conversation: &Conversation) -> Result<(), Problem> {
        let connection = self.connection_of(conversation).await?;
        let told = match self.client(&connection)?.profile(&conversation.customer).await {
            Ok(told) => told,
            // Who never wrote has not agreed to be looked up.
            Err(Error::Graph(refusal)) if refusal.is_consent_missing() => return Ok(()),
            Err(error) => return Err(error.into()),
        };
        let profile = Profile {
            name: told.name,
            username: told.username.or_else(|| conversation.profile.username.clone()),
            picture: told.profile_pic,
            followers: told.follower_count,
            follows_business: told.is_user_follow_business,
            followed_by_business: told.is_business_follow_user,
            verified: told.is_verified_user,
        };
        let (workspace, id, now) = (conversation.workspace, conversation.id, self.now());
        let words =
            [profile.name.clone(), profile.username.clone()].into_iter().flatten().collect::<Vec<_>>().join(" ");
        let mut set = ChangeSet::new(workspace, now);
        set.tell(News::of(EventKind::Person, id));
        set.write(conversations::put_profile(workspace, id, profile, now));
        set.write(search::put(workspace, format!("person:{id}"), id, words, conversation.first_time));
        self.commit(set, Problem::Busy).await?;
        Ok(())
    }
}
