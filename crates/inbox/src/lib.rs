//! The care desk. It sees the platform only through the client and webhooks, so it runs on Parlance and on Meta's hosts.

pub mod clock;
pub mod facts;
pub mod ids;
pub mod sql;
pub mod store;
pub mod vault;
pub mod window;
mod words;
