//! Webhook subscriptions (layer A), installs (layer B), and the routes that the two make together.

use engine::facts::{Install, PinnedField, Subscription};
use engine::store::Route;
use rusqlite::{Connection, Result, Row, params};
use wire::dialect::Dialect;
use wire::id::{AccountId, AppId, PageId};

use super::fields::{Fields, int, key, list, many, run, some_int};
use crate::shared::login_name;

macro_rules! subscription_columns {
    () => {
        "s.app_id, s.object, s.callback_url, s.include_values, s.active, s.fields"
    };
}
const PUT_SUBSCRIPTION: &str = "INSERT INTO subscription (app_id, object, callback_url, include_values, \
    active, fields) VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (app_id, object) DO UPDATE SET \
    callback_url = excluded.callback_url, include_values = excluded.include_values, active = excluded.active, fields = excluded.fields";
const REMOVE_SUBSCRIPTION: &str = "DELETE FROM subscription WHERE app_id = ?1 AND (?2 IS NULL OR object = ?2)";
const SUBSCRIPTIONS: &str =
    concat!("SELECT ", subscription_columns!(), " FROM subscription s WHERE s.app_id = ?1 ORDER BY s.object");

macro_rules! install_columns {
    () => {
        "i.account_id, i.app_id, i.login, i.page_id, i.subscribed_fields, i.scopes, i.created_time"
    };
}
/// Columns that [`install_columns`] names; a route's subscription stands behind them.
const INSTALL_COLUMNS: usize = 7;
const PUT_INSTALL: &str = "INSERT INTO install (account_id, app_id, login, page_id, subscribed_fields, scopes, \
    created_time) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (account_id, app_id, login) DO UPDATE SET \
    page_id = excluded.page_id, subscribed_fields = excluded.subscribed_fields, scopes = excluded.scopes, \
    created_time = excluded.created_time";
const REMOVE_INSTALL: &str = "DELETE FROM install WHERE account_id = ?1 AND app_id = ?2 AND login = ?3";
const INSTALLS: &str = concat!(
    "SELECT ",
    install_columns!(),
    " FROM install i WHERE i.account_id = ?1 ORDER BY i.created_time, i.app_id, i.login"
);
pub(super) const ROUTES: &str = concat!(
    "SELECT ",
    install_columns!(),
    ", ",
    subscription_columns!(),
    " FROM install i JOIN subscription s ON s.app_id = i.app_id AND s.object = 'instagram' AND s.active = 1 \
    WHERE i.account_id = ?1 ORDER BY i.created_time, i.app_id, i.login"
);

pub(super) fn put_subscription(connection: &Connection, subscription: &Subscription) -> Result<usize> {
    let fields: Vec<_> =
        subscription.fields.iter().map(|field| serde_json::json!([field.name, field.version.to_string()])).collect();
    run(
        connection,
        PUT_SUBSCRIPTION,
        params![
            int(subscription.app.get())?,
            subscription.object,
            subscription.callback_url,
            subscription.include_values,
            subscription.active,
            serde_json::Value::from(fields).to_string(),
        ],
    )
}

pub(super) fn remove_subscription(connection: &Connection, app: AppId, object: Option<&str>) -> Result<usize> {
    run(connection, REMOVE_SUBSCRIPTION, params![int(app.get())?, object])
}

pub(super) fn subscriptions(connection: &Connection, app: AppId) -> Result<Vec<Subscription>> {
    many(connection, SUBSCRIPTIONS, [key(app.get())], |row| subscription_row(row, 0))
}

fn subscription_row(row: &Row<'_>, start: usize) -> Result<Subscription> {
    let mut fields = Fields::new(row, "subscription", start, 2);
    Ok(Subscription {
        app: fields.int(AppId::new)?,
        object: fields.get()?,
        callback_url: fields.get()?,
        include_values: fields.flag()?,
        active: fields.flag()?,
        fields: fields.decode(|json: String| pinned_fields(&json))?,
    })
}

fn pinned_fields(json: &str) -> Option<Vec<PinnedField>> {
    let pairs: Vec<(String, String)> = serde_json::from_str(json).ok()?;
    pairs.into_iter().map(|(name, version)| Some(PinnedField { name, version: version.parse().ok()? })).collect()
}

pub(super) fn put_install(connection: &Connection, install: &Install) -> Result<usize> {
    run(
        connection,
        PUT_INSTALL,
        params![
            int(install.account.get())?,
            int(install.app.get())?,
            login_name(install.login),
            some_int(install.page.map(PageId::get))?,
            list(&install.subscribed_fields),
            list(&install.scopes),
            install.created_time.get(),
        ],
    )
}

pub(super) fn remove_install(connection: &Connection, account: AccountId, app: AppId, login: Dialect) -> Result<usize> {
    run(connection, REMOVE_INSTALL, params![int(account.get())?, int(app.get())?, login_name(login)])
}

pub(super) fn installs(connection: &Connection, account: AccountId) -> Result<Vec<Install>> {
    many(connection, INSTALLS, [key(account.get())], install_row)
}

fn install_row(row: &Row<'_>) -> Result<Install> {
    let mut fields = Fields::new(row, "install", 0, 3);
    Ok(Install {
        account: fields.int(AccountId::new)?,
        app: fields.int(AppId::new)?,
        login: fields.login()?,
        page: fields.some_int(PageId::new)?,
        subscribed_fields: fields.list()?,
        scopes: fields.list()?,
        created_time: fields.time()?,
    })
}

pub(super) fn routes(connection: &Connection, account: AccountId) -> Result<Vec<Route>> {
    many(connection, ROUTES, [key(account.get())], |row| {
        Ok(Route { install: install_row(row)?, subscription: subscription_row(row, INSTALL_COLUMNS)? })
    })
}
