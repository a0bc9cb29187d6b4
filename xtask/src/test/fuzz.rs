//! The fuzz targets: built with coverage on the stable toolchain, and run side by side for a time.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, ensure};

use super::process::answers;
use super::tally::Tally;
use crate::tree;

/// Files under `fuzz/targets/`, and folders of the same names under `fuzz/seeds/`.
const TARGETS: &[&str] = &["params", "message"];

/// What `cargo fuzz` gives the compiler too: an account of the edges taken, and of the values compared.
const FLAGS: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares --cfg fuzzing";

/// Builds the targets and runs each of them for so many seconds, all at once.
///
/// What a run learns stays in `target/fuzz/corpus` and helps the next one. An input that breaks a property is left in
/// `target/fuzz/findings`, where the last lines of the output say so.
pub fn run(seconds: u32) -> Result<Tally> {
    let folder = folder();
    let binaries = build(&folder)?;
    let runs: Vec<_> = TARGETS.iter().map(|name| start(name, &binaries, &folder, seconds)).collect::<Result<_>>()?;
    let mut tally = Tally::default();
    for (name, mut run) in TARGETS.iter().zip(runs) {
        let good = run.wait().with_context(|| format!("fuzz target {name} could not be waited for"))?.success();
        let log = log(&folder, name);
        if good {
            println!("fuzz target {name}: {}", summary(&fs::read_to_string(&log).unwrap_or_default()));
        } else {
            println!("{}", tail(&fs::read(&log).unwrap_or_default()));
            println!("fuzz target {name}: FAILED, the input stands in {}", findings(&folder, name));
        }
        tally += if good { Tally::PASSED } else { Tally::FAILED };
    }
    Ok(tally)
}

/// Apart from the other builds, whose flags differ.
fn folder() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into());
    tree::root().join(target).join("fuzz")
}

/// The folder of the binaries. A target is named although it is the host, so that build scripts get none of the flags.
fn build(folder: &Path) -> Result<PathBuf> {
    let version = answers("rustc -vV").context("`rustc -vV` failed")?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).context("rustc does not name its host")?;
    let status = Command::new("cargo")
        .args(["build", "--release", "--locked", "--manifest-path", "fuzz/Cargo.toml", "--target", host])
        .current_dir(tree::root())
        .env("CARGO_TARGET_DIR", folder)
        .env("RUSTFLAGS", FLAGS)
        .status()
        .context("cargo could not be started")?;
    ensure!(status.success(), "the fuzz targets do not build; libFuzzer needs a C++ compiler");
    Ok(folder.join(host).join("release"))
}

fn start(name: &str, binaries: &Path, folder: &Path, seconds: u32) -> Result<Child> {
    let corpus = folder.join("corpus").join(name);
    fs::create_dir_all(&corpus)?;
    fs::create_dir_all(folder.join("findings"))?;
    let log = fs::File::create(log(folder, name))?;
    Command::new(binaries.join(name))
        .args([format!("-max_total_time={seconds}"), format!("-artifact_prefix={}", findings(folder, name))])
        .args(["-dict=fuzz/words.dict", "-max_len=8192", "-timeout=10", "-rss_limit_mb=1024", "-print_final_stats=1"])
        .arg(corpus)
        .arg(Path::new("fuzz/seeds").join(name))
        .current_dir(tree::root())
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log)
        .spawn()
        .with_context(|| format!("fuzz target {name} could not be started"))
}

fn log(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}.log"))
}

fn findings(folder: &Path, name: &str) -> String {
    folder.join("findings").join(name).display().to_string() + "-"
}

/// `Done 459896 runs in 41 second(s)`, as libFuzzer ends.
fn summary(log: &str) -> &str {
    log.lines().rfind(|line| line.starts_with("Done ")).unwrap_or("done")
}

/// The end of a log, which holds the panic and the name of the input's file.
fn tail(log: &[u8]) -> String {
    let text = String::from_utf8_lossy(log);
    let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
    let from = lines.iter().position(|line| line.contains("panicked at")).unwrap_or(lines.len().saturating_sub(40));
    lines[from..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_run_is_read() {
        assert_eq!(summary("#1 NEW\nDone 459896 runs in 41 second(s)\nstat::x: 1"), "Done 459896 runs in 41 second(s)");
        assert_eq!(
            tail(b"#1 NEW\nthread panicked at a.rs\nTest unit written to b"),
            "thread panicked at a.rs\nTest unit written to b"
        );
    }

    #[test]
    fn every_target_has_its_source_and_seeds() {
        for name in TARGETS {
            assert!(tree::root().join(format!("fuzz/targets/{name}.rs")).is_file(), "{name}");
            assert!(tree::root().join(format!("fuzz/seeds/{name}")).is_dir(), "{name}");
        }
    }
}
