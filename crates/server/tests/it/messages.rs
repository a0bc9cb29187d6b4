//! A conversation's messages and the rule of twenty (contract read 1.6, 1.8).

use serde_json::{Value, json};
use testkit::TestWorld;

use crate::{ACCOUNT, MIRA};

async fn conversation(world: &TestWorld) -> String {
    let list = world.instagram().get(&format!("/me/conversations?user_id={MIRA}")).await.ok();
    list["data"][0]["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn messages_are_newest_first_with_id_and_time() {
    let world = TestWorld::start().await;
    let id = conversation(&world).await;
    let answer = world.page().get(&format!("/{id}/messages")).await.ok();
    assert_eq!(answer["data"].as_array().unwrap().len(), 3);
    assert_eq!(answer["data"][0].as_object().unwrap().keys().collect::<Vec<_>>(), ["id", "created_time"]);
    assert_eq!(answer["data"][0]["created_time"], "2026-11-22T09:00:00+0000");
    let nested = world.page().get(&format!("/{id}?fields=messages")).await.ok();
    assert_eq!(nested["messages"]["data"], answer["data"]);
}

#[tokio::test]
async fn a_message_names_both_ends() {
    let world = TestWorld::start().await;
    let mid = world.page().sends(MIRA, "to you").await.ok()["message_id"].as_str().unwrap().to_owned();
    let read = world.page().get(&format!("/v25.0/{mid}?fields=id,created_time,from,to,message")).await.ok();
    assert_eq!(
        read,
        json!({
            "id": mid,
            "created_time": "2026-11-22T10:00:00+0000",
            "from": {"username": "harbor.knits", "id": ACCOUNT},
            "to": {"data": [{"username": "mira.paints", "id": MIRA}]},
            "message": "to you",
        })
    );
    assert_eq!(
        world.instagram().get(&format!("/{mid}?fields=message")).await.ok()["message"],
        "to you",
        "the same on both hosts"
    );
    assert_eq!(world.page().get(&format!("/{mid}")).await.ok().as_object().unwrap().len(), 2);
}

#[tokio::test]
async fn fields_without_data_are_left_out() {
    let world = TestWorld::start().await;
    let mid = world.person("mira.paints").writes("plain").await;
    let read = world
        .page()
        .get(&format!("/{mid}?fields=attachments,shares,story,reactions,is_unsupported,reply_to"))
        .await
        .ok();
    assert_eq!(read, json!({ "id": mid }));
}

#[tokio::test]
async fn details_are_told_of_the_twenty_newest_only() {
    let world = TestWorld::start().await;
    let mut mids = Vec::new();
    for number in 0..25 {
        mids.push(world.person("lucia_m").writes(&format!("n{number}")).await);
    }
    let list = world
        .instagram()
        .get("/me/conversations?user_id=900000000000005&fields=messages.limit(30){message}")
        .await
        .ok();
    let rows = list["data"][0]["messages"]["data"].as_array().unwrap();
    assert_eq!(rows.len(), 25, "the list shows every id");
    assert!(rows[..20].iter().all(|row| row["message"].is_string()));
    assert!(rows[20..].iter().all(|row| row.get("message").is_none()));
    for (index, mid) in mids.iter().enumerate() {
        let read = world.instagram().get(&format!("/{mid}?fields=message")).await;
        if index < 5 {
            assert_eq!(read.error(), (400, 9_000_001, None), "n{index}");
        } else {
            assert_eq!(read.ok()["message"], format!("n{index}"));
        }
    }
    world.person("lucia_m").writes("one more").await;
    assert_eq!(world.instagram().get(&format!("/{}", mids[5])).await.error().1, 9_000_001);
}

#[tokio::test]
async fn page_two_of_the_messages_goes_on_where_page_one_ended() {
    let world = TestWorld::start().await;
    for number in 0..7 {
        world.person("mira.paints").writes(&format!("n{number}")).await;
    }
    let id = conversation(&world).await;
    let (mut path, mut texts, mut pages) = (format!("/{id}/messages?fields=message&limit=4"), Vec::<Value>::new(), 0);
    loop {
        let answer = if pages == 0 { world.page().get(&path).await.ok() } else { world.nobody().get(&path).await.ok() };
        texts.extend(answer["data"].as_array().unwrap().iter().map(|row| row["message"].clone()));
        pages += 1;
        match answer["paging"]["next"].as_str() {
            Some(next) => path = next.trim_start_matches("http://localhost").to_owned(),
            None => break,
        }
    }
    assert_eq!((pages, texts.len()), (3, 10));
    assert_eq!(texts[0], "n6");
    assert_eq!(texts[9], "Hi! Do you still have the blue scarf?");
}

#[tokio::test]
async fn a_tap_reads_back_as_a_text_with_its_title() {
    let world = TestWorld::start().await;
    let breakers =
        json!({"platform": "instagram", "ice_breakers": [{"question": "Opening hours?", "payload": "HOURS"}]});
    world.page().post("/me/messenger_profile", &breakers).await.ok();
    let tap = world.person("sam.oslo").taps_ice_breaker("Opening hours?").await.ok();
    let mid = tap["message_id"].as_str().unwrap();
    assert_eq!(world.page().get(&format!("/{mid}?fields=message")).await.ok()["message"], "Opening hours?");
}
