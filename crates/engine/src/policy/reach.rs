//! Whom an app that is not public reaches, and of whom it hears (contract send 3.4, read 7.7, webhooks 1.6).

use wire::time::Millis;
use wire::webhook_field::Field;

use crate::facts::App;
use crate::refusal::Refusal;

/// Since when comments need Advanced Access, whoever wrote them: 2025-01-01 (contract webhooks 1.6).
const COMMENTS_ADVANCED_SINCE: Millis = Millis::new(1_735_689_600_000);

/// Whether the app writes only to people who have a role on it: it is in development mode or has Standard Access.
pub fn needs_role(app: &App) -> bool {
    Access::of(app).audience() != Audience::Everybody
}

/// Decides for an app that [`needs_role`].
///
/// # Errors
/// [`Refusal::Role`].
pub fn decide(has_role: bool) -> Result<(), Refusal> {
    if has_role { Ok(()) } else { Err(Refusal::Role) }
}

/// What review gave an app.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Access {
    /// Whether it is published.
    pub live: bool,
    /// Whether its permissions have Advanced Access.
    pub advanced: bool,
}

/// Of whom an app hears.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Of everybody.
    Everybody,
    /// Of people who have a role on it.
    People,
    /// Of nobody.
    Nobody,
}

impl Access {
    /// That of an app.
    pub fn of(app: &App) -> Self {
        Self { live: app.live, advanced: app.advanced_access }
    }

    fn audience(self) -> Audience {
        if self.live && self.advanced { Audience::Everybody } else { Audience::People }
    }

    /// Of whom the app hears by a field at that time.
    pub fn hears(self, field: &Field, now: Millis) -> Audience {
        let is_shut = field.advanced_access && !self.advanced && now >= COMMENTS_ADVANCED_SINCE;
        if is_shut { Audience::Nobody } else { self.audience() }
    }
}

#[cfg(test)]
mod tests {
    use wire::time::Span;
    use wire::webhook_field::find;

    use super::*;

    #[test]
    fn mode_access_field_and_time_decide_of_whom_an_app_hears() {
        use Audience::{Everybody, Nobody, People};
        let (new, old) = (COMMENTS_ADVANCED_SINCE, COMMENTS_ADVANCED_SINCE.minus(Span::millis(1)));
        let rows = [
            // live, advanced, field, time, audience
            (true, true, "messages", new, Everybody),
            (true, false, "messages", new, People),
            (false, true, "messages", new, People),
            (false, false, "messages", new, People),
            (true, true, "comments", new, Everybody),
            (true, false, "comments", new, Nobody),
            (false, true, "comments", new, People),
            (false, false, "live_comments", new, Nobody),
            (true, false, "comments", old, People),
            (false, true, "comments", old, People),
            (true, true, "comments", old, Everybody),
            (true, false, "mentions", new, People),
        ];
        for (live, advanced, name, now, expected) in rows {
            let field = find(name).unwrap();
            assert_eq!(Access { live, advanced }.hears(field, now), expected, "{live} {advanced} {name}");
        }
    }
}
