//! TLS to the server, with certificates checked by what the machine trusts.

use std::sync::Arc;

use rustls::{ClientConfig, crypto::ring};
use rustls_platform_verifier::BuilderVerifierExt;
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::DbError;

/// What begins a TLS session.
pub(super) fn connector() -> Result<MakeRustlsConnect, DbError> {
    let unusable = |error: rustls::Error| DbError::Unreachable(format!("TLS cannot be used: {error}"));
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(unusable)?
        .with_platform_verifier()
        .map_err(unusable)?
        .with_no_client_auth();
    Ok(MakeRustlsConnect::new(config))
}
