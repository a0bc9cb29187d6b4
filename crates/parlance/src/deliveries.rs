//! `parlance deliveries`, `parlance alerts` and `parlance fault`: what was told to apps, what became of it, and what is to
//! go wrong.

use anyhow::Context;
use serde_json::{Map, Value, json};
use url::{Position, Url};

use crate::args::{Alerts, Deliveries, Fault};
use crate::remote::Remote;
use crate::say::{say, show};

/// `parlance deliveries`.
///
/// # Errors
/// An element that is no JSON, or the emulator's refusal.
pub async fn deliveries(options: &Deliveries) -> anyhow::Result<()> {
    let remote = Remote::new(&options.target)?;
    let Some(id) = options.id else {
        return if options.redeliver { redeliver_many(&remote, options).await } else { list(&remote, options).await };
    };
    let answer = if options.redeliver {
        let element = options.element.as_deref().map(serde_json::from_str::<Value>);
        let element = element.transpose().context("--element is no JSON")?;
        remote.post(&format!("deliveries/{id}/redeliver"), &json!({"element": element, "url": options.to})).await?
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

/// What was asked for of deliveries, by the surface's names.
fn filter(options: &Deliveries) -> Map<String, Value> {
    let texts = [
        ("app", &options.app),
        ("account", &options.account),
        ("field", &options.field),
        ("state", &options.state),
        ("since", &options.since),
        ("before", &options.before),
    ];
    let texts = texts.into_iter().filter_map(|(name, value)| Some((name.to_owned(), json!(value.as_ref()?))));
    texts.chain(options.limit.map(|limit| ("limit".to_owned(), json!(limit)))).collect()
}

async fn redeliver_many(remote: &Remote, options: &Deliveries) -> anyhow::Result<()> {
    let mut asked = filter(options);
    asked.extend(options.to.as_ref().map(|url| ("url".to_owned(), json!(url))));
    let answer = remote.post("deliveries/redeliver", &Value::from(asked)).await?;
    Ok(say(serde_json::to_string_pretty(&answer)?)?)
}

async fn list(remote: &Remote, options: &Deliveries) -> anyhow::Result<()> {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, value) in filter(options) {
        query.append_pair(&name, &text(&value));
    }
    let found = remote.get(&format!("deliveries?{}", query.finish())).await?;
    for row in found["data"].as_array().unwrap_or(&Vec::new()) {
        say(format_args!(
            "{:<8} {:<10} {:<20} {} attempts  {:<24}  {}",
            text(&row["id"]),
            text(&row["state"]),
            text(&row["field"]),
            text(&row["attempts"]),
            text(&row["created_time"]),
            text(&row["app_id"])
        ))?;
    }
    Ok(())
}

/// `parlance alerts`.
///
/// # Errors
/// The emulator's refusal.
pub async fn alerts(options: &Alerts) -> anyhow::Result<()> {
    let found = Remote::new(&options.target)?.get("alerts").await?;
    for row in found["data"].as_array().unwrap_or(&Vec::new()) {
        say(format_args!(
            "{}  {:<18} app {} on account {} by {} login, failing since {}",
            text(&row["time"]),
            text(&row["kind"]),
            text(&row["app_id"]),
            text(&row["account_id"]),
            text(&row["login"]),
            text(&row["since"])
        ))?;
    }
    Ok(())
}

/// `parlance fault`.
///
/// # Errors
/// The emulator's refusal.
pub async fn fault(options: &Fault) -> anyhow::Result<()> {
    let remote = Remote::new(&options.target)?;
    if options.clear {
        remote.delete("faults").await?;
    } else if let Some(fault) = &options.fault {
        let Fault { next, every, app, field, amount, .. } = options;
        let rule = json!({
            "fault": fault, "next": next, "every": every, "app": app, "field": field, "amount": amount,
        });
        remote.post("faults", &rule).await?;
    }
    let found = remote.get("faults").await?;
    for row in found["data"].as_array().unwrap_or(&Vec::new()) {
        let only = |name: &str| row[name].as_str().map(|value| format!(" {name} {value}")).unwrap_or_default();
        say(format_args!(
            "{:<19} {:<10} amount {:<6} struck {} of {} times{}{}",
            text(&row["fault"]),
            text(&row["when"]),
            text(&row["amount"]),
            text(&row["fired"]),
            text(&row["seen"]),
            only("app"),
            only("field")
        ))?;
    }
    Ok(())
}

/// A value as a word.
fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
