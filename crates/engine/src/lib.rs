//! The platform's use cases, policies and limits, with the traits they need of a store, a clock and a source of ids.
//!
//! Nothing here knows HTTP or SQL. A use case reads facts, asks pure policies, builds one [`change::ChangeSet`] and commits
//! it through [`World`]; what a fact causes (webhook deliveries, log events) is a row of the same change set.

pub mod account;
pub mod auth;
pub mod bus;
pub mod change;
pub mod clock;
pub mod control;
pub mod deliver;
pub mod demo;
pub mod departure;
pub mod enforce;
pub mod facts;
pub mod flow;
pub mod ids;
pub mod inbound;
pub mod key;
pub mod lanes;
pub mod limits;
pub mod media;
pub mod moderation;
pub mod offset;
pub mod policy;
pub mod profile;
pub mod read;
pub mod refusal;
pub mod relay;
pub mod routes;
pub mod send;
pub mod settings;
pub mod setup;
pub mod store;
pub mod story;
pub mod subscribe;
pub mod vault;
pub mod webhook;
pub mod world;

pub use refusal::{Failure, Refusal};
pub use world::World;
