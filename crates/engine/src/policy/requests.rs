//! Which conversations reads show: a request that nobody touches drops out (contract send 3.4, read 1.10).

use wire::time::{Millis, Span};

use crate::facts::{Folder, Thread};

/// How long an untouched request is shown.
pub const IDLE: Span = Span::days(30);

/// Whether reads show a conversation now. A message brings it back.
pub fn is_listed(thread: &Thread, now: Millis) -> bool {
    thread.folder != Folder::Requests || now.since(thread.updated_time) <= IDLE
}

#[cfg(test)]
mod tests {
    use wire::id::{AccountId, Igsid};

    use super::*;

    #[test]
    fn only_requests_drop_out_and_only_after_thirty_days() {
        let touched = Millis::new(1_790_000_000_000);
        let thread = |folder| Thread { folder, updated_time: touched, ..Thread::new(AccountId::new(1), Igsid::new(2)) };
        let last = touched.plus(IDLE);
        assert!(is_listed(&thread(Folder::Requests), last));
        assert!(!is_listed(&thread(Folder::Requests), last.plus(Span::millis(1))));
        for folder in [Folder::Primary, Folder::General, Folder::Spam] {
            assert!(is_listed(&thread(folder), last.plus(Span::days(900))));
        }
    }
}
