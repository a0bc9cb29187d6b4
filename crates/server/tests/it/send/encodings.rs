//! Any valid message, sent in each of five encodings: the app that is told, whoever reads it back and the person all get
//! the same, and it is what was said.

use axum::body::Body as Bytes;
use axum::http::Request;
use engine::demo;
use engine::settings::Settings;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};
use testkit::{Api, Options, Receiver, TestWorld};
use wire::send::any::{brackets, message, texts};
use wire::send::attachment::{Attachment, MediaKind, Source};
use wire::send::button::{Button, TITLE_CHARS};
use wire::send::message::{Content, Message};
use wire::send::quick_reply::QuickReply;
use wire::send::template::{Element, Template};
use wire::send::{Body, Recipient, Send};

use crate::media::{Files, multipart, uploads};

const PATH: &str = "/v25.0/me/messages";
const CASES: usize = 60;
/// The longest address that the HTTP library takes is a little longer.
const QUERY_BYTES: usize = 60_000;
/// A file of each kind, by its name on [`Files`].
const FORMATS: [(MediaKind, &str); 4] =
    [(MediaKind::Image, "png"), (MediaKind::Audio, "wav"), (MediaKind::Video, "mp4"), (MediaKind::File, "pdf")];
const FIELDS: &str = "id,message,attachments,shares{link,id,type,template},from,to,reply_to,is_unsupported";

/// The platform, and everybody who is told of a message.
struct Everybody {
    world: TestWorld,
    receiver: Receiver,
    files: Files,
    /// An uploaded file of each kind.
    uploaded: Vec<(MediaKind, String)>,
    igsid: String,
    question: String,
}

impl Everybody {
    async fn meet() -> Self {
        let mut settings = Settings::emulator();
        for (name, value) in [("send_per_second", "0"), ("send_media_per_second", "0"), ("echo_metadata", "true")] {
            settings.set(name, value).unwrap();
        }
        let world = TestWorld::with(Options { settings, ..Options::default() }).await;
        let (receiver, files) = (world.subscribe(&["messages"]).await, Files::start().await);
        let mut uploaded = Vec::new();
        for (kind, format) in FORMATS {
            let answer = uploads(&world.page(), kind.name(), &files.url(format)).await.ok();
            uploaded.push((kind, answer["attachment_id"].as_str().unwrap().to_owned()));
        }
        let person = world.person("mira.paints");
        let (igsid, question) = (person.igsid(), person.writes("What can you send?").await);
        world.deliver().await;
        receiver.take();
        Self { world, receiver, files, uploaded, igsid, question }
    }

    /// The same message with files, posts and people that exist.
    fn real(&self, mut message: Message, answers: bool) -> Send {
        match &mut message.content {
            Content::Media(files) => {
                for file in files {
                    let of_kind = |(kind, _): &&(MediaKind, String)| *kind == file.kind;
                    file.source = match (&file.source, self.uploaded.iter().find(of_kind)) {
                        (Source::AttachmentId(_), Some((_, id))) => Source::AttachmentId(id.clone()),
                        _ => Source::Url(self.files.url(format(file.kind))),
                    };
                }
            }
            Content::MediaShare(id) => *id = demo::posts().next().unwrap().0.to_string(),
            Content::Text { .. } | Content::LikeHeart | Content::Template(_) => {}
        }
        Send {
            recipient: Recipient::Id(self.igsid.clone()),
            body: Body::Message(message),
            tag: None,
            reply_to: answers.then(|| self.question.clone()),
            thread_control: None,
        }
    }

    /// What everybody is told of a request, without what differs between any two messages.
    async fn told(&self, request: Request<Bytes>) -> Value {
        let answer = self.world.page().send(request).await.ok();
        assert_eq!(answer["recipient_id"], json!(self.igsid));
        let mid = answer["message_id"].as_str().unwrap();
        self.world.deliver().await;
        let mut echoes = self.receiver.elements();
        self.receiver.take();
        assert_eq!(echoes.len(), 1, "one message, one echo");
        let read = self.world.page().get(&format!("/v25.0/{mid}?fields={FIELDS}")).await.ok();
        let path = format!("/_parlance/people/mira.paints/messages?with={}&limit=1", demo::USERNAME);
        let mut seen = self.world.nobody().get(&path).await.ok()["data"][0].take();
        let view = seen.as_object_mut().unwrap();
        view.remove("created_time");
        let mut told = json!({
            "has_attachment_id": answer.get("attachment_id").is_some(),
            "echo": echoes.remove(0)["message"].take(),
            "read": read,
            "seen": seen,
        });
        self.plain(&mut told, mid).await;
        told
    }

    /// Puts a word for the message's id and the file itself in the place of its address.
    async fn plain(&self, value: &mut Value, mid: &str) {
        let mut waiting = vec![value];
        while let Some(value) = waiting.pop() {
            match value {
                Value::Object(members) => {
                    // The names of files are those of URLs in some encodings and of parts in others.
                    members.remove("name");
                    if members.contains_key("image_data")
                        || members.contains_key("file_url")
                        || members.contains_key("video_data")
                    {
                        members.remove("id");
                    }
                    waiting.extend(members.values_mut());
                }
                Value::Array(items) => waiting.extend(items),
                Value::String(text) if text == mid => *text = "its id".into(),
                Value::String(text) if text.contains("/ig_messaging_cdn/?asset_id") => {
                    let path = &text[text.find("/ig_messaging_cdn/").unwrap()..];
                    let file = self.world.nobody().get(path).await;
                    assert_eq!(file.status, 200, "{text}");
                    *text = format!("{} of {} bytes", file.header("content-type").unwrap(), file.body.len());
                }
                _ => {}
            }
        }
    }
}

fn format(kind: MediaKind) -> &'static str {
    FORMATS.iter().find(|(known, _)| *known == kind).map_or("", |(_, format)| format)
}

/// The same send in each encoding (contract send 0.2); `None` when it is longer than an address can be.
fn requests(api: &Api, send: &Send) -> Option<Vec<(&'static str, Request<Bytes>)>> {
    let body = send.to_json();
    let encoded =
        |pairs: Vec<(String, String)>| form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    let (pairs, query) = (texts(&body, Value::to_string), encoded(texts(&body, Value::to_string)));
    if query.len() > QUERY_BYTES {
        return None;
    }
    let form = "application/x-www-form-urlencoded";
    // A file that is fetched in other encodings comes along in this one.
    let (send, file) = match &send.body {
        Body::Message(message) => match &message.content {
            Content::Media(files) => match files.as_slice() {
                [file @ Attachment { source: Source::Url(_), .. }] => {
                    let content = Content::Media(vec![Attachment { source: Source::Filedata, ..file.clone() }]);
                    let body = Body::Message(Message { content, ..message.clone() });
                    (Send { body, ..send.clone() }, Some(format(file.kind)))
                }
                _ => (send.clone(), None),
            },
            _ => (send.clone(), None),
        },
        Body::Action(_) => (send.clone(), None),
    };
    let parts = texts(&send.to_json(), Value::to_string);
    let parts: Vec<(&str, String)> = parts.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
    let sample = file.map(|format| {
        let (_, sample) = engine::media::samples::ALL.into_iter().find(|(name, _)| *name == format).unwrap();
        (format, sample())
    });
    let file = sample.as_ref().map(|(name, bytes)| (*name, bytes.as_slice()));
    Some(vec![
        ("json", api.request("POST", PATH, "application/json", Bytes::from(body.to_string()))),
        ("form", api.request("POST", PATH, form, Bytes::from(encoded(pairs)))),
        ("query", api.request("POST", &format!("{PATH}?{query}"), "", Bytes::empty())),
        ("multipart", multipart(api, PATH, &parts, file)),
        ("brackets", api.request("POST", PATH, form, Bytes::from(encoded(brackets(&body))))),
    ])
}

fn cut(title: &str) -> String {
    title.chars().take(TITLE_CHARS).collect()
}

/// A template as the person sees it: what was sent, with its labels cut.
fn on_screen(template: &Template) -> Value {
    let mut shown = json!(template);
    let in_elements = shown["elements"].as_array().map_or(0, Vec::len);
    let cut_all = |buttons: &mut Value| {
        for button in buttons.as_array_mut().into_iter().flatten() {
            button["title"] = json!(cut(button["title"].as_str().unwrap()));
        }
    };
    for place in 0..in_elements {
        cut_all(&mut shown["elements"][place]["buttons"]);
        // Indexing leaves a null where there was nothing.
        shown["elements"][place].as_object_mut().unwrap().retain(|_, value| !value.is_null());
    }
    if matches!(template, Template::Button { .. }) {
        cut_all(&mut shown["buttons"]);
    }
    shown
}

/// A card as it is read back: of its buttons the first one, else what a tap on it opens (contract read 1.7).
fn card(title: &str, element: &Element) -> Value {
    let action = element.default_action.as_ref().map(|action| json!(action));
    let cta = element.buttons.first().map(|button| match button {
        Button::WebUrl { url, title } => json!({"title": title, "type": "web_url", "url": url}),
        Button::Postback { title, .. } => json!({"title": title, "type": "postback"}),
    });
    let mut card = json!({
        "title": title, "subtitle": element.subtitle, "media_url": element.image_url, "cta": cta.or(action),
    });
    card.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    json!({ "generic_template": card })
}

/// Compares what everybody was told with what was said.
fn check(told: &Value, said: &Message, question: Option<&str>) {
    let (echo, read, seen) = (&told["echo"], &told["read"], &told["seen"]);
    assert_eq!(echo["is_echo"], json!(true));
    assert_eq!(echo.get("metadata").and_then(Value::as_str), said.metadata.as_deref());
    for answered in [&echo["reply_to"]["mid"], &read["reply_to"]["mid"], &seen["reply_to"]] {
        assert_eq!(answered.as_str(), question);
    }
    assert_eq!(read["reply_to"]["is_self_reply"].as_bool(), question.map(|_| false));
    let attachments = [&echo["attachments"], &read["attachments"]["data"], &seen["attachments"]];
    let counts = attachments.map(|list| list.as_array().map_or(0, Vec::len));
    match &said.content {
        Content::Text { text, quick_replies } => {
            assert_eq!([&echo["text"], &read["message"], &seen["text"]], [text; 3]);
            assert_eq!(counts, [0; 3]);
            // She has neither a phone number nor an address in her profile.
            let titles: Vec<String> = quick_replies
                .iter()
                .filter_map(|reply| match reply {
                    QuickReply::Text { title, .. } => Some(cut(title)),
                    QuickReply::UserPhoneNumber | QuickReply::UserEmail => None,
                })
                .collect();
            let shown: Vec<&str> = seen["quick_replies"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|reply| reply["title"].as_str())
                .collect();
            assert_eq!(shown, titles);
        }
        Content::Media(files) => {
            assert_eq!(counts, [files.len(); 3]);
            for (place, file) in files.iter().enumerate() {
                let kind = json!(file.kind.name());
                assert_eq!((&echo["attachments"][place]["type"], &seen["attachments"][place]["type"]), (&kind, &kind));
                let bytes = &seen["attachments"][place]["url"];
                assert!(bytes.as_str().is_some_and(|bytes| bytes.ends_with(" bytes")), "{bytes}");
                assert_eq!(&echo["attachments"][place]["payload"]["url"], bytes);
                let stored = &read["attachments"]["data"][place];
                let stored = match file.kind {
                    MediaKind::Image => &stored["image_data"]["url"],
                    MediaKind::Video => &stored["video_data"]["url"],
                    MediaKind::Audio | MediaKind::File => &stored["file_url"],
                };
                assert_eq!(stored, bytes);
            }
            let asked = files.iter().any(|file| file.is_reusable && !matches!(file.source, Source::AttachmentId(_)));
            assert_eq!(told["has_attachment_id"], json!(asked && files.len() == 1));
        }
        Content::LikeHeart => {
            assert_eq!(counts, [1; 3]);
            assert_eq!(
                (&echo["attachments"][0]["type"], &seen["attachments"][0]["type"]),
                (&json!("like_heart"), &json!("like_heart"))
            );
            assert_eq!(read["attachments"]["data"][0]["image_data"]["render_as_sticker"], true);
        }
        Content::MediaShare(id) => {
            let (told, shown, stored) =
                (&echo["attachments"][0]["payload"], &seen["attachments"][0], &read["shares"]["data"][0]);
            assert_eq!([&told["ig_post_media_id"], &shown["id"], &stored["id"]], [&json!(id); 3]);
            assert!(shown["url"].is_string());
            let picture = told["url"].as_str().unwrap_or_default();
            assert!(picture.starts_with("image/svg+xml of "), "the address serves it: {picture}");
            assert_eq!(stored["link"], picture);
        }
        Content::Template(template) => {
            assert_eq!(seen["template"], on_screen(template));
            let (name, sent) = match template {
                Template::Generic { elements } => {
                    let cards: Vec<Value> = elements.iter().map(|element| card(&element.title, element)).collect();
                    assert_eq!(read["attachments"]["data"], json!(cards));
                    ("generic", json!({"elements": elements}))
                }
                Template::Button { text, buttons } => {
                    let below = Element { buttons: buttons.clone(), ..Element::default() };
                    assert_eq!(read["attachments"]["data"], json!([card(text, &below)]));
                    assert_eq!([&read["message"], &seen["text"]], [&json!(text); 2]);
                    ("button", json!({"text": text, "buttons": buttons}))
                }
                Template::Product { elements } => {
                    let stored = &read["shares"]["data"][0]["template"]["payload"]["product"]["elements"]["data"];
                    assert_eq!(stored, &json!(elements));
                    ("product", json!({"elements": elements}))
                }
            };
            assert_eq!(echo["attachments"][0]["payload"][name], sent);
        }
    }
}

#[tokio::test]
async fn a_message_is_the_same_in_each_of_five_encodings() {
    let everybody = Everybody::meet().await;
    let mut runner = TestRunner::deterministic();
    let mut cases = 0;
    while cases < CASES {
        let random = message().new_tree(&mut runner).unwrap().current();
        let answers = cases % 3 == 0;
        let send = everybody.real(random, answers);
        let Some(requests) = requests(&everybody.world.page(), &send) else { continue };
        let Body::Message(said) = &send.body else { continue };
        let mut first: Option<Value> = None;
        for (encoding, request) in requests {
            let told = everybody.told(request).await;
            match &first {
                None => {
                    check(&told, said, answers.then_some(everybody.question.as_str()));
                    first = Some(told);
                }
                Some(first) => assert_eq!(&told, first, "{encoding} of {}", send.to_json()),
            }
        }
        cases += 1;
    }
}
