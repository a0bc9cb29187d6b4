//! A caller of the Graph API in a test, reaching the router in process.

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use bytes::Bytes;
use http_body_util::BodyExt;
use serde_json::Value;
use tower::ServiceExt;

/// Calls with one token, or with none. The token goes into the query, as most clients do.
#[derive(Clone)]
pub struct Api {
    router: Router,
    token: Option<String>,
    host: Option<String>,
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Headers.
    pub headers: HeaderMap,
    /// The exact body.
    pub body: Bytes,
    /// What was asked, for the message of a failing test.
    pub asked: String,
}

impl Api {
    pub(crate) fn new(router: Router, token: Option<String>) -> Self {
        Self { router, token, host: None }
    }

    /// The same caller, naming this host, such as `graph.facebook.com`.
    pub fn at(mut self, host: &str) -> Self {
        self.host = Some(host.to_owned());
        self
    }

    /// GET of a path with its query.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request("GET", path, "", Body::empty())).await
    }

    /// DELETE of a path with its query.
    pub async fn delete(&self, path: &str) -> Answer {
        self.send(self.request("DELETE", path, "", Body::empty())).await
    }

    /// POST of a JSON body.
    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(self.request("POST", path, "application/json", Body::from(body.to_string()))).await
    }

    /// POST of a form.
    pub async fn post_form(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        self.send(self.request("POST", path, "application/x-www-form-urlencoded", Body::from(body))).await
    }

    /// Sends a text to a person by `POST /v25.0/me/messages`.
    pub async fn sends(&self, igsid: &str, text: &str) -> Answer {
        self.post("/v25.0/me/messages", &serde_json::json!({"recipient": {"id": igsid}, "message": {"text": text}}))
            .await
    }

    /// A request with this caller's token and host, for tests that change it further.
    pub fn request(&self, method: &str, path: &str, content_type: &str, body: Body) -> Request<Body> {
        let uri = match &self.token {
            Some(token) => {
                let pair = form_urlencoded::Serializer::new(String::new()).append_pair("access_token", token).finish();
                format!("{path}{}{pair}", if path.contains('?') { '&' } else { '?' })
            }
            None => path.to_owned(),
        };
        let mut request = Request::builder().method(method).uri(uri);
        request = request.header(header::HOST, self.host.as_deref().unwrap_or("localhost"));
        if !content_type.is_empty() {
            request = request.header(header::CONTENT_TYPE, content_type);
        }
        request.body(body).unwrap_or_else(|error| panic!("{method} {path} is no request: {error}"))
    }

    /// Sends a request as it is.
    pub async fn send(&self, request: Request<Body>) -> Answer {
        let asked = format!("{} {}", request.method(), request.uri());
        let response = match self.router.clone().oneshot(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        };
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap_or_else(|error| panic!("{asked}: body broke off: {error}")).to_bytes();
        Answer { status: parts.status.as_u16(), headers: parts.headers, body, asked }
    }
}

impl Answer {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{}: {error}: {}", self.asked, String::from_utf8_lossy(&self.body)))
    }

    /// The body of an answer that must be a success.
    #[track_caller]
    pub fn ok(&self) -> Value {
        let json = self.json();
        assert_eq!(self.status, StatusCode::OK.as_u16(), "{}: {json}", self.asked);
        json
    }

    /// Status, code and subcode of an answer that must be a Graph error with its whole envelope.
    #[track_caller]
    pub fn error(&self) -> (u16, i64, Option<i64>) {
        let json = self.json();
        let error = &json["error"];
        assert!(self.status >= 400, "{} was not refused: {json}", self.asked);
        assert!(error["message"].is_string() && error["type"].is_string(), "{}: {json}", self.asked);
        assert_eq!(error["fbtrace_id"].as_str().map(str::len), Some(23), "{}: {json}", self.asked);
        let code = error["code"].as_i64().unwrap_or_else(|| panic!("{}: {json}", self.asked));
        (self.status, code, error["error_subcode"].as_i64())
    }

    /// The message of an answer that must be a Graph error.
    #[track_caller]
    pub fn message(&self) -> String {
        self.error();
        self.json()["error"]["message"].as_str().unwrap_or_default().to_owned()
    }

    /// A header as text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}
