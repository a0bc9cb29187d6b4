//! The two manners of answering: a host decides how errors, versions and prefixes are written.

/// Which host's manners an answer has (contract graph 4.1, send 0.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// The surface of Facebook Login: `graph.facebook.com`.
    Facebook,
    /// The surface of Instagram Login: `graph.instagram.com` and `api.instagram.com`.
    Instagram,
}

/// The hosts whose manners are known; names are in lower case.
const HOSTS: &[(&str, Dialect)] = &[
    ("graph.facebook.com", Dialect::Facebook),
    ("graph-video.facebook.com", Dialect::Facebook),
    ("graph.instagram.com", Dialect::Instagram),
    ("api.instagram.com", Dialect::Instagram),
];

impl Dialect {
    /// Its name where the two login products are told apart.
    pub fn name(self) -> &'static str {
        match self {
            Self::Facebook => "facebook",
            Self::Instagram => "instagram",
        }
    }

    /// The response header that names the version which served a call (contract send 0.1).
    pub fn version_header(self) -> &'static str {
        match self {
            Dialect::Facebook => "facebook-api-version",
            Dialect::Instagram => "instagram-api-version",
        }
    }

    /// The dialect of a host name as the `Host` header gives it; case and port do not matter.
    ///
    /// `None` for a host that is not one of Meta's API hosts.
    pub fn of_host(host: &str) -> Option<Dialect> {
        let name = host.split_once(':').map_or(host, |(name, _port)| name);
        HOSTS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, dialect)| *dialect)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_known_in_any_case_and_with_any_port() {
        for (host, dialect) in [
            ("graph.facebook.com", Some(Dialect::Facebook)),
            ("Graph-Video.Facebook.com:443", Some(Dialect::Facebook)),
            ("graph.instagram.com:8443", Some(Dialect::Instagram)),
            ("API.INSTAGRAM.COM", Some(Dialect::Instagram)),
            ("localhost:8080", None),
            ("graph.facebook.com.example", None),
            ("[::1]:80", None),
            ("", None),
        ] {
            assert_eq!(Dialect::of_host(host), dialect, "{host}");
        }
    }

    #[test]
    fn each_dialect_names_its_version_in_its_own_header() {
        assert_eq!(Dialect::Facebook.version_header(), "facebook-api-version");
        assert_eq!(Dialect::Instagram.version_header(), "instagram-api-version");
    }
}
