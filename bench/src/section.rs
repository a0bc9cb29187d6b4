//! The sections of the report, each measured by itself.

use std::time::Duration;

use clap::ValueEnum;
use rig::postgres::{Cluster, Options};

use crate::deliveries::Backlog;
use crate::growth::Size;
use crate::platform::Sends;
use crate::site::Engine;
use crate::{Args, bare, deliveries, echo, growth, latency, platform, report, rows};

/// Sends per second that leave the machine idle most of the time; no account of Meta's may make more than 300.
const CALM: f64 = 500.0;
/// Deliveries that wait while memory is looked at.
const WAITING: usize = 100_000;
/// Connections at which sends are measured.
const CONNECTIONS: [usize; 4] = [1, 16, 64, 256];

/// What is measured together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Section {
    /// Durable sends on SQLite beside an echo and the rows alone.
    Sends,
    /// Durable sends on PostgreSQL beside a bare loop, and two nodes beside one.
    Postgres,
    /// From an accepted send to its webhook and a live stream.
    Latency,
    /// Webhooks to one endpoint and to many, also dead ones.
    Deliveries,
    /// The same calls on a small and on a very large account.
    Growth,
}

/// A cluster as one would run it: what is committed is on disk.
fn cluster() -> anyhow::Result<Cluster> {
    let settings = [("shared_buffers", "1GB"), ("max_wal_size", "8GB"), ("checkpoint_timeout", "30min")];
    let settings = settings.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    Cluster::start(Options { durable: true, settings })
}

impl Section {
    /// Its name in the page.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sends => "sends",
            Self::Postgres => "postgres",
            Self::Latency => "latency",
            Self::Deliveries => "deliveries",
            Self::Growth => "growth",
        }
    }

    /// Measures it and gives its figures as Markdown.
    ///
    /// # Errors
    /// When a server does not start or refuses.
    pub async fn measure(self, args: &Args) -> anyhow::Result<String> {
        let span = Duration::from_secs(args.seconds);
        match self {
            Self::Sends => sends(args, span).await,
            Self::Postgres => postgres(args, span).await,
            Self::Latency => delays(args, span).await,
            Self::Deliveries => delivered(args, span).await,
            Self::Growth => grown(args, span).await,
        }
    }
}

async fn sends(args: &Args, span: Duration) -> anyhow::Result<String> {
    let start = platform::start_up(&args.server).await?;
    let mut figures = Vec::new();
    for connections in CONNECTIONS {
        eprintln!("sends on SQLite, {connections} connections");
        let sends = |subscribed| Sends { connections, span, subscribed, nodes: 1 };
        figures.push(report::Figures {
            connections,
            limit: echo::measure(connections, span).await?,
            quiet: platform::measure(&args.server, Engine::Sqlite, sends(false)).await?,
            told: platform::measure(&args.server, Engine::Sqlite, sends(true)).await?,
            rows: rows::measure(Engine::Sqlite, connections, span).await?,
        });
    }
    Ok(report::sends(&start, &figures))
}

async fn postgres(args: &Args, span: Duration) -> anyhow::Result<String> {
    let cluster = cluster()?;
    let engine = Engine::Postgres(&cluster);
    let mut figures = Vec::new();
    for connections in CONNECTIONS {
        eprintln!("sends on PostgreSQL, {connections} connections");
        let sends = |subscribed| Sends { connections, span, subscribed, nodes: 1 };
        figures.push(report::Figures {
            connections,
            limit: bare::measure(&cluster, connections, span, false).await?,
            quiet: platform::measure(&args.server, engine, sends(false)).await?,
            told: platform::measure(&args.server, engine, sends(true)).await?,
            rows: rows::measure(engine, connections, span).await?,
        });
    }
    eprintln!("two nodes on one PostgreSQL");
    let nodes = |nodes| Sends { connections: 64, span, subscribed: false, nodes };
    let one = platform::measure(&args.server, engine, nodes(1)).await?;
    let two = platform::measure(&args.server, engine, nodes(2)).await?;
    Ok(report::postgres(&figures, &one, &two))
}

async fn delays(args: &Args, span: Duration) -> anyhow::Result<String> {
    let cluster = cluster()?;
    let rows = [
        ("SQLite", Engine::Sqlite, 1),
        ("PostgreSQL", Engine::Postgres(&cluster), 1),
        ("PostgreSQL, stream on a second node", Engine::Postgres(&cluster), 2),
    ];
    let mut figures = Vec::new();
    for (name, engine, nodes) in rows {
        eprintln!("latency on {name}");
        let full = Sends { connections: 64, span, subscribed: true, nodes: 1 };
        let half = platform::measure(&args.server, engine, full).await?.rate / 2.0;
        for rate in [CALM, half] {
            figures.push((name, latency::measure(&args.server, engine, nodes, rate, span).await?));
        }
    }
    Ok(report::latency(&figures))
}

async fn delivered(args: &Args, span: Duration) -> anyhow::Result<String> {
    eprintln!("bare loop of signed bodies");
    let bare = deliveries::bare(span).await?;
    let mut figures = Vec::new();
    for (sinks, dead, each) in [(1, 0, 20_000), (100, 0, 300), (100, 10, 300)] {
        eprintln!("deliveries to {sinks} endpoints, {dead} of them dead");
        figures.push(deliveries::measure(&args.server, Backlog { sinks, dead, each }).await?);
    }
    eprintln!("memory of waiting deliveries");
    let waiting = deliveries::waiting(&args.server, WAITING).await?;
    eprintln!("from commit to received");
    let calm = latency::measure(&args.server, Engine::Sqlite, 1, CALM, span).await?;
    Ok(report::deliveries(bare, &figures, (WAITING, waiting), &calm))
}

async fn grown(args: &Args, span: Duration) -> anyhow::Result<String> {
    let cluster = cluster()?;
    let sizes = [Size { threads: 1_000, each: 10 }, Size { threads: args.grown / 10, each: 10 }];
    let mut figures = Vec::new();
    for (name, engine) in [("SQLite", Engine::Sqlite), ("PostgreSQL", Engine::Postgres(&cluster))] {
        for size in sizes {
            eprintln!("growth on {name}: {} messages", size.messages());
            figures.push((name, growth::measure(&args.server, engine, size, span).await?));
        }
    }
    Ok(report::growth(&figures))
}
