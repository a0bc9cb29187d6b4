//! Parlance's development tool, run as `cargo xtask <command>`: the house rules, the contract ledger and the test command.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command-line tool talks to its terminal")]

use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod conformance;
mod faults;
mod generate;
mod source;
mod test;
mod tidy;
mod tree;

/// Tasks for people who work on Parlance.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// One row a task.
#[derive(Subcommand)]
enum Command {
    /// Check the house rules that neither rustc nor clippy knows
    Tidy,
    /// Check the contract ledger against the tests and render docs/conformance.md
    Conformance(conformance::Args),
    /// Run everything that CI runs, and stop at the first failure
    Test(test::Args),
    /// Run the fault tests at full length; `--write` renews their table in docs/reliability.md
    Faults(faults::Args),
    /// Write docs/openapi/ from the code
    Openapi,
    /// Write docs/events.md from the code
    Events,
    /// Measure the release build beside the machine's limits; `--write` renews docs/performance.md
    Bench {
        /// Arguments for the benchmark, such as `--seconds 5 --write`
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        rest: Vec<String>,
    },
}

fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Tidy => tidy::run(),
        Command::Conformance(args) => conformance::run(&args),
        Command::Test(args) => return test::run(&args),
        Command::Faults(args) => faults::run(&args),
        Command::Openapi => generate::openapi(),
        Command::Events => generate::events(),
        Command::Bench { rest } => generate::bench(&rest),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}
