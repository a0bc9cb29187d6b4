//! What other processes told, until somebody asks.

use std::{
    sync::atomic::{AtomicU32, Ordering::Relaxed},
    time::Duration,
};

use tokio::{
    sync::{Mutex, Notify},
    time::{Interval, MissedTickBehavior, interval},
};

/// Bits of others, or-ed together.
pub(super) struct News {
    /// What this process begins its notifications with.
    pub instance: String,
    bits: AtomicU32,
    came: Notify,
    poll: Mutex<Interval>,
}

impl News {
    pub fn new(instance: String, poll: Duration) -> Self {
        let mut poll = interval(poll.max(Duration::from_millis(1)));
        poll.set_missed_tick_behavior(MissedTickBehavior::Delay);
        // The first tick would come at once.
        poll.reset();
        Self { instance, bits: AtomicU32::new(0), came: Notify::new(), poll: Mutex::new(poll) }
    }

    /// The payload of a notification of this process.
    pub fn payload(&self, bits: u32) -> String {
        format!("{}:{bits}", self.instance)
    }

    /// Takes in the payload of a notification. One that cannot be read may mean anything.
    pub fn hear(&self, payload: &str) {
        match payload.rsplit_once(':').map(|(instance, bits)| (instance, bits.parse())) {
            Some((instance, _)) if instance == self.instance => {}
            Some((_, Ok(bits))) => self.add(bits),
            _ => self.add(u32::MAX),
        }
    }

    /// As if others had told these bits.
    pub fn add(&self, bits: u32) {
        self.bits.fetch_or(bits, Relaxed);
        self.came.notify_one();
    }

    /// The bits that came since the last call; all of them at least once in each `poll`.
    pub async fn told(&self) -> u32 {
        let mut poll = self.poll.lock().await;
        loop {
            tokio::select! {
                biased;
                _ = poll.tick() => {
                    // Whoever looks at everything after this sees what these bits stood for.
                    self.bits.store(0, Relaxed);
                    return u32::MAX;
                }
                () = self.came.notified() => {
                    let bits = self.bits.swap(0, Relaxed);
                    if bits == u32::MAX {
                        poll.reset();
                    }
                    if bits != 0 {
                        return bits;
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::{Instant, sleep};

    use super::*;

    const POLL: Duration = Duration::from_secs(1);

    #[tokio::test(start_paused = true)]
    async fn bits_are_told_together_and_once_and_our_own_not_at_all() {
        let news = News::new("we".to_owned(), POLL);
        news.hear("others:1");
        news.hear("others: with: colons:4");
        news.hear(&news.payload(2));
        assert_eq!(news.told().await, 5);
        news.hear("who knows what");
        assert_eq!(news.told().await, u32::MAX);
    }

    #[tokio::test(start_paused = true)]
    async fn everything_is_told_after_each_poll_whatever_came_in_between() {
        let news = News::new("we".to_owned(), POLL);
        let start = Instant::now();
        assert_eq!((news.told().await, start.elapsed()), (u32::MAX, POLL));
        sleep(POLL * 3 / 4).await; // sleep: the paused clock moves
        news.hear("others:1");
        assert_eq!(news.told().await, 1);
        assert_eq!((news.told().await, start.elapsed()), (u32::MAX, POLL * 2));
        news.add(u32::MAX);
        sleep(POLL / 2).await; // sleep: the paused clock moves
        assert_eq!(news.told().await, u32::MAX);
        assert_eq!((news.told().await, start.elapsed()), (u32::MAX, POLL * 7 / 2), "a whole poll after the last");
    }
}
