//! A browser at the inbox, wherever that is at the moment.

use reqwest::{Client, Method, RequestBuilder, Response};
use serde_json::{Value, json};

/// Somebody who has logged in.
pub struct Browser {
    client: Client,
    cookie: String,
}

impl Browser {
    /// Comes in by a one-time link, as an owner with this address.
    pub async fn join(url: &str, link: &str, email: &str, password: &str) -> Self {
        let secret = link.split_once('#').expect("the secret stands behind the address").1;
        Self::come_in(url, "/join", &json!({"link": secret, "name": "Olga", "email": email, "password": password}))
            .await
    }

    /// Logs in.
    pub async fn log_in(url: &str, email: &str, password: &str) -> Self {
        Self::come_in(url, "/session", &json!({"email": email, "password": password})).await
    }

    async fn come_in(url: &str, path: &str, body: &Value) -> Self {
        let mut browser = Self { client: client(), cookie: String::new() };
        let answer = browser.send(Method::POST, url, path, Some(body)).await;
        assert_eq!(answer.status(), 200, "{path}");
        let cookie = answer.headers()["set-cookie"].to_str().expect("a cookie is text");
        cookie.split(';').next().unwrap_or_default().clone_into(&mut browser.cookie);
        browser
    }

    /// Reads.
    pub async fn get(&self, url: &str, path: &str) -> Value {
        json_of(self.send(Method::GET, url, path, None).await).await
    }

    /// Changes.
    pub async fn post(&self, url: &str, path: &str, body: &Value) -> Value {
        json_of(self.send(Method::POST, url, path, Some(body)).await).await
    }

    async fn send(&self, method: Method, url: &str, path: &str, body: Option<&Value>) -> Response {
        let request: RequestBuilder = self.client.request(method, format!("{url}/inbox/api{path}"));
        let request = request.header("x-parlance-inbox", "1").header("cookie", &self.cookie);
        let request = match body {
            Some(body) => request.header("content-type", "application/json").body(body.to_string()),
            None => request,
        };
        request.send().await.expect("the inbox answers")
    }
}

/// A client that goes no detour.
pub fn client() -> Client {
    // Another test of this process may have chosen a provider already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder().no_proxy().build().expect("a client can be made")
}

async fn json_of(answer: Response) -> Value {
    let text = answer.text().await.expect("the answer is whole");
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{text:?}: {error}"))
}
