//! `cargo xtask openapi` and `cargo xtask bench`: what is built from the product itself, by running it.

use std::fs;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

const OPENAPI: &str = "docs/openapi/emulator.json";
const TYPES: &str = "web/src/shared/api/emulator.d.ts";

/// Writes the committed description of the emulator's surface from the code, and from that the types of the web pages.
///
/// # Errors
/// When the binary does not build, the file cannot be written, or npm fails.
pub fn openapi() -> Result<()> {
    let output = Command::new("cargo")
        .args(["run", "--quiet", "--package", "parlance", "--", "openapi"])
        .stderr(Stdio::inherit())
        .output()
        .context("cannot run cargo")?;
    ensure!(output.status.success(), "`parlance openapi` failed");
    fs::write(OPENAPI, output.stdout).with_context(|| format!("cannot write {OPENAPI}"))?;
    println!("wrote {OPENAPI}");
    for line in ["node web/scripts/ready.mjs", "npm --prefix web --silent run types"] {
        let mut words = line.split(' ');
        let status = Command::new(words.next().unwrap_or_default()).args(words).status();
        ensure!(status.with_context(|| format!("cannot run `{line}`"))?.success(), "`{line}` failed");
    }
    println!("wrote {TYPES}");
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
