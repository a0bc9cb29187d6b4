//! Paths: `/[version/]node[/edge]`, with whatever slashes (contract graph 1.1).

use percent_encoding::percent_decode_str;
use wire::version::{self, ApiVersion};

/// A path taken apart.
#[derive(Debug, PartialEq, Eq)]
pub struct Path {
    /// The version asked for, if it is one that ever was; anything else is a node.
    pub version: Option<ApiVersion>,
    /// What stands behind the version, decoded.
    pub segments: Vec<String>,
}

impl Path {
    /// Takes a path apart; empty segments do not count.
    pub fn parse(path: &str) -> Self {
        let mut segments: Vec<String> = path
            .split('/')
            .filter(|segment| !segment.is_empty())
            .map(|segment| percent_decode_str(segment).decode_utf8_lossy().into_owned())
            .collect();
        let version = segments.first().and_then(|first| first.parse().ok()).filter(|asked| version::known(*asked));
        if version.is_some() {
            segments.remove(0);
        }
        Self { version, segments }
    }

    /// The part from segment `index` on, as error texts show it.
    pub fn rest(&self, index: usize) -> String {
        self.segments.iter().skip(index).map(|segment| format!("/{segment}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_only_what_once_was_one() {
        let rows = [
            ("/v25.0/me/messages", Some("v25.0"), vec!["me", "messages"]),
            ("//v2.12//me/", Some("v2.12"), vec!["me"]),
            ("/me/messages", None, vec!["me", "messages"]),
            ("/v99.0/me", None, vec!["v99.0", "me"]),
            ("/v21.0/v21.0/me", Some("v21.0"), vec!["v21.0", "me"]),
            ("/", None, vec![]),
            ("/v22.0", Some("v22.0"), vec![]),
            ("/a%20b", None, vec!["a b"]),
        ];
        for (path, version, segments) in rows {
            let parsed = Path::parse(path);
            assert_eq!(parsed.version.map(|v| v.to_string()).as_deref(), version, "{path}");
            assert_eq!(parsed.segments, segments, "{path}");
        }
        assert_eq!(Path::parse("/v99.0/me").rest(1), "/me");
    }
}
