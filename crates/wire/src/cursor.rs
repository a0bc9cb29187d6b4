//! Paging cursors: an opaque text for a position in a list (contract graph 2).

use std::{fmt, str::FromStr};

use crate::{escape64, signature};

/// First bytes inside each cursor; they make the text start `QVFIU`, as Instagram's do.
const MARK: &[u8; 4] = b"AQHR";
/// Bytes of checksum at the end.
const CHECK: usize = 4;
/// 32 letters, each of which an escape may double.
const MAX_LENGTH: usize = 64;

/// A position in a list that is ordered by time and then by id: the item that a page ended at.
///
/// The text is `[A-Za-z0-9]` only and carries a checksum, so an altered cursor is refused instead of leading elsewhere.
/// It proves nothing about who made it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cursor {
    /// The item's sort key, usually milliseconds since 1970.
    pub time: i64,
    /// The item's number, which decides between equal times.
    pub id: u64,
}

/// The text is not a cursor of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("cursor is not one of ours")]
pub struct CursorError;

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = Vec::with_capacity(24);
        bytes.extend(MARK);
        bytes.extend(self.time.to_be_bytes());
        bytes.extend(self.id.to_be_bytes());
        let digest = signature::sha256(&bytes);
        bytes.extend(&digest[..CHECK]);
        f.pad(&escape64::encode(bytes))
    }
}

impl FromStr for Cursor {
    type Err = CursorError;

    fn from_str(text: &str) -> Result<Self, CursorError> {
        if text.len() > MAX_LENGTH {
            return Err(CursorError);
        }
        let read = || {
            let bytes: [u8; 24] = escape64::decode(text)?.try_into().ok()?;
            let time = i64::from_be_bytes(bytes[4..12].try_into().ok()?);
            let id = u64::from_be_bytes(bytes[12..20].try_into().ok()?);
            Some(Self { time, id })
        };
        read().filter(|cursor| cursor.to_string() == text).ok_or(CursorError)
    }
}

#[cfg(test)]
mod tests {
    use super::{Cursor, CursorError};
    use proptest::prelude::*;

    #[test]
    fn a_cursor_looks_like_the_platform_s() {
        let text = Cursor { time: 1_764_000_000_123, id: 42 }.to_string();
        assert!(text.starts_with("QVFIU"), "{text}");
    }

    #[test]
    fn texts_of_others_are_refused() {
        let long = "A".repeat(1_000_000);
        for text in ["", "MTAxNTExOTQ1MjAwNzI5NDE=", "QVFIUabc", "QVFIUxyz", &long] {
            assert_eq!(text.parse::<Cursor>(), Err(CursorError));
        }
    }

    proptest! {
        #[test]
        fn every_cursor_comes_back(time: i64, id: u64) {
            let text = Cursor { time, id }.to_string();
            prop_assert!(text.bytes().all(|b| b.is_ascii_alphanumeric()));
            prop_assert_eq!(text.parse(), Ok(Cursor { time, id }));
        }

        #[test]
        fn a_changed_letter_is_refused(time: i64, id: u64, at in any::<prop::sample::Index>(), letter in "[A-Za-z0-9_-]") {
            let text = Cursor { time, id }.to_string();
            let at = at.index(text.len());
            let changed = format!("{}{letter}{}", &text[..at], &text[at + 1..]);
            prop_assert!(changed == text || changed.parse::<Cursor>().is_err());
        }

        #[test]
        fn garbage_is_refused_without_a_panic(text in "\\PC{0,80}|QVFIU[A-Za-z0-9]{0,60}") {
            prop_assert!(text.parse::<Cursor>().is_err());
        }
    }
}
