//! The recorded texts of conformance/vectors, said by a person and delivered: the bytes on the wire are the recorded ones.

use serde_json::{Value, json};
use testkit::TestWorld;

const FILE: &str = include_str!("../../../../conformance/vectors/webhooks.jsonl");
/// How the text stands in a body, and what follows it there.
const BEFORE: &str = r#""text":"#;
const AFTER: &str = "}}]}]}";

/// Every recorded text that a person can say: the text, and its bytes in the body with their quotes.
fn texts() -> Vec<(String, String)> {
    let vectors = FILE.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let texts = vectors.filter(|vector| vector["name"].as_str().unwrap().starts_with("text: "));
    texts
        .map(|vector| {
            let said = vector["event"]["entry"][0]["messaging"][0]["message"]["text"].as_str().unwrap().to_owned();
            let body = vector["body"].as_str().unwrap();
            let bytes = body.split_once(BEFORE).unwrap().1.strip_suffix(AFTER).unwrap();
            (said, bytes.to_owned())
        })
        .filter(|(said, _)| !said.trim().is_empty() && said.chars().count() <= 1_000)
        .collect()
}

#[tokio::test]
async fn what_a_person_says_is_delivered_in_the_recorded_bytes() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    let (mira, texts) = (world.person("mira.paints"), texts());
    assert!(texts.len() > 50, "{}", texts.len());
    for (said, bytes) in texts {
        let mid = mira.writes(&said).await;
        world.deliver().await;
        let [delivery] = &hook.take()[..] else { panic!("one delivery for {said:?}") };
        let body = str::from_utf8(&delivery.body).unwrap();
        assert!(body.ends_with(&format!(r#""message":{{"mid":"{mid}",{BEFORE}{bytes}{AFTER}"#)), "{said:?}: {body}");
    }
}

#[tokio::test]
async fn what_a_business_sends_is_echoed_in_the_recorded_bytes() {
    let world = TestWorld::start().await;
    let hook = world.subscribe(&["messages"]).await;
    for (said, bytes) in texts().into_iter().filter(|(said, _)| said.len() <= 1_000) {
        let body = json!({"recipient": {"id": crate::MIRA}, "message": {"text": said}});
        let answer = world.page().post("/v25.0/me/messages", &body).await;
        let mid = answer.ok()["message_id"].as_str().unwrap().to_owned();
        world.deliver().await;
        let [delivery] = &hook.take()[..] else { panic!("one delivery for {said:?}") };
        let body = str::from_utf8(&delivery.body).unwrap();
        let wanted = format!(r#""message":{{"mid":"{mid}",{BEFORE}{bytes},"is_echo":true{AFTER}"#);
        assert!(body.ends_with(&wanted), "{said:?}: {body}");
    }
}
