//! Every statement, its parameters and the decoding of its rows, once for all engines that speak SQL.
//!
//! Nothing is executed here: a function of these files gives a value, a [`Query`] or a [`Write`], and the engines run it. What these files are
//! written with (statements, parameters, rows) is in `db::sql`.

pub(crate) mod answers;
pub(crate) mod assets;
pub(crate) mod claims;
pub(crate) mod commit;
pub(crate) mod configuration;
pub(crate) mod content;
mod contents;
pub(crate) mod deliveries;
pub(crate) mod flows;
pub(crate) mod log;
pub(crate) mod messages;
pub(crate) mod people;
pub(crate) mod reactions;
mod slices;
pub(crate) mod subscriptions;
pub(crate) mod tables;
pub(crate) mod threads;
pub(crate) mod usage;

pub(crate) use db::sql::{Corrupt, Expect, Query, Row, Statement, TooLarge, Value, Write, int};
use db::sql::{fields, query, row, statement, value};
pub(crate) use slices::Slicing;

/// Every statement that an engine executes, file by file.
#[cfg(test)]
pub(crate) const ALL: [&[(&str, &Statement)]; 14] = [
    answers::ALL,
    assets::ALL,
    claims::ALL,
    configuration::ALL,
    content::ALL,
    deliveries::ALL,
    flows::ALL,
    log::ALL,
    messages::ALL,
    people::ALL,
    reactions::ALL,
    subscriptions::ALL,
    threads::ALL,
    usage::ALL,
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_statement_has_a_name_of_its_own_and_a_text() {
        let mut names = BTreeSet::new();
        for (name, statement) in ALL.into_iter().flatten() {
            assert!(names.insert(name), "{name} is there twice");
            assert!(!(statement.sqlite.is_empty() && statement.postgres.is_empty()), "{name} has no text");
        }
    }
}
