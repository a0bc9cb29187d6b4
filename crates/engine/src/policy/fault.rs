//! Misbehaviour on demand: which deliveries a rule strikes. The emulator offers it, so that an app can be tried against what
//! a webhook sender may do to it (contract webhooks 2.5, 6).

use wire::id::AppId;

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fault {
    /// A delivery that was taken comes again, as if the answer had been lost.
    Duplicate,
    /// A delivery gives its turn away: what comes behind it in its thread overtakes it.
    Reorder,
    /// A delivery comes later, and its thread with it.
    Delay,
    /// A delivery never comes.
    Drop,
    /// Deliveries of many senders come in one POST.
    Batch,
    /// The echo of a send is delivered before the send is answered.
    EchoBeforeAnswer,
    /// The callback takes its time.
    Slow,
    /// The callback refuses: the attempt fails, and nothing is posted.
    Fail,
}

impl Fault {
    /// Every fault with its name on the emulator's surface and its amount when none is given: milliseconds for those that
    /// take time, deliveries for `batch`, an HTTP status for `fail`; 0 where there is none.
    pub const ALL: [(Fault, &'static str, u64); 8] = [
        (Fault::Duplicate, "duplicate", 0),
        (Fault::Reorder, "reorder", 5_000),
        (Fault::Delay, "delay", 10_000),
        (Fault::Drop, "drop", 0),
        (Fault::Batch, "batch", 10),
        (Fault::EchoBeforeAnswer, "echo_before_answer", 0),
        (Fault::Slow, "slow", 1_000),
        (Fault::Fail, "fail", 500),
    ];
}

/// How often a rule strikes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Each time.
    Always,
    /// The next so many times, then never again.
    Next(u64),
    /// Every so many times, the first one being the nth.
    Every(u64),
}

/// Whether a rule strikes that met `seen` occasions before this one.
pub fn strikes(when: When, seen: u64) -> bool {
    match when {
        When::Always => true,
        When::Next(count) => seen < count,
        When::Every(count) => count > 0 && seen % count == count - 1,
    }
}

/// What goes wrong, how often, and whom it meets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// What goes wrong.
    pub fault: Fault,
    /// How often.
    pub when: When,
    /// Only what goes to this app.
    pub app: Option<AppId>,
    /// Only this field.
    pub field: Option<String>,
    /// How much of it, in the unit of [`Fault::ALL`].
    pub amount: u64,
}

impl Rule {
    /// Whether an occasion counts for it.
    pub fn is_about(&self, fault: Fault, app: AppId, field: &str) -> bool {
        self.fault == fault
            && self.app.is_none_or(|only| only == app)
            && self.field.as_ref().is_none_or(|only| only == field)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_strikes_always_or_the_next_times_or_every_so_many() {
        let table: [(When, [bool; 6]); 7] = [
            (When::Always, [true; 6]),
            (When::Next(0), [false; 6]),
            (When::Next(2), [true, true, false, false, false, false]),
            (When::Next(u64::MAX), [true; 6]),
            (When::Every(0), [false; 6]),
            (When::Every(1), [true; 6]),
            (When::Every(3), [false, false, true, false, false, true]),
        ];
        for (when, expected) in table {
            let struck: Vec<bool> = (0..6).map(|seen| strikes(when, seen)).collect();
            assert_eq!(struck, expected, "{when:?}");
        }
    }

    #[test]
    fn a_rule_may_be_about_one_app_and_one_field() {
        let rule = |app: Option<u64>, field: Option<&str>| Rule {
            fault: Fault::Drop,
            when: When::Always,
            app: app.map(AppId::new),
            field: field.map(str::to_owned),
            amount: 0,
        };
        let app = AppId::new(7);
        for (rule, about) in [
            (rule(None, None), true),
            (rule(Some(7), None), true),
            (rule(Some(8), None), false),
            (rule(None, Some("messages")), true),
            (rule(Some(7), Some("comments")), false),
        ] {
            assert_eq!(rule.is_about(Fault::Drop, app, "messages"), about, "{rule:?}");
            assert!(!rule.is_about(Fault::Delay, app, "messages"));
        }
    }
}
