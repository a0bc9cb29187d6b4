//! Streaming replication.

use anyhow::{Result, ensure};

use super::cluster::{Cluster, USER};
use super::programs::complete;
use crate::wait;

impl Cluster {
    /// A second cluster that follows this one by streaming replication, with what is there copied. It answers reads. This
    /// one does not wait for it until [`Cluster::wait_for`].
    pub fn standby(&self) -> Result<Self> {
        Self::found(|standby| {
            let mut backup = standby.keeper("pg_basebackup");
            let port = self.port();
            let source = format!("host=127.0.0.1 port={port} user={USER} application_name={}", standby.name());
            backup.args(["-D", "data", "-R", "-X", "stream", "-c", "fast", "--no-sync", "-d", &source]);
            complete(&mut backup)
        })
    }

    /// Lets every commit from now on wait until this standby has it on its disk too, and returns when that is so.
    pub fn wait_for(&self, standby: &Self) -> Result<()> {
        let name = standby.name();
        self.ask(&format!("ALTER SYSTEM SET synchronous_standby_names = '\"{name}\"'"))?;
        self.ask("SELECT pg_reload_conf()")?;
        let state = format!("SELECT sync_state FROM pg_stat_replication WHERE application_name = '{name}'");
        let follows = wait::until(|| self.ask(&state).is_ok_and(|state| state == "sync"));
        ensure!(follows, "the standby does not follow, it wrote:\n{}", standby.log());
        Ok(())
    }

    /// Makes a standby a primary, which takes writes when this returns and waits for no other.
    pub fn promote(&self) -> Result<()> {
        self.ask("ALTER SYSTEM RESET synchronous_standby_names")?;
        ensure!(self.ask("SELECT pg_promote(true, 30)")? == "t", "the standby was not promoted:\n{}", self.log());
        Ok(())
    }

    /// Its name towards a primary: that of its folder, which is known before its port.
    fn name(&self) -> String {
        self.folder.path().file_name().unwrap_or_default().to_string_lossy().into_owned()
    }
}
