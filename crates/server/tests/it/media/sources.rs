//! Where files are fetched from (contract send 1.5, 4.3).

use super::*;
use engine::settings::Settings;
use testkit::Options;

async fn world(settings: Settings) -> TestWorld {
    TestWorld::with(Options { settings, ..Options::default() }).await
}

#[tokio::test]
async fn what_cannot_be_fetched_is_told_by_its_code() {
    let files = Files::start().await;
    let world = TestWorld::start().await;
    let closed = {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        format!("http://{}/a.png", listener.local_addr().unwrap())
    };
    for (kind, name) in MediaKind::ALL {
        for url in [files.url("nothing-here"), files.url("round"), closed.clone()] {
            assert_eq!(uploads(&world.page(), kind.name(), &url).await.error(), NOT_FETCHED, "{name} {url}");
        }
    }
}

#[tokio::test]
async fn a_video_that_takes_too_long_has_a_code_of_its_own() {
    let files = Files::start().await;
    let world = world(Settings { media_fetch_ms: 50, media_video_ms: 50, ..Settings::emulator() }).await;
    for (kind, name) in MediaKind::ALL {
        let stalled = uploads(&world.page(), name, &files.url("stalls")).await;
        let expected = if kind == MediaKind::Video { NO_VIDEO } else { NOT_FETCHED };
        assert_eq!(stalled.error(), expected, "{name}");
    }
}

#[tokio::test]
async fn time_for_fetching_comes_on_top_of_a_requests_own() {
    let files = Files::start().await;
    let world = world(Settings { request_timeout_ms: 0, ..Settings::emulator() }).await;
    id(&uploads(&world.page(), "image", &files.url("png")).await);
    let page = world.page();
    let trickles = Body::from_stream(futures_util::stream::pending::<std::io::Result<bytes::Bytes>>());
    let answer = page.send(page.request("POST", UPLOAD, "application/json", trickles)).await;
    assert_eq!(answer.error(), (500, 2, None));
}

#[tokio::test]
async fn a_redirect_is_followed() {
    let (world, files) = (TestWorld::start().await, Files::start().await);
    id(&uploads(&world.page(), "image", &files.url("moved")).await);
}

#[tokio::test]
async fn nothing_inside_the_house_is_fetched_outside_the_emulator() {
    let files = Files::start().await;
    let inside = [files.url("png"), "https://[::1]/a.png".into(), "https://169.254.169.254/latest".into()];
    let localhost = files.url("png").replace("127.0.0.1", "localhost");
    let plain = world(Settings { media_https_only: false, ..Settings::default() }).await;
    for url in inside.iter().chain([&localhost]) {
        assert_eq!(uploads(&plain.page(), "image", url).await.error(), NOT_FETCHED, "{url}");
    }
    let https = world(Settings { private_addresses: true, ..Settings::default() }).await;
    assert_eq!(uploads(&https.page(), "image", &files.url("png")).await.error(), NOT_FETCHED, "not by http");
}

#[tokio::test]
async fn an_address_that_is_none_is_refused() {
    let world = TestWorld::start().await;
    for url in ["file:///etc/passwd", "ftp://a.example.test/a.png", "data:image/png;base64,AAAA", "/a.png"] {
        let (status, code, _) = uploads(&world.page(), "image", url).await.error();
        assert_eq!((status, code), (400, 100), "{url}");
    }
}

#[tokio::test]
async fn the_error_is_told_in_both_dialects() {
    let (world, files) = (TestWorld::start().await, Files::start().await);
    let url = files.url("nothing-here");
    let facebook = uploads(&world.page(), "image", &url).await.message();
    let instagram = uploads(&world.instagram(), "image", &url).await.message();
    assert_eq!(facebook, format!("(#100) {instagram}"));
}
