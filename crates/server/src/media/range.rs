//! Which part of a file is wanted (contract webhooks 4).

use axum::http::HeaderValue;

/// What a `Range` header comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    /// Everything.
    Whole,
    /// From one place up to in front of another.
    Part {
        /// The first byte.
        from: u64,
        /// The one behind the last.
        to: u64,
    },
    /// Bytes that the file does not have.
    Nothing,
}

/// Reads the header for a file of so many bytes. Anything but one range of bytes is as if it were not there, as HTTP allows.
pub(super) fn asked(header: Option<&HeaderValue>, size: u64) -> Asked {
    let range = header.and_then(|value| value.to_str().ok()).and_then(|text| text.trim().strip_prefix("bytes="));
    let Some((first, last)) = range.and_then(|range| range.trim().split_once('-')) else { return Asked::Whole };
    let (from, to) = match (number(first), number(last)) {
        (Some(from), None) if last.is_empty() => (from, size),
        (Some(from), Some(last)) if from <= last => (from, last.saturating_add(1).min(size)),
        (None, Some(length)) if first.is_empty() => (size.saturating_sub(length), size),
        _ => return Asked::Whole,
    };
    if from < to { Asked::Part { from, to } } else { Asked::Nothing }
}

fn number(text: &str) -> Option<u64> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_range_is_understood_and_everything_else_is_the_whole() {
        let part = |from, to| Asked::Part { from, to };
        let rows = [
            ("bytes=0-0", part(0, 1)),
            ("bytes=2-5", part(2, 6)),
            ("bytes=2-", part(2, 10)),
            ("bytes=-3", part(7, 10)),
            ("bytes=-30", part(0, 10)),
            ("bytes=5-99", part(5, 10)),
            ("bytes=10-", Asked::Nothing),
            ("bytes=10-11", Asked::Nothing),
            ("bytes=-0", Asked::Nothing),
            ("bytes=5-2", Asked::Whole),
            ("bytes=0-1,4-5", Asked::Whole),
            ("bytes=", Asked::Whole),
            ("bytes=-", Asked::Whole),
            ("bytes=+1-2", Asked::Whole),
            ("bytes=a-b", Asked::Whole),
            ("items=0-1", Asked::Whole),
            ("bytes=0-18446744073709551615", part(0, 10)),
        ];
        for (header, expected) in rows {
            assert_eq!(asked(Some(&HeaderValue::from_static(header)), 10), expected, "{header}");
        }
        assert_eq!(asked(None, 10), Asked::Whole);
        assert_eq!(asked(Some(&HeaderValue::from_static("bytes=0-")), 0), Asked::Nothing);
    }
}
