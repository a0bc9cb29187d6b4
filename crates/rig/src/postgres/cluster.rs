//! A cluster of one's own.

use std::fmt::Write as _;
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::net::{Ipv4Addr, SocketAddr};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use tempfile::TempDir;

use super::programs::{Owner, Programs, complete};
use super::server::{Server, Started};
use super::{create_database, query};
use crate::free;

/// Its superuser, who needs no password.
pub(super) const USER: &str = "postgres";

/// How often a free port may turn out to be taken.
const PORTS: usize = 20;

/// For tests on a loaded machine: many connections, no work that serves long-lived data only. The last one keeps what a
/// killed server leaves behind inside its folder.
const SETTINGS: &[(&str, &str)] = &[
    ("listen_addresses", "127.0.0.1"),
    ("unix_socket_directories", ""),
    ("max_connections", "200"),
    ("shared_buffers", "128MB"),
    ("max_wal_size", "4GB"),
    ("jit", "off"),
    ("dynamic_shared_memory_type", "mmap"),
];

const NOT_DURABLE: &[(&str, &str)] = &[("fsync", "off"), ("full_page_writes", "off")];

/// How a cluster is made.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Whether commits reach the disk, as they must in production and in measurements. Without it a commit outlives the
    /// death of every process of PostgreSQL, but not the machine's.
    pub durable: bool,
    /// Settings of `postgresql.conf`, which go before the ones of this crate.
    pub settings: Vec<(String, String)>,
}

/// A PostgreSQL cluster in a temporary folder, on a port of 127.0.0.1. Dropping it ends it and removes its folder. All
/// calls block the thread; starting takes about half a second.
#[derive(Debug)]
pub struct Cluster {
    server: Option<Server>,
    programs: Programs,
    owner: Option<Owner>,
    pub(super) folder: TempDir,
    port: u16,
}

impl Cluster {
    /// Makes a cluster and waits until it accepts connections.
    ///
    /// # Errors
    /// When PostgreSQL is missing, with the command that installs it, or does not start, with what it wrote.
    #[expect(clippy::needless_pass_by_value, reason = "options are made for one cluster, and the call reads better")]
    pub fn start(options: Options) -> Result<Self> {
        Self::found(|cluster| {
            let mut initdb = cluster.keeper("initdb");
            initdb.args(["-D", "data", "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]);
            complete(&mut initdb)?;
            cluster.write_settings(&options)
        })
    }

    /// A cluster whose data folder `fill` makes, started.
    pub(super) fn found(fill: impl FnOnce(&Self) -> Result<()>) -> Result<Self> {
        let programs = Programs::find()?;
        let folder = tempfile::Builder::new().prefix("parlance-postgres-").tempdir().context("a temporary folder")?;
        let owner = Owner::instead_of_us()?;
        if let Some(owner) = owner {
            owner.take(folder.path())?;
        }
        let mut cluster = Self { server: None, programs, owner, folder, port: 0 };
        fill(&cluster)?;
        for _ in 0..PORTS {
            cluster.port = free::port();
            if cluster.launch()? {
                return Ok(cluster);
            }
        }
        bail!("{PORTS} free ports in a row were taken before PostgreSQL had them")
    }

    fn write_settings(&self, options: &Options) -> Result<()> {
        let own = SETTINGS.iter().chain(if options.durable { &[] } else { NOT_DURABLE });
        let own = own.map(|(name, value)| (*name, *value));
        let chosen = options.settings.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        // Of two lines for a setting PostgreSQL takes the last.
        let text = own.chain(chosen).fold(String::new(), |mut text, (name, value)| {
            let _ = writeln!(text, "{name} = '{}'", value.replace('\'', "''"));
            text
        });
        let path = self.folder.path().join("data/postgresql.conf");
        let mut file = OpenOptions::new().append(true).open(path).context("postgresql.conf")?;
        file.write_all(text.as_bytes()).context("postgresql.conf")
    }

    /// Whether it runs now; if not, somebody else has the port.
    fn launch(&mut self) -> Result<bool> {
        match Server::start(&self.programs, self.folder.path(), self.owner, self.port)? {
            Started::Running(server) => self.server = Some(server),
            Started::PortTaken => return Ok(false),
        }
        Ok(true)
    }

    /// The port, which stays the same over restarts.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        (Ipv4Addr::LOCALHOST, self.port).into()
    }

    /// The URL of a database in it, for its superuser. `postgres` is always there.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://{USER}@{}/{database}", self.address())
    }

    /// Makes an empty database with a name of its own and returns its URL.
    pub fn create_database(&self) -> Result<String> {
        create_database(&self.url("postgres")).map(|name| self.url(&name))
    }

    /// Kills all its processes with SIGKILL and returns when they are gone. Nothing happens when it does not run.
    pub fn kill(&mut self) -> Result<()> {
        self.server.take().map_or(Ok(()), Server::kill)
    }

    /// Shuts it down in order; open connections are cut. Nothing happens when it does not run.
    pub fn stop(&mut self) -> Result<()> {
        self.server.take().map_or(Ok(()), Server::stop)
    }

    /// Starts it again on its port and data, after a shutdown if it runs.
    pub fn restart(&mut self) -> Result<()> {
        self.stop()?;
        if self.launch()? {
            return Ok(());
        }
        bail!("somebody took port {} while PostgreSQL was down", self.port)
    }

    /// What PostgreSQL wrote since it was first started.
    pub fn log(&self) -> String {
        String::from_utf8_lossy(&fs::read(self.folder.path().join("log")).unwrap_or_default()).into_owned()
    }

    /// A value that a statement answers, asked in the database `postgres`.
    pub(super) fn ask(&self, sql: &str) -> Result<String> {
        query(&self.url("postgres"), sql)
    }

    /// A program of PostgreSQL's that works in this cluster's folder.
    pub(super) fn keeper(&self, name: &str) -> Command {
        self.programs.keeper(name, self.folder.path(), self.owner)
    }
}

impl Drop for Cluster {
    /// A server that was killed and not started again leaves its lock file and one small segment of the system's shared
    /// memory, whose number stands at the end of the file's seventh line. A machine has room for some thousands.
    fn drop(&mut self) {
        if self.server.is_none()
            && let Ok(lock) = fs::read_to_string(self.folder.path().join("data/postmaster.pid"))
            && let Some(segment) = lock.lines().nth(6).and_then(|line| line.split_whitespace().last())
        {
            // Who has no `ipcrm` keeps the segment; the test has nothing to do with it.
            let _ = Command::new("ipcrm").args(["-m", segment]).stderr(Stdio::null()).status();
        }
    }
}
