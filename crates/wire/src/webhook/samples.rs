//! Every shape of contract webhooks section 3, with ids of our own, read and written back.

use serde_json::{Value, json};

use super::*;
use crate::id::AppId;

/// Key of the event and the rest of the element, which is completed with recipient, timestamp and mostly a sender.
const ELEMENTS: &[(&str, &str)] = &[
    ("message", r#"{"mid":"m1","text":"Is the blue one back?"}"#),
    (
        "message",
        r#"{"mid":"m2","attachments":[{"type":"image","payload":{"url":"https:\/\/cdn.test\/?a=1&s=2"}},
        {"type":"video","payload":{"url":"https://cdn.test/2"}}]}"#,
    ),
    (
        "message",
        r#"{"mid":"m3","attachments":[{"type":"share","payload":{"ig_post_media_id":"181","title":"T","url":"u"}},
        {"type":"ig_post","payload":{"ig_post_media_id":"181","title":"T","url":"u"}}]}"#,
    ),
    ("message", r#"{"mid":"m4","attachments":[{"type":"share","payload":{"url":"https://cdn.test/4"}}]}"#),
    (
        "message",
        r#"{"mid":"m5","attachments":[{"type":"ig_reel","payload":{"url":"u","title":"t","reel_video_id":"179"}}]}"#,
    ),
    (
        "message",
        r#"{"mid":"m6","attachments":[{"type":"ig_story","payload":{"story_media_id":"1","story_media_url":"u"}}]}"#,
    ),
    ("message", r#"{"mid":"m7","attachments":[{"type":"story_mention","payload":{"url":"https://cdn.test/7"}}]}"#),
    ("message", r#"{"mid":"m8","attachments":[{"type":"ephemeral"}]}"#),
    ("message", r#"{"mid":"m9","text":"that one","reply_to":{"mid":"m2"}}"#),
    ("message", r#"{"mid":"m10","text":"wow","reply_to":{"story":{"url":"https://cdn.test/10","id":"1810"}}}"#),
    ("message", r#"{"mid":"m11","text":"Track","quick_reply":{"payload":"TRACK"}}"#),
    ("message", r#"{"mid":"m1","is_deleted":true}"#),
    ("message", r#"{"mid":"m12","is_unsupported":true}"#),
    (
        "message",
        r#"{"mid":"m13","text":"hi","referral":{"ref":"a","ad_id":"120","source":"ADS","type":"OPEN_THREAD",
        "ads_context_data":{"ad_title":"Sale","photo_url":"https://cdn.test/ad"}}}"#,
    ),
    ("message", r#"{"mid":"m14","text":"M?","referral":{"product":{"id":"540"}}}"#),
    ("message", r#"{"mid":"m15","text":"yo","referral":{"ref":"qr","source":"SHORTLINKS","type":"OPEN_THREAD"}}"#),
    ("message", r#"{"mid":"m16","text":"preview","is_echo":true,"is_self":true}"#),
    ("message", r#"{"mid":"m17","text":"Yes.","is_echo":true,"app_id":880000000000101,"metadata":"ours"}"#),
    (
        "message",
        r#"{"mid":"m18","is_echo":true,"attachments":[{"type":"template","payload":{"generic":{"elements":[
        {"title":"Shirt","buttons":[{"type":"postback","title":"Buy","payload":"B"}]}]}}}]}"#,
    ),
    ("reaction", r#"{"mid":"m17","action":"react","reaction":"love","emoji":"\u2764\ufe0f"}"#),
    ("reaction", r#"{"mid":"m17","action":"unreact"}"#),
    ("postback", r#"{"mid":"m19","title":"Where is it?","payload":"STATUS"}"#),
    (
        "postback",
        r#"{"mid":"m20","title":"Talk","payload":"IB","referral":{"ref":"q","source":"SHORTLINKS","type":"OPEN_THREAD"}}"#,
    ),
    ("postback", r#"{"mid":"m20","title":"Talk"}"#),
    ("referral", r#"{"ref":"news","source":"SHORTLINKS","type":"OPEN_THREAD"}"#),
    ("read", r#"{"mid":"m17"}"#),
    ("message_edit", r#"{"mid":"m1","text":"And the red one?","num_edit":1}"#),
    ("message_edit", r#"{"mid":"m1","num_edit":0}"#),
    (
        "optin",
        r#"{"type":"notification_messages","title":"Drops","payload":"D","notification_messages_token":"t",
        "token_expiry_timestamp":1795536000000,"user_token_status":"NOT_REFRESHED"}"#,
    ),
    ("response_feedback", r#"{"feedback":"Good response","mid":"m17"}"#),
    ("pass_thread_control", r#"{"previous_owner_app_id":"101","new_owner_app_id":"202","metadata":"order"}"#),
    ("pass_thread_control", r#"{"previous_owner_app_id":null,"new_owner_app_id":"202","metadata":""}"#),
    ("pass_thread_control", r#"{"new_owner_app_id":"202","metadata":"2021"}"#),
    ("take_thread_control", r#"{"previous_owner_app_id":"101","new_owner_app_id":"202","metadata":""}"#),
    ("take_thread_control", r#"{"previous_owner_app_id":"101","metadata":"2021"}"#),
    ("request_thread_control", r#"{"requested_owner_app_id":"202","metadata":"human"}"#),
    ("app_roles", r#"{"101":["primary_receiver"],"202":["secondary_receiver"]}"#),
    ("policy_enforcement", r#"{"action":"warning","reason":"spam"}"#),
    ("policy_enforcement", r#"{"action":"unblock"}"#),
];

fn element(key: &str, payload: &Value) -> Value {
    let mut element = json!({"recipient": {"id": "17841000000000001"}, "timestamp": 1_764_000_000_123_i64});
    if !matches!(key, "app_roles" | "policy_enforcement") {
        element["sender"] = json!({"id": "900000000000009"});
    }
    element[key] = payload.clone();
    element
}

fn read(value: &Value) -> Messaging {
    serde_json::from_value(value.clone()).unwrap()
}

#[test]
fn every_event_comes_back_as_it_was() {
    for (key, payload) in ELEMENTS {
        let value = element(key, &serde_json::from_str(payload).unwrap());
        let messaging = read(&value);
        assert_eq!(messaging.event.key(), Some(*key), "{payload}");
        assert_eq!(serde_json::to_value(&messaging).unwrap(), value);
    }
}

#[test]
fn changes_and_standby_come_back_as_they_were() {
    for body in [
        r#"{"object":"instagram","entry":[{"id":"1","time":1764000100,"changes":[{"field":"comments","value":{"id":"180",
            "from":{"id":"9","username":"u"},"text":"price?","parent_id":"179","media":{"id":"178","media_product_type":"REELS"}}}]}]}"#,
        r#"{"object":"instagram","entry":[{"id":"1","time":1764000110,"changes":[{"field":"mentions","value":{"media_id":"178"}}]}]}"#,
        r#"{"object":"instagram","entry":[{"id":"1","time":1764000120,"changes":[{"field":"story_insights","value":{"media_id":"181","reach":-1}}]}]}"#,
        r#"{"object":"instagram","entry":[{"id":"1","time":1764000080500,"standby":[{"sender":{"id":"9"},"recipient":{"id":"1"},
            "timestamp":1764000080000,"message":{"mid":"m21","text":"hello?"}}]}]}"#,
    ] {
        let value: Value = serde_json::from_str(body).unwrap();
        let envelope: Envelope = serde_json::from_value(value.clone()).unwrap();
        assert_eq!(serde_json::to_value(&envelope).unwrap(), value);
    }
}

#[test]
fn keys_are_written_in_the_platform_s_order() {
    let body = concat!(
        r#"{"object":"instagram","entry":[{"id":"1","time":2,"messaging":[{"sender":{"id":"9"},"recipient":{"id":"1"},"#,
        r#""timestamp":3,"message":{"mid":"m","text":"t"}}]}]}"#
    );
    let envelope: Envelope = serde_json::from_str(body).unwrap();
    assert_eq!(serde_json::to_string(&envelope).unwrap(), body);
}

#[test]
fn a_dashboard_test_is_read_although_its_timestamp_is_a_string() {
    let envelope: Envelope =
        serde_json::from_value(json!({"object": "instagram", "entry": [{"time": 5, "id": 0, "messaging": [{
        "sender": {"id": "12334"}, "recipient": {"id": 23245}, "timestamp": "1527459824", "is_self": true,
        "message": {"mid": "random_mid", "text": "random_text", "nlp": {}, "is_self": false}}]}]}))
        .unwrap();
    let messaging = &envelope.entry[0].messaging[0];
    assert_eq!(envelope.entry[0].id, "0");
    assert_eq!(messaging.recipient.id, "23245");
    assert_eq!(messaging.timestamp, Timestamp(1_527_459_824));
    let expected = Message { mid: "random_mid".into(), text: Some("random_text".into()), ..Message::default() };
    assert_eq!(messaging.event, Event::Message(expected));
}

#[test]
fn a_tap_of_the_business_itself_says_so_beside_the_postback() {
    let mut value = element("postback", &json!({"mid": "m19", "title": "Agent", "payload": "AGENT"}));
    assert!(!read(&value).is_self);
    value["is_self"] = json!(true);
    let messaging = read(&value);
    assert!(messaging.is_self);
    assert_eq!(serde_json::to_value(&messaging).unwrap(), value);
}

#[test]
fn what_is_not_understood_is_kept() {
    for (key, payload) in
        [("delivery", json!({"watermark": 5})), ("message", json!({"text": "no mid"})), ("read", json!(7))]
    {
        let value = element(key, &payload);
        let messaging = read(&value);
        assert!(matches!(&messaging.event, Event::Unknown(rest) if rest[key] == payload), "{key}");
        assert_eq!(serde_json::to_value(&messaging).unwrap(), value);
    }
    let bare = read(&json!({"sender": null, "recipient": {"id": "1"}, "timestamp": 3}));
    assert_eq!((bare.sender, bare.event), (None, Event::Unknown(serde_json::Map::new())));
}

#[test]
fn an_idle_thread_differs_from_a_missing_owner() {
    let owner = |json: &str| serde_json::from_str::<ControlChange>(json).unwrap().previous_owner_app_id;
    assert_eq!(owner(r#"{"previous_owner_app_id":null}"#), Some(None));
    assert_eq!(owner(r#"{"previous_owner_app_id":101}"#), Some(Some(AppId::new(101))));
    assert_eq!(owner("{}"), None);
}
