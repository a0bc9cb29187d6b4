//! What the driver's failures mean to the engine.

use db::{DbError, WriteError};
use engine::store::{CommitError, StoreError};
use rusqlite::{Error, ErrorCode, ffi};

/// A failed read, or a database that does not open.
pub(super) fn read(error: DbError) -> StoreError {
    match error {
        DbError::Sql(error) => sql(&error),
        other => StoreError::Unavailable(other.to_string()),
    }
}

/// A failed write.
pub(super) fn write(error: WriteError<Error>) -> CommitError {
    match error {
        WriteError::Refused(error) if is_stale(&error) => CommitError::Stale,
        WriteError::Refused(error) => CommitError::Store(sql(&error)),
        WriteError::Db(error) => CommitError::Store(read(error)),
    }
}

/// Whether a statement found a key taken, or did not find the row in the version that it asked for.
fn is_stale(error: &Error) -> bool {
    match error {
        Error::StatementChangedRows(_) => true,
        Error::SqliteFailure(failure, _) => matches!(
            failure.extended_code,
            ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_ROWID
        ),
        _ => false,
    }
}

fn sql(error: &Error) -> StoreError {
    match error {
        Error::FromSqlConversionFailure(_, _, what) | Error::ToSqlConversionFailure(what) => {
            StoreError::Corrupt(what.to_string())
        }
        Error::SqliteFailure(failure, _)
            if matches!(failure.code, ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) =>
        {
            StoreError::Corrupt(error.to_string())
        }
        other => StoreError::Unavailable(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sqlite(extended_code: i32) -> WriteError<Error> {
        WriteError::Refused(Error::SqliteFailure(ffi::Error::new(extended_code), None))
    }

    #[test]
    fn a_taken_key_is_stale_and_a_broken_rule_of_the_schema_is_not() {
        for code in [ffi::SQLITE_CONSTRAINT_UNIQUE, ffi::SQLITE_CONSTRAINT_PRIMARYKEY] {
            assert!(matches!(write(sqlite(code)), CommitError::Stale), "{code}");
        }
        for code in [ffi::SQLITE_CONSTRAINT_NOTNULL, ffi::SQLITE_CONSTRAINT_DATATYPE] {
            assert!(matches!(write(sqlite(code)), CommitError::Store(StoreError::Unavailable(_))), "{code}");
        }
    }

    #[test]
    fn a_full_disk_is_unavailable_and_a_damaged_file_is_corrupt() {
        assert!(matches!(write(sqlite(ffi::SQLITE_FULL)), CommitError::Store(StoreError::Unavailable(_))));
        assert!(matches!(write(sqlite(ffi::SQLITE_CORRUPT)), CommitError::Store(StoreError::Corrupt(_))));
    }

    #[test]
    fn a_driver_that_cannot_serve_is_unavailable_in_a_plain_sentence() {
        let StoreError::Unavailable(sentence) = read(DbError::Closed) else { panic!("unavailable") };
        assert_eq!(sentence, "database is closed");
    }
}
