//! The receiver that `parlance listen` puts in front of a bot: it answers the handshake itself, hands every delivery on as it
//! came, and gives back what the bot answered.

use std::time::{Duration, Instant};

use anyhow::Context;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Query, State};
use axum::http::header::{CONNECTION, CONTENT_LENGTH, HOST, TRANSFER_ENCODING};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use client::webhook::verify_challenge;
use reqwest::redirect::Policy;
use reqwest::{Client, Url};
use tokio::sync::mpsc::Sender;

/// How long the bot has. The platform waits five seconds (contract webhooks 2.5), and is to hear from us why there was no
/// answer rather than give up on us.
const PATIENCE: Duration = Duration::from_millis(4_800);
/// Longest that a delivery may take altogether, for whoever waits for the last one.
pub const LONGEST: Duration = Duration::from_secs(6);
/// How much of the bot's answer goes back; the platform keeps no more.
const ANSWER_BYTES: usize = 2_048;

/// A delivery that was handed on.
#[derive(Debug)]
pub struct Handed {
    /// Its bytes.
    pub body: Bytes,
    /// What the platform was answered.
    pub status: u16,
    /// How long the bot took, in milliseconds.
    pub ms: u64,
    /// Why the bot gave no answer.
    pub silence: Option<String>,
}

/// The receiver.
#[derive(Clone)]
pub struct Forwarder {
    client: Client,
    to: Url,
    verify_token: String,
    handed: Sender<Handed>,
}

impl Forwarder {
    /// One that hands on to this address, and tells `handed` of each delivery.
    ///
    /// # Errors
    /// An address that is not one of the web.
    pub fn new(to: &str, verify_token: String, handed: Sender<Handed>) -> anyhow::Result<Self> {
        let url = Url::parse(to).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
        let to = url.with_context(|| format!("{to:?} is not an address like http://localhost:3000/webhook"))?;
        // A provider may have been chosen before, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder().no_proxy().redirect(Policy::none()).referer(false).timeout(PATIENCE).build();
        Ok(Self { client: client.context("cannot make an HTTP client")?, to, verify_token, handed })
    }

    /// What answers at `path`.
    pub fn router(self, path: &str) -> Router {
        Router::new().route(path, get(handshake).post(delivery)).with_state(self)
    }

    async fn forward(&self, headers: &HeaderMap, body: Bytes) -> Result<(StatusCode, Bytes), String> {
        let mut request = self.client.post(self.to.clone()).body(body);
        // What belongs to the connection is not the delivery's; the length is that of the same bytes.
        for (name, value) in headers {
            if ![HOST, CONNECTION, CONTENT_LENGTH, TRANSFER_ENCODING].contains(name) {
                request = request.header(name, value);
            }
        }
        let mut answer = request.send().await.map_err(|error| reason(&error))?;
        let mut begun = Vec::new();
        while begun.len() < ANSWER_BYTES {
            match answer.chunk().await.map_err(|error| reason(&error))? {
                Some(chunk) => begun.extend_from_slice(&chunk[..chunk.len().min(ANSWER_BYTES - begun.len())]),
                None => break,
            }
        }
        Ok((answer.status(), begun.into()))
    }
}

async fn handshake(State(forwarder): State<Forwarder>, Query(query): Query<Vec<(String, String)>>) -> Response {
    match verify_challenge(query, &forwarder.verify_token) {
        Ok(challenge) => challenge.into_response(),
        Err(_) => StatusCode::FORBIDDEN.into_response(),
    }
}

async fn delivery(State(forwarder): State<Forwarder>, headers: HeaderMap, body: Bytes) -> Response {
    let began = instant();
    let (answered, silence) = match forwarder.forward(&headers, body.clone()).await {
        Ok(answered) => (answered, None),
        Err(silence) => ((StatusCode::BAD_GATEWAY, Bytes::from(silence.clone())), Some(silence)),
    };
    let ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    let (status, answer) = answered;
    // With nobody left to tell, the bot's answer goes back all the same.
    let _ = forwarder.handed.send(Handed { body, status: status.as_u16(), ms, silence }).await;
    (status, Body::from(answer)).into_response()
}

/// Why there was no answer, in the words of the innermost cause.
fn reason(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(next) = cause.source() {
        cause = next;
    }
    match (error.is_timeout(), error.is_connect()) {
        (true, _) => format!("no answer within {} ms", PATIENCE.as_millis()),
        (false, true) => format!("no connection: {cause}"),
        (false, false) => format!("no answer: {cause}"),
    }
}

#[expect(clippy::disallowed_methods, reason = "how long a bot really took is measured, not decided on")]
fn instant() -> Instant {
    Instant::now()
}
