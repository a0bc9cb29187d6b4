//! `cargo xtask openapi` and `cargo xtask bench`: what is built from the product itself, by running it.

use std::fs;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

const OPENAPI: &str = "docs/openapi/emulator.json";

/// Writes the committed description of the emulator's surface from the code.
///
/// # Errors
/// When the binary does not build or the file cannot be written.
pub fn openapi() -> Result<()> {
    let output = Command::new("cargo")
        .args(["run", "--quiet", "--package", "parlance", "--", "openapi"])
        .stderr(Stdio::inherit())
        .output()
        .context("cannot run cargo")?;
    ensure!(output.status.success(), "`parlance openapi` failed");
    fs::write(OPENAPI, output.stdout).with_context(|| format!("cannot write {OPENAPI}"))?;
    println!("wrote {OPENAPI}");
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
