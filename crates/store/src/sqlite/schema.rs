//! The schema, as numbered steps.

use db::Migration;

/// Every step, oldest first. A step that was published never changes.
pub(crate) const MIGRATIONS: &[Migration] = &[
    Migration { number: 1, name: "init", sql: include_str!("migrations/0001_init.sql") },
    Migration { number: 2, name: "usage", sql: include_str!("migrations/0002_usage.sql") },
    Migration { number: 3, name: "send", sql: include_str!("migrations/0003_send.sql") },
    Migration { number: 4, name: "webhooks", sql: include_str!("migrations/0004_webhooks.sql") },
    Migration { number: 5, name: "events", sql: include_str!("migrations/0005_events.sql") },
];
