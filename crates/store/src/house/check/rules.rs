//! The rules, each as a query of what breaks it: one column, `broken`, which names the row.

use crate::sql::Statement;

/// A rule.
pub(super) struct Rule {
    pub name: &'static str,
    pub meaning: &'static str,
    pub statement: Statement,
}

/// A rule with one text for both engines, or two.
macro_rules! rule {
    ($name:literal, $meaning:literal, sqlite: $sqlite:expr, postgres: $postgres:expr) => {
        Rule {
            name: $name,
            meaning: $meaning,
            statement: Statement { sqlite: $sqlite, postgres: $postgres },
        }
    };
    ($name:literal, $meaning:literal, $text:expr) => {
        rule!($name, $meaning, sqlite: $text, postgres: $text)
    };
}

/// Rows of `$table` (alias `r`) named by `$key` whose `$column` names no row of `$other`, NULL aside.
macro_rules! orphans {
    ($table:literal, $key:expr, $column:literal, $other:literal) => {
        concat!(
            "SELECT ",
            $key,
            " AS broken FROM ",
            $table,
            " r WHERE r.",
            $column,
            " IS NOT NULL AND NOT EXISTS \
            (SELECT 1 FROM ",
            $other,
            " o WHERE o.id = r.",
            $column,
            ")"
        )
    };
}

/// Rows of an account's `$table` that name no row of `$other` with the same account: `$on` is the rest of the key.
macro_rules! strays {
    ($table:literal, $key:expr, $other:literal, $on:literal) => {
        concat!(
            "SELECT ",
            $key,
            " AS broken FROM ",
            $table,
            " r WHERE NOT EXISTS (SELECT 1 FROM ",
            $other,
            " o WHERE o.account_id = r.account_id AND ",
            $on,
            ")"
        )
    };
}

/// Threads that do not fit their messages.
macro_rules! threads {
    ($where:expr) => {
        concat!("SELECT r.account_id || '/' || r.igsid AS broken FROM thread r WHERE ", $where)
    };
}

/// Messages that show something which is not there: `$each` is a file of message `r`, `$asset` its number.
macro_rules! files {
    ($each:literal, $asset:literal) => {
        concat!(
            "SELECT DISTINCT ",
            message!(),
            " AS broken FROM message r CROSS JOIN ",
            $each,
            " WHERE NOT EXISTS (SELECT 1 FROM asset o WHERE o.account_id = r.account_id AND o.id = ",
            $asset,
            ")"
        )
    };
}

/// Messages with something `$of` them, a number, that names no row of `$other` with the same account: `$on` and the number
/// are the rest of its key.
macro_rules! named_by_message {
    ($of:expr, $other:literal, $on:literal) => {
        concat!(
            "SELECT ",
            message!(),
            " AS broken FROM message r WHERE ",
            $of,
            " IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ",
            $other,
            " o WHERE o.account_id = r.account_id AND ",
            $on,
            $of,
            ")"
        )
    };
}

/// Messages whose aside names under `$key` what is not there.
macro_rules! beside {
    ($name:literal, $meaning:literal, $key:literal, $other:literal, $on:literal) => {
        rule!($name, $meaning,
            sqlite: named_by_message!(
                concat!("CAST(json_extract(r.aside, '$.", $key, "') AS INTEGER)"), $other, $on
            ),
            postgres: named_by_message!(
                concat!("CAST(CAST(r.aside AS JSON) ->> '", $key, "' AS BIGINT)"), $other, $on
            ))
    };
}

/// A number computed over the messages of thread `r`.
macro_rules! of_messages {
    ($what:literal, $which:literal) => {
        concat!(
            "(SELECT ",
            $what,
            " FROM message m WHERE m.account_id = r.account_id AND m.igsid = r.igsid",
            $which,
            ")"
        )
    };
}

macro_rules! id {
    () => {
        "CAST(r.id AS TEXT)"
    };
}
macro_rules! account_and {
    ($column:literal) => {
        concat!("r.account_id || '/' || r.", $column)
    };
}
macro_rules! role {
    () => {
        "r.app_id || '/' || r.person_id"
    };
}
macro_rules! outage {
    () => {
        "r.account_id || '/' || r.app_id || '/' || r.login"
    };
}
macro_rules! alert {
    () => {
        concat!(outage!(), " || '/' || r.since || '/' || r.kind")
    };
}
macro_rules! part {
    () => {
        "r.account_id || '/' || r.asset_id || '/' || r.number"
    };
}
macro_rules! answer {
    () => {
        "r.account_id || '/' || r.app_id || '/' || r.\"key\""
    };
}
macro_rules! install {
    () => {
        "r.account_id || '/' || r.app_id || '/' || r.login"
    };
}
macro_rules! message {
    () => {
        "r.account_id || '/' || r.igsid || '/' || r.item"
    };
}
macro_rules! usage {
    () => {
        "r.account_id || '/' || r.app_id || '/' || r.bucket"
    };
}
macro_rules! attempt {
    () => {
        "r.account_id || '/' || r.delivery_id || '/' || r.number"
    };
}
/// A token is named by its hash.
macro_rules! tokens {
    ($name:literal, $meaning:literal, $column:literal, $other:literal) => {
        rule!($name, $meaning,
            sqlite: orphans!("token", "lower(hex(r.hash))", $column, $other),
            postgres: orphans!("token", "encode(r.hash, 'hex')", $column, $other))
    };
}

/// Lanes of pending deliveries: how many have the turn and how many wait for it.
macro_rules! lanes {
    ($having:literal) => {
        concat!(
            "SELECT account_id || '/' || app_id || '/' || igsid AS broken FROM delivery WHERE state = 0 \
            GROUP BY account_id, app_id, igsid HAVING ",
            $having
        )
    };
}

/// Every rule: the engine itself, then what refers to what, then what is counted.
pub(super) static RULES: &[Rule] = &[
    rule!("engine", "the engine finds its own pages and indexes in order",
        sqlite: "SELECT integrity_check AS broken FROM pragma_integrity_check WHERE integrity_check <> 'ok'",
        postgres: "SELECT CAST(indexrelid::regclass AS TEXT) AS broken FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid \
            WHERE c.relnamespace = CAST(current_schema() AS regnamespace) AND NOT (i.indisvalid AND i.indisready)"),
    rule!(
        "app of a subscription",
        "a subscription belongs to an app",
        orphans!("subscription", "r.app_id || '/' || r.object", "app_id", "app")
    ),
    tokens!("app of a token", "a token was issued to an app", "app_id", "app"),
    tokens!("user of a token", "the user whom a token stands for is there", "user_id", "\"user\""),
    tokens!("page of a token", "the Page that a token stands for is there", "page_id", "page"),
    tokens!("account of a token", "the account that a token stands for is there", "account_id", "account"),
    rule!(
        "account of a page",
        "the account that a Page is linked to is there",
        orphans!("page", id!(), "account_id", "account")
    ),
    rule!(
        "page of an account",
        "the Page that an account is linked to is there",
        orphans!("account", id!(), "page_id", "page")
    ),
    rule!(
        "default app of an account",
        "the app that idle threads of an account belong to is there",
        orphans!("account", id!(), "default_app_id", "app")
    ),
    rule!(
        "primary app of an account",
        "the primary receiver of an account is there",
        orphans!("account", id!(), "primary_app_id", "app")
    ),
    rule!("app of a role", "a role is on an app", orphans!("app_role", role!(), "app_id", "app")),
    rule!("person of a role", "a role is of a person", orphans!("app_role", role!(), "person_id", "person")),
    rule!(
        "account of an install",
        "an install is on an account",
        orphans!("install", install!(), "account_id", "account")
    ),
    rule!("app of an install", "an install is of an app", orphans!("install", install!(), "app_id", "app")),
    rule!(
        "page of an install",
        "the Page that an install goes through is there",
        orphans!("install", install!(), "page_id", "page")
    ),
    rule!(
        "account of a scoped user",
        "an IGSID is of an account",
        orphans!("scoped_user", account_and!("igsid"), "account_id", "account")
    ),
    rule!(
        "person of a scoped user",
        "an IGSID stands for a person",
        orphans!("scoped_user", account_and!("igsid"), "person_id", "person")
    ),
    rule!(
        "scoped user of a thread",
        "a thread is with somebody whom the account knows",
        strays!("thread", account_and!("igsid"), "scoped_user", "o.igsid = r.igsid")
    ),
    rule!(
        "owner of a thread",
        "the app that controls a thread is there, or it is one of the platform's inboxes",
        concat!(
            orphans!("thread", account_and!("igsid"), "owner_app_id", "app"),
            " AND r.owner_app_id NOT IN (263902037430900, 1217981644879628)"
        )
    ),
    rule!(
        "thread of a message",
        "a message is in a thread",
        strays!("message", message!(), "thread", "o.igsid = r.igsid")
    ),
    rule!("app of a message", "the app that sent a message is there", orphans!("message", message!(), "app_id", "app")),
    rule!("files of a message", "what a message shows is a file of its account",
    sqlite: files!(
        "json_each(CASE r.kind WHEN 2 THEN r.payload WHEN 6 THEN json_array(json(r.payload)) ELSE '[]' END) f",
        "CAST(json_extract(f.value, '$.asset') AS INTEGER)"
    ),
    postgres: files!(
        "LATERAL json_array_elements(CASE r.kind WHEN 2 THEN CAST(r.payload AS JSON) \
        WHEN 6 THEN json_build_array(CAST(r.payload AS JSON)) ELSE '[]' END) f (value)",
        "CAST(f.value ->> 'asset' AS BIGINT)"
    )),
    rule!("post of a message", "a post that a message shares is its account's",
    sqlite: named_by_message!(
        "CASE r.kind WHEN 4 THEN CAST(json_extract(r.payload, '$') AS INTEGER) END", "media", "o.id = "
    ),
    postgres: named_by_message!(
        "CASE r.kind WHEN 4 THEN CAST(CAST(r.payload AS JSON) #>> '{}' AS BIGINT) END", "media", "o.id = "
    )),
    beside!(
        "answered message",
        "what a message answers is a message of its thread",
        "reply_to",
        "message",
        "o.igsid = r.igsid AND o.item = "
    ),
    beside!("story of a message", "a story that a message answers is its account's", "story", "media", "o.id = "),
    beside!(
        "comment of a message",
        "a comment that a message answers stands under a post of its account",
        "comment",
        "comment",
        "o.id = "
    ),
    rule!(
        "message of a reaction",
        "a reaction is to a message",
        strays!(
            "reaction",
            concat!(message!(), " || '/' || r.\"from\""),
            "message",
            "o.igsid = r.igsid AND o.item = r.item"
        )
    ),
    rule!(
        "account of a profile",
        "a messenger profile is of an account",
        orphans!("profile", "r.account_id || '/' || r.platform || '/' || r.property", "account_id", "account")
    ),
    rule!(
        "account of a media",
        "a media is of an account",
        orphans!("media", account_and!("id"), "account_id", "account")
    ),
    rule!(
        "media of a comment",
        "a comment is on a media of its account",
        strays!("comment", account_and!("id"), "media", "o.id = r.media_id")
    ),
    rule!(
        "author of a comment",
        "a comment is of somebody whom the account knows",
        strays!("comment", account_and!("id"), "scoped_user", "o.igsid = r.\"from\"")
    ),
    rule!(
        "parent of a comment",
        "a comment answers one of its account's",
        concat!(
            strays!("comment", account_and!("id"), "comment", "o.id = r.parent_id"),
            " AND r.parent_id IS NOT NULL"
        )
    ),
    rule!(
        "account of an asset",
        "a file is of an account",
        orphans!("asset", account_and!("id"), "account_id", "account")
    ),
    rule!(
        "parts of an asset",
        "a file has all its parts, and they are as long as it",
        concat!(
            "SELECT ",
            account_and!("id"),
            " AS broken FROM asset r JOIN (SELECT a.account_id, a.id, count(c.number) AS parts, \
            coalesce(max(c.number) + 1, 0) AS places, coalesce(sum(length(c.bytes)), 0) AS size FROM asset a \
            LEFT JOIN asset_chunk c ON c.account_id = a.account_id AND c.asset_id = a.id GROUP BY a.account_id, a.id) p \
            ON p.account_id = r.account_id AND p.id = r.id WHERE p.parts <> p.places OR p.size <> r.size"
        )
    ),
    rule!(
        "asset of a part",
        "a part is of a file that is whole, or it is loose",
        concat!(
            strays!("asset_chunk", part!(), "asset", "o.id = r.asset_id"),
            " AND NOT EXISTS (SELECT 1 FROM loose_chunk l WHERE l.account_id = r.account_id AND l.asset_id = r.asset_id \
            AND l.number = r.number)"
        )
    ),
    rule!(
        "loose part",
        "a part that is loose is there, and its file is not",
        concat!(
            strays!("loose_chunk", part!(), "asset_chunk", "o.asset_id = r.asset_id AND o.number = r.number"),
            " OR EXISTS (SELECT 1 FROM asset a WHERE a.account_id = r.account_id AND a.id = r.asset_id)"
        )
    ),
    rule!(
        "asset of an attachment",
        "an attachment is a file of its account",
        strays!("attachment", account_and!("id"), "asset", "o.id = r.asset_id")
    ),
    rule!(
        "app of an attachment",
        "an attachment was uploaded by an app",
        orphans!("attachment", account_and!("id"), "app_id", "app")
    ),
    rule!(
        "account of an answer",
        "an answer was given for an account",
        orphans!("answer", answer!(), "account_id", "account")
    ),
    rule!("app of an answer", "an answer was given to an app", orphans!("answer", answer!(), "app_id", "app")),
    rule!(
        "account of a flow",
        "a flow is of an account",
        orphans!("flow", account_and!("id"), "account_id", "account")
    ),
    rule!("app of a flow", "a flow was made by an app", orphans!("flow", account_and!("id"), "app_id", "app")),
    rule!(
        "account of a delivery",
        "a delivery tells of an account",
        orphans!("delivery", account_and!("id"), "account_id", "account")
    ),
    rule!("app of a delivery", "a delivery goes to an app", orphans!("delivery", account_and!("id"), "app_id", "app")),
    rule!(
        "scoped user of a delivery",
        "a delivery tells of somebody whom the account knows, or of nobody",
        concat!(strays!("delivery", account_and!("id"), "scoped_user", "o.igsid = r.igsid"), " AND r.igsid <> 0")
    ),
    rule!(
        "origin of a delivery",
        "a delivery that was made by hand repeats one of its account's",
        concat!(
            strays!("delivery", account_and!("id"), "delivery", "o.id = r.origin_id"),
            " AND r.origin_id IS NOT NULL"
        )
    ),
    rule!("account of an outage", "an outage is of an account", orphans!("outage", outage!(), "account_id", "account")),
    rule!("app of an outage", "an outage is of an app", orphans!("outage", outage!(), "app_id", "app")),
    rule!("account of an alert", "an alert is of an account", orphans!("alert", alert!(), "account_id", "account")),
    rule!("app of an alert", "an alert is of an app", orphans!("alert", alert!(), "app_id", "app")),
    rule!(
        "delivery of an attempt",
        "an attempt is of a delivery",
        strays!("attempt", attempt!(), "delivery", "o.id = r.delivery_id")
    ),
    rule!(
        "thread of an event",
        "an entry of the log tells of a thread",
        strays!("event", account_and!("seq"), "thread", "o.igsid = r.igsid")
    ),
    rule!(
        "message of an event",
        "an entry of the log tells of a message, unless its thread had none",
        concat!(
            strays!("event", account_and!("seq"), "message", "o.igsid = r.igsid AND o.item = r.item"),
            " AND r.item <> 0"
        )
    ),
    rule!(
        "account of a counter",
        "what is counted for an account is counted for one that is there",
        concat!(orphans!("usage", usage!(), "account_id", "account"), " AND r.account_id <> 0")
    ),
    rule!("app of a counter", "what is counted is counted for an app", orphans!("usage", usage!(), "app_id", "app")),
    rule!(
        "message count",
        "a thread counts its messages",
        threads!(concat!("r.message_count <> ", of_messages!("count(*)", "")))
    ),
    rule!(
        "last item",
        "a thread's last item is its newest message",
        threads!(concat!("r.last_item <> coalesce(", of_messages!("max(m.item)", ""), ", 0)"))
    ),
    rule!(
        "updated time",
        "a thread was updated when its newest message was written, or later",
        threads!(concat!("r.updated_time < ", of_messages!("max(m.created_time)", "")))
    ),
    rule!(
        "last business item",
        "a thread knows the newest message of the business",
        threads!(concat!(
            "coalesce(r.last_business_item, 0) <> coalesce(",
            of_messages!("max(m.item)", " AND m.\"from\" = 1"),
            ", 0)"
        ))
    ),
    rule!(
        "unread count",
        "a thread counts the person's messages since the business last wrote or saw them",
        threads!(concat!(
            "r.unread_count <> ",
            of_messages!(
                "count(*)",
                " AND m.\"from\" = 0 AND m.item > coalesce(r.last_business_item, 0) \
                AND m.item > coalesce(r.business_seen_item, 0)"
            )
        ))
    ),
    rule!(
        "seen item",
        "what a person has seen last is a message of the business",
        threads!(concat!(
            "r.seen_item IS NOT NULL AND NOT EXISTS ",
            of_messages!("1", " AND m.item = r.seen_item AND m.\"from\" = 1")
        ))
    ),
    rule!(
        "business seen item",
        "what the business has seen last is a message of the thread",
        threads!(concat!(
            "r.business_seen_item IS NOT NULL AND NOT EXISTS ",
            of_messages!("1", " AND m.item = r.business_seen_item")
        ))
    ),
    rule!(
        "control of a thread",
        "a thread has an owner and an end of that, or neither",
        threads!("(r.owner_app_id IS NULL) <> (r.owner_until IS NULL)")
    ),
    rule!(
        "attempts of a delivery",
        "a delivery counts its attempts",
        concat!(
            "SELECT ",
            account_and!("id"),
            " AS broken FROM delivery r WHERE r.attempts <> (SELECT count(*) FROM attempt a \
            WHERE a.account_id = r.account_id AND a.delivery_id = r.id)"
        )
    ),
    rule!(
        "turn",
        "of the pending deliveries of an app and a thread one has the turn when any waits for it, and never two",
        lanes!(
            "sum(CASE turn WHEN 1 THEN 1 ELSE 0 END) > 1 \
            OR (sum(CASE turn WHEN 0 THEN 1 ELSE 0 END) > 0 AND sum(CASE turn WHEN 1 THEN 1 ELSE 0 END) = 0)"
        )
    ),
    rule!(
        "lease",
        "a lease has an owner and an end, or there is none",
        concat!(
            "SELECT ",
            account_and!("id"),
            " AS broken FROM delivery r WHERE (r.lease_owner IS NULL) <> (r.lease_until IS NULL)"
        )
    ),
];

#[cfg(test)]
mod tests {
    use engine::policy::control::INBOXES;

    use super::*;
    use crate::sql::tables::TABLES;

    /// Columns that are the name of their own row.
    const OWN: [(&str, &str); 2] = [("app", "instagram_app_id"), ("scoped_user", "igsid")];

    #[test]
    fn the_platforms_inboxes_may_control_a_thread() {
        let rule = RULES.iter().find(|rule| rule.name == "owner of a thread").unwrap();
        let inboxes = INBOXES.map(|app| app.to_string()).join(", ");
        assert!(rule.statement.sqlite.ends_with(&format!("NOT IN ({inboxes})")), "{}", rule.statement.sqlite);
    }

    #[test]
    fn every_column_that_names_a_row_has_a_rule() {
        for table in TABLES {
            let names = table.columns.iter().map(|column| column.name);
            for column in names.filter(|name| name.ends_with("_id") || *name == "igsid") {
                let is_checked = |text: &str| {
                    let (from, row) = (format!(" FROM {} r ", table.name), format!("= r.{column}"));
                    text.contains(&from) && text.contains(&row)
                };
                let checked =
                    RULES.iter().any(|rule| is_checked(rule.statement.sqlite) && is_checked(rule.statement.postgres));
                assert_ne!(checked, OWN.contains(&(table.name, column)), "{}.{column}", table.name);
            }
        }
    }
}
