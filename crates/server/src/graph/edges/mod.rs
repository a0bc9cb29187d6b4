//! Edges, one file each.

pub mod conversations;
pub mod message_attachments;
pub mod messages;
pub mod messenger_profile;
pub mod moderation;
pub mod permissions;
pub mod subscribed_apps;
pub mod subscriptions;
pub mod thread_control;
pub mod welcome_message_flows;
