//! What waits to be written: one queue for each key, and the order in which keys have their turn.

use std::collections::{HashMap, VecDeque};

use parking_lot::Mutex;
use tokio::{
    sync::{Notify, OwnedSemaphorePermit, Semaphore, TryAcquireError},
    time::timeout,
};

use std::{sync::Arc, time::Duration};

use crate::DbError;

/// The queues of a writer. A key is ready when something waits for it and nobody works on it.
pub(super) struct Queues<T> {
    state: Mutex<State<T>>,
    places: Arc<Semaphore>,
    woken: Notify,
}

struct State<T> {
    keys: HashMap<i64, Key<T>>,
    ready: VecDeque<i64>,
    /// Counts what [`Queues::expire`] calls a time.
    now: u64,
    /// Why the server cannot be reached, since the last attempt.
    away: Option<String>,
    closed: bool,
}

struct Key<T> {
    waiting: VecDeque<Waiting<T>>,
    running: bool,
}

struct Waiting<T> {
    item: T,
    since: u64,
    _place: OwnedSemaphorePermit,
}

impl<T> Queues<T> {
    pub fn new(places: usize) -> Self {
        let state = State { keys: HashMap::new(), ready: VecDeque::new(), now: 0, away: None, closed: false };
        let places = Arc::new(Semaphore::new(places.clamp(1, Semaphore::MAX_PERMITS)));
        Self { state: Mutex::new(state), places, woken: Notify::new() }
    }

    /// Queues `item` behind the others of its key; waits up to `patience` for a place.
    pub async fn push(&self, key: i64, item: T, patience: Duration) -> Result<(), DbError> {
        let place = match self.places.clone().try_acquire_owned() {
            Ok(place) => place,
            Err(TryAcquireError::Closed) => return Err(DbError::Closed),
            Err(TryAcquireError::NoPermits) => timeout(patience, self.places.clone().acquire_owned())
                .await
                .map_err(|_| DbError::Busy)?
                .map_err(|_| DbError::Closed)?,
        };
        let mut state = self.state.lock();
        if state.closed {
            return Err(DbError::Closed);
        }
        let since = state.now;
        let queue = state.keys.entry(key).or_insert_with(|| Key { waiting: VecDeque::new(), running: false });
        queue.waiting.push_back(Waiting { item, since, _place: place });
        if queue.waiting.len() == 1 && !queue.running {
            state.ready.push_back(key);
            // The one that was busy last: its connection is as warm as can be, and others may not have one yet.
            self.woken.notify_last();
        }
        Ok(())
    }

    /// Returns true once a key may be ready, false once none will be.
    pub async fn wait(&self) -> bool {
        loop {
            let woken = self.woken.notified();
            {
                let state = self.state.lock();
                if !state.ready.is_empty() {
                    return true;
                }
                if state.closed {
                    return false;
                }
            }
            woken.await;
        }
    }

    /// Lets somebody else look, when whoever was woken cannot begin yet.
    pub fn pass_on(&self) {
        self.woken.notify_one();
    }

    /// Up to `limit` items of the key whose turn it is. Nobody else gets that key until [`Queues::done`].
    pub fn take(&self, limit: usize) -> Option<(i64, Vec<T>)> {
        let mut state = self.state.lock();
        let key = state.ready.pop_front()?;
        if !state.ready.is_empty() {
            self.woken.notify_one();
        }
        let queue = state.keys.get_mut(&key)?;
        queue.running = true;
        let count = queue.waiting.len().min(limit);
        Some((key, queue.waiting.drain(..count).map(|waiting| waiting.item).collect()))
    }

    /// The key that was taken may be taken again, after those that are ready now.
    pub fn done(&self, key: i64) {
        let mut state = self.state.lock();
        let Some(queue) = state.keys.get_mut(&key) else { return };
        queue.running = false;
        if queue.waiting.is_empty() {
            state.keys.remove(&key);
        } else {
            state.ready.push_back(key);
            self.woken.notify_one();
        }
    }

    /// Lets one time pass, and gives back what has waited for more than `times`, with the reason why the server cannot
    /// be reached if that is why.
    pub fn expire(&self, times: u64) -> (Vec<T>, Option<String>) {
        let mut state = self.state.lock();
        state.now += 1;
        let Some(oldest) = state.now.checked_sub(times) else { return (Vec::new(), None) };
        let mut expired = Vec::new();
        let State { keys, ready, away, .. } = &mut *state;
        keys.retain(|_, queue| {
            while queue.waiting.front().is_some_and(|waiting| waiting.since < oldest) {
                expired.extend(queue.waiting.pop_front().map(|waiting| waiting.item));
            }
            queue.running || !queue.waiting.is_empty()
        });
        ready.retain(|key| keys.get(key).is_some_and(|queue| !queue.running && !queue.waiting.is_empty()));
        (expired, away.clone())
    }

    /// Notes that the server cannot be reached, or that it can.
    pub fn away(&self, reason: Option<String>) {
        self.state.lock().away = reason;
    }

    /// Nothing waits for a worker.
    pub fn is_idle(&self) -> bool {
        self.state.lock().ready.is_empty()
    }
}

/// What the database sees of a writer's queues, whatever their type.
pub(super) trait Queue: Send + Sync {
    /// Refuses what comes; what waits is still done.
    fn close(&self);
    /// How many operations wait.
    fn waiting(&self) -> usize;
}

impl<T: Send> Queue for Queues<T> {
    fn close(&self) {
        self.state.lock().closed = true;
        self.places.close();
        self.woken.notify_waiters();
    }

    fn waiting(&self) -> usize {
        self.state.lock().keys.values().map(|queue| queue.waiting.len()).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Duration = Duration::ZERO;

    async fn filled(places: usize, items: &[(i64, i32)]) -> Queues<i32> {
        let queues = Queues::new(places);
        for (key, item) in items {
            queues.push(*key, *item, NOW).await.unwrap();
        }
        queues
    }

    #[tokio::test]
    async fn keys_take_turns_and_a_key_is_in_one_hand_at_a_time() {
        let queues = filled(9, &[(1, 10), (1, 11), (1, 12), (2, 20)]).await;
        assert_eq!(queues.take(2), Some((1, vec![10, 11])));
        assert_eq!(queues.take(2), Some((2, vec![20])));
        queues.push(2, 21, NOW).await.unwrap();
        assert_eq!((queues.take(2), queues.waiting()), (None, 2), "both keys are being worked on");
        queues.done(2);
        queues.done(1);
        assert_eq!(queues.take(2), Some((2, vec![21])), "it was ready first");
        assert_eq!(queues.take(2), Some((1, vec![12])));
        queues.done(1);
        queues.done(2);
        assert!(queues.state.lock().keys.is_empty(), "nothing is kept of keys at rest");
    }

    #[tokio::test]
    async fn a_place_is_free_again_once_its_item_is_taken() {
        let queues = filled(2, &[(1, 10), (2, 20)]).await;
        assert!(matches!(queues.push(3, 30, NOW).await, Err(DbError::Busy)));
        queues.take(9);
        queues.push(3, 30, NOW).await.unwrap();
    }

    #[tokio::test]
    async fn what_waited_too_long_is_given_back_and_the_rest_keeps_its_order() {
        let queues = filled(4, &[(1, 10), (2, 20)]).await;
        queues.away(Some("no route".to_owned()));
        assert_eq!(queues.expire(2), (vec![], None));
        queues.push(1, 11, NOW).await.unwrap();
        assert_eq!(queues.expire(2).0, Vec::<i32>::new(), "they have waited for two times, not more");
        let (mut expired, reason) = queues.expire(2);
        expired.sort_unstable();
        assert_eq!((expired, reason.as_deref()), (vec![10, 20], Some("no route")));
        assert_eq!((queues.take(9), queues.take(9)), (Some((1, vec![11])), None));
        for item in [12, 13, 14, 15] {
            queues.push(1, item, NOW).await.unwrap();
        }
        assert_eq!(queues.waiting(), 4, "the places of all the others are free");
    }

    #[tokio::test]
    async fn closed_queues_refuse_and_are_still_emptied() {
        let queues = filled(2, &[(1, 10), (2, 20)]).await;
        let (waits, closes) = (queues.push(3, 30, Duration::MAX), async { queues.close() });
        assert!(matches!(tokio::join!(waits, closes).0, Err(DbError::Closed)));
        assert!(queues.wait().await);
        assert!(queues.take(1).is_some() && queues.take(1).is_some());
        assert!(!queues.wait().await);
    }
}
