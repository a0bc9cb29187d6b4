//! Connecting accounts, by either login.

use std::sync::Arc;

use bytes::Bytes;
use client::transport::{BoxError, Transport};
use http::{Request, Response};
use parking_lot::Mutex;
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::browser::Browser;
use crate::engines::Engine;
use crate::rig::{APP, PAGE_TOKEN, Rig, SECRET};

/// The demo account's own token, and the secret that it goes with.
const ACCOUNT_TOKEN: &str = "IGAADemoAccountToken0001";
const INSTAGRAM_SECRET: &str = "demo0instagram0app0secret0000001";

/// Instagram's host has no subscriptions of apps, so a call of them is refused as of any edge that is not there.
fn as_on_meta(next: Transport, asked: Arc<Mutex<Vec<String>>>) -> Transport {
    Transport::new(tower::service_fn(move |request: Request<Bytes>| {
        let (next, asked) = (next.clone(), asked.clone());
        async move {
            let path = request.uri().path().to_owned();
            let of_app = path.ends_with("/subscriptions");
            asked.lock().push(path);
            if of_app {
                let error =
                    json!({"error": {"message": "Unsupported post request.", "type": "IGApiException", "code": 100}});
                return Ok::<_, BoxError>(Response::builder().status(400).body(error.to_string().into()).unwrap());
            }
            next.oneshot(request).await
        }
    }))
}

async fn with_instagram_login_the_app_is_installed_and_its_webhook_is_left_to_the_dashboard(engine: Engine) {
    let asked: Arc<Mutex<Vec<String>>> = Arc::default();
    let refuses = Arc::new(Mutex::new(false));
    let (seen, meta) = (asked.clone(), refuses.clone());
    let rig = Rig::with(engine, move |next| {
        let strict = as_on_meta(next.clone(), seen);
        Transport::new(tower::service_fn(move |request: Request<Bytes>| {
            let to = if *meta.lock() { strict.clone() } else { next.clone() };
            to.oneshot(request)
        }))
    })
    .await;
    *refuses.lock() = true;
    let owner = rig.desk.add_agent(
        rig.workspace,
        parlance_inbox::facts::Role::Owner,
        "own@desk.test",
        "Own",
        crate::rig::PASSWORD,
    );
    owner.await.unwrap();
    let owner = Browser::of(&rig, "own@desk.test").await;
    let connect = |token: &str, secret: &str| {
        let body = json!({"token": token, "app_secret": secret, "app_id": APP, "public_url": "https://desk.test"});
        let owner = owner.clone();
        async move { owner.call("POST", "/inbox/api/connections", Some(&body)).await }
    };
    let installed =
        || async { rig.world.instagram().at("graph.instagram.com").get("/v25.0/me/subscribed_apps").await.ok() };
    rig.world.instagram().at("graph.instagram.com").delete("/v25.0/me/subscribed_apps").await.ok();
    assert_eq!(installed().await["data"], json!([]));

    let (status, told) = connect(ACCOUNT_TOKEN, INSTAGRAM_SECRET).await;
    assert_eq!((status, &told["subscribed"]), (200, &json!(false)), "{told}");
    assert_eq!(told["callback_path"], format!("/inbox/webhooks/{}", told["connection"]["id"].as_str().unwrap()));
    assert!(told["verify_token"].as_str().unwrap().len() > 40);
    assert_eq!(installed().await["data"][0]["subscribed_fields"], json!(["messages"]));
    assert!(asked.lock().iter().all(|path| !path.ends_with("/subscriptions")), "{:?}", asked.lock());

    // What the dashboard does not have cannot be installed; the account is connected all the same.
    let form = [("object", "instagram"), ("fields", "comments")];
    rig.world.app().post_form(&format!("/v25.0/{APP}/subscriptions"), &form).await.ok();
    rig.world.instagram().at("graph.instagram.com").delete("/v25.0/me/subscribed_apps").await.ok();
    let (status, told) = connect(ACCOUNT_TOKEN, INSTAGRAM_SECRET).await;
    assert_eq!((status, &told["subscribed"]), (200, &json!(false)), "{told}");
    assert_eq!(told["connection"]["trouble"], Value::Null);
    assert_eq!(installed().await["data"], json!([]));

    // With Facebook Login the call is made, and what it comes to is told.
    assert_eq!(connect(PAGE_TOKEN, SECRET).await.0, 502);
    assert!(asked.lock().iter().any(|path| path.ends_with("/subscriptions")));
}

on_every_engine!(with_instagram_login_the_app_is_installed_and_its_webhook_is_left_to_the_dashboard);
