//! Graph API versions: which exist, how long each is usable, and which one serves a call (contract graph 1.1).

use std::{fmt, str::FromStr};

use crate::time::Millis;

/// A version of the Graph API, written `v25.0`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ApiVersion {
    /// The number before the point.
    pub major: u16,
    /// The number behind the point.
    pub minor: u16,
}

/// The text is not `v`, digits, a point and digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("version is not written like v25.0")]
pub struct VersionError;

impl fmt::Display for ApiVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "v{}.{}", self.major, self.minor)
    }
}

impl FromStr for ApiVersion {
    type Err = VersionError;

    fn from_str(text: &str) -> Result<Self, VersionError> {
        let (major, minor) = text.strip_prefix('v').and_then(|rest| rest.split_once('.')).ok_or(VersionError)?;
        let number = |digits: &str| match digits.bytes().all(|b| b.is_ascii_digit()) {
            true => digits.parse().map_err(|_| VersionError),
            false => Err(VersionError),
        };
        Ok(Self { major: number(major)?, minor: number(minor)? })
    }
}

/// One version and its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// The version.
    pub version: ApiVersion,
    /// Start (UTC) of the day on which it came out.
    pub released: Millis,
    /// Start (UTC) of the first day on which it is no longer usable; `None` while no successor has set the date.
    pub until: Option<Millis>,
}

const fn row(major: u16, minor: u16, released: (i64, i64, i64), until: Option<(i64, i64, i64)>) -> Row {
    let until = match until {
        Some(date) => Some(midnight(date)),
        None => None,
    };
    Row { version: ApiVersion { major, minor }, released: midnight(released), until }
}

/// Midnight UTC of a Gregorian date: days are counted in years that begin in March, so that the leap day comes last.
const fn midnight((year, month, day): (i64, i64, i64)) -> Millis {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days = year * 365 + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1;
    const DAYS_BEFORE_1970: i64 = 719_468;
    Millis::new((days - DAYS_BEFORE_1970) * 86_400_000)
}

/// All versions, oldest first.
///
/// The contract's table begins at v3.3. The four before it are there because clients still ask for them; their dates
/// only matter to a clock set before 2021.
pub const VERSIONS: &[Row] = &[
    row(2, 12, (2018, 1, 30), Some((2020, 5, 5))),
    row(3, 0, (2018, 5, 1), Some((2020, 7, 28))),
    row(3, 1, (2018, 7, 26), Some((2020, 10, 27))),
    row(3, 2, (2018, 10, 23), Some((2021, 5, 4))),
    row(3, 3, (2019, 4, 30), Some((2021, 8, 3))),
    row(4, 0, (2019, 7, 29), Some((2021, 11, 2))),
    row(5, 0, (2019, 10, 29), Some((2022, 2, 3))),
    row(6, 0, (2020, 2, 3), Some((2022, 5, 5))),
    row(7, 0, (2020, 5, 5), Some((2022, 8, 4))),
    row(8, 0, (2020, 8, 4), Some((2022, 11, 1))),
    row(9, 0, (2020, 11, 10), Some((2023, 2, 23))),
    row(10, 0, (2021, 2, 23), Some((2023, 6, 8))),
    row(11, 0, (2021, 6, 8), Some((2023, 9, 14))),
    row(12, 0, (2021, 9, 14), Some((2024, 2, 8))),
    row(13, 0, (2022, 2, 8), Some((2024, 5, 28))),
    row(14, 0, (2022, 5, 25), Some((2024, 9, 17))),
    row(15, 0, (2022, 9, 15), Some((2024, 11, 20))),
    row(16, 0, (2023, 2, 2), Some((2025, 5, 14))),
    row(17, 0, (2023, 5, 23), Some((2025, 9, 12))),
    row(18, 0, (2023, 9, 12), Some((2026, 1, 26))),
    row(19, 0, (2024, 1, 23), Some((2026, 5, 21))),
    row(20, 0, (2024, 5, 21), Some((2026, 9, 24))),
    row(21, 0, (2024, 10, 2), Some((2027, 1, 21))),
    row(22, 0, (2025, 1, 21), Some((2027, 5, 20))),
    row(23, 0, (2025, 5, 29), Some((2027, 10, 8))),
    row(24, 0, (2025, 10, 8), Some((2028, 2, 18))),
    row(25, 0, (2026, 2, 18), Some((2028, 7, 29))),
    row(26, 0, (2026, 7, 29), None),
];

/// Whether a version exists, expired or not; anything else in a path is read as a node id.
pub fn known(version: ApiVersion) -> bool {
    VERSIONS.iter().any(|row| row.version == version)
}

/// The oldest version that is not expired at `now`.
pub fn oldest_usable(now: Millis) -> ApiVersion {
    let usable = |row: &&Row| row.until.is_none_or(|until| now < until);
    VERSIONS.iter().find(usable).unwrap_or(&VERSIONS[VERSIONS.len() - 1]).version
}

/// The newest version that is out at `now`; the oldest of all before there was any.
pub fn newest(now: Millis) -> ApiVersion {
    VERSIONS.iter().rfind(|row| row.released <= now).unwrap_or(&VERSIONS[0]).version
}

/// The version that serves a call, and that the `facebook-api-version` header names.
///
/// It is the requested one, or else the app's `default`; raised to the oldest usable one and to the app's `floor`, and
/// never above the newest that is out at `now`. Ask [`known`] about `requested` first.
pub fn served(requested: Option<ApiVersion>, default: ApiVersion, floor: ApiVersion, now: Millis) -> ApiVersion {
    requested.unwrap_or(default).max(oldest_usable(now)).max(floor).min(newest(now))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(date: &str) -> Millis {
        Millis::parse_rfc3339(&format!("{date}Z")).unwrap()
    }

    fn v(text: &str) -> ApiVersion {
        text.parse().unwrap()
    }

    #[test]
    fn a_version_reads_as_it_prints() {
        assert_eq!(v("v25.0"), ApiVersion { major: 25, minor: 0 });
        assert_eq!(v("v2.12").to_string(), "v2.12");
        assert!(v("v9.0") < v("v10.0"));
        for text in ["", "v", "25.0", "v25", "v25.", "v.0", "v+5.0", "v1.2.3", "V25.0", "v70000.0", "v25.0 "] {
            assert_eq!(text.parse::<ApiVersion>(), Err(VersionError), "{text}");
        }
    }

    #[test]
    fn dates_in_the_table_are_midnights_in_order() {
        assert_eq!(midnight((1970, 1, 1)), Millis::new(0));
        assert_eq!(midnight((2024, 2, 29)), at("2024-02-29T00:00:00"));
        assert_eq!(VERSIONS[VERSIONS.len() - 1].released, at("2026-07-29T00:00:00"));
        assert!(VERSIONS.is_sorted_by(|a, b| {
            a.version < b.version && a.released < b.released && b.until.is_none_or(|until| a.until < Some(until))
        }));
        assert!(known(v("v2.12")) && known(v("v26.0")) && !known(v("v27.0")) && !known(v("v21.1")));
    }

    #[test]
    fn versions_come_and_go_at_midnight() {
        for (date, oldest, latest) in [
            ("2010-01-01T00:00:00", "v2.12", "v2.12"),
            ("2021-08-02T23:59:59", "v3.3", "v11.0"),
            ("2021-08-03T00:00:00", "v4.0", "v11.0"),
            ("2021-09-14T00:00:00", "v4.0", "v12.0"),
            ("2026-09-23T23:59:59", "v20.0", "v26.0"),
            ("2026-09-24T00:00:00", "v21.0", "v26.0"),
            ("2026-11-22T12:00:00", "v21.0", "v26.0"),
            ("2026-07-28T23:59:59", "v20.0", "v25.0"),
            ("2040-01-01T00:00:00", "v26.0", "v26.0"),
        ] {
            assert_eq!((oldest_usable(at(date)), newest(at(date))), (v(oldest), v(latest)), "{date}");
        }
    }

    #[test]
    fn the_served_version_is_raised_and_capped() {
        let now = at("2026-11-22T12:00:00");
        let era = at("2021-07-01T00:00:00");
        for (requested, default, floor, now, expected) in [
            (Some("v25.0"), "v26.0", "v2.12", now, "v25.0"),
            (Some("v19.0"), "v26.0", "v2.12", now, "v21.0"),
            (Some("v22.0"), "v26.0", "v25.0", now, "v25.0"),
            (Some("v26.0"), "v25.0", "v25.0", now, "v26.0"),
            (None, "v24.0", "v2.12", now, "v24.0"),
            (None, "v12.0", "v2.12", now, "v21.0"),
            (Some("v11.0"), "v11.0", "v2.12", era, "v11.0"),
            (Some("v25.0"), "v11.0", "v2.12", era, "v11.0"),
            (Some("v5.0"), "v11.0", "v26.0", era, "v11.0"),
        ] {
            let got = served(requested.map(v), v(default), v(floor), now);
            assert_eq!(got, v(expected), "{requested:?} {default} {floor}");
        }
    }
}
