//! The delivery engine at work: outages, batches, faults, redelivery, callbacks, and a week of bad weather.

mod batch;
mod departure;
mod faults;
mod outage;
mod redeliver;
mod request;
mod sink;
mod week;

use serde_json::{Value, json};
use testkit::TestWorld;

/// The delivery log as the surface lists it, oldest first.
async fn listed(world: &TestWorld, query: &str) -> Vec<Value> {
    let list = world.nobody().get(&format!("/_parlance/deliveries?limit=100{query}")).await.ok();
    list["data"].as_array().unwrap().iter().rev().cloned().collect()
}

/// One delivery with its attempts.
async fn shown(world: &TestWorld, row: &Value) -> Value {
    world.nobody().get(&format!("/_parlance/deliveries/{}", row["id"].as_str().unwrap())).await.ok()
}

/// What each attempt came to, in words.
fn outcomes(delivery: &Value) -> Vec<&str> {
    delivery["attempts"].as_array().unwrap().iter().map(|attempt| attempt["outcome"].as_str().unwrap()).collect()
}

/// Kinds of the alerts, newest first.
async fn alerts(world: &TestWorld) -> Vec<Value> {
    let found = world.nobody().get("/_parlance/alerts").await.ok();
    found["data"].as_array().unwrap().iter().map(|alert| alert["kind"].clone()).collect()
}

/// Arms a rule.
async fn arm(world: &TestWorld, rule: Value) {
    world.nobody().post("/_parlance/faults", &rule).await.ok();
}

/// Settings for a receiver that is given little time.
fn impatient(webhook_timeout_ms: u64) -> engine::settings::Settings {
    engine::settings::Settings { webhook_timeout_ms, ..engine::settings::Settings::emulator() }
}

/// Puts the app on the account again.
async fn installs(world: &TestWorld) {
    world.page().post("/v25.0/me/subscribed_apps", &json!({"subscribed_fields": ["feed"]})).await.ok();
}
