//! `parlance trigger`: makes something happen in a running emulator.

mod kinds;

use std::collections::HashMap;

use anyhow::{Context, bail};
use serde_json::json;

use crate::args::Trigger;
use crate::remote::Remote;
use crate::say::say;
use kinds::{Call, Given, KINDS, Kind, Need};

/// `parlance trigger`.
///
/// # Errors
/// An unknown kind or key, a key left out that must be given, or the emulator's refusal.
pub async fn trigger(options: &Trigger) -> anyhow::Result<()> {
    if options.list {
        for kind in KINDS {
            say(line(kind).trim_end())?;
        }
        return Ok(());
    }
    let name = options.kind.as_deref().unwrap_or_default();
    let kind = KINDS
        .iter()
        .find(|kind| kind.name == name)
        .with_context(|| format!("no kind is called {name}; see `parlance trigger --list`"))?;
    let mut named: HashMap<&str, &str> =
        options.set.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
    let remote = Remote::new(&options.target)?;
    let from = actor(&remote, named.remove("from"), "people").await?;
    let to = actor(&remote, named.remove("to"), "accounts").await?;
    let mut given = Given(HashMap::new());
    for (key, need) in kind.keys {
        let value = match (named.remove(key), *need) {
            (Some(value), _) | (None, Need::Usually(value)) => value,
            (None, Need::May) => continue,
            (None, Need::Must) => bail!("{name} needs --set {key}=…"),
        };
        given.0.insert(*key, value);
    }
    if let Some(key) = named.keys().next() {
        bail!("{name} has no key {key}; see `parlance trigger --list`");
    }
    let under = |path: &str| format!("people/{from}/{}", given.path(path));
    Ok(say(match kind.call {
        Call::Post(path, body) => {
            let mut body = body(&given);
            body["to"] = json!(to);
            remote.post(&under(path), &body).await?
        }
        Call::PostWith(path) => remote.post(&under(path), &json!({ "with": to })).await?,
        Call::Delete(path) => remote.delete(&format!("{}?with={to}", under(path))).await?,
    })?)
}

/// A kind as it is listed.
fn line(kind: &Kind) -> String {
    let keys: Vec<String> = kind
        .keys
        .iter()
        .map(|(key, need)| match need {
            Need::Must => (*key).to_owned(),
            Need::May => format!("[{key}]"),
            Need::Usually(value) => format!("{key}={value}"),
        })
        .collect();
    format!("{:<13} {:<46} from to {}", kind.name, kind.doc, keys.join(" "))
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
