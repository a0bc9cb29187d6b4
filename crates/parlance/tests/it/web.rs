//! HTTP to a running emulator.

use client::Client;
use engine::demo;
use serde_json::Value;
use testkit::Receiver;

/// What a receiver of the test kit wants to hear in the handshake.
pub const VERIFY_TOKEN: &str = "verify-me";

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
        let client = reqwest::Client::builder().no_proxy().build().expect("a client can be made");
        Self { client, url: url.to_owned() }
    }

    /// Reads what must be there.
    pub async fn get(&self, path: &str) -> Value {
        let request = self.client.get(self.address(path));
        answer(path, request).await.unwrap_or_else(|| panic!("{path}: no answer"))
    }

    /// Does what must succeed.
    pub async fn post(&self, path: &str, body: &Value) -> Value {
        self.try_post(path, body).await.unwrap_or_else(|| panic!("{path}: no answer"))
    }

    /// The same with a process that may be killed meanwhile: `None` when no whole answer came. A refusal still panics.
    pub async fn try_post(&self, path: &str, body: &Value) -> Option<Value> {
        let request = self.client.post(self.address(path)).header("content-type", "application/json");
        answer(path, request.body(body.to_string())).await
    }

    /// Opens a stream and leaves it unread.
    pub async fn open(&self, path: &str) -> reqwest::Response {
        self.client.get(self.address(path)).send().await.unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn address(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }
}

async fn answer(path: &str, request: reqwest::RequestBuilder) -> Option<Value> {
    let response = request.bearer_auth(demo::PAGE_TOKEN).send().await.ok()?;
    let status = response.status();
    let text = response.text().await.ok()?;
    assert!(status.is_success(), "{path}: {status}: {text}");
    Some(serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}: {text}")))
}

/// Subscribes the demo app to the messages of the demo account, with this receiver as its endpoint.
pub async fn subscribe(url: &str, receiver: &Receiver) {
    let app = Client::for_app(demo::APP, demo::SECRET).base_url(url).expect("an address");
    app.subscribe_app(demo::APP, &receiver.url(), VERIFY_TOKEN, &["messages"]).await.expect("the endpoint verifies");
    let business = Client::new(demo::PAGE_TOKEN).base_url(url).expect("an address");
    business.subscribe_account(&["messages"]).await.expect("the account takes the app");
}
