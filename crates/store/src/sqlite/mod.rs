//! The store on SQLite, the embedded default.

#[cfg(test)]
mod catalogue;
mod claims;
mod commit;
mod failure;
#[cfg(test)]
mod plans;
mod run;
pub(crate) mod schema;

use std::path::PathBuf;

use async_trait::async_trait;
use bytes::Bytes;
use db::{Sqlite, SqliteOptions};
use engine::change::ChangeSet;
use engine::facts::{
    Account, Alert, Answer, App, Asset, Attachment, Attempt, Comment, Delivery, Event, Flow, Install, Media, Message,
    Outage, Page, Person, Reaction, Role, ScopedUser, Subscription, Token, User,
};
use engine::store::{
    Claim, CommitError, DeliveryFilter, News, Part, Read, Reservation, Reserved, Route, Slice, Store, StoreError,
    ThreadFacts, ThreadKey, ThreadView,
};
use engine::vault::TokenHash;
use rusqlite::Connection;
use wire::id::{
    AccountId, AppId, AssetId, AttachmentId, CommentId, DeliveryId, FlowId, Igsid, Item, MediaId, MessageId, PageId,
    PersonId, UserId,
};
use wire::time::Millis;

use crate::shared::{account_of, reserved};
use crate::sql::{
    self, Query, Slicing, answers, assets, configuration, content, deliveries, flows, log, messages, outages, people,
    reactions, subscriptions, threads, usage,
};

/// The store in one SQLite file: one writer thread that commits in groups, and a pool of readers.
pub struct SqliteStore {
    db: Sqlite,
}

impl SqliteStore {
    /// Opens or creates the store at `path` and brings its schema up to date. Blocks.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the file is open elsewhere, cannot be used, was written by a newer program, or is
    /// being filled by a copy that has not ended.
    pub fn open(path: impl Into<PathBuf>) -> Result<Self, StoreError> {
        let path = path.into();
        if crate::house::is_unfinished_file(&path).map_err(|error| StoreError::Unavailable(error.to_string()))? {
            return Err(StoreError::Unavailable(crate::house::UNFINISHED.to_owned()));
        }
        let options = SqliteOptions { at_start: Some(sql::claims::RELEASE_ALL.sqlite), ..SqliteOptions::at(path) };
        let db = Sqlite::open(options, schema::MIGRATIONS).map_err(failure::read)?;
        Ok(Self { db })
    }

    async fn read<T: Send + 'static>(
        &self,
        query: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Read<T> {
        self.db.read(query).await.map_err(failure::read)
    }

    /// For keyed look-ups that touch a bounded number of rows, a page of a list at the most.
    async fn look<T>(&self, query: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send) -> Read<T> {
        self.db.look(query).await.map_err(failure::read)
    }

    /// The first row of a keyed look-up.
    async fn one<T>(&self, query: Query<'_, T>) -> Read<Option<T>> {
        self.look(|c| run::one(c, &query)).await
    }

    /// All rows of a keyed look-up.
    async fn many<T>(&self, query: Query<'_, T>) -> Read<Vec<T>> {
        self.look(|c| run::many(c, &query)).await
    }

    /// A page of a list.
    async fn part<T>(&self, slicing: Slicing<T>) -> Read<Part<T>> {
        self.look(|c| run::part(c, &slicing)).await
    }

    /// A list of any length.
    async fn list<T: Send + 'static>(&self, query: Query<'static, T>) -> Read<Vec<T>> {
        self.read(move |c| run::many(c, &query)).await
    }

    async fn write<T: Send + 'static>(
        &self,
        operation: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, CommitError> {
        self.db.write(operation).await.map_err(failure::write)
    }
}

#[async_trait]
impl Store for SqliteStore {
    async fn commit(&self, set: ChangeSet) -> Result<(), CommitError> {
        account_of(&set)?;
        self.write(move |c| commit::apply(c, &set)).await
    }

    async fn claim(&self, claim: Claim) -> Result<Vec<Delivery>, CommitError> {
        self.write(move |c| claims::claim(c, &claim)).await
    }

    async fn release(&self, owner: u64) -> Result<(), CommitError> {
        self.write(move |c| run::write(c, &sql::claims::release(owner)).map(drop)).await
    }

    async fn reserve(&self, reservation: Reservation) -> Result<Reserved, CommitError> {
        let calls = self.write(move |c| run::one(c, &usage::reserve(&reservation)?)).await?;
        Ok(reserved(&reservation, calls.unwrap_or_default()))
    }

    async fn news(&self) -> News {
        std::future::pending().await
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
        let facts = self.one(threads::thread_facts(account, igsid)).await?;
        Ok(facts.unwrap_or_default())
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
        // A part is as long as many pages, which may have to come from the disk.
        self.read(move |c| run::one(c, &assets::chunk(account, asset, number))).await
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
        self.look(|c| {
            let _snapshot = c.unchecked_transaction()?;
            let Some(delivery) = run::one(c, &deliveries::delivery(id))? else { return Ok(None) };
            let attempts = run::many(c, &deliveries::attempts(&delivery))?;
            Ok(Some((delivery, attempts)))
        })
        .await
    }

    async fn outages(&self, app: AppId) -> Read<Vec<Outage>> {
        self.many(outages::outages(app)).await
    }

    async fn alerts(&self, limit: u32) -> Read<Vec<Alert>> {
        self.list(outages::alerts(limit)).await
    }

    async fn events(&self, after: u64, limit: u32) -> Read<Vec<Event>> {
        self.list(log::events(after, limit)).await
    }

    async fn last_event(&self) -> Read<u64> {
        Ok(self.one(log::last_event()).await?.unwrap_or(0))
    }

    async fn close(&self) -> Read<()> {
        self.db.close().await.map_err(failure::read)
    }
}
