//! Outages of apps' endpoints, and what their owners were told of them.

use engine::facts::{Alert, AlertKind, Outage};
use wire::dialect::Dialect;
use wire::id::{AccountId, AppId};
use wire::time::Span;

use super::fields::{Corrupt, Fields};
use super::row::Row;
use super::statement::statements;
use super::value::{TooLarge, int, key, values};
use super::{Query, Write};
use crate::shared::login_name;

statements! {
    ADD_OUTAGE {
        "INSERT INTO outage (account_id, app_id, login, since) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (account_id, app_id, login) DO NOTHING"
    }
    END_OUTAGE { "DELETE FROM outage WHERE account_id = $1 AND app_id = $2 AND login = $3" }
    /// There is a row for each endpoint that fails just now, so the table is small.
    OUTAGES {
        "SELECT account_id, app_id, login, since FROM outage WHERE app_id = $1 ORDER BY account_id, login"
    }
    REWIND_OUTAGES { "UPDATE outage SET since = since - $1" }
    ADD_ALERT {
        "INSERT INTO alert (account_id, app_id, login, since, kind, time) VALUES ($1, $2, $3, $4, $5, $6) \
        ON CONFLICT (account_id, app_id, login, since, kind) DO NOTHING"
    }
    ALERTS {
        "SELECT account_id, app_id, login, since, kind, time FROM alert \
        ORDER BY time DESC, account_id DESC, app_id DESC, login DESC, since DESC, kind DESC LIMIT $1"
    }
}

pub(crate) fn add_outage(outage: Outage) -> Result<Write<'static>, TooLarge> {
    let Outage { account, app, login, since } = outage;
    Ok(Write::new(&ADD_OUTAGE, values![int(account.get())?, int(app.get())?, login_name(login), since]))
}

pub(crate) fn end_outage(account: AccountId, app: AppId, login: Dialect) -> Result<Write<'static>, TooLarge> {
    Ok(Write::new(&END_OUTAGE, values![int(account.get())?, int(app.get())?, login_name(login)]))
}

pub(crate) fn outages(app: AppId) -> Query<'static, Outage> {
    let decode = |row: Row<'_>| outage(&mut Fields::new(row, "outage", 0, 3));
    Query { statement: &OUTAGES, params: values![key(app.get())], decode }
}

/// The clock was set back: outages keep their length.
pub(crate) fn rewind(by: Span) -> Write<'static> {
    Write::new(&REWIND_OUTAGES, values![by.get()])
}

pub(crate) fn add_alert(alert: Alert) -> Result<Write<'static>, TooLarge> {
    let Outage { account, app, login, since } = alert.outage;
    let kind = AlertKind::ALL.iter().find(|row| row.0 == alert.kind).map(|row| row.2);
    let params = values![int(account.get())?, int(app.get())?, login_name(login), since, kind, alert.time];
    Ok(Write::new(&ADD_ALERT, params))
}

pub(crate) fn alerts(limit: u32) -> Query<'static, Alert> {
    Query { statement: &ALERTS, params: values![limit], decode: alert_row }
}

fn alert_row(row: Row<'_>) -> Result<Alert, Corrupt> {
    let mut fields = Fields::new(row, "alert", 0, 5);
    Ok(Alert {
        outage: outage(&mut fields)?,
        kind: fields.decode(|number: i64| AlertKind::ALL.iter().find(|row| row.2 == number).map(|row| row.0))?,
        time: fields.time()?,
    })
}

fn outage(fields: &mut Fields<'_>) -> Result<Outage, Corrupt> {
    Ok(Outage {
        account: fields.int(AccountId::new)?,
        app: fields.int(AppId::new)?,
        login: fields.login()?,
        since: fields.time()?,
    })
}
