//! How fast a backlog is delivered: to one endpoint, to a hundred, and to a hundred of which some are dead.
//!
//! The backlog is written into the database before the server starts, so nothing but delivering is measured. A dead endpoint
//! takes every POST and never answers, which is the worst that it can do.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::Context;
use engine::change::{Change, ChangeSet};
use engine::demo;
use engine::facts::{App, Channel, Install, LoginCallbacks, NewDelivery, PinnedField, Subscription};
use engine::ids::{Ids, SystemEntropy};
use engine::policy::access::PAGE_SCOPES;
use engine::store::Store;
use engine::vault::Vault;
use parking_lot::Mutex;
use store::SqliteStore;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use wire::dialect::Dialect;
use wire::id::{AppId, Igsid};
use wire::signature;
use wire::time::Millis;
use wire::version::ApiVersion;

use crate::load::{self, Caller};
use crate::site::{Engine, Site};

const SECRET: &str = "bench0secret";
/// Deliveries in one change set of the backlog.
const TOGETHER: usize = 500;
/// Tasks of the bare loop.
const TASKS: usize = 16;
/// How long the server is left alone with what it cannot deliver, before its memory is looked at.
const ALONE: Duration = Duration::from_secs(15);
/// How long a backlog may take.
const PATIENCE: Duration = Duration::from_secs(300);

/// A backlog.
#[derive(Debug, Clone, Copy)]
pub struct Backlog {
    /// Endpoints.
    pub sinks: usize,
    /// Of them dead.
    pub dead: usize,
    /// Deliveries to each.
    pub each: usize,
}

/// What was found.
#[derive(Debug, Clone, Copy)]
pub struct Figures {
    /// The backlog.
    pub backlog: Backlog,
    /// Deliveries per second to those that live, from the first to the last.
    pub rate: f64,
    /// The server's processor time for each, in microseconds, its start included.
    pub cpu_us: f64,
}

/// Arrivals at the endpoints that live.
#[derive(Default)]
struct Arrivals {
    count: AtomicU64,
    first: Mutex<Option<Instant>>,
}

impl Arrivals {
    fn one(&self) {
        if self.count.fetch_add(1, Ordering::Relaxed) == 0 {
            *self.first.lock() = Some(Instant::now());
        }
    }

    /// Waits for so many; gives how long they took after the first.
    async fn all(&self, count: u64) -> anyhow::Result<Duration> {
        let begun = Instant::now();
        while self.count.load(Ordering::Relaxed) < count {
            let here = self.count.load(Ordering::Relaxed);
            anyhow::ensure!(begun.elapsed() < PATIENCE, "{here} of {count} arrived in {PATIENCE:?}");
            tokio::time::sleep(Duration::from_millis(2)).await; // sleep: they are on their way
        }
        Ok(self.first.lock().map_or(Duration::ZERO, |first| first.elapsed()))
    }
}

/// Delivers a backlog and gives how fast that went.
///
/// # Errors
/// When the server does not start, or something does not arrive.
pub async fn measure(server: &Path, backlog: Backlog) -> anyhow::Result<Figures> {
    let arrivals = Arc::<Arrivals>::default();
    let mut sinks = JoinSet::new();
    let addresses = listen(backlog, &arrivals, &mut sinks).await?;
    let site = start(server, &addresses, backlog.each).await?;
    let live = ((backlog.sinks - backlog.dead) * backlog.each) as u64;
    let took = arrivals.all(live).await?;
    let cpu_us = site.nodes[0].0.counts()?.cpu_us / live as f64;
    site.stop().await?;
    Ok(Figures { backlog, rate: live as f64 / took.as_secs_f64(), cpu_us })
}

/// Resident memory in bytes for each delivery that waits for a dead endpoint, beyond what the server takes without them.
///
/// # Errors
/// When the server does not start.
pub async fn waiting(server: &Path, each: usize) -> anyhow::Result<f64> {
    let mut resident = Vec::new();
    for each in [0, each] {
        let (arrivals, mut sinks) = (Arc::default(), JoinSet::new());
        let addresses = listen(Backlog { sinks: 1, dead: 1, each }, &arrivals, &mut sinks).await?;
        let site = start(server, &addresses, each).await?;
        tokio::time::sleep(ALONE).await; // sleep: it tries in vain meanwhile
        resident.push(site.nodes[0].0.resident_mb()? * 1_048_576.0);
        site.stop().await?;
    }
    Ok((resident[1] - resident[0]) / each as f64)
}

/// The limit: signed bodies posted one after the other by a few tasks, each on a connection of its own.
///
/// # Errors
/// When the endpoint does not answer.
pub async fn bare(span: Duration) -> anyhow::Result<f64> {
    let (arrivals, mut sinks) = (Arc::<Arrivals>::default(), JoinSet::new());
    let address = listen(Backlog { sinks: 1, dead: 0, each: 0 }, &arrivals, &mut sinks).await?.remove(0);
    let (begun, mut tasks) = (Instant::now(), JoinSet::new());
    for task in 0..TASKS {
        let address = address.clone();
        tasks.spawn(async move {
            let mut caller = Caller::connect(&address).await?;
            for number in 0.. {
                if begun.elapsed() >= span {
                    break;
                }
                let body = format!(r#"{{"object":"instagram","entry":[{}]}}"#, element(task * 1_000_000 + number));
                caller.call(&signed(&address, &body)).await?;
            }
            anyhow::Ok(())
        });
    }
    while let Some(done) = tasks.join_next().await {
        done.context("a task panicked")??;
    }
    Ok(arrivals.count.load(Ordering::Relaxed) as f64 / begun.elapsed().as_secs_f64())
}

fn signed(address: &str, body: &str) -> Vec<u8> {
    let key = SECRET.as_bytes();
    let signatures = format!(
        "application/json\r\nUser-Agent: facebookexternalua\r\nX-Hub-Signature: {}\r\nX-Hub-Signature-256: {}",
        signature::sha1_header(key, body.as_bytes()),
        signature::sha256_header(key, body.as_bytes())
    );
    load::post(address, "/", &signatures, body)
}

fn element(number: usize) -> String {
    format!(
        r#"{{"sender":{{"id":"900000000000001"}},"recipient":{{"id":"17841400000000001"}},"timestamp":1795000000000,"message":{{"mid":"aWdfZAG1faXRlbTox{number:060}","text":"{}"}}}}"#,
        "m".repeat(300)
    )
}

/// Opens the endpoints; the dead ones are the last.
async fn listen(backlog: Backlog, arrivals: &Arc<Arrivals>, sinks: &mut JoinSet<()>) -> anyhow::Result<Vec<String>> {
    let mut addresses = Vec::new();
    for number in 0..backlog.sinks {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        addresses.push(listener.local_addr()?.to_string());
        let arrivals = (number < backlog.sinks - backlog.dead).then(|| Arc::clone(arrivals));
        sinks.spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                connections.spawn(take(stream, arrivals.clone()));
                while connections.try_join_next().is_some() {}
            }
        });
    }
    Ok(addresses)
}

/// Answers each request of a connection with 200, or none where the endpoint is dead.
async fn take(mut stream: TcpStream, arrivals: Option<Arc<Arrivals>>) {
    let mut buffer = Vec::with_capacity(4_096);
    loop {
        match stream.read_buf(&mut buffer).await {
            Ok(1..) => {}
            _ => return,
        }
        while let Some(end) = whole(&buffer) {
            buffer.drain(..end);
            let Some(arrivals) = &arrivals else { continue };
            arrivals.one();
            if stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await.is_err() {
                return;
            }
        }
    }
}

/// Where the first request ends, when all of it is there.
fn whole(bytes: &[u8]) -> Option<usize> {
    let head = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
    let text = String::from_utf8_lossy(&bytes[..head]).to_ascii_lowercase();
    let length = text.lines().find_map(|line| line.strip_prefix("content-length: ")?.trim().parse::<usize>().ok())?;
    let end = head + 4 + length;
    (bytes.len() >= end).then_some(end)
}

/// A server that finds a backlog.
async fn start(server: &Path, addresses: &[String], each: usize) -> anyhow::Result<Site> {
    let mut site = Site::start(server, Engine::Sqlite, 1).await?;
    if let Some((running, _)) = site.nodes.pop() {
        running.stop().await?;
    }
    seed(site.folder.path(), addresses, each).await?;
    site.add(server).await?;
    Ok(site)
}

/// Writes an app for each endpoint, and what it is to be told.
async fn seed(folder: &Path, addresses: &[String], each: usize) -> anyhow::Result<()> {
    let key = std::fs::read(folder.join("key")).context("the data folder has a key")?;
    let vault = Vault::new(key.as_slice().try_into().context("a key has 32 bytes")?);
    let (store, ids) = (SqliteStore::open(folder.join("parlance.db"))?, Ids::new(SystemEntropy));
    for (number, address) in addresses.iter().enumerate() {
        let app = AppId::new(500_000_000_002_000 + 2 * number as u64);
        let sealed = || vault.seal(&SECRET.to_owned().into(), &ids);
        let version = ApiVersion { major: 25, minor: 0 };
        store
            .commit(ChangeSet(vec![
                Change::PutApp(App {
                    id: app,
                    name: format!("Sink {number}"),
                    secret: sealed(),
                    instagram_app_id: AppId::new(app.get() + 1),
                    instagram_secret: sealed(),
                    require_proof: false,
                    human_agent: false,
                    live: true,
                    advanced_access: true,
                    default_version: version,
                    created_time: Millis::new(1),
                    callbacks: LoginCallbacks::default(),
                    instagram_callbacks: LoginCallbacks::default(),
                }),
                Change::PutSubscription(Subscription {
                    app,
                    object: "instagram".into(),
                    callback_url: format!("http://{address}/"),
                    include_values: true,
                    active: true,
                    fields: vec![PinnedField { name: "messages".into(), version }],
                }),
                Change::PutInstall(Install {
                    account: demo::ACCOUNT,
                    app,
                    login: Dialect::Facebook,
                    page: Some(demo::PAGE),
                    subscribed_fields: Vec::new(),
                    scopes: PAGE_SCOPES.iter().map(|scope| (*scope).to_owned()).collect(),
                    created_time: Millis::new(1),
                }),
            ]))
            .await?;
        let told = |number: usize| {
            Change::AddDelivery(NewDelivery {
                account: demo::ACCOUNT,
                app,
                igsid: Igsid::new(1 + (number % 1_000) as u64),
                login: Dialect::Facebook,
                field: "messages",
                channel: Channel::Messaging,
                element: element(number),
                created_time: Millis::new(1_795_000_000_000),
                copy: None,
            })
        };
        for begin in (0..each).step_by(TOGETHER) {
            store.commit(ChangeSet((begin..each.min(begin + TOGETHER)).map(told).collect())).await?;
        }
    }
    Ok(store.close().await?)
}
