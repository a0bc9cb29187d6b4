//! Fetching from servers that move, stall, lie, break off and send too much.

use std::future::IntoFuture;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Response};
use axum::routing::get;
use engine::settings::Settings;
use futures_util::stream;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::super::resolver::Guard;
use super::super::{builder, is_public};
use super::*;

const TIME: Duration = Duration::from_secs(20);

fn emulator() -> Outbound {
    Outbound::new(&Settings::emulator())
}

/// Fetches from a router, whose address is put before `path`.
async fn fetched(router: Router, path: &str, most: usize) -> Result<Bytes, FetchError> {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}{path}", listener.local_addr().unwrap());
    tokio::select! {
        _ = axum::serve(listener, router).into_future() => panic!("the server ended"),
        outcome = async { emulator().get(&url, most, TIME).await } => outcome,
    }
}

/// Fetches from somebody who answers with these bytes and closes the connection, if not told to leave it open.
async fn told(answer: &'static [u8], closes: bool, time: Duration) -> Result<Bytes, FetchError> {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/a.png", listener.local_addr().unwrap());
    let server = async {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = [0; 4096];
        let _ = stream.read(&mut request).await.unwrap();
        stream.write_all(answer).await.unwrap();
        if !closes {
            std::future::pending::<()>().await;
        }
        drop(stream);
        std::future::pending::<()>().await
    };
    let outbound = emulator();
    tokio::select! {
        () = server => panic!("the server ended"),
        outcome = outbound.get(&url, 100, time) => outcome,
    }
}

fn moved(to: &str) -> Response<Body> {
    Response::builder().status(302).header("location", to).body(Body::empty()).unwrap()
}

/// `/3` leads over three redirects to the file.
fn chain() -> Router {
    Router::new()
        .route("/0", get(|| async { "the file" }))
        .route("/1", get(|| async { moved("/0") }))
        .route("/2", get(|| async { moved("1?a=b#c") }))
        .route("/3", get(|| async { moved("./2") }))
        .route("/4", get(|| async { moved("/3") }))
        .route("/outside", get(|| async { moved("file:///etc/hosts") }))
        .route("/nowhere", get(|| async { Response::builder().status(301).body(Body::empty()).unwrap() }))
}

#[tokio::test]
async fn a_file_comes_over_three_redirects_at_most() {
    for path in ["/0", "/1", "/3"] {
        assert_eq!(fetched(chain(), path, 8).await, Ok(Bytes::from_static(b"the file")), "{path}");
    }
    assert_eq!(fetched(chain(), "/4", 8).await, Err(FetchError::Failed("more than 3 redirects".into())));
    assert_eq!(fetched(chain(), "/nowhere", 8).await, Err(FetchError::Failed("a redirect leads nowhere".into())));
}

#[tokio::test]
async fn each_hop_is_checked_like_the_first_address() {
    let refused = |reason: &str| Err(FetchError::Refused(reason.into()));
    assert_eq!(fetched(chain(), "/outside", 8).await, refused("the address must begin with http or https"));

    // By name it is let in, here only; the redirect leads to the bare address, which is not.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = Router::new().route("/", get(move || async move { moved(&format!("http://{address}/secret")) }));
    let client = builder(Guard { private_addresses: true }).build().unwrap();
    let outbound = Outbound { client, guard: Guard { private_addresses: false }, ..emulator() };
    let url = format!("http://localhost:{}/", address.port());
    let outcome = tokio::select! {
        _ = axum::serve(listener, router).into_future() => panic!("the server ended"),
        outcome = outbound.get(&url, 8, TIME) => outcome,
    };
    assert_eq!(outcome, refused("address is not allowed"));
}

#[tokio::test]
async fn outside_the_emulator_only_https_and_public_addresses_are_asked() {
    assert!(!is_public("127.0.0.1".parse().unwrap()));
    let strict = Outbound::new(&Settings::default());
    let rows = [
        ("http://cdn.example.test/a.png", "the address must begin with https"),
        ("https://127.0.0.1/a.png", "address is not allowed"),
        ("https://[::1]/a.png", "address is not allowed"),
        ("https://169.254.169.254/latest/meta-data", "address is not allowed"),
        ("https://localhost/a.png", "address is not allowed"),
        ("data:image/png;base64,AAAA", "the address must begin with http or https"),
        ("a.png", "the address is not a URL"),
    ];
    for (url, reason) in rows {
        assert_eq!(strict.get(url, 8, TIME).await, Err(FetchError::Refused(reason.into())), "{url}");
    }
}

#[tokio::test]
async fn no_more_is_read_than_may_be_kept() {
    let unsized_body = || async {
        let parts = stream::iter((0..1_000).map(|_| Ok::<_, std::io::Error>(Bytes::from_static(&[0; 1_000]))));
        Body::from_stream(parts)
    };
    let router = || Router::new().route("/told", get(|| async { vec![0; 101] })).route("/untold", get(unsized_body));
    assert_eq!(fetched(router(), "/told", 100).await, Err(FetchError::TooLarge));
    assert_eq!(fetched(router(), "/told", 101).await.map(|bytes| bytes.len()), Ok(101));
    assert_eq!(fetched(router(), "/untold", 100).await, Err(FetchError::TooLarge));
    assert_eq!(fetched(router(), "/untold", 1_000_000).await.map(|bytes| bytes.len()), Ok(1_000_000));
}

#[tokio::test]
async fn a_server_that_lies_about_the_length_is_not_believed() {
    let broken = told(b"HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\nshort", true, TIME).await;
    assert!(matches!(broken, Err(FetchError::Failed(_))), "{broken:?}");
    let longer = told(b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nfour and more", true, TIME).await;
    assert_eq!(longer, Ok(Bytes::from_static(b"four")));
    let cut = told(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n", true, TIME).await;
    assert!(matches!(cut, Err(FetchError::Failed(_))), "{cut:?}");
    let nonsense = told(b"SSH-2.0-OpenSSH_9.2\r\n", true, TIME).await;
    assert!(matches!(nonsense, Err(FetchError::Failed(_))), "{nonsense:?}");
}

#[tokio::test]
async fn a_server_that_stalls_is_given_up() {
    let time = Duration::from_millis(50);
    assert_eq!(told(b"", false, time).await, Err(FetchError::Slow));
    let trickle = b"HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\na little";
    assert_eq!(told(trickle, false, time).await, Err(FetchError::Slow));
}

#[tokio::test]
async fn anything_but_the_plain_file_is_a_failure() {
    let packed = || async { ([("content-encoding", "gzip")], "\x1f\u{8b}") };
    let asked = |headers: HeaderMap| async move {
        let of = |name: &str| headers[name].to_str().unwrap().to_owned();
        format!("{} {}", of("user-agent"), of("accept-encoding"))
    };
    let router = || Router::new().route("/packed", get(packed)).route("/asked", get(asked));
    assert_eq!(fetched(router(), "/packed", 100).await, Err(FetchError::Failed("the answer is encoded".into())));
    assert_eq!(fetched(router(), "/none", 100).await, Err(FetchError::Failed("HTTP status 404".into())));
    let asked = fetched(router(), "/asked", 100).await;
    assert_eq!(asked, Ok(Bytes::from_static(b"facebookexternalhit/1.1 identity")));
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let closed = emulator().get(&format!("http://{free}/"), 100, TIME).await;
    assert!(matches!(closed, Err(FetchError::Failed(_))), "{closed:?}");
}
