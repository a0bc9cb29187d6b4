//! The limit: an axum handler that parses JSON of a send's size and answers JSON of its answer's size.

use std::time::Duration;

use axum::Json;
use axum::routing::post;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::child::Running;
use crate::load;

/// Serves the echo until it is killed.
///
/// # Errors
/// When no port is free.
pub async fn serve() -> anyhow::Result<()> {
    let router = axum::Router::new().route(
        "/v25.0/me/messages",
        post(|Json(body): Json<Value>| async move {
            let recipient = body["recipient"]["id"].as_str().unwrap_or_default().to_owned();
            Json(json!({"recipient_id": recipient, "message_id": "a".repeat(160)}))
        }),
    );
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", listener.local_addr()?);
    Ok(axum::serve(listener, router).await?)
}

/// Measures the echo.
///
/// # Errors
/// When it does not start or answer.
pub async fn measure(connections: usize, span: Duration) -> anyhow::Result<load::Result> {
    let server = Running::part("echo").await?;
    let address = server.line.clone();
    let request = load::post(
        &address,
        "/v25.0/me/messages?access_token=EAADemoPageToken0001",
        "application/json",
        &body("900000000000001"),
    );
    let one = || load::Connection { address: address.clone(), requests: vec![request.clone()] };
    let result = load::run(&server, (0..connections).map(|_| one()).collect(), span).await?;
    server.stop().await?;
    Ok(result)
}

/// A send of 120 characters to a person.
pub fn body(igsid: &str) -> String {
    json!({"recipient": {"id": igsid}, "message": {"text": "m".repeat(120)}}).to_string()
}
