//! Backup of a SQLite database that may be in use, and the way back.
//!
//! A backup is a folder with the database and the key that opens the secrets in it. Whatever is made gets its name when it
//! is whole and on disk, the database last, so a folder with a database in it is a whole backup.

use std::fs::{self, DirBuilder, File};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use db::Sqlite;
use db::rusqlite::{Connection, OpenFlags};

use super::sqlite::{has_table, holds_anything, newest_version, reader, version};
use super::{HouseError, UNFINISHED};

const DATABASE: &str = "parlance.db";
const KEY: &str = "key";

/// What a backup came to.
#[derive(Debug, Clone, Copy)]
pub struct Backup {
    /// Bytes of the database in it.
    pub bytes: u64,
}

/// What a restore did.
#[derive(Debug)]
pub struct Restored {
    /// Where the database that was there before is kept.
    pub kept: Option<PathBuf>,
}

/// Copies the database in `folder`, as it is at one moment, and its key into the folder `to`, which is made for its owner
/// only when it is new. A server may have the database open: it goes on writing meanwhile. Blocks.
///
/// # Errors
/// [`HouseError::Refused`] when there is no database, no key, an unfinished copy, or a backup at `to` already; else as the
/// disk and the database fail.
pub fn backup(folder: &Path, to: &Path) -> Result<Backup, HouseError> {
    let database = folder.join(DATABASE);
    let Some(source) = reader(&database)? else {
        return Err(HouseError::refused(format!("there is no database in {}", folder.display())));
    };
    if has_table(&source, "copy_progress")? {
        return Err(HouseError::refused(UNFINISHED));
    }
    let key = key(folder)?;
    DirBuilder::new().recursive(true).mode(0o700).create(to).map_err(HouseError::disk(to))?;
    let (place, unfinished) = (to.join(DATABASE), to.join("parlance.db.new"));
    if place.exists() {
        return Err(HouseError::refused(format!("there is a backup in {} already", to.display())));
    }
    remove(&unfinished)?;
    let name = unfinished.to_str().ok_or_else(|| HouseError::refused("the name of the folder is not text"))?;
    source.execute("VACUUM INTO ?1", [name])?;
    sound(&open(&unfinished)?, "quick_check")?;
    File::open(&unfinished).and_then(|file| file.sync_all()).map_err(HouseError::disk(&unfinished))?;
    write_key(to, &key)?;
    rename(&unfinished, &place)?;
    sync(to)?;
    let bytes = fs::metadata(&place).map_err(HouseError::disk(&place))?.len();
    Ok(Backup { bytes })
}

/// Puts the backup in `from` into `folder`, once it was found whole. Blocks.
///
/// A database that is there already is replaced only when `aside` is given: then it is kept under its name with that
/// behind it, and so is its key. At no moment is there no database.
///
/// # Errors
/// [`HouseError::Refused`] when there is no backup at `from` or it is damaged or made by a newer program, when `folder`
/// holds something and `aside` is not given or such a file is there; [`HouseError::Database`] when `folder` is in use.
pub fn restore(from: &Path, folder: &Path, aside: Option<&str>) -> Result<Restored, HouseError> {
    let source = from.join(DATABASE);
    let Some(backup) = reader(&source)? else {
        return Err(HouseError::refused(format!("there is no backup in {}", from.display())));
    };
    sound(&backup, "integrity_check")?;
    let (version, newest) = (version(&backup)?, newest_version());
    if version == 0 || version > newest {
        return Err(HouseError::refused(format!(
            "the schema of the backup is at number {version}, that of this program at {newest}: restore it with the program that made it"
        )));
    }
    drop(backup);
    let key = key(from)?;
    fs::create_dir_all(folder).map_err(HouseError::disk(folder))?;
    let place = folder.join(DATABASE);
    let _lock = Sqlite::lock(&place)?;
    // What does not open as a database is kept rather than lost.
    let holds = reader(&place).and_then(|old| old.map_or(Ok(false), |old| holds_anything(&old))).unwrap_or(true);
    if holds && aside.is_none() {
        return Err(HouseError::refused(format!(
            "there is a database in {} already; with --replace it is kept aside",
            folder.display()
        )));
    }
    let unfinished = folder.join("parlance.db.new");
    remove(&unfinished)?;
    fs::copy(&source, &unfinished).map_err(HouseError::disk(&unfinished))?;
    File::open(&unfinished).and_then(|file| file.sync_all()).map_err(HouseError::disk(&unfinished))?;
    let kept = match aside {
        Some(aside) if holds => Some(keep(folder, aside)?),
        _ => None,
    };
    clear_log(&place)?;
    write_key(folder, &key)?;
    rename(&unfinished, &place)?;
    sync(folder)?;
    Ok(Restored { kept })
}

/// Gives the database and the key of a folder a second name.
fn keep(folder: &Path, aside: &str) -> Result<PathBuf, HouseError> {
    // So that the one file is all of it. One that is damaged keeps its log beside it.
    drop(fold(&folder.join(DATABASE)));
    for name in ["parlance.db-wal", DATABASE, KEY] {
        let (old, new) = (folder.join(name), folder.join(renamed(name, aside)));
        match fs::hard_link(&old, &new) {
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            linked => linked.map_err(HouseError::disk(&new))?,
        }
    }
    sync(folder)?;
    Ok(folder.join(renamed(DATABASE, aside)))
}

/// `-wal` stays at the end, where SQLite looks for it.
fn renamed(name: &str, aside: &str) -> String {
    match name.strip_suffix("-wal") {
        Some(name) => format!("{name}.{aside}-wal"),
        None => format!("{name}.{aside}"),
    }
}

/// Moves the write-ahead log into the database.
fn fold(path: &Path) -> Result<(), HouseError> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    connection.close().map_err(|(_, error)| error.into())
}

/// What is left of the log of a database that is about to be replaced is not the new one's.
fn clear_log(path: &Path) -> Result<(), HouseError> {
    ["-wal", "-shm"].iter().try_for_each(|end| {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        remove(Path::new(&name))
    })
}

/// A copy by itself, with no log beside it and nobody else at it.
fn open(path: &Path) -> Result<Connection, HouseError> {
    Ok(Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?)
}

fn sound(connection: &Connection, pragma: &str) -> Result<(), HouseError> {
    let first: String = connection.query_row(&format!("PRAGMA {pragma}(1)"), [], |row| row.get(0))?;
    if first == "ok" { Ok(()) } else { Err(HouseError::refused(format!("the backup is damaged: {first}"))) }
}

fn key(folder: &Path) -> Result<Vec<u8>, HouseError> {
    let path = folder.join(KEY);
    match fs::read(&path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Err(HouseError::refused(format!(
            "{} is missing: without it the secrets in the database cannot be opened",
            path.display()
        ))),
        read => read.map_err(HouseError::disk(&path)),
    }
}

fn write_key(folder: &Path, key: &[u8]) -> Result<(), HouseError> {
    let (path, unfinished) = (folder.join(KEY), folder.join("key.new"));
    remove(&unfinished)?;
    let made = File::options().write(true).create_new(true).mode(0o600).open(&unfinished);
    let written = made.and_then(|mut file| file.write_all(key).and_then(|()| file.sync_all()));
    written.map_err(HouseError::disk(&unfinished))?;
    rename(&unfinished, &path)
}

fn rename(from: &Path, to: &Path) -> Result<(), HouseError> {
    fs::rename(from, to).map_err(HouseError::disk(to))
}

fn remove(path: &Path) -> Result<(), HouseError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        removed => removed.map_err(HouseError::disk(path)),
    }
}

/// New names are on disk when their folder is.
fn sync(folder: &Path) -> Result<(), HouseError> {
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(HouseError::disk(folder))
}
