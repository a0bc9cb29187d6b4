//! The server itself: start, memory, durable sends.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Context;
use serde_json::{Value, json};

use crate::child::Running;
use crate::{echo, load};

/// Start and memory.
pub struct Start {
    /// Milliseconds from start to the first answer, data folder already there.
    pub first_answer_ms: f64,
    /// Resident memory when idle after that, in megabytes.
    pub idle_mb: f64,
}

async fn start(server: &Path, data: &Path) -> anyhow::Result<(Running, String)> {
    let data = data.to_str().context("the temporary folder has a plain name")?;
    let args = ["dev", "--data", data, "--listen", "127.0.0.1:0", "--json", "--set", "send_per_second=0"];
    let running = Running::start(server, &args).await?;
    let ready: Value = serde_json::from_str(&running.line)?;
    let address = ready["graph"].as_str().unwrap_or_default().trim_start_matches("http://").to_owned();
    Ok((running, address))
}

/// Measures start and idle memory on a data folder that exists.
///
/// # Errors
/// When the server does not start or answer.
pub async fn start_up(server: &Path) -> anyhow::Result<Start> {
    let folder = tempfile::tempdir()?;
    start(server, folder.path()).await?.0.stop().await?;
    let begun = Instant::now();
    let (running, address) = start(server, folder.path()).await?;
    let me = format!("GET /me?access_token=EAADemoPageToken0001 HTTP/1.1\r\nHost: {address}\r\n\r\n");
    load::once(&address, me.as_bytes()).await?;
    let first_answer_ms = begun.elapsed().as_secs_f64() * 1_000.0;
    let idle_mb = running.resident_mb()?;
    running.stop().await?;
    Ok(Start { first_answer_ms, idle_mb })
}

/// Measures durable sends, each connection to a person of its own, with or without a subscribed webhook.
///
/// # Errors
/// When the server does not start or refuses.
pub async fn measure(
    server: &Path,
    connections: usize,
    span: Duration,
    subscribed: bool,
) -> anyhow::Result<load::Result> {
    let folder = tempfile::tempdir()?;
    let (running, address) = start(server, folder.path()).await?;
    let sink = Running::part("sink").await?;
    if subscribed {
        let form = format!("object=instagram&callback_url=http://{}/&verify_token=v&fields=messages", sink.line);
        let app = "/500000000000001/subscriptions?access_token=500000000000001%7Cdemo0app0secret0of0parlance00001";
        load::once(&address, &load::post(&address, app, "application/x-www-form-urlencoded", &form)).await?;
        let install = "/me/subscribed_apps?subscribed_fields=feed&access_token=EAADemoPageToken0001";
        load::once(&address, &load::post(&address, install, "application/json", "{}")).await?;
    }
    let mut requests = Vec::with_capacity(connections);
    for number in 0..connections {
        let igsid = person(&address, number).await?;
        let path = "/v25.0/me/messages?access_token=EAADemoPageToken0001";
        requests.push(load::post(&address, path, "application/json", &echo::body(&igsid)));
    }
    let result = load::run(&running, &address, requests, span).await?;
    running.stop().await?;
    sink.stop().await?;
    Ok(result)
}

/// A new person who has just written; gives their id for the demo account.
async fn person(address: &str, number: usize) -> anyhow::Result<String> {
    let json = |value: &Value| value.to_string();
    let username = format!("load{number}");
    let people = load::post(address, "/_parlance/people", "application/json", &json(&json!({"username": username})));
    load::once(address, &people).await?;
    let path = format!("/_parlance/people/{username}/messages");
    let text = json!({"to": "harbor.knits", "text": "hello"});
    load::once(address, &load::post(address, &path, "application/json", &json(&text))).await?;
    let list = "GET /me/conversations?fields=participants&limit=1&access_token=IGAADemoAccountToken0001 HTTP/1.1";
    let answer = load::once(address, format!("{list}\r\nHost: {address}\r\n\r\n").as_bytes()).await?;
    let answer: Value = serde_json::from_str(&answer)?;
    let igsid = answer["data"][0]["participants"]["data"][0]["id"].as_str().context("the person has no thread")?;
    Ok(igsid.to_owned())
}
