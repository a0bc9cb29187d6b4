//! The catalogue of everything that an app is told: `docs/events.md`. Each example is caused, in a world of its own, and shown as
//! it would be delivered.

mod examples;
mod stage;

use std::fmt::Write as _;

use anyhow::{Context, ensure};
use engine::facts::Delivery;
use engine::webhook::dashboard::{self, Shape};
use serde_json::Value;
use wire::dialect::Dialect;
use wire::time::Millis;
use wire::webhook_field::{self, FIELDS};

use crate::trigger::kinds::{self, KINDS};
use examples::{EXAMPLES, Example, Step, USUAL_VERSION};
use stage::Stage;

const INTRODUCTION: &str = "# Events

What this page is for: everything that an app can be told by webhook, with a body of each kind and how to cause it.

It is written by `cargo xtask events`, which causes each example in a world of its own and notes what is delivered. Bodies are indented
here; on the wire they are one line of ASCII, with `\\/` for `/` ([get-started.md](get-started.md) shows one). The commands act on a running
`parlance dev`; `MESSAGE`, `MEDIA` and the like stand for ids that earlier commands answered. `parlance trigger --list` names all kinds
with their keys, and `--shape dashboard-test` presses the dashboard's Test button in their place.
";

/// One example as it came out.
struct Shown {
    example: &'static Example,
    caused: Vec<(Delivery, String)>,
}

/// The whole page.
///
/// # Errors
/// An example that does not work, or that no app hears of.
pub async fn page() -> anyhow::Result<String> {
    let mut shown = Vec::with_capacity(EXAMPLES.len());
    for example in EXAMPLES {
        let caused = Stage::set(example).await?.play(example.steps).await;
        let caused = caused.with_context(|| format!("the example {:?}", example.name))?;
        ensure!(!caused.is_empty(), "no app hears of the example {:?}", example.name);
        shown.push(Shown { example, caused });
    }
    let mut page = INTRODUCTION.to_owned();
    contents(&mut page)?;
    for field in FIELDS {
        let here: Vec<&Shown> = shown.iter().filter(|shown| shown.caused[0].0.field == field.name).collect();
        if here.is_empty() {
            continue;
        }
        write!(page, "\n## `{}`\n", field.name)?;
        for one in here {
            section(&mut page, one)?;
        }
    }
    tests(&mut page)?;
    Ok(page)
}

/// The kinds by field.
fn contents(page: &mut String) -> anyhow::Result<()> {
    page.push_str("\n| field | arrives in | caused by |\n| --- | --- | --- |\n");
    for field in FIELDS {
        let list = match field.channel {
            webhook_field::Channel::Messaging => "`messaging`",
            webhook_field::Channel::Standby => "`standby`",
            webhook_field::Channel::Changes => "`changes`",
            webhook_field::Channel::Silent => continue,
        };
        let kinds: Vec<String> =
            KINDS.iter().filter(|kind| kind.field == field.name).map(|kind| format!("`{}`", kind.name)).collect();
        let other = match field.name {
            "live_comments" => "`comment` on a broadcast",
            "standby" => "anything while another app controls the thread",
            _ => "",
        };
        let caused = if kinds.is_empty() { other.to_owned() } else { kinds.join(", ") };
        writeln!(page, "| `{}` | {list} | {caused} |", field.name)?;
    }
    Ok(())
}

fn section(page: &mut String, shown: &Shown) -> anyhow::Result<()> {
    let Shown { example, caused } = shown;
    writeln!(page, "\n### {}\n", example.name)?;
    let circumstances = circumstances(example);
    if !circumstances.is_empty() {
        writeln!(page, "{circumstances}.\n")?;
    }
    if let Some(Step::Trigger(kind, set)) = example.steps.last() {
        let words = set.iter().map(|(key, value)| format!(" --set {key}={}", quoted(&placeholders(value))));
        writeln!(page, "```console\n$ parlance trigger {kind}{}\n```\n", words.collect::<String>())?;
    }
    for (_, body) in caused {
        json(page, body)?;
    }
    Ok(())
}

/// What is not as usual, as a sentence.
fn circumstances(example: &Example) -> String {
    let mut all = Vec::new();
    if !example.note.is_empty() {
        all.push(example.note.to_owned());
    }
    if example.login == Dialect::Instagram {
        all.push("by Instagram Login".to_owned());
    }
    if example.version != USUAL_VERSION {
        all.push(format!("at version {}", example.version));
    }
    if !example.include_values {
        all.push("without values".to_owned());
    }
    for (name, value) in example.settings {
        all.push(format!("with `--set {name}={value}`"));
    }
    let sentence = all.join(", ");
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The names of ids as they are shown.
fn placeholders(text: &str) -> String {
    let mut shown = String::new();
    for part in text.split_inclusive('}') {
        match part.strip_suffix('}').and_then(|part| part.split_once('{')).filter(|(_, name)| !name.contains('"')) {
            Some((before, name)) => shown.extend([before, name.to_uppercase().as_str()]),
            None => shown.push_str(part),
        }
    }
    shown
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=@".contains(c);
    if word.chars().all(plain) { word.to_owned() } else { format!("'{word}'") }
}

fn json(page: &mut String, body: &str) -> anyhow::Result<()> {
    let value: Value = serde_json::from_str(body)?;
    Ok(writeln!(page, "```json\n{}\n```", serde_json::to_string_pretty(&value)?)?)
}

/// The Test button's bodies.
fn tests(page: &mut String) -> anyhow::Result<()> {
    page.push_str(
        "\n## The dashboard's Test button\n\nWith `--shape dashboard-test` nothing happens: the sample of the kind's field is posted to the \
        app's endpoint at once, signed, and its answer printed. Every field above has one.\n",
    );
    let now = Millis::parse_rfc3339("2026-11-22T10:00:00Z")?;
    let rows = [
        ("messages", Shape::Messaging, "text", ""),
        ("messages", Shape::Changes, "text", " --set login=instagram"),
        ("messages", Shape::Early2021, "text", " --set shape=early_2021"),
        ("comments", Shape::Changes, "comment", " --set login=instagram"),
    ];
    for (field, shape, kind, set) in rows {
        ensure!(kinds::find(kind).is_some_and(|kind| kind.field == field), "{kind} is no kind of {field}");
        writeln!(page, "\n```console\n$ parlance trigger {kind} --shape dashboard-test{set}\n```\n")?;
        json(page, &dashboard::body(field, shape, now).map_err(engine::Failure::from)?)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
