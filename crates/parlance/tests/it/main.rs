//! The binary as others meet it: as a process that is started, killed and told to stop, from a shell, and from the SDK.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod audit;
mod browser;
mod drain;
mod faults;
mod house;
mod inbox;
mod listen;
mod load;
mod process;
mod sdk;
mod serve;
mod shell;
mod site;
mod start;
mod verify;
mod web;
