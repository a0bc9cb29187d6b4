//! The server itself: start, memory, durable sends.

use std::path::Path;
use std::time::{Duration, Instant};

use crate::child::{Counts, Running};
use crate::load;
use crate::site::{Engine, PAGE, Site};

/// Start and memory.
pub struct Start {
    /// Milliseconds from start to the first answer, data folder already there.
    pub first_answer_ms: f64,
    /// Resident memory when idle after that, in megabytes.
    pub idle_mb: f64,
}

/// Measures start and idle memory on a data folder that exists.
///
/// # Errors
/// When the server does not start or answer.
pub async fn start_up(server: &Path) -> anyhow::Result<Start> {
    let mut site = Site::start(server, Engine::Sqlite, 1).await?;
    if let Some((running, _)) = site.nodes.pop() {
        running.stop().await?;
    }
    let begun = Instant::now();
    site.add(server).await?;
    let address = site.address();
    let me = format!("GET /me?{PAGE} HTTP/1.1\r\nHost: {address}\r\n\r\n");
    load::once(address, me.as_bytes()).await?;
    let first_answer_ms = begun.elapsed().as_secs_f64() * 1_000.0;
    let idle_mb = site.nodes[0].0.resident_mb()?;
    site.stop().await?;
    Ok(Start { first_answer_ms, idle_mb })
}

/// What is measured of sends.
#[derive(Clone, Copy)]
pub struct Sends {
    /// Connections.
    pub connections: usize,
    /// How long.
    pub span: Duration,
    /// Whether a webhook is subscribed.
    pub subscribed: bool,
    /// Nodes that share the work.
    pub nodes: usize,
}

/// Measures durable sends, each connection to a person of its own, with or without a subscribed webhook.
///
/// # Errors
/// When the server does not start or refuses.
pub async fn measure(server: &Path, engine: Engine<'_>, sends: Sends) -> anyhow::Result<load::Result> {
    let site = Site::start(server, engine, sends.nodes).await?;
    let sink = Running::part("sink").await?;
    if sends.subscribed {
        site.subscribe(&sink.line).await?;
    }
    let senders = site.senders(sends.connections).await?;
    let before = counts(&site)?;
    let mut result = load::run(&site.nodes[0].0, senders, sends.span).await?;
    let (after, count) = (counts(&site)?, result.rate * result.seconds);
    result.cpu_us = (after.cpu_us - before.cpu_us) / count;
    result.written = (after.written - before.written) / count;
    site.stop().await?;
    sink.stop().await?;
    Ok(result)
}

/// Of all nodes together.
fn counts(site: &Site) -> anyhow::Result<Counts> {
    let mut all = Counts::default();
    for (running, _) in &site.nodes {
        let counts = running.counts()?;
        all.cpu_us += counts.cpu_us;
        all.written += counts.written;
    }
    Ok(all)
}
