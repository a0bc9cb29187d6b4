//! `cargo xtask faults`: the fault tests at full length, and the table of what came of them.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use rig::postgres::{self, Cluster, Options};

use crate::tree;

const PAGE: &str = "docs/reliability.md";
const BEGIN: &str = "<!-- faults: written by cargo xtask faults -->";
const END: &str = "<!-- end of faults -->";
/// What a test prints in front of its name, what was done, and the figures.
const MARK: &str = "FAULT | ";
/// Makes the tests long.
const LENGTH: (&str, &str) = ("PARLANCE_FAULTS", "long");
/// Everything that the tests and the servers print.
const LOG: &str = "faults.log";

/// How to run them.
#[derive(clap::Args)]
pub struct Args {
    /// Put the table into docs/reliability.md
    #[arg(long)]
    write: bool,
    /// Run those of one file, such as `paused`; the others keep their rows in the table
    name: Option<String>,
}

/// Runs the tests one after the other and prints their lines; all else goes to a file.
///
/// # Errors
/// When one fails or does not build, or the page cannot be written.
pub fn run(args: &Args) -> Result<()> {
    let cluster = Cluster::start(Options::default()).context("the fault tests need a PostgreSQL")?;
    let filter = format!("faults::{}", args.name.as_deref().unwrap_or_default());
    let mut log = log()?;
    let mut child = Command::new("cargo")
        .args(["test", "--package", "parlance", "--test", "it", "--color=never", "--", &filter])
        .args(["--nocapture", "--test-threads=1"])
        .current_dir(tree::root())
        .env(LENGTH.0, LENGTH.1)
        .env(postgres::VARIABLE, cluster.url("postgres"))
        .stdout(Stdio::piped())
        .stderr(log.try_clone().context("the log of the tests")?)
        .spawn()
        .context("cannot run cargo")?;
    let mut rows = Vec::new();
    let output = BufReader::new(child.stdout.take().context("the output of the tests")?);
    for line in output.lines() {
        let line = line.context("the output of the tests")?;
        writeln!(log, "{line}").context("the log of the tests")?;
        if let Some(row) = row(&line) {
            println!("{}", row.join(" | "));
            rows.push(row);
        }
    }
    let status = child.wait().context("cannot wait for cargo")?;
    ensure!(status.success(), "a fault test failed, see {}", log_path().display());
    ensure!(!rows.is_empty(), "no file of fault tests has that name");
    if args.write {
        write(&rows)?;
    }
    Ok(())
}

fn log_path() -> PathBuf {
    tree::root().join("target").join(LOG)
}

/// The file, empty; several may write to it, each at its end.
fn log() -> Result<File> {
    let path = log_path();
    fs::create_dir_all(path.parent().unwrap_or(&path)).context("the folder for the log")?;
    fs::write(&path, "").with_context(|| format!("cannot write {}", path.display()))?;
    File::options().append(true).open(&path).with_context(|| format!("cannot write {}", path.display()))
}

/// Name, deed and figures of a line, in front of which the runner may have written something.
fn row(line: &str) -> Option<[String; 3]> {
    let (_, rest) = line.split_once(MARK)?;
    let mut cells = rest.split(" | ").map(|cell| cell.trim().to_owned());
    Some([cells.next()?, cells.next()?, cells.next()?])
}

fn table(rows: &BTreeMap<String, String>) -> String {
    let lines: String = rows.values().map(|row| format!("{row}\n")).collect();
    format!("{BEGIN}\n\n| test | what is done | what came of it |\n| --- | --- | --- |\n{lines}\n{END}")
}

/// Puts the rows into the page's table, each in the place of the last one of its name.
fn write(rows: &[[String; 3]]) -> Result<()> {
    let path = tree::root().join(PAGE);
    let page = fs::read_to_string(&path).with_context(|| format!("{PAGE} cannot be read"))?;
    fs::write(&path, replaced(&page, rows)?).with_context(|| format!("{PAGE} cannot be written"))?;
    println!("wrote {PAGE}");
    Ok(())
}

fn replaced(page: &str, rows: &[[String; 3]]) -> Result<String> {
    let (before, rest) = page.split_once(BEGIN).with_context(|| format!("{PAGE} has lost its mark {BEGIN}"))?;
    let (old, after) = rest.split_once(END).with_context(|| format!("{PAGE} has lost its mark {END}"))?;
    let name =
        |line: &str| line.strip_prefix("| `").and_then(|rest| rest.split_once('`')).map(|(name, _)| name.to_owned());
    let mut all: BTreeMap<String, String> =
        old.lines().filter_map(|line| name(line).map(|name| (name, line.to_owned()))).collect();
    for [name, done, figures] in rows {
        all.insert(name.clone(), format!("| `{name}` | {done} | {figures} |"));
    }
    Ok(format!("{before}{}{after}", table(&all)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_figures_is_found_behind_what_the_runner_writes() {
        let found = row("test faults::disk::disk_full ... FAULT | disk_full | filled it | 3 refused").unwrap();
        assert_eq!(found, ["disk_full", "filled it", "3 refused"]);
        assert_eq!(row("test faults::disk::disk_full ... ok"), None);
    }

    #[test]
    fn a_row_takes_the_place_of_the_last_one_of_its_name() {
        let row = |name: &str, figures: &str| [name, "filled it", figures].map(str::to_owned);
        let page = format!("before\n{BEGIN}\nold\n{END}\nafter");
        let page = replaced(&page, &[row("disk_full", "3 refused"), row("network", "cut")]).unwrap();
        assert!(page.starts_with("before\n") && page.ends_with("\nafter") && !page.contains("old"), "{page}");
        assert!(
            page.contains("\n| `disk_full` | filled it | 3 refused |\n| `network` | filled it | cut |\n"),
            "{page}"
        );
        let again = replaced(&page, &[row("disk_full", "4 refused")]).unwrap();
        assert_eq!(again, page.replace("3 refused", "4 refused"));
        assert!(replaced("no marks", &[]).is_err());
    }
}
