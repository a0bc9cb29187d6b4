//! Instants in the spellings that the wire knows; nothing here reads a clock.

mod span;

use jiff::{Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};

pub use span::{Span, SpanError};

/// The Pacific zone as a rule, so that no time zone database is needed.
const PACIFIC: &str = "PST8PDT,M3.2.0,M11.1.0";
/// 0000-01-01T00:00:00Z: the four-digit years begin here.
const FIRST_PRINTABLE: i64 = -62_167_219_200_000;
/// 9999-12-30T22:00:00Z: the end of what jiff holds, which leaves room for any offset.
const LAST_PRINTABLE: i64 = 253_402_207_200_000;

/// Why a text is not an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TimeError {
    /// Not the expected layout of digits and separators.
    #[error("time is not written as expected")]
    Layout,
    /// The layout fits, but there is no such day, hour or offset.
    #[error("time does not exist")]
    NoSuchTime,
}

/// An instant: milliseconds since 1970 UTC.
///
/// Arithmetic saturates. Printing clamps to the years 0000 to 9999. JSON is the integer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Millis(i64);

impl Millis {
    /// Wraps milliseconds since 1970 UTC.
    pub const fn new(milliseconds: i64) -> Self {
        Self(milliseconds)
    }

    /// Milliseconds since 1970 UTC.
    pub const fn get(self) -> i64 {
        self.0
    }

    /// Whole seconds since 1970 UTC, rounded down.
    pub fn seconds(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// This instant moved later.
    pub fn plus(self, span: Span) -> Self {
        Self(self.0.saturating_add(span.get()))
    }

    /// This instant moved earlier.
    pub fn minus(self, span: Span) -> Self {
        Self(self.0.saturating_sub(span.get()))
    }

    /// The time from `earlier` to this instant; negative if `earlier` is in fact later.
    pub fn since(self, earlier: Self) -> Span {
        Span::millis(self.0.saturating_sub(earlier.0))
    }

    /// The Graph API's default date form, `2026-11-02T10:00:00+0000` (contract graph 1.8).
    pub fn graph(self) -> String {
        self.timestamp().strftime("%Y-%m-%dT%H:%M:%S+0000").to_string()
    }

    /// RFC 3339 in UTC, `2026-11-02T10:00:00.123Z`; the fraction is absent when it is zero.
    pub fn rfc3339(self) -> String {
        let time = self.timestamp();
        let format = if time.subsec_millisecond() == 0 { "%Y-%m-%dT%H:%M:%SZ" } else { "%Y-%m-%dT%H:%M:%S%.3fZ" };
        time.strftime(format).to_string()
    }

    /// The form inside error messages, `Thursday, 08-Jul-21 15:00:00 PDT` (contract graph 4.4, subcode 463).
    pub fn pacific(self) -> String {
        let zone = TimeZone::posix(PACIFIC).expect("the rule is a constant that a test reads");
        let local = self.timestamp().to_zoned(zone);
        let year = local.year().rem_euclid(100);
        format!("{}{year:02}{}", local.strftime("%A, %d-%b-"), local.strftime(" %H:%M:%S %Z"))
    }

    /// Reads RFC 3339: a date, a time with optional fraction, and `Z` or an offset such as `+02:00`.
    ///
    /// Digits below the millisecond are dropped. Errors: [`TimeError`].
    pub fn parse_rfc3339(text: &str) -> Result<Self, TimeError> {
        let tail = after_seconds(text)?;
        let offset = match tail.strip_prefix('.') {
            None => tail,
            Some(fraction) => {
                let offset = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
                if !(1..=9).contains(&(fraction.len() - offset.len())) {
                    return Err(TimeError::Layout);
                }
                offset
            }
        };
        if offset == "Z" || offset == "z" || fits(offset, "+00:00") { read(text) } else { Err(TimeError::Layout) }
    }

    /// Reads what [`Millis::graph`] writes, with any offset: `2026-11-02T12:00:00+0200`.
    ///
    /// Errors: [`TimeError`].
    pub fn parse_graph(text: &str) -> Result<Self, TimeError> {
        if fits(after_seconds(text)?, "+0000") { read(text) } else { Err(TimeError::Layout) }
    }

    fn timestamp(self) -> Timestamp {
        let printable = self.0.clamp(FIRST_PRINTABLE, LAST_PRINTABLE);
        Timestamp::from_millisecond(printable).expect("clamped into the range of jiff")
    }
}

/// What follows `2026-11-02T10:00:00`.
fn after_seconds(text: &str) -> Result<&str, TimeError> {
    let pattern = "0000-00-00T00:00:00";
    let (head, tail) = text.split_at_checked(pattern.len()).ok_or(TimeError::Layout)?;
    if fits(head, pattern) { Ok(tail) } else { Err(TimeError::Layout) }
}

/// Whether `text` follows `pattern`, in which `0` stands for a digit, `+` for a sign and the rest for itself.
fn fits(text: &str, pattern: &str) -> bool {
    text.len() == pattern.len()
        && text.bytes().zip(pattern.bytes()).all(|(byte, expected)| match expected {
            b'0' => byte.is_ascii_digit(),
            b'+' => byte == b'+' || byte == b'-',
            other => byte.eq_ignore_ascii_case(&other),
        })
}

fn read(text: &str) -> Result<Millis, TimeError> {
    let timestamp: Timestamp = text.parse().map_err(|_| TimeError::NoSuchTime)?;
    i64::try_from(timestamp.as_nanosecond().div_euclid(1_000_000)).map(Millis).map_err(|_| TimeError::NoSuchTime)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_instant_has_three_spellings() {
        let time = Millis::parse_rfc3339("2021-07-08T22:00:00.123Z").unwrap();
        assert_eq!(time.get(), 1_625_781_600_123);
        assert_eq!(time.seconds(), 1_625_781_600);
        assert_eq!(time.graph(), "2021-07-08T22:00:00+0000");
        assert_eq!(time.rfc3339(), "2021-07-08T22:00:00.123Z");
        assert_eq!(time.pacific(), "Thursday, 08-Jul-21 15:00:00 PDT");
        assert_eq!(Millis::new(1_625_781_600_000).rfc3339(), "2021-07-08T22:00:00Z");
        assert_eq!(Millis::new(-1).rfc3339(), "1969-12-31T23:59:59.999Z");
        assert_eq!(Millis::new(-1).seconds(), -1);
    }

    #[test]
    fn pacific_time_changes_on_the_american_sundays() {
        for (utc, local) in [
            ("2026-11-01T08:59:59Z", "Sunday, 01-Nov-26 01:59:59 PDT"),
            ("2026-11-01T09:00:00Z", "Sunday, 01-Nov-26 01:00:00 PST"),
            ("2026-03-08T09:59:59Z", "Sunday, 08-Mar-26 01:59:59 PST"),
            ("2026-03-08T10:00:00Z", "Sunday, 08-Mar-26 03:00:00 PDT"),
        ] {
            assert_eq!(Millis::parse_rfc3339(utc).unwrap().pacific(), local);
        }
    }

    #[test]
    fn offsets_are_honoured_and_loose_forms_refused() {
        let time = Millis::parse_graph("2026-11-02T10:00:00+0000").unwrap();
        assert_eq!(Millis::parse_graph("2026-11-02T12:30:00+0230"), Ok(time));
        assert_eq!(Millis::parse_rfc3339("2026-11-02T02:00:00.0009-08:00"), Ok(time));
        for text in [
            "",
            "2026-11-02",
            "2026-11-02T10:00:00",
            "2026-11-02T10:00:00.Z",
            "2026-11-02T10:00:00+0000",
            "2026-11-02T10:00:00Z[UTC]",
            "2026-11-02 10:00:00Z",
            "+002026-11-02T10:00:00Z",
            "2026-11-02T10:00:0\u{e5}Z",
        ] {
            assert_eq!(Millis::parse_rfc3339(text), Err(TimeError::Layout), "{text}");
        }
        assert_eq!(Millis::parse_rfc3339("2026-02-30T10:00:00Z"), Err(TimeError::NoSuchTime));
        assert_eq!(Millis::parse_graph("2026-11-02T10:00:00Z"), Err(TimeError::Layout));
        assert_eq!(Millis::parse_graph("2026-11-02T10:00:00+9999"), Err(TimeError::NoSuchTime));
    }

    #[test]
    fn arithmetic_saturates_and_printing_clamps() {
        let last = Millis::new(i64::MAX);
        assert_eq!(last.plus(Span::days(1)), last);
        assert_eq!(last.since(Millis::new(i64::MIN)).get(), i64::MAX);
        assert_eq!(Millis::new(5).since(Millis::new(7)), Span::millis(-2));
        assert_eq!(Millis::new(i64::MIN).minus(Span::days(1)), Millis::new(i64::MIN));
        assert_eq!(last.graph(), "9999-12-30T22:00:00+0000");
        assert_eq!(Millis::new(i64::MIN).rfc3339(), "0000-01-01T00:00:00Z");
    }

    proptest! {
        #[test]
        fn no_instant_panics(number: i64) {
            let time = Millis::new(number);
            prop_assert!(time.graph().len() + time.rfc3339().len() + time.pacific().len() > 60);
        }

        #[test]
        fn printable_instants_come_back(number in FIRST_PRINTABLE..=LAST_PRINTABLE) {
            let time = Millis::new(number);
            prop_assert_eq!(Millis::parse_rfc3339(&time.rfc3339()), Ok(time));
            prop_assert_eq!(Millis::parse_graph(&time.graph()), Ok(Millis::new(time.seconds() * 1000)));
        }

        #[test]
        fn garbage_is_refused_without_a_panic(text in "\\PC{0,40}|[0-9TZ:+.-]{0,40}") {
            prop_assert!(Millis::parse_rfc3339(&text).is_err() && Millis::parse_graph(&text).is_err());
        }
    }
}
