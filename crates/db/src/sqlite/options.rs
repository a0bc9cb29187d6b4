//! How a database is opened.

use std::path::PathBuf;

/// Where the database is, and the bounds that it works within.
#[derive(Debug, Clone)]
pub struct SqliteOptions {
    /// The database file. Its folder must exist; `-wal`, `-shm` and `.lock` files are kept beside it.
    pub path: PathBuf,
    /// Read-only connections, and so queries that run at one time; at least 1.
    pub readers: usize,
    /// Operations in one transaction at most; at least 1.
    pub group_limit: usize,
    /// Operations that may wait for the writer; at least 1.
    pub queue: usize,
    /// Page cache of the writer, in KiB.
    pub cache_kib: u32,
    /// Pages in the write-ahead log (4 KiB each) from which it is copied into the database.
    pub checkpoint_pages: u32,
    /// A statement that runs at every opening, once the schema is up to date and before anybody else gets a connection.
    pub at_start: Option<&'static str>,
}

impl SqliteOptions {
    /// The defaults, for a database at `path`: 4 readers, groups of 512, a queue of 4096, 64 MiB of cache, and a
    /// write-ahead log of about 64 MiB.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into(),
            readers: 4,
            group_limit: 512,
            queue: 4096,
            cache_kib: 64 * 1024,
            checkpoint_pages: 16_000,
            at_start: None,
        }
    }
}
