//! Benchmarks: what the server does beside a limit of the same machine, in one run. `cargo xtask bench` builds and runs it.
//!
//! Server, databases and load generator share the machine, so absolute figures wander; the ratios of one run are what
//! counts.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a benchmark prints")]
#![expect(clippy::disallowed_methods, reason = "a benchmark measures real time")]

mod bare;
mod child;
mod deliveries;
mod echo;
mod growth;
mod latency;
mod load;
mod platform;
mod report;
mod rows;
mod section;
mod sink;
mod site;

use std::path::PathBuf;

use anyhow::Context;
use clap::{Parser, Subcommand};

use section::Section;

#[derive(Parser)]
struct Args {
    /// Seconds for each measurement.
    #[arg(long, default_value_t = 5)]
    seconds: u64,
    /// The server's binary.
    #[arg(long, default_value = "target/release/parlance")]
    server: PathBuf,
    /// Measure these sections only.
    #[arg(long, value_enum, value_delimiter = ',')]
    only: Vec<Section>,
    /// Messages of the large account that growth is measured on.
    #[arg(long, default_value_t = 10_000_000)]
    grown: u64,
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
    let all = [Section::Sends, Section::Postgres, Section::Latency, Section::Deliveries, Section::Growth];
    for section in all.into_iter().filter(|section| args.only.is_empty() || args.only.contains(section)) {
        let text = section.measure(args).await?;
        println!("{text}");
        if args.write {
            report::write(section.name(), &text)?;
        }
    }
    Ok(())
}
