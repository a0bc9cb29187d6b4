//! How a database on PostgreSQL is opened.

use std::{fmt, time::Duration};

/// Where the database is, and the bounds that one process works within.
#[derive(Clone)]
pub struct PostgresOptions {
    /// `postgres://user:password@host:5432/database?sslmode=…`, with several hosts if need be (`a:5432,b:5432`): the
    /// first that can be written to is taken.
    ///
    /// `sslmode` is `disable`, `prefer` (the default) or `require`; a certificate is always checked against those that
    /// the machine trusts. A Unix socket never has TLS, and a loopback address only under `require`.
    pub url: String,
    /// Connections that keyed look-ups share; at least 1.
    pub readers: usize,
    /// Connections that write, and so groups that run at one time; at least 1.
    pub writers: usize,
    /// Operations in one transaction at most; at least 1.
    pub group_limit: usize,
    /// Operations that may wait for a writer, in all; at least 1.
    pub queue: usize,
    /// Bounds everything that waits for the database: connecting, a query, a group, and an operation's wait for its
    /// group to begin.
    pub timeout: Duration,
    /// Settings of the server that every connection has on which statements of the caller run, as in
    /// `("enable_seqscan", "off")`.
    pub settings: &'static [(&'static str, &'static str)],
    /// How long [`Postgres::told`](super::Postgres::told) may go without asking for a look at everything.
    pub poll: Duration,
}

impl PostgresOptions {
    /// The defaults, for a database at `url`: 3 readers, 4 writers, groups of 512, a queue of 4096, a time-out of
    /// 5 seconds, and a look at everything each second.
    pub fn at(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            readers: 3,
            writers: 4,
            group_limit: 512,
            queue: 4096,
            timeout: Duration::from_secs(5),
            settings: &[],
            poll: Duration::from_secs(1),
        }
    }
}

impl fmt::Debug for PostgresOptions {
    /// Without the address, which may hold a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PostgresOptions")
            .field("readers", &self.readers)
            .field("writers", &self.writers)
            .field("group_limit", &self.group_limit)
            .field("queue", &self.queue)
            .field("timeout", &self.timeout)
            .field("settings", &self.settings)
            .field("poll", &self.poll)
            .finish_non_exhaustive()
    }
}
