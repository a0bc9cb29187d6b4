//! A webhook receiver that answers 200 as fast as it can.

use axum::extract::RawQuery;
use axum::routing::get;
use tokio::net::TcpListener;

/// Serves until it is killed.
///
/// # Errors
/// When no port is free.
pub async fn serve() -> anyhow::Result<()> {
    let challenge = |RawQuery(query): RawQuery| async move {
        let query = query.unwrap_or_default();
        let found = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "hub.challenge");
        found.map(|(_, value)| value.into_owned()).unwrap_or_default()
    };
    let router = axum::Router::new().route("/", get(challenge).post(|_: bytes::Bytes| async {}));
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", listener.local_addr()?);
    Ok(axum::serve(listener, router).await?)
}
