//! A value of a row, whole rows of which go from one engine to the other.

use serde_json::Value as Json;
use sha2::{Digest as _, Sha256};

use crate::sql::Value;
use crate::sql::tables::Kind;

/// A value of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cell {
    Null,
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
    Flag(bool),
}

impl Cell {
    /// As a parameter of a statement.
    pub fn value(&self) -> Value<'_> {
        match self {
            Self::Null => Value::Null,
            Self::Int(number) => Value::Int(*number),
            Self::Text(text) => Value::from(text),
            Self::Bytes(bytes) => Value::Bytes(bytes),
            Self::Flag(flag) => Value::Flag(*flag),
        }
    }

    /// The same bytes for the same value, whichever engine it comes from; no value's bytes are the beginning of another's.
    fn encode(&self, sha: &mut Sha256) {
        let (tag, bytes): (u8, &[u8]) = match self {
            Self::Null => (0, &[]),
            Self::Int(number) => return sha.update([&[1][..], &number.to_be_bytes()].concat()),
            Self::Text(text) => (2, text.as_bytes()),
            Self::Bytes(bytes) => (3, bytes),
            Self::Flag(flag) => (4, if *flag { &[1] } else { &[0] }),
        };
        sha.update([tag]);
        sha.update((bytes.len() as u64).to_be_bytes());
        sha.update(bytes);
    }
}

/// SHA-256 over a row.
pub(super) fn hash(row: &[Cell]) -> [u8; 32] {
    let mut sha = Sha256::new();
    for cell in row {
        cell.encode(&mut sha);
    }
    sha.finalize().into()
}

/// A place in the order of a table, as a text to be kept.
pub(super) fn write_key(key: &[Cell]) -> String {
    let json = key.iter().map(|cell| match cell {
        Cell::Null => Json::Null,
        Cell::Int(number) => Json::from(*number),
        Cell::Text(text) => Json::from(text.as_str()),
        Cell::Bytes(bytes) => Json::from(bytes.as_slice()),
        Cell::Flag(flag) => Json::from(*flag),
    });
    Json::Array(json.collect()).to_string()
}

/// The place that such a text names; nothing when it is none of columns of these kinds.
pub(super) fn read_key(text: &str, kinds: &[Kind]) -> Option<Vec<Cell>> {
    let Json::Array(values) = serde_json::from_str(text).ok()? else { return None };
    if values.len() != kinds.len() {
        return None;
    }
    let byte = |value: &Json| value.as_u64().and_then(|number| u8::try_from(number).ok());
    let cell = |(kind, value): (&Kind, &Json)| match kind {
        Kind::Int => value.as_i64().map(Cell::Int),
        Kind::Text => value.as_str().map(|text| Cell::Text(text.to_owned())),
        Kind::Bytes => value.as_array()?.iter().map(byte).collect::<Option<_>>().map(Cell::Bytes),
        Kind::Flag => value.as_bool().map(Cell::Flag),
    };
    kinds.iter().zip(&values).map(cell).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_a_table_is_read_as_it_was_written() {
        let key = [Cell::Int(i64::MIN), Cell::Text("a\"ß\0".into()), Cell::Bytes(vec![0, 255]), Cell::Flag(true)];
        let kinds = [Kind::Int, Kind::Text, Kind::Bytes, Kind::Flag];
        assert_eq!(read_key(&write_key(&key), &kinds).as_deref(), Some(&key[..]));
        for wrong in ["", "[]", "7", "[1.5,\"\",[],true]", "[1,\"\",[256],true]", "[1,2,[],true]"] {
            assert_eq!(read_key(wrong, &kinds), None, "{wrong}");
        }
    }

    #[test]
    fn rows_that_differ_hash_differently_however_their_values_run_together() {
        let text = |text: &str| Cell::Text(text.to_owned());
        let rows = [
            vec![text("ab"), text("c")],
            vec![text("a"), text("bc")],
            vec![text("abc")],
            vec![Cell::Null, text("abc")],
            vec![text("abc"), Cell::Null],
            vec![Cell::Bytes(b"abc".to_vec())],
            vec![Cell::Int(1)],
            vec![Cell::Flag(true)],
            vec![],
        ];
        let hashes: std::collections::BTreeSet<_> = rows.iter().map(|row| hash(row)).collect();
        assert_eq!(hashes.len(), rows.len());
        assert_eq!(hash(&rows[0]), hash(&rows[0].clone()));
    }
}
