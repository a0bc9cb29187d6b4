//! Global tables: users, Pages, professional accounts, apps, tokens, settings.

use engine::facts::{Account, AccountType, App, LoginCallbacks, Page, Standing, Token, TokenKind, User};
use engine::vault::{Sealed, TokenHash};
use wire::id::{AccountId, AppId, Igsid, PageId, UserId};

use super::fields::{Corrupt, Fields};
use super::row::Row;
use super::statement::statements;
use super::value::{TooLarge, int, key, list, some_int, values};
use super::{Query, Write};

macro_rules! account_columns {
    () => {
        "id, username, name, biography, profile_picture_url, followers_count, follows_count, page_id, created_time, \
        account_type, allow_message_access, standing, image_collections, default_app_id, primary_app_id, take_over_apps, \
        self_igsid"
    };
}
macro_rules! app_columns {
    () => {
        "id, name, secret, instagram_app_id, instagram_secret, require_proof, human_agent, default_version, created_time, \
        live, advanced_access, deauth_callback_url, data_deletion_url, instagram_deauth_callback_url, \
        instagram_data_deletion_url"
    };
}
macro_rules! token_columns {
    () => {
        "hash, kind, app_id, user_id, page_id, account_id, scopes, issued_time, expires_time, revoked_time"
    };
}

statements! {
    PUT_USER { r#"INSERT INTO "user" (id, name) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET name = excluded.name"# }
    USER { r#"SELECT id, name FROM "user" WHERE id = $1"# }

    PUT_PAGE {
        "INSERT INTO page (id, name, category, account_id) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO UPDATE SET \
        name = excluded.name, category = excluded.category, account_id = excluded.account_id"
    }
    PAGE { "SELECT id, name, category, account_id FROM page WHERE id = $1" }

    PUT_ACCOUNT {
        concat!(
            "INSERT INTO account (",
            account_columns!(),
            ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) ON CONFLICT (id) DO UPDATE SET \
            username = excluded.username, \
            name = excluded.name, biography = excluded.biography, profile_picture_url = excluded.profile_picture_url, \
            followers_count = excluded.followers_count, follows_count = excluded.follows_count, \
            page_id = excluded.page_id, created_time = excluded.created_time, account_type = excluded.account_type, \
            allow_message_access = excluded.allow_message_access, standing = excluded.standing, \
            image_collections = excluded.image_collections, default_app_id = excluded.default_app_id, \
            primary_app_id = excluded.primary_app_id, take_over_apps = excluded.take_over_apps, \
            self_igsid = excluded.self_igsid"
        )
    }
    ACCOUNT { concat!("SELECT ", account_columns!(), " FROM account WHERE id = $1") }
    /// SQLite's column compares without case.
    ACCOUNT_BY_USERNAME {
        sqlite: concat!("SELECT ", account_columns!(), " FROM account WHERE username = $1"),
        postgres: concat!("SELECT ", account_columns!(), r#" FROM account WHERE lower(username) = lower($1 COLLATE "C")"#)
    }
    ACCOUNTS { concat!("SELECT ", account_columns!(), " FROM account ORDER BY id") }

    PUT_APP {
        concat!(
            "INSERT INTO app (",
            app_columns!(),
            ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) ON CONFLICT (id) DO UPDATE SET \
            name = excluded.name, secret = excluded.secret, instagram_app_id = excluded.instagram_app_id, \
            instagram_secret = excluded.instagram_secret, require_proof = excluded.require_proof, \
            human_agent = excluded.human_agent, default_version = excluded.default_version, \
            created_time = excluded.created_time, live = excluded.live, advanced_access = excluded.advanced_access, \
            deauth_callback_url = excluded.deauth_callback_url, data_deletion_url = excluded.data_deletion_url, \
            instagram_deauth_callback_url = excluded.instagram_deauth_callback_url, \
            instagram_data_deletion_url = excluded.instagram_data_deletion_url"
        )
    }
    /// The app whose Meta app id it is comes before the one whose Instagram app id it is.
    APP {
        concat!(
            "SELECT ",
            app_columns!(),
            " FROM app WHERE id = coalesce((SELECT id FROM app WHERE id = $1), (SELECT id FROM app WHERE instagram_app_id = $1))"
        )
    }
    APPS { concat!("SELECT ", app_columns!(), " FROM app ORDER BY id") }

    PUT_TOKEN {
        concat!(
            "INSERT INTO token (",
            token_columns!(),
            ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (hash) DO UPDATE SET kind = excluded.kind, \
            app_id = excluded.app_id, user_id = excluded.user_id, page_id = excluded.page_id, \
            account_id = excluded.account_id, scopes = excluded.scopes, issued_time = excluded.issued_time, \
            expires_time = excluded.expires_time, revoked_time = excluded.revoked_time"
        )
    }
    TOKEN { concat!("SELECT ", token_columns!(), " FROM token WHERE hash = $1") }
    /// Looks through the table, which is small and asked so when somebody leaves an app.
    TOKENS { concat!("SELECT ", token_columns!(), " FROM token WHERE app_id = $1 ORDER BY hash") }

    ADD_SETTING { "INSERT INTO setting (name, value) VALUES ($1, $2)" }
    PUT_SETTING {
        "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
    }
    SETTING { "SELECT value FROM setting WHERE name = $1" }
}

pub(crate) fn put_user(user: &User) -> Result<Write<'_>, TooLarge> {
    Ok(Write::new(&PUT_USER, values![int(user.id.get())?, &user.name]))
}

pub(crate) fn user(id: UserId) -> Query<'static, User> {
    Query { statement: &USER, params: values![key(id.get())], decode: user_row }
}

fn user_row(row: Row<'_>) -> Result<User, Corrupt> {
    let mut fields = Fields::new(row, "user", 0, 1);
    Ok(User { id: fields.int(UserId::new)?, name: fields.get()? })
}

pub(crate) fn put_page(page: &Page) -> Result<Write<'_>, TooLarge> {
    let account = some_int(page.account.map(AccountId::get))?;
    Ok(Write::new(&PUT_PAGE, values![int(page.id.get())?, &page.name, &page.category, account]))
}

pub(crate) fn page(id: PageId) -> Query<'static, Page> {
    Query { statement: &PAGE, params: values![key(id.get())], decode: page_row }
}

fn page_row(row: Row<'_>) -> Result<Page, Corrupt> {
    let mut fields = Fields::new(row, "page", 0, 1);
    Ok(Page {
        id: fields.int(PageId::new)?,
        name: fields.get()?,
        category: fields.get()?,
        account: fields.some_int(AccountId::new)?,
    })
}

pub(crate) fn put_account(account: &Account) -> Result<Write<'_>, TooLarge> {
    let params = values![
        int(account.id.get())?,
        &account.username,
        &account.name,
        &account.biography,
        &account.profile_picture_url,
        int(account.followers_count)?,
        int(account.follows_count)?,
        some_int(account.page.map(PageId::get))?,
        account.created_time,
        account.account_type.name(),
        account.allow_message_access,
        Standing::ALL.iter().find(|row| row.0 == account.standing).map(|row| row.2),
        account.image_collections,
        some_int(account.default_app.map(AppId::get))?,
        some_int(account.primary_app.map(AppId::get))?,
        app_ids(&account.take_over_apps),
        some_int(account.self_igsid.map(Igsid::get))?,
    ];
    Ok(Write::new(&PUT_ACCOUNT, params))
}

pub(crate) fn account(id: AccountId) -> Query<'static, Account> {
    Query { statement: &ACCOUNT, params: values![key(id.get())], decode: account_row }
}

pub(crate) fn account_by_username(username: &str) -> Query<'_, Account> {
    Query { statement: &ACCOUNT_BY_USERNAME, params: values![username], decode: account_row }
}

pub(crate) fn accounts() -> Query<'static, Account> {
    Query { statement: &ACCOUNTS, params: values![], decode: account_row }
}

fn account_row(row: Row<'_>) -> Result<Account, Corrupt> {
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
        account_type: fields
            .decode(|name: String| AccountType::ALL.iter().find(|row| row.1 == name).map(|row| row.0))?,
        allow_message_access: fields.flag()?,
        standing: fields.decode(|number: i64| Standing::ALL.iter().find(|row| row.2 == number).map(|row| row.0))?,
        image_collections: fields.flag()?,
        default_app: fields.some_int(AppId::new)?,
        primary_app: fields.some_int(AppId::new)?,
        take_over_apps: fields.decode(|json: String| stored_app_ids(&json))?,
        self_igsid: fields.some_int(Igsid::new)?,
    })
}

fn app_ids(apps: &[AppId]) -> String {
    list(&apps.iter().map(AppId::to_string).collect::<Vec<_>>())
}

fn stored_app_ids(json: &str) -> Option<Vec<AppId>> {
    let texts: Vec<String> = serde_json::from_str(json).ok()?;
    texts.iter().map(|text| text.parse().ok()).collect()
}

pub(crate) fn put_app(app: &App) -> Result<Write<'_>, TooLarge> {
    let params = values![
        int(app.id.get())?,
        &app.name,
        app.secret.0.as_slice(),
        int(app.instagram_app_id.get())?,
        app.instagram_secret.0.as_slice(),
        app.require_proof,
        app.human_agent,
        app.default_version.to_string(),
        app.created_time,
        app.live,
        app.advanced_access,
        app.callbacks.deauth_callback_url.as_deref(),
        app.callbacks.data_deletion_url.as_deref(),
        app.instagram_callbacks.deauth_callback_url.as_deref(),
        app.instagram_callbacks.data_deletion_url.as_deref(),
    ];
    Ok(Write::new(&PUT_APP, params))
}

pub(crate) fn app(id: AppId) -> Query<'static, App> {
    Query { statement: &APP, params: values![key(id.get())], decode: app_row }
}

pub(crate) fn apps() -> Query<'static, App> {
    Query { statement: &APPS, params: values![], decode: app_row }
}

fn app_row(row: Row<'_>) -> Result<App, Corrupt> {
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
        live: fields.flag()?,
        advanced_access: fields.flag()?,
        callbacks: callbacks(&mut fields)?,
        instagram_callbacks: callbacks(&mut fields)?,
    })
}

fn callbacks(fields: &mut Fields<'_>) -> Result<LoginCallbacks, Corrupt> {
    Ok(LoginCallbacks { deauth_callback_url: fields.get()?, data_deletion_url: fields.get()? })
}

pub(crate) fn put_token(token: &Token) -> Result<Write<'_>, TooLarge> {
    let kind = TokenKind::ALL.iter().find(|row| row.0 == token.kind).map(|row| row.1);
    let params = values![
        token.hash.0.as_slice(),
        kind,
        int(token.app.get())?,
        some_int(token.user.map(UserId::get))?,
        some_int(token.page.map(PageId::get))?,
        some_int(token.account.map(AccountId::get))?,
        list(&token.scopes),
        token.issued_time,
        token.expires_time,
        token.revoked_time,
    ];
    Ok(Write::new(&PUT_TOKEN, params))
}

pub(crate) fn token(hash: &TokenHash) -> Query<'_, Token> {
    Query { statement: &TOKEN, params: values![hash.0.as_slice()], decode: token_row }
}

pub(crate) fn tokens(app: AppId) -> Query<'static, Token> {
    Query { statement: &TOKENS, params: values![key(app.get())], decode: token_row }
}

fn token_row(row: Row<'_>) -> Result<Token, Corrupt> {
    let mut fields = Fields::new(row, "token", 0, 1);
    Ok(Token {
        hash: TokenHash(fields.decode(|hash: Vec<u8>| hash.try_into().ok())?),
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
}

pub(crate) fn put_setting<'a>(name: &'a str, value: &'a str) -> Write<'a> {
    Write::new(&PUT_SETTING, values![name, value])
}

/// Stale when the name is taken.
pub(crate) fn add_setting<'a>(name: &'a str, value: &'a str) -> Write<'a> {
    Write::new(&ADD_SETTING, values![name, value])
}

pub(crate) fn setting(name: &str) -> Query<'_, String> {
    Query { statement: &SETTING, params: values![name], decode: |row| Fields::new(row, "setting", 0, 0).get() }
}
