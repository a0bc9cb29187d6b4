//! Rate limits: one table, counted for each app, or for each app and account (contract send 5.1, graph 5).
//!
//! What counts is kept in the store, so that all nodes together keep a limit and a restart goes on counting. A node does not
//! ask for each call: it reserves a part of the window's allowance ([`Store::reserve`]) and spends that by itself. Parts are
//! small, since what lies unspent on one node is lost to the others until the window is over.

mod part;

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use parking_lot::Mutex;
use wire::id::{AccountId, AppId};
use wire::time::{Millis, Span};

use crate::refusal::{Failure, Refusal};
use crate::settings::Settings;
use crate::store::{Reservation, Store, StoreError};
use part::{Part, Spent};

/// What a call counts against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bucket {
    /// Every call of an app.
    App,
    /// Text, links, reactions, stickers and images that an app sends for an account (contract send 5.1).
    Send,
    /// Audio and video that an app sends for an account.
    SendMedia,
    /// Private replies to comments on posts and reels.
    PrivateReply,
    /// Private replies to comments on broadcasts.
    PrivateReplyLive,
    /// Reads of conversations and messages by an app for an account.
    Read,
}

/// One limit.
#[derive(Debug, Clone)]
pub struct Limit {
    /// What is counted.
    pub bucket: Bucket,
    /// How long a window is; windows follow each other without overlap.
    pub window: Span,
    /// Calls in a window; 0 switches the limit off.
    pub allowed: fn(&Settings) -> u32,
    /// What a call over the limit is told.
    pub refusal: Refusal,
}

/// Every limit. The store knows a row by its place, so new ones come last.
pub const LIMITS: &[Limit] = &[
    Limit { bucket: Bucket::App, window: Span::hours(1), allowed: |s| s.app_calls_per_hour, refusal: Refusal::AppRate },
    Limit { bucket: Bucket::Send, window: Span::seconds(1), allowed: |s| s.send_per_second, refusal: Refusal::Rate },
    Limit {
        bucket: Bucket::SendMedia,
        window: Span::seconds(1),
        allowed: |s| s.send_media_per_second,
        refusal: Refusal::Rate,
    },
    Limit {
        bucket: Bucket::PrivateReply,
        window: Span::hours(1),
        allowed: |s| s.private_replies_per_hour,
        refusal: Refusal::Rate,
    },
    Limit {
        bucket: Bucket::PrivateReplyLive,
        window: Span::seconds(1),
        allowed: |s| s.private_replies_live_per_second,
        refusal: Refusal::Rate,
    },
    Limit { bucket: Bucket::Read, window: Span::seconds(1), allowed: |s| s.reads_per_second, refusal: Refusal::Rate },
];

/// A node reserves one of so many parts of an allowance at once.
const PARTS: u32 = 16;
/// Counters kept before those whose window is over are dropped.
const MOST_COUNTERS: usize = 10_000;

/// Whose calls are counted together, and as what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Counted {
    /// What they count against.
    pub bucket: Bucket,
    /// Whose calls they are.
    pub app: AppId,
    /// For which account; buckets of an app as a whole name none.
    pub account: Option<AccountId>,
}

impl Counted {
    /// Every call of this app.
    pub fn calls(app: AppId) -> Self {
        Self { bucket: Bucket::App, app, account: None }
    }

    /// What this app sends for this account.
    pub fn sends(app: AppId, account: AccountId) -> Self {
        Self { bucket: Bucket::Send, app, account: Some(account) }
    }
}

/// The counters of one node.
#[derive(Debug)]
pub struct Limits(Mutex<Counters>);

#[derive(Debug)]
struct Counters {
    all: HashMap<Counted, Arc<Counter>>,
    /// At so many of them those whose window is over are dropped.
    sweep_at: usize,
}

#[derive(Debug, Default)]
struct Counter {
    part: Mutex<Part>,
    /// Held while the next part is being reserved; whoever finds the part spent meanwhile waits for it.
    reserving: tokio::sync::Mutex<()>,
    /// Reservations that the store failed.
    failures: AtomicU64,
}

impl Default for Limits {
    fn default() -> Self {
        Self(Mutex::new(Counters { all: HashMap::new(), sweep_at: MOST_COUNTERS }))
    }
}

impl Limits {
    /// Counts one call and refuses it when its window is full, whichever nodes filled it.
    ///
    /// # Errors
    /// The limit's own refusal, or the store's failure: nobody calls for free because the store is away.
    pub async fn take(
        &self,
        counted: Counted,
        store: &dyn Store,
        settings: &Settings,
        now: Millis,
    ) -> Result<(), Failure> {
        let Some((row, limit, allowed)) = in_force(counted.bucket, settings) else { return Ok(()) };
        let window = number(limit, now);
        let counter = self.counter(counted, settings, now);
        let mut spent = counter.part.lock().spend(window);
        if let Spent::Nothing { .. } = spent {
            let failures = counter.failures.load(Ordering::SeqCst);
            let _turn = counter.reserving.lock().await;
            // Somebody may have reserved while this one waited.
            spent = counter.part.lock().spend(window);
            if let Spent::Nothing { newest } = spent {
                if counter.failures.load(Ordering::SeqCst) != failures {
                    return Err(StoreError::Unavailable("calls could not be counted".to_owned()).into());
                }
                let calls = (allowed / PARTS).max(1);
                let (app, account) = (counted.app, counted.account);
                let reservation = Reservation { app, account, bucket: row, window: newest, calls, allowed };
                let reserved = store.reserve(reservation).await.inspect_err(|_| {
                    // Those who wait are not made to wait for the same failure one after the other.
                    counter.failures.fetch_add(1, Ordering::SeqCst);
                })?;
                spent = counter.part.lock().add(newest, calls, reserved);
            }
        }
        if spent == Spent::One { Ok(()) } else { Err(limit.refusal.clone().into()) }
    }

    /// Share of the allowance used in the present window, in percent, as usage headers show it; 0 without a limit. What
    /// other nodes used is known as of the last reservation.
    pub fn usage(&self, counted: Counted, settings: &Settings, now: Millis) -> u32 {
        let Some((_, limit, allowed)) = in_force(counted.bucket, settings) else { return 0 };
        let counter = self.0.lock().all.get(&counted).map(Arc::clone);
        let used = counter.map_or(0, |counter| counter.part.lock().used(number(limit, now)));
        u32::try_from(u64::from(used) * 100 / u64::from(allowed)).unwrap_or(u32::MAX).min(100)
    }

    /// Forgets what this node knows: the clock was set back, and windows that were over come again.
    pub fn forget(&self) {
        self.0.lock().all.clear();
    }

    fn counter(&self, counted: Counted, settings: &Settings, now: Millis) -> Arc<Counter> {
        let mut counters = self.0.lock();
        if counters.all.len() >= counters.sweep_at {
            counters.all.retain(|counted, counter| {
                let limit = in_force(counted.bucket, settings);
                limit.is_some_and(|(_, limit, _)| counter.part.lock().is_of(number(limit, now)))
            });
            counters.sweep_at = MOST_COUNTERS.max(2 * counters.all.len());
        }
        Arc::clone(counters.all.entry(counted).or_default())
    }
}

/// The limit of a bucket with its place in the table and its allowance, unless it is switched off.
fn in_force(bucket: Bucket, settings: &Settings) -> Option<(u8, &'static Limit, u32)> {
    let (row, limit) = (0_u8..).zip(LIMITS).find(|(_, limit)| limit.bucket == bucket)?;
    let allowed = (limit.allowed)(settings);
    (allowed > 0).then_some((row, limit, allowed))
}

fn number(limit: &Limit, now: Millis) -> i64 {
    now.get().div_euclid(limit.window.get().max(1))
}
