//! Welcome message flows.

use engine::facts::Flow;
use wire::id::{AccountId, AppId, FlowId};

use super::fields::{Corrupt, Fields};
use super::row::Row;
use super::statement::statements;
use super::value::{TooLarge, int, key, list, values};
use super::{Query, Write};

macro_rules! flow_columns {
    () => {
        "account_id, id, app_id, name, welcome_message_flow, eligible_platforms, last_update_time"
    };
}

statements! {
    PUT_FLOW {
        concat!(
            "INSERT INTO flow (",
            flow_columns!(),
            ") VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (account_id, id) DO UPDATE SET app_id = excluded.app_id, \
            name = excluded.name, welcome_message_flow = excluded.welcome_message_flow, \
            eligible_platforms = excluded.eligible_platforms, last_update_time = excluded.last_update_time"
        )
    }
    REMOVE_FLOW { "DELETE FROM flow WHERE account_id = $1 AND id = $2" }
    FLOW { concat!("SELECT ", flow_columns!(), " FROM flow WHERE account_id = $1 AND id = $2") }
    FLOWS { concat!("SELECT ", flow_columns!(), " FROM flow WHERE account_id = $1 ORDER BY id") }
}

pub(crate) fn put_flow(flow: &Flow) -> Result<Write<'_>, TooLarge> {
    let params = values![
        int(flow.account.get())?,
        int(flow.id.get())?,
        int(flow.app.get())?,
        &flow.name,
        &flow.welcome_message_flow,
        list(&flow.eligible_platforms),
        flow.last_update_time,
    ];
    Ok(Write::new(&PUT_FLOW, params))
}

pub(crate) fn remove_flow(account: AccountId, flow: FlowId) -> Result<Write<'static>, TooLarge> {
    Ok(Write::new(&REMOVE_FLOW, values![int(account.get())?, int(flow.get())?]))
}

pub(crate) fn flow(account: AccountId, id: FlowId) -> Query<'static, Flow> {
    Query { statement: &FLOW, params: values![key(account.get()), key(id.get())], decode: flow_row }
}

pub(crate) fn flows(account: AccountId) -> Query<'static, Flow> {
    Query { statement: &FLOWS, params: values![key(account.get())], decode: flow_row }
}

fn flow_row(row: Row<'_>) -> Result<Flow, Corrupt> {
    let mut fields = Fields::new(row, "flow", 0, 2);
    Ok(Flow {
        account: fields.int(AccountId::new)?,
        id: fields.int(FlowId::new)?,
        app: fields.int(AppId::new)?,
        name: fields.get()?,
        welcome_message_flow: fields.get()?,
        eligible_platforms: fields.list()?,
        last_update_time: fields.time()?,
    })
}
