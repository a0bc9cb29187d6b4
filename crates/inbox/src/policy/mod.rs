//! The inbox's rules: pure functions over facts and `now`, each with a table of cases.

pub mod access;
pub mod assign;
pub mod canned;
pub mod explain;
pub mod file;
pub mod pace;
pub mod presence;
pub mod reply;
pub mod throttle;
