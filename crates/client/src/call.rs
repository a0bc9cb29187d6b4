//! One call: building its request, sending it, reading what came back.

use std::{fmt::Display, sync::PoisonError};

use bytes::Bytes;
use http::{HeaderValue, Method, Request, Uri, header};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use secrecy::ExposeSecret;
use serde_json::Value;
use tower::ServiceExt;
use url::form_urlencoded;
use wire::signature;

use crate::{Client, Error, Usage, answer, client::Settings, content, multipart};

/// What stands for itself in a segment of a path.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// The header of Parlance by which a call may be repeated.
const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// A call that was not sent yet.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Call {
    method: Method,
    path: Vec<String>,
    query: Vec<(String, String)>,
    body: Body,
    key: Option<HeaderValue>,
}

/// What goes with it.
#[derive(Debug, Clone, PartialEq)]
enum Body {
    Nothing,
    Json(Value),
    Form(Value, content::Bytes),
}

impl Call {
    fn new(method: Method, path: &[&dyn Display]) -> Self {
        let path = path.iter().map(ToString::to_string).collect();
        Self { method, path, query: Vec::new(), body: Body::Nothing, key: None }
    }

    /// Reads a node or an edge.
    pub(crate) fn get(path: &[&dyn Display]) -> Self {
        Self::new(Method::GET, path)
    }

    /// Creates or updates, with parameters as a JSON object.
    pub(crate) fn post(path: &[&dyn Display], body: Value) -> Self {
        Self { body: Body::Json(body), ..Self::new(Method::POST, path) }
    }

    /// Creates, with parameters and a file as a multipart form.
    pub(crate) fn form(path: &[&dyn Display], parameters: Value, file: content::Bytes) -> Self {
        Self { body: Body::Form(parameters, file), ..Self::new(Method::POST, path) }
    }

    /// Deletes; parameters go into the query, where every server looks for them (contract graph 1.4).
    pub(crate) fn delete(path: &[&dyn Display]) -> Self {
        Self::new(Method::DELETE, path)
    }

    /// Names the call, so that a server which knows `Idempotency-Key` carries it out once.
    pub(crate) fn keyed(self, key: Option<HeaderValue>) -> Self {
        Self { key, ..self }
    }

    /// Sets a parameter of the query, in place of an earlier value.
    pub(crate) fn with(mut self, name: &str, value: impl Display) -> Self {
        self.query.retain(|(known, _)| known != name);
        self.query.push((name.to_owned(), value.to_string()));
        self
    }

    /// The same call with other parameters in its query.
    pub(crate) fn asking(&self, query: Vec<(String, String)>) -> Self {
        Self { query, ..self.clone() }
    }

    /// The request of this call, with token and proof (contract graph 1.1, 1.5).
    pub(crate) fn request(&self, settings: &Settings) -> Result<Request<Bytes>, Error> {
        let token = settings.token.expose_secret();
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(&self.query);
        if let Some(secret) = &settings.app_secret {
            let proof = signature::appsecret_proof(secret.expose_secret().as_bytes(), token);
            query.append_pair("appsecret_proof", &proof);
        }
        let query = query.finish();
        let mut address = format!("{}/{}", settings.base(), settings.version);
        for segment in &self.path {
            address.push('/');
            address.push_str(&encoded(segment)?);
        }
        if !query.is_empty() {
            address.push('?');
            address.push_str(&query);
        }
        let uri = Uri::try_from(address).map_err(|_| Error::Invalid("address is longer than 65,534 bytes".into()))?;
        let mut bearer = HeaderValue::try_from(format!("Bearer {token}"))
            .map_err(|_| Error::Invalid("token holds a character that no header can carry".into()))?;
        bearer.set_sensitive(true);
        let mut request = Request::new(Bytes::new());
        *request.method_mut() = self.method.clone();
        *request.uri_mut() = uri;
        request.headers_mut().insert(header::AUTHORIZATION, bearer);
        if let Some(key) = &self.key {
            request.headers_mut().insert(IDEMPOTENCY_KEY, key.clone());
        }
        let (content_type, body) = match &self.body {
            Body::Nothing => return Ok(request),
            Body::Json(body) => (HeaderValue::from_static("application/json"), Bytes::from(body.to_string())),
            Body::Form(parameters, file) => multipart::form(parameters, file)?,
        };
        request.headers_mut().insert(header::CONTENT_TYPE, content_type);
        *request.body_mut() = body;
        Ok(request)
    }
}

/// A segment in which nothing can end it or climb out of it.
fn encoded(segment: &str) -> Result<String, Error> {
    match segment {
        "" | "." | ".." => Err(Error::Invalid(format!("{segment:?} is no id"))),
        _ => Ok(utf8_percent_encode(segment, SEGMENT).to_string()),
    }
}

impl Client {
    /// Sends a call once and reads the answer's JSON.
    pub(crate) async fn call(&self, call: &Call) -> Result<Value, Error> {
        let request = call.request(&self.settings)?;
        let response = self.settings.transport.clone().oneshot(request).await.map_err(Error::Transport)?;
        if let Some(usage) = Usage::from_headers(response.headers()) {
            *self.settings.usage.lock().unwrap_or_else(PoisonError::into_inner) = Some(usage);
        }
        answer::read(&response)
    }

    /// Sends a call whose only answer is that it was done.
    pub(crate) async fn order(&self, call: &Call) -> Result<(), Error> {
        answer::done(&self.call(call).await?)
    }
}

#[cfg(test)]
mod tests {
    use http::Response;
    use proptest::prelude::*;
    use serde_json::json;
    use url::Url;

    use super::*;

    fn client() -> Client {
        Client::new("EAAtoken").base_url("http://graph.test:8700/prefix").unwrap()
    }

    #[test]
    fn a_request_names_version_and_carries_the_token_in_its_header_only() {
        let call = Call::get(&[&"me", &"conversations"]).with("limit", 5).with("limit", 6);
        let request = call.request(&client().settings).unwrap();
        assert_eq!(request.uri(), "http://graph.test:8700/prefix/v25.0/me/conversations?limit=6");
        assert_eq!(request.headers()["authorization"], "Bearer EAAtoken");
        assert!(request.headers()["authorization"].is_sensitive());
        assert!(request.body().is_empty());
    }

    #[test]
    fn a_secret_adds_the_proof_of_the_token() {
        let client = client().app_secret("secret");
        let request = Call::delete(&[&"me"]).request(&client.settings).unwrap();
        let proof = signature::appsecret_proof(b"secret", "EAAtoken");
        assert_eq!(request.uri().query(), Some(format!("appsecret_proof={proof}").as_str()));
        assert_eq!(request.method(), Method::DELETE);
    }

    #[test]
    fn what_cannot_be_sent_is_invalid() {
        for id in ["", ".", ".."] {
            assert!(matches!(Call::get(&[&id]).request(&client().settings), Err(Error::Invalid(_))), "{id}");
        }
        let long = "x".repeat(70_000);
        assert!(matches!(Call::get(&[&long]).request(&client().settings), Err(Error::Invalid(_))));
        let broken = Client::new("EAA\ntoken");
        assert!(matches!(Call::get(&[&"me"]).request(&broken.settings), Err(Error::Invalid(_))));
    }

    #[tokio::test]
    async fn clones_share_what_the_newest_answer_said_about_usage() {
        let (fake, client) = crate::fake::Fake::answering([json!({"id": "1"})]);
        let usage =
            |call_count: u32| Response::builder().header("x-app-usage", json!({"call_count": call_count}).to_string());
        fake.then(usage(7).body(r#"{"id":"1"}"#.into()).unwrap());
        fake.then(usage(100).status(403).body(r#"{"error":{"code":4}}"#.into()).unwrap());
        let used = |client: &Client| client.last_usage().and_then(|usage| usage.app).map(|app| app.call_count);
        client.me().await.unwrap();
        assert_eq!(used(&client), None);
        client.clone().me().await.unwrap();
        assert_eq!(used(&client), Some(7.0));
        assert!(client.me().await.unwrap_err().is_rate_limited());
        assert_eq!(used(&client.clone()), Some(100.0));
    }

    #[test]
    fn clients_and_their_calls_can_move_between_threads() {
        fn movable<T: Send>(_: T) {}
        fn shared<T: Send + Sync>(_: &T) {}
        let client = client();
        shared(&client);
        shared(&client.conversations());
        movable(client.me());
        movable(client.conversations().next_page());
        movable(client.send_text("9", "x"));
    }

    proptest! {
        #[test]
        fn no_id_leaves_its_segment(id in "\\PC{1,40}|[./%?#&\\\\\\x00-\\x1f]{1,8}", edge in "[a-z_]{1,12}") {
            prop_assume!(!["", ".", ".."].contains(&id.as_str()));
            let request = Call::get(&[&id, &edge]).request(&client().settings).unwrap();
            // Read as an HTTP client would read it, which resolves dots and drops control characters.
            let url: Url = request.uri().to_string().parse().unwrap();
            let segments: Vec<String> = url
                .path_segments()
                .unwrap()
                .map(|segment| percent_encoding::percent_decode_str(segment).decode_utf8().unwrap().into_owned())
                .collect();
            prop_assert_eq!(segments, ["prefix", "v25.0", &id, &edge]);
            prop_assert_eq!(url.query(), None);
            prop_assert_eq!(url.host_str(), Some("graph.test"));
        }

        #[test]
        fn every_parameter_comes_back(pairs in proptest::collection::btree_map("\\PC{1,12}", ".{0,24}", 0..6)) {
            let call = pairs.iter().fold(Call::get(&[&"me"]), |call, (name, value)| call.with(name, value));
            let request = call.request(&client().settings).unwrap();
            let read: std::collections::BTreeMap<String, String> =
                form_urlencoded::parse(request.uri().query().unwrap_or("").as_bytes()).into_owned().collect();
            prop_assert_eq!(read, pairs);
        }

        #[test]
        fn every_body_is_the_json_that_was_given(text in ".{0,60}") {
            let body = json!({"message": {"text": text}});
            let request = Call::post(&[&"me", &"messages"], body.clone()).request(&client().settings).unwrap();
            prop_assert_eq!(serde_json::from_slice::<Value>(request.body()).unwrap(), body);
            prop_assert_eq!(&request.headers()["content-type"], "application/json");
        }
    }
}
