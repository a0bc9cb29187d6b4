//! One random plan, carried out on every engine: each answer must be the model's.
//!
//! A step reads what it needs from the store that it runs on, as a use case would, so two stores that differ anywhere drift
//! apart and are caught at the first answer that shows it. Engines number deliveries and log entries as they like, as long
//! as the numbers grow: places in the order are compared in place of numbers.

use engine::change::{Change, ChangeSet};
use engine::facts::{
    Alert, AlertKind, Answer, Aside, Attachment, Attempt, Chunk, Comment, Content, Copied, DeliveryState, EventKind,
    Flow, Folder, Install, Media, MediaFile, Message, NewDelivery, NewEvent, Outage, Person, PersonStatus, Reaction,
    Role, ScopedUser, Side, Subscription, Thread,
};
use engine::store::{Claim, DeliveryFilter, Part, Reservation, Slice, Start, Store, ThreadKey};
use parlance_store::{MemoryStore, PostgresStore};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use rig::postgres::{Cluster, Options};
use wire::dialect::Dialect;
use wire::id::{AccountId, AppId, AssetId, AttachmentId, CommentId, DeliveryId, Igsid, Item, MediaId, PersonId};
use wire::send::attachment::MediaKind;
use wire::send::quick_reply::QuickReply;
use wire::send::template::Template;
use wire::time::{Millis, Span};

use crate::engines;
use crate::make;

/// Where the numbers of a plan come from: few of each, so that steps meet.
const ACCOUNTS: u64 = 2;
const PEOPLE: u64 = 4;
const APPS: u64 = 2;
const TIMES: i64 = 60;
const FILES: u64 = 3;
const PARTS: u32 = 2;
const KEYS: [&str; 2] = ["a", "b"];
const PROPERTIES: [(&str, &str); 3] =
    [("instagram", "ice_breakers"), ("instagram", "persistent_menu"), ("messenger", "ice_breakers")];

#[derive(Debug, Clone)]
enum Step {
    /// An account gets to know a person, perhaps under another's IGSID.
    Meet {
        account: AccountId,
        igsid: Igsid,
        person: PersonId,
        again: bool,
    },
    /// A message with its log entry and its deliveries, decided on facts that may be `behind` by some versions.
    Write {
        account: AccountId,
        igsid: Igsid,
        side: Side,
        now: Millis,
        apps: Vec<AppId>,
        behind: u64,
    },
    /// The person sees the thread, and it goes to another place.
    See {
        account: AccountId,
        igsid: Igsid,
        folder: Folder,
    },
    /// A message, by its rank, says something else.
    Edit {
        account: AccountId,
        igsid: Igsid,
        rank: u32,
        says: usize,
    },
    /// A reaction to a message is set, or taken back; then those of some messages are read.
    React {
        account: AccountId,
        igsid: Igsid,
        rank: u32,
        from: Side,
        emoji: Option<&'static str>,
        last: u32,
    },
    /// Something happens to a file, whose parts are read then.
    File {
        account: AccountId,
        asset: u64,
        act: FileAct,
    },
    /// An answer is kept under a key.
    Keep {
        account: AccountId,
        app: AppId,
        key: &'static str,
        hours: i64,
    },
    /// A role, a flow and an attachment of that number are put, or taken back as far as that goes.
    Put {
        account: AccountId,
        app: AppId,
        number: u64,
        back: bool,
    },
    /// A story is posted that ends by itself then, or another; and it ends, if it was to end at that time.
    Story {
        account: AccountId,
        number: u64,
        expires: Option<Millis>,
        ends: Millis,
    },
    /// What an account shows: a property of its profile, a post and a comment of that number.
    Show {
        account: AccountId,
        number: u64,
        now: Millis,
        gone: bool,
    },
    /// A setting, which may be one that has a value already.
    Set {
        name: &'static str,
        value: i64,
        anew: bool,
    },
    /// Two messages with one number.
    Twice {
        account: AccountId,
        igsid: Igsid,
        item: Item,
    },
    Subscribe {
        app: AppId,
        object: &'static str,
        active: bool,
    },
    Unsubscribe {
        app: AppId,
        object: Option<&'static str>,
    },
    Install {
        account: AccountId,
        app: AppId,
        login: Dialect,
        now: Millis,
    },
    Uninstall {
        account: AccountId,
        app: AppId,
        login: Dialect,
    },
    Claim {
        app: AppId,
        now: Millis,
        lease: i64,
        owner: u64,
        limit: u32,
    },
    /// The `nth` newest delivery was tried.
    Record {
        nth: usize,
        owner: u64,
        state: DeliveryState,
        due_time: Millis,
        hold_back: bool,
    },
    /// The `nth` newest delivery is put off.
    Postpone {
        nth: usize,
        owner: u64,
        due_time: Millis,
        hold_back: bool,
    },
    /// An endpoint fails, answers again, or its owner is told.
    Outage {
        account: AccountId,
        app: AppId,
        login: Dialect,
        now: Millis,
        act: OutageAct,
    },
    /// The `nth` newest delivery is made again as another one.
    Copy {
        nth: usize,
        now: Millis,
        url: Option<&'static str>,
    },
    Rewind {
        by: Span,
    },
    Redeliver {
        nth: usize,
        account: AccountId,
        due_time: Millis,
    },
    Release {
        owner: u64,
    },
    /// Whether somebody else is at work, and a part of an allowance.
    Share {
        owner: u64,
        now: Millis,
        account: Option<AccountId>,
        window: i64,
        calls: u32,
    },
    Threads {
        account: AccountId,
        slice: Slice<ThreadKey>,
    },
    /// A thread's messages from the item of a rank, or from beside it.
    Messages {
        account: AccountId,
        igsid: Igsid,
        rank: u32,
        beside: u64,
        newer: bool,
        limit: u32,
    },
    /// Those older than the `nth` newest one, if that is asked for.
    Deliveries {
        filter: DeliveryFilter,
        nth: Option<usize>,
        limit: u32,
    },
    /// Those behind the `nth` entry.
    Events {
        nth: usize,
        limit: u32,
    },
    Due {
        now: Millis,
    },
}

/// What happens to an endpoint.
#[derive(Debug, Clone, Copy)]
enum OutageAct {
    Begins,
    Ends,
    Told(AlertKind),
}

/// What happens to a file.
#[derive(Debug, Clone)]
enum FileAct {
    Part { number: u32, now: Millis },
    Whole,
    Gone,
    Swept { before: Millis },
}

/// Carries out a step and tells everything that the store answered.
async fn carry_out(store: &dyn Store, step: &Step) -> String {
    let answer = answer(store, step).await;
    in_places(store, answer).await
}

/// The text with the places of deliveries and log entries where their numbers stood.
async fn in_places(store: &dyn Store, mut text: String) -> String {
    let deliveries = store.deliveries(DeliveryFilter::default(), 1_000).await.unwrap();
    for (place, delivery) in deliveries.iter().rev().enumerate() {
        text = text.replace(&format!("{:?}", delivery.id), &format!("delivery #{place}"));
    }
    for (place, event) in store.events(0, 1_000).await.unwrap().iter().enumerate() {
        text = text.replace(&format!("seq: {},", event.seq), &format!("seq: #{place},"));
    }
    text
}

async fn answer(store: &dyn Store, step: &Step) -> String {
    match step {
        Step::Meet { account, igsid, person, again } => {
            let user = ScopedUser { person: *person, ..make::scoped_user(*account, igsid.get()) };
            let status = PersonStatus::ALL[usize::from(*again) + usize::from(igsid.get() == 0)].0;
            let person = Person { status, ..make::person(person.get(), &format!("person{person}")) };
            let user = if *again { Change::PutScopedUser(user) } else { Change::AddScopedUser(user) };
            commit(store, vec![Change::PutPerson(person), user]).await
        }
        Step::Write { account, igsid, side, now, apps, behind } => {
            let (account, igsid) = (*account, *igsid);
            let mut thread = thread(store, account, igsid).await;
            let id = thread.next_message(*now);
            thread.version = thread.version.saturating_sub(*behind);
            let (content, aside) = says(usize::try_from(now.get()).unwrap());
            let message = Message { id, created_time: *now, from: *side, app: apps.first().copied(), content, aside };
            let event = NewEvent { account, igsid, item: id.item, kind: EventKind::MessageSent, time: *now };
            let delivery = |app: &AppId| {
                let new = make::delivery(igsid.get(), now.get());
                Change::AddDelivery(NewDelivery { account, app: *app, ..new })
            };
            let mut set = vec![Change::AddEvent(event), Change::SaveThread(thread.with(&message))];
            set.extend(apps.iter().map(delivery));
            set.push(Change::AddMessage(message));
            commit(store, set).await
        }
        Step::See { account, igsid, folder } => {
            let thread = thread(store, *account, *igsid).await;
            let (seen_item, version) = (thread.last_business_item, thread.version + 1);
            let (is_removed, typing_until) = (!thread.is_removed, Some(thread.updated_time));
            let owner_app = thread.owner_app.is_none().then_some(AppId::new(1));
            let thread = Thread { version, seen_item, folder: *folder, is_removed, typing_until, owner_app, ..thread };
            commit(store, vec![Change::SaveThread(thread)]).await
        }
        Step::Edit { account, igsid, rank, says: number } => {
            let item = store.item_at(*account, *igsid, *rank).await.unwrap().unwrap_or(Item::new(7));
            let (content, aside) = says(*number);
            let message = Message { content, aside, ..make::message(*account, igsid.get(), item.get()) };
            commit(store, vec![Change::PutMessage(message)]).await
        }
        Step::React { account, igsid, rank, from, emoji, last } => {
            let item = store.item_at(*account, *igsid, *rank).await.unwrap().unwrap_or(Item::new(7));
            let reaction = make::reaction(*account, igsid.get(), item.get(), *from);
            let change = match *emoji {
                Some(emoji) => Change::PutReaction(Reaction { emoji: emoji.into(), ..reaction }),
                None => Change::RemoveReaction { message: reaction.message, from: *from },
            };
            let answer = commit(store, vec![change]).await;
            let last = store.item_at(*account, *igsid, *last).await.unwrap().unwrap_or(Item::new(u64::MAX));
            format!("{answer} {:?}", store.reactions(*account, *igsid, item, last).await)
        }
        Step::File { account, asset, act } => {
            let (account, id) = (*account, AssetId::new(*asset));
            let change = match *act {
                FileAct::Part { number, now } => {
                    Change::AddChunk(Chunk { created_time: now, ..make::chunk(account, *asset, number) })
                }
                FileAct::Whole => Change::AddAsset(make::asset(account, *asset)),
                FileAct::Gone => Change::RemoveAsset { account, asset: id },
                FileAct::Swept { before } => Change::SweepChunks { account, before },
            };
            format!("{} {}", commit(store, vec![change]).await, file(store, account, id).await)
        }
        Step::Keep { account, app, key, hours } => {
            let time = Millis::default().plus(Span::hours(*hours));
            let answer = Answer { app: *app, ..make::answer(*account, key, time.get()) };
            let answer = commit(store, vec![Change::AddAnswer(answer)]).await;
            format!("{answer} {:?}", store.answer(*account, *app, key).await)
        }
        Step::Put { account, app, number, back } => {
            let (account, role) = (*account, Role { app: *app, person: PersonId::new(*number) });
            let flow = make::flow(account, *number);
            let attachment = Attachment { app: *app, is_reusable: *back, ..make::attachment(account, *number) };
            let changes = match back {
                true => vec![Change::RemoveRole(role), Change::RemoveFlow { account, flow: flow.id }],
                false => vec![Change::PutRole(role), Change::PutFlow(Flow { app: *app, ..flow })],
            };
            commit(store, [changes, vec![Change::PutAttachment(attachment)]].concat()).await
        }
        Step::Story { account, number, expires, ends } => {
            let (account, media) = (*account, MediaId::new(*number));
            let posted = match expires {
                Some(time) => {
                    let story = Media { expires_time: Some(*time), ..make::media(account, *number, 1) };
                    commit(store, vec![Change::PutMedia(story)]).await
                }
                None => String::new(),
            };
            let end = Change::ExpireMedia { account, media, expires_time: *ends, ended_time: *ends };
            format!("{posted} {} {:?}", commit(store, vec![end]).await, store.medium(account, media).await)
        }
        Step::Show { account, number, now, gone } => {
            let (account, now) = (*account, now.get());
            let (platform, property) = PROPERTIES[usize::try_from(*number).unwrap() % PROPERTIES.len()];
            let value = (!gone).then(|| format!("[{now}]"));
            let ended_time = gone.then_some(Millis::new(now));
            let parent = gone.then_some(CommentId::new(number + 1));
            let set = vec![
                Change::PutProfile { account, platform, property, value },
                Change::PutMedia(Media { ended_time, ..make::media(account, *number, now) }),
                Change::PutComment(Comment { parent, is_deleted: *gone, ..make::comment(account, *number, now) }),
            ];
            let answer = commit(store, set).await;
            let (medium, comment) = (MediaId::new(*number), CommentId::new(*number));
            format!("{answer} {:?} {:?}", store.medium(account, medium).await, store.comment(account, comment).await)
        }
        Step::Set { name, value, anew } => {
            let (name, value) = (*name, value.to_string());
            let change = if *anew { Change::AddSetting { name, value } } else { Change::PutSetting { name, value } };
            format!("{} {:?}", commit(store, vec![change]).await, store.setting(name).await)
        }
        Step::Twice { account, igsid, item } => {
            let message = make::message(*account, igsid.get(), item.get());
            commit(store, vec![Change::AddMessage(message.clone()), Change::AddMessage(message)]).await
        }
        Step::Subscribe { app, object, active } => {
            let subscription = Subscription { active: *active, ..make::subscription(*app, object) };
            commit(store, vec![Change::PutSubscription(subscription)]).await
        }
        Step::Unsubscribe { app, object } => {
            let object = object.map(str::to_owned);
            commit(store, vec![Change::RemoveSubscription { app: *app, object }]).await
        }
        Step::Install { account, app, login, now } => {
            let install: Install = make::install(*account, *app, *login, now.get());
            commit(store, vec![Change::PutInstall(install)]).await
        }
        Step::Uninstall { account, app, login } => {
            commit(store, vec![Change::RemoveInstall { account: *account, app: *app, login: *login }]).await
        }
        Step::Claim { app, now, lease, owner, limit } => {
            let claim =
                Claim { app: *app, now: *now, until: Millis::new(now.get() + lease), owner: *owner, limit: *limit };
            format!("{:?}", store.claim(claim).await)
        }
        Step::Record { nth, owner, state, due_time, hold_back } => {
            let Some(id) = nth_newest(store, *nth).await else { return String::new() };
            let (delivery, _) = store.delivery(id).await.unwrap().unwrap();
            let attempt = Attempt { time: *due_time, ..make::attempt(&delivery, delivery.attempts + 1) };
            let (owner, state, due_time, hold_back) = (*owner, *state, *due_time, *hold_back);
            let change = Change::RecordAttempt { owner, attempt, state, due_time, hold_back };
            let answer = commit(store, vec![change]).await;
            format!("{answer} {:?}", store.delivery(id).await)
        }
        Step::Postpone { nth, owner, due_time, hold_back } => {
            let Some(delivery) = nth_newest(store, *nth).await else { return String::new() };
            let account = store.delivery(delivery).await.unwrap().unwrap().0.account;
            let (owner, due_time, hold_back) = (*owner, *due_time, *hold_back);
            commit(store, vec![Change::Postpone { owner, account, delivery, due_time, hold_back }]).await
        }
        Step::Outage { account, app, login, now, act } => {
            let outage = Outage { account: *account, app: *app, login: *login, since: *now };
            let change = match *act {
                OutageAct::Begins => Change::AddOutage(outage),
                OutageAct::Ends => Change::EndOutage { account: *account, app: *app, login: *login },
                OutageAct::Told(kind) => Change::AddAlert(Alert { outage, kind, time: *now }),
            };
            let answer = commit(store, vec![change]).await;
            format!("{answer} {:?} {:?}", store.outages(*app).await, store.alerts(3).await)
        }
        Step::Copy { nth, now, url } => {
            let Some(origin) = nth_newest(store, *nth).await else { return String::new() };
            let (found, _) = store.delivery(origin).await.unwrap().unwrap();
            let copy = Some(Copied { origin, url: url.map(str::to_owned) });
            let (account, app) = (found.account, found.app);
            let new = NewDelivery { account, app, copy, ..make::delivery(found.igsid.get(), now.get()) };
            commit(store, vec![Change::AddDelivery(new)]).await
        }
        Step::Redeliver { nth, account, due_time } => {
            let Some(delivery) = nth_newest(store, *nth).await else { return String::new() };
            commit(store, vec![Change::Redeliver { account: *account, delivery, due_time: *due_time }]).await
        }
        Step::Rewind { by } => commit(store, vec![Change::Rewind { by: *by }]).await,
        Step::Release { owner } => format!("{:?}", store.release(*owner).await),
        Step::Share { owner, now, account, window, calls } => {
            let (account, window, calls) = (*account, *window, *calls);
            let wanted = Reservation { app: AppId::new(0), account, bucket: 1, window, calls, allowed: 9 };
            format!("{:?} {:?}", store.leased_elsewhere(*owner, *now).await, store.reserve(wanted).await)
        }
        Step::Threads { account, slice } => format!("{:?}", store.threads(*account, *slice).await),
        Step::Messages { account, igsid, rank, beside, newer, limit } => {
            let item = store.item_at(*account, *igsid, *rank).await.unwrap();
            let from = match item.map(|item| Item::new(item.get() + beside)) {
                None => Start::Newest,
                Some(item) if *newer => Start::Before(item),
                Some(item) => Start::After(item),
            };
            format!("{item:?} {:?}", store.messages(*account, *igsid, Slice { from, limit: *limit }).await)
        }
        Step::Deliveries { filter, nth, limit } => {
            let before = match nth {
                Some(nth) => nth_newest(store, *nth).await,
                None => None,
            };
            format!("{:?}", store.deliveries(DeliveryFilter { before, ..*filter }, *limit).await)
        }
        Step::Events { nth, limit } => {
            let all = store.events(0, 1_000).await.unwrap();
            assert_eq!(store.last_event().await.unwrap(), all.last().map_or(0, |event| event.seq));
            let after = all.get(*nth).map_or(0, |event| event.seq);
            format!("{:?}", store.events(after, *limit).await)
        }
        Step::Due { now } => {
            let stories = (store.expired_media(*now, 2).await, store.next_expiry().await);
            format!("{:?} {:?} {stories:?}", store.due_apps(*now).await, store.next_due().await)
        }
    }
}

/// One content and one aside of every kind.
fn says(number: usize) -> (Content, Aside) {
    let file = |asset| MediaFile { kind: MediaKind::Audio, asset: AssetId::new(asset) };
    let replies = vec![QuickReply::Text { title: "ja".into(), payload: Some("J".into()) }];
    let contents = [
        Content::Text(format!("text {number}")),
        Content::Postback { title: format!("{number}"), payload: "p".into() },
        Content::Media(vec![file(1), file(2)]),
        Content::LikeHeart,
        Content::MediaShare(MediaId::new(5)),
        Content::Template(Template::Button { text: "b".into(), buttons: vec![] }),
        Content::StoryMention(file(3)),
        Content::Sticker(file(4)),
        Content::Named(wire::webhook::Attachment { kind: "ephemeral".into(), payload: None }),
        Content::Unsupported,
        Content::Unsent,
    ];
    let asides = [
        Aside::default(),
        Aside { quick_replies: replies, metadata: Some("m".into()), ..Aside::default() },
        Aside { reply_to: Some(Item::new(9)), num_edit: 2, ..Aside::default() },
    ];
    (contents[number % contents.len()].clone(), asides[number % asides.len()].clone())
}

/// What is known of a file, and its parts as far as they can be read.
async fn file(store: &dyn Store, account: AccountId, asset: AssetId) -> String {
    let mut found = vec![format!("{:?}", store.asset(account, asset).await)];
    for number in 0..PARTS {
        found.push(format!("{:?}", store.chunk(account, asset, number).await));
    }
    found.join(" ")
}

async fn commit(store: &dyn Store, changes: Vec<Change>) -> String {
    format!("{:?}", store.commit(ChangeSet(changes)).await)
}

async fn thread(store: &dyn Store, account: AccountId, igsid: Igsid) -> Thread {
    let facts = store.thread_facts(account, igsid).await.unwrap();
    facts.thread.unwrap_or_else(|| Thread::new(account, igsid))
}

async fn nth_newest(store: &dyn Store, nth: usize) -> Option<DeliveryId> {
    let newest = store.deliveries(DeliveryFilter::default(), 100).await.unwrap();
    newest.get(nth).map(|delivery| delivery.id)
}

/// Everything that a store holds, by every read that lists.
async fn everything(store: &dyn Store) -> Vec<String> {
    let mut all = Vec::new();
    let newest = Slice { from: Start::Newest, limit: 1_000 };
    for account in (0..ACCOUNTS).map(AccountId::new) {
        let threads: Part<_> = store.threads(account, Slice { from: Start::Newest, limit: 1_000 }).await.unwrap();
        all.push(format!("{threads:?} {:?} {:?}", store.installs(account).await, store.routes(account).await));
        for number in 0..PEOPLE {
            let igsid = Igsid::new(number);
            all.push(format!("{:?}", store.messages(account, igsid, newest).await));
            all.push(format!("{:?}", store.thread_facts(account, igsid).await));
            all.push(format!("{:?}", store.scoped_user_of(account, PersonId::new(number)).await));
            all.push(format!("{:?}", store.reactions(account, igsid, Item::new(0), Item::new(u64::MAX)).await));
            all.push(format!("{:?}", store.attachment(account, AttachmentId::new(number)).await));
        }
        for asset in (0..FILES).map(AssetId::new) {
            all.push(file(store, account, asset).await);
        }
        all.push(format!("{:?}", store.flows(account).await));
        for (platform, _) in PROPERTIES {
            all.push(format!("{:?}", store.profile(account, platform).await));
        }
        all.push(format!("{:?} {:?}", store.media(account).await, store.comments(account).await));
        for (app, key) in (0..APPS).map(AppId::new).flat_map(|app| KEYS.map(|key| (app, key))) {
            all.push(format!("{:?}", store.answer(account, app, key).await));
        }
    }
    for app in (0..APPS).map(AppId::new) {
        all.push(format!("{:?} {:?}", store.subscriptions(app).await, store.outages(app).await));
        for person in (0..PEOPLE).map(PersonId::new) {
            all.push(format!("{:?}", store.has_role(Role { app, person }).await));
        }
    }
    for delivery in store.deliveries(DeliveryFilter::default(), 1_000).await.unwrap() {
        all.push(format!("{:?}", store.delivery(delivery.id).await));
    }
    all.push(format!("{:?}", store.alerts(1_000).await));
    all.push(format!("{:?} {:?}", store.people(None, 100).await, store.events(0, 1_000).await));
    in_places(store, all.join("\n")).await.lines().map(str::to_owned).collect()
}

fn steps() -> impl Strategy<Value = Step> {
    let account = || (0..ACCOUNTS).prop_map(AccountId::new);
    let igsid = || (0..PEOPLE).prop_map(Igsid::new);
    let app = || (0..APPS).prop_map(AppId::new);
    let time = || (0..TIMES).prop_map(Millis::new);
    let side = || prop_oneof![Just(Side::Person), Just(Side::Business)];
    let login = || prop_oneof![Just(Dialect::Facebook), Just(Dialect::Instagram)];
    let object = || prop_oneof![3 => Just("instagram"), 1 => Just("page")];
    let state = || {
        prop_oneof![3 => Just(DeliveryState::Pending), 1 => Just(DeliveryState::Delivered),
        1 => Just(DeliveryState::Dropped)]
    };
    let folder = prop::sample::select(&Folder::ALL[..]).prop_map(|row| row.0);
    let emoji = prop_oneof![1 => Just(None), 3 => prop::sample::select(&["love", "👍", ""][..]).prop_map(Some)];
    let act = prop_oneof![
        5 => (0..PARTS, time()).prop_map(|(number, now)| FileAct::Part { number, now }),
        2 => Just(FileAct::Whole),
        1 => Just(FileAct::Gone),
        2 => time().prop_map(|before| FileAct::Swept { before }),
    ];
    let behind = prop_oneof![6 => Just(0_u64), 1 => 1..3_u64];
    let key = (time(), igsid()).prop_map(|(updated_time, igsid)| ThreadKey { updated_time, igsid });
    let from = prop_oneof![Just(None), key.prop_map(Some)];
    let slice = (from, any::<bool>(), 0..4_u32).prop_map(|(key, newer, limit)| {
        let from = match key {
            None => Start::Newest,
            Some(key) if newer => Start::Before(key),
            Some(key) => Start::After(key),
        };
        Slice { from, limit }
    });
    let field = prop::sample::select(&["messages", "comments"][..]);
    let filter = (
        prop::option::of(app()),
        prop::option::of(account()),
        prop::option::of(state()),
        prop::option::weighted(0.2, field),
        prop::option::weighted(0.2, time()),
    )
        .prop_map(|(app, account, state, field, since)| DeliveryFilter {
            app,
            account,
            field,
            state,
            since,
            before: None,
        });
    let outage = prop_oneof![
        2 => Just(OutageAct::Begins),
        1 => Just(OutageAct::Ends),
        2 => prop::sample::select(&AlertKind::ALL[..]).prop_map(|row| OutageAct::Told(row.0)),
    ];
    prop_oneof![
        4 => (account(), igsid(), (0..PEOPLE).prop_map(PersonId::new), any::<bool>())
            .prop_map(|(account, igsid, person, again)| Step::Meet { account, igsid, person, again }),
        12 => (account(), igsid(), side(), time(), prop::collection::vec(app(), 0..3), behind).prop_map(
            |(account, igsid, side, now, apps, behind)| Step::Write { account, igsid, side, now, apps, behind }
        ),
        2 => (account(), igsid(), folder).prop_map(|(account, igsid, folder)| Step::See { account, igsid, folder }),
        3 => (account(), igsid(), 0..4_u32, 0..24_usize)
            .prop_map(|(account, igsid, rank, says)| Step::Edit { account, igsid, rank, says }),
        6 => (account(), igsid(), 0..4_u32, side(), emoji, 0..3_u32).prop_map(
            |(account, igsid, rank, from, emoji, last)| Step::React { account, igsid, rank, from, emoji, last }
        ),
        8 => (account(), 0..FILES, act).prop_map(|(account, asset, act)| Step::File { account, asset, act }),
        5 => (account(), app(), prop::sample::select(&KEYS[..]), 0..60_i64)
            .prop_map(|(account, app, key, hours)| Step::Keep { account, app, key, hours }),
        3 => (account(), app(), 0..PEOPLE, any::<bool>())
            .prop_map(|(account, app, number, back)| Step::Put { account, app, number, back }),
        4 => (account(), 0..3_u64, prop::option::of((0..4_i64).prop_map(Millis::new)), (0..4_i64).prop_map(Millis::new))
            .prop_map(|(account, number, expires, ends)| Step::Story { account, number, expires, ends }),
        4 => (account(), 0..4_u64, time(), any::<bool>())
            .prop_map(|(account, number, now, gone)| Step::Show { account, number, now, gone }),
        2 => (prop::sample::select(&KEYS[..]), 0..9_i64, any::<bool>())
            .prop_map(|(name, value, anew)| Step::Set { name, value, anew }),
        1 => (account(), igsid(), (0..99_u64).prop_map(Item::new))
            .prop_map(|(account, igsid, item)| Step::Twice { account, igsid, item }),
        2 => (app(), object(), any::<bool>())
            .prop_map(|(app, object, active)| Step::Subscribe { app, object, active }),
        1 => (app(), prop::option::of(object())).prop_map(|(app, object)| Step::Unsubscribe { app, object }),
        2 => (account(), app(), login(), time())
            .prop_map(|(account, app, login, now)| Step::Install { account, app, login, now }),
        1 => (account(), app(), login()).prop_map(|(account, app, login)| Step::Uninstall { account, app, login }),
        10 => (app(), time(), 0..30_i64, 0..2_u64, 0..6_u32)
            .prop_map(|(app, now, lease, owner, limit)| Step::Claim { app, now, lease, owner, limit }),
        10 => (0..8_usize, 0..2_u64, state(), time(), any::<bool>()).prop_map(
            |(nth, owner, state, due_time, hold_back)| Step::Record { nth, owner, state, due_time, hold_back }
        ),
        3 => (0..8_usize, account(), time())
            .prop_map(|(nth, account, due_time)| Step::Redeliver { nth, account, due_time }),
        3 => (0..8_usize, 0..2_u64, time(), any::<bool>())
            .prop_map(|(nth, owner, due_time, hold_back)| Step::Postpone { nth, owner, due_time, hold_back }),
        4 => (account(), app(), login(), time(), outage)
            .prop_map(|(account, app, login, now, act)| Step::Outage { account, app, login, now, act }),
        2 => (0..8_usize, time(), prop::option::of(Just("http://a.test/")))
            .prop_map(|(nth, now, url)| Step::Copy { nth, now, url }),
        1 => (0..2_u64).prop_map(|owner| Step::Release { owner }),
        1 => (0..30_i64).prop_map(|by| Step::Rewind { by: Span::millis(by) }),
        3 => (0..2_u64, time(), prop::option::of((1..3_u64).prop_map(AccountId::new)), 0..4_i64, 0..6_u32).prop_map(
            |(owner, now, account, window, calls)| Step::Share { owner, now, account, window, calls }
        ),
        4 => (account(), slice).prop_map(|(account, slice)| Step::Threads { account, slice }),
        4 => (account(), igsid(), 0..5_u32, 0..2_u64, any::<bool>(), 0..4_u32).prop_map(
            |(account, igsid, rank, beside, newer, limit)| Step::Messages {
                account, igsid, rank, beside, newer, limit
            }
        ),
        2 => (filter, prop::option::of(0..30_usize), 0..9_u32)
            .prop_map(|(filter, nth, limit)| Step::Deliveries { filter, nth, limit }),
        1 => (0..20_usize, 0..9_u32).prop_map(|(nth, limit)| Step::Events { nth, limit }),
        2 => time().prop_map(|now| Step::Due { now }),
    ]
}

/// One database for all plans, emptied before each: what a new one costs is longer than most plans. It has a server of its
/// own, since a transaction of another test would hold back what is shown of the log.
struct Emptied {
    store: PostgresStore,
    client: tokio_postgres::Client,
    _cluster: Cluster,
}

impl Emptied {
    async fn open() -> Self {
        let cluster = Cluster::start(Options::default()).unwrap();
        let url = cluster.create_database().unwrap();
        let store = PostgresStore::open(&url).await.unwrap();
        let (client, connection) = tokio_postgres::connect(&url, tokio_postgres::NoTls).await.unwrap();
        tokio::spawn(connection);
        Self { store, client, _cluster: cluster }
    }

    async fn empty(&self) {
        let tables = "SELECT string_agg(format('%I', tablename), ', ') FROM pg_tables \
            WHERE schemaname = 'public' AND tablename <> 'migration'";
        let tables: String = self.client.query_one(tables, &[]).await.unwrap().get(0);
        self.client.batch_execute(&format!("TRUNCATE {tables} RESTART IDENTITY")).await.unwrap();
    }
}

#[test]
fn every_engine_answers_a_random_plan_as_the_model_does() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let postgres = runtime.block_on(Emptied::open());
    let config = ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() };
    let plans = prop::collection::vec(steps(), 1..120);
    let done = TestRunner::new(config).run(&plans, |plan| runtime.block_on(compare(&postgres, &plan)));
    runtime.block_on(postgres.store.close()).unwrap();
    if let Err(error) = done {
        panic!("{error}");
    }
}

/// Carries out the plan on the model and on every engine, and compares each answer and what is there at the end.
async fn compare(postgres: &Emptied, plan: &[Step]) -> Result<(), TestCaseError> {
    postgres.empty().await;
    let model = MemoryStore::new();
    let (sqlite, _folder) = engines::sqlite();
    let engines: [(&str, &dyn Store); 2] = [("sqlite", &sqlite), ("postgres", &postgres.store)];
    for (number, step) in plan.iter().enumerate() {
        let expected = carry_out(&model, step).await;
        for (name, engine) in engines {
            let found = carry_out(engine, step).await;
            prop_assert_eq!(&found, &expected, "{}, step {} of the plan: {:?}", name, number, step);
        }
    }
    let expected = everything(&model).await;
    for (name, engine) in engines {
        prop_assert_eq!(&everything(engine).await, &expected, "{}", name);
    }
    Ok(())
}
