//! The rules, as pure functions over facts and `now`.

pub mod access;
pub mod attachment;
pub mod block;
pub mod control;
pub mod fault;
pub mod folder;
pub mod links;
pub mod outage;
pub mod private_reply;
pub mod reach;
pub mod recent;
pub mod recipient;
pub mod requests;
pub mod retry;
pub mod standing;
pub mod window;

#[cfg(test)]
pub(crate) mod samples;
