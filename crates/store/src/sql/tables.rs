//! The catalogue: every table with its columns, for what goes over whole tables.
//!
//! The driver's own table of migrations is not in it, nor is SQLite's number of a message's arrival, which refers to nothing.

use Kind::{Bytes, Flag, Int, Text};
use Scope::{Account, Global};

/// A table, the same in both engines.
#[derive(Debug)]
pub(crate) struct Table {
    /// Its name, to be quoted.
    pub(crate) name: &'static str,
    /// Whose rows it holds.
    pub(crate) scope: Scope,
    /// Its columns, those of the key first.
    pub(crate) columns: &'static [Column],
    /// Columns that tell rows apart and lead an index in both engines: the order in which the table can be gone through
    /// part by part. The key, where none is named.
    pub(crate) order: Option<&'static str>,
    /// Rows that are taken together in going through it: as many as fit well into memory and a transaction.
    pub(crate) part: usize,
}

/// Rows of a part, where rows are short: enough that a transaction costs little beside them.
const PART: usize = 2_000;

/// Whose rows a table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// The platform's. Small, and wanted on every machine.
    Global,
    /// Accounts': its key leads with `account_id`, by which it can be distributed.
    Account,
}

/// A column of a table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Column {
    /// Its name, to be quoted.
    pub(crate) name: &'static str,
    /// What it holds.
    pub(crate) kind: Kind,
    /// Whether it is part of the key.
    pub(crate) key: bool,
    /// Whether it may be NULL, which tests compare with the schemas.
    #[cfg_attr(not(test), expect(dead_code, reason = "only tests ask"))]
    pub(crate) optional: bool,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Numbers.
    Int,
    /// Texts.
    Text,
    /// Bytes.
    Bytes,
    /// Yes or no; SQLite keeps it as 1 or 0.
    Flag,
}

impl Table {
    /// The columns that tell its rows apart, in the order of an index.
    pub(crate) fn order(&self) -> Vec<&'static str> {
        match self.order {
            Some(column) => vec![column],
            None => self.columns.iter().filter(|column| column.key).map(|column| column.name).collect(),
        }
    }
}

const fn key(name: &'static str, kind: Kind) -> Column {
    Column { name, kind, key: true, optional: false }
}

const fn fact(name: &'static str, kind: Kind) -> Column {
    Column { name, kind, key: false, optional: false }
}

const fn maybe(name: &'static str, kind: Kind) -> Column {
    Column { name, kind, key: false, optional: true }
}

const fn table(scope: Scope, name: &'static str, columns: &'static [Column]) -> Table {
    Table { name, scope, columns, order: None, part: PART }
}

/// Every table: global ones first, then those of accounts.
pub(crate) static TABLES: &[Table] = &[
    table(Global, "user", &[key("id", Int), fact("name", Text)]),
    table(
        Global,
        "app",
        &[
            key("id", Int),
            fact("name", Text),
            fact("secret", Bytes),
            fact("instagram_app_id", Int),
            fact("instagram_secret", Bytes),
            fact("require_proof", Flag),
            fact("human_agent", Flag),
            fact("default_version", Text),
            fact("created_time", Int),
            fact("live", Flag),
            fact("advanced_access", Flag),
            maybe("deauth_callback_url", Text),
            maybe("data_deletion_url", Text),
            maybe("instagram_deauth_callback_url", Text),
            maybe("instagram_data_deletion_url", Text),
        ],
    ),
    table(
        Global,
        "token",
        &[
            key("hash", Bytes),
            fact("kind", Text),
            fact("app_id", Int),
            maybe("user_id", Int),
            maybe("page_id", Int),
            maybe("account_id", Int),
            fact("scopes", Text),
            fact("issued_time", Int),
            maybe("expires_time", Int),
            maybe("revoked_time", Int),
        ],
    ),
    table(Global, "page", &[key("id", Int), fact("name", Text), fact("category", Text), maybe("account_id", Int)]),
    table(
        Global,
        "account",
        &[
            key("id", Int),
            fact("username", Text),
            fact("name", Text),
            fact("biography", Text),
            fact("profile_picture_url", Text),
            fact("followers_count", Int),
            fact("follows_count", Int),
            maybe("page_id", Int),
            fact("created_time", Int),
            fact("account_type", Text),
            fact("allow_message_access", Flag),
            fact("standing", Int),
            fact("image_collections", Flag),
            maybe("default_app_id", Int),
            maybe("primary_app_id", Int),
            fact("take_over_apps", Text),
            maybe("self_igsid", Int),
        ],
    ),
    table(
        Global,
        "person",
        &[
            key("id", Int),
            fact("username", Text),
            maybe("name", Text),
            maybe("profile_pic", Text),
            fact("follower_count", Int),
            fact("is_verified_user", Flag),
            fact("status", Int),
            maybe("phone", Text),
            maybe("email", Text),
            fact("is_private", Flag),
        ],
    ),
    table(Global, "app_role", &[key("app_id", Int), key("person_id", Int)]),
    table(
        Global,
        "subscription",
        &[
            key("app_id", Int),
            key("object", Text),
            fact("callback_url", Text),
            fact("include_values", Flag),
            fact("active", Flag),
            fact("fields", Text),
        ],
    ),
    table(Global, "setting", &[key("name", Text), fact("value", Text)]),
    table(
        Account,
        "install",
        &[
            key("account_id", Int),
            key("app_id", Int),
            key("login", Text),
            maybe("page_id", Int),
            fact("subscribed_fields", Text),
            fact("scopes", Text),
            fact("created_time", Int),
        ],
    ),
    table(
        Account,
        "scoped_user",
        &[
            key("account_id", Int),
            key("igsid", Int),
            fact("person_id", Int),
            maybe("consent_time", Int),
            fact("is_user_follow_business", Flag),
            fact("is_business_follow_user", Flag),
            fact("is_user_block_business", Flag),
            fact("is_business_block_user", Flag),
            fact("is_same_accounts_center", Flag),
        ],
    ),
    table(
        Account,
        "thread",
        &[
            key("account_id", Int),
            key("igsid", Int),
            fact("version", Int),
            fact("updated_time", Int),
            fact("last_item", Int),
            maybe("last_person_time", Int),
            maybe("last_business_item", Int),
            maybe("seen_item", Int),
            fact("message_count", Int),
            fact("unread_count", Int),
            maybe("business_seen_item", Int),
            maybe("typing_until", Int),
            fact("folder", Int),
            fact("is_removed", Flag),
            maybe("owner_app_id", Int),
            maybe("owner_until", Int),
        ],
    ),
    table(
        Account,
        "message",
        &[
            key("account_id", Int),
            key("igsid", Int),
            key("item", Int),
            fact("created_time", Int),
            fact("from", Int),
            maybe("app_id", Int),
            fact("kind", Int),
            fact("text", Text),
            maybe("payload", Text),
            maybe("aside", Text),
        ],
    ),
    table(
        Account,
        "reaction",
        &[
            key("account_id", Int),
            key("igsid", Int),
            key("item", Int),
            key("from", Int),
            fact("emoji", Text),
            fact("time", Int),
        ],
    ),
    table(
        Account,
        "profile",
        &[key("account_id", Int), key("platform", Text), key("property", Text), fact("value", Text)],
    ),
    table(
        Account,
        "media",
        &[
            key("account_id", Int),
            key("id", Int),
            fact("caption", Text),
            fact("media_url", Text),
            fact("timestamp", Int),
            fact("media_product_type", Int),
            maybe("ended_time", Int),
            maybe("ad", Text),
            maybe("insights", Text),
            fact("children", Text),
            maybe("link_url", Text),
            maybe("expires_time", Int),
        ],
    ),
    table(
        Account,
        "comment",
        &[
            key("account_id", Int),
            key("id", Int),
            fact("media_id", Int),
            fact("from", Int),
            fact("text", Text),
            fact("timestamp", Int),
            maybe("parent_id", Int),
            maybe("replied_time", Int),
            fact("is_deleted", Flag),
        ],
    ),
    table(
        Account,
        "asset",
        &[
            key("account_id", Int),
            key("id", Int),
            fact("kind", Text),
            fact("content_type", Text),
            fact("size", Int),
            maybe("width", Int),
            maybe("height", Int),
            maybe("duration_ms", Int),
            maybe("file_name", Text),
            fact("created_time", Int),
        ],
    ),
    Table {
        part: 16,
        ..table(
            Account,
            "asset_chunk",
            &[key("account_id", Int), key("asset_id", Int), key("number", Int), fact("bytes", Bytes)],
        )
    },
    table(
        Account,
        "loose_chunk",
        &[key("account_id", Int), key("asset_id", Int), key("number", Int), fact("created_time", Int)],
    ),
    table(
        Account,
        "attachment",
        &[
            key("account_id", Int),
            key("id", Int),
            fact("platform", Text),
            fact("app_id", Int),
            fact("asset_id", Int),
            fact("kind", Text),
            fact("is_reusable", Flag),
            fact("created_time", Int),
            maybe("used_time", Int),
        ],
    ),
    table(
        Account,
        "answer",
        &[
            key("account_id", Int),
            key("app_id", Int),
            key("key", Text),
            fact("request", Bytes),
            fact("body", Text),
            fact("time", Int),
        ],
    ),
    table(
        Account,
        "flow",
        &[
            key("account_id", Int),
            key("id", Int),
            fact("app_id", Int),
            fact("name", Text),
            fact("welcome_message_flow", Text),
            fact("eligible_platforms", Text),
            fact("last_update_time", Int),
        ],
    ),
    Table {
        order: Some("id"),
        ..table(
            Account,
            "delivery",
            &[
                key("account_id", Int),
                key("id", Int),
                fact("app_id", Int),
                fact("igsid", Int),
                fact("login", Text),
                fact("field", Text),
                fact("element", Text),
                fact("created_time", Int),
                fact("state", Int),
                fact("turn", Int),
                fact("attempts", Int),
                maybe("first_attempt_time", Int),
                fact("due_time", Int),
                maybe("lease_owner", Int),
                maybe("lease_until", Int),
                fact("channel", Int),
                maybe("url", Text),
                maybe("origin_id", Int),
            ],
        )
    },
    table(Account, "outage", &[key("account_id", Int), key("app_id", Int), key("login", Text), fact("since", Int)]),
    table(
        Account,
        "alert",
        &[
            key("account_id", Int),
            key("app_id", Int),
            key("login", Text),
            key("since", Int),
            key("kind", Int),
            fact("time", Int),
        ],
    ),
    table(
        Account,
        "attempt",
        &[
            key("account_id", Int),
            key("delivery_id", Int),
            key("number", Int),
            fact("time", Int),
            fact("duration_ms", Int),
            fact("url", Text),
            maybe("status", Int),
            fact("answer", Text),
        ],
    ),
    Table {
        order: Some("seq"),
        ..table(
            Account,
            "event",
            &[
                key("account_id", Int),
                key("seq", Int),
                fact("igsid", Int),
                fact("item", Int),
                fact("kind", Int),
                fact("time", Int),
            ],
        )
    },
    table(
        Account,
        "usage",
        &[key("account_id", Int), key("app_id", Int), key("bucket", Int), fact("window", Int), fact("calls", Int)],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_belongs_to_accounts_leads_its_key_with_them_and_nothing_else_does() {
        for table in TABLES {
            let leads = table.columns[0].key && table.columns[0].name == "account_id";
            assert_eq!(leads, table.scope == Account, "{}", table.name);
            let keys = table.columns.iter().take_while(|column| column.key).count();
            assert!(keys > 0 && table.columns[keys..].iter().all(|column| !column.key), "{}", table.name);
        }
    }
}
