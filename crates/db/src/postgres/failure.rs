//! What an error of PostgreSQL says about the connection and about a second try.

use std::{error::Error as _, io};

use tokio_postgres::{
    Error,
    error::{Severity, SqlState},
};

/// Where the server says that a plan no longer fits: the message is translated, the name of the routine is not.
const PLAN_CHECK: &str = "RevalidateCachedQuery";

/// The error in one line: what the server said with its code, or what failed on the way to it.
///
/// The server's detail is left out, as it quotes the values of rows.
pub(crate) fn describe(error: &Error) -> String {
    match (error.as_db_error(), error.source()) {
        (Some(said), _) => format!("{} ({})", said.message(), said.code().code()),
        (None, Some(source)) => format!("{error}: {source}"),
        (None, None) => error.to_string(),
    }
}

/// The connection is gone, or the server is about to end it.
pub(super) fn lost(error: &Error) -> bool {
    let Some(said) = error.as_db_error() else {
        return error.is_closed() || error.source().is_some_and(|source| source.is::<io::Error>());
    };
    let fatal = matches!(said.parsed_severity(), Some(Severity::Fatal | Severity::Panic));
    fatal || said.code().code().starts_with("08")
}

/// The server refused because of what this connection is or holds; a new one may do better.
///
/// A prepared statement no longer fits the schema or is unknown, or the server has become a standby.
pub(super) fn stale(error: &Error) -> bool {
    error.as_db_error().is_some_and(|said| {
        said.routine() == Some(PLAN_CHECK)
            || *said.code() == SqlState::INVALID_SQL_STATEMENT_NAME
            || *said.code() == SqlState::READ_ONLY_SQL_TRANSACTION
    })
}

/// The transaction was undone for the sake of another one and may be tried again.
pub(super) fn collided(error: &Error) -> bool {
    matches!(error.code(), Some(&SqlState::T_R_SERIALIZATION_FAILURE | &SqlState::T_R_DEADLOCK_DETECTED))
}
