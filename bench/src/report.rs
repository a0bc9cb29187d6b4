//! The figures as a page.

use std::fmt::Write as _;
use std::fs;

use anyhow::Context;

use crate::load::Result;
use crate::platform::Start;

const FILE: &str = "docs/performance.md";
const BEGIN: &str = "<!-- figures: written by cargo xtask bench -->";
const END: &str = "<!-- end of figures -->";

/// What was measured at one number of connections.
pub struct Figures {
    /// How many.
    pub connections: usize,
    /// The axum echo.
    pub echo: Result,
    /// Sends without a webhook.
    pub quiet: Result,
    /// Sends with a subscribed webhook, deliveries going on beside them.
    pub told: Result,
    /// The rows alone.
    pub rows: Result,
}

/// The figures as Markdown.
pub fn render(start: &Start, figures: &[Figures]) -> String {
    let mut text = format!("{BEGIN}\n\n{}\n\n", machine());
    let _ = writeln!(
        text,
        "| connections | axum echo /s | rows alone /s | sends /s | sends, webhook subscribed /s | subscribed ÷ echo | subscribed ÷ rows | p50 ms | p99 ms | slowest ms |"
    );
    let _ = writeln!(text, "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    for row in figures {
        let _ = writeln!(
            text,
            "| {} | {:.0} | {:.0} | {:.0} | {:.0} | {:.2} | {:.2} | {:.1} | {:.1} | {:.0} |",
            row.connections,
            row.echo.rate,
            row.rows.rate,
            row.quiet.rate,
            row.told.rate,
            row.told.rate / row.echo.rate,
            row.told.rate / row.rows.rate,
            row.told.p50,
            row.told.p99,
            row.told.worst,
        );
    }
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
            row.echo.cpu_us,
            row.quiet.cpu_us,
            row.quiet.cpu_us / row.echo.cpu_us.max(1.0),
            row.quiet.written,
            row.told.cpu_us,
            row.told.written,
        );
    }
    let _ = writeln!(
        text,
        "\nStart to first answer: {:.0} ms on a data folder that exists. Resident when idle: {:.0} MB.\n\n{END}",
        start.first_answer_ms, start.idle_mb
    );
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
        "Machine: {cores} cores ({}), {:.0} GiB of memory, shared by server, sink and load generator.",
        model.unwrap_or("model not told"),
        kib.unwrap_or(0.0) / 1_048_576.0
    )
}

/// Puts the figures into the page, in the place of the last ones.
///
/// # Errors
/// When the page is not there or has lost its marks.
pub fn write(text: &str) -> anyhow::Result<()> {
    let page =
        fs::read_to_string(FILE).with_context(|| format!("{FILE} is not there; run this from the root of the tree"))?;
    let (before, rest) = page.split_once(BEGIN).context("the page has lost its begin mark")?;
    let (_, after) = rest.split_once(END).context("the page has lost its end mark")?;
    fs::write(FILE, format!("{before}{text}{}", after.trim_start_matches('\n').to_owned().as_str()))
        .context("cannot write the page")
}
