//! PostgreSQL's programs, and as whom they may run.

use std::env;
use std::fs;
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

/// Where Debian keeps the programs of a version, since its path has wrappers only.
const DEBIAN: &str = "/usr/lib/postgresql";

const MISSING: &str = "PostgreSQL 15 or later is needed and not installed: `apt-get install -y postgresql`";

/// The folder of PostgreSQL's programs.
#[derive(Debug, Clone)]
pub struct Programs {
    folder: PathBuf,
}

impl Programs {
    /// The ones on the path, else Debian's newest.
    pub fn find() -> Result<Self> {
        let path = env::var_os("PATH").unwrap_or_default();
        let on_path = env::split_paths(&path).find_map(|folder| home(&folder));
        Ok(Self { folder: on_path.or_else(newest).context(MISSING)? })
    }

    /// A program that talks to a server, as whoever we are.
    pub fn client(&self, name: &str) -> Command {
        let mut command = Command::new(self.folder.join(name));
        command.stdin(Stdio::null()).env("PGCONNECT_TIMEOUT", "10");
        command
    }

    /// A program that works on a cluster's folder, in that folder and as whom it belongs to.
    pub fn keeper(&self, name: &str, folder: &Path, owner: Option<Owner>) -> Command {
        let mut command = self.client(name);
        run_as(&mut command, folder, owner);
        command
    }

    /// The whole path of a program.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }
}

/// The folder in which the `initdb` of this folder really lies: the other programs stand there, too.
fn home(folder: &Path) -> Option<PathBuf> {
    let real = fs::canonicalize(folder.join("initdb")).ok()?;
    real.parent().map(Path::to_owned)
}

fn newest() -> Option<PathBuf> {
    let versions = fs::read_dir(DEBIAN).ok()?.flatten();
    let versions = versions.filter_map(|entry| Some((entry.file_name().to_str()?.parse::<u32>().ok()?, entry.path())));
    let homes = versions.filter_map(|(version, path)| Some((version, home(&path.join("bin"))?)));
    homes.max().map(|(_, home)| home)
}

/// A user and a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Owner {
    uid: u32,
    gid: u32,
}

impl Owner {
    /// Who owns clusters instead of us, which is nobody else unless we are root: PostgreSQL refuses to run as root.
    pub fn instead_of_us() -> Result<Option<Self>> {
        let us = fs::metadata("/proc/self").context("who runs this process")?;
        if us.uid() != 0 {
            return Ok(None);
        }
        let users = fs::read_to_string("/etc/passwd").context("the list of users, /etc/passwd")?;
        let owner = ["postgres", "nobody"].iter().find_map(|name| Self::named(&users, name));
        let owner = owner.context("PostgreSQL refuses to run as root, and there is no user `postgres` or `nobody`")?;
        Ok(Some(owner))
    }

    fn named(users: &str, name: &str) -> Option<Self> {
        let mut fields = users.lines().map(|line| line.split(':')).find(|line| line.clone().next() == Some(name))?;
        Some(Self { uid: fields.nth(2)?.parse().ok()?, gid: fields.next()?.parse().ok()? })
    }

    /// Gives a file or folder to this user.
    pub fn take(self, path: &Path) -> Result<()> {
        chown(path, Some(self.uid), Some(self.gid)).with_context(|| format!("giving away {}", path.display()))
    }
}

/// Lets a command run in a folder and as whom it belongs to.
pub fn run_as(command: &mut Command, folder: &Path, owner: Option<Owner>) {
    command.current_dir(folder).env("LC_ALL", "C");
    if let Some(Owner { uid, gid }) = owner {
        command.uid(uid).gid(gid);
    }
}

/// Runs a command to its end; its words are the error when it fails.
pub fn complete(command: &mut Command) -> Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.output().with_context(|| format!("{name} could not be started"))?;
    ensure!(output.status.success(), "{name} failed: {}", String::from_utf8_lossy(&output.stderr).trim());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_is_found_by_its_whole_name() {
        let users = "postgres2:x:1:2::/:\npostgres:x:101:104:PostgreSQL,,,:/var/lib/postgresql:/bin/bash\n";
        assert_eq!(Owner::named(users, "postgres"), Some(Owner { uid: 101, gid: 104 }));
        assert_eq!(Owner::named(users, "nobody"), None);
    }
}
