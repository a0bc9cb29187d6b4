//! Random valid sends, and how clients write one, for property tests. Behind the feature `proptest`.

use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::action::SenderAction;
use super::attachment::{Attachment, IMAGES, MediaKind, Source};
use super::button::{Button, DefaultAction, PAYLOAD_CHARS, TITLE_CHARS};
use super::message::{Content, METADATA_CHARS, Message, TEXT_BYTES};
use super::quick_reply::{QUICK_REPLIES, QuickReply};
use super::template::{BUTTON_TEXT_CHARS, BUTTONS, ELEMENT_CHARS, ELEMENTS, Element, ProductElement, Template};
use super::thread_control::ThreadControl;
use super::upload::Upload;
use super::{Body, Recipient, Send, Tag};
use crate::id::AppId;
use crate::param::Params;

/// A text that is not blank, of at most so many characters; now and then exactly so many.
pub fn text(chars: usize) -> impl Strategy<Value = String> {
    let letter =
        prop_oneof![4 => proptest::char::any(), 1 => Just('\''), 1 => Just('"'), 1 => Just('\\'), 1 => Just('[')];
    let letter = letter.prop_map(|letter| if letter == '\0' { 'x' } else { letter });
    let random = vec(letter, 1..=chars.min(24)).prop_map(String::from_iter);
    let full = Just("\u{e9}".repeat(chars));
    prop_oneof![8 => random, 1 => full].prop_filter("blank", |text| !text.trim().is_empty())
}

fn body_text() -> impl Strategy<Value = String> {
    prop_oneof![8 => text(TEXT_BYTES / 4), 1 => Just("a".repeat(TEXT_BYTES)), 1 => "https?://[a-z]{1,9}\\.test/[a-z?=&%']{0,9}"]
}

fn url() -> impl Strategy<Value = String> {
    "https?://[a-z0-9]{1,12}\\.test(:[1-9][0-9]{1,3})?/[a-zA-Z0-9._~%ä'?&=-]{0,20}"
}

fn id() -> impl Strategy<Value = String> {
    "[1-9][0-9]{0,16}"
}

fn mid() -> impl Strategy<Value = String> {
    "aWdfZAG1f[A-Za-z0-9]{1,40}"
}

fn source() -> impl Strategy<Value = Source> {
    prop_oneof![url().prop_map(Source::Url), id().prop_map(Source::AttachmentId)]
}

fn kind() -> impl Strategy<Value = MediaKind> {
    proptest::sample::select(MediaKind::ALL.map(|(kind, _)| kind).to_vec())
}

fn file(kind: impl Strategy<Value = MediaKind>) -> impl Strategy<Value = Attachment> {
    (kind, source(), any::<bool>()).prop_map(|(kind, source, is_reusable)| Attachment { kind, source, is_reusable })
}

fn button() -> impl Strategy<Value = Button> {
    prop_oneof![
        (url(), text(TITLE_CHARS)).prop_map(|(url, title)| Button::WebUrl { url, title }),
        (text(2 * TITLE_CHARS), text(PAYLOAD_CHARS)).prop_map(|(title, payload)| Button::Postback { title, payload }),
    ]
}

fn element() -> impl Strategy<Value = Element> {
    let action = url().prop_map(|url| DefaultAction::WebUrl { url });
    (text(ELEMENT_CHARS), of(text(ELEMENT_CHARS)), of(url()), of(action), vec(button(), 0..=BUTTONS)).prop_map(
        |(title, mut subtitle, image_url, default_action, buttons)| {
            if subtitle.is_none() && image_url.is_none() && default_action.is_none() && buttons.is_empty() {
                subtitle = Some(title.clone());
            }
            Element { title, subtitle, image_url, default_action, buttons }
        },
    )
}

/// A template.
pub fn template() -> impl Strategy<Value = Template> {
    let product = id().prop_map(|id| ProductElement { id });
    prop_oneof![
        vec(element(), 1..=ELEMENTS).prop_map(|elements| Template::Generic { elements }),
        (text(BUTTON_TEXT_CHARS), vec(button(), 1..=BUTTONS))
            .prop_map(|(text, buttons)| Template::Button { text, buttons }),
        vec(product, 1..=ELEMENTS).prop_map(|elements| Template::Product { elements }),
    ]
}

/// A quick reply.
pub fn quick_reply() -> impl Strategy<Value = QuickReply> {
    prop_oneof![
        4 => (text(TITLE_CHARS), of(text(PAYLOAD_CHARS))).prop_map(|(title, payload)| QuickReply::Text { title, payload }),
        1 => Just(QuickReply::UserPhoneNumber),
        1 => Just(QuickReply::UserEmail),
    ]
}

/// What a message may hold, without files of the request.
pub fn content() -> impl Strategy<Value = Content> {
    let replies = prop_oneof![Just(vec![]), vec(quick_reply(), 1..=QUICK_REPLIES)];
    prop_oneof![
        4 => (body_text(), replies).prop_map(|(text, quick_replies)| Content::Text { text, quick_replies }),
        2 => file(kind()).prop_map(|file| Content::Media(vec![file])),
        1 => vec(file(Just(MediaKind::Image)), 1..=IMAGES).prop_map(Content::Media),
        1 => Just(Content::LikeHeart),
        1 => id().prop_map(Content::MediaShare),
        3 => template().prop_map(Content::Template),
    ]
}

/// A message.
pub fn message() -> impl Strategy<Value = Message> {
    (content(), of(text(METADATA_CHARS - 1))).prop_map(|(content, metadata)| Message { content, metadata })
}

/// A sender action.
pub fn action() -> impl Strategy<Value = SenderAction> {
    let emoji: Vec<&str> = emojis::iter().map(emojis::Emoji::as_str).chain(["love"]).collect();
    let reaction = proptest::sample::select(emoji).prop_map(str::to_owned);
    prop_oneof![
        Just(SenderAction::TypingOn),
        Just(SenderAction::TypingOff),
        Just(SenderAction::MarkSeen),
        (mid(), reaction).prop_map(|(message_id, reaction)| SenderAction::React { message_id, reaction }),
        mid().prop_map(|message_id| SenderAction::Unreact { message_id }),
    ]
}

/// A send of either kind.
pub fn send() -> impl Strategy<Value = Send> {
    let recipient = prop_oneof![id().prop_map(Recipient::Id), id().prop_map(Recipient::CommentId)];
    let control =
        prop_oneof![of(any::<u64>().prop_map(AppId::new)).prop_map(ThreadControl::Pass), Just(ThreadControl::Release)];
    let body = prop_oneof![
        3 => (message(), of(mid()), of(control)).prop_map(|(message, mid, control)| (Body::Message(message), mid, control)),
        1 => action().prop_map(|action| (Body::Action(action), None, None)),
    ];
    (recipient, of(Just(Tag::HumanAgent)), body).prop_map(|(recipient, tag, (body, reply_to, thread_control))| Send {
        recipient,
        body,
        tag,
        reply_to,
        thread_control,
    })
}

/// An upload by address.
pub fn upload() -> impl Strategy<Value = Upload> {
    (kind(), url(), any::<bool>()).prop_map(|(kind, url, is_reusable)| Upload {
        attachment: Attachment { kind, source: Source::Url(url), is_reusable },
    })
}

/// What a `message` should not be: the right names with anything below them.
pub fn mess() -> impl Strategy<Value = Value> {
    const NAMES: &[&str] = &[
        "text",
        "attachment",
        "attachments",
        "quick_replies",
        "metadata",
        "type",
        "payload",
        "url",
        "attachment_id",
        "id",
        "is_reusable",
        "template_type",
        "elements",
        "buttons",
        "title",
        "subtitle",
        "default_action",
        "content_type",
        "0",
    ];
    const WORDS: &[&str] = &[
        "image",
        "template",
        "like_heart",
        "MEDIA_SHARE",
        "generic",
        "button",
        "product",
        "web_url",
        "postback",
        "text",
        "user_email",
        "https://a.test/a",
        "true",
        "",
        " ",
        "{a:'b'}",
        "[{'type':'image'}]",
        "\u{0}",
    ];
    let leaf = prop_oneof![
        6 => proptest::sample::select(WORDS).prop_map(Value::from),
        1 => any::<String>().prop_map(Value::from),
        1 => Just(Value::Null),
        1 => any::<bool>().prop_map(Value::from),
        1 => any::<f64>().prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 48, 6, |inner| {
        let member = (proptest::sample::select(NAMES).prop_map(str::to_owned), inner.clone());
        prop_oneof![
            3 => vec(member, 0..6).prop_map(|members| Value::Object(members.into_iter().collect())),
            1 => vec(inner, 0..4).prop_map(Value::from),
        ]
    })
}

/// A body as clients write it: the name of the way, and the parameters that a server merges from it (contract send 0.2).
///
/// A multipart form and a query are merged as a form is.
pub fn encodings(body: &Value) -> Vec<(&'static str, Params)> {
    let mut json = Params::new();
    json.json(body.to_string().as_bytes()).expect("a value prints as JSON");
    let form = |pairs: Vec<(String, String)>| {
        // Encoded and decoded, as it would travel.
        let text = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        let mut params = Params::new();
        params.pairs(form_urlencoded::parse(text.as_bytes()).into_owned());
        params
    };
    vec![
        ("json", json),
        ("form of json texts", form(texts(body, Value::to_string))),
        ("form of loose json", form(texts(body, loose))),
        ("form with brackets", form(brackets(body))),
    ]
}

/// One pair for each member, whose value is written by `print` unless it is a text.
pub fn texts(body: &Value, print: impl Fn(&Value) -> String) -> Vec<(String, String)> {
    let flat = |value: &Value| value.as_str().map_or_else(|| print(value), str::to_owned);
    members(body).map(|(name, value)| (name.clone(), flat(value))).collect()
}

/// One pair for each leaf, named by its way, such as `message[attachments][0][type]`.
pub fn brackets(body: &Value) -> Vec<(String, String)> {
    fn walk(name: &str, value: &Value, pairs: &mut Vec<(String, String)>) {
        match value {
            Value::Object(members) => {
                members.iter().for_each(|(key, value)| walk(&format!("{name}[{key}]"), value, pairs));
            }
            Value::Array(elements) => {
                elements.iter().enumerate().for_each(|(index, value)| walk(&format!("{name}[{index}]"), value, pairs));
            }
            Value::String(text) => pairs.push((name.to_owned(), text.clone())),
            other => pairs.push((name.to_owned(), other.to_string())),
        }
    }
    let mut pairs = Vec::new();
    members(body).for_each(|(name, value)| walk(name, value, &mut pairs));
    pairs
}

/// JSON with bare keys and single quotes.
pub fn loose(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let members: Vec<_> = members.iter().map(|(key, value)| format!("{key}: {}", loose(value))).collect();
            format!("{{{}}}", members.join(", "))
        }
        Value::Array(elements) => format!("[{}]", elements.iter().map(loose).collect::<Vec<_>>().join(",")),
        Value::String(text) => {
            let strict = json!(text).to_string();
            let mut quoted = String::from("'");
            let mut letters = strict[1..strict.len() - 1].chars();
            while let Some(letter) = letters.next() {
                match (letter, letter == '\\') {
                    ('\'', _) => quoted.push_str("\\'"),
                    (_, true) => match letters.next() {
                        Some('"') => quoted.push('"'),
                        escaped => quoted.extend(['\\'].into_iter().chain(escaped)),
                    },
                    _ => quoted.push(letter),
                }
            }
            quoted + "'"
        }
        other => other.to_string(),
    }
}

fn members(body: &Value) -> impl Iterator<Item = (&String, &Value)> {
    body.as_object().into_iter().flat_map(Map::iter)
}
