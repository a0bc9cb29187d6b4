//! The write door: one change set, statement by statement.

use engine::change::ChangeSet;
use rusqlite::{Connection, Result};

use super::run;
use crate::sql::commit;

/// Writes all changes of a set, in order. After an error the caller undoes those before it.
pub(super) fn apply(connection: &Connection, set: &ChangeSet) -> Result<()> {
    for change in &set.0 {
        for write in commit::writes(change)? {
            if !run::write(connection, &write)? {
                break;
            }
        }
    }
    Ok(())
}
