//! The real server in a test: a temporary store, seeded ids, a clock that stands until it is moved, a webhook receiver on a
//! free port. Nothing sleeps: tests advance time and run deliveries by hand.
//!
//! ```ignore
//! let world = TestWorld::start().await;
//! let hook = world.subscribe(&["messages"]).await;
//! world.person("mira.paints").writes("hello").await;
//! world.deliver().await;
//! assert_eq!(hook.take().len(), 1);
//! ```
//!
//! It panics where a test would: a harness that cannot start or an answer that is no JSON ends the test with the reason.
#![expect(clippy::panic, reason = "a harness fails the test it serves by panicking")]

mod api;
mod grant;
mod line;
mod person;
mod receiver;
mod state;
mod world;

pub use api::{Answer, Api};
pub use grant::{Grant, OTHER_ACCOUNT, OTHER_APP, OTHER_PAGE, OTHER_SECRET};
pub use person::PersonApi;
pub use receiver::{Received, Receiver, VERIFY_TOKEN};
pub use world::{Engine, Options, TestWorld};
