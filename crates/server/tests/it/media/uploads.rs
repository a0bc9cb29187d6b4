//! `message_attachments` (contract send 1.7).

use super::*;
use crate::{ACCOUNT, PAGE};
use testkit::Grant;

#[tokio::test]
async fn every_format_is_uploaded_from_a_url_and_from_the_request_on_both_hosts() {
    let (world, files) = (TestWorld::start().await, Files::start().await);
    for (format, sample) in samples::ALL {
        for api in [world.page(), world.instagram()] {
            let kind = kind_of(format);
            let from_url = id(&uploads(&api, kind, &files.url(&format.replace(' ', "-"))).await);
            let from_request = id(&uploads_file(&api, kind, "a.bin", &sample()).await);
            assert_ne!(from_url, from_request, "{format}");
        }
    }
}

#[tokio::test]
async fn a_page_or_account_is_named_or_is_me() {
    let (world, files) = (TestWorld::start().await, Files::start().await);
    let body = attachment("image", &json!({"payload": {"url": files.url("png")}}));
    for (api, node) in [(world.page(), PAGE), (world.instagram(), ACCOUNT)] {
        id(&api.post(&format!("/v25.0/{node}/message_attachments"), &body).await);
    }
    // As Meta's own SDKs spell the edge of the Instagram host.
    id(&world.instagram().post(&format!("/v25.0/{ACCOUNT}/messageattachments"), &body).await);
    let foreign = world.page().post(&format!("/v25.0/{}/message_attachments", testkit::OTHER_PAGE), &body).await;
    assert_eq!(foreign.error(), (400, 100, Some(33)));
    let facebook = world.page().at("graph.facebook.com");
    let account = facebook.post(&format!("/v25.0/{ACCOUNT}/message_attachments"), &body).await;
    assert_eq!(account.error(), (403, 3, None));
}

#[tokio::test]
async fn a_file_must_be_of_the_kind_it_is_sent_as() {
    let (world, files) = (TestWorld::start().await, Files::start().await);
    for (format, sample) in samples::ALL {
        for (kind, name) in MediaKind::ALL {
            if kind_of(format) == name {
                continue;
            }
            let answer = uploads_file(&world.page(), kind.name(), "a.png", &sample()).await;
            assert_eq!(answer.error(), WRONG_TYPE, "{format} as {name}");
        }
    }
    for (kind, bytes) in [("image", "<svg/>"), ("file", "hello"), ("audio", "OggS"), ("video", "<html>"), ("image", "")]
    {
        let answer = uploads_file(&world.page(), kind, "a.png", bytes.as_bytes()).await;
        assert_eq!(answer.error(), WRONG_TYPE, "{kind} {bytes}");
    }
    assert_eq!(uploads(&world.page(), "video", &files.url("cut")).await.error(), NO_VIDEO);
}

#[tokio::test]
async fn neither_name_nor_header_says_what_a_file_is() {
    let (world, files) = (TestWorld::start().await, Files::start().await);
    let url = files.url("video-by-name-and-header.mp4");
    id(&uploads(&world.page(), "image", &url).await);
    assert_eq!(uploads(&world.page(), "video", &url).await.error(), WRONG_TYPE);
    id(&uploads_file(&world.page(), "image", "a.mp4", &samples::png(2, 2)).await);
}

#[tokio::test]
async fn files_have_a_largest_size_by_kind() {
    let (world, files) = (TestWorld::start().await, Files::start().await);
    for (kind, most) in [("image", 8 << 20), ("audio", 25 << 20), ("video", 25 << 20), ("file", 25 << 20)] {
        let larger = uploads(&world.page(), kind, &files.url(&format!("zeros/{}", most + 1))).await;
        assert_eq!(larger.error(), TOO_LARGE, "{kind}");
        let larger = uploads_file(&world.page(), kind, "a", &vec![0; most + 1]).await;
        assert_eq!(larger.error(), TOO_LARGE, "{kind}");
    }
    // As large as it may be, and a file.
    let mut pdf = samples::pdf();
    pdf.resize(25 << 20, b' ');
    id(&uploads_file(&world.page(), "file", "a.pdf", &pdf).await);
    let beyond = uploads_file(&world.page(), "file", "a.pdf", &vec![0; 27 << 20]).await;
    assert_eq!(beyond.error(), TOO_LARGE, "larger than any request");
}

#[tokio::test]
async fn only_a_multipart_body_may_be_as_large_as_a_file() {
    let world = TestWorld::start().await;
    let body = attachment("image", &json!({"payload": {"url": "x".repeat(9 << 20)}}));
    assert_eq!(world.page().post(UPLOAD, &body).await.error(), (413, 1, None));
}

#[tokio::test]
async fn pictures_have_a_largest_number_of_pixels() {
    let files = Files::start().await;
    for (most, expected) in [(1_001_000, None), (1_000_999, Some(WRONG_TYPE))] {
        let settings = engine::settings::Settings { media_pixels: most, ..engine::settings::Settings::emulator() };
        let world = TestWorld::with(testkit::Options { settings, ..testkit::Options::default() }).await;
        let answer = uploads(&world.page(), "image", &files.url("wide")).await;
        assert_eq!((answer.status == 400).then(|| answer.error()), expected, "{most}");
    }
}

#[tokio::test]
async fn a_file_name_beyond_ascii_is_refused() {
    let world = TestWorld::start().await;
    let answer = uploads_file(&world.page(), "image", "b\u{fc}ro.png", &samples::png(2, 2)).await;
    assert_eq!(answer.error(), WRONG_TYPE);
}

#[tokio::test]
async fn sound_in_a_format_that_is_not_taken_is_told_as_that() {
    let world = TestWorld::start().await;
    let mp3 = b"\xff\xfb\x90\x64\0\0\0\0";
    for api in [world.page(), world.instagram()] {
        assert_eq!(uploads_file(&api, "audio", "a.mp3", mp3).await.error(), (400, 100, Some(2_534_080)));
        assert_eq!(uploads_file(&api, "video", "a.mp3", mp3).await.error(), WRONG_TYPE);
        assert_eq!(uploads_file(&api, "audio", "a.png", &samples::png(1, 1)).await.error(), WRONG_TYPE);
    }
}

#[tokio::test]
async fn reuse_is_asked_for_in_the_payload_or_beside_it_and_is_off_by_default() {
    let (world, files) = (TestWorld::start().await, Files::start().await);
    let url = files.url("png");
    let rows = [
        (json!({"payload": {"url": url, "is_reusable": true}}), true),
        (json!({"payload": {"url": url, "is_reusable": "true"}}), true),
        (json!({"payload": {"url": url}, "is_reusable": true}), true),
        (json!({"payload": {"url": url}, "is_reusable": "false"}), false),
        (json!({"payload": {"url": url}}), false),
    ];
    for (members, expected) in rows {
        let id = id(&world.page().post(UPLOAD, &attachment("image", &members)).await);
        let found = world.world().store.attachment(demo::ACCOUNT, id.parse().unwrap()).await.unwrap().unwrap();
        assert_eq!(found.is_reusable, expected, "{members}");
    }
}

#[tokio::test]
async fn an_upload_names_one_source_and_a_kind() {
    let (world, files) = (TestWorld::start().await, Files::start().await);
    let page = world.page();
    let url = files.url("png");
    for body in [
        attachment("image", &json!({})),
        attachment("image", &json!({"payload": {}})),
        attachment("image", &json!({"payload": {"attachment_id": "1"}})),
        attachment("template", &json!({"payload": {"url": url}})),
        json!({"platform": "instagram"}),
        json!({"platform": "fax", "message": {"attachment": {"type": "image", "payload": {"url": url}}}}),
    ] {
        let (status, code, _) = page.post(UPLOAD, &body).await.error();
        assert_eq!((status, code), (400, 100), "{body}");
    }
    let message = json!({"attachment": {"type": "image", "payload": {"url": url}}}).to_string();
    let fields = [("platform", "instagram".to_owned()), ("message", message)];
    let both = page.send(multipart(&page, UPLOAD, &fields, Some(("a.png", &samples::png(1, 1))))).await;
    assert_eq!(both.error(), (400, 100, Some(2_534_015)));
}

#[tokio::test]
async fn each_host_has_its_own_permissions() {
    let (world, files) = (TestWorld::start().await, Files::start().await);
    let facebook = ["instagram_basic", "instagram_manage_comments", "instagram_manage_messages", "pages_messaging"];
    let instagram = ["instagram_business_basic", "instagram_business_manage_messages"];
    for (scopes, grant) in [(&facebook[..], Grant::page as fn() -> Grant), (&instagram[..], Grant::instagram)] {
        let api = grant().scopes(scopes).caller(&world).await;
        id(&uploads(&api, "image", &files.url("png")).await);
        for missing in scopes {
            let rest: Vec<&str> = scopes.iter().copied().filter(|scope| scope != missing).collect();
            let api = grant().scopes(&rest).caller(&world).await;
            let answer = uploads(&api, "image", &files.url("png")).await;
            assert_eq!(answer.error(), (403, 10, None), "without {missing}");
        }
    }
}

#[tokio::test]
async fn a_page_without_an_account_has_no_uploads() {
    let world = TestWorld::start().await;
    let mut set = ChangeSet::new();
    let lonely = wire::id::PageId::new(100_000_000_000_777);
    set.push(engine::change::Change::PutPage(engine::facts::Page {
        id: lonely,
        name: "Lonely".into(),
        category: "Shop".into(),
        account: None,
    }));
    world.world().commit(set).await.unwrap();
    let api = Grant::page().of_page(lonely).all_scopes().caller(&world).await;
    assert_eq!(uploads(&api, "image", "https://cdn.example.test/a.png").await.error(), (400, 100, Some(2_534_013)));
}
