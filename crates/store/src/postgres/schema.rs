//! The schema, as numbered steps.

use db::Migration;

/// Every step, oldest first. A step that was published never changes.
pub(crate) const MIGRATIONS: &[Migration] = &[
    Migration { number: 1, name: "init", sql: include_str!("migrations/0001_init.sql") },
    Migration { number: 2, name: "send", sql: include_str!("migrations/0002_send.sql") },
    Migration { number: 3, name: "webhooks", sql: include_str!("migrations/0003_webhooks.sql") },
    Migration { number: 4, name: "events", sql: include_str!("migrations/0004_events.sql") },
];
