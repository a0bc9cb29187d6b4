//! Lengths of time, written `25h1m` as people type them.

use std::{fmt, str::FromStr};

/// Units from long to short with their milliseconds; `ms` is looked up by its full name.
const UNITS: [(&str, i64); 5] = [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1)];

/// Why a text is not a length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SpanError {
    /// Not integers, each with one of the units `d h m s ms`.
    #[error("length of time is not written like 25h1m")]
    Layout,
    /// More milliseconds than 64 bits hold.
    #[error("length of time is too large")]
    TooLarge,
}

/// A length of time in milliseconds; may be negative.
///
/// The constructors saturate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span(i64);

impl Span {
    /// No time at all.
    pub const ZERO: Self = Self(0);

    /// So many milliseconds.
    pub const fn millis(count: i64) -> Self {
        Self(count)
    }

    /// So many seconds.
    pub const fn seconds(count: i64) -> Self {
        Self(count.saturating_mul(1_000))
    }

    /// So many minutes.
    pub const fn minutes(count: i64) -> Self {
        Self(count.saturating_mul(60_000))
    }

    /// So many hours.
    pub const fn hours(count: i64) -> Self {
        Self(count.saturating_mul(3_600_000))
    }

    /// So many days of 24 hours.
    pub const fn days(count: i64) -> Self {
        Self(count.saturating_mul(86_400_000))
    }

    /// The length in milliseconds.
    pub const fn get(self) -> i64 {
        self.0
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 == 0 {
            return f.write_str("0s");
        }
        if self.0 < 0 {
            f.write_str("-")?;
        }
        let mut rest = self.0.unsigned_abs();
        for (name, size) in UNITS {
            let size = size.unsigned_abs();
            if rest >= size {
                write!(f, "{}{name}", rest / size)?;
            }
            rest %= size;
        }
        Ok(())
    }
}

impl FromStr for Span {
    type Err = SpanError;

    fn from_str(text: &str) -> Result<Self, SpanError> {
        let (sign, mut rest) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
        if rest.is_empty() {
            return Err(SpanError::Layout);
        }
        let mut total = 0_i128;
        while !rest.is_empty() {
            let (digits, tail) = split_where(rest, |c| !c.is_ascii_digit());
            let (unit, tail) = split_where(tail, |c| c.is_ascii_digit());
            let (_, size) = UNITS.iter().find(|(name, _)| *name == unit).ok_or(SpanError::Layout)?;
            if digits.is_empty() {
                return Err(SpanError::Layout);
            }
            let count: i64 = digits.parse().map_err(|_| SpanError::TooLarge)?;
            let part = i128::from(count) * i128::from(*size);
            total = total.checked_add(part).ok_or(SpanError::TooLarge)?;
            rest = tail;
        }
        i64::try_from(sign * total).map(Self).map_err(|_| SpanError::TooLarge)
    }
}

/// Cuts before the first character that `ends` accepts, or at the end.
fn split_where(text: &str, ends: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(ends).unwrap_or(text.len()))
}

#[cfg(test)]
mod tests {
    use super::{Span, SpanError};
    use proptest::prelude::*;

    #[test]
    fn spans_read_as_people_write_them() {
        for (text, span) in [
            ("25h1m", Span::minutes(25 * 60 + 1)),
            ("90s", Span::seconds(90)),
            ("7d", Span::days(7)),
            ("500ms", Span::millis(500)),
            ("1m30s", Span::seconds(90)),
            ("-2h", Span::hours(-2)),
            ("0s", Span::ZERO),
        ] {
            assert_eq!(text.parse(), Ok(span), "{text}");
        }
    }

    #[test]
    fn a_span_prints_from_long_units_to_short() {
        assert_eq!(Span::minutes(25 * 60 + 1).to_string(), "1d1h1m");
        assert_eq!(Span::millis(-61_005).to_string(), "-1m1s5ms");
        assert_eq!(Span::ZERO.to_string(), "0s");
    }

    #[test]
    fn nonsense_and_overflow_are_refused() {
        for text in ["", "-", "5", "h", "1.5h", "1h 2m", "--1s", "+1s", "1w", "1H", "1s-1s", "1\u{0661}s"] {
            assert_eq!(text.parse::<Span>(), Err(SpanError::Layout), "{text}");
        }
        for text in ["9223372036854775808ms", "99999999999999999999s", "106751991168d"] {
            assert_eq!(text.parse::<Span>(), Err(SpanError::TooLarge), "{text}");
        }
        assert_eq!(Span::days(i64::MAX).get(), i64::MAX);
    }

    proptest! {
        #[test]
        fn every_span_comes_back(number: i64) {
            let span = Span::millis(number);
            prop_assert_eq!(span.to_string().parse(), Ok(span));
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,30}|-?[0-9dhms]{0,60}") {
            if let Ok(span) = text.parse::<Span>() {
                prop_assert_eq!(span.to_string().parse(), Ok(span));
            }
        }
    }
}
