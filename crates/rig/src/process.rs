//! Signals to other processes, and whether they are there.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::wait;

/// Stops the process in its tracks (SIGSTOP) and returns once it stands.
pub fn pause(pid: u32) -> Result<()> {
    signal("STOP", &[pid])?;
    let stands = wait::until(|| state(pid).is_none_or(|state| matches!(state, 'T' | 'Z' | 'X')));
    ensure!(stands, "process {pid} does not stop");
    Ok(())
}

/// Lets a paused process go on (SIGCONT).
pub fn resume(pid: u32) -> Result<()> {
    signal("CONT", &[pid])
}

/// Asks the process to end (SIGTERM).
pub fn terminate(pid: u32) -> Result<()> {
    signal("TERM", &[pid])
}

/// Ends the process at once, whatever it does (SIGKILL). It may still be there for a moment.
pub fn kill(pid: u32) -> Result<()> {
    signal("KILL", &[pid])
}

/// Whether the process is there. One that has ended and only waits for its parent is not.
pub fn alive(pid: u32) -> bool {
    state(pid).is_some_and(|state| !matches!(state, 'Z' | 'X'))
}

/// Sends a signal by its name without SIG, by the shell's own `kill`, since some machines have no other.
pub(crate) fn signal(name: &str, pids: &[u32]) -> Result<()> {
    let pids = pids.iter().map(u32::to_string);
    let output = Command::new("sh").args(["-c", "kill -s \"$0\" \"$@\"", name]).args(pids).output();
    let output = output.context("sh could not be started")?;
    ensure!(output.status.success(), "SIG{name} was not sent: {}", String::from_utf8_lossy(&output.stderr).trim());
    Ok(())
}

/// The processes that this one has started.
pub(crate) fn children(pid: u32) -> Result<Vec<u32>> {
    let entries = fs::read_dir("/proc").context("the list of processes")?;
    let others = entries.flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    Ok(others.filter(|other| stat(*other).is_some_and(|(_, parent)| parent == pid)).collect())
}

fn state(pid: u32) -> Option<char> {
    stat(pid).map(|(state, _)| state)
}

/// State and parent of a process, if it is there: what follows its name, which stands in brackets and may hold any byte.
fn stat(pid: u32) -> Option<(char, u32)> {
    let stat = fs::read(format!("/proc/{pid}/stat")).ok()?;
    let stat = String::from_utf8_lossy(&stat).into_owned();
    let mut words = stat.rsplit_once(')')?.1.split_whitespace();
    Some((words.next()?.chars().next()?, words.next()?.parse().ok()?))
}
