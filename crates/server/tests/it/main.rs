//! The server as its callers see it.
#![allow(clippy::unwrap_used, clippy::allow_attributes, reason = "helpers of tests fail by panicking")]

mod access;
mod bad_input;
mod batch;
mod by_hand;
mod conversations;
mod debug_token;
mod deliver;
mod deliveries;
mod emulator;
mod envelope;
mod limits;
mod media;
mod messages;
mod messenger_profile;
mod moderation;
mod nodes;
mod parameters;
mod person_acts;
mod person_view;
mod phone;
mod read_back;
mod read_contents;
mod recorded_texts;
mod send;
mod setup;
mod subscriptions;
mod thread_control;
mod together;
mod versions;
mod webhook_events;
mod webhooks;
mod welcome_message_flows;
mod window;

/// Mira: she wrote an hour ago.
const MIRA: &str = "900000000000001";
/// Jonas: he wrote 27 hours ago.
const JONAS: &str = "900000000000002";
/// Aisha: she commented, and never wrote.
const AISHA: &str = "900000000000003";
/// The demo account.
const ACCOUNT: &str = "17841400000000001";
/// The demo Page.
const PAGE: &str = "100000000000001";
/// The demo app.
const APP: &str = "500000000000001";
