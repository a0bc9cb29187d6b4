//! A process under measurement: what it printed first, and what the kernel says of it.

use std::path::Path;
use std::process::Stdio;

use anyhow::{Context, bail};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// A running child. It is killed when dropped.
pub struct Running {
    child: Child,
    /// Its first line on standard output.
    pub line: String,
}

/// What the kernel counted for a process.
#[derive(Debug, Clone, Copy, Default)]
pub struct Counts {
    /// Processor time, user and system, in microseconds.
    pub cpu_us: f64,
    /// Bytes it caused to be written to disk.
    pub written: f64,
}

impl Running {
    /// Starts a program and waits for its first line.
    ///
    /// # Errors
    /// When it does not start or says nothing.
    pub async fn start(program: &Path, args: &[&str]) -> anyhow::Result<Self> {
        let mut child = Command::new(program)
            .args(args)
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("cannot start {}; build it with cargo build --release", program.display()))?;
        let stdout = child.stdout.take().context("no standard output")?;
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line).await?;
        if line.is_empty() {
            bail!("{} ended before it was ready", program.display());
        }
        Ok(Self { child, line: line.trim().to_owned() })
    }

    /// Starts another part of this benchmark.
    ///
    /// # Errors
    /// As [`Running::start`].
    pub async fn part(name: &str) -> anyhow::Result<Self> {
        Self::start(&std::env::current_exe()?, &[name]).await
    }

    /// What the kernel counted so far.
    ///
    /// # Errors
    /// When the process is gone.
    pub fn counts(&self) -> anyhow::Result<Counts> {
        let id = self.child.id().context("the process ended")?;
        let stat = std::fs::read_to_string(format!("/proc/{id}/stat"))?;
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
        let ticks = |index: usize| fields.get(index).and_then(|text| text.parse::<f64>().ok()).unwrap_or(0.0);
        let io = std::fs::read_to_string(format!("/proc/{id}/io"))?;
        let written = io.lines().find_map(|line| line.strip_prefix("write_bytes: ")).and_then(|text| text.parse().ok());
        // The kernel's clock tick is 10 ms everywhere that this runs.
        Ok(Counts { cpu_us: (ticks(11) + ticks(12)) * 10_000.0, written: written.unwrap_or(0.0) })
    }

    /// Resident memory in megabytes.
    ///
    /// # Errors
    /// When the process is gone.
    pub fn resident_mb(&self) -> anyhow::Result<f64> {
        let id = self.child.id().context("the process ended")?;
        let status = std::fs::read_to_string(format!("/proc/{id}/status"))?;
        let kib =
            status.lines().find_map(|line| line.strip_prefix("VmRSS:")).and_then(|rest| rest.split_whitespace().next());
        Ok(kib.and_then(|text| text.parse::<f64>().ok()).unwrap_or(0.0) / 1_024.0)
    }

    /// Ends it and waits.
    ///
    /// # Errors
    /// When it cannot be ended.
    pub async fn stop(mut self) -> anyhow::Result<()> {
        self.child.kill().await.context("cannot end a child")
    }
}
