//! The care desk. It sees the platform only through the client and webhooks, so it runs on Parlance and on Meta's hosts.

pub mod api;
pub mod clock;
pub mod desk;
pub mod facts;
pub mod ids;
pub mod ingest;
pub mod platform_clock;
pub mod policy;
pub mod sql;
pub mod store;
mod totp;
pub mod vault;
pub mod window;
mod words;

pub use desk::{Desk, Parts, Problem};
