//! A running PostgreSQL, and the watcher that ends it when we are gone.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

use super::programs::{Owner, Programs, run_as};
use crate::{process, wait};

/// What PostgreSQL writes, in the cluster's folder.
const LOG: &str = "log";

/// A shell starts PostgreSQL, tells its process id, and reads from a pipe of ours. A line means that we see to the end
/// ourselves. The end of the pipe means that nobody holds the server any more, perhaps because we were killed: then the
/// shell shuts it down at once, paused or not, and removes the folder, `$0`.
const WATCHER: &str = r#""$@" >>log 2>&1 </dev/null &
echo $!
if read -r _; then wait; else kill -s QUIT $!; kill -s CONT $!; wait; cd /; rm -rf "$0"; fi"#;

/// How a start ended that no error of its own describes.
#[derive(Debug)]
pub enum Started {
    /// It accepts connections.
    Running(Server),
    /// Somebody else has the port.
    PortTaken,
}

/// A running PostgreSQL. Dropping it shuts it down at once and removes the folder.
#[derive(Debug)]
pub struct Server {
    watcher: Child,
    postmaster: u32,
    folder: PathBuf,
}

impl Server {
    /// Starts the cluster in `folder/data` and waits until it accepts connections.
    pub fn start(programs: &Programs, folder: &Path, owner: Option<Owner>, port: u16) -> Result<Started> {
        let log_before = fs::read(folder.join(LOG)).unwrap_or_default().len();
        let mut shell = Command::new("sh");
        shell.args(["-c", WATCHER]).arg(folder).arg(programs.path("postgres"));
        shell.args(["-D", "data", "-p", &port.to_string()]);
        run_as(&mut shell, folder, owner);
        // A group of its own: an interrupt from the keyboard is for us, and the watcher must outlive us.
        shell.process_group(0).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut watcher = shell.spawn().context("sh could not be started")?;
        let mut line = String::new();
        BufReader::new(watcher.stdout.take().context("the watcher's output")?).read_line(&mut line)?;
        let postmaster = line.trim().parse().context("the watcher names no process")?;
        let server = Self { watcher, postmaster, folder: folder.to_owned() };
        let decided = wait::until(|| server.accepts() || !process::alive(postmaster));
        if decided && process::alive(postmaster) {
            return Ok(Started::Running(server));
        }
        let log = fs::read(folder.join(LOG)).unwrap_or_default();
        let log = String::from_utf8_lossy(&log[log_before.min(log.len())..]).into_owned();
        if log.contains("could not bind") {
            server.part()?;
            return Ok(Started::PortTaken);
        }
        bail!("PostgreSQL does not start, it wrote:\n{log}")
    }

    /// Whether it says so in its lock file, where `pg_ctl` looks too. The process id tells whether the file is of this
    /// start.
    fn accepts(&self) -> bool {
        let lock = fs::read_to_string(self.folder.join("data/postmaster.pid")).unwrap_or_default();
        let lines: Vec<&str> = lock.lines().map(str::trim).collect();
        lines.first() == Some(&self.postmaster.to_string().as_str()) && lines.get(7) == Some(&"ready")
    }

    /// Ends it in order: connections are cut, what is committed is written.
    pub fn stop(self) -> Result<()> {
        process::signal("INT", &[self.postmaster])?;
        let postmaster = self.postmaster;
        ensure!(wait::until(|| !process::alive(postmaster)), "PostgreSQL does not stop");
        self.part()
    }

    /// Kills all its processes at once, as a crash would. It stands first, so that it starts no process unseen.
    pub fn kill(self) -> Result<()> {
        process::pause(self.postmaster)?;
        let mut all = process::children(self.postmaster)?;
        all.push(self.postmaster);
        // A child may end by itself meanwhile, which is no failure.
        let killed = process::signal("KILL", &all);
        if !wait::until(|| !all.iter().any(|pid| process::alive(*pid))) {
            killed?;
            bail!("PostgreSQL survives SIGKILL");
        }
        self.part()
    }

    /// Lets the watcher go after the server has ended; the folder stays.
    fn part(mut self) -> Result<()> {
        let mut pipe = self.watcher.stdin.take().context("the watcher's pipe")?;
        pipe.write_all(b"\n").context("the watcher is gone")?;
        self.watcher.wait().context("the watcher could not be waited for")?;
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.watcher.stdin.take());
        // It has nothing else to do than to end; if it cannot be waited for, nobody could be told.
        let _ = self.watcher.wait();
    }
}
