//! Which database a command works on, and opening it.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;

use anyhow::Context;
use engine::store::Store;
use store::{PostgresStore, SqliteStore};
use url::Url;

/// Where a world is kept. What it prints of itself holds no password.
#[derive(Clone, PartialEq, Eq)]
pub enum Database {
    /// A file that one process has to itself.
    Sqlite(PathBuf),
    /// A server that many nodes share, as a URL that may hold a password.
    Postgres(String),
}

/// The text names no database. It is not repeated here, since it may hold a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a database is named as postgres://… or sqlite:PATH")]
pub struct DatabaseError;

impl FromStr for Database {
    type Err = DatabaseError;

    fn from_str(text: &str) -> Result<Self, DatabaseError> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self::Postgres(text.to_owned()));
        }
        let path = text.strip_prefix("sqlite:").filter(|path| !path.is_empty()).ok_or(DatabaseError)?;
        Ok(Self::Sqlite(path.into()))
    }
}

impl fmt::Display for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "{}", path.display()),
            Self::Postgres(url) => match address(url) {
                Some(address) => write!(f, "PostgreSQL at {address}"),
                None => f.write_str("PostgreSQL"),
            },
        }
    }
}

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Database({self})")
    }
}

/// Host, port and database of a URL; nothing where a part of the password could be taken for one of them.
fn address(text: &str) -> Option<String> {
    let url = Url::parse(text).ok()?;
    // A password that is not escaped may end early, and its rest look like a path.
    if text.contains('@') && url.username().is_empty() {
        return None;
    }
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    Some(format!("{}{port}{}", url.host_str()?, url.path()))
}

/// Opens a database and brings its schema up to date.
///
/// # Errors
/// A file that is in use by another process or cannot be used, a server that cannot be reached.
pub async fn open(database: &Database) -> anyhow::Result<Arc<dyn Store>> {
    let opened: anyhow::Result<Arc<dyn Store>> = match database {
        Database::Sqlite(path) => {
            make_folder(path)?;
            SqliteStore::open(path).map(|store| Arc::new(store) as _).map_err(Into::into)
        }
        Database::Postgres(url) => PostgresStore::open(url).await.map(|store| Arc::new(store) as _).map_err(Into::into),
    };
    opened.with_context(|| format!("cannot open {database}"))
}

/// Makes the folder in which a database is to be.
///
/// # Errors
/// The system's.
pub fn make_folder(path: &Path) -> anyhow::Result<()> {
    let Some(folder) = path.parent() else { return Ok(()) };
    fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_is_named_by_its_scheme() {
        assert_eq!("sqlite:a/b.db".parse(), Ok(Database::Sqlite("a/b.db".into())));
        for url in ["postgres://h/d", "postgresql://u:p@h:1/d"] {
            assert_eq!(url.parse(), Ok(Database::Postgres(url.into())));
        }
        for text in ["", "a.db", "sqlite:", "mysql://u:p@h/d"] {
            assert_eq!(text.parse::<Database>(), Err(DatabaseError));
        }
    }

    #[test]
    fn nothing_printed_holds_a_password() {
        let rows = [
            (
                "postgres://node:s3cret@db.example.com:5433/parlance?sslmode=require",
                "PostgreSQL at db.example.com:5433/parlance",
            ),
            ("postgres://db.example.com/parlance?password=s3cret", "PostgreSQL at db.example.com/parlance"),
            ("postgres://node:1/s3cret@db.example.com/parlance", "PostgreSQL"),
            ("postgres://node:1/s3?cret@db.example.com/parlance", "PostgreSQL"),
            ("postgres://node:s3cret@a,b:5432/parlance", "PostgreSQL at a,b:5432/parlance"),
            ("postgres://node:s3cret@", "PostgreSQL"),
        ];
        for (url, shown) in rows {
            let database: Database = url.parse().unwrap();
            assert_eq!(database.to_string(), shown);
            assert!(!format!("{database:?}").contains("s3cret"));
        }
        let wrong = "mysql://node:s3cret@h/d".parse::<Database>().unwrap_err();
        assert!(!format!("{wrong:?} {wrong}").contains("s3cret"));
    }
}
