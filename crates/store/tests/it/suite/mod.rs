//! The conformance suite: what every engine must answer, by the part of the store that is asked.

mod claims;
mod commit;
mod configuration;
mod content;
mod deliveries;
mod log;
mod messages;
mod people;
mod subscriptions;
mod threads;
mod usage;
