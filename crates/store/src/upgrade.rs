//! Databases that an older program filled: what is in them means what it meant.

use db::{Sqlite, SqliteOptions, Upkeep};
use engine::change::{Change, ChangeSet};
use engine::facts::{
    Account, AccountType, App, Aside, Channel, Comment, Content, Folder, LoginCallbacks, Media, MediaProductType,
    Message, Person, PersonStatus, ScopedUser, Side, Standing, Thread,
};
use engine::store::{Store, ThreadFacts};
use engine::vault::Sealed;
use wire::id::{AccountId, AppId, CommentId, DeliveryId, Igsid, Item, MediaId, MessageId, PersonId};
use wire::time::Millis;
use wire::version::ApiVersion;

use crate::{PostgresStore, SqliteStore, postgres, sqlite};

/// A row of every table that has got columns since, as the first schema had them; `BLOB` stands for the type of bytes.
const ROWS: &str = "
INSERT INTO app VALUES (7, 'Bot', CAST('s' AS BLOB), 1007, CAST('' AS BLOB), TRUE, FALSE, 'v25.0', 9);
INSERT INTO account VALUES (1, 'harbor', 'H', '', '/p.jpg', 12, 0, NULL, 5);
INSERT INTO person VALUES (11, 'ada', NULL, NULL, 3, TRUE);
INSERT INTO scoped_user VALUES (1, 101, 11, 4, FALSE, TRUE);
INSERT INTO thread VALUES (1, 101, 2, 6, 6, 5, 6, NULL, 2, 0);
INSERT INTO message (account_id, igsid, item, created_time, \"from\", app_id, kind, text, payload)
  VALUES (1, 101, 5, 5, 0, NULL, 1, 'Hours?', 'HOURS'), (1, 101, 6, 6, 1, 7, 0, 'At nine', NULL);
INSERT INTO media VALUES (1, 501, 'A', '/m.jpg', 3);
INSERT INTO comment VALUES (1, 601, 501, 101, 'nice', 4);
INSERT INTO delivery VALUES (1, 1, 7, 101, 'facebook', 'messages', '{}', 6, 1, 2, 0, NULL, 6, NULL, NULL);";

/// What those rows say today.
async fn check(store: &dyn Store) {
    let (account, igsid) = (AccountId::new(1), Igsid::new(101));
    let app = App {
        id: AppId::new(7),
        name: "Bot".into(),
        secret: Sealed(b"s".to_vec()),
        instagram_app_id: AppId::new(1007),
        instagram_secret: Sealed(Vec::new()),
        require_proof: true,
        human_agent: false,
        live: true,
        advanced_access: true,
        default_version: ApiVersion { major: 25, minor: 0 },
        created_time: Millis::new(9),
        callbacks: LoginCallbacks::default(),
        instagram_callbacks: LoginCallbacks::default(),
    };
    assert_eq!(store.app(AppId::new(7)).await.unwrap(), Some(app));
    let harbor = Account {
        id: account,
        username: "harbor".into(),
        name: "H".into(),
        biography: String::new(),
        profile_picture_url: "/p.jpg".into(),
        followers_count: 12,
        follows_count: 0,
        page: None,
        created_time: Millis::new(5),
        account_type: AccountType::Business,
        allow_message_access: true,
        standing: Standing::Good,
        image_collections: true,
        default_app: None,
        primary_app: None,
        take_over_apps: Vec::new(),
        self_igsid: None,
    };
    assert_eq!(store.account(account).await.unwrap(), Some(harbor));
    let ada = Person {
        id: PersonId::new(11),
        username: "ada".into(),
        name: None,
        profile_pic: None,
        follower_count: 3,
        is_verified_user: true,
        status: PersonStatus::Active,
        phone: None,
        email: None,
        is_private: false,
    };
    assert_eq!(store.person(ada.id).await.unwrap(), Some(ada));
    let user = ScopedUser {
        account,
        igsid,
        person: PersonId::new(11),
        consent_time: Some(Millis::new(4)),
        is_user_follow_business: false,
        is_business_follow_user: true,
        is_user_block_business: false,
        is_business_block_user: false,
        is_same_accounts_center: false,
    };
    let thread = Thread {
        version: 2,
        updated_time: Millis::new(6),
        last_item: Item::new(6),
        last_person_time: Some(Millis::new(5)),
        last_business_item: Some(Item::new(6)),
        message_count: 2,
        folder: Folder::Primary,
        ..Thread::new(account, igsid)
    };
    let facts = ThreadFacts { user: Some(user), status: PersonStatus::Active, thread: Some(thread.clone()) };
    assert_eq!(store.thread_facts(account, igsid).await.unwrap(), facts);
    let message = |item, from, app, content| Message {
        id: MessageId { account, igsid, item: Item::new(item) },
        created_time: Millis::new(item.cast_signed()),
        from,
        app,
        content,
        aside: Aside::default(),
    };
    let tap = Content::Postback { title: "Hours?".into(), payload: "HOURS".into() };
    let old = [
        message(5, Side::Person, None, tap),
        message(6, Side::Business, Some(AppId::new(7)), Content::Text("At nine".into())),
    ];
    for message in old {
        assert_eq!(store.message(message.id).await.unwrap(), Some(message));
    }
    let media = Media {
        account,
        id: MediaId::new(501),
        caption: "A".into(),
        media_url: "/m.jpg".into(),
        timestamp: Millis::new(3),
        media_product_type: MediaProductType::Feed,
        ended_time: None,
        ad: None,
        insights: None,
        children: Vec::new(),
        link_url: None,
        expires_time: None,
    };
    assert_eq!(store.medium(account, media.id).await.unwrap(), Some(media));
    let comment = Comment {
        account,
        id: CommentId::new(601),
        media: MediaId::new(501),
        from: igsid,
        text: "nice".into(),
        timestamp: Millis::new(4),
        parent: None,
        replied_time: None,
        is_deleted: false,
    };
    assert_eq!(store.comment(account, comment.id).await.unwrap(), Some(comment));

    let (told, _) = store.delivery(DeliveryId::new(1)).await.unwrap().unwrap();
    assert_eq!((told.channel, told.copy), (Channel::Messaging, None));

    // And it goes on.
    let next = message(7, Side::Business, None, Content::LikeHeart);
    let set = vec![Change::SaveThread(thread.with(&next)), Change::AddMessage(next.clone())];
    store.commit(ChangeSet(set)).await.unwrap();
    assert_eq!(store.message(next.id).await.unwrap(), Some(next));
}

#[tokio::test]
async fn a_file_of_before_everything_that_can_be_sent_is_brought_up_to_date() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let old = Sqlite::open(SqliteOptions::at(path.clone()), &sqlite::schema::MIGRATIONS[..2]).unwrap();
    old.write(|connection| connection.execute_batch(ROWS)).await.unwrap();
    old.close().await.unwrap();
    let store = SqliteStore::open(&path).unwrap();
    check(&store).await;
    store.close().await.unwrap();
}

#[tokio::test]
async fn a_server_of_before_everything_that_can_be_sent_is_brought_up_to_date() {
    let database = rig::postgres::database().await;
    let old = Upkeep::open(&database.url).await.unwrap();
    old.migrate(&postgres::schema::MIGRATIONS[..1]).await.unwrap();
    old.client().batch_execute(&ROWS.replace("BLOB", "BYTEA")).await.unwrap();
    old.close().await;
    let store = PostgresStore::open(&database.url).await.unwrap();
    check(&store).await;
    store.close().await.unwrap();
}
