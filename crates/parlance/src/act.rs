//! What a shell does with a running emulator: follow what happens, move the clock, look at deliveries.

use anyhow::{Context, bail};
use serde_json::{Value, json};
use url::{Position, Url};

use crate::args::{Clock, ClockChange, Deliveries, Tail};
use crate::remote::Remote;
use crate::say::{say, show};

/// `parlance tail`: one JSON line for each entry of the log, as it happens.
///
/// # Errors
/// When the stream breaks off.
pub async fn tail(options: &Tail) -> anyhow::Result<()> {
    let remote = Remote::new(&options.target)?;
    let after = options.after.map(|after| format!("?after={after}")).unwrap_or_default();
    let mut stream = remote.stream(&format!("events/stream{after}")).await?;
    let (mut rest, mut shown) = (Vec::new(), 0);
    while let Some(chunk) = stream.chunk().await.context("the stream broke off")? {
        rest.extend_from_slice(&chunk);
        while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
            let line: Vec<u8> = rest.drain(..=end).collect();
            let line = String::from_utf8_lossy(&line);
            if let Some(data) = line.trim_end().strip_prefix("data:") {
                say(data.trim_start())?;
                shown += 1;
                if options.count == Some(shown) {
                    return Ok(());
                }
            }
        }
    }
    bail!("the emulator ended the stream")
}

/// `parlance clock`: prints what it reads, after moving it when told to.
///
/// # Errors
/// The emulator's refusal.
pub async fn clock(options: &Clock) -> anyhow::Result<()> {
    let remote = Remote::new(&options.target)?;
    let answer = match &options.change {
        None => remote.get("clock").await?,
        Some(ClockChange::Advance { by }) => remote.post("clock", &json!({"advance": by})).await?,
        Some(ClockChange::Set { to }) => remote.post("clock", &json!({"set": to})).await?,
    };
    Ok(say(answer["now"].as_str().unwrap_or_default())?)
}

/// `parlance deliveries`.
///
/// # Errors
/// The emulator's refusal.
pub async fn deliveries(options: &Deliveries) -> anyhow::Result<()> {
    let remote = Remote::new(&options.target)?;
    let Some(id) = options.id else {
        let found = remote.get("deliveries").await?;
        for row in found["data"].as_array().unwrap_or(&Vec::new()) {
            let text = |key: &str| match &row[key] {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            say(format_args!(
                "{:<8} {:<10} {:<20} {} attempts  {}",
                text("id"),
                text("state"),
                text("field"),
                text("attempts"),
                text("created_time")
            ))?;
        }
        return Ok(());
    };
    let answer = if options.redeliver {
        remote.post(&format!("deliveries/{id}/redeliver"), &json!({})).await?
    } else {
        remote.get(&format!("deliveries/{id}")).await?
    };
    if options.raw {
        return Ok(show(&request(&answer["request"])?)?);
    }
    Ok(say(serde_json::to_string_pretty(&answer)?)?)
}

/// A delivery's HTTP request, byte for byte but for the order of its headers.
fn request(request: &Value) -> anyhow::Result<String> {
    let url = request["url"].as_str().context("nobody is subscribed any more, so nothing signs this delivery")?;
    let url = Url::parse(url).context("the callback is no address")?;
    let body = request["body"].as_str().unwrap_or_default();
    let (path, authority) =
        (&url[Position::BeforePath..Position::AfterQuery], &url[Position::BeforeHost..Position::AfterPort]);
    let mut text = format!("POST {path} HTTP/1.1\r\nHost: {authority}\r\n");
    for (name, value) in request["headers"].as_object().into_iter().flatten() {
        text += &format!("{name}: {}\r\n", value.as_str().unwrap_or_default());
    }
    Ok(text + &format!("Content-Length: {}\r\n\r\n{body}", body.len()))
}
