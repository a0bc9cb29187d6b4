//! Slices of newest-first lists, by keyset.

use engine::store::{Part, Slice, Start};

use super::Statement;
use super::fields::Corrupt;
use super::query::Query;
use super::row::Row;
use super::value::Value;

/// The statements of one list. Their parameters are its scope, then its key; the first two take a limit behind them.
pub(crate) struct List {
    /// Items behind the key, newest first.
    pub(crate) older: &'static Statement,
    /// Items in front of the key, oldest first.
    pub(crate) newer: &'static Statement,
    /// Whether there is an item at the key or in front of it.
    pub(crate) from_here_up: &'static Statement,
    /// Whether there is an item at the key or behind it.
    pub(crate) from_here_down: &'static Statement,
}

/// How a slice is read: one query for its items, and mostly another for what lies on the side that it was entered from.
pub(crate) struct Slicing<T> {
    /// The items, one more than asked for if there are as many.
    pub(crate) items: Query<'static, T>,
    /// Whether the list goes on at the other end, unless the slice begins there.
    pub(crate) rest: Option<Query<'static, ()>>,
    limit: usize,
    newer_first: bool,
}

/// Plans to read a slice of `list`. A key of all-largest numbers stands for the newest end.
pub(crate) fn slice<T, const N: usize>(
    list: &List,
    scope: &[Option<i64>],
    slice: Slice<[i64; N]>,
    decode: fn(Row<'_>) -> Result<T, Corrupt>,
) -> Slicing<T> {
    let place = |key: [i64; N]| -> Vec<Value<'static>> {
        scope.iter().copied().chain(key.map(Some)).map(Value::from).collect()
    };
    // One more than asked for tells whether the list goes on.
    let items = |statement, key| {
        let mut params = place(key);
        params.push(Value::from(i64::from(slice.limit) + 1));
        Query { statement, params, decode }
    };
    let rest = |statement, key| Some(Query::exists(statement, place(key)));
    let (items, rest, newer_first) = match slice.from {
        Start::Newest => (items(list.older, [i64::MAX; N]), None, true),
        Start::After(key) => (items(list.older, key), rest(list.from_here_up, key), true),
        Start::Before(key) => (items(list.newer, key), rest(list.from_here_down, key), false),
    };
    Slicing { items, rest, limit: usize::try_from(slice.limit).unwrap_or(usize::MAX), newer_first }
}

impl<T> Slicing<T> {
    /// The slice, of what the two queries answered.
    pub(crate) fn part(&self, mut items: Vec<T>, rest: bool) -> Part<T> {
        let more = items.len() > self.limit;
        items.truncate(self.limit);
        if self.newer_first {
            Part { items, older: more, newer: rest }
        } else {
            items.reverse();
            Part { items, older: rest, newer: more }
        }
    }
}
