//! Where a database is.

use std::fmt;
use std::path::{Path, PathBuf};

/// Where a database is.
#[derive(Clone)]
pub enum Place {
    /// A SQLite file.
    Sqlite(PathBuf),
    /// A PostgreSQL database, as a URL, which may hold a password.
    Postgres(String),
}

/// Without a password.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Self::Postgres(url) => f.write_str(&without_secrets(url)),
        }
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Place {
    /// The same place under the one name that it always has, as far as that can be known without going there.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Sqlite(path) => format!("sqlite:{}", absolute(path).display()),
            Self::Postgres(_) => self.to_string(),
        }
    }
}

/// The path without links, whether or not its last part exists.
fn absolute(path: &Path) -> PathBuf {
    let whole = || path.canonicalize().ok();
    let beside = || Some(path.parent()?.canonicalize().ok()?.join(path.file_name()?));
    whole().or_else(beside).or_else(|| std::path::absolute(path).ok()).unwrap_or_else(|| path.to_owned())
}

/// The hosts and the database of a URL: no user, no password, no options.
fn without_secrets(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    // A `?` or a `/` in a password that was not encoded must not make the beginning of it look like a host.
    let rest = rest.rsplit_once('@').map_or(rest, |(_, rest)| rest);
    let rest = rest.split_once('?').map_or(rest, |(rest, _)| rest);
    format!("postgres://{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_named_without_its_secrets() {
        for (url, name) in [
            ("postgres://ann:pw@db.example:5432/house?sslmode=require", "postgres://db.example:5432/house"),
            ("postgresql://db.example/house", "postgres://db.example/house"),
            ("postgres://ann:p@w/x?y@a:1,b:2/house?options=x", "postgres://a:1,b:2/house"),
            ("postgres:///house?host=/run&user=ann&password=pw", "postgres:///house"),
        ] {
            let place = Place::Postgres(url.to_owned());
            assert_eq!((place.to_string(), format!("{place:?}")), (name.to_owned(), name.to_owned()));
        }
    }

    #[test]
    fn a_file_has_one_name_before_and_after_it_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::Sqlite(folder.path().join("./x.db"));
        let before = place.name();
        std::fs::write(folder.path().join("x.db"), b"").unwrap();
        assert_eq!(place.name(), before);
    }
}
