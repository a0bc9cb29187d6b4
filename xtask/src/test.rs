//! `cargo xtask test`: everything that CI runs, in order, until the first failure.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use clap::ValueEnum;
use rig::postgres::{self, Cluster, Options};

use crate::{conformance, tidy, tree};
use process::{answers, counted, plain};
use tally::Tally;

mod fuzz;
mod process;
mod tally;
mod web;

/// How to run it.
#[derive(clap::Args)]
pub struct Args {
    /// Run these steps only
    #[arg(long, value_delimiter = ',', value_enum)]
    only: Vec<Step>,
    /// Seconds for each fuzz target
    #[arg(long, default_value_t = 120)]
    fuzz_seconds: u32,
    /// Arguments for the runner of the Rust tests
    #[arg(last = true)]
    rest: Vec<String>,
}

/// The steps, in the order in which they run.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Step {
    /// Formatting
    Fmt,
    /// Lints
    Clippy,
    /// House rules
    Tidy,
    /// The contract ledger
    Ledger,
    /// Whether the recorded webhook bodies are those that their script makes
    Vectors,
    /// Types, lints, format and unit tests of the web pages
    Web,
    /// Rust tests
    Rust,
    /// Coverage-guided fuzzing of what reads requests
    Fuzz,
    /// The published clients against a running server
    Clients,
    /// The web pages of the release binary in a browser
    E2e,
    /// Licences, banned crates and sources of dependencies
    Deny,
}

/// How a step ended, unless it could not run at all.
struct Outcome {
    word: &'static str,
    tally: Tally,
}

impl Outcome {
    fn of(tally: Tally) -> Self {
        Self { word: if tally.failed == 0 { "passed" } else { "FAILED" }, tally }
    }
}

const CLIENTS: &str = "conformance/run.sh";

/// Prints the time of each step and, as the last line of standard output, `N passed, N failed`: Rust tests and client
/// steps where they are counted, else the step itself.
pub fn run(args: &Args) -> ExitCode {
    let (mut times, mut total, mut failure) = (Vec::new(), Tally::default(), None);
    for step in Step::value_variants().iter().filter(|step| args.only.is_empty() || args.only.contains(step)) {
        let name = step.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned());
        println!("== {name}");
        let start = now();
        let outcome = step.run(args).unwrap_or_else(|error| {
            failure = Some(format!("{error:#}"));
            Outcome::of(Tally::FAILED)
        });
        times.push((name, outcome.word, start.elapsed()));
        total += outcome.tally;
        if outcome.tally.failed > 0 {
            failure = failure.or_else(|| Some(step.advice().to_owned()));
            break;
        }
    }
    println!();
    for (name, word, time) in &times {
        println!("{name:<8} {word:<8} {:>7.1} s", time.as_secs_f64());
    }
    println!("{:<17} {:>7.1} s", "all", times.iter().map(|row| row.2).sum::<Duration>().as_secs_f64());
    if let Some(sentence) = &failure {
        eprintln!("stopped at the first failure: {sentence}");
    }
    println!("{} passed, {} failed", total.passed, total.failed);
    if failure.is_none() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

impl Step {
    fn run(self, args: &Args) -> Result<Outcome> {
        let tally = match self {
            Self::Fmt => plain("cargo fmt --all --check")?,
            Self::Clippy => plain("cargo clippy --workspace --all-targets -- -D warnings")?,
            Self::Tidy => tidy::run().map(|()| Tally::PASSED)?,
            Self::Ledger => conformance::run(&conformance::Args { check: true }).map(|()| Tally::PASSED)?,
            Self::Vectors => plain("python3 conformance/vectors/make.py --check")?,
            Self::Web => web::check()?,
            Self::Rust => rust(&args.rest)?,
            Self::Fuzz => fuzz::run(args.fuzz_seconds)?,
            Self::Clients => clients()?,
            Self::E2e => web::e2e()?,
            Self::Deny => {
                if answers("cargo deny --version").is_none() {
                    plain("cargo install --locked cargo-deny --version 0.20.2")?;
                }
                plain("cargo deny check licenses bans sources")?
            }
        };
        Ok(Outcome::of(tally))
    }

    /// What to say when the step's own output already shows what is wrong.
    fn advice(self) -> &'static str {
        match self {
            Self::Fmt => "the code is not formatted, run `cargo fmt --all`",
            Self::Clippy => "the lints above count as errors, mend them",
            Self::Tidy => "a house rule is broken",
            Self::Ledger => "the ledger is broken",
            Self::Vectors => "conformance/vectors/webhooks.jsonl differs, see above",
            Self::Web => "something under web/ is not as it should be, see above: `npm run check` there says it again",
            Self::Rust => "a Rust test failed or did not build, see above",
            Self::Fuzz => {
                "an input breaks a property, see above: run the target's binary with that file to see it again"
            }
            Self::Clients => "a published client did not get what it expects, see above",
            Self::E2e => {
                "a page did not do in the browser what it should, see above: `npm run e2e` in web/ says it again"
            }
            Self::Deny => "a dependency breaks deny.toml, see above: replace it or argue for a new row",
        }
    }
}

/// Runs the Rust tests beside one PostgreSQL for all of them, which ends with them.
fn rust(rest: &[String]) -> Result<Tally> {
    let cluster = Cluster::start(Options::default()).context("the Rust tests need a PostgreSQL")?;
    let nextest = answers("cargo nextest --version").is_some();
    let runner = if nextest { "cargo nextest run" } else { "cargo test" };
    let url = cluster.url("postgres");
    counted(&format!("{runner} --workspace --color=never"), rest, &[(postgres::VARIABLE, &url)])
}

/// Runs the published clients, once it is certain that they can run.
fn clients() -> Result<Tally> {
    ensure!(tree::root().join(CLIENTS).is_file(), "{CLIENTS} is missing, it runs the published clients");
    let node = answers("node --version").and_then(|version| node_major(&version));
    let ready = node.is_some_and(|major| major >= 20)
        && answers("npm --version").is_some()
        && answers("python3 -c __import__('ensurepip')").is_some();
    ensure!(
        ready,
        "the published clients need node 20 or later, npm and python3 with venv: `apt-get install -y nodejs npm python3-venv`"
    );
    counted(&format!("bash {CLIENTS}"), &[], &[])
}

/// The `20` of `v20.11.1`.
fn node_major(version: &str) -> Option<u32> {
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[expect(clippy::disallowed_methods, reason = "the time that a step takes is what is measured here")]
fn now() -> Instant {
    Instant::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_of_node_is_read() {
        assert_eq!(node_major("v20.11.1\n"), Some(20));
        assert_eq!(node_major("20"), None);
    }
}
