//! HTTP to a running emulator.

use std::time::Duration;

use client::Client;
use engine::demo;
use serde_json::Value;
use testkit::Receiver;

/// What a receiver of the test kit wants to hear in the handshake.
pub const VERIFY_TOKEN: &str = "verify-me";

/// How long an answer is waited for: longer than the server's own limit for a request.
const PATIENCE: Duration = Duration::from_secs(45);

/// Longer than any test.
const LIFE_OF_A_STREAM: Duration = Duration::from_secs(3_600);

/// What came of a call.
#[derive(Debug)]
pub enum Outcome {
    /// It succeeded, with this answer.
    Done(Value),
    /// It was answered with another status, and this body.
    Refused(u16, Value),
    /// Nobody took it: it has not happened.
    NotTaken,
    /// No whole answer came: it may have happened or not.
    Lost,
}

/// Calls one emulator, with the demo Page's token.
#[derive(Clone)]
pub struct Web {
    client: reqwest::Client,
    url: String,
}

impl Web {
    /// A caller of the emulator at this address.
    pub fn new(url: &str) -> Self {
        // Another test of this process may have chosen a provider already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder().no_proxy().timeout(PATIENCE).build().expect("a client can be made");
        Self { client, url: url.to_owned() }
    }

    /// Where it is.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Reads what must be there.
    pub async fn get(&self, path: &str) -> Value {
        must(path, self.try_get(path).await)
    }

    /// Does what must succeed.
    pub async fn post(&self, path: &str, body: &Value) -> Value {
        must(path, self.try_post(path, body).await)
    }

    /// Reads where it may fail.
    pub async fn try_get(&self, path: &str) -> Outcome {
        answer(path, self.client.get(self.address(path))).await
    }

    /// Does what may fail.
    pub async fn try_post(&self, path: &str, body: &Value) -> Outcome {
        let request = self.client.post(self.address(path)).header("content-type", "application/json");
        answer(path, request.body(body.to_string())).await
    }

    /// Opens a stream and leaves it unread.
    pub async fn open(&self, path: &str) -> reqwest::Response {
        let request = self.client.get(self.address(path)).timeout(LIFE_OF_A_STREAM);
        request.send().await.unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn address(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }
}

async fn answer(path: &str, request: reqwest::RequestBuilder) -> Outcome {
    let response = match request.bearer_auth(demo::PAGE_TOKEN).send().await {
        Ok(response) => response,
        Err(error) if error.is_connect() => return Outcome::NotTaken,
        Err(_) => return Outcome::Lost,
    };
    let status = response.status();
    let Ok(text) = response.text().await else { return Outcome::Lost };
    let json = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {status}: {error}: {text}"));
    if status.is_success() { Outcome::Done(json) } else { Outcome::Refused(status.as_u16(), json) }
}

#[track_caller]
fn must(path: &str, outcome: Outcome) -> Value {
    match outcome {
        Outcome::Done(answer) => answer,
        other => panic!("{path}: {other:?}"),
    }
}

/// Subscribes the demo app to the messages of the demo account, with this receiver as its endpoint.
pub async fn subscribe(url: &str, receiver: &Receiver) {
    let app = Client::for_app(demo::APP, demo::SECRET).base_url(url).expect("an address");
    app.subscribe_app(demo::APP, &receiver.url(), VERIFY_TOKEN, &["messages"]).await.expect("the endpoint verifies");
    install(url).await;
}

/// Installs the demo app on the demo account.
pub async fn install(url: &str) {
    let business = Client::new(demo::PAGE_TOKEN).base_url(url).expect("an address");
    business.subscribe_account(&["messages"]).await.expect("the account takes the app");
}
