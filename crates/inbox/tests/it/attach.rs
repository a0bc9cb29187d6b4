//! Files from the desk.

use axum::body::Body;
use http_body_util::BodyExt;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::engines::Engine;
use crate::rig::Rig;

/// A picture of 8 by 8 pixels.
const GIF: &[u8] = b"GIF89a\x08\0\x08\0\0\0\0;";

/// Attaches bytes as the page does; status and answer.
async fn attach(browser: &Browser, path: &str, kind: &str, bytes: &[u8]) -> (u16, Value) {
    let mut request = browser.request("POST", path, None);
    request.headers_mut().insert("content-type", kind.parse().unwrap());
    request.headers_mut().insert("x-file-name", "kettle.gif".parse().unwrap());
    *request.body_mut() = Body::from(bytes.to_vec());
    let response = browser.send(request).await;
    let status = response.status().as_u16();
    let told = response.into_body().collect().await.unwrap().to_bytes();
    (status, serde_json::from_slice(&told).unwrap())
}

async fn a_file_goes_on_to_the_platform_and_is_sent_by_its_id(engine: Engine) {
    let rig = Rig::start(engine).await;
    rig.world.person("mira.paints").writes("Which one?").await;
    rig.settle().await;
    let id = rig.conversation("mira.paints").await.id;
    let ana = Browser::of(&rig, "ana@desk.test").await;
    let path = format!("/inbox/api/conversations/{id}/attachments");
    let (status, told) = attach(&ana, &path, "image/gif", GIF).await;
    assert_eq!((status, &told["media"], &told["bytes"]), (200, &json!("image"), &json!(GIF.len())), "{told}");
    let (_, second) = attach(&ana, &path, "application/octet-stream", GIF).await;
    let (_, page) = attach(&ana, &path, "application/pdf", b"%PDF-1.7\n%%EOF").await;
    assert_eq!(page["media"], "file", "{page}");
    let reply = async |key: &str, body: Value| {
        let thread = ana.get(&format!("/inbox/api/conversations/{id}")).await;
        let seen = thread["messages"].as_array().unwrap().last().unwrap()["mid"].clone();
        let reply = json!({"client_key": key, "last_seen": seen, "body": body});
        let answer = ana.call("POST", &format!("/inbox/api/conversations/{id}/replies"), Some(&reply)).await;
        rig.settle().await;
        answer
    };
    let sent = reply("a", json!({"kind": "media", "media": "image", "attachment_id": told["attachment_id"]})).await;
    assert_eq!(sent.0, 200, "{}", sent.1);
    let sent = reply("b", json!({"kind": "media", "media": "file", "attachment_id": page["attachment_id"]})).await;
    assert_eq!(sent.0, 200, "{}", sent.1);
    let both = json!([told["attachment_id"], second["attachment_id"]]);
    assert_eq!(reply("c", json!({"kind": "images", "attachment_ids": both})).await.0, 200);
    let thread = ana.get(&format!("/inbox/api/conversations/{id}")).await;
    assert_eq!(thread["outbox"], json!([]), "nothing failed");
    let said: Vec<(&str, usize)> = thread["messages"].as_array().unwrap()[1..]
        .iter()
        .map(|one| (one["kind"].as_str().unwrap(), one["content"]["attachments"].as_array().map_or(0, Vec::len)))
        .collect();
    assert_eq!(said, [("image", 1), ("file", 1), ("image", 2)], "as the platform's echoes tell them");
    // An id that is none of the platform's fails in its place, with a sentence.
    reply("d", json!({"kind": "media", "media": "image", "attachment_id": "123456789012345"})).await;
    let thread = ana.get(&format!("/inbox/api/conversations/{id}")).await;
    assert_eq!(thread["outbox"][0]["reason"], "file_unknown", "{}", thread["outbox"]);
    for wrong in [
        json!({"kind": "media", "media": "image"}),
        json!({"kind": "media", "media": "image", "attachment_id": "1", "url": "https://cdn.example.test/a.png"}),
        json!({"kind": "media", "media": "image", "attachment_id": "x"}),
        json!({"kind": "media", "media": "sticker", "attachment_id": "1"}),
        json!({"kind": "images", "attachment_ids": []}),
        json!({"kind": "images", "attachment_ids": vec!["1"; 11]}),
    ] {
        assert_eq!(reply("e", wrong.clone()).await.0, 400, "{wrong}");
    }
}

async fn what_instagram_does_not_take_is_refused_before_it_travels(engine: Engine) {
    let rig = Rig::start(engine).await;
    rig.world.person("mira.paints").writes("Which one?").await;
    rig.settle().await;
    let id = rig.conversation("mira.paints").await.id;
    let ana = Browser::of(&rig, "ana@desk.test").await;
    let path = format!("/inbox/api/conversations/{id}/attachments");
    let large = |start: &[u8], length: usize| [start, &vec![0; length]].concat();
    for (bytes, reason) in [
        (b"RIFF\0\0\0\0WEBPVP8 ".to_vec(), "file_not_sendable"),
        (b"#!/bin/sh\n".to_vec(), "file_not_sendable"),
        (Vec::new(), "file_not_sendable"),
        (large(GIF, 8 << 20), "file_too_large"),
        (large(b"%PDF-1.7", 25 << 20), "file_too_large"),
    ] {
        let (status, told) = attach(&ana, &path, "image/png", &bytes).await;
        assert_eq!((status, &told["error"]["reason"]), (422, &json!(reason)), "{told}");
        assert!(told["error"]["message"].as_str().unwrap().ends_with('.'));
    }
    // What the platform alone sees is told in a sentence as well: a picture that breaks off.
    let (status, told) = attach(&ana, &path, "image/png", b"\x89PNG\r\n\x1a\n").await;
    assert_eq!(status, 422, "{told}");
}

on_every_engine!(
    a_file_goes_on_to_the_platform_and_is_sent_by_its_id,
    what_instagram_does_not_take_is_refused_before_it_travels,
);
