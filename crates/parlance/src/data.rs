//! The data folder: a database and the key that seals secrets in it.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use anyhow::{Context, bail};
use engine::ids::{Entropy, SystemEntropy};
use engine::store::Store;
use engine::vault::{KEY_BYTES, Vault};
use store::SqliteStore;

/// Opens the folder, making it when it is new.
///
/// # Errors
/// A folder that cannot be made, is in use by another process, holds a key that is none, or has lost its key.
pub async fn open(folder: &Path) -> anyhow::Result<(SqliteStore, Vault)> {
    fs::create_dir_all(folder).with_context(|| format!("cannot make the data folder {}", folder.display()))?;
    let path = folder.join("parlance.db");
    let store = SqliteStore::open(&path).with_context(|| format!("cannot open {}", path.display()))?;
    // Whoever has the database open is alone in the folder.
    let path = folder.join("key");
    if !path.exists() && !store.apps().await?.is_empty() {
        bail!(
            "{} is missing: the secrets in the database open with that key only; restore it from a backup",
            path.display()
        );
    }
    let key = key(&path)?;
    Ok((store, Vault::new(&key)))
}

/// The key, made once, readable by its owner only; whole or not there at all, whenever the process ends.
///
/// Losing it means that app secrets must be set again.
fn key(path: &Path) -> anyhow::Result<[u8; KEY_BYTES]> {
    match fs::read(path) {
        Ok(bytes) => match bytes.try_into() {
            Ok(key) => Ok(key),
            Err(_) => bail!("{} is not a key of {KEY_BYTES} bytes; restore it from a backup", path.display()),
        },
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let mut key = [0; KEY_BYTES];
            SystemEntropy.fill(&mut key);
            write(path, &key).with_context(|| format!("cannot write {}", path.display()))?;
            Ok(key)
        }
        Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
    }
}

fn write(path: &Path, key: &[u8]) -> io::Result<()> {
    let unfinished = path.with_extension("new");
    let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&unfinished)?;
    file.write_all(key)?;
    file.sync_all()?;
    fs::rename(&unfinished, path)?;
    // The new name is on disk when the folder is.
    path.parent().map_or(Ok(()), |folder| fs::File::open(folder)?.sync_all())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_key_is_made_once_and_for_its_owner_only() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        let first = key(&path).unwrap();
        assert_eq!(key(&path).unwrap(), first);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing unfinished is left");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        fs::write(&path, b"short").unwrap();
        assert!(key(&path).is_err());
    }

    #[test]
    fn a_key_whose_making_was_cut_off_is_made_anew() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("key.new"), b"cut o").unwrap();
        let path = folder.path().join("key");
        let made = key(&path).unwrap();
        assert_eq!(fs::read(&path).unwrap(), made);
    }
}
