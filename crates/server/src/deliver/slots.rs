//! How many deliveries are under way, and how many more may be: so many to one app, so many in all.
//!
//! An app's share grows with its answers and shrinks with its failures, and those whose last answer was a failure get at most
//! half of all places together. So a dead endpoint that lets every POST run into its time limit takes a place or two, and
//! however many of them there are, half of the places are for those that answer.

use std::collections::HashMap;
use std::sync::Arc;

use parking_lot::Mutex;
use tokio::sync::watch;
use wire::id::AppId;

/// The share of an app of which nothing is known yet.
const FIRST_SHARE: usize = 4;
/// Apps whose shares are remembered; when there are more, those at rest are forgotten.
const MOST_APPS: usize = 10_000;

/// The places for deliveries under way.
pub(super) struct Slots {
    per_app: usize,
    most: usize,
    busy: Mutex<Busy>,
    ended: watch::Sender<u64>,
}

#[derive(Default)]
struct Busy {
    total: usize,
    /// Of the total, those of apps that fail.
    failing: usize,
    apps: HashMap<AppId, Share>,
}

#[derive(Clone, Copy)]
struct Share {
    used: usize,
    may: usize,
    fails: bool,
}

/// One delivery's place; it is free again when this is dropped.
pub(super) struct Slot {
    slots: Arc<Slots>,
    app: AppId,
    used: bool,
}

impl Slots {
    /// Places for `per_app` deliveries to each app, and for `most` in all; at least one each, and one more in all.
    pub(super) fn new(per_app: usize, most: usize) -> Arc<Self> {
        let (per_app, most) = (per_app.max(1), most.max(2));
        Arc::new(Self { per_app, most, busy: Mutex::default(), ended: watch::Sender::new(0) })
    }

    /// Every place that is free for this app.
    pub(super) fn reserve(self: &Arc<Self>, app: AppId) -> Vec<Slot> {
        let mut busy = self.busy.lock();
        if busy.apps.len() >= MOST_APPS {
            busy.apps.retain(|_, share| share.used > 0);
        }
        let first = Share { used: 0, may: FIRST_SHARE.min(self.per_app), fails: false };
        let share = *busy.apps.entry(app).or_insert(first);
        let mut free = share.may.saturating_sub(share.used).min(self.most.saturating_sub(busy.total));
        if share.fails {
            free = free.min((self.most / 2).saturating_sub(busy.failing));
            busy.failing += free;
        }
        busy.total += free;
        busy.apps.insert(app, Share { used: share.used + free, ..share });
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

    fn answered(&self, app: AppId, well: bool) {
        let mut busy = self.busy.lock();
        let Some(share) = busy.apps.get_mut(&app) else { return };
        share.may = if well { (share.may + 1).min(self.per_app) } else { (share.may / 2).max(1) };
        if share.fails == well {
            share.fails = !well;
            let used = share.used;
            busy.failing = if well { busy.failing.saturating_sub(used) } else { busy.failing + used };
        }
    }
}

impl Slot {
    /// The place with a delivery in it, whose end will be told.
    pub(super) fn used(mut self) -> Self {
        self.used = true;
        self
    }

    /// The app's endpoint took what was posted, or did not.
    pub(super) fn answered(&self, well: bool) {
        self.slots.answered(self.app, well);
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let mut busy = self.slots.busy.lock();
        busy.total -= 1;
        if let Some(share) = busy.apps.get_mut(&self.app) {
            share.used -= 1;
            let fails = share.fails;
            busy.failing = busy.failing.saturating_sub(usize::from(fails));
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

    /// Places to an app that has answered so often that it has its whole share.
    fn proven(slots: &Arc<Slots>, app: AppId) -> Vec<Slot> {
        let first = slots.reserve(app);
        (0..slots.per_app).for_each(|_| slots.answered(app, true));
        let mut all = slots.reserve(app);
        all.extend(first);
        all
    }

    #[test]
    fn an_app_has_its_share_and_all_together_have_a_bound() {
        let slots = Slots::new(100, 256);
        let [a, b, c] = [1, 2, 3].map(AppId::new);
        let first = proven(&slots, a);
        assert_eq!((first.len(), slots.reserve(a).len()), (100, 0));
        let (second, third) = (proven(&slots, b), proven(&slots, c));
        assert_eq!((second.len(), third.len()), (100, 56), "the bound of all cuts the share of the last");
        drop(first);
        assert_eq!(slots.taken(), 156);
        assert_eq!(slots.reserve(c).len(), 44, "what one gave back another may take, up to its share");
        drop((second, third));
        assert_eq!(slots.taken(), 0);
    }

    #[test]
    fn a_share_grows_with_answers_and_shrinks_with_failures() {
        let (slots, app) = (Slots::new(32, 256), AppId::new(1));
        let share = || slots.reserve(app).len();
        assert_eq!(share(), FIRST_SHARE, "nothing is known yet");
        (0..3).for_each(|_| slots.answered(app, true));
        assert_eq!(share(), 7);
        (0..99).for_each(|_| slots.answered(app, true));
        assert_eq!(share(), 32);
        slots.answered(app, false);
        assert_eq!(share(), 16);
        (0..9).for_each(|_| slots.answered(app, false));
        assert_eq!(share(), 1, "it is tried all the same");
        slots.answered(app, true);
        assert_eq!(share(), 2);
    }

    #[test]
    fn those_that_fail_have_half_of_all_places_together() {
        let slots = Slots::new(8, 64);
        let hanging: Vec<Slot> = (1..=7).flat_map(|app| proven(&slots, AppId::new(app))).collect();
        assert_eq!(hanging.len(), 56);
        (1..=7).for_each(|app| slots.answered(AppId::new(app), false));
        assert_eq!(slots.reserve(AppId::new(9)).len(), FIRST_SHARE, "eight are left for one that is not known to fail");
        drop(hanging);
        let dead: Vec<Slot> = (1..=200)
            .flat_map(|app| {
                slots.reserve(AppId::new(app));
                slots.answered(AppId::new(app), false);
                slots.reserve(AppId::new(app))
            })
            .collect();
        assert_eq!((dead.len(), slots.taken()), (32, 32));
        let live = proven(&slots, AppId::new(300));
        assert_eq!(live.len(), 8, "and the other half is theirs who answer");
        drop(dead);
        assert_eq!(slots.busy.lock().failing, 0);
    }

    #[test]
    fn only_the_end_of_a_delivery_is_told() {
        let slots = Slots::new(2, 256);
        let ended = slots.ended();
        drop(slots.reserve(AppId::new(1)));
        assert!(!ended.has_changed().unwrap(), "a place that was not needed is given back in silence");
        let used: Vec<Slot> = slots.reserve(AppId::new(1)).into_iter().map(Slot::used).collect();
        drop(used);
        assert!(ended.has_changed().unwrap());
    }
}
