//! Media URLs (contract read 3, webhooks 4).

use super::*;
use crate::MIRA;
use axum::http::header;
use engine::change::Change;
use engine::settings::Settings;
use testkit::Options;
use wire::id::AssetId;
use wire::time::Span;

async fn world(settings: Settings) -> TestWorld {
    TestWorld::with(Options { settings, ..Options::default() }).await
}

async fn asked(world: &TestWorld, method: &str, url: &str, range: Option<&str>) -> Answer {
    let nobody = world.nobody();
    let mut request = nobody.request(method, path_of(url), "", Body::empty());
    if let Some(range) = range {
        request.headers_mut().insert(header::RANGE, range.parse().unwrap());
    }
    nobody.send(request).await
}

fn is_private(answer: &Answer) {
    assert_eq!(answer.header("cache-control"), Some("private, no-store"), "{}", answer.asked);
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
    assert_eq!(answer.header("content-security-policy"), Some("sandbox; default-src 'none'"));
    assert_eq!((answer.header("etag"), answer.header("last-modified")), (None, None));
}

#[tokio::test]
async fn a_url_gives_the_file_with_its_real_type_and_needs_no_token() {
    let (world, files) = (TestWorld::start().await, Files::start().await);
    for (format, sample) in samples::ALL {
        let kind = MediaKind::ALL.into_iter().find(|(_, name)| *name == kind_of(format)).unwrap().0;
        let (file, url) = kept(&world, &files, &format.replace(' ', "-"), kind).await;
        let answer = asked(&world, "GET", &url, None).await;
        assert_eq!((answer.status, &answer.body[..]), (200, &sample()[..]), "{format}");
        let asset = world.world().store.asset(demo::ACCOUNT, file.asset).await.unwrap().unwrap();
        assert_eq!(answer.header("content-type"), Some(asset.content_type.as_str()));
        assert_eq!(answer.header("accept-ranges"), Some("bytes"));
        is_private(&answer);
    }
}

#[tokio::test]
async fn a_url_has_the_form_that_clients_know() {
    let (world, files) = (TestWorld::start().await, Files::start().await);
    let (file, url) = kept(&world, &files, "png", MediaKind::Image).await;
    let start = format!("http://localhost/ig_messaging_cdn/?asset_id={}&signature=Ab", file.asset);
    let signature = url.strip_prefix(&start).unwrap();
    assert!(signature.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)), "{signature}");
    world.world().media.set_base("https://cdn.example.test/");
    let elsewhere = media::url(world.world(), demo::ACCOUNT, file.asset);
    assert!(elsewhere.starts_with("https://cdn.example.test/ig_messaging_cdn/?asset_id="), "{elsewhere}");
}

#[tokio::test]
async fn head_tells_the_same_without_the_bytes() {
    let (world, files) = (TestWorld::start().await, Files::start().await);
    let (_, url) = kept(&world, &files, "mp4", MediaKind::Video).await;
    let (whole, head) = (asked(&world, "GET", &url, None).await, asked(&world, "HEAD", &url, None).await);
    assert_eq!((head.status, head.body.len()), (200, 0));
    for name in ["content-type", "content-length", "accept-ranges", "cache-control"] {
        assert_eq!(head.header(name), whole.header(name), "{name}");
    }
    assert_eq!(head.header("content-length"), Some(whole.body.len().to_string().as_str()));
}

#[tokio::test]
async fn a_part_of_a_file_is_given_when_it_is_asked_for() {
    let (world, files) = (TestWorld::start().await, Files::start().await);
    let (_, url) = kept(&world, &files, "mp4", MediaKind::Video).await;
    let bytes = samples::mp4(64, 48, 2_000);
    let size = bytes.len();
    let rows = [("bytes=0-3", 0..4), ("bytes=10-", 10..size), ("bytes=-5", size - 5..size), ("bytes=4-9999", 4..size)];
    for (range, expected) in rows {
        let answer = asked(&world, "GET", &url, Some(range)).await;
        assert_eq!((answer.status, &answer.body[..]), (206, &bytes[expected.clone()]), "{range}");
        let told = format!("bytes {}-{}/{size}", expected.start, expected.end - 1);
        assert_eq!(answer.header("content-range"), Some(told.as_str()));
        assert_eq!(answer.header("content-type"), Some("video/mp4"));
        is_private(&answer);
    }
    let beyond = asked(&world, "GET", &url, Some("bytes=99999-")).await;
    assert_eq!((beyond.status, beyond.body.len()), (416, 0));
    assert_eq!(beyond.header("content-range"), Some(format!("bytes */{size}").as_str()));
    assert_eq!(asked(&world, "GET", &url, Some("bytes=0-1,4-5")).await.status, 200);
}

#[tokio::test]
async fn a_file_of_many_parts_comes_whole_and_from_any_place() {
    let (world, files) = (TestWorld::start().await, Files::start().await);
    let sound = samples::wav(150_000);
    let upload = uploads_file(&world.page(), "audio", "a.wav", &sound).await;
    let sent = sends(&world, &[by_id(MediaKind::Audio, &id(&upload))]).await.unwrap().remove(0);
    drop(files);
    let url = media::url(world.world(), demo::ACCOUNT, sent.asset);
    assert!(sound.len() > 4 * engine::facts::CHUNK_BYTES);
    assert_eq!(asked(&world, "GET", &url, None).await.body, sound);
    let edge = engine::facts::CHUNK_BYTES;
    for (from, to) in [(edge - 1, edge), (edge, edge + 1), (edge - 10, 3 * edge + 10), (0, edge - 1)] {
        let answer = asked(&world, "GET", &url, Some(&format!("bytes={from}-{to}"))).await;
        assert_eq!((answer.status, &answer.body[..]), (206, &sound[from..=to]), "{from}-{to}");
    }
}

#[tokio::test]
async fn a_signature_belongs_to_its_file_and_cannot_be_changed() {
    let (world, files) = (TestWorld::start().await, Files::start().await);
    let (first, url) = kept(&world, &files, "png", MediaKind::Image).await;
    let (second, _) = kept(&world, &files, "gif", MediaKind::Image).await;
    let signature = url.split("signature=").nth(1).unwrap();
    let other = if signature.as_bytes()[2] == b'A' { "B" } else { "A" };
    let rows = [
        url.replace(&first.asset.to_string(), &second.asset.to_string()),
        url.replace(signature, ""),
        url.replace(signature, "Ab"),
        url.replace("signature=Ab", "signature=Ac"),
        url.replace(signature, &format!("Ab{other}{}", &signature[3..])),
        url.replace(signature, &format!("{}{other}", &signature[..20])),
        url.replace(signature, &format!("{signature}AAAA")),
        url.replace(&format!("asset_id={}", first.asset), "asset_id=x"),
        url.split('?').next().unwrap().to_owned(),
    ];
    for wrong in rows {
        let answer = asked(&world, "GET", &wrong, None).await;
        assert_eq!((answer.status, &answer.body[..]), (403, &b"URL signature mismatch"[..]), "{wrong}");
        is_private(&answer);
    }
    for place in 2..signature.len() {
        let letter = if signature.as_bytes()[place] == b'A' { "Q" } else { "A" };
        let changed = format!("{}{letter}{}", &signature[..place], &signature[place + 1..]);
        assert_eq!(asked(&world, "GET", &url.replace(signature, &changed), None).await.status, 403, "{place}");
    }
    assert_eq!(asked(&world, "GET", &format!("{url}&p=1"), None).await.status, 200, "further parameters are let be");
}

#[tokio::test]
async fn a_url_lives_for_a_week_and_a_storys_for_its_day() {
    let (world, files) = (TestWorld::start().await, Files::start().await);
    let (file, url) = kept(&world, &files, "png", MediaKind::Image).await;
    let begun = world.now();
    let (mira, posted) = (MIRA.parse().unwrap(), begun.minus(Span::hours(1)));
    let story = media::mention_url(world.world(), demo::ACCOUNT, mira, file.asset, posted);
    let expired = |answer: &Answer| {
        assert_eq!((answer.status, &answer.body[..]), (403, &b"URL signature expired"[..]), "{}", answer.asked);
        is_private(answer);
    };
    world.set_clock(begun.plus(Span::hours(23)).minus(Span::millis(1)));
    assert_eq!(asked(&world, "GET", &story, None).await.status, 200);
    world.set_clock(begun.plus(Span::hours(23)));
    let over = asked(&world, "GET", &story, None).await;
    assert_eq!((over.status, &over.body[..]), (404, &b"This content is no longer available"[..]));
    is_private(&over);
    world.set_clock(begun.plus(Span::days(7)).minus(Span::millis(1)));
    assert_eq!(asked(&world, "GET", &url, None).await.status, 200);
    world.set_clock(begun.plus(Span::days(7)));
    expired(&asked(&world, "GET", &url, None).await);
    let fresh = media::url(world.world(), demo::ACCOUNT, file.asset);
    assert_eq!(asked(&world, "GET", &fresh, None).await.status, 200, "a new URL of what is still there");
}

#[tokio::test]
async fn the_life_of_a_url_is_a_setting() {
    let files = Files::start().await;
    let world = world(Settings { media_url_hours: 1, ..Settings::emulator() }).await;
    let (_, url) = kept(&world, &files, "png", MediaKind::Image).await;
    world.set_clock(world.now().plus(Span::hours(1)).minus(Span::millis(1)));
    assert_eq!(asked(&world, "GET", &url, None).await.status, 200);
    world.set_clock(world.now().plus(Span::millis(1)));
    assert_eq!(asked(&world, "GET", &url, None).await.status, 403);
}

#[tokio::test]
async fn what_is_gone_answers_a_few_words_under_a_status_of_choice() {
    let files = Files::start().await;
    for (settings, status) in
        [(Settings::emulator(), 404), (Settings { media_gone_status: 410, ..Settings::emulator() }, 410)]
    {
        let world = world(settings).await;
        let (file, url) = kept(&world, &files, "png", MediaKind::Image).await;
        let removed = Change::RemoveAsset { account: demo::ACCOUNT, asset: file.asset };
        world.world().commit(ChangeSet(vec![removed])).await.unwrap();
        for range in [None, Some("bytes=0-3")] {
            let answer = asked(&world, "GET", &url, range).await;
            assert_eq!((answer.status, &answer.body[..]), (status, &b"This content is no longer available"[..]));
            is_private(&answer);
        }
        let never = media::url(world.world(), demo::ACCOUNT, AssetId::new(5));
        assert_eq!(asked(&world, "GET", &never, None).await.status, status);
    }
}

#[tokio::test]
async fn an_account_that_closed_its_messages_shows_no_media() {
    let (world, files) = (TestWorld::start().await, Files::start().await);
    let (_, url) = kept(&world, &files, "png", MediaKind::Image).await;
    let account = world.world().store.account(demo::ACCOUNT).await.unwrap().unwrap();
    for (allow_message_access, status) in [(false, 404), (true, 200)] {
        let account = engine::facts::Account { allow_message_access, ..account.clone() };
        world.world().commit(ChangeSet(vec![Change::PutAccount(account)])).await.unwrap();
        assert_eq!(asked(&world, "GET", &url, None).await.status, status);
    }
}

#[tokio::test]
async fn every_node_serves_every_url() {
    let (world, files) = (TestWorld::start().await, Files::start().await);
    let (_, url) = kept(&world, &files, "png", MediaKind::Image).await;
    assert_eq!(asked(&world.beside(2), "GET", &url, None).await.body, samples::png(64, 48));
}

#[tokio::test]
async fn a_url_leads_to_the_listener_where_nobody_set_another() {
    let (mut world, files) = (TestWorld::start().await, Files::start().await);
    let base = world.listen().await;
    let file = sends(&world, &[by_url(MediaKind::Image, files.url("png"))]).await.unwrap().remove(0);
    let url = media::url(world.world(), demo::ACCOUNT, file.asset);
    assert!(url.starts_with(&format!("{base}/ig_messaging_cdn/?asset_id=")), "{url}");
    // Over the wire: what was served is fetched and kept again.
    let again = sends(&world, &[by_url(MediaKind::Image, url)]).await.unwrap();
    assert_eq!(again.len(), 1);
}
