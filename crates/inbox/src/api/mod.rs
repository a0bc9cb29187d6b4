//! The inbox's HTTP surface.

pub mod webhooks;
