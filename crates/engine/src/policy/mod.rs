//! The rules, as pure functions over facts and `now`.

pub mod access;
pub mod attachment;
pub mod recent;
pub mod retry;
pub mod window;
