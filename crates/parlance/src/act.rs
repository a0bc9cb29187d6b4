//! What a shell does with a running emulator: follow what happens, move the clock.

use anyhow::{Context, bail};
use serde_json::json;

use crate::args::{Clock, ClockChange, Tail};
use crate::remote::Remote;
use crate::say::say;

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
