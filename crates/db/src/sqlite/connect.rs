//! Opening: the lock that keeps a second process out, and the settings of each kind of connection.

use std::{
    fs::{File, TryLockError},
    io,
    path::{Path, PathBuf},
    time::Duration,
};

use rusqlite::{Connection, OpenFlags, config::DbConfig};

use crate::DbError;

/// Bytes of a page; what `SqliteOptions::checkpoint_pages` counts.
const PAGE_BYTES: u32 = 4096;
/// A frame of the write-ahead log is a page behind a header of this size.
const FRAME_HEADER_BYTES: u32 = 24;
/// Statements that each connection keeps prepared.
const STATEMENTS: usize = 128;
/// Every commit empties a reader's cache, so it only has to hold what one query touches.
const READER_CACHE_KIB: u32 = 4096;
/// How long the checkpointer, which holds the writer up meanwhile, waits for readers to leave the log.
const CHECKPOINTER_PATIENCE: Duration = Duration::from_millis(50);

/// Bytes that `pages` take in the write-ahead log.
pub(super) fn wal_bytes(pages: u32) -> u64 {
    u64::from(pages) * u64::from(PAGE_BYTES + FRAME_HEADER_BYTES)
}

/// The path that SQLite and the lock are given: absolute, with links resolved, so that one database has one lock
/// and no path is taken for a `file:` address.
pub(super) fn resolve(path: &Path) -> Result<PathBuf, DbError> {
    path.canonicalize()
        .or_else(|_| std::path::absolute(path))
        .map_err(|source| DbError::Disk { path: path.to_owned(), source })
}

/// Locks `<path>.lock` until the file is dropped.
///
/// The lock is advisory and on a file of its own: SQLite's exclusive mode would lock our own readers out too.
pub(super) fn lock(database: &Path) -> Result<File, DbError> {
    let mut path = database.as_os_str().to_owned();
    path.push(".lock");
    let path = PathBuf::from(path);
    let opened = File::options().create(true).truncate(false).write(true).open(&path);
    let file = match opened {
        Ok(file) => file,
        Err(source) => return Err(DbError::Disk { path, source }),
    };
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(DbError::Locked { path }),
        Err(TryLockError::Error(source)) => Err(DbError::Disk { path, source }),
    }
}

/// The connection of the writer thread; creates the database when there is none.
pub(super) fn writer(path: &Path, cache_kib: u32) -> Result<Connection, DbError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
    let connection = open(path, flags, cache_kib)?;
    // The page size counts only while the database is empty, and must come before the journal mode.
    connection.pragma_update(None, "page_size", PAGE_BYTES)?;
    let mode: String = connection.pragma_update_and_check(None, "journal_mode", "wal", |row| row.get(0))?;
    if mode != "wal" {
        let source = io::Error::other("the file system does not allow a write-ahead log");
        return Err(DbError::Disk { path: path.to_owned(), source });
    }
    write_settings(&connection)?;
    Ok(connection)
}

/// The connection of the checkpoint thread.
pub(super) fn checkpointer(path: &Path) -> Result<Connection, DbError> {
    let connection = open(path, OpenFlags::SQLITE_OPEN_READ_WRITE, READER_CACHE_KIB)?;
    write_settings(&connection)?;
    connection.busy_timeout(CHECKPOINTER_PATIENCE)?;
    Ok(connection)
}

/// One connection of the reader pool; it cannot write.
pub(super) fn reader(path: &Path) -> Result<Connection, DbError> {
    let connection = open(path, OpenFlags::SQLITE_OPEN_READ_ONLY, READER_CACHE_KIB)?;
    connection.pragma_update(None, "query_only", true)?;
    Ok(connection)
}

/// Foreign keys are off: what refers to what is the engine's rule, checked before the write, and enforcing it again
/// costs a look-up for each row and an index on each referring column, which is what writing on SQLite is made of.
fn open(path: &Path, access: OpenFlags, cache_kib: u32) -> Result<Connection, DbError> {
    let connection = Connection::open_with_flags(path, access | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    // Without this guarantee the planner looks at bound values and prepares a statement anew when one changes: a third of
    // the processor time of a send.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.pragma_update(None, "foreign_keys", false)?;
    connection.pragma_update(None, "temp_store", "memory")?;
    connection.pragma_update(None, "mmap_size", 0)?;
    // A negative size is in KiB, a positive one in pages.
    connection.pragma_update(None, "cache_size", -i64::from(cache_kib))?;
    Ok(connection)
}

fn write_settings(connection: &Connection) -> Result<(), DbError> {
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "wal_autocheckpoint", 0)?;
    Ok(())
}
