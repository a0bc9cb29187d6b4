//! What a world lives on: a database, and the key that opens the secrets in it.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, bail};
use engine::ids::{Entropy, Ids, SystemEntropy};
use engine::key;
use engine::store::Store;
use engine::vault::{KEY_BYTES, Vault};

use crate::args::Place;
use crate::database::{self, Database, DatabaseError};

/// An open database with its key.
pub struct Home {
    /// The database.
    pub store: Arc<dyn Store>,
    /// The key.
    pub vault: Vault,
    /// Where ids and randomness come from.
    pub ids: Ids,
}

impl Home {
    /// Opens the database, making it and its key when they are new.
    ///
    /// # Errors
    /// A database that does not open, a key that is missing, is none, or is not the one that the secrets were sealed with.
    pub async fn open(place: &Place) -> anyhow::Result<Self> {
        let store = database::open(&database(place)?).await?;
        let ids = Ids::new(SystemEntropy);
        let vault = vault(store.as_ref(), &key_file(place), &ids).await?;
        Ok(Self { store, vault, ids })
    }
}

/// The database that is meant.
///
/// # Errors
/// A text that names none.
pub fn database(place: &Place) -> Result<Database, DatabaseError> {
    match place.database.as_deref().filter(|text| !text.is_empty()) {
        Some(text) => text.parse(),
        None => Ok(Database::Sqlite(place.data.join("parlance.db"))),
    }
}

/// Where its key is, or is to be.
pub fn key_file(place: &Place) -> PathBuf {
    place.key_file.clone().unwrap_or_else(|| place.data.join("key"))
}

async fn vault(store: &dyn Store, path: &Path, ids: &Ids) -> anyhow::Result<Vault> {
    if !path.exists() && key::is_chosen(store).await? {
        bail!(
            "{} is missing: the secrets in the database open with that key only; copy it from another node or restore it \
             from a backup",
            path.display()
        );
    }
    let vault = Vault::new(&read_or_make(path)?);
    key::agree(store, &vault, ids).await.with_context(|| format!("cannot use {}", path.display()))?;
    Ok(vault)
}

/// The key, made once, readable by its owner only; whole or not there at all, whenever the process ends.
///
/// Losing it means that app secrets must be set again.
pub fn read_or_make(path: &Path) -> anyhow::Result<[u8; KEY_BYTES]> {
    if !path.exists() {
        make(path).with_context(|| format!("cannot write {}", path.display()))?;
    }
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    match bytes.try_into() {
        Ok(key) => Ok(key),
        Err(_) => bail!("{} is not a key of {KEY_BYTES} bytes; restore it from a backup", path.display()),
    }
}

fn make(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut unfinished = path.as_os_str().to_owned();
    unfinished.push(".new");
    let unfinished = Path::new(&unfinished);
    let mut file = fs::OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(unfinished)?;
    // Of two that start at once in one folder, the second finds the first one's key.
    file.lock()?;
    if path.exists() {
        return remove(unfinished);
    }
    let mut key = [0; KEY_BYTES];
    SystemEntropy.fill(&mut key);
    file.set_len(0)?;
    file.write_all(&key)?;
    file.sync_all()?;
    fs::rename(unfinished, path)?;
    // The new name is on disk when the folder is.
    fs::File::open(folder)?.sync_all()
}

/// Takes away what the second one made by looking for the first one's unfinished key.
fn remove(unfinished: &Path) -> io::Result<()> {
    match fs::remove_file(unfinished) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
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
        let first = read_or_make(&path).unwrap();
        assert_eq!(read_or_make(&path).unwrap(), first);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing unfinished is left");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        fs::write(&path, b"short").unwrap();
        assert!(read_or_make(&path).is_err());
    }

    #[test]
    fn a_key_whose_making_was_cut_off_is_made_anew() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("key.new"), b"cut o").unwrap();
        let path = folder.path().join("key");
        let made = read_or_make(&path).unwrap();
        assert_eq!(fs::read(&path).unwrap(), made);
    }

    #[test]
    fn many_that_start_at_once_have_one_key() {
        for _ in 0..50 {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("new folder").join("key");
            let keys: Vec<_> = std::thread::scope(|scope| {
                let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| read_or_make(&path).unwrap())).collect();
                threads.into_iter().map(|thread| thread.join().unwrap()).collect()
            });
            assert!(keys.iter().all(|key| *key == keys[0]));
            assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "nothing unfinished is left");
        }
    }
}
