//! Slices of newest-first lists, by keyset.

use engine::store::{Part, Slice, Start};
use rusqlite::{Connection, Result, Row, params_from_iter};

use super::fields::{exists, many};

/// The statements of one list. Their parameters are its scope, then its key; the first two take a limit behind them.
pub(super) struct List {
    /// Items behind the key, newest first.
    pub(super) older: &'static str,
    /// Items in front of the key, oldest first.
    pub(super) newer: &'static str,
    /// Whether there is an item at the key or in front of it.
    pub(super) from_here_up: &'static str,
    /// Whether there is an item at the key or behind it.
    pub(super) from_here_down: &'static str,
}

/// Reads a slice of `list`. A key of all-largest numbers stands for the newest end.
pub(super) fn part<T, const N: usize>(
    connection: &Connection,
    list: &List,
    scope: &[Option<i64>],
    slice: Slice<[i64; N]>,
    decode: fn(&Row<'_>) -> Result<T>,
) -> Result<Part<T>> {
    let params = |key: [i64; N]| scope.iter().copied().chain(key.map(Some));
    let limit = usize::try_from(slice.limit).unwrap_or(usize::MAX);
    // One more than asked for tells whether the list goes on.
    let rows = |sql, key| -> Result<_> {
        let params = params(key).chain([Some(i64::from(slice.limit) + 1)]);
        let mut items = many(connection, sql, params_from_iter(params), decode)?;
        let more = items.len() > limit;
        items.truncate(limit);
        Ok((items, more))
    };
    let any = |sql, key| exists(connection, sql, params_from_iter(params(key)));
    match slice.from {
        Start::Newest => {
            let (items, older) = rows(list.older, [i64::MAX; N])?;
            Ok(Part { items, older, newer: false })
        }
        Start::After(key) => {
            let _snapshot = connection.unchecked_transaction()?;
            let (items, older) = rows(list.older, key)?;
            Ok(Part { items, older, newer: any(list.from_here_up, key)? })
        }
        Start::Before(key) => {
            let _snapshot = connection.unchecked_transaction()?;
            let (mut items, newer) = rows(list.newer, key)?;
            items.reverse();
            Ok(Part { items, older: any(list.from_here_down, key)?, newer })
        }
    }
}
