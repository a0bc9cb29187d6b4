//! What the tests of the SQLite driver share: a database of numbers, and a way to make the writer stand still.

use std::{path::PathBuf, sync::mpsc};

use parlance_db::{DbError, Migration, Sqlite, SqliteOptions, WriteError, rusqlite::Connection};
use tempfile::TempDir;
use tokio::{sync::oneshot, task::JoinHandle};

pub const SCHEMA: &[Migration] =
    &[Migration { number: 1, name: "numbers", sql: "CREATE TABLE number (value INTEGER NOT NULL) STRICT" }];

/// A folder for one database, removed at the end.
pub struct Folder(TempDir);

impl Folder {
    pub fn new() -> Self {
        Self(TempDir::new().expect("a temporary folder can be made"))
    }

    pub fn options(&self) -> SqliteOptions {
        SqliteOptions::at(self.path("numbers.db"))
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn open(&self) -> Sqlite {
        Sqlite::open(self.options(), SCHEMA).expect("the database opens")
    }
}

/// The operation that every test makes.
pub fn insert(connection: &Connection, value: i64) -> Result<(), String> {
    let mut statement =
        connection.prepare_cached("INSERT INTO number VALUES (?)").map_err(|error| error.to_string())?;
    statement.execute([value]).map(drop).map_err(|error| error.to_string())
}

pub async fn add(db: &Sqlite, value: i64) -> Result<(), WriteError<String>> {
    db.write(move |connection| insert(connection, value)).await
}

pub async fn values(db: &Sqlite) -> Result<Vec<i64>, DbError> {
    db.read(|connection| {
        connection.prepare("SELECT value FROM number ORDER BY value")?.query_map([], |row| row.get(0))?.collect()
    })
    .await
}

/// A writer that has inserted a number and stands still inside that operation.
pub struct Halt {
    go: mpsc::Sender<()>,
    pub write: JoinHandle<Result<(), WriteError<String>>>,
}

impl Halt {
    pub async fn at(db: &Sqlite, value: i64) -> Self {
        let (go, wait) = mpsc::channel();
        let (reached, here) = oneshot::channel();
        let db = db.clone();
        let write = tokio::spawn(async move {
            db.write(move |connection| {
                insert(connection, value)?;
                reached.send(()).map_err(|()| "nobody waits".to_owned())?;
                wait.recv().map_err(|error| error.to_string())
            })
            .await
        });
        here.await.expect("the writer reaches the operation");
        Self { go, write }
    }

    pub async fn release(self) {
        self.go.send(()).expect("the writer waits");
        self.write.await.expect("the task ends").expect("the write is made");
    }
}

/// Returns once that many operations wait for the writer.
pub async fn queued(db: &Sqlite, count: u64) {
    while db.stats().queued < count {
        tokio::task::yield_now().await;
    }
}
