//! What a use case wants written: one change set, one transaction.

use wire::dialect::Dialect;
use wire::id::{AccountId, AppId, AssetId, DeliveryId, FlowId, MediaId, MessageId};
use wire::time::{Millis, Span};

use crate::facts::{
    Account, Alert, Answer, App, Asset, Attachment, Attempt, Chunk, Comment, DeliveryState, Flow, Install, Media,
    Message, NewDelivery, NewEvent, Outage, Page, Person, Reaction, Role, ScopedUser, Side, Subscription, Thread,
    Token, User,
};

/// Changes that become durable together or not at all. A set touches at most one account's data (design, invariant 5).
#[derive(Debug, Clone, Default)]
pub struct ChangeSet(pub Vec<Change>);

impl ChangeSet {
    /// An empty set.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a change.
    pub fn push(&mut self, change: Change) -> &mut Self {
        self.0.push(change);
        self
    }

    /// The one account whose data the set touches; `None` when it touches global facts only.
    ///
    /// # Errors
    /// The first two accounts, when it touches several, which no set may.
    pub fn account(&self) -> Result<Option<AccountId>, (AccountId, AccountId)> {
        let mut accounts = self.0.iter().filter_map(Change::account);
        let Some(first) = accounts.next() else { return Ok(None) };
        accounts.find(|other| *other != first).map_or(Ok(Some(first)), |other| Err((first, other)))
    }

    /// Whether a delivery worker has something new to look at.
    pub fn makes_work(&self) -> bool {
        self.0.iter().any(|change| {
            matches!(
                change,
                Change::AddDelivery(_)
                    | Change::Redeliver { .. }
                    | Change::Rewind { .. }
                    | Change::RemoveInstall { .. }
            )
        })
    }

    /// Whether the event log grows.
    pub fn makes_log(&self) -> bool {
        self.0.iter().any(|change| matches!(change, Change::AddEvent(_)))
    }

    /// Whether a setting kept in the store changed.
    pub fn changes_settings(&self) -> bool {
        self.0.iter().any(|change| matches!(change, Change::PutSetting { .. } | Change::AddSetting { .. }))
    }

    /// Whether something changed that a cache of configuration may hold: apps, tokens, accounts, subscriptions, installs.
    pub fn changes_configuration(&self) -> bool {
        self.0.iter().any(|change| {
            matches!(
                change,
                Change::PutApp(_)
                    | Change::PutToken(_)
                    | Change::PutPage(_)
                    | Change::PutAccount(_)
                    | Change::PutRole(_)
                    | Change::RemoveRole(_)
                    | Change::PutSubscription(_)
                    | Change::RemoveSubscription { .. }
                    | Change::PutInstall(_)
                    | Change::RemoveInstall { .. }
            )
        })
    }
}

/// One write. `Put` replaces the row of the same key, `Add` makes a new one and makes the set stale when the key is taken.
#[derive(Debug, Clone)]
pub enum Change {
    /// Global: a Facebook user.
    PutUser(User),
    /// Global: an app.
    PutApp(App),
    /// Global: a token.
    PutToken(Token),
    /// Global: a Page.
    PutPage(Page),
    /// Global: a professional account.
    PutAccount(Account),
    /// Global: a person.
    PutPerson(Person),
    /// Global: a person's role on an app.
    PutRole(Role),
    /// Global: a role is taken back.
    RemoveRole(Role),
    /// Global: layer A of webhooks.
    PutSubscription(Subscription),
    /// Global: removes layer A for one object, or for all of an app's objects.
    RemoveSubscription {
        /// The app.
        app: AppId,
        /// The object, or all.
        object: Option<String>,
    },
    /// Global: a value that the instance itself keeps (the emulator's clock, the seed's version).
    PutSetting {
        /// Its name.
        name: &'static str,
        /// Its value.
        value: String,
    },
    /// Global: the same, when the name is not taken. Of several processes that start at once on an empty store one wins.
    AddSetting {
        /// Its name.
        name: &'static str,
        /// Its value.
        value: String,
    },
    /// Layer B of webhooks.
    PutInstall(Install),
    /// Removes layer B. What is pending for it becomes due at once, so that whoever delivers finds it gone and says so.
    RemoveInstall {
        /// The account.
        account: AccountId,
        /// The app.
        app: AppId,
        /// The login product it came through.
        login: Dialect,
    },
    /// A person's identity for an account. Stale when the person has one already.
    AddScopedUser(ScopedUser),
    /// New facts about a person's identity for an account.
    PutScopedUser(ScopedUser),
    /// A thread moved on from version `version - 1`; stale when it stands elsewhere, or exists already when `version` is 1.
    SaveThread(Thread),
    /// A message.
    AddMessage(Message),
    /// A message that is there says something else now: it was edited or unsent. Stale when it is not there.
    PutMessage(Message),
    /// A side's reaction to a message, over one that was there.
    PutReaction(Reaction),
    /// A side's reaction is taken back.
    RemoveReaction {
        /// The message.
        message: MessageId,
        /// Whose reaction.
        from: Side,
    },
    /// A part of a file, before the file is whole. Stale when its place is taken.
    AddChunk(Chunk),
    /// A file is whole. Stale when its number is taken; that its parts are there is the caller's to know.
    AddAsset(Asset),
    /// A file goes, with its parts.
    RemoveAsset {
        /// Whose it is.
        account: AccountId,
        /// The file.
        asset: AssetId,
    },
    /// Parts of files that were not whole at that time go, and nothing refers to them.
    SweepChunks {
        /// Whose they are.
        account: AccountId,
        /// Written before.
        before: Millis,
    },
    /// A file under an id by which it can be sent.
    PutAttachment(Attachment),
    /// Those of the account's answers go that are older than [`ANSWER_KEPT`](crate::facts::ANSWER_KEPT) at the time of this
    /// one, then it is kept. Stale when the key is taken.
    AddAnswer(Answer),
    /// A welcome message flow.
    PutFlow(Flow),
    /// A welcome message flow goes.
    RemoveFlow {
        /// Whose it is.
        account: AccountId,
        /// The flow.
        flow: FlowId,
    },
    /// A webhook to be delivered.
    AddDelivery(NewDelivery),
    /// An entry of the event log.
    AddEvent(NewEvent),
    /// One property of a messenger profile; `None` removes it.
    PutProfile {
        /// The account.
        account: AccountId,
        /// `instagram` or `messenger`.
        platform: &'static str,
        /// `ice_breakers` or `persistent_menu`.
        property: &'static str,
        /// The value as the API gives it back, as JSON.
        value: Option<String>,
    },
    /// A published post.
    PutMedia(Media),
    /// A story ends by itself. The set is stale unless the story was to end then.
    ExpireMedia {
        /// Whose story it is.
        account: AccountId,
        /// The story.
        media: MediaId,
        /// When it was to end.
        expires_time: Millis,
        /// When it did.
        ended_time: Millis,
    },
    /// A comment.
    PutComment(Comment),
    /// What came of a delivery's attempt. Ignored when the delivery is not leased to `owner` any more.
    RecordAttempt {
        /// Who holds the lease.
        owner: u64,
        /// The attempt.
        attempt: Attempt,
        /// Where the delivery stands after it.
        state: DeliveryState,
        /// When the delivery is due again, if it is pending.
        due_time: Millis,
        /// Whether it keeps its thread's turn until then, so that the rest of the thread waits for it (quick retries only,
        /// contract webhooks 2.5).
        hold_back: bool,
    },
    /// A leased delivery is put off without an attempt, its lease given back. Ignored when it is not leased to `owner` any more.
    Postpone {
        /// Who holds the lease.
        owner: u64,
        /// The account the event is about.
        account: AccountId,
        /// The delivery.
        delivery: DeliveryId,
        /// When it is due again.
        due_time: Millis,
        /// Whether it keeps its thread's turn until then.
        hold_back: bool,
    },
    /// An app's endpoint began to fail; an outage that is known already goes on as it is.
    AddOutage(Outage),
    /// It answers again.
    EndOutage {
        /// The account whose events failed.
        account: AccountId,
        /// The app.
        app: AppId,
        /// The login product.
        login: Dialect,
    },
    /// An app's owner is told of an outage, unless the same was told before.
    AddAlert(Alert),
    /// The clock was set back: what is pending keeps its distance to the present moment, and nothing is leased any more.
    /// Only an emulator's clock can be set back, so this is the one change that touches every account.
    Rewind {
        /// How far back.
        by: Span,
    },
    /// A delivery is to be tried again now. One that is pending keeps its place in its thread; one that was settled starts
    /// afresh beside it. Ignored while the delivery is leased, being under way.
    Redeliver {
        /// The account the event is about.
        account: AccountId,
        /// The delivery.
        delivery: DeliveryId,
        /// When it is due.
        due_time: Millis,
    },
}

impl Change {
    /// The account whose data it touches, unless it is global.
    fn account(&self) -> Option<AccountId> {
        match self {
            Self::PutUser(_)
            | Self::PutApp(_)
            | Self::PutToken(_)
            | Self::PutPage(_)
            | Self::PutAccount(_)
            | Self::PutPerson(_)
            | Self::PutRole(_)
            | Self::RemoveRole(_)
            | Self::PutSubscription(_)
            | Self::RemoveSubscription { .. }
            | Self::PutSetting { .. }
            | Self::AddSetting { .. }
            | Self::Rewind { .. } => None,
            Self::PutInstall(install) => Some(install.account),
            Self::AddScopedUser(user) | Self::PutScopedUser(user) => Some(user.account),
            Self::SaveThread(thread) => Some(thread.account),
            Self::AddMessage(message) | Self::PutMessage(message) => Some(message.id.account),
            Self::PutReaction(reaction) => Some(reaction.message.account),
            Self::RemoveReaction { message, .. } => Some(message.account),
            Self::AddChunk(chunk) => Some(chunk.account),
            Self::AddAsset(asset) => Some(asset.account),
            Self::PutAttachment(attachment) => Some(attachment.account),
            Self::AddAnswer(answer) => Some(answer.account),
            Self::PutFlow(flow) => Some(flow.account),
            Self::AddDelivery(delivery) => Some(delivery.account),
            Self::AddEvent(event) => Some(event.account),
            Self::PutMedia(media) => Some(media.account),
            Self::ExpireMedia { account, .. } => Some(*account),
            Self::PutComment(comment) => Some(comment.account),
            Self::RecordAttempt { attempt, .. } => Some(attempt.account),
            Self::AddOutage(outage) | Self::AddAlert(Alert { outage, .. }) => Some(outage.account),
            Self::RemoveInstall { account, .. }
            | Self::Postpone { account, .. }
            | Self::EndOutage { account, .. }
            | Self::RemoveAsset { account, .. }
            | Self::SweepChunks { account, .. }
            | Self::RemoveFlow { account, .. }
            | Self::PutProfile { account, .. }
            | Self::Redeliver { account, .. } => Some(*account),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_knows_its_account_and_when_it_has_more_than_one() {
        let uninstall = |account| Change::RemoveInstall {
            account: AccountId::new(account),
            app: AppId::new(1),
            login: Dialect::Facebook,
        };
        let setting = Change::PutSetting { name: "a", value: String::new() };
        let account = |changes: &[Change]| ChangeSet(changes.to_vec()).account();
        assert_eq!(ChangeSet(vec![setting.clone()]).account(), Ok(None));
        assert_eq!(account(&[uninstall(7), setting, uninstall(7)]), Ok(Some(AccountId::new(7))));
        assert_eq!(account(&[uninstall(7), uninstall(8)]), Err((AccountId::new(7), AccountId::new(8))));
    }
}
