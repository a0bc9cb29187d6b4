//! What came to Instagram in which year is there under every version (contract send 0.4).

use engine::demo;
use engine::media::samples;
use serde_json::{Value, json};
use testkit::{Api, TestWorld};

use crate::MIRA;
use crate::media::multipart;

/// Versions from before each of the features, from between them, and the newest.
const VERSIONS: [&str; 5] = ["v5.0", "v11.0", "v14.0", "v20.0", "v26.0"];

/// One caller with one version.
struct Era<'a> {
    api: Api,
    version: &'a str,
}

impl Era<'_> {
    fn path(&self, edge: &str) -> String {
        format!("/{}/me/{edge}", self.version)
    }

    async fn sends(&self, message: Value) -> Value {
        let body = json!({"recipient": {"id": MIRA}, "message": message});
        self.api.post(&self.path("messages"), &body).await.ok()
    }

    async fn template(&self, payload: Value) {
        self.sends(json!({"attachment": {"type": "template", "payload": payload}})).await;
    }

    async fn acts(&self, action: &str, payload: Value) {
        let mut body = json!({"recipient": {"id": MIRA}, "sender_action": action});
        if !payload.is_null() {
            body["payload"] = payload;
        }
        self.api.post(&self.path("messages"), &body).await.ok();
    }

    async fn uploads(&self, kind: &str, bytes: &[u8]) -> String {
        let message = json!({"attachment": {"type": kind, "payload": {"is_reusable": true}}}).to_string();
        let fields = [("platform", "instagram".to_owned()), ("message", message)];
        let request = multipart(&self.api, &self.path("message_attachments"), &fields, Some(("a", bytes)));
        self.api.send(request).await.ok()["attachment_id"].as_str().unwrap().to_owned()
    }
}

#[tokio::test]
async fn what_came_later_is_served_under_every_version() {
    let mut comment = 40;
    for version in VERSIONS {
        let world = TestWorld::start().await;
        let theirs = world.person("mira.paints").writes("hi").await;
        let era = Era { api: world.page(), version };
        // 2021 to 2023: templates, private replies, ice breakers, the menu, uploads of every kind.
        let buttons = json!([{"type": "web_url", "title": "Open", "url": "https://shop.example.test/"}]);
        era.template(json!({"template_type": "generic", "elements": [{"title": "Kettle", "buttons": buttons}]})).await;
        era.template(json!({"template_type": "button", "text": "What next?", "buttons": buttons})).await;
        comment += 1;
        let comment = world.comments(comment, demo::posts().next().unwrap().0, "aisha.codes").await;
        let reply = json!({"recipient": {"comment_id": comment}, "message": {"text": "Here is the link"}});
        era.api.post(&era.path("messages"), &reply).await.ok();
        let profile = json!({
            "platform": "instagram",
            "ice_breakers": [{"locale": "default", "call_to_actions": [{"question": "Hours?", "payload": "H"}]},
                             {"locale": "de_DE", "call_to_actions": [{"question": "Wann?", "payload": "H"}]}],
            "persistent_menu": [{"locale": "default", "call_to_actions": [{"type": "postback", "title": "Agent", "payload": "A"}]}],
        });
        era.api.post(&era.path("messenger_profile"), &profile).await.ok();
        let mut image = String::new();
        for (kind, bytes) in [
            ("audio", samples::m4a(1_000)),
            ("video", samples::mp4(8, 8, 1_000)),
            ("file", samples::pdf()),
            ("image", samples::png(8, 8)),
            ("image", samples::gif(8, 8)),
        ] {
            image = era.uploads(kind, &bytes).await;
            era.sends(json!({"attachment": {"type": kind, "payload": {"attachment_id": image}}})).await;
        }
        // 2025 and 2026: actions, moderation, collections, any emoji, answers, images by id.
        for action in ["typing_on", "typing_off", "mark_seen"] {
            era.acts(action, Value::Null).await;
        }
        era.acts("react", json!({"message_id": theirs, "reaction": "\u{1f9f6}"})).await;
        era.acts("react", json!({"message_id": theirs, "reaction": "love"})).await;
        era.acts("unreact", json!({"message_id": theirs})).await;
        let by_id = json!({"type": "image", "payload": {"attachment_id": image}});
        era.sends(json!({"attachments": [by_id, by_id]})).await;
        let answer = json!({"recipient": {"id": MIRA}, "message": {"text": "yes"}, "reply_to": {"mid": theirs}});
        era.api.post(&era.path("messages"), &answer).await.ok();
        let spam = json!({"user_ids": [{"id": MIRA}], "actions": ["move_to_spam"]});
        era.api.post(&era.path("moderate_conversations"), &spam).await.ok();
        // And what was taken away stays away.
        let tagged = json!({"recipient": {"id": MIRA}, "message": {"text": "x"}, "messaging_type": "MESSAGE_TAG", "tag": "ACCOUNT_UPDATE"});
        assert_eq!(era.api.post(&era.path("messages"), &tagged).await.error(), (400, 100, None), "{version}");
    }
}
