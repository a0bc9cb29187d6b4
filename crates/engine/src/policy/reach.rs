//! Whom an app that is not public reaches (contract send 3.4, read 7.7).

use crate::facts::App;
use crate::refusal::Refusal;

/// Whether the app writes only to people who have a role on it: it is in development mode or has Standard Access.
pub fn needs_role(app: &App) -> bool {
    !(app.live && app.advanced_access)
}

/// Decides for an app that [`needs_role`].
///
/// # Errors
/// [`Refusal::Role`].
pub fn decide(has_role: bool) -> Result<(), Refusal> {
    if has_role { Ok(()) } else { Err(Refusal::Role) }
}
