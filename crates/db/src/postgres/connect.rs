//! Connecting: host after host, each within its part of the time.

use std::{sync::Arc, time::Duration};

use tokio::time::timeout;
use tokio_postgres::NoTls;
use tokio_postgres_rustls::MakeRustlsConnect;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{
    address::{self, Place, Role, Settings},
    failure,
    link::Link,
    news::News,
    tls,
};
use crate::DbError;

/// Queries on such a connection are repeated when it is lost, so they must not be able to write.
const READ_ONLY: &str = "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY";

/// What makes the connections of one database.
pub(super) struct Connector {
    places: Vec<Place>,
    tls: Option<MakeRustlsConnect>,
    timeout: Duration,
    /// The tasks of the connections.
    tasks: TaskTracker,
    /// Cuts every connection.
    cut: CancellationToken,
}

impl Connector {
    pub fn new(url: &str, timeout: Duration, settings: Settings) -> Result<Self, DbError> {
        let places = address::places(url, timeout, settings)?;
        let tls = if places.iter().any(|place| place.tls) { Some(tls::connector()?) } else { None };
        Ok(Self { places, tls, timeout, tasks: TaskTracker::new(), cut: CancellationToken::new() })
    }

    /// A new connection, to the first host that can be written to.
    ///
    /// Fails with [`DbError::Unreachable`], which says for each host why.
    pub async fn connect(&self, role: Role, news: Option<&Arc<News>>) -> Result<Link, DbError> {
        let mut reasons = Vec::new();
        let mut left = self.timeout;
        for (index, place) in self.places.iter().enumerate() {
            // A host that hangs must leave time for those after it.
            let share = left / u32::try_from(self.places.len() - index).unwrap_or(u32::MAX);
            match timeout(share, self.reach(place, role, news)).await {
                Ok(Ok(link)) => return Ok(link),
                Ok(Err(error)) => reasons.push(format!("{}: {}", place.label, failure::describe(&error))),
                Err(_) => {
                    left = left.saturating_sub(share);
                    reasons.push(format!("{}: no answer in time", place.label));
                }
            }
        }
        Err(DbError::Unreachable(reasons.join("; ")))
    }

    async fn reach(&self, place: &Place, role: Role, news: Option<&Arc<News>>) -> Result<Link, tokio_postgres::Error> {
        let (config, cut, news) = (place.config(role), self.cut.child_token(), news.cloned());
        let link = match &self.tls {
            Some(tls) if place.tls => {
                let (client, connection) = config.connect(tls.clone()).await?;
                Link::start(client, connection, &self.tasks, cut, self.timeout, news)
            }
            _ => {
                let (client, connection) = config.connect(NoTls).await?;
                Link::start(client, connection, &self.tasks, cut, self.timeout, news)
            }
        };
        if role == Role::Read {
            link.client.batch_execute(READ_ONLY).await?;
        }
        Ok(link)
    }

    /// Waits until every connection has ended, and cuts those that do not.
    pub async fn close(&self) {
        self.tasks.close();
        if timeout(self.timeout, self.tasks.wait()).await.is_err() {
            self.cut.cancel();
            self.tasks.wait().await;
        }
    }
}
