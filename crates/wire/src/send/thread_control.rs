//! Handing a thread on with a send (contract send 1.11).

use crate::id::AppId;

/// What becomes of the thread after the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ThreadControl {
    /// It goes to this app, or to the default app.
    Pass(Option<AppId>),
    /// It becomes idle.
    Release,
}
