//! The model's maps, and what each change does to them.

use std::collections::{BTreeMap, BTreeSet};

use engine::change::Change;
use engine::facts::{
    ANSWER_KEPT, Account, Alert, AlertKind, Answer, App, Asset, Attachment, Chunk, Comment, Event, Flow, Install,
    Media, Message, Outage, Page, Person, Reaction, ScopedUser, Side, Subscription, Thread, Token, User,
};
use engine::store::{CommitError, Reservation, Reserved, ThreadView};
use engine::vault::TokenHash;
use wire::dialect::Dialect;
use wire::id::{
    AccountId, AppId, AssetId, AttachmentId, CommentId, FlowId, Igsid, Item, MediaId, MessageId, PageId, PersonId,
    UserId,
};
use wire::time::Millis;

use super::queue::Queue;
use crate::shared::{login_name, on_record, reserved};

/// Everything that is stored.
#[derive(Clone, Default)]
pub(super) struct State {
    pub(super) users: BTreeMap<UserId, User>,
    pub(super) apps: BTreeMap<AppId, App>,
    pub(super) tokens: BTreeMap<TokenHash, Token>,
    pub(super) pages: BTreeMap<PageId, Page>,
    pub(super) accounts: BTreeMap<AccountId, Account>,
    pub(super) people: BTreeMap<PersonId, Person>,
    pub(super) roles: BTreeSet<(AppId, PersonId)>,
    pub(super) subscriptions: BTreeMap<(AppId, String), Subscription>,
    pub(super) settings: BTreeMap<&'static str, String>,
    pub(super) installs: BTreeMap<(AccountId, AppId, &'static str), Install>,
    pub(super) scoped_users: BTreeMap<(AccountId, Igsid), ScopedUser>,
    pub(super) threads: BTreeMap<(AccountId, Igsid), Thread>,
    pub(super) messages: BTreeMap<(AccountId, Igsid, Item), Message>,
    /// By message, the person's in front of the business's.
    pub(super) reactions: BTreeMap<(AccountId, Igsid, Item, bool), Reaction>,
    pub(super) assets: BTreeMap<(AccountId, AssetId), Asset>,
    pub(super) chunks: BTreeMap<(AccountId, AssetId, u32), Chunk>,
    pub(super) attachments: BTreeMap<(AccountId, AttachmentId), Attachment>,
    pub(super) answers: BTreeMap<(AccountId, AppId, String), Answer>,
    pub(super) flows: BTreeMap<(AccountId, FlowId), Flow>,
    /// By account, platform and property.
    pub(super) profiles: BTreeMap<(AccountId, &'static str, &'static str), String>,
    pub(super) media: BTreeMap<(AccountId, MediaId), Media>,
    pub(super) comments: BTreeMap<(AccountId, CommentId), Comment>,
    pub(super) queue: Queue,
    /// Window and calls of each counter.
    pub(super) usage: BTreeMap<(Option<AccountId>, AppId, u8), (i64, i64)>,
    pub(super) outages: BTreeMap<(AccountId, AppId, &'static str), Outage>,
    /// By outage and number of the kind.
    pub(super) alerts: BTreeMap<(AccountId, AppId, &'static str, Millis, i64), Alert>,
    /// Oldest first.
    pub(super) events: Vec<Event>,
}

/// `Stale` when the key is taken.
fn free(taken: bool) -> Result<(), CommitError> {
    if taken { Err(CommitError::Stale) } else { Ok(()) }
}

fn reaction_key(message: MessageId, from: Side) -> (AccountId, Igsid, Item, bool) {
    (message.account, message.igsid, message.item, from == Side::Business)
}

fn outage_key(account: AccountId, app: AppId, login: Dialect) -> (AccountId, AppId, &'static str) {
    (account, app, login_name(login))
}

impl State {
    /// Makes one change; the caller throws the state away when it fails.
    pub(super) fn apply(&mut self, change: Change) -> Result<(), CommitError> {
        match change {
            Change::PutUser(user) => drop(self.users.insert(user.id, user)),
            Change::PutApp(app) => {
                let id = app.instagram_app_id;
                free(self.apps.values().any(|other| other.id != app.id && other.instagram_app_id == id))?;
                self.apps.insert(app.id, app);
            }
            Change::PutToken(token) => drop(self.tokens.insert(token.hash, token)),
            Change::PutPage(page) => drop(self.pages.insert(page.id, page)),
            Change::PutAccount(account) => {
                let same = |other: &Account| other.username.eq_ignore_ascii_case(&account.username);
                free(self.accounts.values().any(|other| other.id != account.id && same(other)))?;
                self.accounts.insert(account.id, account);
            }
            Change::PutPerson(person) => {
                let same = |other: &Person| other.username.eq_ignore_ascii_case(&person.username);
                free(self.people.values().any(|other| other.id != person.id && same(other)))?;
                self.people.insert(person.id, person);
            }
            Change::PutRole(role) => drop(self.roles.insert((role.app, role.person))),
            Change::RemoveRole(role) => drop(self.roles.remove(&(role.app, role.person))),
            Change::PutSubscription(row) => drop(self.subscriptions.insert((row.app, row.object.clone()), row)),
            Change::RemoveSubscription { app, object } => self
                .subscriptions
                .retain(|key, _| key.0 != app || object.as_ref().is_some_and(|object| *object != key.1)),
            Change::PutSetting { name, value } => drop(self.settings.insert(name, value)),
            Change::AddSetting { name, value } => {
                free(self.settings.contains_key(name))?;
                self.settings.insert(name, value);
            }
            Change::PutInstall(install) => {
                self.installs.insert((install.account, install.app, login_name(install.login)), install);
            }
            Change::RemoveInstall { account, app, login } => {
                self.installs.remove(&(account, app, login_name(login)));
                self.queue.recall(account, app, login);
            }
            Change::AddScopedUser(user) => {
                free(self.scoped_users.contains_key(&(user.account, user.igsid)))?;
                self.put_scoped_user(user)?;
            }
            Change::PutScopedUser(user) => self.put_scoped_user(user)?,
            Change::SaveThread(thread) => {
                let version = self.threads.get(&(thread.account, thread.igsid)).map_or(0, |thread| thread.version);
                free(version.checked_add(1) != Some(thread.version))?;
                self.threads.insert((thread.account, thread.igsid), thread);
            }
            Change::AddMessage(message) => {
                let key = (message.id.account, message.id.igsid, message.id.item);
                free(self.messages.contains_key(&key))?;
                self.messages.insert(key, message);
            }
            Change::PutMessage(message) => {
                let key = (message.id.account, message.id.igsid, message.id.item);
                free(!self.messages.contains_key(&key))?;
                self.messages.insert(key, message);
            }
            Change::PutReaction(reaction) => {
                self.reactions.insert(reaction_key(reaction.message, reaction.from), reaction);
            }
            Change::RemoveReaction { message, from } => drop(self.reactions.remove(&reaction_key(message, from))),
            Change::AddChunk(chunk) => {
                let key = (chunk.account, chunk.asset, chunk.number);
                free(self.chunks.contains_key(&key))?;
                self.chunks.insert(key, chunk);
            }
            Change::AddAsset(asset) => {
                free(self.assets.contains_key(&(asset.account, asset.id)))?;
                self.assets.insert((asset.account, asset.id), asset);
            }
            Change::RemoveAsset { account, asset } => {
                self.assets.remove(&(account, asset));
                self.chunks.retain(|key, _| (key.0, key.1) != (account, asset));
            }
            Change::SweepChunks { account, before } => {
                let assets = &self.assets;
                let swept =
                    |chunk: &Chunk| chunk.created_time < before && !assets.contains_key(&(account, chunk.asset));
                self.chunks.retain(|key, chunk| key.0 != account || !swept(chunk));
            }
            Change::PutAttachment(row) => drop(self.attachments.insert((row.account, row.id), row)),
            Change::AddAnswer(answer) => {
                let (account, oldest) = (answer.account, answer.time.minus(ANSWER_KEPT));
                self.answers.retain(|key, old| key.0 != account || old.time >= oldest);
                let key = (account, answer.app, answer.key.clone());
                free(self.answers.contains_key(&key))?;
                self.answers.insert(key, answer);
            }
            Change::PutFlow(flow) => drop(self.flows.insert((flow.account, flow.id), flow)),
            Change::RemoveFlow { account, flow } => drop(self.flows.remove(&(account, flow))),
            Change::AddDelivery(delivery) => self.queue.add(delivery),
            Change::AddEvent(event) => {
                let seq = self.events.last().map_or(1, |event| event.seq + 1);
                self.events.push(Event { seq, event });
            }
            Change::PutProfile { account, platform, property, value } => {
                let key = (account, platform, property);
                match value {
                    Some(value) => drop(self.profiles.insert(key, value)),
                    None => drop(self.profiles.remove(&key)),
                }
            }
            Change::PutMedia(media) => drop(self.media.insert((media.account, media.id), media)),
            Change::ExpireMedia { account, media, expires_time, ended_time } => {
                let found =
                    self.media.get_mut(&(account, media)).filter(|media| media.expires_time == Some(expires_time));
                let media = found.ok_or(CommitError::Stale)?;
                (media.expires_time, media.ended_time) = (None, Some(ended_time));
            }
            Change::PutComment(comment) => drop(self.comments.insert((comment.account, comment.id), comment)),
            Change::RecordAttempt { owner, attempt, state, due_time, hold_back } => {
                self.queue.record(owner, attempt, state, due_time, hold_back);
            }
            Change::Rewind { by } => {
                self.usage.clear();
                self.queue.rewind(by);
                for outage in self.outages.values_mut() {
                    outage.since = outage.since.minus(by);
                }
            }
            Change::Postpone { owner, account, delivery, due_time, hold_back } => {
                self.queue.postpone(owner, account, delivery, due_time, hold_back);
            }
            Change::AddOutage(outage) => {
                self.outages.entry(outage_key(outage.account, outage.app, outage.login)).or_insert(outage);
            }
            Change::EndOutage { account, app, login } => drop(self.outages.remove(&outage_key(account, app, login))),
            Change::AddAlert(alert) => {
                let Outage { account, app, login, since } = alert.outage;
                let number = AlertKind::ALL.iter().find(|row| row.0 == alert.kind).map_or(0, |row| row.2);
                self.alerts.entry((account, app, login_name(login), since, number)).or_insert(alert);
            }
            Change::Redeliver { account, delivery, due_time } => self.queue.redeliver(account, delivery, due_time),
        }
        Ok(())
    }

    pub(super) fn reserve(&mut self, reservation: &Reservation) -> Reserved {
        let key = (reservation.account, reservation.app, reservation.bucket);
        let (window, calls) = on_record(reservation, self.usage.get(&key).copied());
        self.usage.insert(key, (window, calls));
        reserved(reservation, calls)
    }

    fn put_scoped_user(&mut self, user: ScopedUser) -> Result<(), CommitError> {
        let person = (user.account, user.person);
        let others = self.scoped_users.values().filter(|other| other.igsid != user.igsid);
        free(others.into_iter().any(|other| (other.account, other.person) == person))?;
        self.scoped_users.insert((user.account, user.igsid), user);
        Ok(())
    }

    /// Oldest first.
    pub(super) fn installs_of(&self, account: AccountId) -> Vec<Install> {
        let mut installs: Vec<Install> =
            self.installs.values().filter(|install| install.account == account).cloned().collect();
        installs.sort_by_key(|install| (install.created_time, install.app, login_name(install.login)));
        installs
    }

    /// Newest first.
    pub(super) fn messages_of(&self, account: AccountId, igsid: Igsid) -> Vec<Message> {
        let of_thread = |message: &&Message| (message.id.account, message.id.igsid) == (account, igsid);
        self.messages.values().filter(of_thread).rev().cloned().collect()
    }

    /// `None` when nobody knows who the person is.
    pub(super) fn view(&self, thread: &Thread) -> Option<ThreadView> {
        let user = self.scoped_users.get(&(thread.account, thread.igsid))?;
        let person = self.people.get(&user.person)?;
        Some(ThreadView { thread: thread.clone(), username: person.username.clone(), name: person.name.clone() })
    }
}
