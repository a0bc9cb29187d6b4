//! What a node has reserved of one window's allowance.

use crate::store::Reserved;

/// The part of the newest window that this node knows of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part {
    window: i64,
    /// Reserved and not spent yet.
    spare: u32,
    /// Calls that all nodes have reserved in the window, as of our last reservation.
    taken: u32,
    /// Nothing is left to reserve.
    full: bool,
}

impl Default for Part {
    fn default() -> Self {
        Self::of(i64::MIN)
    }
}

/// What came of spending one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spent {
    /// It is within the allowance.
    One,
    /// It is not: the window is full.
    Over,
    /// The part is spent, or there was none yet.
    Nothing {
        /// The window to reserve from.
        newest: i64,
    },
}

impl Part {
    fn of(window: i64) -> Self {
        Self { window, spare: 0, taken: 0, full: false }
    }

    /// Spends one call in `window`. A call that comes late, when its window is over, counts against the newest one, as it
    /// does in the store.
    pub(super) fn spend(&mut self, window: i64) -> Spent {
        if window > self.window {
            *self = Self::of(window);
        }
        match self.spare.checked_sub(1) {
            Some(rest) => {
                self.spare = rest;
                Spent::One
            }
            None if self.full => Spent::Over,
            None => Spent::Nothing { newest: self.window },
        }
    }

    /// Adds what came of reserving `wanted` calls, and spends one of them.
    pub(super) fn add(&mut self, window: i64, wanted: u32, reserved: Reserved) -> Spent {
        let Reserved { granted, taken } = reserved;
        // A window that is over meanwhile takes what is left of its part with it.
        if window == self.window {
            self.spare += granted.saturating_sub(1);
            self.taken = taken;
            self.full = granted < wanted;
        }
        if granted > 0 { Spent::One } else { Spent::Over }
    }

    /// Calls used in `window`: those that others reserved, and what we spent.
    pub(super) fn used(&self, window: i64) -> u32 {
        if self.is_of(window) { self.taken.saturating_sub(self.spare) } else { 0 }
    }

    /// Whether it still counts in `window`.
    pub(super) fn is_of(&self, window: i64) -> bool {
        self.window >= window
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_spent_call_by_call_and_then_the_window_is_full() {
        let mut part = Part::default();
        assert_eq!(part.spend(7), Spent::Nothing { newest: 7 });
        assert_eq!(part.add(7, 3, Reserved { granted: 3, taken: 8 }), Spent::One);
        assert_eq!(part.used(7), 6, "five of others, one of ours");
        assert_eq!((part.spend(7), part.spend(7)), (Spent::One, Spent::One));
        assert_eq!(part.spend(7), Spent::Nothing { newest: 7 });
        assert_eq!(part.add(7, 3, Reserved { granted: 2, taken: 10 }), Spent::One);
        assert_eq!((part.spend(7), part.spend(7)), (Spent::One, Spent::Over), "it gave less than was wanted: the rest");
        assert_eq!((part.used(7), part.used(8)), (10, 0));
        assert_eq!(part.spend(8), Spent::Nothing { newest: 8 }, "the next window begins anew");
    }

    #[test]
    fn a_late_call_spends_from_the_newest_window_and_a_late_part_adds_nothing_to_it() {
        let mut part = Part::default();
        part.spend(8);
        assert_eq!(part.add(8, 2, Reserved { granted: 2, taken: 2 }), Spent::One);
        assert_eq!(part.spend(7), Spent::One);
        assert_eq!(part.spend(7), Spent::Nothing { newest: 8 });
        assert_eq!(part.add(7, 5, Reserved { granted: 5, taken: 5 }), Spent::One);
        assert_eq!(part.spend(8), Spent::Nothing { newest: 8 });
        assert_eq!(part.add(8, 5, Reserved { granted: 0, taken: 9 }), Spent::Over);
        assert_eq!(part.spend(8), Spent::Over);
    }
}
