//! A browser: it keeps the cookie and sends what the page's own code sends.

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::rig::{PASSWORD, Rig};

/// Somebody's browser.
#[derive(Clone)]
pub struct Browser {
    router: Router,
    /// The cookie, once there is one.
    pub cookie: Option<String>,
}

/// Status and body of an answer.
pub type Told = (u16, Value);

impl Browser {
    /// One in which nobody is logged in.
    pub fn new(rig: &Rig) -> Self {
        Self { router: rig.router.clone(), cookie: None }
    }

    /// One in which somebody of the rig is.
    pub async fn of(rig: &Rig, email: &str) -> Self {
        let mut browser = Self::new(rig);
        let (status, told) = browser.log_in(&json!({"email": email, "password": PASSWORD})).await;
        assert_eq!(status, 200, "{told}");
        browser
    }

    /// Logs in.
    pub async fn log_in(&mut self, login: &Value) -> Told {
        self.take_cookie("/inbox/api/session", login).await
    }

    /// Posts what may be answered with a cookie, and keeps it.
    pub async fn take_cookie(&mut self, path: &str, body: &Value) -> Told {
        let response = self.send(self.request("POST", path, Some(body))).await;
        if let Some(cookie) = response.headers().get("set-cookie") {
            self.cookie = cookie.to_str().unwrap().split(';').next().map(str::to_owned);
        }
        read(response).await
    }

    /// A request as the page makes it.
    pub fn request(&self, verb: &str, path: &str, body: Option<&Value>) -> Request<Body> {
        let mut request = Request::builder().method(verb).uri(path).header("host", "desk.test");
        if let Some(cookie) = &self.cookie {
            request = request.header("cookie", cookie);
        }
        if verb != "GET" {
            request = request.header("x-parlance-inbox", "1").header("origin", "https://desk.test");
        }
        match body {
            Some(body) => {
                request.header("content-type", "application/json").body(Body::from(body.to_string())).unwrap()
            }
            None => request.body(Body::empty()).unwrap(),
        }
    }

    /// Sends a request as it is.
    pub async fn send(&self, request: Request<Body>) -> Response<Body> {
        self.router.clone().oneshot(request).await.unwrap()
    }

    /// Makes a call.
    pub async fn call(&self, verb: &str, path: &str, body: Option<&Value>) -> Told {
        read(self.send(self.request(verb, path, body)).await).await
    }

    /// Reads.
    pub async fn get(&self, path: &str) -> Value {
        let (status, told) = self.call("GET", path, None).await;
        assert_eq!(status, 200, "{path}: {told}");
        told
    }

    /// Changes.
    pub async fn post(&self, path: &str, body: &Value) -> Value {
        let (status, told) = self.call("POST", path, Some(body)).await;
        assert_eq!(status, 200, "{path}: {told}");
        told
    }
}

async fn read(response: Response<Body>) -> Told {
    let status = response.status().as_u16();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    (status, serde_json::from_slice(&body).unwrap_or(Value::Null))
}
