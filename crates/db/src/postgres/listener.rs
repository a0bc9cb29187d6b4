//! Hears what other processes tell, on a connection of its own.

use std::{sync::Arc, time::Duration};

use tokio::time::timeout;

use super::{
    address::Role,
    failure,
    hub::{Hub, Pauses},
    link::Link,
    news::News,
};
use crate::DbError;

/// The channel is one for each database.
const LISTEN: &str = "LISTEN parlance";
/// Asks whether the server is still there: nobody else would notice, as nothing is ever sent on this connection.
const PING: &str = "";

/// A connection that hears everything from now on.
pub(super) async fn listen(hub: &Hub, news: &Arc<News>) -> Result<Link, DbError> {
    let link = hub.connector.connect(Role::Relaxed, Some(news)).await?;
    if ask(&link, LISTEN, hub.timeout).await {
        Ok(link)
    } else {
        link.cut();
        Err(DbError::Unreachable("listening failed".to_owned()))
    }
}

/// Keeps listening until the database is closed.
pub(super) async fn run(hub: Arc<Hub>, news: Arc<News>, link: Link) {
    let listening = async {
        let (mut link, mut before) = (link, true);
        loop {
            while watch(&link, hub.timeout).await {}
            link.cut();
            let mut pauses = Pauses::new();
            link = loop {
                match listen(&hub, &news).await {
                    Ok(link) => break link,
                    Err(error) => tracing::debug!(%error, "nothing is heard of other processes"),
                }
                pauses.pause().await;
            };
            hub.connected(&mut before);
            // Whatever was told meanwhile was told to nobody.
            news.add(u32::MAX);
        }
    };
    tokio::select! {
        () = hub.closing.cancelled() => {}
        () = listening => {}
    }
}

/// Lets some time pass; false once the connection is of no use.
async fn watch(link: &Link, time: Duration) -> bool {
    timeout(time, link.ended()).await.is_err() && ask(link, PING, time).await
}

async fn ask(link: &Link, sql: &str, time: Duration) -> bool {
    match timeout(time, link.client.batch_execute(sql)).await {
        Ok(Ok(())) => true,
        Ok(Err(error)) => {
            tracing::debug!(error = failure::describe(&error), "listening failed");
            false
        }
        Err(_) => false,
    }
}
