//! The store on PostgreSQL, for several nodes on one database.

pub(crate) mod base;
mod bulk;
#[cfg(test)]
mod catalogue;
mod claims;
mod facts;
mod failure;
mod group;
mod log;
mod many;
#[cfg(test)]
mod plans;
mod run;
pub(crate) mod schema;

use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use db::{Postgres, PostgresOptions, Writer};
use engine::change::{Change, ChangeSet};
use engine::facts::{
    Account, Alert, Answer, App, Asset, Attachment, Attempt, Comment, Delivery, Event, Flow, Install, Media, Message,
    Outage, Page, Person, Reaction, Role, ScopedUser, Subscription, Token, User,
};
use engine::store::{
    Claim, CommitError, DeliveryFilter, News, Part, Read, Reservation, Reserved, Route, Slice, Store, StoreError,
    ThreadFacts, ThreadKey, ThreadView,
};
use engine::vault::TokenHash;
use tokio::time::timeout;
use wire::id::{
    AccountId, AppId, AssetId, AttachmentId, CommentId, DeliveryId, FlowId, Igsid, Item, MediaId, MessageId, PageId,
    PersonId, UserId,
};
use wire::time::Millis;

use crate::shared::{account_of, reserved};
use crate::sql::{
    self, Query, Slicing, answers, assets, configuration, content, deliveries, flows, messages, outages, people,
    reactions, subscriptions, threads, usage,
};
use bulk::Touched;
use facts::Facts;
use group::ChangeSets;

/// The store in a PostgreSQL database, which any number of processes may share.
pub struct PostgresStore {
    db: Postgres,
    writer: Writer<ChangeSets>,
    facts: Facts,
    patience: Duration,
}

/// Every statement is written for one plan: nested loops over indexes, in their order. Neither statistics that lag behind
/// nor a limit that a kept plan does not know may talk the planner into another, and planning is done once.
const PLANNER: &[(&str, &str)] = &[
    ("plan_cache_mode", "force_generic_plan"),
    ("enable_seqscan", "off"),
    ("enable_bitmapscan", "off"),
    ("enable_hashjoin", "off"),
    ("enable_mergejoin", "off"),
    ("enable_sort", "off"),
    ("enable_incremental_sort", "off"),
    ("max_parallel_workers_per_gather", "0"),
    ("jit", "off"),
];

/// Lanes of an account; one more is for what only records attempts, and one for parts of files, for which no message waits.
const LANES: i64 = 4;
const FILES: i64 = LANES + 1;
/// Change sets of one transaction at most. Each holds a lock or two, of which the server has room for some thousands.
const GROUP: usize = 128;

/// What others are told of a commit, a bit each.
const WORK: u32 = 1;
const LOG: u32 = 2;
const CONFIGURATION: u32 = 4;
const SETTINGS: u32 = 8;

/// What a commit of this set is to be told as.
fn told_of(set: &ChangeSet) -> u32 {
    [
        (set.makes_work(), WORK),
        (set.makes_log(), LOG),
        (set.changes_configuration(), CONFIGURATION),
        (set.changes_settings(), SETTINGS),
    ]
    .into_iter()
    .filter_map(|(so, bit)| so.then_some(bit))
    .sum()
}

/// Change sets with the same lane are written one group after the other, which keeps those of a thread in order. An
/// account has several, so that one of its groups is written while another waits for the disk.
fn lane(set: &ChangeSet) -> i64 {
    let touched = Touched::by(set);
    let thread = touched.threads.first().copied().unwrap_or_default();
    let is_part = |change: &Change| matches!(change, Change::AddChunk(_) | Change::SweepChunks { .. });
    let place = match touched.relaxed {
        true => LANES,
        false if set.0.iter().any(is_part) => FILES,
        false => thread.rem_euclid(LANES),
    };
    touched.account.wrapping_mul(FILES + 1).wrapping_add(place)
}

impl PostgresStore {
    /// Connects to the database at `url` and brings its schema up to date.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when it cannot be reached, is no PostgreSQL of our kind, was migrated by a newer
    /// program, or is being filled by a copy that has not ended.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        Self::with(PostgresOptions::at(url)).await
    }

    /// The same with other bounds.
    ///
    /// # Errors
    /// As [`PostgresStore::open`].
    pub async fn with(options: PostgresOptions) -> Result<Self, StoreError> {
        let options = PostgresOptions { settings: PLANNER, group_limit: options.group_limit.min(GROUP), ..options };
        let (url, patience) = (options.url.clone(), options.timeout);
        let db = Postgres::open(options, schema::MIGRATIONS).await.map_err(|error| failure::read(&error))?;
        if let Err(error) = base::ready(&url).await {
            db.close().await.map_err(|error| failure::read(&error))?;
            return Err(error);
        }
        let writer = Writer::start(&db, ChangeSets);
        let facts = Facts::start(db.clone(), patience);
        Ok(Self { db, writer, facts, patience })
    }

    async fn one<T>(&self, query: Query<'_, T>) -> Read<Option<T>> {
        run::one(&self.db, query).await
    }

    async fn many<T>(&self, query: Query<'_, T>) -> Read<Vec<T>> {
        run::many(&self.db, query).await
    }

    async fn list<T>(&self, query: Query<'_, T>) -> Read<Vec<T>> {
        run::list(&self.db, query).await
    }

    async fn part<T>(&self, slicing: Slicing<T>) -> Read<Part<T>> {
        run::part(&self.db, slicing).await
    }
}

#[async_trait]
impl Store for PostgresStore {
    async fn commit(&self, set: ChangeSet) -> Result<(), CommitError> {
        account_of(&set)?;
        let told = told_of(&set);
        // In the queue and in its group it may wait for a silent server twice; its caller waits once and a little.
        let written = timeout(self.patience + self.patience / 10, self.writer.write(lane(&set), set)).await;
        let late =
            |_| StoreError::Unavailable("the database did not answer in time; it may have been committed".into());
        written.map_err(late)?.map_err(failure::write)?;
        self.db.notify(told);
        Ok(())
    }

    async fn claim(&self, claim: Claim) -> Result<Vec<Delivery>, CommitError> {
        claims::claim(&self.db, &claim).await
    }

    async fn release(&self, owner: u64) -> Result<(), CommitError> {
        claims::release(&self.db, owner).await?;
        self.db.notify(WORK);
        Ok(())
    }

    async fn reserve(&self, reservation: Reservation) -> Result<Reserved, CommitError> {
        let query = usage::reserve(&reservation).map_err(|number| StoreError::Corrupt(number.to_string()))?;
        let rows = self.db.query_relaxed(query.statement.postgres, &run::params(&query.params)).await;
        let calls = run::decoded(&rows.map_err(|error| failure::read(&error))?, query.decode)?.into_iter().next();
        Ok(reserved(&reservation, calls.unwrap_or_default()))
    }

    async fn news(&self) -> News {
        let told = self.db.told().await;
        let has = |bit| told & bit != 0;
        News { work: has(WORK), log: has(LOG), configuration: has(CONFIGURATION), settings: has(SETTINGS) }
    }

    async fn app(&self, id: AppId) -> Read<Option<App>> {
        self.one(configuration::app(id)).await
    }

    async fn apps(&self) -> Read<Vec<App>> {
        self.list(configuration::apps()).await
    }

    async fn token(&self, hash: TokenHash) -> Read<Option<Token>> {
        self.one(configuration::token(&hash)).await
    }

    async fn tokens(&self, app: AppId) -> Read<Vec<Token>> {
        self.list(configuration::tokens(app)).await
    }

    async fn user(&self, id: UserId) -> Read<Option<User>> {
        self.one(configuration::user(id)).await
    }

    async fn page(&self, id: PageId) -> Read<Option<Page>> {
        self.one(configuration::page(id)).await
    }

    async fn account(&self, id: AccountId) -> Read<Option<Account>> {
        self.one(configuration::account(id)).await
    }

    async fn accounts(&self) -> Read<Vec<Account>> {
        self.list(configuration::accounts()).await
    }

    async fn account_by_username(&self, username: &str) -> Read<Option<Account>> {
        self.one(configuration::account_by_username(username)).await
    }

    async fn person(&self, id: PersonId) -> Read<Option<Person>> {
        self.one(people::person(id)).await
    }

    async fn person_by_username(&self, username: &str) -> Read<Option<Person>> {
        self.one(people::person_by_username(username)).await
    }

    async fn people(&self, after: Option<PersonId>, limit: u32) -> Read<Vec<Person>> {
        self.list(people::people(after, limit)).await
    }

    async fn subscriptions(&self, app: AppId) -> Read<Vec<Subscription>> {
        self.many(subscriptions::subscriptions(app)).await
    }

    async fn setting(&self, name: &'static str) -> Read<Option<String>> {
        self.one(configuration::setting(name)).await
    }

    async fn installs(&self, account: AccountId) -> Read<Vec<Install>> {
        self.many(subscriptions::installs(account)).await
    }

    async fn routes(&self, account: AccountId) -> Read<Vec<Route>> {
        self.many(subscriptions::routes(account)).await
    }

    async fn scoped_user(&self, account: AccountId, igsid: Igsid) -> Read<Option<ScopedUser>> {
        self.one(people::scoped_user(account, igsid)).await
    }

    async fn scoped_user_of(&self, account: AccountId, person: PersonId) -> Read<Option<ScopedUser>> {
        self.one(people::scoped_user_of(account, person)).await
    }

    async fn thread_facts(&self, account: AccountId, igsid: Igsid) -> Read<ThreadFacts> {
        match (sql::int(account.get()), sql::int(igsid.get())) {
            (Ok(account), Ok(igsid)) => self.facts.read(account, igsid).await,
            // No row has such a number.
            _ => Ok(ThreadFacts::default()),
        }
    }

    async fn thread(&self, account: AccountId, igsid: Igsid) -> Read<Option<ThreadView>> {
        self.one(threads::thread(account, igsid)).await
    }

    async fn threads(&self, account: AccountId, slice: Slice<ThreadKey>) -> Read<Part<ThreadView>> {
        self.part(threads::threads(account, slice)).await
    }

    async fn messages(&self, account: AccountId, igsid: Igsid, slice: Slice<Item>) -> Read<Part<Message>> {
        self.part(messages::messages(account, igsid, slice)).await
    }

    async fn message(&self, id: MessageId) -> Read<Option<Message>> {
        self.one(messages::message(id)).await
    }

    async fn item_at(&self, account: AccountId, igsid: Igsid, rank: u32) -> Read<Option<Item>> {
        match messages::item_at(account, igsid, rank) {
            Some(query) => self.one(query).await,
            None => Ok(None),
        }
    }

    async fn profile(&self, account: AccountId, platform: &'static str) -> Read<Vec<(String, String)>> {
        self.many(content::profile(account, platform)).await
    }

    async fn media(&self, account: AccountId) -> Read<Vec<Media>> {
        self.list(content::media(account)).await
    }

    async fn comments(&self, account: AccountId) -> Read<Vec<Comment>> {
        self.list(content::comments(account)).await
    }

    async fn reactions(&self, account: AccountId, igsid: Igsid, first: Item, last: Item) -> Read<Vec<Reaction>> {
        self.many(reactions::reactions(account, igsid, first, last)).await
    }

    async fn asset(&self, account: AccountId, id: AssetId) -> Read<Option<Asset>> {
        self.one(assets::asset(account, id)).await
    }

    async fn chunk(&self, account: AccountId, asset: AssetId, number: u32) -> Read<Option<Bytes>> {
        // A part is long: nobody's keyed look-up is to wait for it.
        Ok(self.list(assets::chunk(account, asset, number)).await?.into_iter().next())
    }

    async fn attachment(&self, account: AccountId, id: AttachmentId) -> Read<Option<Attachment>> {
        self.one(assets::attachment(account, id)).await
    }

    async fn answer(&self, account: AccountId, app: AppId, key: &str) -> Read<Option<Answer>> {
        self.one(answers::answer(account, app, key)).await
    }

    async fn flow(&self, account: AccountId, id: FlowId) -> Read<Option<Flow>> {
        self.one(flows::flow(account, id)).await
    }

    async fn flows(&self, account: AccountId) -> Read<Vec<Flow>> {
        self.list(flows::flows(account)).await
    }

    async fn has_role(&self, role: Role) -> Read<bool> {
        Ok(self.one(people::has_role(role)).await?.is_some())
    }

    async fn medium(&self, account: AccountId, id: MediaId) -> Read<Option<Media>> {
        self.one(content::medium(account, id)).await
    }

    async fn comment(&self, account: AccountId, id: CommentId) -> Read<Option<Comment>> {
        self.one(content::comment(account, id)).await
    }

    async fn due_apps(&self, now: Millis) -> Read<Vec<AppId>> {
        self.many(sql::claims::due_apps(now)).await
    }

    async fn next_due(&self) -> Read<Option<Millis>> {
        Ok(self.one(sql::claims::next_due()).await?.flatten())
    }

    async fn expired_media(&self, now: Millis, limit: u32) -> Read<Vec<Media>> {
        self.list(content::expired_media(now, limit)).await
    }

    async fn next_expiry(&self) -> Read<Option<Millis>> {
        Ok(self.one(content::next_expiry()).await?.flatten())
    }

    async fn leased_elsewhere(&self, owner: u64, now: Millis) -> Read<bool> {
        Ok(self.one(sql::claims::leased_elsewhere(owner, now)).await?.is_some())
    }

    async fn deliveries(&self, filter: DeliveryFilter, limit: u32) -> Read<Vec<Delivery>> {
        self.list(deliveries::deliveries(filter, limit)).await
    }

    async fn delivery(&self, id: DeliveryId) -> Read<Option<(Delivery, Vec<Attempt>)>> {
        // The attempts come last, so that none is missing that the delivery counts.
        let Some(delivery) = self.one(deliveries::delivery(id)).await? else { return Ok(None) };
        let attempts = self.many(deliveries::attempts(&delivery)).await?;
        Ok(Some((delivery, attempts)))
    }

    async fn outages(&self, app: AppId) -> Read<Vec<Outage>> {
        self.many(outages::outages(app)).await
    }

    async fn alerts(&self, limit: u32) -> Read<Vec<Alert>> {
        self.list(outages::alerts(limit)).await
    }

    async fn events(&self, after: u64, limit: u32) -> Read<Vec<Event>> {
        log::events(&self.db, after, limit).await
    }

    async fn last_event(&self) -> Read<u64> {
        log::last_event(&self.db).await
    }

    async fn close(&self) -> Read<()> {
        self.facts.close().await;
        self.db.close().await.map_err(|error| failure::read(&error))
    }
}

#[cfg(test)]
mod tests {
    use engine::facts::{Chunk, Thread};
    use wire::time::Span;

    use super::*;

    #[test]
    fn what_has_to_keep_an_order_shares_a_lane_and_messages_wait_for_no_file() {
        let (account, asset) = (AccountId::new(9), AssetId::new(1));
        let save = |igsid| Change::SaveThread(Thread::new(account, Igsid::new(igsid)));
        let part =
            || Change::AddChunk(Chunk { account, asset, number: 0, bytes: Bytes::new(), created_time: Millis::new(0) });
        let lane = |changes| lane(&ChangeSet(changes));
        let threads: Vec<i64> = (0..8).map(|igsid| lane(vec![save(igsid)])).collect();
        assert_eq!(threads[..4], threads[4..]);
        let files = lane(vec![part()]);
        assert!(!threads.contains(&files));
        assert_eq!(lane(vec![part(), part()]), files);
        let sweep = Change::SweepChunks { account, before: Millis::new(0) };
        assert_eq!(lane(vec![sweep]), files);
        assert!(
            !threads.contains(&lane(vec![Change::Rewind { by: Span::millis(1) }])),
            "no other account is in its lanes"
        );
    }
}
