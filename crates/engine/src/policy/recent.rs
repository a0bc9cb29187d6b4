//! The rule of twenty: details of a message can be read only while it is among the newest of its thread (contract read 1.8).

use wire::id::Item;

/// How many messages of a thread can be read in full.
pub const DETAILED: u32 = 20;

/// Whether a message can be read in full. `oldest_detailed` is the number of the thread's twentieth newest message, if it
/// has that many.
pub fn is_detailed(item: Item, oldest_detailed: Option<Item>) -> bool {
    oldest_detailed.is_none_or(|oldest| item >= oldest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_twentieth_newest_is_the_last_one_with_details() {
        assert!(is_detailed(Item::new(6), Some(Item::new(6))));
        assert!(!is_detailed(Item::new(5), Some(Item::new(6))));
        assert!(is_detailed(Item::new(1), None), "a short thread is read whole");
    }
}
