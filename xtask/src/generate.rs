//! `cargo xtask openapi`, `cargo xtask events` and `cargo xtask bench`: what is built from the product itself, by running it.

use std::fs;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

/// What `parlance openapi` is asked for, and where it is committed.
const OPENAPI: [(&str, &str); 2] = [("emulator", "docs/openapi/emulator.json"), ("inbox", "docs/openapi/inbox.json")];
/// What npm writes from these.
const TYPES: &str = "web/src/shared/api/emulator.d.ts and inbox.d.ts";

/// Writes the committed descriptions of the emulator's and the inbox's surface from the code, and from these the types of
/// the web pages.
///
/// # Errors
/// When the binary does not build, a file cannot be written, or npm fails.
pub fn openapi() -> Result<()> {
    for (surface, path) in OPENAPI {
        printed(&["openapi", surface], path)?;
    }
    for line in ["node web/scripts/ready.mjs", "npm --prefix web --silent run types"] {
        let mut words = line.split(' ');
        let status = Command::new(words.next().unwrap_or_default()).args(words).status();
        ensure!(status.with_context(|| format!("cannot run `{line}`"))?.success(), "`{line}` failed");
    }
    println!("wrote {TYPES}");
    Ok(())
}

/// Writes the committed catalogue of events from the code, which causes each of its examples.
///
/// # Errors
/// When the binary does not build, an example does not work, or the file cannot be written.
pub fn events() -> Result<()> {
    printed(&["events"], "docs/events.md")
}

/// Writes to a file what `parlance` prints for these words.
fn printed(words: &[&str], path: &str) -> Result<()> {
    let output = Command::new("cargo")
        .args(["run", "--quiet", "--package", "parlance", "--"])
        .args(words)
        .stderr(Stdio::inherit())
        .output()
        .context("cannot run cargo")?;
    ensure!(output.status.success(), "`parlance {}` failed", words.join(" "));
    fs::write(path, output.stdout).with_context(|| format!("cannot write {path}"))?;
    println!("wrote {path}");
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
