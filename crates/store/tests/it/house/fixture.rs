//! A database in which every table has rows that fit together.

use std::path::{Path, PathBuf};

use parlance_store::house::{self, Copied, Files, HouseError, Place};
use rig::postgres::Database;
use rusqlite::Connection;
use tempfile::TempDir;

/// Everything but messages and threads. Delivery 1 is done, 2 has the turn and is leased, 3 waits for it, 4 needs none, 5 repeats 1 and tells of nobody.
const FACTS: &str = "
INSERT INTO user VALUES (1, 'Ann');
INSERT INTO app VALUES (7, 'Bot', x'0100ff', 1007, x'02', 1, 0, 'v25.0', 9, 1, 0, NULL, 'https://bot.example/gone', 'https://bot.example/off', NULL),
  (8, 'B', x'', 1008, x'', 0, 1, 'v24.0', 9, 0, 1, NULL, NULL, NULL, NULL);
INSERT INTO token VALUES (x'00ff10', 'user', 7, 1, NULL, NULL, '[]', 1, NULL, NULL),
  (x'7f', 'page', 7, NULL, 3, 1, '[\"a\"]', 2, 900, 800);
INSERT INTO page VALUES (3, 'Shop', 'Retail', 1), (4, 'None', 'Retail', NULL);
INSERT INTO account VALUES (1, 'harbor', 'Hä \"bor\"', '', '/p.jpg', 12, 0, 3, 5, 'BUSINESS', 1, 0, 1, 7, NULL, '[\"8\"]', 101),
  (2, 'mill', '', '', '', 0, 0, NULL, 6, 'MEDIA_CREATOR', 0, 3, 0, NULL, 8, '[]', NULL);
INSERT INTO person VALUES (11, 'ada', NULL, NULL, 3, 1, 0, NULL, NULL, 0), (12, 'bob', 'Bob ß', '/b.jpg', 0, 0, 2, '+49', 'b@e', 1);
INSERT INTO app_role VALUES (7, 12);
INSERT INTO subscription VALUES (7, 'instagram', 'https://bot.example/hook', 1, 1, '[]'), (7, 'page', '', 0, 0, '[]');
INSERT INTO setting VALUES ('clock_offset_ms', '5'), ('event_base', '99'), ('seed', 'ü');
INSERT INTO install VALUES (1, 7, 'facebook', 3, '[]', '[]', 1), (2, 7, 'instagram', NULL, '[\"messages\"]', '[]', 2);
INSERT INTO scoped_user VALUES (1, 101, 11, NULL, 0, 1, 0, 0, 0), (1, 102, 12, 7, 1, 0, 1, 0, 1),
  (2, 201, 11, NULL, 0, 0, 0, 1, 0);
INSERT INTO profile VALUES (1, 'instagram', 'ice_breakers', '[]'), (1, 'instagram', 'persistent_menu', '{}');
INSERT INTO media VALUES (1, 501, 'A ✓', '/m.jpg', 3, 0, NULL, '{\"title\":\"A\"}', NULL, '[]', NULL, 9), (2, 501, '', '', 4, 4, 9, NULL, '{}', '[\"7\"]', 'https://l.example', NULL);
INSERT INTO comment VALUES (1, 601, 501, 101, 'nice', 4, NULL, 7, 0), (1, 602, 501, 102, '', 5, 601, NULL, 1),
  (1, 603, 501, 102, '', 6, NULL, NULL, 0);
INSERT INTO reaction VALUES (1, 101, 1, 0, '❤', 5), (1, 101, 1, 1, '👍🏽', 6);
INSERT INTO asset_chunk VALUES (1, 801, 0, x'0100ff'), (1, 801, 1, x'0200'), (1, 802, 0, x'');
WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 39)
  INSERT INTO asset_chunk SELECT 2, 803, i, CAST('part ' || i AS BLOB) FROM n;
INSERT INTO loose_chunk VALUES (1, 802, 0, 3);
INSERT INTO asset SELECT account_id, asset_id, 'image', 'image/png', sum(length(bytes)), 2, 3, NULL, 'ß.png', 4
  FROM asset_chunk WHERE asset_id <> 802 GROUP BY account_id, asset_id;
INSERT INTO asset VALUES (2, 804, 'file', 'application/pdf', 0, NULL, NULL, 9, NULL, 4);
INSERT INTO attachment VALUES (1, 901, 'instagram', 7, 801, 'image', 1, 4, NULL), (2, 901, 'messenger', 7, 803, 'video', 0, 4, 5);
INSERT INTO answer VALUES (1, 7, 'k', x'00ff', '{}', 5);
INSERT INTO flow VALUES (1, 951, 7, 'F ✓', '[]', '[\"instagram\"]', 6);
INSERT INTO delivery VALUES
  (1, 1, 7, 101, 'facebook', 'messages', '{}', 1, 1, 2, 2, 1, 1, NULL, NULL, 0, NULL, NULL),
  (2, 1, 7, 101, 'facebook', 'messages', '{}', 2, 0, 1, 0, NULL, 2, -5, 99, 1, NULL, NULL),
  (3, 1, 7, 101, 'facebook', 'messages', '{}', 3, 0, 0, 0, NULL, 3, NULL, NULL, 0, NULL, NULL),
  (4, 2, 7, 201, 'instagram', 'messages', '{\"a\":\"ß\"}', 4, 0, 2, 1, 4, 5, NULL, NULL, 0, NULL, NULL),
  (5, 1, 7, 0, 'facebook', 'deauthorize', '{}', 5, 1, 2, 0, NULL, 5, NULL, NULL, 3, 'https://else.example', 1);
INSERT INTO outage VALUES (2, 7, 'instagram', 4);
INSERT INTO alert VALUES (1, 7, 'facebook', 2, 0, 3), (2, 7, 'instagram', 4, 1, 5);
INSERT INTO attempt VALUES (1, 1, 1, 1, 7, '/hook', 500, 'no'), (1, 1, 2, 2, 7, '/hook', 200, ''),
  (2, 4, 1, 4, 7, '/hook', NULL, 'timeout');
INSERT INTO event (account_id, igsid, item, kind, time) VALUES (1, 101, 1, 0, 1), (2, 201, 3, 1, 2), (1, 102, 2, 0, 3);
INSERT INTO usage VALUES (0, 7, 0, 5, 6), (1, 7, 1, 5, 7);";

/// Messages 1 to `?1`, round the three threads, every third of a thread by the business; then the threads.
const MESSAGES: &str = "
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
INSERT INTO message (account_id, igsid, item, created_time, \"from\", app_id, kind, text, payload, aside)
SELECT u.account_id, u.igsid, i, i, i / 3 % 3 = 0, NULL, CASE i WHEN 4 THEN 2 ELSE i % 2 END, 'text ' || i,
  CASE WHEN i = 4 THEN '[{\"kind\":\"image\",\"asset\":\"801\"}]' WHEN i % 2 = 1 THEN 'p' END, CASE i % 5 WHEN 1 THEN '{\"num_edit\":1}' END
FROM n JOIN (SELECT *, row_number() OVER (ORDER BY account_id, igsid) % 3 AS third FROM scoped_user) u ON u.third = i % 3
ORDER BY i";
const THREADS: &str = "
INSERT INTO thread SELECT account_id, igsid, count(*), max(created_time), max(item), max(item) FILTER (WHERE \"from\" = 0),
  max(item) FILTER (WHERE \"from\" = 1), max(item) FILTER (WHERE \"from\" = 1 AND item < 20), count(*), 0,
  min(item), 9, 1, 0, CASE account_id WHEN 1 THEN 7 END, CASE account_id WHEN 1 THEN 99 END
FROM message GROUP BY account_id, igsid;
UPDATE thread SET unread_count = (SELECT count(*) FROM message m WHERE m.account_id = thread.account_id
  AND m.igsid = thread.igsid AND m.\"from\" = 0 AND m.item > coalesce(last_business_item, 0))";

/// A SQLite file in a folder that goes with it.
pub struct House {
    pub folder: TempDir,
    pub path: PathBuf,
}

impl House {
    /// A database with so many messages.
    pub async fn with(messages: i64) -> Self {
        let house = Self::empty();
        house::migrate(&house.place()).await.unwrap();
        let connection = house.connection();
        connection.execute_batch(FACTS).unwrap();
        connection.execute(MESSAGES, [messages]).unwrap();
        connection.execute_batch(THREADS).unwrap();
        drop(connection);
        std::fs::write(house.folder.path().join("key"), [7; 32]).unwrap();
        house
    }

    /// A place where no file is yet.
    pub fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("parlance.db");
        Self { folder, path }
    }

    pub fn place(&self) -> Place {
        Place::Sqlite(self.path.clone())
    }

    pub fn files(&self) -> Files {
        Files::of(self.folder.path())
    }

    pub fn connection(&self) -> Connection {
        Connection::open(&self.path).unwrap()
    }

    /// Runs statements.
    pub fn run(&self, sql: &str) {
        self.connection().execute_batch(sql).unwrap();
    }

    /// The first value of a query, as a text.
    pub fn ask(&self, sql: &str) -> String {
        let value: rusqlite::types::Value = self.connection().query_row(sql, [], |row| row.get(0)).unwrap();
        match value {
            rusqlite::types::Value::Integer(number) => number.to_string(),
            rusqlite::types::Value::Text(text) => text,
            other => format!("{other:?}"),
        }
    }
}

pub fn place(database: &Database) -> Place {
    Place::Postgres(database.url.clone())
}

/// Copies, telling nobody.
pub async fn copy(from: &Place, to: &Place) -> Result<Copied, HouseError> {
    house::copy(from, to, &mut |_| ()).await
}

/// A PostgreSQL database with the same in it.
pub async fn moved(house: &House) -> Database {
    let database = rig::postgres::database().await;
    let copied = copy(&house.place(), &place(&database)).await.unwrap();
    assert!(copied.agrees(), "{copied:?}");
    database
}

/// The first value of a query on PostgreSQL.
pub fn ask(database: &Database, sql: &str) -> String {
    rig::postgres::query(&database.url, sql).unwrap()
}

/// What a call was refused with.
#[track_caller]
pub fn refused<T: std::fmt::Debug>(result: Result<T, HouseError>) -> String {
    match result {
        Err(HouseError::Refused(sentence)) => sentence,
        other => panic!("it should have been refused: {other:?}"),
    }
}

/// Every row of every table of a file but what a copy leaves out, as texts in order.
pub fn dump(path: &Path) -> Vec<String> {
    let connection = Connection::open(path).unwrap();
    let tables =
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name <> 'migration'";
    let mut statement = connection.prepare(tables).unwrap();
    let tables: Vec<String> = statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let mut rows = Vec::new();
    for table in tables {
        let mut statement = connection.prepare(&format!("SELECT * FROM \"{table}\"")).unwrap();
        let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let mut found = statement.query([]).unwrap();
        while let Some(row) = found.next().unwrap() {
            let kept = names.iter().enumerate().filter(|(_, name)| !name.starts_with("lease_") && *name != "seq");
            let values: Vec<_> = kept.map(|(at, _)| format!("{:?}", row.get_ref(at).unwrap())).collect();
            rows.push(format!("{table} {}", values.join(" ")));
        }
    }
    let base = format!("{:?}", rusqlite::types::ValueRef::Text(b"event_base"));
    rows.retain(|row| !row.contains(&base));
    rows.sort();
    rows
}
