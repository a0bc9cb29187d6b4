//! Statements for many rows at once: each parameter of the one for a single row is an array here.
//!
//! Rows that go in together end as if they had gone in one after the other: a delivery gets its thread's turn when it is
//! the first of its thread among them and no other has it, and turns are handed on once all attempts are recorded.

use crate::sql::Statement;
use crate::sql::answers::{ADD_ANSWER, FORGET_ANSWERS};
use crate::sql::deliveries::{ADD_ATTEMPT, ADD_DELIVERY, NEXT_TURN, SETTLE, has_turn};
use crate::sql::log::{ADD_EVENT, event_base, own_events};
use crate::sql::messages::ADD_MESSAGE;
use crate::sql::outages::{ADD_OUTAGE, END_OUTAGE};
use crate::sql::people::{ADD_SCOPED_USER, PUT_SCOPED_USER};
use crate::sql::reactions::{PUT_REACTION, REMOVE_REACTION};
use crate::sql::threads::{ADD_THREAD, SAVE_THREAD};

macro_rules! add_scoped_users {
    () => {
        "INSERT INTO scoped_user (account_id, igsid, person_id, consent_time, is_user_follow_business, \
        is_business_follow_user, is_user_block_business, is_business_block_user, is_same_accounts_center) \
        SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bool[], $6::bool[], $7::bool[], \
        $8::bool[], $9::bool[])"
    };
}

/// A statement for many rows.
pub(super) struct Form {
    single: &'static Statement,
    /// Its text.
    pub(super) many: &'static str,
}

/// Every form, in the order in which they are run.
pub(super) static FORMS: [Form; 16] = [
    Form { single: &ADD_SCOPED_USER, many: add_scoped_users!() },
    Form {
        single: &PUT_SCOPED_USER,
        many: concat!(
            add_scoped_users!(),
            " ON CONFLICT (account_id, igsid) DO UPDATE SET person_id = excluded.person_id, \
            consent_time = excluded.consent_time, is_user_follow_business = excluded.is_user_follow_business, \
            is_business_follow_user = excluded.is_business_follow_user, \
            is_user_block_business = excluded.is_user_block_business, \
            is_business_block_user = excluded.is_business_block_user, \
            is_same_accounts_center = excluded.is_same_accounts_center"
        ),
    },
    Form {
        single: &ADD_THREAD,
        many: "INSERT INTO thread (account_id, igsid, version, updated_time, last_item, last_person_time, \
            last_business_item, seen_item, message_count, unread_count, business_seen_item, typing_until, folder, \
            is_removed, owner_app_id, owner_until) \
            SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], \
            $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[], \
            $14::bool[], $15::bigint[], $16::bigint[])",
    },
    Form {
        single: &SAVE_THREAD,
        many: "UPDATE thread t SET version = n.version, updated_time = n.updated_time, last_item = n.last_item, \
            last_person_time = n.last_person_time, last_business_item = n.last_business_item, seen_item = n.seen_item, \
            message_count = n.message_count, unread_count = n.unread_count, \
            business_seen_item = n.business_seen_item, typing_until = n.typing_until, folder = n.folder, \
            is_removed = n.is_removed, owner_app_id = n.owner_app_id, owner_until = n.owner_until \
            FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], \
            $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[], \
            $14::bool[], $15::bigint[], $16::bigint[]) AS n (account_id, igsid, version, updated_time, last_item, \
            last_person_time, last_business_item, seen_item, message_count, unread_count, business_seen_item, \
            typing_until, folder, is_removed, owner_app_id, owner_until) \
            WHERE t.account_id = n.account_id AND t.igsid = n.igsid AND t.version = n.version - 1",
    },
    Form {
        single: &ADD_MESSAGE,
        many: r#"INSERT INTO message (account_id, igsid, item, created_time, "from", app_id, kind, text, payload, aside)
            SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[],
            $7::bigint[], $8::text[], $9::text[], $10::text[])"#,
    },
    // `bulk` sees to it that no reaction is among them twice.
    Form {
        single: &PUT_REACTION,
        many: r#"INSERT INTO reaction (account_id, igsid, item, "from", emoji, time)
            SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::text[], $6::bigint[])
            ON CONFLICT (account_id, igsid, item, "from") DO UPDATE SET emoji = excluded.emoji, time = excluded.time"#,
    },
    Form {
        single: &REMOVE_REACTION,
        many: r#"DELETE FROM reaction r USING unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[])
            AS n (account_id, igsid, item, "from") WHERE r.account_id = n.account_id AND r.igsid = n.igsid
            AND r.item = n.item AND r."from" = n."from""#,
    },
    Form {
        single: &FORGET_ANSWERS,
        many: "DELETE FROM answer a USING unnest($1::bigint[], $2::bigint[]) AS n (account_id, oldest) \
            WHERE a.account_id = n.account_id AND a.time < n.oldest",
    },
    Form {
        single: &ADD_ANSWER,
        many: r#"INSERT INTO answer (account_id, app_id, "key", request, body, time)
            SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::bytea[], $5::text[], $6::bigint[])"#,
    },
    Form {
        single: &ADD_EVENT,
        many: concat!(
            "INSERT INTO event (account_id, igsid, item, kind, time, seq) SELECT n.account_id, n.igsid, n.item, n.kind, \
            n.time, own.seq + n.place - 1 FROM (SELECT ",
            own_events!(),
            " AS seq) own,  unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[]) \
            WITH ORDINALITY AS n (account_id, igsid, item, kind, time, place)"
        ),
    },
    // A join beside each row, not EXISTS, so that the planner never looks through all that is pending instead.
    Form {
        single: &ADD_DELIVERY,
        many: concat!(
            "INSERT INTO delivery (account_id, app_id, igsid, login, field, element, created_time, state, turn, \
            attempts, due_time, channel) \
            SELECT n.account_id, n.app_id, n.igsid, n.login, n.field, n.element, n.created_time, 0, \
            CASE WHEN n.nth = 1 AND held.turn IS NULL THEN 1 ELSE 0 END, 0, n.created_time, n.channel \
            FROM (SELECT *, row_number() OVER (PARTITION BY account_id, app_id, igsid ORDER BY place) AS nth \
            FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::bigint[], \
            $8::bigint[]) WITH ORDINALITY AS u (account_id, app_id, igsid, login, field, element, created_time, channel, \
            place)) n \
            LEFT JOIN LATERAL (SELECT d.turn FROM delivery d WHERE d.state = 0 AND d.account_id = n.account_id \
            AND d.app_id = n.app_id AND d.igsid = n.igsid AND d.",
            has_turn!(),
            " LIMIT 1) held ON true ORDER BY n.place"
        ),
    },
    Form {
        single: &SETTLE,
        many: "UPDATE delivery d SET state = n.state, attempts = n.attempts, due_time = n.due_time, \
            turn = CASE WHEN n.keeps_turn AND d.turn = 1 THEN 1 ELSE 2 END, lease_owner = NULL, lease_until = NULL \
            FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bool[]) \
            AS n (id, account_id, owner, state, attempts, due_time, keeps_turn) \
            WHERE d.account_id = n.account_id AND d.id = n.id AND d.lease_owner = n.owner",
    },
    // A delivery whose lease was lost is not at this attempt, or has it on record from whoever made it.
    Form {
        single: &ADD_ATTEMPT,
        many: "INSERT INTO attempt (account_id, delivery_id, number, time, duration_ms, url, status, answer) \
            SELECT n.* FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::text[], \
            $7::bigint[], $8::text[]) AS n (account_id, delivery_id, number, time, duration_ms, url, status, answer) \
            JOIN delivery d ON d.account_id = n.account_id AND d.id = n.delivery_id AND d.attempts = n.number \
            ON CONFLICT DO NOTHING",
    },
    Form {
        single: &NEXT_TURN,
        many: concat!(
            "UPDATE delivery d SET turn = 1 FROM (SELECT lane.account_id, next.id \
            FROM (SELECT DISTINCT d.account_id, d.app_id, d.igsid FROM unnest($1::bigint[], $2::bigint[]) \
            AS n (account_id, id) JOIN delivery d ON d.account_id = n.account_id AND d.id = n.id) lane \
            CROSS JOIN LATERAL (SELECT d.id FROM delivery d WHERE d.state = 0 AND d.account_id = lane.account_id \
            AND d.app_id = lane.app_id AND d.igsid = lane.igsid AND d.turn = 0 ORDER BY d.id LIMIT 1) next \
            LEFT JOIN LATERAL (SELECT d.turn FROM delivery d WHERE d.state = 0 AND d.account_id = lane.account_id \
            AND d.app_id = lane.app_id AND d.igsid = lane.igsid AND d.",
            has_turn!(),
            " LIMIT 1) held ON true WHERE held.turn IS NULL) f WHERE d.account_id = f.account_id AND d.id = f.id"
        ),
    },
    Form {
        single: &ADD_OUTAGE,
        many: "INSERT INTO outage (account_id, app_id, login, since) \
            SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::bigint[]) \
            ON CONFLICT (account_id, app_id, login) DO NOTHING",
    },
    Form {
        single: &END_OUTAGE,
        many: "DELETE FROM outage o USING unnest($1::bigint[], $2::bigint[], $3::text[]) AS n (account_id, app_id, login) \
            WHERE o.account_id = n.account_id AND o.app_id = n.app_id AND o.login = n.login",
    },
];

/// The place of the form of a statement, when it has one.
pub(super) fn form(single: &Statement) -> Option<usize> {
    FORMS.iter().position(|form| std::ptr::eq(form.single, single))
}
