//! What the catalogue shows: one row a variant, with the steps that lead there.

use wire::dialect::Dialect;
use wire::id::AppId;
use wire::version::ApiVersion;

/// What apps pin their fields to where nothing else is said.
pub const USUAL_VERSION: ApiVersion = ApiVersion { major: 25, minor: 0 };

/// The other app on the account.
pub const OTHER: AppId = AppId::new(880_000_000_000_202);

/// One example.
pub struct Example {
    /// What it shows.
    pub name: &'static str,
    /// What has to be said beside that.
    pub note: &'static str,
    /// When it happens, RFC 3339.
    pub at: &'static str,
    /// What the operator chose.
    pub settings: &'static [(&'static str, &'static str)],
    /// What the app pinned every field to.
    pub version: ApiVersion,
    /// How the app came to the account.
    pub login: Dialect,
    /// Whether the app wants values.
    pub include_values: bool,
    /// What happens; the last step is what is told.
    pub steps: &'static [Step],
}

/// Something that happens. `{name}` stands for an id that an earlier step named.
#[derive(Debug, Clone, Copy)]
pub enum Step {
    /// `parlance trigger` of this kind with these particulars. Names `message`, `comment` or `media`.
    Trigger(&'static str, &'static [(&'static str, &'static str)]),
    /// A call of the app with the Page's token: path and JSON. Names `sent`.
    Graph(&'static str, &'static str),
    /// A call of the emulator's surface.
    Emulator(&'static str, &'static str),
    /// A file of this type is uploaded; it gets this name.
    Upload(&'static str, &'static str),
    /// So many hours pass.
    Pass(i64),
}

use Step::{Emulator, Graph, Pass, Trigger, Upload};

const fn example(name: &'static str, steps: &'static [Step]) -> Example {
    Example {
        name,
        note: "",
        at: "2026-11-22T10:00:00Z",
        settings: &[],
        version: USUAL_VERSION,
        login: Dialect::Facebook,
        include_values: true,
        steps,
    }
}

impl Example {
    const fn note(self, note: &'static str) -> Self {
        Self { note, ..self }
    }

    const fn at(self, at: &'static str) -> Self {
        Self { at, ..self }
    }

    const fn with(self, settings: &'static [(&'static str, &'static str)]) -> Self {
        Self { settings, ..self }
    }

    const fn pinned(self, major: u16) -> Self {
        Self { version: ApiVersion { major, minor: 0 }, ..self }
    }

    const fn by_instagram(self) -> Self {
        Self { login: Dialect::Instagram, ..self }
    }

    const fn without_values(self) -> Self {
        Self { include_values: false, ..self }
    }
}

/// The app that is told, and the other one.
const APP: &str = "500000000000001";
const CARE: &str = "880000000000202";
/// A post of the demo world.
const POST: &str = "17880000000000001";
const TEXT: Step = Trigger("text", &[("text", "Do you ship to Oslo?")]);
const ANSWER: Step =
    Graph("me/messages", r#"{"recipient":{"id":"900000000000001"},"message":{"text":"We do, 3 days."}}"#);
const CARD: Step = Graph(
    "me/messages",
    r#"{"recipient":{"id":"900000000000001"},"message":{"attachment":{"type":"template","payload":{"template_type":"generic",
    "elements":[{"title":"Linen shirt","subtitle":"EUR 49","image_url":"https://shop.example.test/s.jpg",
    "buttons":[{"type":"postback","title":"Buy","payload":"BUY_7"}]}]}}}}"#,
);
const PICK: Step = Graph(
    "me/messages",
    r#"{"recipient":{"id":"900000000000001"},"message":{"text":"What is it about?",
    "quick_replies":[{"content_type":"text","title":"Track order","payload":"TRACK_ORDER"}]}}"#,
);
const BREAKERS: Step = Graph(
    "me/messenger_profile",
    r#"{"platform":"instagram","ice_breakers":[{"question":"Where is my order?","payload":"ORDER_STATUS"}]}"#,
);
const MENU: Step = Graph(
    "me/messenger_profile",
    r#"{"platform":"instagram","persistent_menu":[{"locale":"default",
    "call_to_actions":[{"type":"postback","title":"Talk to us","payload":"AGENT"}]}]}"#,
);
const REEL: Step = Trigger("publish", &[("type", "REELS"), ("caption", "How we roast")]);
const STORY: Step = Trigger("publish", &[("type", "STORY")]);
const MENTION: [Step; 2] = [Upload("image", "picture"), Trigger("story_mention", &[("asset", "{picture}")])];
const SHARE: &[Step] = &[Trigger("share", &[("media", POST)])];
const SEEN: Step = Emulator(
    "accounts/harbor.knits/media/{media}",
    r#"{"insights":{"impressions":41,"reach":33,"taps_forward":19,"taps_back":2,"exits":6,"replies":1}}"#,
);
const AD: Step = Trigger(
    "publish",
    &[("type", "AD"), ("ad_id", "120200000000013"), ("ad_title", "Spring sale"), ("original", POST)],
);
const ON_AD: &[Step] = &[AD, Trigger("comment", &[("media", "{media}"), ("text", "price?")])];
const COMMENT: &[Step] = &[Trigger("comment", &[("media", POST), ("text", "price?")])];

/// Every example, in the order in which they are shown within their fields.
pub const EXAMPLES: &[Example] = &[
    example("Text", &[TEXT]),
    example(
        "Several files in one message",
        &[
            Upload("image", "photo"),
            Upload("video", "film"),
            Trigger("media", &[("type", "image video"), ("asset", "{photo} {film}")]),
        ],
    ),
    example("A voice note", &[Upload("audio", "voice"), Trigger("media", &[("type", "audio"), ("asset", "{voice}")])]),
    example("A document", &[Upload("file", "pdf"), Trigger("media", &[("type", "file"), ("asset", "{pdf}")])]),
    example(
        "A sticker or an animated picture",
        &[Upload("image", "sticker"), Trigger("sticker", &[("asset", "{sticker}")])],
    )
    .note("From version v21 on; `sticker_webhooks` tells otherwise"),
    example("A shared post", SHARE),
    example("A shared post, 2025-11-03 to 2026-02-01", SHARE).at("2025-12-01T10:00:00Z"),
    example("A shared post, before 2025-11-03", SHARE).at("2025-11-02T10:00:00Z"),
    example("A shared post with a word about it", &[Trigger("share", &[("media", POST), ("text", "in blue, please")])])
        .note("Two messages, one behind the other"),
    example("A shared reel", &[REEL, Trigger("share", &[("media", "{media}")])]),
    example("A shared reel with the address of its page", &[REEL, Trigger("share", &[("media", "{media}")])])
        .with(&[("reel_permalinks", "true"), ("reel_share_type", "reel")]),
    example("A shared story", &[STORY, Trigger("share", &[("media", "{media}")])]),
    example("A story that mentions the account", &MENTION),
    example("Something to be seen once", &[Trigger("ephemeral", &[])]),
    example("The heart", &[Trigger("heart", &[])]),
    example(
        "The page of a link",
        &[Trigger(
            "attachment",
            &[("type", "fallback"), ("payload", r#"{"url":"https://a.example.test/","title":"A"}"#)],
        )],
    )
    .note("So is any other type told: name and payload are as you say"),
    example("Something that the API cannot show", &[Trigger("unsupported", &[])]),
    example("An answer to a message", &[ANSWER, Trigger("text", &[("text", "the blue one"), ("reply_to", "{sent}")])]),
    example("An answer to a story", &[STORY, Trigger("story_reply", &[("story", "{media}"), ("text", "love this!")])]),
    example(
        "A quick reaction to a story that has a link",
        &[
            Trigger("publish", &[("type", "STORY"), ("link", "https://shop.example.test/")]),
            Trigger("story_reply", &[("story", "{media}"), ("text", "\u{1f60d}")]),
        ],
    ),
    example("A quick reply", &[PICK, Trigger("quick_reply", &[("title", "Track order")])]),
    example(
        "After an ad",
        &[Trigger(
            "ad",
            &[
                ("ad_id", "120200000000013"),
                ("text", "Hi, is this in stock?"),
                ("ref", "spring_a"),
                ("title", "Spring sale"),
                ("photo_url", "https://scontent.example.test/ad13.jpg"),
            ],
        )],
    ),
    example("From the page of a product", &[Trigger("product", &[("product", "5400000000000014")])]),
    example(
        "By an ig.me link, before there is a conversation",
        &[BREAKERS, Trigger("text", &[("from", "sam.oslo"), ("text", "hello"), ("ref", "qr_store_7")])],
    ),
    example("Unsent", &[TEXT, Trigger("unsend", &[("message", "{message}")])]),
    example("An echo of a send", &[ANSWER]),
    example("An echo of a template", &[CARD]),
    example("An echo of what the business wrote in the app", &[Trigger("by_hand", &[])]),
    example(
        "An echo of an answer to a person's story",
        &[MENTION[0], MENTION[1], Trigger("by_hand", &[("text", "Thank you!"), ("story", "{message}")])],
    ),
    example(
        "Unsent by the business",
        &[Trigger("by_hand", &[]), Trigger("unsend_by_hand", &[("message", "{message}")])],
    ),
    example("The business with itself", &[Trigger("self", &[])]),
    example("A reaction", &[ANSWER, Trigger("react", &[("message", "{sent}")])]),
    example(
        "A reaction without a name",
        &[ANSWER, Trigger("react", &[("message", "{sent}"), ("reaction", "\u{1f984}")])],
    ),
    example("A reaction before v12", &[ANSWER, Trigger("react", &[("message", "{sent}"), ("reaction", "\u{1f44d}")])])
        .pinned(11),
    example(
        "A reaction taken back",
        &[ANSWER, Trigger("react", &[("message", "{sent}")]), Trigger("unreact", &[("message", "{sent}")])],
    ),
    example(
        "An ice breaker",
        &[BREAKERS, Trigger("ice_breaker", &[("from", "sam.oslo"), ("question", "Where is my order?")])],
    ),
    example(
        "An ice breaker after an ig.me link",
        &[
            BREAKERS,
            Trigger("ice_breaker", &[("from", "sam.oslo"), ("question", "Where is my order?"), ("ref", "qr_store_7")]),
        ],
    ),
    example("An item of the menu", &[MENU, Trigger("menu", &[("title", "Talk to us")])]),
    example("A button of a template", &[CARD, Trigger("button", &[("title", "Buy")])])
        .note("Other apps are told without the payload"),
    example("A postback before v11", &[MENU, Trigger("menu", &[("title", "Talk to us")])]).pinned(10),
    example("A tap of the business itself", &[MENU, Trigger("self_tap", &[("menu", "Talk to us")])]),
    example("An ig.me link into a conversation", &[Trigger("link", &[("ref", "newsletter_42")])]),
    example("Seen", &[ANSWER, Trigger("seen", &[])]),
    example("Edited", &[TEXT, Trigger("edit", &[("message", "{message}"), ("text", "Do you ship to Bergen?")])]),
    example("Edited, without the text", &[TEXT, Trigger("edit", &[("message", "{message}"), ("text", "Bergen?")])])
        .with(&[("edits_without_text", "true")]),
    example(
        "A message to an app that is not published",
        &[
            Emulator("apps/500000000000001", r#"{"live":false}"#),
            Emulator("apps/500000000000001/roles/mira.paints", "{}"),
            TEXT,
        ],
    )
    .note("In place of the message")
    .by_instagram()
    .with(&[("unpublished_message_edit", "true")]),
    example(
        "A thread that another app passes on",
        &[
            Trigger("request", &[("app", CARE)]),
            Trigger("pass", &[("app", CARE), ("target", APP), ("metadata", "order 7 dispute")]),
        ],
    ),
    example("An idle thread that the app asks for", &[Trigger("request", &[("app", APP)])])
        .note("It is given at once, from nobody"),
    example(
        "A thread that another app takes",
        &[
            Emulator(
                "accounts/harbor.knits",
                r#"{"default_app":"500000000000001","take_over_apps":["880000000000202"]}"#,
            ),
            ANSWER,
            Trigger("take", &[("app", CARE)]),
        ],
    ),
    example(
        "A thread that another app asks for",
        &[ANSWER, Trigger("request", &[("app", CARE), ("metadata", "needs human")])],
    ),
    example("The primary receiver", &[Emulator("accounts/harbor.knits", r#"{"primary_app":"500000000000001"}"#)])
        .note("The account's owner names it, where the older handover protocol is configured"),
    example(
        "A message in a thread that another app controls",
        &[Trigger("request", &[("app", CARE)]), Trigger("text", &[("text", "still there?")])],
    ),
    example(
        "A tap in a thread that another app controls",
        &[MENU, Trigger("request", &[("app", CARE)]), Trigger("menu", &[("title", "Talk to us")])],
    )
    .note("Without the payload"),
    example("An opt-in", &[Trigger("optin", &[])]).by_instagram(),
    example("A thumb", &[ANSWER, Trigger("feedback", &[("message", "{sent}")])]),
    example("A warning", &[Trigger("enforcement", &[("reason", "Too many unwanted messages")])]),
    example("An account is given back", &[Trigger("enforcement", &[("action", "unblock")])]),
    example("A comment", COMMENT),
    example(
        "An answer to a comment on a reel",
        &[
            REEL,
            Trigger("comment", &[("media", "{media}"), ("text", "price?")]),
            Trigger("comment", &[("media", "{media}"), ("text", "49"), ("parent", "{comment}")]),
        ],
    ),
    example("A comment of the account itself", &[Trigger("own_comment", &[("media", POST)])]),
    example("A comment on an ad", ON_AD),
    example("A comment on a boosted post, told twice", ON_AD).with(&[("ad_comments_twice", "true")]),
    example("A comment before v13", COMMENT).pinned(12),
    example("A comment for an app that wants no values", COMMENT).without_values(),
    example("A comment in the flat form", COMMENT).by_instagram().with(&[("flat_changes", "true")]),
    example(
        "A mention, folded into comments",
        &[Trigger("mention", &[("in", "comment"), ("text", "@harbor.knits look")])],
    )
    .by_instagram(),
    example(
        "A comment on a broadcast",
        &[
            Trigger("publish", &[("type", "LIVE")]),
            Trigger("comment", &[("media", "{media}"), ("text", "hello from Oslo")]),
        ],
    ),
    example("A mention in a caption", &[Trigger("mention", &[])]),
    example("A mention in a comment", &[Trigger("mention", &[("in", "comment"), ("text", "@harbor.knits look")])]),
    example("A story ends after its day", &[STORY, SEEN, Pass(24)]).note("Counts below 5 are -1"),
    example(
        "A story is taken down",
        &[STORY, Trigger("end_story", &[("media", "{media}"), ("impressions", "41"), ("reach", "33")])],
    ),
];
