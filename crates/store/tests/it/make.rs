//! Facts to store, with everything that a test does not care about filled in.

use bytes::Bytes;
use engine::change::{Change, ChangeSet};
use engine::facts::{
    Account, AccountType, Answer, App, Aside, Asset, Attachment, Attempt, Channel, Chunk, Comment, Content, Delivery,
    Event, Flow, Install, LoginCallbacks, Media, MediaProductType, Message, NewDelivery, Person, PersonStatus,
    PinnedField, Reaction, ScopedUser, Side, Standing, Subscription, Thread,
};
use engine::store::{Claim, CommitError, Slice, Start, Store};
use engine::vault::Sealed;
use wire::dialect::Dialect;
use wire::id::{
    AccountId, AppId, AssetId, AttachmentId, CommentId, DeliveryId, FlowId, Igsid, Item, MediaId, MessageId, PersonId,
};
use wire::send::attachment::MediaKind;
use wire::time::Millis;
use wire::version::ApiVersion;

/// Two accounts, so that tests can look whether one leaks into the other.
pub const ONE: AccountId = AccountId::new(17_841_000_000_000_001);
pub const TWO: AccountId = AccountId::new(17_841_000_000_000_002);
/// The app of most tests.
pub const APP: AppId = AppId::new(700);

/// Where a slice starts and how many it takes; the items that come, whether older ones follow, whether newer ones precede.
pub type SliceCase<K> = (Start<K>, u32, &'static [u64], bool, bool);

pub const fn at(time: i64) -> Millis {
    Millis::new(time)
}

pub fn igsid(number: u64) -> Igsid {
    Igsid::new(number)
}

pub fn item(number: u64) -> Item {
    Item::new(number)
}

pub fn account(id: AccountId, username: &str) -> Account {
    Account {
        id,
        username: username.into(),
        name: "Näme".into(),
        biography: String::new(),
        profile_picture_url: "/p.jpg".into(),
        followers_count: 12,
        follows_count: 0,
        page: None,
        created_time: at(5),
        account_type: AccountType::default(),
        allow_message_access: true,
        standing: Standing::default(),
        image_collections: true,
        default_app: None,
        primary_app: None,
        take_over_apps: Vec::new(),
        self_igsid: None,
    }
}

pub fn app(id: u64) -> App {
    App {
        id: AppId::new(id),
        name: "Bot".into(),
        secret: Sealed(vec![1, 0, 255]),
        instagram_app_id: AppId::new(id + 1_000),
        instagram_secret: Sealed(vec![2]),
        require_proof: true,
        human_agent: false,
        live: true,
        advanced_access: false,
        default_version: ApiVersion { major: 25, minor: 0 },
        created_time: at(9),
        callbacks: LoginCallbacks::default(),
        instagram_callbacks: LoginCallbacks::default(),
    }
}

pub fn person(id: u64, username: &str) -> Person {
    Person {
        id: PersonId::new(id),
        username: username.into(),
        name: None,
        profile_pic: None,
        follower_count: 3,
        is_verified_user: true,
        status: PersonStatus::default(),
        phone: None,
        email: None,
        is_private: false,
    }
}

/// The person of the same number, as `account` knows them.
pub fn scoped_user(account: AccountId, number: u64) -> ScopedUser {
    ScopedUser {
        account,
        igsid: igsid(number),
        person: PersonId::new(number),
        consent_time: None,
        is_user_follow_business: false,
        is_business_follow_user: true,
        is_user_block_business: false,
        is_business_block_user: false,
        is_same_accounts_center: false,
    }
}

pub fn message(account: AccountId, person: u64, number: u64) -> Message {
    Message {
        id: MessageId { account, igsid: igsid(person), item: item(number) },
        created_time: at(i64::try_from(number).unwrap()),
        from: Side::Person,
        app: None,
        content: Content::Text(format!("text {number} ✓")),
        aside: Aside::default(),
    }
}

/// `from`'s reaction to a message of a thread.
pub fn reaction(account: AccountId, person: u64, number: u64, from: Side) -> Reaction {
    Reaction { message: message(account, person, number).id, from, emoji: "❤".into(), time: at(60) }
}

/// Five bytes that tell a part from others.
pub fn chunk(account: AccountId, asset: u64, number: u32) -> Chunk {
    let bytes = Bytes::from(vec![0, 255, asset as u8, number as u8, 7]);
    Chunk { account, asset: AssetId::new(asset), number, bytes, created_time: at(5) }
}

/// A file of one such part.
pub fn asset(account: AccountId, id: u64) -> Asset {
    Asset {
        account,
        id: AssetId::new(id),
        kind: MediaKind::Video,
        content_type: "video/mp4".into(),
        size: 5,
        width: Some(640),
        height: Some(u32::MAX),
        duration_ms: Some(1),
        file_name: Some("größe.mp4".into()),
        created_time: at(5),
    }
}

pub fn attachment(account: AccountId, id: u64) -> Attachment {
    Attachment {
        account,
        id: AttachmentId::new(id),
        platform: "instagram",
        app: AppId::new(3),
        asset: AssetId::new(id + 1),
        kind: MediaKind::Image,
        is_reusable: true,
        created_time: at(5),
        used_time: None,
    }
}

pub fn flow(account: AccountId, id: u64) -> Flow {
    Flow {
        account,
        id: FlowId::new(id),
        app: APP,
        name: format!("flow {id} ✓"),
        welcome_message_flow: r#"[{"message":{"text":"hi"}}]"#.into(),
        eligible_platforms: vec!["instagram".into(), "messenger".into()],
        last_update_time: at(5),
    }
}

/// An answer to [`APP`].
pub fn answer(account: AccountId, key: &str, time: i64) -> Answer {
    Answer { account, app: APP, key: key.into(), request: [7; 32], body: format!("at {time}"), time: at(time) }
}

/// A thread at its first version.
/// A post.
pub fn media(account: AccountId, id: u64, timestamp: i64) -> Media {
    let (caption, media_url) = (format!("post {id}"), format!("/{id}.jpg"));
    Media {
        account,
        id: MediaId::new(id),
        caption,
        media_url,
        timestamp: at(timestamp),
        media_product_type: MediaProductType::default(),
        ended_time: None,
        ad: None,
        insights: None,
        children: Vec::new(),
        link_url: None,
        expires_time: None,
    }
}

/// A comment on the first post.
pub fn comment(account: AccountId, id: u64, timestamp: i64) -> Comment {
    Comment {
        account,
        id: CommentId::new(id),
        media: MediaId::new(1),
        from: igsid(9),
        text: format!("comment at {timestamp}"),
        timestamp: at(timestamp),
        parent: None,
        replied_time: None,
        is_deleted: false,
    }
}

pub fn thread(account: AccountId, person: u64, updated_time: i64) -> Thread {
    Thread { version: 1, updated_time: at(updated_time), ..Thread::new(account, igsid(person)) }
}

pub fn subscription(app: AppId, object: &str) -> Subscription {
    Subscription {
        app,
        object: object.into(),
        callback_url: "https://bot.example/hook".into(),
        include_values: true,
        active: true,
        fields: vec![
            PinnedField { name: "messages".into(), version: ApiVersion { major: 25, minor: 0 } },
            PinnedField { name: "a \"quoted\" name".into(), version: ApiVersion { major: 3, minor: 3 } },
        ],
    }
}

pub fn install(account: AccountId, app: AppId, login: Dialect, created_time: i64) -> Install {
    Install {
        account,
        app,
        login,
        page: None,
        subscribed_fields: vec!["messages".into()],
        scopes: vec!["a".into(), "b".into()],
        created_time: at(created_time),
    }
}

/// A delivery of [`APP`] in a thread of [`ONE`].
pub fn delivery(person: u64, created_time: i64) -> NewDelivery {
    NewDelivery {
        account: ONE,
        app: APP,
        igsid: igsid(person),
        login: Dialect::Instagram,
        field: "messages",
        channel: Channel::Messaging,
        element: format!("{{ \"at\":{created_time}}}"),
        created_time: at(created_time),
        copy: None,
    }
}

pub fn attempt(delivery: &Delivery, number: u32) -> Attempt {
    Attempt {
        account: delivery.account,
        delivery: delivery.id,
        number,
        time: at(100),
        duration_ms: 7,
        url: "https://bot.example/hook".into(),
        status: Some(500),
        answer: "no".into(),
    }
}

/// A claim of [`APP`]'s deliveries by worker 1, of at most ten, leased for 1,000 ms, with three quick attempts.
pub fn claim(now: i64) -> Claim {
    Claim { app: APP, now: at(now), until: at(now + 1_000), owner: 1, limit: 10 }
}

pub fn slice<K>(from: Start<K>, limit: u32) -> Slice<K> {
    Slice { from, limit }
}

pub async fn commit(store: &dyn Store, changes: impl IntoIterator<Item = Change>) {
    store.commit(ChangeSet(changes.into_iter().collect())).await.unwrap();
}

/// Commits each change by itself, as those of several accounts have to be.
pub async fn commit_each(store: &dyn Store, changes: impl IntoIterator<Item = Change>) {
    for change in changes {
        commit(store, [change]).await;
    }
}

/// Commits a set that must be refused as stale.
pub async fn stale(store: &dyn Store, changes: impl IntoIterator<Item = Change>) {
    let answer = store.commit(ChangeSet(changes.into_iter().collect())).await;
    assert!(matches!(answer, Err(CommitError::Stale)), "{answer:?}");
}

/// Commits deliveries and gives their ids, in order.
pub async fn deliver(store: &dyn Store, deliveries: impl IntoIterator<Item = NewDelivery>) -> Vec<DeliveryId> {
    let deliveries: Vec<_> = deliveries.into_iter().map(Change::AddDelivery).collect();
    let count = u32::try_from(deliveries.len()).unwrap();
    commit_each(store, deliveries).await;
    let newest = store.deliveries(engine::store::DeliveryFilter::default(), count).await.unwrap();
    newest.iter().rev().map(|delivery| delivery.id).collect()
}

/// Entries of the log behind `after`, once at least `count` are shown: on PostgreSQL a transaction of another test's database may be
/// older, and holds back what readers are shown.
pub async fn logged(store: &dyn Store, after: u64, count: usize) -> Vec<Event> {
    loop {
        let events = store.events(after, 1_000).await.unwrap();
        if events.len() >= count {
            return events;
        }
        tokio::task::yield_now().await;
    }
}
