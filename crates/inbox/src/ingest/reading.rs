//! What an event means: pure, and never an error. What nobody knows is an event of kind `unknown` with all that was told.

use serde_json::{Map, Value, json};
use wire::time::Millis;
use wire::webhook::{Event, Messaging, Referral};

use super::split::word;
use crate::facts::{Attachment, Content, Side, Story};

/// Kinds of attachments that have a face of their own; two spellings of one kind stand for it (contract webhooks 3.2).
const KINDS: &[(&str, &str)] = &[
    ("image", "image"),
    ("video", "video"),
    ("audio", "audio"),
    ("file", "file"),
    ("share", "share"),
    ("ig_post", "share"),
    ("ig_reel", "reel"),
    ("reel", "reel"),
    ("story_mention", "story_mention"),
    ("ig_story", "story_share"),
    ("story", "story_share"),
    ("media", "share"),
    ("template", "template"),
    ("ephemeral", "ephemeral"),
    ("like_heart", "like_heart"),
    ("fallback", "share"),
    ("sticker", "image"),
];

/// An event, read.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// Whose account was told of, `entry[].id`.
    pub account: String,
    /// The person at the other end, where there is one.
    pub customer: Option<String>,
    /// When it happened.
    pub at: Millis,
    /// Whether another app controls the thread; `None` where the event does not say.
    pub standby: Option<bool>,
    /// What happened.
    pub what: What,
}

/// What happened.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// A message, or an event that stands in the thread like one.
    Message(Heard),
    /// A message was unsent.
    Unsent {
        /// Which.
        mid: String,
        /// By whom.
        side: Side,
    },
    /// A message was edited.
    Edited {
        /// Which.
        mid: String,
        /// What it says now.
        text: String,
        /// How often it was edited so far.
        edits: u32,
    },
    /// Somebody reacted; without an emoji they took it back.
    Reacted {
        /// To what.
        mid: String,
        /// Who.
        side: Side,
        /// How.
        emoji: Option<String>,
    },
    /// The person has seen a message.
    Seen {
        /// Which.
        mid: String,
    },
    /// Somebody commented on a post.
    Comment(Commented),
    /// Something that belongs to no thread; the word says what.
    Account(String),
}

/// A message as it was told.
#[derive(Debug, Clone, PartialEq)]
pub struct Heard {
    /// The platform's id, if it has one.
    pub mid: Option<String>,
    /// Who wrote.
    pub side: Side,
    /// What it is.
    pub kind: String,
    /// Its text.
    pub text: Option<String>,
    /// What else belongs to it.
    pub content: Content,
    /// Whether the person acts, so that the window opens (contract send 3.1).
    pub opens: bool,
    /// Whether it is something that was said, so that it can be unread.
    pub said: bool,
}

/// A comment as it was told.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Commented {
    /// The platform's id.
    pub id: String,
    /// Whose; the account's own id when the owner comments.
    pub from: Option<String>,
    /// The author's username.
    pub username: Option<String>,
    /// The text.
    pub text: Option<String>,
    /// The post.
    pub media_id: Option<String>,
    /// The kind of post.
    pub product: Option<String>,
    /// The comment that it answers.
    pub parent_id: Option<String>,
    /// Whether it was made during a broadcast.
    pub live: bool,
}

/// Reads the body that `split` made of an event. `received` stands in where no time was told.
pub fn read(body: &str, received: Millis) -> Reading {
    let body: Value = serde_json::from_str(body).unwrap_or_default();
    let account = word(&body["entry"]).unwrap_or_default();
    let element = &body["element"];
    let channel = body["channel"].as_str().unwrap_or_default();
    let at = time(&element["timestamp"]).or_else(|| time(&body["time"])).unwrap_or(received);
    let at = if (at.get() - received.get()).abs() > FARTHEST { received } else { at };
    match channel {
        "messaging" | "standby" if element.is_object() => {
            let standby = Some(channel == "standby");
            let (customer, what) = of_thread(element, &account);
            Reading { account, customer, at, standby, what }
        }
        "changes" => {
            let what = of_change(element);
            let customer = match &what {
                What::Comment(comment) => comment.from.clone(),
                _ => None,
            };
            Reading { account, customer, at, standby: None, what }
        }
        _ => Reading { account, customer: None, at, standby: None, what: What::Account("unknown".to_owned()) },
    }
}

/// Ten years: a time farther away than that is none.
const FARTHEST: i64 = 10 * 366 * 24 * 3_600_000;
/// Times below this are seconds, which is the year 1973 in milliseconds (contract webhooks 1.7, 2.1).
const SECONDS: i64 = 100_000_000_000;

fn time(value: &Value) -> Option<Millis> {
    let number = value.as_i64().or_else(|| value.as_str()?.parse().ok()).filter(|number| *number > 0)?;
    Some(Millis::new(if number < SECONDS { number * 1000 } else { number }))
}

fn of_thread(element: &Value, account: &str) -> (Option<String>, What) {
    let (sender, recipient) = (word(&element["sender"]["id"]), word(&element["recipient"]["id"]));
    let own = sender.as_deref() == Some(account);
    let customer = if own { recipient } else { sender };
    let side = if own { Side::Business } else { Side::Person };
    // What is missing is put in, so that the event is read although its frame is damaged.
    let mut whole = element.as_object().cloned().unwrap_or_default();
    whole.insert("recipient".to_owned(), json!({"id": "0"}));
    whole.insert("timestamp".to_owned(), json!(0));
    let event = serde_json::from_value::<Messaging>(Value::Object(whole)).map(|messaging| messaging.event);
    let what = match event {
        Ok(event) => of_event(event, side, element),
        Err(_) => other("unknown", side, element),
    };
    let nobody = customer.is_none() && !matches!(what, What::Account(_));
    let what = if nobody { What::Account(element_kind(element)) } else { what };
    (customer, what)
}

/// The first key that is no part of the frame.
fn element_kind(element: &Value) -> String {
    let frame = ["sender", "recipient", "timestamp", "is_self"];
    let rest = element.as_object().and_then(|map| map.keys().find(|key| !frame.contains(&key.as_str())).cloned());
    rest.unwrap_or_else(|| "unknown".to_owned())
}

fn of_event(event: Event, side: Side, element: &Value) -> What {
    let clean = |text: String| text.replace('\0', "\u{fffd}");
    match event {
        Event::Message(message) if message.mid.is_empty() => other("unknown", side, element),
        Event::Message(message) if message.is_deleted => {
            let side = if message.is_echo { Side::Business } else { side };
            What::Unsent { mid: clean(message.mid), side }
        }
        Event::Message(message) => {
            let side = if message.is_echo || message.is_self { Side::Business } else { side };
            let attachments: Vec<Attachment> = message.attachments.iter().map(attachment).collect();
            let (reply_to, story) = match message.reply_to {
                Some(answered) => {
                    let story =
                        answered.story.map(|story| Story { id: word(&json!(story.id)), url: word(&json!(story.url)) });
                    (answered.mid, story)
                }
                None => (None, None),
            };
            let kind = match attachments.first() {
                _ if message.is_unsupported => "unsupported",
                Some(first) => KINDS.iter().find(|row| row.0 == first.kind).map_or("unknown", |row| row.1),
                None if story.is_some() => "story_reply",
                None if message.text.is_some() => "text",
                None => "unknown",
            };
            let raw = (kind == "unknown").then(|| element.clone());
            let content = Content {
                attachments,
                reply_to,
                story,
                payload: message.quick_reply.map(|tapped| tapped.payload),
                referral: message.referral.as_ref().map(referral),
                raw,
            };
            What::Message(Heard {
                mid: Some(clean(message.mid)),
                side,
                kind: kind.to_owned(),
                text: message.text.map(clean),
                content,
                opens: side == Side::Person,
                said: true,
            })
        }
        Event::Reaction(reaction) => {
            let emoji = (reaction.action != "unreact").then(|| reaction.emoji.or(reaction.reaction)).flatten();
            What::Reacted { mid: clean(reaction.mid), side, emoji: emoji.map(clean) }
        }
        Event::Read(read) => What::Seen { mid: clean(read.mid) },
        Event::MessageEdit(edit) => match edit.text {
            // An edit without a number or a text is what some apps get in place of a message (contract webhooks 3.13).
            Some(text) if edit.num_edit > 0 => {
                let edits = u32::try_from(edit.num_edit.min(1_000_000)).unwrap_or_default();
                What::Edited { mid: clean(edit.mid), text: clean(text), edits }
            }
            _ => other("unknown", side, element),
        },
        Event::Postback(postback) => What::Message(Heard {
            mid: postback.mid.map(clean).filter(|mid| !mid.is_empty()),
            side,
            kind: "postback".to_owned(),
            text: postback.title.map(clean),
            content: Content {
                payload: postback.payload,
                referral: postback.referral.as_ref().map(referral),
                ..Content::default()
            },
            opens: side == Side::Person,
            said: true,
        }),
        Event::Referral(_) => {
            let What::Message(heard) = other("referral", side, element) else {
                return other("referral", side, element);
            };
            What::Message(Heard { opens: side == Side::Person, ..heard })
        }
        Event::Optin(_) => other("optin", side, element),
        Event::ResponseFeedback(_) => other("feedback", side, element),
        Event::PassThreadControl(_) => other("control_passed", Side::Business, element),
        Event::TakeThreadControl(_) => other("control_taken", Side::Business, element),
        Event::RequestThreadControl(_) => other("control_requested", Side::Business, element),
        Event::AppRoles(_) => What::Account("app_roles".to_owned()),
        Event::PolicyEnforcement(_) => What::Account("policy_enforcement".to_owned()),
        Event::Unknown(_) => other("unknown", side, element),
    }
}

/// An event that stands in the thread with all that was told.
fn other(kind: &str, side: Side, element: &Value) -> What {
    let content = Content { raw: Some(element.clone()), ..Content::default() };
    What::Message(Heard { mid: None, side, kind: kind.to_owned(), text: None, content, opens: false, said: false })
}

fn referral(referral: &Referral) -> Value {
    json!(referral)
}

fn attachment(attachment: &wire::webhook::Attachment) -> Attachment {
    let empty = Map::new();
    let payload = attachment.payload.as_ref().and_then(Value::as_object).unwrap_or(&empty);
    let first = |names: &[&str]| names.iter().find_map(|name| word(payload.get(*name)?));
    Attachment {
        kind: attachment.kind.clone(),
        url: first(&["url", "story_media_url"]),
        title: first(&["title"]),
        media_id: first(&["ig_post_media_id", "reel_video_id", "story_media_id"]),
        payload: (attachment.kind == "template").then(|| attachment.payload.clone()).flatten(),
    }
}

fn of_change(change: &Value) -> What {
    let field = change["field"].as_str().unwrap_or("unknown");
    let value = &change["value"];
    let id = word(&value["id"]).or_else(|| word(&value["comment_id"]));
    match (field, id) {
        ("comments" | "live_comments", Some(id)) => What::Comment(Commented {
            id,
            from: word(&value["from"]["id"]),
            username: word(&value["from"]["username"]),
            text: word(&value["text"]),
            media_id: word(&value["media"]["id"]),
            product: word(&value["media"]["media_product_type"]),
            parent_id: word(&value["parent_id"]),
            live: field == "live_comments",
        }),
        _ => What::Account(field.chars().take(60).collect()),
    }
}
