//! Everything that `parlance trigger` can make happen: one table.

use std::collections::HashMap;

use serde_json::{Value, json};

/// Something that can happen.
pub(super) struct Kind {
    /// What it is called.
    pub(super) name: &'static str,
    /// What it is.
    pub(super) doc: &'static str,
    /// Its particulars; `from` and `to` go without saying.
    pub(super) keys: &'static [(&'static str, Need)],
    /// How it is asked for.
    pub(super) call: Call,
}

/// Whether a particular must be given.
#[derive(Clone, Copy)]
pub(super) enum Need {
    /// It must.
    Must,
    /// It may be left out.
    May,
    /// It has this value when it is left out.
    Usually(&'static str),
}

/// A call of the emulator's surface, below the person.
pub(super) enum Call {
    /// A POST of this body to this path, with the account as `to`.
    Post(&'static str, fn(&Given<'_>) -> Value),
    /// The same with the account as `with`.
    PostWith(&'static str),
    /// A DELETE of this path, with the account as `with`. `{key}` stands for the value of a key.
    Delete(&'static str),
}

/// The values of the particulars.
pub(super) struct Given<'a>(pub(super) HashMap<&'a str, &'a str>);

impl Given<'_> {
    /// A value, or null.
    fn get(&self, key: &str) -> Value {
        json!(self.0.get(key))
    }

    /// A value as a number; as it is where it is none, so that the emulator says what is wrong.
    fn number(&self, key: &str) -> Value {
        let text = self.0.get(key).copied().unwrap_or_default();
        text.parse::<i64>().map_or_else(|_| json!(text), |number| json!(number))
    }

    /// A path with the values filled in.
    pub(super) fn path(&self, path: &str) -> String {
        self.0.iter().fold(path.to_owned(), |path, (key, value)| path.replace(&format!("{{{key}}}"), value))
    }
}

use Call::{Delete, Post, PostWith};
use Need::{May, Must, Usually};

fn nothing(_: &Given<'_>) -> Value {
    json!({})
}

/// Every kind, in the order in which they are listed.
pub(super) const KINDS: &[Kind] = &[
    Kind {
        name: "text",
        doc: "a person writes",
        keys: &[("text", Usually("Hello!")), ("reply_to", May), ("ref", May)],
        call: Post("messages", |g| json!({"text": g.get("text"), "reply_to": g.get("reply_to"), "ref": g.get("ref")})),
    },
    Kind {
        name: "media",
        doc: "a person sends a file",
        keys: &[("type", Usually("image")), ("url", Must)],
        call: Post("messages", |g| json!({"attachments": [{"type": g.get("type"), "url": g.get("url")}]})),
    },
    Kind {
        name: "heart",
        doc: "a person sends the heart",
        keys: &[],
        call: Post("messages", |_| json!({"attachments": [{"type": "like_heart"}]})),
    },
    Kind {
        name: "share",
        doc: "a person shares a post of the account",
        keys: &[("media", Must)],
        call: Post("messages", |g| json!({"attachments": [{"type": "share", "id": g.get("media")}]})),
    },
    Kind {
        name: "story_reply",
        doc: "a person answers a story of the account",
        keys: &[("story", Must), ("text", Usually("Love it!"))],
        call: Post("messages", |g| json!({"text": g.get("text"), "story": g.get("story")})),
    },
    Kind {
        name: "story_mention",
        doc: "a person's story mentions the account",
        keys: &[("url", Must)],
        call: Post("messages", |g| json!({"attachments": [{"type": "story_mention", "url": g.get("url")}]})),
    },
    Kind {
        name: "ad",
        doc: "a person comes by an ad and writes",
        keys: &[
            ("ad_id", Must),
            ("text", Usually("Hello!")),
            ("ref", May),
            ("title", May),
            ("photo_url", May),
            ("app", May),
            ("days", Usually("1")),
        ],
        call: Post("messages", |g| {
            let ad = json!({
                "ad_id": g.get("ad_id"), "ref": g.get("ref"), "ad_title": g.get("title"),
                "photo_url": g.get("photo_url"), "receiving_app_id": g.get("app"),
                "receiving_app_control_expiration": g.number("days"),
            });
            json!({"text": g.get("text"), "ad": ad})
        }),
    },
    Kind {
        name: "quick_reply",
        doc: "a person taps a quick reply",
        keys: &[("title", Must)],
        call: Post("taps", |g| json!({"quick_reply": g.get("title")})),
    },
    Kind {
        name: "ice_breaker",
        doc: "a person taps an ice breaker",
        keys: &[("question", Must), ("ref", May)],
        call: Post("taps", |g| json!({"ice_breaker": g.get("question"), "ref": g.get("ref")})),
    },
    Kind {
        name: "menu",
        doc: "a person taps an item of the persistent menu",
        keys: &[("title", Must)],
        call: Post("taps", |g| json!({"menu_item": g.get("title")})),
    },
    Kind {
        name: "button",
        doc: "a person taps a template's button",
        keys: &[("title", Must), ("message", May)],
        call: Post("taps", |g| json!({"button": g.get("title"), "message_id": g.get("message")})),
    },
    Kind {
        name: "link",
        doc: "a person follows an ig.me link",
        keys: &[("ref", May), ("app", May)],
        call: Post("links", |g| json!({"ref": g.get("ref"), "receiving_app_id": g.get("app")})),
    },
    Kind {
        name: "react",
        doc: "a person reacts to a message",
        keys: &[("message", Must), ("reaction", Usually("love"))],
        call: Post("reactions", |g| json!({"message_id": g.get("message"), "reaction": g.get("reaction")})),
    },
    Kind {
        name: "unreact",
        doc: "a person takes a reaction back",
        keys: &[("message", Must)],
        call: Delete("reactions/{message}"),
    },
    Kind {
        name: "edit",
        doc: "a person edits a text of theirs",
        keys: &[("message", Must), ("text", Must)],
        call: Post("messages/{message}", |g| json!({"text": g.get("text")})),
    },
    Kind {
        name: "unsend",
        doc: "a person takes a message of theirs back",
        keys: &[("message", Must)],
        call: Delete("messages/{message}"),
    },
    Kind { name: "seen", doc: "a person opens the thread", keys: &[], call: PostWith("opens") },
    Kind { name: "typing", doc: "a person types, which nobody is told", keys: &[], call: Post("typings", nothing) },
    Kind { name: "visit", doc: "a person looks at the profile", keys: &[], call: Post("visits", nothing) },
    Kind { name: "follow", doc: "a person follows the account", keys: &[], call: Post("follows", nothing) },
    Kind { name: "unfollow", doc: "a person follows it no more", keys: &[], call: Delete("follows") },
    Kind { name: "block", doc: "a person blocks the account", keys: &[], call: Post("blocks", nothing) },
    Kind { name: "unblock", doc: "a person blocks it no more", keys: &[], call: Delete("blocks") },
    Kind { name: "remove", doc: "a person deletes the thread", keys: &[], call: Delete("messages") },
    Kind {
        name: "comment",
        doc: "a person comments on a post",
        keys: &[("media", Must), ("text", Usually("Nice!")), ("parent", May)],
        call: Post(
            "comments",
            |g| json!({"media_id": g.get("media"), "text": g.get("text"), "parent_id": g.get("parent")}),
        ),
    },
    Kind {
        name: "uncomment",
        doc: "a person deletes a comment of theirs",
        keys: &[("comment", Must)],
        call: Delete("comments/{comment}"),
    },
    Kind {
        name: "pass",
        doc: "an app passes the person's thread on",
        keys: &[("app", Must), ("target", May), ("metadata", May)],
        call: Post("control", |g| {
            let (app, target, metadata) = (g.get("app"), g.get("target"), g.get("metadata"));
            json!({"act": "pass", "app": app, "target_app": target, "metadata": metadata})
        }),
    },
    Kind {
        name: "take",
        doc: "an app takes the person's thread",
        keys: &[("app", Must), ("metadata", May)],
        call: Post("control", |g| json!({"act": "take", "app": g.get("app"), "metadata": g.get("metadata")})),
    },
    Kind {
        name: "request",
        doc: "an app asks for the person's thread",
        keys: &[("app", Must), ("metadata", May)],
        call: Post("control", |g| json!({"act": "request", "app": g.get("app"), "metadata": g.get("metadata")})),
    },
    Kind {
        name: "release",
        doc: "an app gives the person's thread up",
        keys: &[("app", Must)],
        call: Post("control", |g| json!({"act": "release", "app": g.get("app")})),
    },
    Kind {
        name: "extend",
        doc: "an app keeps the person's thread for longer",
        keys: &[("app", Must), ("seconds", Usually("604800"))],
        call: Post("control", |g| json!({"act": "extend", "app": g.get("app"), "duration": g.number("seconds")})),
    },
];
