//! Tells other processes, on a connection of its own: a notification inside a transaction would make commits queue.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering::Relaxed},
};

use tokio::{sync::Notify, time::timeout};

use super::{
    address::Role,
    failure,
    hub::{Hub, Pauses},
    link::Link,
    news::News,
};

const NOTIFY: &str = "SELECT pg_notify('parlance', $1)";

/// The bits that are still to be told.
#[derive(Default)]
pub(super) struct Notifier {
    bits: AtomicU32,
    wake: Notify,
}

impl Notifier {
    /// Adds to what is told next.
    pub fn notify(&self, bits: u32) {
        if self.bits.fetch_or(bits, Relaxed) | bits != 0 {
            self.wake.notify_one();
        }
    }

    /// Tells, one notification at a time, until the database is closed; what is left then is tried once.
    pub async fn run(self: Arc<Self>, hub: Arc<Hub>, news: Arc<News>) {
        let (mut link, mut before, mut pauses) = (None, false, Pauses::new());
        while !hub.closing.is_cancelled() {
            tokio::select! {
                () = self.wake.notified() => {}
                () = hub.closing.cancelled() => {}
            }
            let bits = self.bits.swap(0, Relaxed);
            if bits == 0 {
                continue;
            }
            if tell(&hub, &mut link, &mut before, &news.payload(bits)).await {
                pauses = Pauses::new();
            } else {
                // Others look by themselves meanwhile; they are still told, since they may do so seldom.
                self.notify(bits);
                pauses.pause().await;
            }
        }
    }
}

async fn tell(hub: &Hub, kept: &mut Option<Link>, before: &mut bool, payload: &str) -> bool {
    if !kept.as_ref().is_some_and(Link::is_open) {
        *kept = hub.connector.connect(Role::Relaxed, None).await.ok();
        if kept.is_some() {
            hub.connected(before);
        }
    }
    let Some(link) = kept else { return false };
    match timeout(hub.timeout, link.query(NOTIFY, &[&payload])).await {
        Ok(Ok(_)) => return true,
        Ok(Err(error)) => tracing::debug!(error = failure::describe(&error), "other processes could not be told"),
        Err(_) => tracing::debug!("other processes could not be told in time"),
    }
    link.cut();
    *kept = None;
    false
}
