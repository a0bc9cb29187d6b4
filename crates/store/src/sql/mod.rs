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
pub(crate) mod outages;
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
pub(crate) const ALL: [&[(&str, &Statement)]; 15] = [
    answers::ALL,
    assets::ALL,
    claims::ALL,
    configuration::ALL,
    content::ALL,
    deliveries::ALL,
    flows::ALL,
    log::ALL,
    messages::ALL,
    outages::ALL,
    people::ALL,
    reactions::ALL,
    subscriptions::ALL,
    threads::ALL,
    usage::ALL,
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::tables::{Scope, TABLES};
    use super::*;

    /// Statements on account data that go over all accounts, and why.
    const OVER_ALL_ACCOUNTS: &[(&str, &str)] = &[
        ("DUE", "a worker takes what is due, whosever it is"),
        ("DUE_KEYS", "a worker takes what is due, whosever it is"),
        ("DUE_APPS", "a worker takes what is due, whosever it is"),
        ("NEXT_DUE", "a worker takes what is due, whosever it is"),
        ("EXPIRED_MEDIA", "whoever delivers ends what is over, whosever it is"),
        ("NEXT_EXPIRY", "the clock stops where a story ends, whosever it is"),
        ("RELEASE", "a worker gives back all that it has"),
        ("RELEASE_ALL", "a file is opened by one process"),
        ("LEASING_ACCOUNTS", "finds the accounts, which are then gone through one by one"),
        ("LEASED_ELSEWHERE", "the clock waits for everybody"),
        ("REWIND", "the clock is everybody's"),
        ("FORGET_USAGE", "the clock is everybody's"),
        ("EVENTS", "a stream shows the log of the platform"),
        ("LAST_EVENT", "a stream shows the log of the platform"),
        ("UNSETTLED", "a stream shows the log of the platform"),
        ("DELIVERY", "the emulator's log, by a number that is unique over all accounts"),
        ("DELIVERIES", "the emulator's log"),
        ("OUTAGES", "a worker asks whose events an app's endpoint fails to take"),
        ("REWIND_OUTAGES", "the clock is everybody's"),
        ("ALERTS", "the emulator's list"),
    ];

    /// Whether a text reads or writes a table of accounts.
    fn is_on_account_data(text: &str) -> bool {
        let words: Vec<&str> = text.split(|c: char| c.is_whitespace() || "()\"".contains(c)).collect();
        let is_account = |word: &str| TABLES.iter().any(|table| table.name == word && table.scope == Scope::Account);
        words
            .windows(2)
            .any(|pair| ["FROM", "JOIN", "INTO", "UPDATE", "USING"].contains(&pair[0]) && is_account(pair[1]))
    }

    /// Whether it says of which account: by a condition, or by the first column of what it adds.
    fn names_the_account(text: &str) -> bool {
        // A filter that may be left out names nothing.
        let text = text.replace("OR account_id = ", "");
        ["account_id = $", "account_id = ?", " (account_id, "].iter().any(|way| text.contains(way))
    }

    #[test]
    fn every_statement_on_account_data_names_the_account() {
        let mut over_all = Vec::new();
        for (name, statement) in ALL.into_iter().flatten() {
            for text in [statement.sqlite, statement.postgres].into_iter().filter(|text| is_on_account_data(text)) {
                if !names_the_account(text) {
                    over_all.push(*name);
                    assert!(OVER_ALL_ACCOUNTS.iter().any(|row| row.0 == *name), "{name}: {text}");
                }
            }
        }
        let never: Vec<_> = OVER_ALL_ACCOUNTS.iter().filter(|row| !over_all.contains(&row.0)).collect();
        assert!(never.is_empty(), "{never:?} name an account");
    }

    #[test]
    fn every_statement_has_a_name_of_its_own_and_a_text() {
        let mut names = BTreeSet::new();
        for (name, statement) in ALL.into_iter().flatten() {
            assert!(names.insert(name), "{name} is there twice");
            assert!(!(statement.sqlite.is_empty() && statement.postgres.is_empty()), "{name} has no text");
        }
    }
}
