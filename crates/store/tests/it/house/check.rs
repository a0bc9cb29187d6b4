//! Every rule, broken on purpose on both engines.

use parlance_store::house::{self, Checked, Place};
use rig::postgres::Database;

use super::fixture::{House, ask, moved, place};

/// A rule, what breaks it and nothing else, what mends it, and the row that is named.
const BREAKS: &[(&str, &str, &str, &str)] = &[
    (
        "app of a subscription",
        "UPDATE subscription SET app_id = 99 WHERE object = 'page'",
        "UPDATE subscription SET app_id = 7",
        "99/page",
    ),
    ("app of a token", "UPDATE token SET app_id = 99 WHERE kind = 'user'", "UPDATE token SET app_id = 7", "00ff10"),
    (
        "user of a token",
        "UPDATE token SET user_id = 99 WHERE kind = 'user'",
        "UPDATE token SET user_id = 1 WHERE kind = 'user'",
        "00ff10",
    ),
    (
        "page of a token",
        "UPDATE token SET page_id = 99 WHERE kind = 'page'",
        "UPDATE token SET page_id = 3 WHERE kind = 'page'",
        "7f",
    ),
    (
        "account of a token",
        "UPDATE token SET account_id = 99 WHERE kind = 'page'",
        "UPDATE token SET account_id = 1 WHERE kind = 'page'",
        "7f",
    ),
    (
        "account of a page",
        "UPDATE page SET account_id = 99 WHERE id = 4",
        "UPDATE page SET account_id = NULL WHERE id = 4",
        "4",
    ),
    (
        "page of an account",
        "UPDATE account SET page_id = 99 WHERE id = 2",
        "UPDATE account SET page_id = NULL WHERE id = 2",
        "2",
    ),
    (
        "default app of an account",
        "UPDATE account SET default_app_id = 99 WHERE id = 2",
        "UPDATE account SET default_app_id = NULL WHERE id = 2",
        "2",
    ),
    ("app of a role", "UPDATE app_role SET app_id = 99", "UPDATE app_role SET app_id = 7", "99/12"),
    ("person of a role", "UPDATE app_role SET person_id = 99", "UPDATE app_role SET person_id = 12", "7/99"),
    (
        "account of an install",
        "UPDATE install SET account_id = 99 WHERE account_id = 2",
        "UPDATE install SET account_id = 2 WHERE account_id = 99",
        "99/7/instagram",
    ),
    (
        "app of an install",
        "UPDATE install SET app_id = 99 WHERE account_id = 2",
        "UPDATE install SET app_id = 7",
        "2/99/instagram",
    ),
    (
        "page of an install",
        "UPDATE install SET page_id = 99 WHERE account_id = 2",
        "UPDATE install SET page_id = NULL WHERE account_id = 2",
        "2/7/instagram",
    ),
    (
        "account of a scoped user",
        "INSERT INTO scoped_user (account_id, igsid, person_id, is_user_follow_business, is_business_follow_user) SELECT 99, igsid, person_id, is_user_follow_business, is_business_follow_user FROM scoped_user WHERE igsid = 101",
        "DELETE FROM scoped_user WHERE account_id = 99",
        "99/101",
    ),
    (
        "person of a scoped user",
        "UPDATE scoped_user SET person_id = 99 WHERE igsid = 102",
        "UPDATE scoped_user SET person_id = 12 WHERE igsid = 102",
        "1/102",
    ),
    (
        "scoped user of a thread",
        "INSERT INTO thread (account_id, igsid, version, updated_time, last_item, message_count, unread_count) VALUES (1, 999, 1, 0, 0, 0, 0)",
        "DELETE FROM thread WHERE igsid = 999",
        "1/999",
    ),
    (
        "owner of a thread",
        "UPDATE thread SET owner_app_id = 99 WHERE igsid = 102",
        "UPDATE thread SET owner_app_id = 1217981644879628 WHERE igsid = 102",
        "1/102",
    ),
    (
        "thread of a message",
        "INSERT INTO message (account_id, igsid, item, created_time, \"from\", kind, text) VALUES (1, 999, 5, 5, 0, 0, '')",
        "DELETE FROM message WHERE igsid = 999",
        "1/999/5",
    ),
    (
        "files of a message",
        "UPDATE message SET payload = '[{\"asset\":\"801\"},{\"asset\":\"899\"},{\"asset\":\"898\"}]' WHERE item = 4",
        "UPDATE message SET payload = '[{\"kind\":\"image\",\"asset\":\"801\"}]' WHERE item = 4",
        "1/101/4",
    ),
    (
        "files of a message",
        "UPDATE message SET kind = 6, payload = '{\"kind\":\"image\",\"asset\":\"803\"}' WHERE item = 2",
        "UPDATE message SET kind = 0, payload = NULL WHERE item = 2",
        "1/102/2",
    ),
    (
        "app of a message",
        "UPDATE message SET app_id = 99 WHERE item = 2",
        "UPDATE message SET app_id = NULL WHERE item = 2",
        "1/102/2",
    ),
    (
        "post of a message",
        "UPDATE message SET kind = 4, payload = '\"502\"' WHERE item = 2",
        "UPDATE message SET kind = 0, payload = NULL WHERE item = 2",
        "1/102/2",
    ),
    (
        "answered message",
        "UPDATE message SET aside = '{\"reply_to\":\"1\"}' WHERE item = 2",
        "UPDATE message SET aside = NULL WHERE item = 2",
        "1/102/2",
    ),
    (
        "story of a message",
        "UPDATE message SET aside = '{\"story\":\"502\"}' WHERE item = 2",
        "UPDATE message SET aside = NULL WHERE item = 2",
        "1/102/2",
    ),
    (
        "comment of a message",
        "UPDATE message SET aside = '{\"comment\":\"699\"}' WHERE item = 2",
        "UPDATE message SET aside = NULL WHERE item = 2",
        "1/102/2",
    ),
    (
        "message of a reaction",
        "UPDATE reaction SET item = 2 WHERE \"from\" = 1",
        "UPDATE reaction SET item = 1 WHERE \"from\" = 1",
        "1/101/2/1",
    ),
    (
        "account of a profile",
        "INSERT INTO profile VALUES (99, 'instagram', 'ice_breakers', '')",
        "DELETE FROM profile WHERE account_id = 99",
        "99/instagram/ice_breakers",
    ),
    (
        "account of a media",
        "INSERT INTO media (account_id, id, caption, media_url, timestamp) VALUES (99, 9, '', '', 0)",
        "DELETE FROM media WHERE account_id = 99",
        "99/9",
    ),
    (
        "media of a comment",
        "UPDATE comment SET media_id = 502 WHERE id = 603",
        "UPDATE comment SET media_id = 501 WHERE id = 603",
        "1/603",
    ),
    (
        "author of a comment",
        "UPDATE comment SET \"from\" = 201 WHERE id = 603",
        "UPDATE comment SET \"from\" = 102 WHERE id = 603",
        "1/603",
    ),
    (
        "parent of a comment",
        "UPDATE comment SET parent_id = 699 WHERE id = 602",
        "UPDATE comment SET parent_id = 601 WHERE id = 602",
        "1/602",
    ),
    (
        "account of an asset",
        "UPDATE asset SET account_id = 99 WHERE id = 804",
        "UPDATE asset SET account_id = 2 WHERE id = 804",
        "99/804",
    ),
    (
        "parts of an asset",
        "UPDATE asset SET size = size + 1 WHERE id = 801",
        "UPDATE asset SET size = size - 1 WHERE id = 801",
        "1/801",
    ),
    (
        "parts of an asset",
        "UPDATE asset_chunk SET number = 40 WHERE asset_id = 803 AND number = 7",
        "UPDATE asset_chunk SET number = 7 WHERE asset_id = 803 AND number = 40",
        "2/803",
    ),
    (
        "parts of an asset",
        "UPDATE asset SET size = 1 WHERE id = 804",
        "UPDATE asset SET size = 0 WHERE id = 804",
        "2/804",
    ),
    (
        "asset of a part",
        "INSERT INTO asset_chunk SELECT account_id, 899, number, bytes FROM asset_chunk WHERE asset_id = 802",
        "DELETE FROM asset_chunk WHERE asset_id = 899",
        "1/899/0",
    ),
    (
        "loose part",
        "INSERT INTO loose_chunk VALUES (1, 802, 1, 3)",
        "DELETE FROM loose_chunk WHERE number = 1",
        "1/802/1",
    ),
    (
        "loose part",
        "INSERT INTO loose_chunk VALUES (1, 801, 0, 3)",
        "DELETE FROM loose_chunk WHERE asset_id = 801",
        "1/801/0",
    ),
    (
        "asset of an attachment",
        "UPDATE attachment SET asset_id = 803 WHERE account_id = 1",
        "UPDATE attachment SET asset_id = 801 WHERE account_id = 1",
        "1/901",
    ),
    (
        "app of an attachment",
        "UPDATE attachment SET app_id = 99 WHERE account_id = 1",
        "UPDATE attachment SET app_id = 7",
        "1/901",
    ),
    ("account of an answer", "UPDATE answer SET account_id = 99", "UPDATE answer SET account_id = 1", "99/7/k"),
    ("app of an answer", "UPDATE answer SET app_id = 99", "UPDATE answer SET app_id = 7", "1/99/k"),
    ("account of a flow", "UPDATE flow SET account_id = 99", "UPDATE flow SET account_id = 1", "99/951"),
    ("app of a flow", "UPDATE flow SET app_id = 99", "UPDATE flow SET app_id = 7", "1/951"),
    (
        "app of a delivery",
        "UPDATE delivery SET app_id = 99 WHERE id = 1",
        "UPDATE delivery SET app_id = 7 WHERE id = 1",
        "1/1",
    ),
    (
        "scoped user of a delivery",
        "UPDATE delivery SET igsid = 999 WHERE id = 1",
        "UPDATE delivery SET igsid = 101 WHERE id = 1",
        "1/1",
    ),
    (
        "origin of a delivery",
        "UPDATE delivery SET origin_id = 4 WHERE id = 5",
        "UPDATE delivery SET origin_id = 1 WHERE id = 5",
        "1/5",
    ),
    (
        "primary app of an account",
        "UPDATE account SET primary_app_id = 99 WHERE id = 2",
        "UPDATE account SET primary_app_id = 8 WHERE id = 2",
        "2",
    ),
    ("account of an outage", "UPDATE outage SET account_id = 99", "UPDATE outage SET account_id = 2", "99/7/instagram"),
    ("app of an outage", "UPDATE outage SET app_id = 99", "UPDATE outage SET app_id = 7", "2/99/instagram"),
    (
        "account of an alert",
        "UPDATE alert SET account_id = 99 WHERE since = 4",
        "UPDATE alert SET account_id = 2 WHERE since = 4",
        "99/7/instagram/4/1",
    ),
    (
        "app of an alert",
        "UPDATE alert SET app_id = 99 WHERE since = 4",
        "UPDATE alert SET app_id = 7 WHERE since = 4",
        "2/99/instagram/4/1",
    ),
    (
        "delivery of an attempt",
        "INSERT INTO attempt VALUES (2, 1, 1, 1, 1, '', NULL, '')",
        "DELETE FROM attempt WHERE account_id = 2 AND delivery_id = 1",
        "2/1/1",
    ),
    (
        "thread of an event",
        "UPDATE event SET igsid = 999, item = 0 WHERE seq = 3",
        "UPDATE event SET igsid = 102, item = 2 WHERE seq = 3",
        "1/3",
    ),
    (
        "message of an event",
        "UPDATE event SET item = 1 WHERE seq = 3",
        "UPDATE event SET item = 2 WHERE seq = 3",
        "1/3",
    ),
    (
        "account of a counter",
        "UPDATE usage SET account_id = 99 WHERE account_id = 1",
        "UPDATE usage SET account_id = 1 WHERE account_id = 99",
        "99/7/1",
    ),
    (
        "app of a counter",
        "UPDATE usage SET app_id = 99 WHERE account_id = 1",
        "UPDATE usage SET app_id = 7 WHERE account_id = 1",
        "1/99/1",
    ),
    (
        "message count",
        "UPDATE thread SET message_count = message_count + 1 WHERE igsid = 102",
        "UPDATE thread SET message_count = message_count - 1 WHERE igsid = 102",
        "1/102",
    ),
    (
        "last item",
        "UPDATE thread SET last_item = last_item + 1 WHERE igsid = 102",
        "UPDATE thread SET last_item = last_item - 1 WHERE igsid = 102",
        "1/102",
    ),
    (
        "updated time",
        "UPDATE thread SET updated_time = updated_time - 1 WHERE igsid = 102",
        "UPDATE thread SET updated_time = updated_time + 1 WHERE igsid = 102",
        "1/102",
    ),
    (
        "unread count",
        "UPDATE thread SET unread_count = unread_count + 1 WHERE igsid = 102",
        "UPDATE thread SET unread_count = unread_count - 1 WHERE igsid = 102",
        "1/102",
    ),
    (
        "unread count",
        "UPDATE thread SET business_seen_item = last_item WHERE igsid = 102",
        "UPDATE thread SET business_seen_item = 2 WHERE igsid = 102",
        "1/102",
    ),
    (
        "seen item",
        "UPDATE thread SET seen_item = seen_item + 1 WHERE igsid = 102",
        "UPDATE thread SET seen_item = seen_item - 1 WHERE igsid = 102",
        "1/102",
    ),
    (
        "business seen item",
        "UPDATE thread SET business_seen_item = business_seen_item + 1 WHERE igsid = 102",
        "UPDATE thread SET business_seen_item = business_seen_item - 1 WHERE igsid = 102",
        "1/102",
    ),
    (
        "control of a thread",
        "UPDATE thread SET owner_until = NULL WHERE igsid = 102",
        "UPDATE thread SET owner_until = 99 WHERE igsid = 102",
        "1/102",
    ),
    (
        "control of a thread",
        "UPDATE thread SET owner_until = 99 WHERE igsid = 201",
        "UPDATE thread SET owner_until = NULL WHERE igsid = 201",
        "2/201",
    ),
    (
        "attempts of a delivery",
        "UPDATE delivery SET attempts = 1 WHERE id = 2",
        "UPDATE delivery SET attempts = 0 WHERE id = 2",
        "1/2",
    ),
    ("turn", "UPDATE delivery SET turn = 1 WHERE id = 3", "UPDATE delivery SET turn = 0 WHERE id = 3", "1/7/101"),
    ("turn", "UPDATE delivery SET turn = 2 WHERE id = 2", "UPDATE delivery SET turn = 1 WHERE id = 2", "1/7/101"),
    (
        "lease",
        "UPDATE delivery SET lease_until = 5 WHERE id = 3",
        "UPDATE delivery SET lease_until = NULL WHERE id = 3",
        "1/3",
    ),
    (
        "lease",
        "UPDATE delivery SET lease_owner = 5 WHERE id = 3",
        "UPDATE delivery SET lease_owner = NULL WHERE id = 3",
        "1/3",
    ),
];

/// Rules that cannot be broken without another one, and both.
const WITH_ANOTHER: &[(&str, &str, &str, &str)] = &[
    (
        "account of a delivery",
        "scoped user of a delivery",
        "INSERT INTO delivery VALUES (9, 99, 7, 101, 'facebook', 'messages', '', 1, 1, 2, 0, NULL, 1, NULL, NULL, 0, NULL, NULL)",
        "DELETE FROM delivery WHERE id = 9",
    ),
    (
        "last business item",
        "unread count",
        "UPDATE thread SET last_business_item = 1 WHERE igsid = 102",
        "UPDATE thread SET last_business_item = (SELECT max(item) FROM message WHERE igsid = 102 AND \"from\" = 1) WHERE igsid = 102",
    ),
];

async fn broken(place: &Place) -> Vec<Checked> {
    house::check(place).await.unwrap().into_iter().filter(|rule| rule.broken > 0).collect()
}

async fn names(place: &Place) -> Vec<&'static str> {
    broken(place).await.into_iter().map(|rule| rule.name).collect()
}

/// The same statement on both.
fn both(house: &House, database: &Database, sql: &str) {
    house.run(sql);
    ask(database, sql);
}

#[tokio::test]
async fn each_rule_is_seen_broken_on_both_engines_and_no_other_is() {
    let house = House::with(60).await;
    let database = moved(&house).await;
    let places = [house.place(), place(&database)];
    for place in &places {
        assert_eq!(broken(place).await, [], "{place}");
    }
    for (rule, harm, mend, key) in BREAKS {
        both(&house, &database, harm);
        for place in &places {
            let found = broken(place).await;
            let names: Vec<_> = found.iter().map(|rule| rule.name).collect();
            assert_eq!(names, [*rule], "{place}: {harm}");
            assert_eq!((found[0].broken, &found[0].keys[..]), (1, &[(*key).to_owned()][..]), "{place}: {harm}");
        }
        both(&house, &database, mend);
    }
    for (one, other, harm, mend) in WITH_ANOTHER {
        both(&house, &database, harm);
        for place in &places {
            assert_eq!(names(place).await, [*one, *other], "{place}: {harm}");
        }
        both(&house, &database, mend);
    }
    let rules: Vec<_> = house::check(&places[0]).await.unwrap().into_iter().map(|rule| rule.name).collect();
    for rule in &rules[1..] {
        let tried =
            BREAKS.iter().map(|row| row.0).chain(WITH_ANOTHER.iter().map(|row| row.0)).any(|name| name == *rule);
        assert!(tried, "nobody breaks {rule:?}");
    }
    for place in &places {
        assert_eq!(broken(place).await, [], "{place}: mended");
    }
}

#[tokio::test]
async fn many_broken_rows_are_counted_and_the_first_five_named() {
    let house = House::with(60).await;
    let database = moved(&house).await;
    let more = "INSERT INTO media (account_id, id, caption, media_url, timestamp) SELECT 99, item, '', '', 0 FROM message WHERE item > 52";
    both(&house, &database, more);
    for place in [house.place(), place(&database)] {
        let found = broken(&place).await;
        assert_eq!((found.len(), found[0].broken), (1, 8), "{found:?}");
        assert_eq!(found[0].keys, ["99/53", "99/54", "99/55", "99/56", "99/57"]);
    }
}

#[tokio::test]
async fn damage_to_the_engines_own_files_is_seen() {
    let house = House::with(60).await;
    let database = moved(&house).await;
    // The index now says something else than the rows in it.
    house.run(
        "PRAGMA writable_schema = on;
        UPDATE sqlite_master SET sql = 'CREATE UNIQUE INDEX scoped_user_person ON scoped_user (account_id, igsid)'
        WHERE name = 'scoped_user_person'",
    );
    let found = broken(&house.place()).await;
    assert_eq!(found[0].name, "engine", "{found:?}");
    assert!(found[0].keys[0].contains("scoped_user_person"), "{found:?}");
    ask(&database, "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'thread_updated'::regclass");
    let found = broken(&place(&database)).await;
    assert_eq!((found[0].name, &found[0].keys[..]), ("engine", &["thread_updated".to_owned()][..]));
}

#[tokio::test]
async fn a_database_that_is_being_served_can_be_checked() {
    let house = House::with(60).await;
    let store = parlance_store::SqliteStore::open(&house.path).unwrap();
    assert_eq!(broken(&house.place()).await, []);
    engine::store::Store::close(&store).await.unwrap();
}
