//! The first things in a world that nobody seeded: an app, and a business that the app may speak for.
//!
//! Everything here is configuration, which is global: each change set names no account's data, or that of the one account
//! that it makes.

use secrecy::{ExposeSecret, SecretString};
use wire::id::{AccountId, AppId, PageId};
use wire::time::Millis;
use wire::version;

use crate::account::{NAME_CHARS, USERNAME_CHARS, is_username};
use crate::change::{Change, ChangeSet};
use crate::facts::{Account, AccountType, App, LoginCallbacks, Page, Standing, Token, TokenKind};
use crate::policy::access::{INSTAGRAM_SCOPES, PAGE_SCOPES};
use crate::store::{CommitError, StoreError};
use crate::vault::TokenHash;
use crate::world::World;

/// What a Page shows as its category when nobody chose one.
const CATEGORY: &str = "Business";

/// Why nothing was made.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// A display name is empty or too long.
    #[error("a name has 1 to {NAME_CHARS} characters")]
    Name,
    /// A username is not one.
    #[error("a username has 1 to {USERNAME_CHARS} of a-z, 0-9, . and _")]
    Username,
    /// The username belongs to a person or an account.
    #[error("the username {0} is taken")]
    Taken(String),
    /// No app has this id.
    #[error("there is no app {0}")]
    NoApp(AppId),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// An app that was made, with its secrets in clear, which nobody can read again.
pub struct MadeApp {
    /// Its id.
    pub id: AppId,
    /// Its secret.
    pub secret: SecretString,
    /// Its id for Instagram Login.
    pub instagram_app_id: AppId,
    /// Its secret for Instagram Login.
    pub instagram_secret: SecretString,
}

/// An account that was made, with its tokens in clear, which nobody can read again.
pub struct MadeAccount {
    /// Its id.
    pub account: AccountId,
    /// The Page it is linked to.
    pub page: PageId,
    /// A token of the Page, without an end.
    pub page_token: SecretString,
    /// A token of the account by Instagram Login, without an end.
    pub account_token: SecretString,
}

/// Makes an app. `human_agent` says whether the Human Agent feature is approved for it (contract send 3.2).
///
/// # Errors
/// [`SetupError::Name`], or the store's.
pub async fn create_app(world: &World, name: &str, human_agent: bool) -> Result<MadeApp, SetupError> {
    check_name(name)?;
    loop {
        let now = world.now();
        let (id, instagram_app_id) = (world.ids.app(now), world.ids.app(now));
        if world.store.app(id).await?.is_some() {
            continue;
        }
        let secret = || SecretString::from(world.ids.random_hex::<16>());
        let made = MadeApp { id, secret: secret(), instagram_app_id, instagram_secret: secret() };
        let mut set = ChangeSet::new();
        set.push(Change::PutApp(App {
            id,
            name: name.to_owned(),
            secret: world.vault.seal(&made.secret, &world.ids),
            instagram_app_id,
            instagram_secret: world.vault.seal(&made.instagram_secret, &world.ids),
            require_proof: false,
            human_agent,
            live: true,
            advanced_access: true,
            default_version: version::newest(now),
            created_time: now,
            callbacks: LoginCallbacks::default(),
            instagram_callbacks: LoginCallbacks::default(),
        }));
        match world.commit(set).await {
            Ok(()) => return Ok(made),
            // Another process made the same id.
            Err(CommitError::Stale) => {}
            Err(CommitError::Store(error)) => return Err(error.into()),
        }
    }
}

/// Makes a professional account with a Page linked to it, and one token of each login product that gives the app every
/// messaging permission. The app still has to install itself to get webhooks.
///
/// # Errors
/// [`SetupError`].
pub async fn create_account(
    world: &World,
    app: AppId,
    username: &str,
    name: Option<&str>,
) -> Result<MadeAccount, SetupError> {
    let name = name.unwrap_or(username);
    check_name(name)?;
    if !is_username(username) {
        return Err(SetupError::Username);
    }
    // Either of an app's ids leads to it; tokens carry the first.
    let app = world.store.app(app).await?.ok_or(SetupError::NoApp(app))?.id;
    loop {
        let taken = world.store.account_by_username(username).await?.is_some()
            || world.store.person_by_username(username).await?.is_some();
        if taken {
            return Err(SetupError::Taken(username.to_owned()));
        }
        let now = world.now();
        let (account, page) = (world.ids.account(now), world.ids.page(now));
        if world.store.account(account).await?.is_some() || world.store.page(page).await?.is_some() {
            continue;
        }
        let text = |prefix: &str| SecretString::from(format!("{prefix}{}", world.ids.random_hex::<32>()));
        let made = MadeAccount { account, page, page_token: text("EAA"), account_token: text("IGAA") };
        match world.commit(business(&made, app, username, name, now)).await {
            Ok(()) => return Ok(made),
            // Somebody took the username meanwhile.
            Err(CommitError::Stale) => {}
            Err(CommitError::Store(error)) => return Err(error.into()),
        }
    }
}

fn business(made: &MadeAccount, app: AppId, username: &str, name: &str, now: Millis) -> ChangeSet {
    let MadeAccount { account, page, page_token, account_token } = made;
    let token = |text: &SecretString, kind, scopes: &[&str]| {
        Change::PutToken(Token {
            hash: TokenHash::of(text.expose_secret()),
            kind,
            app,
            user: None,
            page: (kind == TokenKind::Page).then_some(*page),
            account: (kind == TokenKind::Instagram).then_some(*account),
            scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(),
            issued_time: now,
            expires_time: None,
            revoked_time: None,
        })
    };
    let mut set = ChangeSet::new();
    set.push(Change::PutAccount(Account {
        id: *account,
        username: username.to_owned(),
        name: name.to_owned(),
        biography: String::new(),
        profile_picture_url: String::new(),
        followers_count: 0,
        follows_count: 0,
        page: Some(*page),
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
        id: *page,
        name: name.to_owned(),
        category: CATEGORY.to_owned(),
        account: Some(*account),
    }))
    .push(token(page_token, TokenKind::Page, &PAGE_SCOPES))
    .push(token(account_token, TokenKind::Instagram, &INSTAGRAM_SCOPES));
    set
}

fn check_name(name: &str) -> Result<(), SetupError> {
    if (1..=NAME_CHARS).contains(&name.chars().count()) { Ok(()) } else { Err(SetupError::Name) }
}
