//! One cluster for many tests.

use std::env;
use std::sync::OnceLock;

use anyhow::{Context, Error, Result, anyhow};

use super::{Cluster, Options, create_database, query};

/// The environment variable with the URL of a database in a cluster that runs already, in which tests may make their own:
/// `postgres://user@127.0.0.1:5432/postgres`. `cargo xtask test` starts a cluster and sets it.
pub const VARIABLE: &str = "PARLANCE_TEST_POSTGRES";

struct Shared {
    url: String,
    _started: Option<Cluster>,
}

/// A start that failed is not tried again: it would fail for each test.
static SHARED: OnceLock<Result<Shared, String>> = OnceLock::new();

/// The URL of the database `postgres` in the cluster that the tests of this process share: the one that [`VARIABLE`]
/// names, else one that is started now and ends with the process.
///
/// # Errors
/// When there is no cluster and none can be started, with a sentence that says what to do.
pub fn shared() -> Result<&'static str> {
    let shared = SHARED.get_or_init(|| find().map_err(|error| format!("{error:#}")));
    shared.as_ref().map(|shared| shared.url.as_str()).map_err(|error| anyhow!("{error}"))
}

#[expect(clippy::disallowed_methods, reason = "which cluster tests use is the choice of who runs them")]
fn find() -> Result<Shared> {
    if let Ok(url) = env::var(VARIABLE)
        && !url.is_empty()
    {
        return Ok(Shared { url, _started: None });
    }
    let cluster = Cluster::start(Options::default())?;
    Ok(Shared { url: cluster.url("postgres"), _started: Some(cluster) })
}

/// A database of one test. It is removed when dropped, with the connections to it, as far as that is possible.
#[derive(Debug)]
pub struct Database {
    /// Its URL.
    pub url: String,
    name: String,
}

/// An empty database in the shared cluster, in about 30 ms.
///
/// # Panics
/// When it cannot be made, with a sentence that says what to do.
pub async fn database() -> Database {
    let made = tokio::task::spawn_blocking(|| Database::create(shared()?)).await;
    made.map_err(Error::from).flatten().expect("this test needs a database")
}

impl Database {
    fn create(cluster: &str) -> Result<Self> {
        let name = create_database(cluster)?;
        Ok(Self { url: sibling(cluster, &name).context("the URL of the cluster names no database")?, name })
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // The cluster may have been killed, and a test that is over has nobody to tell.
        let _ = shared().and_then(|url| query(url, &format!("DROP DATABASE {} WITH (FORCE)", self.name)));
    }
}

/// The URL of another database in the same cluster.
fn sibling(url: &str, name: &str) -> Option<String> {
    let (path, options) = url.split_once('?').map_or((url, ""), |(path, options)| (path, options));
    let (server, _) = path.rsplit_once('/').filter(|(server, _)| !server.ends_with('/'))?;
    let mark = if options.is_empty() { "" } else { "?" };
    Some(format!("{server}/{name}{mark}{options}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sibling_has_the_same_server_and_options() {
        let url = |url| sibling(url, "x").unwrap_or_default();
        assert_eq!(url("postgres://a:b@h:5/postgres"), "postgres://a:b@h:5/x");
        assert_eq!(url("postgres://a@h/postgres?sslmode=disable"), "postgres://a@h/x?sslmode=disable");
        assert_eq!(url("postgres://a@h"), "");
    }
}
