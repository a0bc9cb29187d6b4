//! The surface of a server in this process, called without a socket.

use anyhow::ensure;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use serde_json::Value;
use tower::ServiceExt;

/// Most bytes of an answer that are read.
const ANSWER_BYTES: usize = 1 << 20;

/// The answer of a surface that must agree.
///
/// # Errors
/// A refusal, an answer that is no JSON.
pub async fn call(router: &Router, method: &str, path: &str, body: Vec<u8>) -> anyhow::Result<Value> {
    let request = Request::builder().method(method).uri(path).header("host", "localhost");
    let request = request.header("content-type", "application/json").body(Body::from(body))?;
    let response = match router.clone().oneshot(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    };
    let status = response.status();
    let bytes = to_bytes(response.into_body(), ANSWER_BYTES).await?;
    ensure!(status.is_success(), "{method} {path}: {}", String::from_utf8_lossy(&bytes));
    Ok(serde_json::from_slice(&bytes)?)
}
