//! Misbehaviour on demand: what a webhook sender may do to an app, asked for, so that the app can be tried against it.

use axum::Json;
use axum::extract::State;
use engine::deliver::field_name;
use engine::policy::fault::{Fault, Rule, When};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::asked::{Body, Empty, Given, one_of, parsed};
use super::problem::{Answer, Problem};
use crate::faults::{Armed, MOST_RULES};
use crate::state::Server;

/// A rule to be armed. It strikes each time, unless `next` or `every` says how often.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct NewFault {
    /// `duplicate`, `reorder`, `delay`, `drop`, `batch`, `echo_before_answer`, `slow` or `fail`.
    fault: String,
    /// The next so many times only.
    next: Option<u64>,
    /// Every so many times.
    every: Option<u64>,
    /// Only what goes to this app; for `echo_before_answer` only sends of it.
    app: Option<String>,
    /// Only this field.
    field: Option<String>,
    /// How much: milliseconds for `delay` (10000), `reorder` (5000) and `slow` (1000), deliveries in one POST for `batch` (10),
    /// the HTTP status for `fail` (500).
    amount: Option<u64>,
}

/// A rule, and what it did.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct FaultView {
    fault: &'static str,
    /// `always`, `next N` or `every N`.
    when: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    app: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
    amount: u64,
    /// Occasions that it met.
    seen: u64,
    /// Occasions on which it struck.
    fired: u64,
}

/// Armed rules, oldest first.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct FaultList {
    data: Vec<FaultView>,
}

/// Every armed rule, with how often it struck.
#[utoipa::path(
    get, path = "/_parlance/faults", operation_id = "list_faults", tag = "faults",
    responses((status = 200, body = FaultList)),
)]
pub(super) async fn list(State(server): State<Server>) -> Json<FaultList> {
    Json(FaultList { data: server.dispatcher.faults().list().into_iter().map(view).collect() })
}

/// Arms a rule. `delay`, `reorder`, `drop`, `duplicate` and `batch` meet a delivery once; `slow` and `fail` meet every attempt.
#[utoipa::path(
    post, path = "/_parlance/faults", operation_id = "arm_fault", tag = "faults", request_body = NewFault,
    responses(
        (status = 200, body = FaultView),
        (status = 400, description = "not a fault, an app, a field or an amount; or there are a hundred rules already"),
    ),
)]
pub(super) async fn arm(State(server): State<Server>, Body(asked): Body<NewFault>) -> Answer<Json<FaultView>> {
    let fault = one_of("fault", &asked.fault, Fault::ALL.map(|(fault, name, _)| (fault, name)))?;
    let when = match (asked.next, asked.every) {
        (None, None) => When::Always,
        (Some(count), None) => When::Next(count),
        (None, Some(count)) if count > 0 => When::Every(count),
        (None, Some(_)) => return Err(Problem::parameter("every must be 1 or more")),
        (Some(_), Some(_)) => return Err(Problem::parameter("next and every exclude each other")),
    };
    let usual = Fault::ALL.iter().find(|row| row.0 == fault).map_or(0, |row| row.2);
    let amount = asked.amount.unwrap_or(usual);
    if fault == Fault::Fail && (!(100..600).contains(&amount) || amount == 200) {
        return Err(Problem::parameter("amount must be an HTTP status other than 200"));
    }
    let rule = Rule {
        fault,
        when,
        app: parsed("app", asked.app.as_deref(), |text| text.parse().ok())?,
        field: parsed("field", asked.field.as_deref(), field_name)?.map(str::to_owned),
        amount,
    };
    if !server.dispatcher.faults().arm(rule.clone()) {
        return Err(Problem::parameter(format!("there are {MOST_RULES} rules already; DELETE takes them back")));
    }
    Ok(Json(view(Armed { rule, seen: 0, fired: 0 })))
}

/// Takes every rule back.
#[utoipa::path(
    delete, path = "/_parlance/faults", operation_id = "clear_faults", tag = "faults",
    responses((status = 200, body = Empty)),
)]
pub(super) async fn clear(State(server): State<Server>) -> Given {
    server.dispatcher.faults().clear();
    Empty::given()
}

fn view(armed: Armed) -> FaultView {
    let Armed { rule, seen, fired } = armed;
    let name = Fault::ALL.iter().find(|(fault, ..)| *fault == rule.fault);
    FaultView {
        fault: name.map_or("", |(_, name, _)| name),
        when: match rule.when {
            When::Always => "always".to_owned(),
            When::Next(count) => format!("next {count}"),
            When::Every(count) => format!("every {count}"),
        },
        app: rule.app.map(|app| app.to_string()),
        field: rule.field,
        amount: rule.amount,
        seen,
        fired,
    }
}
