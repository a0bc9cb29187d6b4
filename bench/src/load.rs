//! A lean load generator: keep-alive connections, prepared requests, answers read by their length.

use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use crate::child::{Counts, Running};

/// What a measurement found.
#[derive(Debug, Clone, Copy, Default)]
pub struct Result {
    /// Answers per second.
    pub rate: f64,
    /// Median latency in milliseconds.
    pub p50: f64,
    /// 99th percentile in milliseconds.
    pub p99: f64,
    /// Slowest answer in milliseconds.
    pub worst: f64,
    /// The server's processor time for each answer, in microseconds.
    pub cpu_us: f64,
    /// How long it was measured, in seconds.
    pub seconds: f64,
    /// Bytes the server wrote to disk for each answer.
    pub written: f64,
}

/// An HTTP/1.1 POST as bytes.
pub fn post(address: &str, path: &str, content_type: &str, body: &str) -> Vec<u8> {
    format!(
        "POST {path} HTTP/1.1\r\nHost: {address}\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// What one connection does: requests that it makes in turn, one after the other's answer.
pub struct Connection {
    /// Where to.
    pub address: String,
    /// The requests, begun again from the first when the last was made.
    pub requests: Vec<Vec<u8>>,
}

/// Lets all connections work for a while; every answer must be 200.
///
/// # Errors
/// A connection that breaks or an answer that is no success.
pub async fn run(server: &Running, connections: Vec<Connection>, span: Duration) -> anyhow::Result<Result> {
    let before = server.counts()?;
    let begun = Instant::now();
    let mut tasks = JoinSet::new();
    for connection in connections {
        tasks.spawn(async move { work(&connection, begun + span).await });
    }
    let mut latencies: Vec<u32> = Vec::new();
    while let Some(done) = tasks.join_next().await {
        latencies.extend(done.context("a connection panicked")??);
    }
    let seconds = begun.elapsed().as_secs_f64();
    Ok(summary(latencies, seconds, before, server.counts()?))
}

/// Figures of a list of latencies in microseconds.
pub fn summary(mut latencies: Vec<u32>, seconds: f64, before: Counts, after: Counts) -> Result {
    latencies.sort_unstable();
    let count = latencies.len().max(1) as f64;
    let at = |share: f64| f64::from(latencies.get((share * (count - 1.0)) as usize).copied().unwrap_or(0)) / 1_000.0;
    Result {
        rate: latencies.len() as f64 / seconds,
        seconds,
        p50: at(0.5),
        p99: at(0.99),
        worst: at(1.0),
        cpu_us: (after.cpu_us - before.cpu_us) / count,
        written: (after.written - before.written) / count,
    }
}

async fn work(connection: &Connection, end: Instant) -> anyhow::Result<Vec<u32>> {
    let mut caller = Caller::connect(&connection.address).await?;
    let mut latencies = Vec::with_capacity(65_536);
    for request in connection.requests.iter().cycle() {
        let sent = Instant::now();
        if sent >= end {
            break;
        }
        caller.call(request).await?;
        latencies.push(u32::try_from(sent.elapsed().as_micros()).unwrap_or(u32::MAX));
    }
    Ok(latencies)
}

/// A keep-alive connection that makes one request after the other.
pub struct Caller {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Caller {
    /// Connects.
    ///
    /// # Errors
    /// When nobody listens there.
    pub async fn connect(address: &str) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).await.context("cannot connect")?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(8_192) })
    }

    /// Makes a request and waits for its answer, which must be 200.
    ///
    /// # Errors
    /// As [`run`].
    pub async fn call(&mut self, request: &[u8]) -> anyhow::Result<()> {
        self.stream.write_all(request).await?;
        answer(&mut self.stream, &mut self.buffer).await
    }
}

async fn answer(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> anyhow::Result<()> {
    buffer.clear();
    loop {
        if stream.read_buf(buffer).await? == 0 {
            bail!("the server closed the connection");
        }
        let Some(head) = buffer.windows(4).position(|window| window == b"\r\n\r\n") else { continue };
        let text = String::from_utf8_lossy(&buffer[..head]);
        if !text.starts_with("HTTP/1.1 200") {
            bail!("not a success: {}", String::from_utf8_lossy(buffer));
        }
        let length = text
            .lines()
            .find_map(|line| line.split_once(':').filter(|(name, _)| name.eq_ignore_ascii_case("content-length")))
            .and_then(|(_, value)| value.trim().parse::<usize>().ok())
            .context("an answer without a length")?;
        while buffer.len() < head + 4 + length {
            if stream.read_buf(buffer).await? == 0 {
                bail!("the server closed the connection");
            }
        }
        return Ok(());
    }
}

/// One request on a connection of its own; gives the answer's body.
///
/// # Errors
/// As [`run`].
pub async fn once(address: &str, request: &[u8]) -> anyhow::Result<String> {
    let mut stream = TcpStream::connect(address).await.context("cannot connect")?;
    stream.write_all(request).await?;
    let mut buffer = Vec::new();
    answer(&mut stream, &mut buffer).await?;
    let head = buffer.windows(4).position(|window| window == b"\r\n\r\n").unwrap_or(0);
    Ok(String::from_utf8_lossy(&buffer[head + 4..]).into_owned())
}
