//! The two hosts of the API.

/// Which surface of the API a client speaks to (contract send 0.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Host {
    /// Facebook Login: Page tokens, `graph.facebook.com`. `me` is the Page.
    Facebook,
    /// Instagram Login: Instagram User tokens, `graph.instagram.com`. `me` is the professional account.
    Instagram,
}

impl Host {
    /// Where Meta serves this surface.
    pub fn base_url(self) -> &'static str {
        match self {
            Host::Facebook => "https://graph.facebook.com",
            Host::Instagram => "https://graph.instagram.com",
        }
    }

    /// The surface that a token belongs to by its first letters: `IG…` is Instagram's, all else is Facebook's
    /// (contract graph 6.1).
    ///
    /// Tokens are opaque by contract, so this is a default that [`Client::host`](crate::Client::host) overrides.
    pub fn of_token(token: &str) -> Self {
        if token.starts_with("IG") { Host::Instagram } else { Host::Facebook }
    }
}
