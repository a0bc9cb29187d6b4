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

/// Sends each connection's request over and over for a while; every answer must be 200.
///
/// # Errors
/// A connection that breaks or an answer that is no success.
pub async fn run(server: &Running, address: &str, requests: Vec<Vec<u8>>, span: Duration) -> anyhow::Result<Result> {
    let before = server.counts()?;
    let begun = Instant::now();
    let mut tasks = JoinSet::new();
    for request in requests {
        let address = address.to_owned();
        tasks.spawn(async move { connection(&address, &request, begun + span).await });
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
        p50: at(0.5),
        p99: at(0.99),
        worst: at(1.0),
        cpu_us: (after.cpu_us - before.cpu_us) / count,
        written: (after.written - before.written) / count,
    }
}

async fn connection(address: &str, request: &[u8], end: Instant) -> anyhow::Result<Vec<u32>> {
    let mut stream = TcpStream::connect(address).await.context("cannot connect")?;
    stream.set_nodelay(true)?;
    let (mut latencies, mut buffer) = (Vec::with_capacity(65_536), Vec::with_capacity(8_192));
    while Instant::now() < end {
        let sent = Instant::now();
        stream.write_all(request).await?;
        answer(&mut stream, &mut buffer).await?;
        latencies.push(u32::try_from(sent.elapsed().as_micros()).unwrap_or(u32::MAX));
    }
    Ok(latencies)
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
