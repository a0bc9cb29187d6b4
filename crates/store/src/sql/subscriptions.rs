//! Webhook subscriptions (layer A), installs (layer B), and the routes that the two make together.

use engine::facts::{Install, PinnedField, Subscription};
use engine::store::Route;
use wire::dialect::Dialect;
use wire::id::{AccountId, AppId, PageId};

use super::fields::{Corrupt, Fields};
use super::row::Row;
use super::statement::statements;
use super::value::{TooLarge, int, key, list, some_int, values};
use super::{Query, Write};
use crate::shared::login_name;

macro_rules! subscription_columns {
    () => {
        "s.app_id, s.object, s.callback_url, s.include_values, s.active, s.fields"
    };
}
macro_rules! install_columns {
    () => {
        "i.account_id, i.app_id, i.login, i.page_id, i.subscribed_fields, i.scopes, i.created_time"
    };
}
/// Columns that [`install_columns`] names; a route's subscription stands behind them.
const INSTALL_COLUMNS: usize = 7;
/// An account's installs with the subscriptions of their apps, which `$subscriptions` brings in as `s`.
macro_rules! routes {
    ($subscriptions:literal) => {
        concat!(
            "SELECT ",
            install_columns!(),
            ", ",
            subscription_columns!(),
            " FROM install i ",
            $subscriptions,
            " WHERE i.account_id = $1 ORDER BY i.created_time, i.app_id, i.login"
        )
    };
}

statements! {
    PUT_SUBSCRIPTION {
        "INSERT INTO subscription (app_id, object, callback_url, include_values, active, fields) \
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (app_id, object) DO UPDATE SET \
        callback_url = excluded.callback_url, include_values = excluded.include_values, active = excluded.active, \
        fields = excluded.fields"
    }
    /// PostgreSQL must be told the type of what is only compared with NULL.
    REMOVE_SUBSCRIPTION {
        "DELETE FROM subscription WHERE app_id = $1 AND (CAST($2 AS TEXT) IS NULL OR object = $2)"
    }
    SUBSCRIPTIONS {
        concat!("SELECT ", subscription_columns!(), " FROM subscription s WHERE s.app_id = $1 ORDER BY s.object")
    }

    PUT_INSTALL {
        "INSERT INTO install (account_id, app_id, login, page_id, subscribed_fields, scopes, created_time) \
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (account_id, app_id, login) DO UPDATE SET \
        page_id = excluded.page_id, subscribed_fields = excluded.subscribed_fields, scopes = excluded.scopes, \
        created_time = excluded.created_time"
    }
    REMOVE_INSTALL { "DELETE FROM install WHERE account_id = $1 AND app_id = $2 AND login = $3" }
    INSTALLS {
        concat!(
            "SELECT ",
            install_columns!(),
            " FROM install i WHERE i.account_id = $1 ORDER BY i.created_time, i.app_id, i.login"
        )
    }
    /// The installs first: an account has a few, while there is a subscription for every app.
    ROUTES {
        sqlite: routes!("JOIN subscription s ON s.app_id = i.app_id AND s.object = 'instagram' AND s.active"),
        postgres: routes!(
            "CROSS JOIN LATERAL (SELECT * FROM subscription s WHERE s.app_id = i.app_id AND s.object = 'instagram' \
            AND s.active LIMIT 1) s"
        )
    }
}

pub(crate) fn put_subscription(subscription: &Subscription) -> Result<Write<'_>, TooLarge> {
    let fields: Vec<_> =
        subscription.fields.iter().map(|field| serde_json::json!([field.name, field.version.to_string()])).collect();
    let params = values![
        int(subscription.app.get())?,
        &subscription.object,
        &subscription.callback_url,
        subscription.include_values,
        subscription.active,
        serde_json::Value::from(fields).to_string(),
    ];
    Ok(Write::new(&PUT_SUBSCRIPTION, params))
}

pub(crate) fn remove_subscription(app: AppId, object: Option<&str>) -> Result<Write<'_>, TooLarge> {
    Ok(Write::new(&REMOVE_SUBSCRIPTION, values![int(app.get())?, object]))
}

pub(crate) fn subscriptions(app: AppId) -> Query<'static, Subscription> {
    Query { statement: &SUBSCRIPTIONS, params: values![key(app.get())], decode: |row| subscription_row(row, 0) }
}

fn subscription_row(row: Row<'_>, start: usize) -> Result<Subscription, Corrupt> {
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

pub(crate) fn put_install(install: &Install) -> Result<Write<'_>, TooLarge> {
    let params = values![
        int(install.account.get())?,
        int(install.app.get())?,
        login_name(install.login),
        some_int(install.page.map(PageId::get))?,
        list(&install.subscribed_fields),
        list(&install.scopes),
        install.created_time,
    ];
    Ok(Write::new(&PUT_INSTALL, params))
}

pub(crate) fn remove_install(account: AccountId, app: AppId, login: Dialect) -> Result<Write<'static>, TooLarge> {
    Ok(Write::new(&REMOVE_INSTALL, values![int(account.get())?, int(app.get())?, login_name(login)]))
}

pub(crate) fn installs(account: AccountId) -> Query<'static, Install> {
    Query { statement: &INSTALLS, params: values![key(account.get())], decode: install_row }
}

fn install_row(row: Row<'_>) -> Result<Install, Corrupt> {
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

pub(crate) fn routes(account: AccountId) -> Query<'static, Route> {
    Query { statement: &ROUTES, params: values![key(account.get())], decode: route_row }
}

fn route_row(row: Row<'_>) -> Result<Route, Corrupt> {
    Ok(Route { install: install_row(row)?, subscription: subscription_row(row, INSTALL_COLUMNS)? })
}
