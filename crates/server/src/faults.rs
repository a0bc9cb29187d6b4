//! Misbehaviour that was asked for: the armed rules, and how often each struck. Nothing is armed unless the emulator's surface
//! arms it, and rules are those of this node.

use std::sync::atomic::{AtomicBool, Ordering};

use engine::demo::INBOX_APP;
use engine::policy::fault::{Fault, Rule, strikes};
use parking_lot::Mutex;
use wire::id::AppId;

/// Most rules at once.
pub const MOST_RULES: usize = 100;

/// A rule at work.
#[derive(Debug, Clone)]
pub struct Armed {
    /// What it does.
    pub rule: Rule,
    /// Occasions that it met.
    pub seen: u64,
    /// Occasions on which it struck.
    pub fired: u64,
}

/// The armed rules.
#[derive(Default)]
pub struct Faults {
    rules: Mutex<Vec<Armed>>,
    /// Whether there are any: what most deliveries look at, and no more.
    any: AtomicBool,
}

impl Faults {
    /// Arms a rule, behind those that are armed already. Answers whether there was a place for it.
    pub fn arm(&self, rule: Rule) -> bool {
        let mut rules = self.rules.lock();
        let has_place = rules.len() < MOST_RULES;
        if has_place {
            rules.push(Armed { rule, seen: 0, fired: 0 });
            self.any.store(true, Ordering::SeqCst);
        }
        has_place
    }

    /// Every rule with what it did, in the order of arming.
    pub fn list(&self) -> Vec<Armed> {
        self.rules.lock().clone()
    }

    /// Takes all rules back.
    pub fn clear(&self) {
        self.rules.lock().clear();
        self.any.store(false, Ordering::SeqCst);
    }

    /// How many deliveries a rule wants in one POST, whether it strikes or not.
    pub fn most_in_a_batch(&self) -> usize {
        if !self.any.load(Ordering::SeqCst) {
            return 0;
        }
        let rules = self.rules.lock();
        let amounts = rules.iter().filter(|armed| armed.rule.fault == Fault::Batch).map(|armed| armed.rule.amount);
        usize::try_from(amounts.max().unwrap_or_default()).unwrap_or(usize::MAX)
    }

    /// The amount of the first rule that strikes on this occasion, which counts for every rule that is about it. Only a rule
    /// that names it is about the app of the inbox beside the emulator, so that it takes no occasion away from a bot's.
    pub fn strike(&self, fault: Fault, app: AppId, field: &str) -> Option<u64> {
        if !self.any.load(Ordering::SeqCst) {
            return None;
        }
        let mut struck = None;
        let is_meant = |rule: &Rule| rule.is_about(fault, app, field) && (app != INBOX_APP || rule.app.is_some());
        for armed in self.rules.lock().iter_mut().filter(|armed| is_meant(&armed.rule)) {
            let strikes = strikes(armed.rule.when, armed.seen);
            armed.seen += 1;
            if strikes && struck.is_none() {
                armed.fired += 1;
                struck = Some(armed.rule.amount);
            }
        }
        struck
    }
}

#[cfg(test)]
mod tests {
    use engine::policy::fault::When;

    use super::*;

    #[test]
    fn the_first_rule_that_strikes_does_and_every_one_counts() {
        let (faults, app) = (Faults::default(), AppId::new(1));
        assert_eq!(faults.strike(Fault::Delay, app, "messages"), None);
        let rule = |when, amount| Rule { fault: Fault::Delay, when, app: None, field: None, amount };
        assert!(faults.arm(rule(When::Every(2), 7)) && faults.arm(rule(When::Next(3), 9)));
        let struck: Vec<_> = (0..5).map(|_| faults.strike(Fault::Delay, app, "messages")).collect();
        assert_eq!(struck, [Some(9), Some(7), Some(9), Some(7), None]);
        let counts: Vec<_> = faults.list().iter().map(|armed| (armed.seen, armed.fired)).collect();
        assert_eq!(counts, [(5, 2), (5, 2)]);
        faults.clear();
        assert!(faults.list().is_empty() && faults.strike(Fault::Delay, app, "messages").is_none());
    }

    #[test]
    fn the_inbox_s_own_app_is_struck_by_its_name_only() {
        let faults = Faults::default();
        let rule = |app| Rule { fault: Fault::Drop, when: When::Always, app, field: None, amount: 0 };
        assert!(faults.arm(rule(None)));
        assert!(faults.strike(Fault::Drop, INBOX_APP, "messages").is_none());
        assert!(faults.strike(Fault::Drop, AppId::new(1), "messages").is_some());
        assert!(faults.arm(rule(Some(INBOX_APP))));
        assert!(faults.strike(Fault::Drop, INBOX_APP, "messages").is_some());
    }

    #[test]
    fn there_is_an_end_to_rules() {
        let faults = Faults::default();
        let rule = Rule { fault: Fault::Drop, when: When::Always, app: None, field: None, amount: 0 };
        assert!((0..MOST_RULES).all(|_| faults.arm(rule.clone())));
        assert!(!faults.arm(rule));
    }
}
