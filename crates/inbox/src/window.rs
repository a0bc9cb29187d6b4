//! The messaging window as an agent sees it: open, human agent only, closed, and for how long (contract send 3.1, 3.2).

use wire::time::{Millis, Span};

/// How long any answer may be sent after the person's last act.
const STANDARD: Span = Span::hours(24);
/// How long a human's answer may be.
const HUMAN_AGENT: Span = Span::days(7);

/// What an agent may do in a conversation now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    /// Anything may be sent until then, that moment included.
    Open {
        /// The last moment.
        until: Millis,
    },
    /// Only a human may answer, with the HUMAN_AGENT tag, until then, that moment included.
    HumanAgent {
        /// The last moment.
        until: Millis,
    },
    /// Nothing may be sent until the person acts again.
    Closed,
}

impl Window {
    /// The window after the person's last act; somebody who never wrote cannot be written to.
    pub fn at(last_person_time: Option<Millis>, now: Millis) -> Self {
        let Some(last) = last_person_time else { return Window::Closed };
        let (open, human) = (last.plus(STANDARD), last.plus(HUMAN_AGENT));
        if now <= open {
            Window::Open { until: open }
        } else if now <= human {
            Window::HumanAgent { until: human }
        } else {
            Window::Closed
        }
    }

    /// Time left in this state; zero when closed.
    pub fn left(self, now: Millis) -> Span {
        match self {
            Window::Open { until } | Window::HumanAgent { until } => until.since(now),
            Window::Closed => Span::ZERO,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_changes_state_at_the_servers_own_boundaries() {
        let last = Millis::new(1_790_000_000_000);
        let at = |age: Span| Window::at(Some(last), last.plus(age));
        let just_past = |span: Span| Span::millis(span.get() + 1);
        assert_eq!(at(STANDARD), Window::Open { until: last.plus(STANDARD) });
        assert_eq!(at(just_past(STANDARD)), Window::HumanAgent { until: last.plus(HUMAN_AGENT) });
        assert_eq!(at(HUMAN_AGENT), Window::HumanAgent { until: last.plus(HUMAN_AGENT) });
        assert_eq!(at(just_past(HUMAN_AGENT)), Window::Closed);
        assert_eq!(Window::at(None, last), Window::Closed);
    }

    #[test]
    fn the_countdown_ends_with_the_state() {
        let last = Millis::new(0);
        let now = Millis::new(Span::hours(23).get());
        assert_eq!(Window::at(Some(last), now).left(now), Span::hours(1));
        assert_eq!(Window::Closed.left(now), Span::ZERO);
    }
}
