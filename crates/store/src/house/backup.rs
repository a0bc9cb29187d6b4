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

/// The files of a database.
#[derive(Debug, Clone)]
pub struct Files {
    /// The database.
    pub database: PathBuf,
    /// The key that opens the secrets in it.
    pub key: PathBuf,
}

impl Files {
    /// Those of a data folder, or of a backup.
    pub fn of(folder: &Path) -> Self {
        Self { database: folder.join("parlance.db"), key: folder.join("key") }
    }
}

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

/// Copies a database, as it is at one moment, and its key into the folder `to`, which is made for its owner only when it is
/// new. A server may have the database open: it goes on writing meanwhile. Blocks.
///
/// # Errors
/// [`HouseError::Refused`] when there is no database, no key, an unfinished copy, or a backup at `to` already; else as the
/// disk and the database fail.
pub fn backup(files: &Files, to: &Path) -> Result<Backup, HouseError> {
    let Some(source) = reader(&files.database)? else {
        return Err(HouseError::refused(format!("there is no database at {}", files.database.display())));
    };
    if has_table(&source, "copy_progress")? {
        return Err(HouseError::refused(UNFINISHED));
    }
    let key = key(&files.key)?;
    DirBuilder::new().recursive(true).mode(0o700).create(to).map_err(HouseError::disk(to))?;
    let place = Files::of(to);
    if place.database.exists() {
        return Err(HouseError::refused(format!("there is a backup in {} already", to.display())));
    }
    let unfinished = beside(&place.database, ".new");
    remove(&unfinished)?;
    let name = unfinished.to_str().ok_or_else(|| HouseError::refused("the name of the folder is not text"))?;
    source.execute("VACUUM INTO ?1", [name])?;
    sound(&open(&unfinished)?, "quick_check")?;
    write_key(&place.key, &key)?;
    put(&unfinished, &place.database)?;
    let bytes = fs::metadata(&place.database).map_err(HouseError::disk(&place.database))?.len();
    Ok(Backup { bytes })
}

/// Puts the backup in the folder `from` in place, once it was found whole. Blocks.
///
/// A database that is there already is replaced only when `aside` is given: then it is kept under its name with that
/// behind it, and so is its key. At no moment is there no database.
///
/// # Errors
/// [`HouseError::Refused`] when there is no backup at `from` or it is damaged or made by a newer program, and when there is
/// a database and `aside` is not given; [`HouseError::Database`] when it is in use; [`HouseError::Disk`] when something
/// was kept under such a name before.
pub fn restore(from: &Path, files: &Files, aside: Option<&str>) -> Result<Restored, HouseError> {
    let source = Files::of(from);
    let Some(backup) = reader(&source.database)? else {
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
    let key = key(&source.key)?;
    for path in [&files.database, &files.key] {
        fs::create_dir_all(folder(path)).map_err(HouseError::disk(path))?;
    }
    let _lock = Sqlite::lock(&files.database)?;
    // What does not open as a database is kept rather than lost.
    let holds =
        reader(&files.database).and_then(|old| old.map_or(Ok(false), |old| holds_anything(&old))).unwrap_or(true);
    if holds && aside.is_none() {
        return Err(HouseError::refused(format!(
            "there is a database at {} already; with --replace it is kept aside",
            files.database.display()
        )));
    }
    let unfinished = beside(&files.database, ".new");
    remove(&unfinished)?;
    fs::copy(&source.database, &unfinished).map_err(HouseError::disk(&unfinished))?;
    let kept = match aside {
        Some(aside) if holds => Some(keep(files, aside)?),
        _ => None,
    };
    // What is left of the log of the old one is not the new one's.
    remove(&beside(&files.database, "-wal"))?;
    remove(&beside(&files.database, "-shm"))?;
    write_key(&files.key, &key)?;
    put(&unfinished, &files.database)?;
    Ok(Restored { kept })
}

/// Gives a database and its key second names.
fn keep(files: &Files, aside: &str) -> Result<PathBuf, HouseError> {
    // So that the one file is all of it. One that is damaged keeps its log beside it, where SQLite looks for it.
    drop(fold(&files.database));
    let new = |path: &Path| beside(path, &format!(".{aside}"));
    let (database, key) = (new(&files.database), new(&files.key));
    let log = (beside(&files.database, "-wal"), beside(&database, "-wal"));
    for (old, new) in [(&log.0, &log.1), (&files.database, &database), (&files.key, &key)] {
        match fs::hard_link(old, new) {
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            linked => linked.map_err(HouseError::disk(new))?,
        }
    }
    sync(folder(&database))?;
    Ok(database)
}

/// The path with something behind its name.
fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Moves the write-ahead log into the database.
fn fold(path: &Path) -> Result<(), HouseError> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    connection.close().map_err(|(_, error)| error.into())
}

/// A copy by itself, with no log beside it and nobody else at it.
fn open(path: &Path) -> Result<Connection, HouseError> {
    Ok(Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?)
}

fn sound(connection: &Connection, pragma: &str) -> Result<(), HouseError> {
    let first: String = connection.query_row(&format!("PRAGMA {pragma}(1)"), [], |row| row.get(0))?;
    if first == "ok" { Ok(()) } else { Err(HouseError::refused(format!("the backup is damaged: {first}"))) }
}

fn key(path: &Path) -> Result<Vec<u8>, HouseError> {
    match fs::read(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Err(HouseError::refused(format!(
            "{} is missing: without it the secrets in the database cannot be opened",
            path.display()
        ))),
        read => read.map_err(HouseError::disk(path)),
    }
}

fn write_key(path: &Path, key: &[u8]) -> Result<(), HouseError> {
    let unfinished = beside(path, ".new");
    remove(&unfinished)?;
    let made = File::options().write(true).create_new(true).mode(0o600).open(&unfinished);
    made.and_then(|mut file| file.write_all(key)).map_err(HouseError::disk(&unfinished))?;
    put(&unfinished, path)
}

/// Gives a whole file its name; both are on disk afterwards.
fn put(unfinished: &Path, path: &Path) -> Result<(), HouseError> {
    let synced = File::open(unfinished).and_then(|file| file.sync_all());
    synced.and_then(|()| fs::rename(unfinished, path)).map_err(HouseError::disk(path))?;
    sync(folder(path))
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
