//! Several nodes on one store in one process: each hears what the others commit.

use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use engine::change::ChangeSet;
use engine::facts::{
    Account, Alert, Answer, App, Asset, Attachment, Attempt, Comment, Delivery, Event, Flow, Install, Media, Message,
    Outage, Page, Person, Reaction, Role, ScopedUser, Subscription, Token, User,
};
use engine::store::{
    Claim, CommitError, DeliveryFilter, News, Part, Read, Reservation, Reserved, Route, Slice, Store, ThreadFacts,
    ThreadKey, ThreadView,
};
use engine::vault::TokenHash;
use parking_lot::Mutex;
use tokio::sync::Notify;
use wire::id::{
    AccountId, AppId, AssetId, AttachmentId, CommentId, DeliveryId, FlowId, Igsid, Item, MediaId, MessageId, PageId,
    PersonId, UserId,
};
use wire::time::Millis;

/// What one node has not heard yet.
#[derive(Default)]
struct Unheard {
    news: Mutex<News>,
    bell: Notify,
}

/// A store as one of several nodes has it: all calls go through, and what the others commit is its news.
pub struct Line {
    store: Arc<dyn Store>,
    own: Arc<Unheard>,
    all: Arc<Mutex<Vec<Arc<Unheard>>>>,
}

impl Line {
    /// The first node's.
    pub fn new(store: Arc<dyn Store>) -> Self {
        let own = Arc::<Unheard>::default();
        Self { store, all: Arc::new(Mutex::new(vec![Arc::clone(&own)])), own }
    }

    /// One node more.
    pub fn beside(&self) -> Self {
        let own = Arc::<Unheard>::default();
        self.all.lock().push(Arc::clone(&own));
        Self { store: Arc::clone(&self.store), own, all: Arc::clone(&self.all) }
    }

    fn tell_others(&self, news: News) {
        for other in self.all.lock().iter().filter(|other| !Arc::ptr_eq(other, &self.own)) {
            let mut unheard = other.news.lock();
            unheard.work |= news.work;
            unheard.log |= news.log;
            unheard.configuration |= news.configuration;
            unheard.settings |= news.settings;
            other.bell.notify_one();
        }
    }

    async fn committed(&self, set: ChangeSet) -> Result<(), CommitError> {
        let news = News {
            work: set.makes_work(),
            log: set.makes_log(),
            configuration: set.changes_configuration(),
            settings: set.changes_settings(),
        };
        self.store.commit(set).await?;
        self.tell_others(news);
        Ok(())
    }

    async fn heard(&self) -> News {
        loop {
            let news = std::mem::take(&mut *self.own.news.lock());
            if news != News::default() {
                return news;
            }
            self.own.bell.notified().await;
        }
    }
}

/// The trait for [`Line`]; whatever stands in the list goes through to the store as it is.
macro_rules! passed_through {
    ($(fn $name:ident($($argument:ident: $kind:ty),*) -> $answer:ty;)+) => {
        #[async_trait]
        impl Store for Line {
            async fn commit(&self, set: ChangeSet) -> Result<(), CommitError> {
                self.committed(set).await
            }

            async fn news(&self) -> News {
                self.heard().await
            }

            async fn account_by_username(&self, username: &str) -> Read<Option<Account>> {
                self.store.account_by_username(username).await
            }

            async fn person_by_username(&self, username: &str) -> Read<Option<Person>> {
                self.store.person_by_username(username).await
            }

            async fn answer(&self, account: AccountId, app: AppId, key: &str) -> Read<Option<Answer>> {
                self.store.answer(account, app, key).await
            }

            /// Answers a moment after it has read, as over a network: what it says may be old by then.
            async fn setting(&self, name: &'static str) -> Read<Option<String>> {
                let found = self.store.setting(name).await;
                tokio::task::yield_now().await;
                found
            }

            $(async fn $name(&self, $($argument: $kind),*) -> $answer {
                self.store.$name($($argument),*).await
            })+
        }
    };
}

passed_through! {
    fn claim(claim: Claim) -> Result<Vec<Delivery>, CommitError>;
    fn release(owner: u64) -> Result<(), CommitError>;
    fn reserve(reservation: Reservation) -> Result<Reserved, CommitError>;
    fn app(id: AppId) -> Read<Option<App>>;
    fn apps() -> Read<Vec<App>>;
    fn token(hash: TokenHash) -> Read<Option<Token>>;
    fn tokens(app: AppId) -> Read<Vec<Token>>;
    fn user(id: UserId) -> Read<Option<User>>;
    fn page(id: PageId) -> Read<Option<Page>>;
    fn account(id: AccountId) -> Read<Option<Account>>;
    fn accounts() -> Read<Vec<Account>>;
    fn person(id: PersonId) -> Read<Option<Person>>;
    fn people(after: Option<PersonId>, limit: u32) -> Read<Vec<Person>>;
    fn subscriptions(app: AppId) -> Read<Vec<Subscription>>;
    fn installs(account: AccountId) -> Read<Vec<Install>>;
    fn routes(account: AccountId) -> Read<Vec<Route>>;
    fn scoped_user(account: AccountId, igsid: Igsid) -> Read<Option<ScopedUser>>;
    fn scoped_user_of(account: AccountId, person: PersonId) -> Read<Option<ScopedUser>>;
    fn thread_facts(account: AccountId, igsid: Igsid) -> Read<ThreadFacts>;
    fn thread(account: AccountId, igsid: Igsid) -> Read<Option<ThreadView>>;
    fn threads(account: AccountId, slice: Slice<ThreadKey>) -> Read<Part<ThreadView>>;
    fn messages(account: AccountId, igsid: Igsid, slice: Slice<Item>) -> Read<Part<Message>>;
    fn message(id: MessageId) -> Read<Option<Message>>;
    fn item_at(account: AccountId, igsid: Igsid, rank: u32) -> Read<Option<Item>>;
    fn profile(account: AccountId, platform: &'static str) -> Read<Vec<(String, String)>>;
    fn reactions(account: AccountId, igsid: Igsid, first: Item, last: Item) -> Read<Vec<Reaction>>;
    fn asset(account: AccountId, id: AssetId) -> Read<Option<Asset>>;
    fn chunk(account: AccountId, asset: AssetId, number: u32) -> Read<Option<Bytes>>;
    fn attachment(account: AccountId, id: AttachmentId) -> Read<Option<Attachment>>;
    fn flow(account: AccountId, id: FlowId) -> Read<Option<Flow>>;
    fn flows(account: AccountId) -> Read<Vec<Flow>>;
    fn has_role(role: Role) -> Read<bool>;
    fn medium(account: AccountId, id: MediaId) -> Read<Option<Media>>;
    fn comment(account: AccountId, id: CommentId) -> Read<Option<Comment>>;
    fn media(account: AccountId) -> Read<Vec<Media>>;
    fn comments(account: AccountId) -> Read<Vec<Comment>>;
    fn due_apps(now: Millis) -> Read<Vec<AppId>>;
    fn next_due() -> Read<Option<Millis>>;
    fn expired_media(now: Millis, limit: u32) -> Read<Vec<Media>>;
    fn next_expiry() -> Read<Option<Millis>>;
    fn leased_elsewhere(owner: u64, now: Millis) -> Read<bool>;
    fn deliveries(filter: DeliveryFilter, limit: u32) -> Read<Vec<Delivery>>;
    fn outages(app: AppId) -> Read<Vec<Outage>>;
    fn alerts(limit: u32) -> Read<Vec<Alert>>;
    fn delivery(id: DeliveryId) -> Read<Option<(Delivery, Vec<Attempt>)>>;
    fn events(after: u64, limit: u32) -> Read<Vec<Event>>;
    fn last_event() -> Read<u64>;
    fn close() -> Read<()>;
}
