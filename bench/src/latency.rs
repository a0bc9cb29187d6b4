//! How long it takes from an accepted send to its webhook and to a live stream, at a steady rate below the limit.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context;
use axum::extract::{RawQuery, State};
use axum::routing::get;
use parking_lot::Mutex;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use crate::load::{self, Caller};
use crate::site::{Engine, PAGE, Site};

/// Connections that share the rate.
const CONNECTIONS: usize = 32;

/// When each message was seen, by the number in its text.
type Seen = Arc<Mutex<HashMap<u32, Instant>>>;

/// Median and 99th percentile in milliseconds.
#[derive(Debug, Clone, Copy)]
pub struct Spread {
    /// Median.
    pub p50: f64,
    /// 99th percentile.
    pub p99: f64,
}

/// What was found.
pub struct Latency {
    /// Sends per second that were made.
    pub rate: f64,
    /// From the answer to the webhook.
    pub webhook: Spread,
    /// From the answer to a live stream, on the last node.
    pub stream: Spread,
}

/// Measures at `rate` sends per second.
///
/// # Errors
/// When the server refuses, or something was not seen at all.
pub async fn measure(
    server: &Path,
    engine: Engine<'_>,
    nodes: usize,
    rate: f64,
    span: Duration,
) -> anyhow::Result<Latency> {
    let site = Site::start(server, engine, nodes).await?;
    let (told, shown) = (Seen::default(), Seen::default());
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let callback = listener.local_addr()?.to_string();
    let sink = tokio::spawn(receive(listener, Arc::clone(&told)));
    site.subscribe(&callback).await?;
    let mut people = Vec::new();
    for number in 0..CONNECTIONS {
        people.push(site.person(number).await?);
    }
    let watched = site.nodes[site.nodes.len() - 1].1.clone();
    let watcher = tokio::spawn(watch(watched, Arc::clone(&shown)));
    let begun = Instant::now();
    let mut senders = JoinSet::new();
    for (number, igsid) in people.into_iter().enumerate() {
        let (address, share) = (site.address().to_owned(), rate / CONNECTIONS as f64);
        senders.spawn(send(address, igsid, number, share, begun, span));
    }
    let mut accepted = HashMap::new();
    while let Some(sent) = senders.join_next().await {
        accepted.extend(sent.context("a sender panicked")??);
    }
    let rate = accepted.len() as f64 / begun.elapsed().as_secs_f64();
    let webhook = spread(&accepted, &told).await.context("webhooks")?;
    let stream = spread(&accepted, &shown).await.context("the live stream")?;
    sink.abort();
    watcher.abort();
    site.stop().await?;
    Ok(Latency { rate, webhook, stream })
}

/// The number in the text of a message, wherever it stands in these bytes.
fn number(bytes: &[u8]) -> Option<u32> {
    let mark = b"\"text\":\"n";
    let at = bytes.windows(mark.len()).position(|window| window == mark)? + mark.len();
    std::str::from_utf8(bytes.get(at..at + 9)?).ok()?.parse().ok()
}

async fn receive(listener: TcpListener, seen: Seen) -> anyhow::Result<()> {
    let challenge = |RawQuery(query): RawQuery| async move {
        let query = query.unwrap_or_default();
        let found = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "hub.challenge");
        found.map(|(_, value)| value.into_owned()).unwrap_or_default()
    };
    let take = |State(seen): State<Seen>, body: bytes::Bytes| async move {
        if let Some(number) = number(&body) {
            seen.lock().entry(number).or_insert_with(Instant::now);
        }
    };
    Ok(axum::serve(listener, axum::Router::new().route("/", get(challenge).post(take)).with_state(seen)).await?)
}

async fn watch(address: String, seen: Seen) -> anyhow::Result<()> {
    let mut stream = TcpStream::connect(&address).await?;
    let request = format!("GET /_parlance/events/stream HTTP/1.1\r\nHost: {address}\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let (mut buffer, mut chunk) = (Vec::new(), vec![0; 65_536]);
    loop {
        let count = stream.read(&mut chunk).await?;
        let now = Instant::now();
        buffer.extend_from_slice(&chunk[..count]);
        while let Some(end) = buffer.iter().position(|byte| *byte == b'\n') {
            let line: Vec<u8> = buffer.drain(..=end).collect();
            if let Some(number) = number(&line) {
                seen.lock().entry(number).or_insert(now);
            }
        }
        if count == 0 {
            return Ok(());
        }
    }
}

async fn send(
    address: String,
    igsid: String,
    place: usize,
    rate: f64,
    begun: Instant,
    span: Duration,
) -> anyhow::Result<Vec<(u32, Instant)>> {
    let mut caller = Caller::connect(&address).await?;
    let mut accepted = Vec::new();
    // The connections do not beat in time.
    let offset = place as f64 / CONNECTIONS as f64 / rate;
    for turn in 0_u32.. {
        let at = begun + Duration::from_secs_f64(f64::from(turn) / rate + offset);
        if at >= begun + span {
            break;
        }
        tokio::time::sleep_until(at.into()).await; // sleep: a steady rate is what is measured
        let number = turn * CONNECTIONS as u32 + place as u32;
        let body =
            format!(r#"{{"recipient":{{"id":"{igsid}"}},"message":{{"text":"n{number:09}{}"}}}}"#, "m".repeat(110));
        caller.call(&load::post(&address, &format!("/v25.0/me/messages?{PAGE}"), "application/json", &body)).await?;
        accepted.push((number, Instant::now()));
    }
    Ok(accepted)
}

/// How long after its answer each message was seen; one that was seen before its answer took no time.
async fn spread(accepted: &HashMap<u32, Instant>, seen: &Seen) -> anyhow::Result<Spread> {
    let patience = Instant::now() + Duration::from_secs(20);
    while seen.lock().len() < accepted.len() {
        anyhow::ensure!(Instant::now() < patience, "{} of {} were seen", seen.lock().len(), accepted.len());
        tokio::time::sleep(Duration::from_millis(20)).await; // sleep: the last ones are on their way
    }
    let seen = seen.lock();
    let took = |(number, at): (&u32, &Instant)| seen.get(number).map(|seen| seen.saturating_duration_since(*at));
    let mut all: Vec<Duration> = accepted.iter().filter_map(took).collect();
    all.sort_unstable();
    let at = |share: f64| {
        all.get((share * (all.len().saturating_sub(1)) as f64) as usize)
            .map_or(0.0, |time| time.as_secs_f64() * 1_000.0)
    };
    Ok(Spread { p50: at(0.5), p99: at(0.99) })
}
