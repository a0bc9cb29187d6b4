//! What comes in by webhook: verified, stored before the 200, applied once, in the order of each thread.
//!
//! ```text
//! POST ──signature──▶ split ──▶ inbound (durable) ──▶ 200
//!                                  └──▶ reading ──▶ merge / decide ──▶ one change set: conversation, message, event, "done"
//! ```
//!
//! A crash between the 200 and the change set costs nothing: what is not done is applied at the next start. An echo waits
//! while a send of its thread is in hand, until the answer has told which message is ours.

pub mod apply;
pub mod merge;
pub mod reading;
pub mod receive;
pub mod split;
