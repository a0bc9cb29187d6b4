//! Everything that `parlance trigger` can make happen: one table.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

/// Something that can happen.
pub(crate) struct Kind {
    /// What it is called.
    pub(crate) name: &'static str,
    /// What it is.
    pub(crate) doc: &'static str,
    /// The webhook field in which apps are told of it; empty where they are not.
    pub(crate) field: &'static str,
    /// Its particulars; `from` and `to` go without saying.
    pub(crate) keys: &'static [(&'static str, Need)],
    /// How it is asked for.
    pub(crate) call: Call,
}

/// Whether a particular must be given.
#[derive(Clone, Copy)]
pub(crate) enum Need {
    /// It must.
    Must,
    /// It may be left out.
    May,
    /// It has this value when it is left out.
    Usually(&'static str),
}

/// A call of the emulator's surface. In a path `{key}` stands for the value of a key.
pub(crate) enum Call {
    /// A POST of this body to this path below the person, with the account as `to`.
    Post(&'static str, fn(&Given<'_>) -> Value),
    /// The same with the account as `with`.
    PostWith(&'static str),
    /// A DELETE of this path below the person, with the account as `with`.
    Delete(&'static str),
    /// A POST of this body to this path below the account, with the person as `to` unless the body says otherwise.
    AccountPost(&'static str, fn(&Given<'_>) -> Value),
    /// A DELETE of this path below the account, with the person as `with`.
    AccountDelete(&'static str),
}

/// The values of the particulars, `from` and `to` among them.
pub(crate) struct Given<'a>(pub(crate) HashMap<&'a str, &'a str>);

/// A call with everything filled in.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Request {
    /// Whether it is a DELETE, and not a POST.
    pub(crate) is_delete: bool,
    /// Path behind `/_parlance/`.
    pub(crate) path: String,
    /// Body of a POST.
    pub(crate) body: Value,
}

impl Given<'_> {
    /// A value, or null.
    fn get(&self, key: &str) -> Value {
        json!(self.0.get(key))
    }

    fn text(&self, key: &str) -> &str {
        self.0.get(key).copied().unwrap_or_default()
    }

    /// A value as a number; as it is where it is none, so that the emulator says what is wrong.
    fn number(&self, key: &str) -> Value {
        let text = self.0.get(key).copied().unwrap_or_default();
        text.parse::<i64>().map_or_else(|_| json!(text), |number| json!(number))
    }

    /// A path with the values filled in.
    fn path(&self, path: &str) -> String {
        self.0.iter().fold(path.to_owned(), |path, (key, value)| path.replace(&format!("{{{key}}}"), value))
    }
}

impl Kind {
    /// The call that makes it happen.
    pub(crate) fn request(&self, given: &Given<'_>) -> Request {
        let (from, to) = (given.text("from"), given.text("to"));
        let person = |path: &str| format!("people/{from}/{}", given.path(path));
        let account = |path: &str| format!("accounts/{to}/{}", given.path(path));
        let post = |path, body| Request { is_delete: false, path, body };
        let delete =
            |path, with: &str| Request { is_delete: true, path: format!("{path}?with={with}"), body: Value::Null };
        match self.call {
            Call::Post(path, body) => {
                let mut body = body(given);
                body["to"] = json!(to);
                post(person(path), body)
            }
            Call::PostWith(path) => post(person(path), json!({ "with": to })),
            Call::Delete(path) => delete(person(path), to),
            Call::AccountPost(path, body) => {
                let mut body = body(given);
                if body["to"].is_null() {
                    body["to"] = json!(from);
                }
                post(account(path), body)
            }
            Call::AccountDelete(path) => delete(account(path), from),
        }
    }
}

/// The kind of that name.
pub(crate) fn find(name: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.name == name)
}

use Call::{AccountDelete, AccountPost, Delete, Post, PostWith};
use Need::{May, Must, Usually};

fn nothing(_: &Given<'_>) -> Value {
    json!({})
}

/// The files that `url` and `asset` name, white space between them, of the types that `type` names; the last type goes for the rest.
fn files(given: &Given<'_>) -> Vec<Value> {
    let mut types = given.text("type").split_whitespace();
    let mut kind = types.next().unwrap_or_default();
    let of = |key: &'static str| given.text(key).split_whitespace().map(move |value| (key, value));
    let named = of("url").map(|(_, url)| ("url", url)).chain(of("asset").map(|(_, asset)| ("asset_id", asset)));
    let mut files = Vec::new();
    for (number, (key, value)) in named.enumerate() {
        if number > 0 {
            kind = types.next().unwrap_or(kind);
        }
        files.push(json!({"type": kind, key: value}));
    }
    files
}

/// One file of a type.
fn file(kind: &str, given: &Given<'_>) -> Value {
    json!({"attachments": [{"type": kind, "url": given.get("url"), "asset_id": given.get("asset")}]})
}

/// Counts, as far as they are given as numbers.
fn counts(given: &Given<'_>, names: &[&str]) -> Value {
    let count = |name: &&str| Some(((*name).to_owned(), json!(given.text(name).parse::<u32>().ok()?)));
    Value::Object(names.iter().filter_map(count).collect::<Map<_, _>>())
}

/// What a story's end tells.
const INSIGHTS: [&str; 6] = ["impressions", "reach", "taps_forward", "taps_back", "exits", "replies"];

/// Every kind, in the order in which they are listed.
pub(crate) const KINDS: &[Kind] = &[
    Kind {
        name: "text",
        doc: "a person writes",
        field: "messages",
        keys: &[("text", Usually("Hello!")), ("reply_to", May), ("ref", May)],
        call: Post("messages", |g| json!({"text": g.get("text"), "reply_to": g.get("reply_to"), "ref": g.get("ref")})),
    },
    Kind {
        name: "media",
        doc: "a person sends files",
        field: "messages",
        keys: &[("type", Usually("image")), ("url", May), ("asset", May)],
        call: Post("messages", |g| json!({"attachments": files(g)})),
    },
    Kind {
        name: "heart",
        doc: "a person sends the heart",
        field: "messages",
        keys: &[],
        call: Post("messages", |_| json!({"attachments": [{"type": "like_heart"}]})),
    },
    Kind {
        name: "share",
        doc: "a person shares a post, reel or story of the account",
        field: "messages",
        keys: &[("media", Must), ("text", May)],
        call: Post(
            "messages",
            |g| json!({"text": g.get("text"), "attachments": [{"type": "share", "id": g.get("media")}]}),
        ),
    },
    Kind {
        name: "sticker",
        doc: "a person sends a sticker or an animated picture",
        field: "messages",
        keys: &[("url", May), ("asset", May)],
        call: Post("messages", |g| file("sticker", g)),
    },
    Kind {
        name: "ephemeral",
        doc: "a person sends something to be seen once",
        field: "messages",
        keys: &[],
        call: Post("messages", |_| json!({"attachments": [{"type": "ephemeral"}]})),
    },
    Kind {
        name: "unsupported",
        doc: "a person sends what the API cannot show",
        field: "messages",
        keys: &[],
        call: Post("messages", |_| json!({"attachments": [{"type": "unsupported"}]})),
    },
    Kind {
        name: "attachment",
        doc: "a person sends an attachment of any type",
        field: "messages",
        keys: &[("type", Usually("fallback")), ("payload", May)],
        call: Post("messages", |g| {
            let payload = serde_json::from_str(g.text("payload")).unwrap_or(Value::Null);
            json!({"attachments": [{"type": g.get("type"), "payload": payload}]})
        }),
    },
    Kind {
        name: "product",
        doc: "a person comes from a product's page and writes",
        field: "messages",
        keys: &[("product", Must), ("text", Usually("Size M?"))],
        call: Post("messages", |g| json!({"text": g.get("text"), "product": g.get("product")})),
    },
    Kind {
        name: "story_reply",
        doc: "a person answers a story of the account",
        field: "messages",
        keys: &[("story", Must), ("text", Usually("Love it!"))],
        call: Post("messages", |g| json!({"text": g.get("text"), "story": g.get("story")})),
    },
    Kind {
        name: "story_mention",
        doc: "a person's story mentions the account",
        field: "messages",
        keys: &[("url", May), ("asset", May)],
        call: Post("messages", |g| file("story_mention", g)),
    },
    Kind {
        name: "end_mention",
        doc: "a person takes down the story that mentions it",
        field: "",
        keys: &[("message", Must)],
        call: Delete("stories/{message}"),
    },
    Kind {
        name: "ad",
        doc: "a person comes by an ad and writes",
        field: "messages",
        keys: &[
            ("ad_id", Must),
            ("text", Usually("Hello!")),
            ("ref", May),
            ("title", May),
            ("photo_url", May),
            ("video_url", May),
            ("app", May),
            ("days", Usually("1")),
        ],
        call: Post("messages", |g| {
            let ad = json!({
                "ad_id": g.get("ad_id"), "ref": g.get("ref"), "ad_title": g.get("title"),
                "photo_url": g.get("photo_url"), "video_url": g.get("video_url"), "receiving_app_id": g.get("app"),
                "receiving_app_control_expiration": g.number("days"),
            });
            json!({"text": g.get("text"), "ad": ad})
        }),
    },
    Kind {
        name: "quick_reply",
        doc: "a person taps a quick reply",
        field: "messages",
        keys: &[("title", Must)],
        call: Post("taps", |g| json!({"quick_reply": g.get("title")})),
    },
    Kind {
        name: "ice_breaker",
        doc: "a person taps an ice breaker",
        field: "messaging_postbacks",
        keys: &[("question", Must), ("ref", May)],
        call: Post("taps", |g| json!({"ice_breaker": g.get("question"), "ref": g.get("ref")})),
    },
    Kind {
        name: "menu",
        doc: "a person taps an item of the persistent menu",
        field: "messaging_postbacks",
        keys: &[("title", Must)],
        call: Post("taps", |g| json!({"menu_item": g.get("title")})),
    },
    Kind {
        name: "button",
        doc: "a person taps a template's button",
        field: "messaging_postbacks",
        keys: &[("title", Must), ("message", May)],
        call: Post("taps", |g| json!({"button": g.get("title"), "message_id": g.get("message")})),
    },
    Kind {
        name: "link",
        doc: "a person follows an ig.me link",
        field: "messaging_referral",
        keys: &[("ref", May), ("app", May)],
        call: Post("links", |g| json!({"ref": g.get("ref"), "receiving_app_id": g.get("app")})),
    },
    Kind {
        name: "react",
        doc: "a person reacts to a message",
        field: "message_reactions",
        keys: &[("message", Must), ("reaction", Usually("love"))],
        call: Post("reactions", |g| json!({"message_id": g.get("message"), "reaction": g.get("reaction")})),
    },
    Kind {
        name: "unreact",
        doc: "a person takes a reaction back",
        field: "message_reactions",
        keys: &[("message", Must)],
        call: Delete("reactions/{message}"),
    },
    Kind {
        name: "edit",
        doc: "a person edits a text of theirs",
        field: "message_edit",
        keys: &[("message", Must), ("text", Must)],
        call: Post("messages/{message}", |g| json!({"text": g.get("text")})),
    },
    Kind {
        name: "unsend",
        doc: "a person takes a message of theirs back",
        field: "messages",
        keys: &[("message", Must)],
        call: Delete("messages/{message}"),
    },
    Kind {
        name: "seen",
        doc: "a person opens the thread",
        field: "messaging_seen",
        keys: &[],
        call: PostWith("opens"),
    },
    Kind {
        name: "typing",
        doc: "a person types, which nobody is told",
        field: "",
        keys: &[],
        call: Post("typings", nothing),
    },
    Kind { name: "visit", doc: "a person looks at the profile", field: "", keys: &[], call: Post("visits", nothing) },
    Kind { name: "follow", doc: "a person follows the account", field: "", keys: &[], call: Post("follows", nothing) },
    Kind { name: "unfollow", doc: "a person follows it no more", field: "", keys: &[], call: Delete("follows") },
    Kind { name: "block", doc: "a person blocks the account", field: "", keys: &[], call: Post("blocks", nothing) },
    Kind { name: "unblock", doc: "a person blocks it no more", field: "", keys: &[], call: Delete("blocks") },
    Kind { name: "remove", doc: "a person deletes the thread", field: "", keys: &[], call: Delete("messages") },
    Kind {
        name: "comment",
        doc: "a person comments on a post",
        field: "comments",
        keys: &[("media", Must), ("text", Usually("Nice!")), ("parent", May)],
        call: Post(
            "comments",
            |g| json!({"media_id": g.get("media"), "text": g.get("text"), "parent_id": g.get("parent")}),
        ),
    },
    Kind {
        name: "uncomment",
        doc: "a person deletes a comment of theirs",
        field: "",
        keys: &[("comment", Must)],
        call: Delete("comments/{comment}"),
    },
    Kind {
        name: "mention",
        doc: "a person names the account in a post of theirs",
        field: "mentions",
        keys: &[("in", Usually("caption")), ("text", Usually("With @harbor.knits")), ("media", May)],
        call: Post("mentions", |g| json!({"in": g.get("in"), "text": g.get("text"), "media_id": g.get("media")})),
    },
    Kind {
        name: "optin",
        doc: "a person opts in to notifications",
        field: "messaging_optins",
        keys: &[
            ("title", Usually("Drop alerts")),
            ("payload", Usually("DROPS")),
            ("frequency", May),
            ("timezone", May),
            ("stopped", May),
        ],
        call: Post("optins", |g| {
            json!({
                "title": g.get("title"), "payload": g.get("payload"), "frequency": g.get("frequency"),
                "timezone": g.get("timezone"), "stopped": g.text("stopped") == "true",
            })
        }),
    },
    Kind {
        name: "feedback",
        doc: "a person sets a thumb under an app's message",
        field: "response_feedback",
        keys: &[("message", Must), ("feedback", Usually("good"))],
        call: Post("feedback", |g| json!({"message_id": g.get("message"), "feedback": g.get("feedback")})),
    },
    Kind {
        name: "by_hand",
        doc: "the business writes in the app itself",
        field: "messages",
        keys: &[("text", Usually("We do, 3 days.")), ("reply_to", May), ("story", May)],
        call: AccountPost(
            "messages",
            |g| json!({"text": g.get("text"), "reply_to": g.get("reply_to"), "story": g.get("story")}),
        ),
    },
    Kind {
        name: "unsend_by_hand",
        doc: "the business takes a message of its own back",
        field: "messages",
        keys: &[("message", Must)],
        call: AccountDelete("messages/{message}"),
    },
    Kind {
        name: "self",
        doc: "the business writes to itself",
        field: "messages",
        keys: &[("text", Usually("preview"))],
        call: AccountPost("messages", |g| json!({"to": g.get("to"), "text": g.get("text")})),
    },
    Kind {
        name: "self_tap",
        doc: "the business taps what it offers itself",
        field: "messaging_postbacks",
        keys: &[("menu", May), ("button", May)],
        call: AccountPost("taps", |g| json!({"menu_item": g.get("menu"), "button": g.get("button")})),
    },
    Kind {
        name: "own_comment",
        doc: "the account comments on a post of its own",
        field: "comments",
        keys: &[("media", Must), ("text", Usually("Thank you all!")), ("parent", May)],
        call: AccountPost(
            "comments",
            |g| json!({"media_id": g.get("media"), "text": g.get("text"), "parent_id": g.get("parent")}),
        ),
    },
    Kind {
        name: "follow_by_hand",
        doc: "the account follows the person",
        field: "",
        keys: &[],
        call: AccountPost("follows", nothing),
    },
    Kind {
        name: "unfollow_by_hand",
        doc: "the account follows the person no more",
        field: "",
        keys: &[],
        call: AccountDelete("follows"),
    },
    Kind {
        name: "remove_app",
        doc: "the account's owner takes an app off",
        field: "",
        keys: &[("app", Must)],
        call: AccountDelete("apps/{app}"),
    },
    Kind {
        name: "ask_deletion",
        doc: "the account's owner wants their data deleted",
        field: "",
        keys: &[("app", Must)],
        call: AccountPost("apps/{app}/data_deletion", nothing),
    },
    Kind {
        name: "publish",
        doc: "the account publishes a post",
        field: "",
        keys: &[
            ("type", Usually("FEED")),
            ("caption", May),
            ("link", May),
            ("ad_id", May),
            ("ad_title", May),
            ("original", May),
        ],
        call: AccountPost("media", |g| {
            let ad = json!({
                "ad_id": g.get("ad_id"), "ad_title": g.get("ad_title"), "original_media_id": g.get("original"),
            });
            let is_ad = ["ad_id", "ad_title", "original"].iter().any(|key| g.0.contains_key(key));
            json!({
                "media_product_type": g.get("type"), "caption": g.text("caption"), "link_url": g.get("link"),
                "ad": if is_ad { ad } else { Value::Null },
            })
        }),
    },
    Kind {
        name: "end_story",
        doc: "a story of the account ends before its day is over",
        field: "story_insights",
        keys: &[
            ("media", Must),
            ("impressions", May),
            ("reach", May),
            ("taps_forward", May),
            ("taps_back", May),
            ("exits", May),
            ("replies", May),
        ],
        call: AccountPost("media/{media}", |g| json!({"ended": true, "insights": counts(g, &INSIGHTS)})),
    },
    Kind {
        name: "end_broadcast",
        doc: "a broadcast of the account ends",
        field: "",
        keys: &[("media", Must)],
        call: AccountPost("media/{media}", |_| json!({"ended": true})),
    },
    Kind {
        name: "enforcement",
        doc: "the platform warns, blocks or unblocks the account",
        field: "messaging_policy_enforcement",
        keys: &[("action", Usually("warning")), ("reason", May)],
        call: AccountPost("enforcements", |g| json!({"action": g.get("action"), "reason": g.get("reason")})),
    },
    Kind {
        name: "pass",
        doc: "an app passes the person's thread on",
        field: "messaging_handover",
        keys: &[("app", Must), ("target", May), ("metadata", May)],
        call: Post("control", |g| {
            let (app, target, metadata) = (g.get("app"), g.get("target"), g.get("metadata"));
            json!({"act": "pass", "app": app, "target_app": target, "metadata": metadata})
        }),
    },
    Kind {
        name: "take",
        doc: "an app takes the person's thread",
        field: "messaging_handover",
        keys: &[("app", Must), ("metadata", May)],
        call: Post("control", |g| json!({"act": "take", "app": g.get("app"), "metadata": g.get("metadata")})),
    },
    Kind {
        name: "request",
        doc: "an app asks for the person's thread",
        field: "messaging_handover",
        keys: &[("app", Must), ("metadata", May)],
        call: Post("control", |g| json!({"act": "request", "app": g.get("app"), "metadata": g.get("metadata")})),
    },
    Kind {
        name: "release",
        doc: "an app gives the person's thread up",
        field: "",
        keys: &[("app", Must)],
        call: Post("control", |g| json!({"act": "release", "app": g.get("app")})),
    },
    Kind {
        name: "extend",
        doc: "an app keeps the person's thread for longer",
        field: "",
        keys: &[("app", Must), ("seconds", Usually("604800"))],
        call: Post("control", |g| json!({"act": "extend", "app": g.get("app"), "duration": g.number("seconds")})),
    },
];
