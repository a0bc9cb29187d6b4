//! The figures, printed and put into the page about performance.

use std::fmt::Write as _;
use std::fs;

use anyhow::Context;

use crate::latency::Latency;
use crate::load::Result;
use crate::platform::Start;
use crate::{deliveries, growth};

const FILE: &str = "docs/performance.md";

/// What was measured of sends at one number of connections.
pub struct Figures {
    /// How many.
    pub connections: usize,
    /// The limit that they are compared with.
    pub limit: Result,
    /// Sends without a webhook.
    pub quiet: Result,
    /// Sends with a subscribed webhook, deliveries going on beside them.
    pub told: Result,
    /// The same rows written by the store alone.
    pub rows: Result,
}

/// Sends on SQLite.
pub fn sends(start: &Start, figures: &[Figures]) -> String {
    let mut text = format!("{}\n\n", machine());
    throughput(&mut text, "axum echo", figures);
    let _ = writeln!(
        text,
        "\n| connections | server CPU for an echo, µs | for a send, µs | ÷ echo | bytes written for a send | with webhook: CPU µs | with webhook: bytes |"
    );
    let _ = writeln!(text, "| ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    for row in figures {
        let _ = writeln!(
            text,
            "| {} | {:.0} | {:.0} | {:.1} | {:.0} | {:.0} | {:.0} |",
            row.connections,
            row.limit.cpu_us,
            row.quiet.cpu_us,
            row.quiet.cpu_us / row.limit.cpu_us.max(1.0),
            row.quiet.written,
            row.told.cpu_us,
            row.told.written,
        );
    }
    let _ = writeln!(
        text,
        "\nStart to first answer: {:.0} ms on a data folder that exists. Resident when idle: {:.0} MB.",
        start.first_answer_ms, start.idle_mb
    );
    text
}

/// Sends on PostgreSQL, and two nodes beside one.
pub fn postgres(figures: &[Figures], one: &Result, two: &Result) -> String {
    let mut text = format!("{}\n\n", machine());
    throughput(&mut text, "bare loop", figures);
    let _ = writeln!(
        text,
        "\nServer CPU for a send at 64 connections: {:.0} µs, the database's not counted.\n\nTwo nodes on one PostgreSQL, 64 connections in all: {:.0} sends/s, one node {:.0}: {:.2} of it.",
        one.cpu_us,
        two.rate,
        one.rate,
        two.rate / one.rate
    );
    text
}

fn throughput(text: &mut String, limit: &str, figures: &[Figures]) {
    let _ = writeln!(
        text,
        "| connections | {limit} /s | rows alone /s | sends /s | ÷ {limit} | sends, webhook subscribed /s | ÷ {limit} | ÷ rows alone | p50 ms | p99 ms | slowest ms |"
    );
    let _ = writeln!(text, "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    for row in figures {
        let _ = writeln!(
            text,
            "| {} | {:.0} | {:.0} | {:.0} | {:.2} | {:.0} | {:.2} | {:.2} | {:.1} | {:.1} | {:.0} |",
            row.connections,
            row.limit.rate,
            row.rows.rate,
            row.quiet.rate,
            row.quiet.rate / row.limit.rate,
            row.told.rate,
            row.told.rate / row.limit.rate,
            row.told.rate / row.rows.rate,
            row.told.p50,
            row.told.p99,
            row.told.worst,
        );
    }
}

/// From an accepted send to its webhook and a live stream.
pub fn latency(figures: &[(&str, Latency)]) -> String {
    let mut text = format!("{}\n\n", machine());
    let _ = writeln!(text, "| store | sends /s | webhook p50 ms | p99 ms | live stream p50 ms | p99 ms |");
    let _ = writeln!(text, "| --- | ---: | ---: | ---: | ---: | ---: |");
    for (name, row) in figures {
        let (webhook, stream) = (row.webhook, row.stream);
        let _ = writeln!(
            text,
            "| {name} | {:.0} | {:.1} | {:.1} | {:.1} | {:.1} |",
            row.rate, webhook.p50, webhook.p99, stream.p50, stream.p99
        );
    }
    text
}

/// Backlogs delivered beside a bare loop, memory for each waiting delivery, and the way from commit to endpoint.
pub fn deliveries(bare: f64, figures: &[deliveries::Figures], (count, bytes): (usize, f64), calm: &Latency) -> String {
    let mut text = format!("{}\n\n", machine());
    let _ = writeln!(text, "Bare loop of signed bodies, 16 connections to one endpoint: {bare:.0} a second.\n");
    let _ = writeln!(text, "| endpoints | dead | deliveries /s | ÷ bare loop | server CPU for each, µs |");
    let _ = writeln!(text, "| ---: | ---: | ---: | ---: | ---: |");
    for row in figures {
        let _ = writeln!(
            text,
            "| {} | {} | {:.0} | {:.2} | {:.0} |",
            row.backlog.sinks,
            row.backlog.dead,
            row.rate,
            row.rate / bare,
            row.cpu_us
        );
    }
    if let [_, all, some] = figures {
        let share = (some.backlog.sinks - some.backlog.dead) as f64 / some.backlog.sinks as f64;
        let _ = writeln!(
            text,
            "\nEach living endpoint got {:.2} of what it gets when all of them live, with {} of {} dead.",
            some.rate / share / all.rate,
            some.backlog.dead,
            some.backlog.sinks
        );
    }
    let _ = writeln!(
        text,
        "\n{count} deliveries that wait for a dead endpoint take {bytes:.0} bytes of the server's memory each.\n\nFrom the answer of a send to its webhook, at {:.0} sends a second: p50 {:.1} ms, p99 {:.1} ms.",
        calm.rate, calm.webhook.p50, calm.webhook.p99
    );
    text
}

/// The same calls on a small and on a large account of each engine, in that order.
pub fn growth(figures: &[(&str, growth::Figures)]) -> String {
    let mut text = format!("{}\n\n", machine());
    let _ = writeln!(
        text,
        "| store | messages | conversations | a send, p50 ms | p99 ms | page of 25 conversations, p50 ms | p99 ms | page of 20 messages, p50 ms | p99 ms | bytes on disk for a message |"
    );
    let _ = writeln!(text, "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    for (name, row) in figures {
        let _ = writeln!(
            text,
            "| {name} | {} | {} | {:.2} | {:.2} | {:.2} | {:.2} | {:.2} | {:.2} | {:.0} |",
            row.size.messages(),
            row.size.threads,
            row.send.p50,
            row.send.p99,
            row.conversations.p50,
            row.conversations.p99,
            row.messages.p50,
            row.messages.p99,
            row.bytes
        );
    }
    let _ = writeln!(text, "\n| store | a send, large ÷ small | page of conversations | page of messages |");
    let _ = writeln!(text, "| --- | ---: | ---: | ---: |");
    for pair in figures.chunks(2) {
        let [(name, small), (_, large)] = pair else { continue };
        let ratio = |of: fn(&growth::Figures) -> &Result| of(small).rate / of(large).rate;
        let _ = writeln!(
            text,
            "| {name} | {:.2} | {:.2} | {:.2} |",
            ratio(|figures| &figures.send),
            ratio(|figures| &figures.conversations),
            ratio(|figures| &figures.messages)
        );
    }
    text
}

fn machine() -> String {
    let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu
        .lines()
        .find_map(|line| line.strip_prefix("model name"))
        .map(|rest| rest.trim_start_matches([':', ' ', '\t']));
    let cores = cpu.lines().filter(|line| line.starts_with("processor")).count();
    let memory = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let kib = memory
        .lines()
        .find_map(|line| line.strip_prefix("MemTotal:"))
        .and_then(|rest| rest.split_whitespace().next())
        .and_then(|t| t.parse::<f64>().ok());
    format!(
        "Machine: {cores} cores ({}), {:.0} GiB of memory, shared by server, database, sink and load generator.",
        model.unwrap_or("model not told"),
        kib.unwrap_or(0.0) / 1_048_576.0
    )
}

/// Puts the figures of a section into the page, in the place of the last ones.
///
/// # Errors
/// When the page is not there or has lost the section's marks.
pub fn write(section: &str, text: &str) -> anyhow::Result<()> {
    let page =
        fs::read_to_string(FILE).with_context(|| format!("{FILE} is not there; run this from the root of the tree"))?;
    let (begin, end) =
        (format!("<!-- {section}: written by cargo xtask bench -->"), format!("<!-- end of {section} -->"));
    let (before, rest) = page.split_once(&begin).with_context(|| format!("the page has lost the mark {begin}"))?;
    let (_, after) = rest.split_once(&end).with_context(|| format!("the page has lost the mark {end}"))?;
    fs::write(FILE, format!("{before}{begin}\n\n{text}\n{end}{after}")).context("cannot write the page")
}
