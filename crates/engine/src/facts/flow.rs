//! Welcome message flows of click-to-message ads (contract send 1.13).

use wire::id::{AccountId, AppId, FlowId};
use wire::time::Millis;

/// A flow that an ad can start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flow {
    /// Whose it is.
    pub account: AccountId,
    /// Its id on the wire.
    pub id: FlowId,
    /// The app that made it.
    pub app: AppId,
    /// Its name.
    pub name: String,
    /// Its messages, the JSON list as the API gives it back.
    pub welcome_message_flow: String,
    /// Where it may be used: `instagram`, `messenger`.
    pub eligible_platforms: Vec<String>,
    /// When it was last written.
    pub last_update_time: Millis,
}
