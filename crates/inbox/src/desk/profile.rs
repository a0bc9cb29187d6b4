//! Who people are, as the platform tells it (contract read 5).

use client::Error;
use wire::time::Span;

use super::{Desk, PROFILES, Problem};
use crate::facts::{Conversation, Profile};
use crate::ids::{ConversationId, WorkspaceId};
use crate::sql::{conversations, search};
use crate::store::{ChangeSet, EventKind, News};

/// How long a profile is good for: its picture's address dies after a few days.
const GOOD_FOR: Span = Span::days(1);

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
            if let Err(error) = self.read_profile(&conversation).await {
                tracing::info!(conversation = %id, %error, "a profile could not be read");
            }
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
