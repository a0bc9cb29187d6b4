//! `cargo xtask openapi`, `cargo xtask events` and `cargo xtask bench`: what is built from the product itself, by running it.

use std::fs;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

/// Writes the committed description of the emulator's surface from the code.
///
/// # Errors
/// When the binary does not build or the file cannot be written.
pub fn openapi() -> Result<()> {
    printed("openapi", "docs/openapi/emulator.json")
}

/// Writes the committed catalogue of events from the code, which causes each of its examples.
///
/// # Errors
/// As [`openapi`].
pub fn events() -> Result<()> {
    printed("events", "docs/events.md")
}

/// Writes to a file what `parlance <command>` prints.
fn printed(command: &str, file: &str) -> Result<()> {
    let output = Command::new("cargo")
        .args(["run", "--quiet", "--package", "parlance", "--", command])
        .stderr(Stdio::inherit())
        .output()
        .context("cannot run cargo")?;
    ensure!(output.status.success(), "`parlance {command}` failed");
    fs::write(file, output.stdout).with_context(|| format!("cannot write {file}"))?;
    println!("wrote {file}");
    Ok(())
}

/// Builds the server and the benchmark in release mode and runs them; `rest` goes to the benchmark.
///
/// # Errors
/// When either does not build, or the benchmark fails.
pub fn bench(rest: &[String]) -> Result<()> {
    let cargo = |args: &[&str]| -> Result<()> {
        let status = Command::new("cargo").args(args).status().context("cannot run cargo")?;
        ensure!(status.success(), "`cargo {}` failed", args.join(" "));
        Ok(())
    };
    cargo(&["build", "--release", "--package", "parlance", "--package", "parlance-bench"])?;
    let mut run = vec!["run", "--quiet", "--release", "--package", "parlance-bench", "--"];
    run.extend(rest.iter().map(String::as_str));
    cargo(&run)
}
