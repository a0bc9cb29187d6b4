//! The demo world that the emulator seeds when its data folder is new.
//!
//! Ids, secrets and tokens are the same on every machine, so that a test suite or a README can name them. They are known to
//! everybody and therefore never seeded outside the emulator.

use secrecy::SecretString;
use wire::id::{AccountId, AppId, CommentId, Igsid, MediaId, PageId, PersonId, UserId};
use wire::time::{Millis, Span};
use wire::version::ApiVersion;

use crate::change::{Change, ChangeSet};
use crate::facts::{
    Account, AccountType, App, Aside, Comment, Content, EventKind, LoginCallbacks, Media, MediaProductType, Message,
    Page, Person, PersonStatus, ScopedUser, Side, Standing, Thread, Token, TokenKind, User,
};
use crate::policy::access::{INSTAGRAM_SCOPES, PAGE_SCOPES};
use crate::send::write_message;
use crate::store::{CommitError, Read, Store, StoreError};
use crate::vault::TokenHash;
use crate::world::World;

/// The app.
pub const APP: AppId = AppId::new(500_000_000_000_001);
/// Its id for Instagram Login.
pub const INSTAGRAM_APP: AppId = AppId::new(500_000_000_000_002);
/// Its secret.
pub const SECRET: &str = "demo0app0secret0of0parlance00001";
/// Its secret for Instagram Login.
pub const INSTAGRAM_SECRET: &str = "demo0instagram0app0secret0000001";
/// The Page.
pub const PAGE: PageId = PageId::new(100_000_000_000_001);
/// The Page token, with every messaging permission.
pub const PAGE_TOKEN: &str = "EAADemoPageToken0001";
/// The professional account linked to the Page.
pub const ACCOUNT: AccountId = AccountId::new(17_841_400_000_000_001);
/// Its username.
pub const USERNAME: &str = "harbor.knits";
/// The Instagram User token of the account.
pub const ACCOUNT_TOKEN: &str = "IGAADemoAccountToken0001";

/// The app of the care inbox that runs beside the emulator, where it does; it is no part of the seed.
pub const INBOX_APP: AppId = AppId::new(500_000_000_000_003);
/// Its id for Instagram Login.
pub const INBOX_INSTAGRAM_APP: AppId = AppId::new(500_000_000_000_004);

const DEVELOPER: UserId = UserId::new(300_000_000_000_001);
const SEEDED: &str = "demo_seed";
const YES: &str = "1";
const NO: &str = "0";

/// Username, name, followers, whether they follow the account.
const PEOPLE: [(&str, &str, u64, bool); 6] = [
    ("mira.paints", "Mira Okafor", 412, true),
    ("jonas_w", "Jonas Weber", 87, false),
    ("aisha.codes", "Aisha Rahman", 1_950, true),
    ("tomek.bikes", "Tomasz Zieliński", 233, false),
    ("lucia_m", "Lucía Márquez", 5_120, true),
    ("sam.oslo", "Sam Nordmann", 64, false),
];

/// Caption and comments: person's index, text.
const POSTS: [(&str, &[(usize, &str)]); 3] = [
    ("New wool, dyed with sea buckthorn.", &[(0, "Is the orange one back in stock?"), (2, "Beautiful!")]),
    ("The workshop at six in the morning.", &[(4, "Do you ship to Málaga?")]),
    ("Hats for small heads.", &[]),
];

/// Caption of the one story, which was published two hours before the world was made.
const STORY: &str = "Mittens, just off the needles.";

/// Hours back, from the person or not, text. The first conversation is in its window, the second one is past it.
const FIRST: [(i64, bool, &str); 3] = [
    (3, true, "Hi! Do you still have the blue scarf?"),
    (2, false, "We do, two of them. Shall we put one aside for you?"),
    (1, true, "Yes please \u{1f499}"),
];
const SECOND: [(i64, bool, &str); 2] =
    [(27, true, "What size is the fisherman sweater?"), (26, false, "It is a large one, chest 112 cm.")];

/// A person of the demo world and their id for the account.
pub fn people() -> impl Iterator<Item = (&'static str, Igsid)> {
    PEOPLE.iter().enumerate().map(|(index, (username, ..))| (*username, igsid(index)))
}

/// The posts of the demo world with the comments under them.
pub fn posts() -> impl Iterator<Item = (MediaId, Vec<CommentId>)> {
    POSTS
        .iter()
        .enumerate()
        .map(|(post, (_, comments))| (media(post), (0..comments.len()).map(|n| comment(post, n)).collect()))
}

fn igsid(index: usize) -> Igsid {
    Igsid::new(900_000_000_000_001 + index as u64)
}

fn media(index: usize) -> MediaId {
    MediaId::new(17_880_000_000_000_001 + index as u64)
}

fn comment(post: usize, index: usize) -> CommentId {
    CommentId::new(17_900_000_000_000_001 + 100 * post as u64 + index as u64)
}

/// Why the demo world was not seeded.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// Its tokens are known to everybody and would open what is there.
    #[error("this database belongs to a real world, and the demo world's tokens are known to everybody")]
    RealWorld,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Seeds the demo world unless this store has it already. Answers whether it was new.
///
/// # Errors
/// [`SeedError::RealWorld`] for a store that was served already, or holds an app; the store's.
pub async fn seed(world: &World) -> Result<bool, SeedError> {
    loop {
        // Read first: another node's demo app comes together with the setting, which is then there to be read.
        let has_apps = !world.store.apps().await?.is_empty();
        match holds(world.store.as_ref()).await? {
            Some(true) => return Ok(false),
            Some(false) => return Err(SeedError::RealWorld),
            None if has_apps => return Err(SeedError::RealWorld),
            None => {}
        }
        let now = world.now();
        let mut set = business(world, now);
        published(&mut set, now);
        conversation(&mut set, 0, &FIRST, now);
        conversation(&mut set, 1, &SECOND, now);
        set.push(Change::AddSetting { name: SEEDED, value: YES.into() });
        match world.commit(set).await {
            Ok(()) => return Ok(true),
            // Another node was faster: look what it did.
            Err(CommitError::Stale) => {}
            Err(CommitError::Store(error)) => return Err(error.into()),
        }
    }
}

/// Sees to it that this store is never given the demo world, unless it has it. Answers whether it has.
///
/// # Errors
/// The store's.
pub async fn keep_out(world: &World) -> Read<bool> {
    loop {
        if let Some(holds) = holds(world.store.as_ref()).await? {
            return Ok(holds);
        }
        let mut set = ChangeSet::new();
        set.push(Change::AddSetting { name: SEEDED, value: NO.into() });
        match world.commit(set).await {
            Ok(()) | Err(CommitError::Stale) => {}
            Err(CommitError::Store(error)) => return Err(error),
        }
    }
}

/// Whether the store holds the demo world; `None` while that is open.
async fn holds(store: &dyn Store) -> Read<Option<bool>> {
    Ok(store.setting(SEEDED).await?.map(|value| value == YES))
}

fn business(world: &World, now: Millis) -> ChangeSet {
    let sealed = |text: &str| world.vault.seal(&SecretString::from(text), &world.ids);
    let token = |text: &str, kind, scopes: &[&str]| Token {
        hash: TokenHash::of(text),
        kind,
        app: APP,
        user: (kind == TokenKind::Page).then_some(DEVELOPER),
        page: (kind == TokenKind::Page).then_some(PAGE),
        account: (kind == TokenKind::Instagram).then_some(ACCOUNT),
        scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(),
        issued_time: now,
        expires_time: None,
        revoked_time: None,
    };
    let mut set = ChangeSet::new();
    set.push(Change::PutUser(User { id: DEVELOPER, name: "Dev Eloper".into() }))
        .push(Change::PutApp(App {
            id: APP,
            name: "Demo Desk".into(),
            secret: sealed(SECRET),
            instagram_app_id: INSTAGRAM_APP,
            instagram_secret: sealed(INSTAGRAM_SECRET),
            require_proof: false,
            human_agent: true,
            live: true,
            advanced_access: true,
            default_version: ApiVersion { major: 25, minor: 0 },
            created_time: now,
            callbacks: LoginCallbacks::default(),
            instagram_callbacks: LoginCallbacks::default(),
        }))
        .push(Change::PutAccount(Account {
            id: ACCOUNT,
            username: USERNAME.into(),
            name: "Harbor Knits".into(),
            biography: "Wool from the coast. We answer every message.".into(),
            profile_picture_url: picture(USERNAME),
            followers_count: 12_840,
            follows_count: 301,
            page: Some(PAGE),
            created_time: now,
            account_type: AccountType::default(),
            allow_message_access: true,
            standing: Standing::default(),
            image_collections: true,
            default_app: None,
            primary_app: None,
            take_over_apps: Vec::new(),
            self_igsid: None,
        }))
        .push(Change::PutPage(Page {
            id: PAGE,
            name: "Harbor Knits".into(),
            category: "Clothing store".into(),
            account: Some(ACCOUNT),
        }))
        .push(Change::PutToken(token(PAGE_TOKEN, TokenKind::Page, &PAGE_SCOPES)))
        .push(Change::PutToken(token(ACCOUNT_TOKEN, TokenKind::Instagram, &INSTAGRAM_SCOPES)));
    set
}

fn picture(name: &str) -> String {
    format!("/_parlance/pictures/{name}.svg")
}

fn published(set: &mut ChangeSet, now: Millis) {
    for (index, (username, name, follower_count, follows)) in PEOPLE.into_iter().enumerate() {
        let person = PersonId::new(1 + index as u64);
        set.push(Change::PutPerson(Person {
            id: person,
            username: username.into(),
            name: Some(name.into()),
            profile_pic: Some(picture(username)),
            follower_count,
            is_verified_user: false,
            status: PersonStatus::default(),
            phone: None,
            email: None,
            is_private: false,
        }))
        .push(Change::AddScopedUser(ScopedUser {
            account: ACCOUNT,
            igsid: igsid(index),
            person,
            consent_time: (index < 2).then_some(now),
            is_user_follow_business: follows,
            is_business_follow_user: index == 0,
            is_user_block_business: false,
            is_business_block_user: false,
            is_same_accounts_center: false,
        }));
    }
    let posted = now.minus(Span::hours(2));
    set.push(Change::PutMedia(Media {
        account: ACCOUNT,
        id: media(POSTS.len()),
        caption: STORY.into(),
        media_url: picture("story-1"),
        timestamp: posted,
        media_product_type: MediaProductType::Story,
        ended_time: None,
        ad: None,
        insights: None,
        children: Vec::new(),
        link_url: None,
        expires_time: Some(posted.plus(crate::facts::STORY)),
    }));
    for (post, (caption, comments)) in POSTS.into_iter().enumerate() {
        let published = now.minus(Span::days(2 + post as i64));
        set.push(Change::PutMedia(Media {
            account: ACCOUNT,
            id: media(post),
            caption: caption.into(),
            media_url: picture(&format!("post-{}", post + 1)),
            timestamp: published,
            media_product_type: MediaProductType::Feed,
            ended_time: None,
            ad: None,
            insights: None,
            children: Vec::new(),
            link_url: None,
            expires_time: None,
        }));
        for (index, (author, text)) in comments.iter().enumerate() {
            set.push(Change::PutComment(Comment {
                account: ACCOUNT,
                id: comment(post, index),
                media: media(post),
                from: igsid(*author),
                text: (*text).into(),
                timestamp: published.plus(Span::hours(1 + index as i64)),
                parent: None,
                replied_time: None,
                is_deleted: false,
            }));
        }
    }
}

fn conversation(set: &mut ChangeSet, person: usize, messages: &[(i64, bool, &str)], now: Millis) {
    let mut thread = Thread::new(ACCOUNT, igsid(person));
    for (hours, from_person, text) in messages {
        let time = now.minus(Span::hours(*hours));
        let (from, kind) = if *from_person {
            (Side::Person, EventKind::MessageReceived)
        } else {
            (Side::Business, EventKind::MessageSent)
        };
        let message = Message {
            id: thread.next_message(time),
            created_time: time,
            from,
            app: None,
            content: Content::Text((*text).into()),
            aside: Aside::default(),
        };
        let after = thread.clone().with(&message);
        write_message(set, thread, message, kind);
        thread = after;
    }
}
