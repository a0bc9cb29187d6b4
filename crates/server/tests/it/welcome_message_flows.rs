//! `…/welcome_message_flows` (contract send 1.13).

use serde_json::{Value, json};
use testkit::{Api, Grant, TestWorld};
use wire::time::Span;

const PATH: &str = "/v25.0/me/welcome_message_flows";

fn flow() -> Value {
    json!([{"message": {"text": "Hi! What brings you here?"}}])
}

fn body() -> Value {
    json!({"name": "Spring", "welcome_message_flow": flow(), "eligible_platforms": ["instagram"]})
}

async fn made(api: &Api) -> String {
    let answer = api.post(PATH, &body()).await.ok();
    assert_eq!(answer.as_object().unwrap().len(), 1, "{answer}");
    answer["flow_id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_flow_is_made_read_changed_and_deleted_on_both_hosts() {
    for api in [TestWorld::page, TestWorld::instagram] {
        let world = TestWorld::start().await;
        let api = api(&world);
        let id = made(&api).await;
        let read = api.get(&format!("{PATH}?flow_id={id}")).await.ok();
        assert_eq!(
            read,
            json!({"data": [{"id": id, "name": "Spring", "welcome_message_flow": flow(),
                "eligible_platforms": ["instagram"], "last_update_time": world.now().graph()}]})
        );
        world.advance(Span::minutes(1)).await;
        assert_eq!(api.post(PATH, &json!({"flow_id": id, "name": "Autumn"})).await.ok(), json!({"success": true}));
        let fields = "name,welcome_message_flow,last_update_time,compatible_platforms,is_ig_only_flow,is_used_in_ad";
        let read = api.get(&format!("{PATH}?flow_id={id}&fields={fields}")).await.ok();
        assert_eq!(
            read["data"][0],
            json!({"name": "Autumn", "welcome_message_flow": flow(), "last_update_time": world.now().graph(),
                "compatible_platforms": ["instagram"], "is_ig_only_flow": true, "is_used_in_ad": false, "id": id})
        );
        assert_eq!(api.delete(&format!("{PATH}?flow_id={id}")).await.ok(), json!({"success": true}));
        assert_eq!(api.get(PATH).await.ok(), json!({"data": []}));
    }
}

#[tokio::test]
async fn flows_are_listed_by_account_and_by_app() {
    let world = TestWorld::start().await;
    let (first, second) = (made(&world.page()).await, made(&world.instagram()).await);
    let ids = |answer: Value| -> Vec<String> {
        answer["data"].as_array().unwrap().iter().map(|flow| flow["id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(ids(world.page().get(PATH).await.ok()), [first.clone(), second.clone()]);
    assert_eq!(ids(world.page().get(&format!("{PATH}?app_id={}", crate::APP)).await.ok()), [first.clone(), second]);
    assert_eq!(ids(world.page().get(&format!("{PATH}?app_id=5")).await.ok()), Vec::<String>::new());
    let other = Grant::page().of_other_app().of_other_account().all_scopes().caller(&world).await;
    assert_eq!(other.get(PATH).await.ok(), json!({"data": []}));
    assert_eq!(other.get(&format!("{PATH}?flow_id={first}")).await.error(), (400, 100, Some(33)));
    assert_eq!(other.delete(&format!("{PATH}?flow_id={first}")).await.error(), (400, 100, Some(33)));
}

#[tokio::test]
async fn a_form_may_carry_the_flow_as_json_text() {
    let world = TestWorld::start().await;
    let text = flow().to_string();
    let form = [
        ("name", "Spring"),
        ("welcome_message_flow", text.as_str()),
        ("eligible_platforms", r#"["INSTAGRAM","messenger"]"#),
    ];
    let id = world.page().post_form(PATH, &form).await.ok()["flow_id"].clone();
    let read = world
        .page()
        .get(&format!("{PATH}?flow_id={}&fields=is_ig_only_flow,eligible_platforms", id.as_str().unwrap()))
        .await
        .ok();
    assert_eq!(read["data"][0]["eligible_platforms"], json!(["instagram", "messenger"]));
    assert_eq!(read["data"][0]["is_ig_only_flow"], false);
}

#[tokio::test]
async fn every_part_is_required_and_checked() {
    let world = TestWorld::start().await;
    for missing in ["name", "welcome_message_flow", "eligible_platforms"] {
        let mut body = body();
        body.as_object_mut().unwrap().remove(missing);
        let refused = world.page().post(PATH, &body).await;
        assert_eq!(refused.message(), format!("(#100) The parameter {missing} is required"));
    }
    for (part, bad) in [
        ("name", json!("x".repeat(256))),
        ("eligible_platforms", json!(["telegram"])),
        ("welcome_message_flow", json!([])),
        ("welcome_message_flow", json!([{"text": "no message"}])),
        ("welcome_message_flow", json!([{"message": {"text": "x".repeat(1_001)}}])),
        (
            "welcome_message_flow",
            json!([{"message": {"attachment": {"type": "image", "payload": {"url": "https://a.test/a.png"}}}}]),
        ),
    ] {
        let mut body = body();
        body[part] = bad;
        assert_eq!(world.page().post(PATH, &body).await.error().1, 100, "{body}");
    }
    let mut facebook_only = body();
    facebook_only["eligible_platforms"] = json!(["messenger"]);
    world.page().post(PATH, &facebook_only).await.ok();
    assert_eq!(world.instagram().post(PATH, &facebook_only).await.error(), (400, 100, None));
}

#[tokio::test]
async fn a_flow_that_is_not_there_is_an_unknown_object() {
    let world = TestWorld::start().await;
    let page = world.page();
    assert_eq!(page.post(PATH, &json!({"flow_id": "5", "name": "x"})).await.error(), (400, 100, Some(33)));
    assert_eq!(page.get(&format!("{PATH}?flow_id=5")).await.error(), (400, 100, Some(33)));
    assert_eq!(page.delete(&format!("{PATH}?flow_id=5")).await.error(), (400, 100, Some(33)));
    assert_eq!(page.delete(PATH).await.message(), "(#100) The parameter flow_id is required");
    assert_eq!(page.get(&format!("{PATH}?flow_id=x")).await.error(), (400, 100, None));
}
