//! The receiving end: the handshake, and deliveries that are stored before they are answered.

use client::webhook::{self, WebhookError};
use http::HeaderMap;
use secrecy::ExposeSecret;

use super::split::{Arrival, split};
use crate::desk::{Desk, Problem};
use crate::facts::Connection;
use crate::ids::{ConnectionId, WorkspaceId};
use crate::sql::{desk, inbound};
use crate::store::ChangeSet;

/// Why a delivery is not taken.
#[derive(Debug, thiserror::Error)]
pub enum NotTaken {
    /// There is no such connection, or the signature or token is wrong: answer 403, and let nobody tell which.
    #[error("not taken: {0}")]
    Forged(String),
    /// It could not be stored: answer 500, so that the platform brings it again.
    #[error(transparent)]
    Problem(#[from] Problem),
}

impl Desk {
    /// Answers a handshake (contract webhooks 1.3).
    ///
    /// # Errors
    /// [`NotTaken`].
    pub async fn shake_hands(&self, id: ConnectionId, query: &[(String, String)]) -> Result<String, NotTaken> {
        let connection = self.receiver(id).await?;
        let token = self.opened(&connection.verify_token)?;
        let pairs = query.iter().map(|(name, value)| (name, value));
        webhook::verify_challenge(pairs, &token).map_err(|error| NotTaken::Forged(error.to_string()))
    }

    /// Takes a delivery: it is verified over its very bytes and durable when this returns. Gives how many events it had.
    ///
    /// # Errors
    /// [`NotTaken`].
    pub async fn receive(&self, id: ConnectionId, headers: &HeaderMap, body: &[u8]) -> Result<usize, NotTaken> {
        let connection = self.receiver(id).await?;
        let secret = self.opened(&connection.app_secret)?;
        let forged = |error: WebhookError| NotTaken::Forged(error.to_string());
        webhook::verify(&[secret], headers, body).map_err(forged)?;
        let arrivals = split(body);
        let count = arrivals.len();
        self.keep(&connection, arrivals).await?;
        Ok(count)
    }

    /// Stores events that are not there yet, and has them applied in this order, behind what this process stored before.
    pub(crate) async fn keep(&self, connection: &Connection, arrivals: Vec<Arrival>) -> Result<(), Problem> {
        let now = self.now();
        let mut set = ChangeSet::new(connection.workspace, now);
        for arrival in arrivals {
            let Arrival { key, lane, mid, body } = arrival;
            let event = inbound::Inbound {
                workspace: connection.workspace,
                connection: connection.id,
                key,
                id: self.arrivals.make(now, self.entropy.as_ref()),
                lane,
                body: Some(body),
                received_time: now,
            };
            set.write(inbound::add(event, mid));
        }
        self.commit(set, Problem::Busy).await?;
        self.arrived();
        Ok(())
    }

    /// How many events of a workspace came in, and how many of them are applied.
    ///
    /// # Errors
    /// The store's.
    pub async fn received(&self, workspace: WorkspaceId) -> Result<(u64, u64), Problem> {
        Ok(self.store.one(inbound::count(workspace)).await?.unwrap_or_default())
    }

    /// An event as it came, by its key; `Some(None)` when what it said was unsent since.
    ///
    /// # Errors
    /// The store's.
    pub async fn as_it_came(
        &self,
        workspace: WorkspaceId,
        connection: ConnectionId,
        key: &str,
    ) -> Result<Option<Option<String>>, Problem> {
        Ok(self.store.one(inbound::body(workspace, connection, key.to_owned())).await?)
    }

    async fn receiver(&self, id: ConnectionId) -> Result<Connection, NotTaken> {
        let found = self.store.one(desk::connection(id)).await.map_err(Problem::from)?;
        found.ok_or_else(|| NotTaken::Forged("there is no such connection".to_owned()))
    }

    fn opened(&self, sealed: &str) -> Result<String, NotTaken> {
        let secret = self.open(sealed)?;
        Ok(secret.expose_secret().to_owned())
    }
}
