//! Global tables: users, Pages, professional accounts, apps, tokens, settings.

use engine::facts::{Account, App, Page, Token, TokenKind, User};
use engine::vault::{Sealed, TokenHash};
use rusqlite::{Connection, Result, Row, params};
use wire::id::{AccountId, AppId, PageId, UserId};

use super::fields::{Fields, int, key, list, many, one, run, some_int};

const PUT_USER: &str =
    r#"INSERT INTO "user" (id, name) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET name = excluded.name"#;
const USER: &str = r#"SELECT id, name FROM "user" WHERE id = ?1"#;

const PUT_PAGE: &str = "INSERT INTO page (id, name, category, account_id) VALUES (?1, ?2, ?3, ?4) \
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, category = excluded.category, account_id = excluded.account_id";
const PAGE: &str = "SELECT id, name, category, account_id FROM page WHERE id = ?1";

macro_rules! account_columns {
    () => {
        "id, username, name, biography, profile_picture_url, followers_count, follows_count, page_id, created_time"
    };
}
const PUT_ACCOUNT: &str = concat!(
    "INSERT INTO account (",
    account_columns!(),
    ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (id) DO UPDATE SET username = excluded.username, \
    name = excluded.name, biography = excluded.biography, profile_picture_url = excluded.profile_picture_url, \
    followers_count = excluded.followers_count, follows_count = excluded.follows_count, page_id = excluded.page_id, \
    created_time = excluded.created_time"
);
const ACCOUNT: &str = concat!("SELECT ", account_columns!(), " FROM account WHERE id = ?1");
const ACCOUNT_BY_USERNAME: &str = concat!("SELECT ", account_columns!(), " FROM account WHERE username = ?1");
const ACCOUNTS: &str = concat!("SELECT ", account_columns!(), " FROM account ORDER BY id");

macro_rules! app_columns {
    () => {
        "id, name, secret, instagram_app_id, instagram_secret, require_proof, human_agent, default_version, created_time"
    };
}
const PUT_APP: &str = concat!(
    "INSERT INTO app (",
    app_columns!(),
    ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (id) DO UPDATE SET name = excluded.name, \
    secret = excluded.secret, instagram_app_id = excluded.instagram_app_id, \
    instagram_secret = excluded.instagram_secret, require_proof = excluded.require_proof, \
    human_agent = excluded.human_agent, default_version = excluded.default_version, created_time = excluded.created_time"
);
/// The app whose Meta app id it is comes before the one whose Instagram app id it is.
const APP: &str =
    concat!("SELECT ", app_columns!(), " FROM app WHERE id = ?1 OR instagram_app_id = ?1 ORDER BY id <> ?1 LIMIT 1");
const APPS: &str = concat!("SELECT ", app_columns!(), " FROM app ORDER BY id");

macro_rules! token_columns {
    () => {
        "hash, kind, app_id, user_id, page_id, account_id, scopes, issued_time, expires_time, revoked_time"
    };
}
const PUT_TOKEN: &str = concat!(
    "INSERT INTO token (",
    token_columns!(),
    ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT (hash) DO UPDATE SET kind = excluded.kind, \
    app_id = excluded.app_id, user_id = excluded.user_id, page_id = excluded.page_id, \
    account_id = excluded.account_id, scopes = excluded.scopes, issued_time = excluded.issued_time, \
    expires_time = excluded.expires_time, revoked_time = excluded.revoked_time"
);
pub(super) const TOKEN: &str = concat!("SELECT ", token_columns!(), " FROM token WHERE hash = ?1");

const PUT_SETTING: &str =
    "INSERT INTO setting (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
const ADD_SETTING: &str = "INSERT INTO setting (name, value) VALUES (?1, ?2)";
const SETTING: &str = "SELECT value FROM setting WHERE name = ?1";

pub(super) fn put_user(connection: &Connection, user: &User) -> Result<usize> {
    run(connection, PUT_USER, params![int(user.id.get())?, user.name])
}

pub(super) fn user(connection: &Connection, id: UserId) -> Result<Option<User>> {
    one(connection, USER, [key(id.get())], |row| {
        let mut fields = Fields::new(row, "user", 0, 1);
        Ok(User { id: fields.int(UserId::new)?, name: fields.get()? })
    })
}

pub(super) fn put_page(connection: &Connection, page: &Page) -> Result<usize> {
    let account = some_int(page.account.map(AccountId::get))?;
    run(connection, PUT_PAGE, params![int(page.id.get())?, page.name, page.category, account])
}

pub(super) fn page(connection: &Connection, id: PageId) -> Result<Option<Page>> {
    one(connection, PAGE, [key(id.get())], |row| {
        let mut fields = Fields::new(row, "page", 0, 1);
        Ok(Page {
            id: fields.int(PageId::new)?,
            name: fields.get()?,
            category: fields.get()?,
            account: fields.some_int(AccountId::new)?,
        })
    })
}

pub(super) fn put_account(connection: &Connection, account: &Account) -> Result<usize> {
    run(
        connection,
        PUT_ACCOUNT,
        params![
            int(account.id.get())?,
            account.username,
            account.name,
            account.biography,
            account.profile_picture_url,
            int(account.followers_count)?,
            int(account.follows_count)?,
            some_int(account.page.map(PageId::get))?,
            account.created_time.get(),
        ],
    )
}

pub(super) fn account(connection: &Connection, id: AccountId) -> Result<Option<Account>> {
    one(connection, ACCOUNT, [key(id.get())], account_row)
}

pub(super) fn account_by_username(connection: &Connection, username: &str) -> Result<Option<Account>> {
    one(connection, ACCOUNT_BY_USERNAME, [username], account_row)
}

pub(super) fn accounts(connection: &Connection) -> Result<Vec<Account>> {
    many(connection, ACCOUNTS, [], account_row)
}

fn account_row(row: &Row<'_>) -> Result<Account> {
    let mut fields = Fields::new(row, "account", 0, 1);
    Ok(Account {
        id: fields.int(AccountId::new)?,
        username: fields.get()?,
        name: fields.get()?,
        biography: fields.get()?,
        profile_picture_url: fields.get()?,
        followers_count: fields.int(|count| count)?,
        follows_count: fields.int(|count| count)?,
        page: fields.some_int(PageId::new)?,
        created_time: fields.time()?,
    })
}

pub(super) fn put_app(connection: &Connection, app: &App) -> Result<usize> {
    run(
        connection,
        PUT_APP,
        params![
            int(app.id.get())?,
            app.name,
            app.secret.0,
            int(app.instagram_app_id.get())?,
            app.instagram_secret.0,
            app.require_proof,
            app.human_agent,
            app.default_version.to_string(),
            app.created_time.get(),
        ],
    )
}

pub(super) fn app(connection: &Connection, id: AppId) -> Result<Option<App>> {
    one(connection, APP, [key(id.get())], app_row)
}

pub(super) fn apps(connection: &Connection) -> Result<Vec<App>> {
    many(connection, APPS, [], app_row)
}

fn app_row(row: &Row<'_>) -> Result<App> {
    let mut fields = Fields::new(row, "app", 0, 1);
    Ok(App {
        id: fields.int(AppId::new)?,
        name: fields.get()?,
        secret: Sealed(fields.get()?),
        instagram_app_id: fields.int(AppId::new)?,
        instagram_secret: Sealed(fields.get()?),
        require_proof: fields.flag()?,
        human_agent: fields.flag()?,
        default_version: fields.decode(|text: String| text.parse().ok())?,
        created_time: fields.time()?,
    })
}

pub(super) fn put_token(connection: &Connection, token: &Token) -> Result<usize> {
    let kind = TokenKind::ALL.iter().find(|row| row.0 == token.kind).map(|row| row.1);
    run(
        connection,
        PUT_TOKEN,
        params![
            token.hash.0,
            kind,
            int(token.app.get())?,
            some_int(token.user.map(UserId::get))?,
            some_int(token.page.map(PageId::get))?,
            some_int(token.account.map(AccountId::get))?,
            list(&token.scopes),
            token.issued_time.get(),
            token.expires_time.map(|time| time.get()),
            token.revoked_time.map(|time| time.get()),
        ],
    )
}

pub(super) fn token(connection: &Connection, hash: TokenHash) -> Result<Option<Token>> {
    one(connection, TOKEN, [hash.0], |row| {
        let mut fields = Fields::new(row, "token", 0, 1);
        Ok(Token {
            hash: TokenHash(fields.get()?),
            kind: fields.decode(|name: String| TokenKind::ALL.iter().find(|row| row.1 == name).map(|row| row.0))?,
            app: fields.int(AppId::new)?,
            user: fields.some_int(UserId::new)?,
            page: fields.some_int(PageId::new)?,
            account: fields.some_int(AccountId::new)?,
            scopes: fields.list()?,
            issued_time: fields.time()?,
            expires_time: fields.some_time()?,
            revoked_time: fields.some_time()?,
        })
    })
}

pub(super) fn put_setting(connection: &Connection, name: &str, value: &str) -> Result<usize> {
    run(connection, PUT_SETTING, [name, value])
}

pub(super) fn add_setting(connection: &Connection, name: &str, value: &str) -> Result<usize> {
    run(connection, ADD_SETTING, [name, value])
}

pub(super) fn setting(connection: &Connection, name: &str) -> Result<Option<String>> {
    one(connection, SETTING, [name], |row| Fields::new(row, "setting", 0, 0).get())
}
