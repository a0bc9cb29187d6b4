//! What the engine asks of a store: one write door, and reads that name their tenant.

use async_trait::async_trait;
use bytes::Bytes;
use wire::id::{
    AccountId, AppId, AssetId, AttachmentId, CommentId, DeliveryId, FlowId, Igsid, Item, MediaId, MessageId, PageId,
    PersonId, UserId,
};
use wire::time::Millis;

use crate::change::ChangeSet;
use crate::facts::{
    Account, Alert, Answer, App, Asset, Attachment, Attempt, Comment, Delivery, DeliveryState, Event, Flow, Install,
    Media, Message, Outage, Page, Person, PersonStatus, Reaction, Role, ScopedUser, Subscription, Thread, Token, User,
};
use crate::vault::TokenHash;

/// Why a change set was not written.
#[derive(Debug, thiserror::Error)]
pub enum CommitError {
    /// A version moved or a key was taken since the facts were read: read again and decide again.
    #[error("facts moved since they were read")]
    Stale,
    /// The store failed; nothing of the set was written, or it is not known to be durable and the caller must not say so.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The store could not answer.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// It cannot be reached, is full, busy or closed; trying again later may help.
    #[error("store is unavailable: {0}")]
    Unavailable(String),
    /// Stored bytes do not decode; names table, column and row.
    #[error("stored value does not decode: {0}")]
    Corrupt(String),
}

/// Result of a read.
pub type Read<T> = Result<T, StoreError>;

/// A slice of a newest-first list, by keyset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slice<K> {
    /// Where to start.
    pub from: Start<K>,
    /// How many at most.
    pub limit: u32,
}

/// Where a slice of a newest-first list starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start<K> {
    /// At the newest.
    Newest,
    /// Behind this key: older items.
    After(K),
    /// In front of this key: the nearest newer items, still given newest first.
    Before(K),
}

/// Part of a list and whether there is more on either side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part<T> {
    /// The items, newest first.
    pub items: Vec<T>,
    /// Whether older items follow.
    pub older: bool,
    /// Whether newer items precede.
    pub newer: bool,
}

/// Place of a thread in the list of conversations: most recently updated first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ThreadKey {
    /// Its `updated_time`.
    pub updated_time: Millis,
    /// Its person, which breaks ties.
    pub igsid: Igsid,
}

/// A thread with the person in it, as lists need it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThreadView {
    /// The thread.
    pub thread: Thread,
    /// The person's username.
    pub username: String,
    /// The person's display name.
    pub name: Option<String>,
}

/// Everything that a message in a thread is decided on, read in one go.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ThreadFacts {
    /// The person as the account knows them; `None` when the IGSID is unknown to the account.
    pub user: Option<ScopedUser>,
    /// Whether the person is there; `Active` for somebody unknown.
    pub status: PersonStatus,
    /// The thread, when there is one.
    pub thread: Option<Thread>,
}

/// One way for an event of an account to reach an app: an install joined with the app's `instagram` subscription.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// Layer B.
    pub install: Install,
    /// Layer A.
    pub subscription: Subscription,
}

/// What a delivery worker wants to take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    /// Deliveries of this app only, so that a slow receiver holds up nobody else.
    pub app: AppId,
    /// Due at this time or before.
    pub now: Millis,
    /// The lease ends then.
    pub until: Millis,
    /// Who takes it.
    pub owner: u64,
    /// How many at most.
    pub limit: u32,
}

/// A part of an allowance that a node takes for itself before it spends it, so that all nodes together keep one limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reservation {
    /// Whose calls are counted.
    pub app: AppId,
    /// For which account; `None` counts them for the app as a whole.
    pub account: Option<AccountId>,
    /// What is counted; the number of a row of the table of limits.
    pub bucket: u8,
    /// Number of the window, counted from 1970. One that is over counts against the newest window known.
    pub window: i64,
    /// Calls wanted.
    pub calls: u32,
    /// Calls that a window holds.
    pub allowed: u32,
}

/// What came of a reservation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reserved {
    /// Calls that may be made on it, at most as many as were wanted.
    pub granted: u32,
    /// Calls taken in the window by all nodes, these included; at most as many as it holds.
    pub taken: u32,
}

/// What others, who share the store, may have changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct News {
    /// Deliveries may be due that were not.
    pub work: bool,
    /// The event log may have grown.
    pub log: bool,
    /// Apps, tokens, accounts, subscriptions or installs may be others.
    pub configuration: bool,
    /// Settings kept in the store, the emulator's clock among them, may be others.
    pub settings: bool,
}

impl News {
    /// Anything may have changed.
    pub const ALL: Self = Self { work: true, log: true, configuration: true, settings: true };
}

/// Which deliveries a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DeliveryFilter {
    /// Of this app only.
    pub app: Option<AppId>,
    /// About this account only.
    pub account: Option<AccountId>,
    /// Of this field only.
    pub field: Option<&'static str>,
    /// In this state only.
    pub state: Option<DeliveryState>,
    /// Caused at this time or later.
    pub since: Option<Millis>,
    /// Older than this one.
    pub before: Option<DeliveryId>,
}

/// The platform's memory. Every engine gives the same answers; one suite proves it.
///
/// Reads see everything that was committed before they began. Statements on account data take the account first.
#[async_trait]
pub trait Store: Send + Sync {
    /// The one write door: writes the whole set in one transaction, grouped with its neighbours, and answers when it is
    /// on disk. On [`CommitError::Stale`] nothing was written.
    async fn commit(&self, set: ChangeSet) -> Result<(), CommitError>;

    /// Takes deliveries that are due and not leased, oldest due first. Sets `first_attempt_time` when it is unset. A lease
    /// that has run out counts as free.
    ///
    /// Of each (app, account, thread) one delivery has the turn: the first one, until an attempt is recorded that leaves
    /// it settled or does not hold back; then the next. Those that wait for their turn are not taken. A delivery that
    /// gave its turn away, or that is to be made again, needs none and holds nobody back.
    async fn claim(&self, claim: Claim) -> Result<Vec<Delivery>, CommitError>;

    /// Gives back every lease of `owner` (after a restart of that worker).
    async fn release(&self, owner: u64) -> Result<(), CommitError>;

    /// Takes as much of an allowance as is left in the window, at most what is wanted; all processes that share the store
    /// together never get more than the window holds.
    async fn reserve(&self, reservation: Reservation) -> Result<Reserved, CommitError>;

    /// Waits until another process may have changed something. It may answer too often and says too much rather than
    /// too little, and what it says can be a second late. A store that one process has alone never answers.
    async fn news(&self) -> News;

    /// An app by its Meta app id or its Instagram app id.
    async fn app(&self, id: AppId) -> Read<Option<App>>;
    /// All apps, by id.
    async fn apps(&self) -> Read<Vec<App>>;
    /// A token by its hash, whether valid or not.
    async fn token(&self, hash: TokenHash) -> Read<Option<Token>>;
    /// Every token of an app, whether valid or not, by hash.
    async fn tokens(&self, app: AppId) -> Read<Vec<Token>>;
    /// A Facebook user.
    async fn user(&self, id: UserId) -> Read<Option<User>>;
    /// A Page.
    async fn page(&self, id: PageId) -> Read<Option<Page>>;
    /// A professional account.
    async fn account(&self, id: AccountId) -> Read<Option<Account>>;
    /// All professional accounts, by id.
    async fn accounts(&self) -> Read<Vec<Account>>;
    /// A professional account by its username, any case.
    async fn account_by_username(&self, username: &str) -> Read<Option<Account>>;
    /// A person.
    async fn person(&self, id: PersonId) -> Read<Option<Person>>;
    /// A person by username, any case.
    async fn person_by_username(&self, username: &str) -> Read<Option<Person>>;
    /// People by id, from behind `after`.
    async fn people(&self, after: Option<PersonId>, limit: u32) -> Read<Vec<Person>>;
    /// An app's subscriptions, by object.
    async fn subscriptions(&self, app: AppId) -> Read<Vec<Subscription>>;
    /// A value kept with `PutSetting`.
    async fn setting(&self, name: &'static str) -> Read<Option<String>>;

    /// Apps installed on an account, oldest first.
    async fn installs(&self, account: AccountId) -> Read<Vec<Install>>;
    /// Every install on the account whose app has an active `instagram` subscription.
    async fn routes(&self, account: AccountId) -> Read<Vec<Route>>;
    /// A person as the account knows them.
    async fn scoped_user(&self, account: AccountId, igsid: Igsid) -> Read<Option<ScopedUser>>;
    /// The same, looked up by the person.
    async fn scoped_user_of(&self, account: AccountId, person: PersonId) -> Read<Option<ScopedUser>>;
    /// What a message in this thread is decided on.
    async fn thread_facts(&self, account: AccountId, igsid: Igsid) -> Read<ThreadFacts>;
    /// A thread with the person in it.
    async fn thread(&self, account: AccountId, igsid: Igsid) -> Read<Option<ThreadView>>;
    /// The account's threads, most recently updated first.
    async fn threads(&self, account: AccountId, slice: Slice<ThreadKey>) -> Read<Part<ThreadView>>;
    /// A thread's messages, newest first.
    async fn messages(&self, account: AccountId, igsid: Igsid, slice: Slice<Item>) -> Read<Part<Message>>;
    /// One message.
    async fn message(&self, id: MessageId) -> Read<Option<Message>>;
    /// The number of the `rank`th newest message of a thread (1 is the newest), if the thread has that many.
    async fn item_at(&self, account: AccountId, igsid: Igsid, rank: u32) -> Read<Option<Item>>;
    /// Properties of a messenger profile: name and JSON value.
    async fn profile(&self, account: AccountId, platform: &'static str) -> Read<Vec<(String, String)>>;
    /// Reactions to the messages of a thread from the first number to the last, both included, by message and side.
    async fn reactions(&self, account: AccountId, igsid: Igsid, first: Item, last: Item) -> Read<Vec<Reaction>>;
    /// A file that is whole.
    async fn asset(&self, account: AccountId, id: AssetId) -> Read<Option<Asset>>;
    /// A part of a file that is whole.
    async fn chunk(&self, account: AccountId, asset: AssetId, number: u32) -> Read<Option<Bytes>>;
    /// A file under an id by which it can be sent.
    async fn attachment(&self, account: AccountId, id: AttachmentId) -> Read<Option<Attachment>>;
    /// An answer kept under a caller's key.
    async fn answer(&self, account: AccountId, app: AppId, key: &str) -> Read<Option<Answer>>;
    /// One welcome message flow.
    async fn flow(&self, account: AccountId, id: FlowId) -> Read<Option<Flow>>;
    /// An account's welcome message flows, by id.
    async fn flows(&self, account: AccountId) -> Read<Vec<Flow>>;
    /// Whether a person has a role on an app.
    async fn has_role(&self, role: Role) -> Read<bool>;
    /// One post of an account.
    async fn medium(&self, account: AccountId, id: MediaId) -> Read<Option<Media>>;
    /// One comment under an account's posts.
    async fn comment(&self, account: AccountId, id: CommentId) -> Read<Option<Comment>>;
    /// An account's posts, newest first.
    async fn media(&self, account: AccountId) -> Read<Vec<Media>>;
    /// Comments under an account's posts, oldest first.
    async fn comments(&self, account: AccountId) -> Read<Vec<Comment>>;

    /// Apps that have a delivery due at `now`.
    async fn due_apps(&self, now: Millis) -> Read<Vec<AppId>>;
    /// When the next pending delivery is due, if there is one. Leases and held-back threads are not looked at.
    async fn next_due(&self) -> Read<Option<Millis>>;
    /// Stories that are to end by `now` and have not, in the order in which they end.
    async fn expired_media(&self, now: Millis, limit: u32) -> Read<Vec<Media>>;
    /// When the next of them ends; it may be past.
    async fn next_expiry(&self) -> Read<Option<Millis>>;
    /// Whether a delivery is leased at `now` to somebody else than `owner`.
    async fn leased_elsewhere(&self, owner: u64, now: Millis) -> Read<bool>;
    /// The delivery log, newest first.
    async fn deliveries(&self, filter: DeliveryFilter, limit: u32) -> Read<Vec<Delivery>>;
    /// One delivery with its attempts, first attempt first.
    async fn delivery(&self, id: DeliveryId) -> Read<Option<(Delivery, Vec<Attempt>)>>;
    /// Outages of an app's endpoint, by account and login product.
    async fn outages(&self, app: AppId) -> Read<Vec<Outage>>;
    /// What owners of apps were told of outages, newest first.
    async fn alerts(&self, limit: u32) -> Read<Vec<Alert>>;
    /// Log entries behind `seq`, oldest first.
    async fn events(&self, after: u64, limit: u32) -> Read<Vec<Event>>;
    /// Number of the newest log entry, 0 when there is none.
    async fn last_event(&self) -> Read<u64>;

    /// Finishes what was accepted and lets go of files and connections.
    async fn close(&self) -> Read<()>;
}
