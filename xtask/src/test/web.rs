//! The web pages: what can be checked without a browser, and the release binary in one.

use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};

use super::process::{answers, counted, plain};
use super::tally::Tally;
use crate::tree;

/// Names a browser in another place.
const CHROMIUM: &str = "CHROMIUM";
/// Where Debian has it.
const DEBIANS: &str = "/usr/bin/chromium";

/// Fresh types, the compiler, lints, format, unit tests.
pub fn check() -> Result<Tally> {
    node()?;
    let ready = plain("node web/scripts/ready.mjs")?;
    if ready.failed > 0 {
        return Ok(ready);
    }
    counted("npm --prefix web --silent run check", &[], &[("NO_COLOR", "1")])
}

/// Builds the release binary and lets a browser use it.
pub fn e2e() -> Result<Tally> {
    node()?;
    let browser = std::env::var_os(CHROMIUM).unwrap_or_else(|| DEBIANS.into());
    ensure!(
        Path::new(&browser).is_file(),
        "the pages are tested in Chromium: `apt-get install -y chromium`, or set {CHROMIUM} to where it is"
    );
    let built = plain("cargo build --release --package parlance")?;
    if built.failed > 0 {
        return Ok(built);
    }
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| "target".into(), PathBuf::from);
    let binary = tree::root().join(target).join("release/parlance");
    let binary = binary.to_string_lossy();
    counted("npm --prefix web --silent run e2e", &[], &[("NO_COLOR", "1"), ("PARLANCE_BIN", &binary)])
}

fn node() -> Result<()> {
    let there = answers("node --version").is_some() && answers("npm --version").is_some();
    ensure!(there, "the web pages need node 20.19 or later and npm: `apt-get install -y nodejs npm`");
    Ok(())
}
