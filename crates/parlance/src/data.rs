//! The data folder: a database and the key that seals secrets in it.

use std::fs;
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use anyhow::{Context, bail};
use engine::ids::{Entropy, SystemEntropy};
use engine::vault::{KEY_BYTES, Vault};
use store::SqliteStore;

/// Opens the folder, making it when it is new.
///
/// # Errors
/// A folder that cannot be made, is in use by another process, or holds a key that is none.
pub fn open(folder: &Path) -> anyhow::Result<(SqliteStore, Vault)> {
    fs::create_dir_all(folder).with_context(|| format!("cannot make the data folder {}", folder.display()))?;
    let key = key(&folder.join("key"))?;
    let path = folder.join("parlance.db");
    let store = SqliteStore::open(&path).with_context(|| format!("cannot open {}", path.display()))?;
    Ok((store, Vault::new(&key)))
}

/// The key, made once, readable by its owner only. Losing it means that app secrets must be set again.
fn key(path: &Path) -> anyhow::Result<[u8; KEY_BYTES]> {
    match fs::read(path) {
        Ok(bytes) => match bytes.try_into() {
            Ok(key) => Ok(key),
            Err(_) => bail!("{} is not a key of {KEY_BYTES} bytes; restore it from a backup", path.display()),
        },
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let mut key = [0; KEY_BYTES];
            SystemEntropy.fill(&mut key);
            let mut file = fs::OpenOptions::new()
                .write(true)
                .create_new(true)
                .mode(0o600)
                .open(path)
                .with_context(|| format!("cannot make {}", path.display()))?;
            file.write_all(&key).and_then(|()| file.sync_all()).with_context(|| format!("cannot write {}", path.display()))?;
            Ok(key)
        }
        Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
    }
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
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        fs::write(&path, b"short").unwrap();
        assert!(key(&path).is_err());
    }
}
