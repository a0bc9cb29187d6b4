//! Benchmarks: what the server does beside a limit of the same machine, in one run. `cargo xtask bench` builds and runs it.
//!
//! Server and load generator share the machine, so absolute figures wander; the ratios of one run are what counts.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a benchmark prints")]
#![expect(clippy::disallowed_methods, reason = "a benchmark measures real time")]

mod child;
mod echo;
mod load;
mod platform;
mod report;
mod rows;
mod sink;

use std::path::PathBuf;
use std::time::Duration;

use anyhow::Context;
use clap::{Parser, Subcommand};

/// Connections at which everything is measured.
const CONNECTIONS: [usize; 4] = [1, 16, 64, 256];

#[derive(Parser)]
struct Args {
    /// Seconds for each measurement.
    #[arg(long, default_value_t = 5)]
    seconds: u64,
    /// The server's binary.
    #[arg(long, default_value = "target/release/parlance")]
    server: PathBuf,
    /// Write the figures to docs/performance.md.
    #[arg(long)]
    write: bool,
    #[command(subcommand)]
    part: Option<Part>,
}

#[derive(Subcommand)]
enum Part {
    /// Serve the echo that everything is compared with; started by the benchmark itself.
    Echo,
    /// Take webhooks and answer 200; started by the benchmark itself.
    Sink,
}

fn main() -> anyhow::Result<()> {
    let args = Args::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("no runtime")?;
    runtime.block_on(async {
        match args.part {
            Some(Part::Echo) => echo::serve().await,
            Some(Part::Sink) => sink::serve().await,
            None => measure(&args).await,
        }
    })
}

async fn measure(args: &Args) -> anyhow::Result<()> {
    let span = Duration::from_secs(args.seconds);
    let start = platform::start_up(&args.server).await?;
    let mut figures = Vec::new();
    for connections in CONNECTIONS {
        eprintln!("measuring {connections} connections");
        let echo = echo::measure(connections, span).await?;
        let quiet = platform::measure(&args.server, connections, span, false).await?;
        let told = platform::measure(&args.server, connections, span, true).await?;
        let rows = rows::measure(connections, span).await?;
        figures.push(report::Figures { connections, echo, quiet, told, rows });
    }
    let text = report::render(&start, &figures);
    println!("{text}");
    if args.write { report::write(&text) } else { Ok(()) }
}
