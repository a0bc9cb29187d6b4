//! What a shell does with a running emulator: make things happen, follow them, move the clock, look at deliveries.

use std::collections::HashMap;

use anyhow::{Context, bail};
use serde_json::{Value, json};

use crate::args::{Clock, ClockChange, Deliveries, Tail, Trigger};
use crate::remote::Remote;
use crate::say::say;

/// Something that `parlance trigger` can make happen.
struct Kind {
    name: &'static str,
    doc: &'static str,
    /// Last part of the path under the person.
    path: &'static str,
    /// Key, the body's name for it, default; `to` and `from` go without saying.
    keys: &'static [(&'static str, &'static str, Option<&'static str>)],
    /// The body's name for the account.
    account: &'static str,
}

const KINDS: &[Kind] = &[
    Kind {
        name: "text",
        doc: "a person writes",
        path: "messages",
        keys: &[("text", "text", Some("Hello!"))],
        account: "to",
    },
    Kind {
        name: "ice_breaker",
        doc: "a person taps an ice breaker",
        path: "taps",
        keys: &[("question", "ice_breaker", None)],
        account: "to",
    },
    Kind {
        name: "menu",
        doc: "a person taps an item of the persistent menu",
        path: "taps",
        keys: &[("title", "menu_item", None)],
        account: "to",
    },
    Kind { name: "seen", doc: "a person opens the thread", path: "opens", keys: &[], account: "with" },
];

/// `parlance trigger`.
///
/// # Errors
/// An unknown kind or key, a key left out that has no default, or the emulator's refusal.
pub async fn trigger(options: &Trigger) -> anyhow::Result<()> {
    if options.list {
        for kind in KINDS {
            let keys: Vec<String> = kind
                .keys
                .iter()
                .map(|(key, _, default)| {
                    default.map_or_else(|| (*key).to_owned(), |default| format!("{key}={default}"))
                })
                .collect();
            say(format_args!("{:<12} {:<46} from to {}", kind.name, kind.doc, keys.join(" ")))?;
        }
        return Ok(());
    }
    let name = options.kind.as_deref().unwrap_or_default();
    let kind = KINDS
        .iter()
        .find(|kind| kind.name == name)
        .with_context(|| format!("no kind is called {name}; see `parlance trigger --list`"))?;
    let mut given: HashMap<&str, &str> =
        options.set.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
    let remote = Remote::new(&options.target)?;
    let from = actor(&remote, given.remove("from"), "people").await?;
    let to = actor(&remote, given.remove("to"), "accounts").await?;
    let mut body = json!({ kind.account: to });
    for (key, member, default) in kind.keys {
        let value = given.remove(key).or(*default).with_context(|| format!("{name} needs --set {key}=…"))?;
        body[*member] = json!(value);
    }
    if let Some(key) = given.keys().next() {
        bail!("{name} has no key {key}; see `parlance trigger --list`");
    }
    Ok(say(remote.post(&format!("people/{from}/{}", kind.path), &body).await?)?)
}

/// Who acts: the one named, else the first there is.
async fn actor(remote: &Remote, named: Option<&str>, kind: &str) -> anyhow::Result<String> {
    if let Some(name) = named {
        return Ok(name.to_owned());
    }
    let found = remote.get(kind).await?;
    let first = found["data"][0]["username"].as_str().with_context(|| format!("the world has no {kind} yet"))?;
    Ok(first.to_owned())
}

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
    Ok(say(serde_json::to_string_pretty(&answer)?)?)
}
