//! A webhook receiver in a test: it answers the handshake, checks both signatures and keeps every delivery.

use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::get;
use parking_lot::Mutex;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use wire::signature;

/// What the handshake must carry.
pub const VERIFY_TOKEN: &str = "verify-me";

/// One delivery as it arrived.
#[derive(Debug, Clone)]
pub struct Received {
    /// Headers.
    pub headers: HeaderMap,
    /// The exact bytes.
    pub body: Bytes,
    /// Whether both signatures belong to the bytes.
    pub signed: bool,
}

impl Received {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("a delivery is no JSON: {error}"))
    }

    /// Its one messaging element.
    #[track_caller]
    pub fn element(&self) -> Value {
        let json = self.json();
        assert_eq!(json["entry"].as_array().map(Vec::len), Some(1), "one entry a delivery: {json}");
        assert_eq!(json["entry"][0]["messaging"].as_array().map(Vec::len), Some(1), "one element an entry: {json}");
        json["entry"][0]["messaging"][0].clone()
    }
}

struct Inner {
    secret: String,
    status: AtomicU16,
    received: Mutex<Vec<Received>>,
}

/// A receiver on a free port; it stops when dropped.
pub struct Receiver {
    url: String,
    inner: Arc<Inner>,
    task: JoinHandle<()>,
}

impl Receiver {
    /// Starts one that expects signatures made with `secret`.
    pub async fn start(secret: &str) -> Self {
        let inner = Arc::new(Inner {
            secret: secret.to_owned(),
            status: AtomicU16::new(200),
            received: Mutex::new(Vec::new()),
        });
        let router = Router::new().route("/hook", get(challenge).post(delivery)).with_state(Arc::clone(&inner));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("a bound socket has an address");
        let task = tokio::spawn(async move { axum::serve(listener, router).await.expect("the receiver serves") });
        Self { url: format!("http://{address}/hook"), inner, task }
    }

    /// Its callback URL.
    pub fn url(&self) -> String {
        self.url.clone()
    }

    /// From now on deliveries are answered with this status.
    pub fn answer_with(&self, status: u16) {
        self.inner.status.store(status, Ordering::SeqCst);
    }

    /// Everything received since the last call, in order. Every delivery must have been signed rightly.
    #[track_caller]
    pub fn take(&self) -> Vec<Received> {
        let received = std::mem::take(&mut *self.inner.received.lock());
        assert!(received.iter().all(|delivery| delivery.signed), "a delivery came with a wrong signature");
        received
    }

    /// The messaging elements received since the last call, in order.
    #[track_caller]
    pub fn elements(&self) -> Vec<Value> {
        self.take().iter().map(Received::element).collect()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn challenge(RawQuery(query): RawQuery) -> (StatusCode, String) {
    let query = query.unwrap_or_default();
    let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let value =
        |name: &str| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()).unwrap_or_default();
    if value("hub.mode") == "subscribe" && value("hub.verify_token") == VERIFY_TOKEN {
        (StatusCode::OK, value("hub.challenge"))
    } else {
        (StatusCode::FORBIDDEN, String::new())
    }
}

async fn delivery(State(inner): State<Arc<Inner>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let key = inner.secret.as_bytes();
    let signed = signature::verify_sha1(key, &body, &header("x-hub-signature"))
        && signature::verify_sha256(key, &body, &header("x-hub-signature-256"));
    inner.received.lock().push(Received { headers, body, signed });
    StatusCode::from_u16(inner.status.load(Ordering::SeqCst)).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}
