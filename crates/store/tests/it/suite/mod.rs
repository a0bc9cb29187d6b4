//! The conformance suite: what every engine must answer, by the part of the store that is asked.

mod answers;
mod assets;
mod claims;
mod commit;
mod configuration;
mod content;
mod deliveries;
mod flows;
mod log;
mod messages;
mod outages;
mod people;
mod reactions;
mod subscriptions;
mod threads;
mod usage;
