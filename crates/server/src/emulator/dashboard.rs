//! The Test button of the App Dashboard.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Path, State};
use engine::webhook::dashboard::{self, Shape};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use wire::dialect::Dialect;

use super::asked;
use super::asked::{Body, one_of};
use super::problem::Answer;
use crate::outbound;
use crate::state::Server;

/// A test of a field.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct NewTest {
    /// The webhook field, `messages` where nothing is said.
    field: Option<String>,
    /// `messaging`, as the product of Facebook Login has it; `changes`, as that of Instagram Login has it; `early_2021`. Where
    /// nothing is said it is that of `login`.
    shape: Option<String>,
    /// `facebook`, where nothing is said, or `instagram`.
    login: Option<String>,
}

/// A test that was made.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TestView {
    request: Sent,
    /// Null when there was no answer.
    status: Option<u16>,
    /// Beginning of the answer's body, or why there was none.
    answer: String,
    duration_ms: u64,
}

/// What was posted.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Sent {
    url: String,
    headers: BTreeMap<&'static str, String>,
    /// The exact bytes.
    body: String,
}

const LOGINS: [(Dialect, &str); 2] = [(Dialect::Facebook, "facebook"), (Dialect::Instagram, "instagram")];

/// Presses the Test button: a sample of the field goes to the app's endpoint at once, signed, whatever the app is subscribed to and
/// whether or not it is published. It stands in no log and is not repeated.
#[utoipa::path(
    post, path = "/_parlance/apps/{app}/tests", operation_id = "test_field", tag = "apps",
    params(("app" = String, Path, description = "either of its ids")), request_body = NewTest,
    responses(
        (status = 200, body = TestView),
        (status = 400, description = "no such field or shape, or the app has no endpoint"),
        (status = 404, description = "no such app"),
    ),
)]
pub(super) async fn test(
    State(server): State<Server>,
    Path(app): Path<String>,
    Body(new): Body<NewTest>,
) -> Answer<Json<TestView>> {
    let app = asked::app(&server, &app).await?;
    let login = one_of("login", new.login.as_deref().unwrap_or("facebook"), LOGINS)?;
    let shape = match &new.shape {
        Some(name) => one_of("shape", name, Shape::ALL)?,
        None => Shape::of(login),
    };
    let field = new.field.as_deref().unwrap_or("messages");
    let post = dashboard::post(&server.world, &app, field, shape).await?;
    let answer = server.outbound.post(&post).await;
    let headers = outbound::headers(&post.body).into_iter().collect();
    Ok(Json(TestView {
        request: Sent { url: post.url, headers, body: post.body.text().to_owned() },
        status: answer.status,
        answer: answer.text,
        duration_ms: answer.duration_ms,
    }))
}
