//! Name resolution that answers with allowed addresses only: the check comes after the name became an address, so a
//! name that changes its mind between check and connection gains nothing.

use std::net::SocketAddr;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::address::is_public;

/// The name leads to no address that may be reached.
#[derive(Debug, thiserror::Error)]
#[error("address is not allowed")]
pub(super) struct Refused;

/// Resolves names for the one client.
#[derive(Debug, Clone, Copy)]
pub(super) struct Guard {
    /// Whether loopback and private addresses are welcome.
    pub(super) private_addresses: bool,
}

impl Guard {
    /// The addresses that may be reached, or an error when there is none.
    pub(super) fn admit(self, found: impl Iterator<Item = SocketAddr>) -> Result<Vec<SocketAddr>, Refused> {
        let admitted: Vec<_> = found.filter(|at| self.private_addresses || is_public(at.ip())).collect();
        if admitted.is_empty() { Err(Refused) } else { Ok(admitted) }
    }
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let guard = *self;
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            Ok(Box::new(guard.admit(found)?.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admitted(private_addresses: bool, found: &[&str]) -> Option<usize> {
        let found = found.iter().map(|text| text.parse().unwrap());
        Guard { private_addresses }.admit(found).ok().map(|admitted| admitted.len())
    }

    #[test]
    fn a_name_leads_to_its_public_addresses_only() {
        assert_eq!(admitted(false, &["8.8.8.8:0", "10.0.0.1:0", "[2606:4700::1]:0"]), Some(2));
        assert_eq!(admitted(false, &["127.0.0.1:0", "[::1]:0"]), None);
        assert_eq!(admitted(true, &["127.0.0.1:0", "[::1]:0"]), Some(2));
        assert_eq!(admitted(true, &[]), None);
    }
}
