//! A running emulator, reached from a shell.

use anyhow::{Context, bail};
use reqwest::{Client, Method, Response};
use serde_json::Value;

use crate::args::Target;

/// The emulator's surface at one address.
pub struct Remote {
    client: Client,
    url: String,
}

impl Remote {
    /// Reaches the emulator that `target` names.
    ///
    /// # Errors
    /// When no client can be made.
    pub fn new(target: &Target) -> anyhow::Result<Self> {
        // A provider may have been chosen before, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder().no_proxy().build().context("cannot make an HTTP client")?;
        Ok(Self { client, url: target.url.trim_end_matches('/').to_owned() })
    }

    /// Reads JSON.
    ///
    /// # Errors
    /// When nobody listens there, or the answer is a refusal.
    pub async fn get(&self, path: &str) -> anyhow::Result<Value> {
        self.json(self.send(Method::GET, path, None).await?).await
    }

    /// Posts JSON.
    ///
    /// # Errors
    /// When nobody listens there, or the answer is a refusal.
    pub async fn post(&self, path: &str, body: &Value) -> anyhow::Result<Value> {
        self.json(self.send(Method::POST, path, Some(body)).await?).await
    }

    /// Deletes.
    ///
    /// # Errors
    /// When nobody listens there, or the answer is a refusal.
    pub async fn delete(&self, path: &str) -> anyhow::Result<Value> {
        self.json(self.send(Method::DELETE, path, None).await?).await
    }

    /// Opens a stream.
    ///
    /// # Errors
    /// When nobody listens there.
    pub async fn stream(&self, path: &str) -> anyhow::Result<Response> {
        self.send(Method::GET, path, None).await
    }

    async fn send(&self, method: Method, path: &str, body: Option<&Value>) -> anyhow::Result<Response> {
        let mut request = self.client.request(method, format!("{}/_parlance/{path}", self.url));
        if let Some(body) = body {
            request = request.header("content-type", "application/json").body(body.to_string());
        }
        request
            .send()
            .await
            .with_context(|| format!("nobody answers at {}; start `parlance dev` or give --url", self.url))
    }

    async fn json(&self, response: Response) -> anyhow::Result<Value> {
        let status = response.status();
        let text = response.text().await.context("the answer broke off")?;
        let value: Value = serde_json::from_str(&text).with_context(|| format!("not an emulator's answer: {text}"))?;
        if !status.is_success() {
            bail!("{}", value["error"]["message"].as_str().unwrap_or(&text));
        }
        Ok(value)
    }
}
