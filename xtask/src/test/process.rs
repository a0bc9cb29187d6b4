//! Other programs, run in the workspace's folder.

use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};
use std::thread;

use anyhow::{Context, Result};

use super::tally::Tally;
use crate::tree;

/// The command of a line; its words have no spaces in them.
fn command(line: &str) -> Command {
    let mut words = line.split(' ');
    let mut command = Command::new(words.next().unwrap_or_default());
    command.args(words).current_dir(tree::root());
    command
}

/// What a command prints, if it exists and succeeds.
pub fn answers(line: &str) -> Option<String> {
    let output = command(line).stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs a command whose success is one passed step.
pub fn plain(line: &str) -> Result<Tally> {
    let status = command(line).status().with_context(|| format!("`{line}` could not be started"))?;
    Ok(if status.success() { Tally::PASSED } else { Tally::FAILED })
}

/// Runs a command, shows what it prints and adds up the totals in it. A bad status counts as a failure whatever the
/// totals say, and a success without totals is one passed step.
pub fn counted(line: &str, rest: &[String], environment: &[(&str, &str)]) -> Result<Tally> {
    let mut child = command(line)
        .args(rest)
        .envs(environment.iter().copied())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("`{line}` could not be started"))?;
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let (from_stdout, from_stderr) = thread::scope(|scope| {
        let errors = scope.spawn(|| echo(stderr, |line| eprintln!("{line}")));
        (echo(stdout, |line| println!("{line}")), errors.join().unwrap_or_default())
    });
    let success = child.wait().with_context(|| format!("`{line}` could not be waited for"))?.success();
    let mut tally = from_stdout;
    tally += from_stderr;
    Ok(match tally {
        Tally { failed: 0, passed } if !success => Tally { passed, failed: 1 },
        Tally { passed: 0, failed: 0 } => Tally::PASSED,
        counted => counted,
    })
}

fn echo(stream: Option<impl Read>, print: impl Fn(&str)) -> Tally {
    let mut tally = Tally::default();
    let Some(stream) = stream else { return tally };
    for line in BufReader::new(stream).split(b'\n').map_while(Result::ok) {
        let line = String::from_utf8_lossy(&line);
        print(&line);
        tally += Tally::read(&line).unwrap_or_default();
    }
    tally
}
