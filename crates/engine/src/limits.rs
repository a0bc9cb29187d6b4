//! Rate limits: one table, counted for each app, or for each app and account (contract send 5.1, graph 5).

use std::collections::HashMap;

use parking_lot::Mutex;
use wire::id::{AccountId, AppId};
use wire::time::{Millis, Span};

use crate::refusal::Refusal;
use crate::settings::Settings;

/// What a call counts against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bucket {
    /// Every call of an app.
    App,
    /// Text, links, reactions and stickers that an app sends for an account.
    Send,
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

/// Every limit.
pub const LIMITS: &[Limit] = &[
    Limit { bucket: Bucket::App, window: Span::hours(1), allowed: |s| s.app_calls_per_hour, refusal: Refusal::AppRate },
    Limit { bucket: Bucket::Send, window: Span::seconds(1), allowed: |s| s.send_per_second, refusal: Refusal::Rate },
];

/// Counters kept before those whose window is over are dropped.
const MOST_COUNTERS: usize = 10_000;

/// Whose calls are counted together; app-wide buckets name no account.
type Key = (AppId, Option<AccountId>, Bucket);

/// The counters of one process.
#[derive(Debug, Default)]
pub struct Limits(Mutex<HashMap<Key, Counter>>);

/// Calls within one window of the world's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Counter {
    window: i64,
    calls: u32,
}

impl Limits {
    /// Counts one call and refuses it when its window is full. A refused call counts too (contract graph 5.5).
    ///
    /// # Errors
    /// The limit's own refusal.
    pub fn take(
        &self,
        bucket: Bucket,
        app: AppId,
        account: Option<AccountId>,
        settings: &Settings,
        now: Millis,
    ) -> Result<(), Refusal> {
        let Some((limit, allowed)) = in_force(bucket, settings) else { return Ok(()) };
        let window = number(limit, now);
        let mut counters = self.0.lock();
        if counters.len() >= MOST_COUNTERS {
            counters.retain(|(_, _, bucket), counter| {
                in_force(*bucket, settings).is_some_and(|(limit, _)| counter.window == number(limit, now))
            });
        }
        let counter = counters.entry((app, account, bucket)).or_insert(Counter { window, calls: 0 });
        if counter.window != window {
            *counter = Counter { window, calls: 0 };
        }
        counter.calls = counter.calls.saturating_add(1);
        if counter.calls > allowed { Err(limit.refusal.clone()) } else { Ok(()) }
    }

    /// Share of the allowance used in the present window, in percent, as usage headers show it; 0 without a limit.
    pub fn usage(
        &self,
        bucket: Bucket,
        app: AppId,
        account: Option<AccountId>,
        settings: &Settings,
        now: Millis,
    ) -> u32 {
        let Some((limit, allowed)) = in_force(bucket, settings) else { return 0 };
        let counters = self.0.lock();
        let counter = counters.get(&(app, account, bucket)).filter(|counter| counter.window == number(limit, now));
        let percent = counter.map_or(0, |counter| u64::from(counter.calls) * 100 / u64::from(allowed));
        u32::try_from(percent.min(100)).unwrap_or(100)
    }
}

fn in_force(bucket: Bucket, settings: &Settings) -> Option<(&'static Limit, u32)> {
    let limit = LIMITS.iter().find(|limit| limit.bucket == bucket)?;
    let allowed = (limit.allowed)(settings);
    (allowed > 0).then_some((limit, allowed))
}

fn number(limit: &Limit, now: Millis) -> i64 {
    now.get().div_euclid(limit.window.get().max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    const APP: AppId = AppId::new(1);
    const ACCOUNT: Option<AccountId> = Some(AccountId::new(2));

    #[test]
    fn a_second_holds_so_many_sends_and_the_next_one_starts_fresh() {
        let settings = Settings { send_per_second: 3, ..Settings::default() };
        let limits = Limits::default();
        let take = |at: i64| limits.take(Bucket::Send, APP, ACCOUNT, &settings, Millis::new(at));
        assert!((0..3).all(|_| take(1_000).is_ok()));
        assert_eq!(take(1_999), Err(Refusal::Rate));
        assert_eq!(limits.usage(Bucket::Send, APP, ACCOUNT, &settings, Millis::new(1_999)), 100);
        assert!(take(2_000).is_ok());
        let other = limits.take(Bucket::Send, AppId::new(9), ACCOUNT, &settings, Millis::new(2_000));
        assert!(other.is_ok(), "each app has its own");
        assert_eq!(limits.usage(Bucket::Send, APP, ACCOUNT, &settings, Millis::new(2_000)), 33);
    }

    #[test]
    fn an_apps_calls_are_counted_by_the_hour() {
        let settings = Settings { app_calls_per_hour: 2, ..Settings::default() };
        let limits = Limits::default();
        let take = |at: Millis| limits.take(Bucket::App, APP, None, &settings, at);
        let start = Millis::new(0);
        assert!(take(start).is_ok() && take(start.plus(Span::minutes(59))).is_ok());
        assert_eq!(take(start.plus(Span::minutes(59))), Err(Refusal::AppRate));
        assert!(take(start.plus(Span::hours(1))).is_ok());
    }

    #[test]
    fn zero_switches_a_limit_off() {
        let settings = Settings { send_per_second: 0, ..Settings::default() };
        let limits = Limits::default();
        let take = || limits.take(Bucket::Send, APP, ACCOUNT, &settings, Millis::new(0));
        assert!((0..1_000).all(|_| take().is_ok()));
        assert_eq!(limits.usage(Bucket::Send, APP, ACCOUNT, &settings, Millis::new(0)), 0);
    }
}
