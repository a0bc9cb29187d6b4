//! `parlance trigger`: makes something happen in a running emulator.

pub(crate) mod kinds;

use std::collections::HashMap;

use anyhow::{Context, bail};
use serde_json::json;

use crate::args::{Shape, Trigger};
use crate::remote::Remote;
use crate::say::say;
use kinds::{Given, KINDS, Kind, Need};

/// Particulars of a dashboard test: the app, and the form if it is not that of its login product.
const TEST_KEYS: [&str; 3] = ["app", "login", "shape"];

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
    let kind = kinds::find(name).with_context(|| format!("no kind is called {name}; see `parlance trigger --list`"))?;
    let named: HashMap<&str, &str> = options.set.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
    let remote = Remote::new(&options.target)?;
    match options.shape {
        Shape::Real => real(&remote, kind, named).await,
        Shape::DashboardTest => dashboard_test(&remote, kind, &named).await,
    }
}

async fn real(remote: &Remote, kind: &Kind, mut named: HashMap<&str, &str>) -> anyhow::Result<()> {
    let from = actor(remote, named.remove("from"), "people").await?;
    let to = actor(remote, named.remove("to"), "accounts").await?;
    let mut given = Given(HashMap::from([("from", from.as_str()), ("to", to.as_str())]));
    for (key, need) in kind.keys {
        let value = match (named.remove(key), *need) {
            (Some(value), _) | (None, Need::Usually(value)) => value,
            (None, Need::May) => continue,
            (None, Need::Must) => bail!("{} needs --set {key}=…", kind.name),
        };
        given.0.insert(*key, value);
    }
    if let Some(key) = named.keys().next() {
        bail!("{} has no key {key}; see `parlance trigger --list`", kind.name);
    }
    let request = kind.request(&given);
    Ok(say(match request.is_delete {
        true => remote.delete(&request.path).await?,
        false => remote.post(&request.path, &request.body).await?,
    })?)
}

/// Presses the dashboard's Test button for the field in which apps are told of the kind.
async fn dashboard_test(remote: &Remote, kind: &Kind, named: &HashMap<&str, &str>) -> anyhow::Result<()> {
    if kind.field.is_empty() {
        bail!("no app is told of {}, so there is no test of it", kind.name);
    }
    if let Some(key) = named.keys().find(|key| !TEST_KEYS.contains(key)) {
        bail!("a dashboard test has no key {key}, only {}", TEST_KEYS.join(", "));
    }
    let app = match named.get("app") {
        Some(app) => (*app).to_owned(),
        None => {
            let found = remote.get("apps").await?;
            found["data"][0]["id"].as_str().context("the world has no apps yet")?.to_owned()
        }
    };
    let test = json!({"field": kind.field, "login": named.get("login"), "shape": named.get("shape")});
    Ok(say(remote.post(&format!("apps/{app}/tests"), &test).await?)?)
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
    let field = if kind.field.is_empty() { "-" } else { kind.field };
    format!("{:<16} {:<52} {:<28} from to {}", kind.name, kind.doc, field, keys.join(" "))
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
