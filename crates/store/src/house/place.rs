//! Where a database is.

use std::fmt;
use std::path::{Path, PathBuf};

use db::tokio_postgres::Config;
use db::tokio_postgres::config::Host;

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

/// The hosts and the database of a URL: no user, no password, no options. Less where a piece of a password that was not
/// encoded could be taken for one of them.
fn without_secrets(url: &str) -> String {
    let Ok(config) = url.parse::<Config>() else { return "postgres://…".to_owned() };
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    if rest[end..].contains('@') || rest.matches('@').count() > 1 {
        return "postgres://…".to_owned();
    }
    let ports = config.get_ports();
    let port = |at: usize| ports.get(at).or(ports.first()).copied().unwrap_or(5432);
    let hosts = config.get_hosts().iter().enumerate().map(|(at, host)| match host {
        Host::Tcp(name) => format!("{}:{}", name.rsplit('@').next().unwrap_or_default(), port(at)),
        Host::Unix(folder) => format!("{}:{}", folder.display(), port(at)),
    });
    let hosts: Vec<_> = hosts.collect();
    format!("postgres://{}/{}", hosts.join(","), config.get_dbname().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_named_without_its_secrets() {
        for (url, name) in [
            ("postgres://ann:s3cret@db.example:5433/house?sslmode=require", "postgres://db.example:5433/house"),
            ("postgresql://db.example/house", "postgres://db.example:5432/house"),
            ("postgres://db.example/house?password=a@s3cret", "postgres://…"),
            ("postgres://ann:1/s3cret@db.example/house", "postgres://…"),
            ("postgres://ann:s3@s3cret@db.example/house", "postgres://…"),
            ("postgres://ann:s3cret@a:1,b:2/house?options=x", "postgres://a:1,b:2/house"),
            ("postgres:///house?host=/run&user=ann&password=s3cret", "postgres:///run:5432/house"),
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
