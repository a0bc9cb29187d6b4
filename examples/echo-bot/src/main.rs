//! A bot that answers "You said: …" to every text that a person writes to a business on Instagram.
//!
//! Start `parlance dev`, then `cargo run -p echo-bot`: the defaults are the demo world's. Set `GRAPH_URL`, `TOKEN`,
//! `APP_ID`, `APP_SECRET`, `VERIFY_TOKEN` and `PORT` for another one; an empty `APP_ID` leaves the app's endpoint as it is.
#![expect(clippy::disallowed_methods, reason = "an example is a program: it reads its own environment")]
#![expect(clippy::print_stdout, reason = "its lines are what there is to see")]

use anyhow::Context;
use axum::{
    Router,
    body::Bytes,
    extract::{Query, State},
    http::{HeaderMap, StatusCode},
    routing::get,
};
use client::{
    Client,
    webhook::{self, Verified},
};
use tokio::{net::TcpListener, sync::mpsc};

/// Deliveries that may wait to be worked through.
const QUEUE: usize = 64;

/// What the endpoint needs to tell the platform's requests from others, and where it puts them.
#[derive(Clone)]
struct Endpoint {
    app_secret: String,
    verify_token: String,
    queue: mpsc::Sender<Verified>,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let setting = |name, default: &str| std::env::var(name).unwrap_or_else(|_| default.to_owned());
    let graph = setting("GRAPH_URL", "http://127.0.0.1:8700");
    let app_id = setting("APP_ID", "500000000000001");
    let app_secret = setting("APP_SECRET", "demo0app0secret0of0parlance00001");
    let verify_token = setting("VERIFY_TOKEN", "echo");
    let port = setting("PORT", "8790");
    let business = Client::new(setting("TOKEN", "EAADemoPageToken0001")).base_url(&graph)?;
    let app = Client::for_app(&app_id, &app_secret).base_url(&graph)?;

    let listener = TcpListener::bind(format!("127.0.0.1:{port}")).await.with_context(|| format!("port {port}"))?;
    let (queue, deliveries) = mpsc::channel(QUEUE);
    let endpoint = Endpoint { app_secret, verify_token: verify_token.clone(), queue };
    let router = Router::new().route("/webhook", get(handshake).post(receive)).with_state(endpoint);
    let serve = async {
        let interrupted = async { tokio::signal::ctrl_c().await.unwrap_or_default() };
        axum::serve(listener, router).with_graceful_shutdown(interrupted).await.context("serving the endpoint")
    };
    // Subscribing needs the endpoint to be up, because the platform verifies it before it agrees.
    let subscribe = async {
        if !app_id.is_empty() {
            let callback = format!("http://127.0.0.1:{port}/webhook");
            app.subscribe_app(&app_id, &callback, &verify_token, &["messages"]).await.context("subscribing the app")?;
        }
        business.subscribe_account(&["messages"]).await.context("subscribing the account")?;
        println!("listening on port {port}; write to the business and see");
        anyhow::Ok(())
    };
    let answer = async {
        answer(&business, deliveries).await;
        Ok(())
    };
    tokio::try_join!(serve, subscribe, answer)?;
    Ok(())
}

/// The platform asks whether this endpoint is ours: the challenge goes back, if the token is right.
async fn handshake(
    State(endpoint): State<Endpoint>,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<String, StatusCode> {
    webhook::verify_challenge(query, &endpoint.verify_token).map_err(|_| StatusCode::FORBIDDEN)
}

/// A delivery is checked and queued, and answered at once. With the queue full it is refused, and comes again later.
async fn receive(State(endpoint): State<Endpoint>, headers: HeaderMap, body: Bytes) -> StatusCode {
    match Verified::parse(&[&endpoint.app_secret], &headers, &body) {
        Err(error) => {
            println!("refused: {error}");
            StatusCode::FORBIDDEN
        }
        Ok(delivery) => match endpoint.queue.try_send(delivery) {
            Ok(()) => StatusCode::OK,
            Err(_) => StatusCode::SERVICE_UNAVAILABLE,
        },
    }
}

/// Answers every text, in order, until the endpoint is gone.
async fn answer(business: &Client, mut deliveries: mpsc::Receiver<Verified>) {
    while let Some(delivery) = deliveries.recv().await {
        for message in delivery.messages() {
            match business.send_text(message.sender, &format!("You said: {}", message.text)).await {
                Ok(_) => println!("{} said {:?}", message.sender, message.text),
                Err(error) => println!("{} said {:?}, not answered: {error}", message.sender, message.text),
            }
        }
    }
}
