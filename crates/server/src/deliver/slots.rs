//! How many deliveries are under way, and how many more may be: so many to one app, so many in all.

use std::collections::HashMap;
use std::sync::Arc;

use parking_lot::Mutex;
use tokio::sync::watch;
use wire::id::AppId;

/// Most deliveries under way to all apps together.
const MOST: usize = 256;

/// The places for deliveries under way.
pub(super) struct Slots {
    per_app: usize,
    busy: Mutex<Busy>,
    ended: watch::Sender<u64>,
}

#[derive(Default)]
struct Busy {
    total: usize,
    apps: HashMap<AppId, usize>,
}

/// One delivery's place; it is free again when this is dropped.
pub(super) struct Slot {
    slots: Arc<Slots>,
    app: AppId,
    used: bool,
}

impl Slots {
    /// Places for `per_app` deliveries to each app, at least one.
    pub(super) fn new(per_app: usize) -> Arc<Self> {
        Arc::new(Self { per_app: per_app.max(1), busy: Mutex::default(), ended: watch::Sender::new(0) })
    }

    /// Every place that is free for this app.
    pub(super) fn reserve(self: &Arc<Self>, app: AppId) -> Vec<Slot> {
        let mut busy = self.busy.lock();
        let used = busy.apps.get(&app).copied().unwrap_or_default();
        let free = self.per_app.saturating_sub(used).min(MOST.saturating_sub(busy.total));
        if free > 0 {
            busy.apps.insert(app, used + free);
            busy.total += free;
        }
        (0..free).map(|_| Slot { slots: Arc::clone(self), app, used: false }).collect()
    }

    /// How many places are taken.
    pub(super) fn taken(&self) -> usize {
        self.busy.lock().total
    }

    /// Changes whenever a delivery has ended, its place being free by then.
    pub(super) fn ended(&self) -> watch::Receiver<u64> {
        self.ended.subscribe()
    }
}

impl Slot {
    /// The place with a delivery in it, whose end will be told.
    pub(super) fn used(mut self) -> Self {
        self.used = true;
        self
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let mut busy = self.slots.busy.lock();
        busy.total -= 1;
        if let Some(used) = busy.apps.get_mut(&self.app) {
            *used -= 1;
            if *used == 0 {
                busy.apps.remove(&self.app);
            }
        }
        drop(busy);
        if self.used {
            self.slots.ended.send_modify(|count| *count = count.wrapping_add(1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_app_has_its_share_and_all_together_have_a_bound() {
        let slots = Slots::new(100);
        let [a, b, c] = [1, 2, 3].map(AppId::new);
        let first = slots.reserve(a);
        assert_eq!((first.len(), slots.reserve(a).len()), (100, 0));
        let (second, third) = (slots.reserve(b), slots.reserve(c));
        assert_eq!((second.len(), third.len()), (100, 56), "the bound of all cuts the share of the last");
        drop(first);
        assert_eq!(slots.taken(), 156);
        assert_eq!(slots.reserve(c).len(), 44, "what one gave back another may take, up to its share");
        drop((second, third));
        assert_eq!(slots.taken(), 0);
    }

    #[test]
    fn only_the_end_of_a_delivery_is_told() {
        let slots = Slots::new(2);
        let ended = slots.ended();
        drop(slots.reserve(AppId::new(1)));
        assert!(!ended.has_changed().unwrap(), "a place that was not needed is given back in silence");
        let used: Vec<Slot> = slots.reserve(AppId::new(1)).into_iter().map(Slot::used).collect();
        drop(used);
        assert!(ended.has_changed().unwrap());
    }
}
