//! The guarded client against receivers on this machine.

use std::collections::HashMap;
use std::future::IntoFuture;

use axum::Router;
use axum::extract::{Query, RawQuery};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};

use super::*;

/// Serves a router while `test` runs, which gets the address.
async fn with_receiver<T>(router: Router, test: impl AsyncFnOnce(String) -> T) -> T {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::select! {
        _ = axum::serve(listener, router).into_future() => panic!("the receiver ended"),
        outcome = test(address) => outcome,
    }
}

fn emulator() -> Outbound {
    Outbound::new(&Settings::emulator())
}

fn delivery(url: String) -> Post {
    let json = r#"{"object":"instagram"}"#.into();
    Post { url, body: Body::Webhook { json, sha1: "sha1=a".into(), sha256: "sha256=b".into() } }
}

#[test]
fn an_address_is_judged_by_scheme_and_literal_host() {
    let strict = Outbound::new(&Settings::default());
    let rows = [
        ("https://bot.example.test/hook?a=1", Ok(())),
        ("https://8.8.8.8/", Ok(())),
        ("http://bot.example.test/", Err("the address must begin with https")),
        ("ftp://bot.example.test/", Err("the address must begin with http or https")),
        ("bot.example.test", Err("the address is not a URL")),
        ("https://", Err("the address is not a URL")),
        ("https://127.0.0.1/", Err("address is not allowed")),
        ("https://2130706433/", Err("address is not allowed")),
        ("https://0x7f.1/", Err("address is not allowed")),
        ("https://[::1]:8443/", Err("address is not allowed")),
        ("https://[::ffff:10.0.0.1]/", Err("address is not allowed")),
        ("https://169.254.169.254/latest", Err("address is not allowed")),
    ];
    for (url, expected) in rows {
        assert_eq!(strict.check_url(url), expected.map_err(str::to_owned), "{url}");
    }
    let emulator = emulator();
    assert_eq!(emulator.check_url("http://127.0.0.1:3000/hook"), Ok(()));
    assert!(emulator.check_url("file:///etc/hosts").is_err());
}

#[tokio::test]
async fn a_name_that_leads_inside_is_refused_after_resolution() {
    let settings = Settings { webhook_https_only: false, ..Settings::default() };
    let answer = Outbound::new(&settings).post(&delivery("http://localhost:9/".into())).await;
    assert_eq!((answer.status, answer.text.as_str()), (None, "address is not allowed"));
}

#[tokio::test]
async fn a_delivery_carries_body_headers_and_query_as_the_contract_says() {
    let echo = |RawQuery(query): RawQuery, headers: HeaderMap, body: String| async move {
        let of = |name: &str| headers.get(name).map_or("-", |value| value.to_str().unwrap()).to_owned();
        [
            query.unwrap_or_default(),
            of("content-type"),
            of("content-length"),
            of("user-agent"),
            of("x-hub-signature"),
            of("x-hub-signature-256"),
            of("transfer-encoding"),
            body,
        ]
        .join("|")
    };
    let answer = with_receiver(Router::new().route("/hook", post(echo)), async |at| {
        emulator().post(&delivery(format!("{at}/hook?team=a%20b#top"))).await
    })
    .await;
    assert_eq!(answer.status, Some(200));
    let expected = r#"team=a%20b|application/json|22|facebookexternalua|sha1=a|sha256=b|-|{"object":"instagram"}"#;
    assert_eq!(answer.text, expected);
}

#[tokio::test]
async fn redirects_are_not_followed_and_long_answers_not_read() {
    let router = Router::new()
        .route("/moved", post(|| async { (StatusCode::FOUND, [("location", "/long")]) }))
        .route("/long", post(|| async { "x".repeat(1_000_000) }));
    with_receiver(router, async |at| {
        let moved = emulator().post(&delivery(format!("{at}/moved"))).await;
        assert_eq!(moved.status, Some(302));
        let long = emulator().post(&delivery(format!("{at}/long"))).await;
        assert_eq!((long.status, long.text.len()), (Some(200), ANSWER_BYTES));
    })
    .await;
}

#[tokio::test]
async fn a_machine_without_certificates_still_speaks_http() {
    let outbound = Outbound { client: without_https(Guard { private_addresses: true }), ..emulator() };
    let router = Router::new().route("/", post(|| async { "heard" }));
    let answer = with_receiver(router, async |at| outbound.post(&delivery(at)).await).await;
    assert_eq!((answer.status, answer.text.as_str()), (Some(200), "heard"));
}

#[tokio::test]
async fn silence_and_a_closed_door_are_told_in_words() {
    let settings = Settings { webhook_timeout_ms: 50, ..Settings::emulator() };
    let silent = Router::new().route("/", post(std::future::pending::<()>));
    let answer = with_receiver(silent, async |at| Outbound::new(&settings).post(&delivery(at)).await).await;
    assert_eq!((answer.status, answer.text.as_str()), (None, "no answer within 50 ms"));
    assert!(answer.duration_ms >= 50);

    let free = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let answer = emulator().post(&delivery(format!("http://{free}/"))).await;
    assert_eq!(answer.status, None);
    assert!(answer.text.starts_with("no connection: Connection refused"), "{}", answer.text);
}

#[tokio::test]
async fn the_handshake_wants_its_challenge_back() {
    let honest = |Query(query): Query<HashMap<String, String>>| async move {
        let known = query["hub.verify_token"] == "s3cret & more" && query["hub.mode"] == "subscribe";
        if known && query["team"] == "a" {
            (StatusCode::OK, format!(" {}\n", query["hub.challenge"]))
        } else {
            (StatusCode::FORBIDDEN, String::new())
        }
    };
    let router = Router::new()
        .route("/hook", get(honest))
        .route("/deaf", get(|| async { "hello" }))
        .route("/created", get(|| async { (StatusCode::CREATED, "1158201444") }));
    with_receiver(router, async |at| {
        let rows = [
            ("/hook?team=a", "s3cret & more", Ok(())),
            ("/hook?team=a", "wrong", Err("HTTP status 403")),
            ("/deaf", "any", Err("the answer was not the challenge")),
            ("/created", "any", Err("HTTP status 201")),
        ];
        for (path, token, expected) in rows {
            let outcome = emulator().verify(&format!("{at}{path}"), token, "1158201444").await;
            assert_eq!(outcome, expected.map_err(str::to_owned), "{path} {token}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_is_refused() {
    use std::io::{BufRead, BufReader};
    use std::process::{Command, Stdio};

    let folder = tempfile::tempdir().unwrap();
    let openssl = |arguments: &str| {
        let mut command = Command::new("openssl");
        command.args(arguments.split(' ')).current_dir(folder.path()).stderr(Stdio::null());
        command
    };
    let made =
        openssl("req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout key.pem -out own.pem").status();
    assert!(made.expect("openssl is needed for this test: `apt-get install -y openssl`").success());
    let mut serving =
        openssl("s_server -accept 127.0.0.1:0 -cert own.pem -key key.pem -www").stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(serving.stdout.take().unwrap()).lines().map_while(Result::ok);
    let at = lines.find_map(|line| line.strip_prefix("ACCEPT ").map(str::to_owned)).expect("it says where it listens");
    let answer = emulator().post(&delivery(format!("https://{at}/"))).await;
    serving.kill().unwrap();
    serving.wait().unwrap();
    assert_eq!(answer.status, None);
    assert!(answer.text.starts_with("no connection: invalid peer certificate"), "{}", answer.text);
}
