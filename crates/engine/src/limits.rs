//! Rate limits: one table of buckets, counted for each app and account (contract send 5.1, graph 5.3).

use std::collections::HashMap;

use parking_lot::Mutex;
use wire::id::{AccountId, AppId};
use wire::time::Millis;

use crate::refusal::Refusal;
use crate::settings::Settings;

/// What a call counts against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bucket {
    /// Text, links, reactions and stickers sent.
    Send,
}

/// One limit.
#[derive(Debug, Clone, Copy)]
pub struct Limit {
    /// What is counted.
    pub bucket: Bucket,
    /// Its name in answers and docs.
    pub name: &'static str,
    /// Calls per second; 0 switches it off.
    pub per_second: fn(&Settings) -> u32,
}

/// Every limit.
pub const LIMITS: &[Limit] =
    &[Limit { bucket: Bucket::Send, name: "send", per_second: |settings| settings.send_per_second }];

/// Entries kept before those that have stood still are dropped.
const MOST_ENTRIES: usize = 10_000;

/// Counters of one process, by app and account.
#[derive(Debug, Default)]
pub struct Limits(Mutex<HashMap<(AppId, AccountId, Bucket), Window>>);

/// Calls within the current second of the world's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Window {
    second: i64,
    calls: u32,
}

impl Limits {
    /// Counts one call and refuses it when its second is full. A refused call counts too (contract graph 5.5).
    ///
    /// # Errors
    /// [`Refusal::Rate`].
    pub fn take(
        &self,
        bucket: Bucket,
        app: AppId,
        account: AccountId,
        settings: &Settings,
        now: Millis,
    ) -> Result<(), Refusal> {
        let Some(limit) = LIMITS.iter().find(|limit| limit.bucket == bucket) else { return Ok(()) };
        let allowed = (limit.per_second)(settings);
        if allowed == 0 {
            return Ok(());
        }
        let mut windows = self.0.lock();
        if windows.len() >= MOST_ENTRIES {
            windows.retain(|_, window| window.second == now.seconds());
        }
        let window = windows.entry((app, account, bucket)).or_insert(Window { second: now.seconds(), calls: 0 });
        if window.second != now.seconds() {
            *window = Window { second: now.seconds(), calls: 0 };
        }
        window.calls = window.calls.saturating_add(1);
        if window.calls > allowed { Err(Refusal::Rate) } else { Ok(()) }
    }

    /// Share of the allowance used in the current second, in percent, as usage headers show it.
    pub fn usage(&self, bucket: Bucket, app: AppId, account: AccountId, settings: &Settings, now: Millis) -> u32 {
        let Some(limit) = LIMITS.iter().find(|limit| limit.bucket == bucket) else { return 0 };
        let allowed = (limit.per_second)(settings);
        let calls = self
            .0
            .lock()
            .get(&(app, account, bucket))
            .filter(|window| window.second == now.seconds())
            .map_or(0, |w| w.calls);
        if allowed == 0 { 0 } else { (u64::from(calls) * 100 / u64::from(allowed)).min(100) as u32 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_holds_so_many_calls_and_the_next_one_starts_fresh() {
        let settings = Settings { send_per_second: 3, ..Settings::default() };
        let (limits, app, account) = (Limits::default(), AppId::new(1), AccountId::new(2));
        let take = |at: i64| limits.take(Bucket::Send, app, account, &settings, Millis::new(at));
        assert!((0..3).all(|_| take(1_000).is_ok()));
        assert_eq!(take(1_999), Err(Refusal::Rate));
        assert_eq!(limits.usage(Bucket::Send, app, account, &settings, Millis::new(1_999)), 100);
        assert!(take(2_000).is_ok());
        let other = limits.take(Bucket::Send, AppId::new(9), account, &settings, Millis::new(2_000));
        assert!(other.is_ok(), "each app has its own");
        assert_eq!(limits.usage(Bucket::Send, app, account, &settings, Millis::new(2_000)), 33);
    }

    #[test]
    fn zero_switches_a_limit_off() {
        let settings = Settings { send_per_second: 0, ..Settings::default() };
        let limits = Limits::default();
        assert!(
            (0..1_000).all(|_| limits
                .take(Bucket::Send, AppId::new(1), AccountId::new(2), &settings, Millis::new(0))
                .is_ok())
        );
    }
}
