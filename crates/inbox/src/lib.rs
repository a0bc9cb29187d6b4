//! The care desk. It sees the platform only through the client and webhooks, so it runs on Parlance and on Meta's hosts.
//!
//! What stands so far is the rule that the composer and the list follow: how long a conversation may still be answered.

pub mod window;
