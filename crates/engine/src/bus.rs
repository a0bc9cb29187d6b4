//! Wake-ups inside one process: a commit tells the delivery workers and the live streams that there is something new.
//!
//! A wake-up carries no data. Whoever is woken reads the log from where it was, so a missed or doubled wake-up is harmless.

use tokio::sync::watch;

/// Two bells: one for delivery work, one for the event log.
#[derive(Debug)]
pub struct Bus {
    work: watch::Sender<u64>,
    log: watch::Sender<u64>,
}

impl Default for Bus {
    fn default() -> Self {
        Self { work: watch::Sender::new(0), log: watch::Sender::new(0) }
    }
}

impl Bus {
    /// Rings for delivery workers: something is due, or the clock moved.
    pub fn ring_work(&self) {
        self.work.send_modify(|count| *count = count.wrapping_add(1));
    }

    /// Rings for readers of the event log.
    pub fn ring_log(&self) {
        self.log.send_modify(|count| *count = count.wrapping_add(1));
    }

    /// Subscribes to delivery work. Register first, then look, then wait.
    pub fn work(&self) -> watch::Receiver<u64> {
        self.work.subscribe()
    }

    /// Subscribes to the event log. Register first, then look, then wait.
    pub fn log(&self) -> watch::Receiver<u64> {
        self.log.subscribe()
    }
}
