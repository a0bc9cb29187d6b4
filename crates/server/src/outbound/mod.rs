//! The one guarded client for every request that leaves the house (design, invariant 8).
//!
//! It speaks HTTP/1.1 to http and https addresses, knows no proxy, keeps connections for reuse, and reaches private addresses
//! only where the operator allows it. Every request has one time limit, answer included. Webhooks follow no redirect; fetching
//! a file follows a few, each checked like the first address ([`fetch`]).

mod address;
mod fetch;
mod resolver;

use std::error::Error;
use std::sync::Once;
use std::time::{Duration, Instant};

use engine::deliver::{Answer, Body, Post};
use engine::settings::Settings;
use reqwest::{Client, ClientBuilder, RequestBuilder, Response};
use url::{Host, Url};

pub use address::is_public;
use resolver::{Guard, Refused};

/// `User-Agent` of deliveries and handshakes (contract webhooks 2.2).
pub const USER_AGENT: &str = "facebookexternalua";
/// How much of an answer is read, in bytes.
const ANSWER_BYTES: usize = 2_048;
const IDLE_TIME: Duration = Duration::from_secs(30);
const IDLE_CONNECTIONS: usize = 64;

/// The guarded client. Cheap to clone; clones share their connections.
#[derive(Clone)]
pub struct Outbound {
    client: Client,
    guard: Guard,
    https_only: bool,
    files_https_only: bool,
    timeout: Duration,
}

/// What came back from a request: status and the beginning of the body.
type Reply = (u16, String);

impl Outbound {
    /// A client that keeps to these settings.
    pub fn new(settings: &Settings) -> Self {
        let guard = Guard { private_addresses: settings.private_addresses };
        let client = builder(guard).build().unwrap_or_else(|error| {
            tracing::error!(%error, "the machine's certificates cannot be read: no https callback will be reached");
            without_https(guard)
        });
        let timeout = Duration::from_millis(settings.webhook_timeout_ms);
        let (https_only, files_https_only) = (settings.webhook_https_only, settings.media_https_only);
        Self { client, guard, https_only, files_https_only, timeout }
    }

    /// Whether a request may go to this address, as far as its text tells; what a name leads to is checked when it is
    /// resolved.
    ///
    /// # Errors
    /// The reason, as a phrase for people.
    pub fn check_url(&self, url: &str) -> Result<(), String> {
        self.admitted(url, self.https_only).map(drop)
    }

    /// Posts one delivery (contract webhooks 2.2). Whatever happens is an answer; redirects are answers, too.
    pub async fn post(&self, post: &Post) -> Answer {
        let began = instant();
        let reply = match self.admitted(&post.url, self.https_only) {
            Ok(url) => {
                let request = self.client.post(url).body(post.body.text().to_owned());
                self.exchange(headers(&post.body).into_iter().fold(request, |r, (name, value)| r.header(name, value)))
                    .await
            }
            Err(reason) => Err(reason),
        };
        let duration_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
        match reply {
            Ok((status, text)) => Answer { status: Some(status), text, duration_ms },
            Err(text) => Answer { status: None, text, duration_ms },
        }
    }

    /// Asks an endpoint whether it expects our webhooks (contract webhooks 1.3).
    ///
    /// # Errors
    /// What came instead of the challenge, as a phrase for people.
    pub async fn verify(&self, callback_url: &str, verify_token: &str, challenge: &str) -> Result<(), String> {
        let mut url = self.admitted(callback_url, self.https_only)?;
        url.query_pairs_mut()
            .append_pair("hub.mode", "subscribe")
            .append_pair("hub.challenge", challenge)
            .append_pair("hub.verify_token", verify_token);
        let request = self.client.get(url).header(reqwest::header::USER_AGENT, USER_AGENT);
        match self.exchange(request).await? {
            (200, body) if body.trim_ascii() == challenge => Ok(()),
            (200, _) => Err("the answer was not the challenge".into()),
            (status, _) => Err(format!("HTTP status {status}")),
        }
    }

    fn admitted(&self, url: &str, https_only: bool) -> Result<Url, String> {
        let mut url = Url::parse(url).map_err(|_| "the address is not a URL")?;
        match url.scheme() {
            "https" => {}
            "http" if !https_only => {}
            "http" => return Err("the address must begin with https".into()),
            _ => return Err("the address must begin with http or https".into()),
        }
        let literal = match url.host() {
            Some(Host::Ipv4(address)) => Some(address.into()),
            Some(Host::Ipv6(address)) => Some(address.into()),
            Some(Host::Domain(_)) => None,
            None => return Err("the address has no host".into()),
        };
        if !self.guard.private_addresses && literal.is_some_and(|address| !is_public(address)) {
            return Err(Refused.to_string());
        }
        url.set_fragment(None);
        Ok(url)
    }

    async fn exchange(&self, request: RequestBuilder) -> Result<Reply, String> {
        let reply = async {
            let response = request.send().await?;
            let status = response.status().as_u16();
            Ok((status, beginning(response).await?))
        };
        match tokio::time::timeout(self.timeout, reply).await {
            Ok(reply) => reply.map_err(|error: reqwest::Error| reason(&error)),
            Err(_) => Err(format!("no answer within {} ms", self.timeout.as_millis())),
        }
    }
}

/// The headers of a delivery besides `Host` and `Content-Length` (contract webhooks 2.2); a form carries its signature itself
/// (contract graph 6.9).
pub fn headers(body: &Body) -> Vec<(&'static str, String)> {
    let agent = ("User-Agent", USER_AGENT.to_owned());
    match body {
        Body::Webhook { sha1, sha256, .. } => vec![
            ("Content-Type", "application/json".to_owned()),
            agent,
            ("X-Hub-Signature", sha1.clone()),
            ("X-Hub-Signature-256", sha256.clone()),
        ],
        Body::Form(_) => vec![("Content-Type", "application/x-www-form-urlencoded".to_owned()), agent],
    }
}

fn builder(guard: Guard) -> ClientBuilder {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| {
        // An error means that the program chose a provider before, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
    Client::builder()
        .http1_only()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .dns_resolver(guard)
        .pool_idle_timeout(IDLE_TIME)
        .pool_max_idle_per_host(IDLE_CONNECTIONS)
}

/// A client that trusts no certificate at all; http goes on working.
fn without_https(guard: Guard) -> Client {
    builder(guard).tls_certs_only([]).build().expect("a client that reads nothing from the machine can be built")
}

/// Reads no more than is kept; a body that ends within leaves the connection for the next request.
async fn beginning(mut response: Response) -> Result<String, reqwest::Error> {
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        bytes.extend_from_slice(&chunk[..chunk.len().min(ANSWER_BYTES - bytes.len())]);
        if bytes.len() == ANSWER_BYTES {
            break;
        }
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Why a request failed, in the words of the innermost cause, which names no address and no secret.
fn reason(error: &reqwest::Error) -> String {
    let cause = innermost(error);
    if cause.is::<Refused>() {
        return cause.to_string();
    }
    let what = if error.is_connect() { "no connection" } else { "no answer" };
    format!("{what}: {cause}")
}

/// Whether a request failed because its name leads nowhere that may be reached.
fn is_refused(error: &reqwest::Error) -> bool {
    innermost(error).is::<Refused>()
}

fn innermost(error: &reqwest::Error) -> &(dyn Error + 'static) {
    let mut cause: &(dyn Error + 'static) = error;
    while let Some(next) = cause.source() {
        cause = next;
    }
    cause
}

#[expect(clippy::disallowed_methods, reason = "how long a receiver really took is measured, not decided on")]
fn instant() -> Instant {
    Instant::now()
}

#[cfg(test)]
mod tests;
