//! Files of messages, new ones and those under an id (contract send 1.5, 1.7).

use super::*;
use engine::policy::attachment::LIFE;
use testkit::Grant;
use wire::time::Span;

const IMAGE: MediaKind = MediaKind::Image;

async fn uploaded(world: &TestWorld, files: &Files, reusable: bool) -> String {
    let payload = json!({"url": files.url("png"), "is_reusable": reusable});
    id(&world.page().post(UPLOAD, &attachment("image", &json!({ "payload": payload }))).await)
}

#[tokio::test]
async fn a_reusable_id_is_sent_again_and_another_once() {
    let (world, files) = (TestWorld::start().await, Files::start().await);
    let (often, once) = (uploaded(&world, &files, true).await, uploaded(&world, &files, false).await);
    for _ in 0..3 {
        sends(&world, &[by_id(IMAGE, &often)]).await.unwrap();
    }
    assert_eq!(prepares(&world, &[by_id(IMAGE, &once), by_id(IMAGE, &once)]).await.unwrap_err(), Refusal::AttachmentId);
    sends(&world, &[by_id(IMAGE, &once)]).await.unwrap();
    assert_eq!(sends(&world, &[by_id(IMAGE, &once)]).await, Err(Refusal::AttachmentId));
    let found = world.world().store.attachment(demo::ACCOUNT, often.parse().unwrap()).await.unwrap().unwrap();
    assert_eq!(found.used_time, Some(world.now()));
}

#[tokio::test]
async fn an_id_that_is_none_of_this_account_or_of_another_kind_is_refused() {
    let (world, files) = (TestWorld::start().await, Files::start().await);
    let ours = uploaded(&world, &files, true).await;
    let other = Grant::page().of_other_app().of_other_account().all_scopes().caller(&world).await;
    let theirs = id(&uploads(&other, "image", &files.url("png")).await);
    let mut body = attachment("image", &json!({"payload": {"url": files.url("png")}}));
    body["platform"] = json!("messenger");
    let messenger = id(&world.page().post(UPLOAD, &body).await);
    for (kind, id) in [
        (IMAGE, "1"),
        (IMAGE, ""),
        (IMAGE, "not-an-id"),
        (IMAGE, "99999999999999999999999"),
        (IMAGE, theirs.as_str()),
        (IMAGE, messenger.as_str()),
        (MediaKind::Video, ours.as_str()),
    ] {
        assert_eq!(sends(&world, &[by_id(kind, id)]).await, Err(Refusal::AttachmentId), "{id}");
    }
}

#[tokio::test]
async fn an_upload_that_names_no_platform_can_be_sent() {
    let (world, files) = (TestWorld::start().await, Files::start().await);
    let body = json!({"message": {"attachment": {"type": "image", "payload": {"url": files.url("png")}}}});
    for api in [world.page(), world.instagram()] {
        let id = id(&api.post(UPLOAD, &body).await);
        sends(&world, &[by_id(IMAGE, &id)]).await.unwrap();
    }
}

#[tokio::test]
async fn an_id_lives_for_ninety_days_and_what_was_sent_stays() {
    let (world, files) = (TestWorld::start().await, Files::start().await);
    let id = uploaded(&world, &files, true).await;
    let end = world.now().plus(LIFE);
    world.set_clock(end);
    let sent = sends(&world, &[by_id(IMAGE, &id)]).await.unwrap().remove(0);
    world.set_clock(end.plus(Span::millis(1)));
    assert_eq!(sends(&world, &[by_id(IMAGE, &id)]).await, Err(Refusal::AttachmentId));
    let url = media::url(world.world(), demo::ACCOUNT, sent.asset);
    assert_eq!(world.nobody().get(path_of(&url)).await.body, samples::png(64, 48));
}

#[tokio::test]
async fn up_to_ten_files_keep_their_order_whatever_their_sources() {
    let (world, files) = (TestWorld::start().await, Files::start().await);
    let id = uploaded(&world, &files, true).await;
    let formats = ["jpeg", "gif", "png", "bmp", "ico", "jpeg", "gif", "png", "bmp"];
    let mut attachments: Vec<Attachment> = formats.iter().map(|format| by_url(IMAGE, files.url(format))).collect();
    attachments.insert(1, by_id(IMAGE, &id));
    let sent = sends(&world, &attachments).await.unwrap();
    let mut types = Vec::new();
    for file in &sent {
        types.push(world.world().store.asset(demo::ACCOUNT, file.asset).await.unwrap().unwrap().content_type);
    }
    let expected: Vec<String> = ["jpeg", "png", "gif", "png", "bmp", "x-icon", "jpeg", "gif", "png", "bmp"]
        .iter()
        .map(|format| format!("image/{format}"))
        .collect();
    assert_eq!(types, expected);
}

#[tokio::test]
async fn one_bad_file_refuses_them_all() {
    let (world, files) = (TestWorld::start().await, Files::start().await);
    let attachments = [by_url(IMAGE, files.url("png")), by_url(IMAGE, files.url("pdf"))];
    assert_eq!(sends(&world, &attachments).await, Err(Refusal::AttachmentUpload));
}

#[tokio::test]
async fn a_file_sent_for_reuse_gets_an_id_and_one_of_several_does_not() {
    let (world, files) = (TestWorld::start().await, Files::start().await);
    let again = Attachment { is_reusable: true, ..by_url(IMAGE, files.url("png")) };
    let prepared = prepares(&world, std::slice::from_ref(&again)).await.unwrap();
    let id = prepared.attachment.unwrap().to_string();
    assert_eq!(sends(&world, &[by_id(IMAGE, &id)]).await, Err(Refusal::AttachmentId), "its message is not written yet");
    world.world().commit(ChangeSet(prepared.changes)).await.unwrap();
    sends(&world, &[by_id(IMAGE, &id)]).await.unwrap();
    assert_eq!(prepares(&world, &[again.clone(), again]).await.unwrap().attachment, None);
    let not_again = prepares(&world, &[by_url(IMAGE, files.url("png"))]).await.unwrap();
    assert_eq!(not_again.attachment, None);
}

#[tokio::test]
async fn what_is_known_of_a_file_is_read_from_it() {
    let (world, files) = (TestWorld::start().await, Files::start().await);
    let (file, _) = kept(&world, &files, "webm", MediaKind::Video).await;
    let asset = world.world().store.asset(demo::ACCOUNT, file.asset).await.unwrap().unwrap();
    let length = samples::webm(64, 48, 2_000).len() as u64;
    assert_eq!((asset.content_type.as_str(), asset.size), ("video/webm", length));
    assert_eq!((asset.width, asset.height, asset.duration_ms), (Some(64), Some(48), Some(2_000)));
    assert_eq!(asset.file_name.as_deref(), Some("webm"));
}
