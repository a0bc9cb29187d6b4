//! Numbered, forward-only migrations: what they are, and which are due. Knows no database; drivers apply the plan.

/// One step of a schema; steps are applied in order of their number, each in a transaction of its own, once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Migration {
    /// Position in the history: 1 for the first, without gaps.
    pub number: u32,
    /// What it does, in a few words; a name must not change once the migration has been applied somewhere.
    pub name: &'static str,
    /// Statements separated by semicolons, without transaction control.
    pub sql: &'static str,
}

/// Why a schema could not be brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum MigrationError {
    /// The program's own list, or the database's record, is not numbered 1, 2, 3 and so on.
    #[error("migrations are not numbered without gaps: {name:?} has number {found} in place of {expected}")]
    Gap {
        /// The number that should have come.
        expected: u32,
        /// The number that came.
        found: u32,
        /// The name of the misnumbered migration.
        name: String,
    },
    /// The database was made from another history than the program's.
    #[error("migration {number} differs: the database applied {applied:?}, the program has {known:?}")]
    Differs {
        /// The number that both have.
        number: u32,
        /// Its name in the database.
        applied: String,
        /// Its name in the program.
        known: String,
    },
    /// The database was migrated by a newer program; there is no way back.
    #[error(
        "database is newer than this program: it is at migration {database}, the program ends at {program}; run the newer program"
    )]
    Newer {
        /// The last migration of the database.
        database: u32,
        /// The last migration that the program knows.
        program: u32,
    },
    /// A statement of the migration failed; nothing of it stays.
    #[error("migration {number} ({name}) failed: {reason}")]
    Failed {
        /// Number of the migration.
        number: u32,
        /// Its name.
        name: String,
        /// What the database said.
        reason: String,
    },
}

/// The migrations still to be applied to a database that records `applied` as (number, name), in order of number.
pub(crate) fn due(
    migrations: &'static [Migration],
    applied: &[(u32, String)],
) -> Result<&'static [Migration], MigrationError> {
    numbered(migrations.iter().map(|migration| (migration.number, migration.name)))?;
    numbered(applied.iter().map(|(number, name)| (*number, name.as_str())))?;
    for (known, (number, name)) in migrations.iter().zip(applied) {
        if known.name != name {
            let (applied, known) = (name.clone(), known.name.to_owned());
            return Err(MigrationError::Differs { number: *number, applied, known });
        }
    }
    migrations.get(applied.len()..).ok_or(MigrationError::Newer {
        database: applied.last().map_or(0, |(number, _)| *number),
        program: migrations.last().map_or(0, |migration| migration.number),
    })
}

fn numbered<'a>(steps: impl Iterator<Item = (u32, &'a str)>) -> Result<(), MigrationError> {
    for (expected, (found, name)) in (1..).zip(steps) {
        if expected != found {
            return Err(MigrationError::Gap { expected, found, name: name.to_owned() });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn step(number: u32, name: &'static str) -> Migration {
        Migration { number, name, sql: "" }
    }

    const THREE: &[Migration] = &[step(1, "one"), step(2, "two"), step(3, "three")];

    fn record(names: &[&str]) -> Vec<(u32, String)> {
        (1..).zip(names.iter().map(|name| (*name).to_owned())).collect()
    }

    #[test]
    fn only_what_is_missing_is_due() {
        assert_eq!(due(THREE, &[]).unwrap(), THREE);
        assert_eq!(due(THREE, &record(&["one", "two"])).unwrap(), &THREE[2..]);
        assert_eq!(due(THREE, &record(&["one", "two", "three"])).unwrap(), &[]);
    }

    #[test]
    fn a_list_with_a_gap_or_a_repeat_or_a_wrong_start_is_refused() {
        for list in [
            const { &[step(2, "two")] as &[Migration] },
            const { &[step(1, "one"), step(3, "three")] },
            const { &[step(1, "one"), step(1, "again")] },
        ] {
            assert!(matches!(due(list, &[]), Err(MigrationError::Gap { .. })), "{list:?}");
        }
    }

    #[test]
    fn a_record_with_a_gap_is_refused() {
        let applied = [(2, "two".to_owned())];
        assert!(matches!(due(THREE, &applied), Err(MigrationError::Gap { expected: 1, found: 2, .. })));
    }

    #[test]
    fn another_name_under_the_same_number_is_refused() {
        let error = due(THREE, &record(&["one", "deux"])).unwrap_err();
        assert!(matches!(error, MigrationError::Differs { number: 2, .. }), "{error}");
    }

    #[test]
    fn a_newer_database_is_refused() {
        let error = due(&THREE[..2], &record(&["one", "two", "three"])).unwrap_err();
        assert!(matches!(error, MigrationError::Newer { database: 3, program: 2 }), "{error}");
    }
}
