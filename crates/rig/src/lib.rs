//! Test rigs for what stands outside Parlance: a throw-away PostgreSQL, a TCP proxy that misbehaves on request, signals to
//! processes. It uses no other crate of the project, so the tests of any of them may use it.
//!
//! It runs on Linux, as root or not. What it starts ends with the process that started it, even when that one is killed.

mod free;
pub mod postgres;
pub mod process;
pub mod proxy;
pub mod wait;
