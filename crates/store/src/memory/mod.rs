//! The reference model: plain maps behind one lock, as naive and as plainly right as possible.
//!
//! Nothing here is fast: a commit copies everything, so that a stale one leaves no trace.

mod queue;
mod state;

use async_trait::async_trait;
use bytes::Bytes;
use engine::change::ChangeSet;
use engine::facts::{
    Account, Alert, Answer, App, Asset, Attachment, Attempt, Comment, Delivery, Event, Flow, Install, Media, Message,
    Outage, Page, Person, Reaction, Role, ScopedUser, Subscription, Token, User,
};
use engine::store::{
    Claim, CommitError, DeliveryFilter, News, Part, Read, Reservation, Reserved, Route, Slice, Start, Store,
    StoreError, ThreadFacts, ThreadKey, ThreadView,
};
use engine::vault::TokenHash;
use parking_lot::Mutex;
use wire::id::{
    AccountId, AppId, AssetId, AttachmentId, CommentId, DeliveryId, FlowId, Igsid, Item, MediaId, MessageId, PageId,
    PersonId, UserId,
};
use wire::time::Millis;

use crate::shared::account_of;
use state::State;

/// A store that forgets everything when it is dropped. For tests, and as the measure of what the other engines answer.
pub struct MemoryStore {
    /// `None` once closed.
    state: Mutex<Option<State>>,
}

impl Default for MemoryStore {
    fn default() -> Self {
        Self::new()
    }
}

impl MemoryStore {
    /// An empty store.
    pub fn new() -> Self {
        Self { state: Mutex::new(Some(State::default())) }
    }

    fn read<T>(&self, query: impl FnOnce(&State) -> T) -> Read<T> {
        self.state.lock().as_ref().map(query).ok_or_else(closed)
    }

    fn write<T>(&self, operation: impl FnOnce(&mut State) -> Result<T, CommitError>) -> Result<T, CommitError> {
        let mut state = self.state.lock();
        let mut next = state.clone().ok_or_else(closed)?;
        let answer = operation(&mut next)?;
        *state = Some(next);
        Ok(answer)
    }
}

fn closed() -> StoreError {
    StoreError::Unavailable("store is closed".to_owned())
}

/// Cuts a slice out of a whole list that is given newest first.
fn part<T, K: Ord + Copy>(all: &[T], key: impl Fn(&T) -> K, slice: Slice<K>) -> Part<T>
where
    T: Clone,
{
    let limit = usize::try_from(slice.limit).unwrap_or(usize::MAX);
    let (first, end) = match slice.from {
        Start::Newest => (0, limit.min(all.len())),
        Start::After(start) => {
            let first = all.iter().filter(|item| key(item) >= start).count();
            (first, first.saturating_add(limit).min(all.len()))
        }
        Start::Before(start) => {
            let end = all.iter().filter(|item| key(item) > start).count();
            (end.saturating_sub(limit), end)
        }
    };
    Part { items: all[first..end].to_vec(), older: end < all.len(), newer: first > 0 }
}

fn taken<T>(items: impl Iterator<Item = T>, limit: u32) -> Vec<T> {
    items.take(usize::try_from(limit).unwrap_or(usize::MAX)).collect()
}

#[async_trait]
impl Store for MemoryStore {
    async fn commit(&self, set: ChangeSet) -> Result<(), CommitError> {
        account_of(&set)?;
        self.write(|state| set.0.into_iter().try_for_each(|change| state.apply(change)))
    }

    async fn claim(&self, claim: Claim) -> Result<Vec<Delivery>, CommitError> {
        self.write(|state| Ok(state.queue.claim(&claim)))
    }

    async fn release(&self, owner: u64) -> Result<(), CommitError> {
        self.write(|state| {
            state.queue.release(owner);
            Ok(())
        })
    }

    async fn reserve(&self, reservation: Reservation) -> Result<Reserved, CommitError> {
        self.write(|state| Ok(state.reserve(&reservation)))
    }

    async fn news(&self) -> News {
        std::future::pending().await
    }

    async fn app(&self, id: AppId) -> Read<Option<App>> {
        self.read(|state| {
            let by_instagram_id = || state.apps.values().find(|app| app.instagram_app_id == id);
            state.apps.get(&id).or_else(by_instagram_id).cloned()
        })
    }

    async fn apps(&self) -> Read<Vec<App>> {
        self.read(|state| state.apps.values().cloned().collect())
    }

    async fn token(&self, hash: TokenHash) -> Read<Option<Token>> {
        self.read(|state| state.tokens.get(&hash).cloned())
    }

    async fn tokens(&self, app: AppId) -> Read<Vec<Token>> {
        self.read(|state| state.tokens.values().filter(|token| token.app == app).cloned().collect())
    }

    async fn user(&self, id: UserId) -> Read<Option<User>> {
        self.read(|state| state.users.get(&id).cloned())
    }

    async fn page(&self, id: PageId) -> Read<Option<Page>> {
        self.read(|state| state.pages.get(&id).cloned())
    }

    async fn account(&self, id: AccountId) -> Read<Option<Account>> {
        self.read(|state| state.accounts.get(&id).cloned())
    }

    async fn accounts(&self) -> Read<Vec<Account>> {
        self.read(|state| state.accounts.values().cloned().collect())
    }

    async fn account_by_username(&self, username: &str) -> Read<Option<Account>> {
        self.read(|state| {
            state.accounts.values().find(|account| account.username.eq_ignore_ascii_case(username)).cloned()
        })
    }

    async fn person(&self, id: PersonId) -> Read<Option<Person>> {
        self.read(|state| state.people.get(&id).cloned())
    }

    async fn person_by_username(&self, username: &str) -> Read<Option<Person>> {
        self.read(|state| state.people.values().find(|person| person.username.eq_ignore_ascii_case(username)).cloned())
    }

    async fn people(&self, after: Option<PersonId>, limit: u32) -> Read<Vec<Person>> {
        self.read(|state| taken(state.people.values().filter(|person| Some(person.id) > after).cloned(), limit))
    }

    async fn subscriptions(&self, app: AppId) -> Read<Vec<Subscription>> {
        self.read(|state| state.subscriptions.values().filter(|row| row.app == app).cloned().collect())
    }

    async fn setting(&self, name: &'static str) -> Read<Option<String>> {
        self.read(|state| state.settings.get(name).cloned())
    }

    async fn installs(&self, account: AccountId) -> Read<Vec<Install>> {
        self.read(|state| state.installs_of(account))
    }

    async fn routes(&self, account: AccountId) -> Read<Vec<Route>> {
        self.read(|state| {
            let route = |install: Install| {
                let subscription = state.subscriptions.get(&(install.app, "instagram".to_owned()))?;
                subscription.active.then(|| Route { install, subscription: subscription.clone() })
            };
            state.installs_of(account).into_iter().filter_map(route).collect()
        })
    }

    async fn scoped_user(&self, account: AccountId, igsid: Igsid) -> Read<Option<ScopedUser>> {
        self.read(|state| state.scoped_users.get(&(account, igsid)).cloned())
    }

    async fn scoped_user_of(&self, account: AccountId, person: PersonId) -> Read<Option<ScopedUser>> {
        self.read(|state| {
            state.scoped_users.values().find(|user| (user.account, user.person) == (account, person)).cloned()
        })
    }

    async fn thread_facts(&self, account: AccountId, igsid: Igsid) -> Read<ThreadFacts> {
        self.read(|state| {
            let user = state.scoped_users.get(&(account, igsid)).cloned();
            let person = user.as_ref().and_then(|user| state.people.get(&user.person));
            let status = person.map(|person| person.status).unwrap_or_default();
            ThreadFacts { user, status, thread: state.threads.get(&(account, igsid)).cloned() }
        })
    }

    async fn thread(&self, account: AccountId, igsid: Igsid) -> Read<Option<ThreadView>> {
        self.read(|state| state.threads.get(&(account, igsid)).and_then(|thread| state.view(thread)))
    }

    async fn threads(&self, account: AccountId, slice: Slice<ThreadKey>) -> Read<Part<ThreadView>> {
        let key = |view: &ThreadView| ThreadKey { updated_time: view.thread.updated_time, igsid: view.thread.igsid };
        self.read(|state| {
            let threads = state.threads.values().filter(|thread| thread.account == account);
            let mut all: Vec<ThreadView> = threads.filter_map(|thread| state.view(thread)).collect();
            all.sort_by_key(|view| std::cmp::Reverse(key(view)));
            part(&all, key, slice)
        })
    }

    async fn messages(&self, account: AccountId, igsid: Igsid, slice: Slice<Item>) -> Read<Part<Message>> {
        self.read(|state| part(&state.messages_of(account, igsid), |message| message.id.item, slice))
    }

    async fn message(&self, id: MessageId) -> Read<Option<Message>> {
        self.read(|state| state.messages.get(&(id.account, id.igsid, id.item)).cloned())
    }

    async fn item_at(&self, account: AccountId, igsid: Igsid, rank: u32) -> Read<Option<Item>> {
        self.read(|state| {
            let newer = usize::try_from(rank.checked_sub(1)?).ok()?;
            state.messages_of(account, igsid).get(newer).map(|message| message.id.item)
        })
    }

    async fn profile(&self, account: AccountId, platform: &'static str) -> Read<Vec<(String, String)>> {
        self.read(|state| {
            let rows = state.profiles.iter().filter(|(key, _)| (key.0, key.1) == (account, platform));
            rows.map(|(key, value)| (key.2.to_owned(), value.clone())).collect()
        })
    }

    async fn media(&self, account: AccountId) -> Read<Vec<Media>> {
        self.read(|state| {
            let mut media: Vec<Media> =
                state.media.values().filter(|media| media.account == account).cloned().collect();
            media.sort_by_key(|media| std::cmp::Reverse((media.timestamp, media.id)));
            media
        })
    }

    async fn comments(&self, account: AccountId) -> Read<Vec<Comment>> {
        self.read(|state| {
            let comments = state.comments.values().filter(|comment| comment.account == account);
            let mut comments: Vec<Comment> = comments.cloned().collect();
            comments.sort_by_key(|comment| (comment.timestamp, comment.id));
            comments
        })
    }

    async fn reactions(&self, account: AccountId, igsid: Igsid, first: Item, last: Item) -> Read<Vec<Reaction>> {
        self.read(|state| {
            let here = |reaction: &&Reaction| {
                let message = reaction.message;
                (message.account, message.igsid) == (account, igsid) && first <= message.item && message.item <= last
            };
            state.reactions.values().filter(here).cloned().collect()
        })
    }

    async fn asset(&self, account: AccountId, id: AssetId) -> Read<Option<Asset>> {
        self.read(|state| state.assets.get(&(account, id)).cloned())
    }

    async fn chunk(&self, account: AccountId, asset: AssetId, number: u32) -> Read<Option<Bytes>> {
        self.read(|state| {
            state.assets.get(&(account, asset))?;
            state.chunks.get(&(account, asset, number)).map(|chunk| chunk.bytes.clone())
        })
    }

    async fn attachment(&self, account: AccountId, id: AttachmentId) -> Read<Option<Attachment>> {
        self.read(|state| state.attachments.get(&(account, id)).cloned())
    }

    async fn answer(&self, account: AccountId, app: AppId, key: &str) -> Read<Option<Answer>> {
        self.read(|state| state.answers.get(&(account, app, key.to_owned())).cloned())
    }

    async fn flow(&self, account: AccountId, id: FlowId) -> Read<Option<Flow>> {
        self.read(|state| state.flows.get(&(account, id)).cloned())
    }

    async fn flows(&self, account: AccountId) -> Read<Vec<Flow>> {
        self.read(|state| state.flows.values().filter(|flow| flow.account == account).cloned().collect())
    }

    async fn has_role(&self, role: Role) -> Read<bool> {
        self.read(|state| state.roles.contains(&(role.app, role.person)))
    }

    async fn medium(&self, account: AccountId, id: MediaId) -> Read<Option<Media>> {
        self.read(|state| state.media.get(&(account, id)).cloned())
    }

    async fn comment(&self, account: AccountId, id: CommentId) -> Read<Option<Comment>> {
        self.read(|state| state.comments.get(&(account, id)).cloned())
    }

    async fn due_apps(&self, now: Millis) -> Read<Vec<AppId>> {
        self.read(|state| state.queue.due_apps(now))
    }

    async fn next_due(&self) -> Read<Option<Millis>> {
        self.read(|state| state.queue.next_due())
    }

    async fn expired_media(&self, now: Millis, limit: u32) -> Read<Vec<Media>> {
        self.read(|state| {
            let is_over = |media: &&Media| media.expires_time.is_some_and(|time| time <= now);
            let mut over: Vec<Media> = state.media.values().filter(is_over).cloned().collect();
            over.sort_by_key(|media| (media.expires_time, media.account, media.id));
            taken(over.into_iter(), limit)
        })
    }

    async fn next_expiry(&self) -> Read<Option<Millis>> {
        self.read(|state| state.media.values().filter_map(|media| media.expires_time).min())
    }

    async fn leased_elsewhere(&self, owner: u64, now: Millis) -> Read<bool> {
        self.read(|state| state.queue.leased_elsewhere(owner, now))
    }

    async fn deliveries(&self, filter: DeliveryFilter, limit: u32) -> Read<Vec<Delivery>> {
        self.read(|state| taken(state.queue.newest_first(filter), limit))
    }

    async fn delivery(&self, id: DeliveryId) -> Read<Option<(Delivery, Vec<Attempt>)>> {
        self.read(|state| state.queue.delivery(id))
    }

    async fn outages(&self, app: AppId) -> Read<Vec<Outage>> {
        self.read(|state| state.outages.values().filter(|outage| outage.app == app).copied().collect())
    }

    async fn alerts(&self, limit: u32) -> Read<Vec<Alert>> {
        self.read(|state| {
            let mut newest: Vec<_> = state.alerts.iter().collect();
            newest.sort_by_key(|(key, alert)| std::cmp::Reverse((alert.time, **key)));
            taken(newest.into_iter().map(|(_, alert)| *alert), limit)
        })
    }

    async fn events(&self, after: u64, limit: u32) -> Read<Vec<Event>> {
        self.read(|state| taken(state.events.iter().filter(|event| event.seq > after).cloned(), limit))
    }

    async fn last_event(&self) -> Read<u64> {
        self.read(|state| state.events.last().map_or(0, |event| event.seq))
    }

    async fn close(&self) -> Read<()> {
        *self.state.lock() = None;
        Ok(())
    }
}
