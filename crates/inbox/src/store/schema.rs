//! The schema, as numbered steps. A step that was published never changes.

use db::Migration;

macro_rules! steps {
    ($folder:literal, $($number:literal $name:literal),+) => {
        &[$(Migration {
            number: $number,
            name: $name,
            sql: include_str!(concat!("migrations/", $folder, "/000", stringify!($number), "_", $name, ".sql")),
        }),+]
    };
}

/// SQLite's.
pub(crate) const SQLITE: &[Migration] = steps!("sqlite", 1 "desk", 2 "thread", 3 "teamwork", 4 "beside");
/// PostgreSQL's.
pub(super) const POSTGRES: &[Migration] = steps!("postgres", 1 "desk", 2 "thread", 3 "teamwork", 4 "beside");
