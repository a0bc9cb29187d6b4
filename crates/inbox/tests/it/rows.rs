//! What the rows of a list show, and the figures at the views.

use parlance_inbox::desk::reply::Reply;
use parlance_inbox::desk::triage::Change;
use parlance_inbox::facts::{Colour, Outgoing, Side, Snippet};
use serde_json::{Value, json};
use wire::time::Span;

use crate::browser::Browser;
use crate::engines::Engine;
use crate::rig::Rig;

/// The newest thing that the row of the conversation with a person tells.
async fn snippet(rig: &Rig, username: &str) -> Snippet {
    let conversation = rig.conversation(username).await;
    rig.desk.shown_one(conversation).await.unwrap().snippet.unwrap()
}

async fn a_row_tells_the_newest_thing_and_nothing_that_was_unsent(engine: Engine) {
    let rig = Rig::start(engine).await;
    let mira = rig.world.person("mira.paints");
    mira.writes("Is the blue one back?").await;
    rig.settle().await;
    let told = snippet(&rig, "mira.paints").await;
    assert_eq!((told.side, told.kind.as_str(), told.agent), (Some(Side::Person), "text", None));
    assert_eq!((told.text.as_deref(), told.time), (Some("Is the blue one back?"), rig.world.now()));
    // An agent answers, and the agent's name can stand in front of it.
    rig.advance(Span::seconds(5)).await;
    let id = rig.conversation("mira.paints").await.id;
    let thread = rig.desk.thread(rig.ana(), id, None, 50).await.unwrap();
    let last_seen = thread.messages.last().map(|message| message.mid.clone());
    let long = "ß".repeat(200);
    let body = Outgoing::Text { text: long, reply_to: None };
    rig.desk.reply(rig.ana(), id, Reply { client_key: "k".into(), last_seen, body }).await.unwrap();
    rig.settle().await;
    let told = snippet(&rig, "mira.paints").await;
    assert_eq!((told.side, told.agent), (Some(Side::Business), Some(rig.ana().id)));
    assert_eq!(told.text, Some("ß".repeat(120)), "characters, not bytes");
    // A note is newer.
    rig.advance(Span::seconds(5)).await;
    rig.desk.note(rig.ben(), id, "She asked twice", &[]).await.unwrap();
    let told = snippet(&rig, "mira.paints").await;
    assert_eq!((told.side, told.kind.as_str(), told.agent), (None, "note", Some(rig.ben().id)));
    assert_eq!(told.text.as_deref(), Some("She asked twice"));
    // A reaction says to what.
    rig.advance(Span::seconds(5)).await;
    let first = thread.messages[0].mid.clone();
    rig.desk
        .reply(
            rig.ana(),
            id,
            Reply {
                client_key: "r".into(),
                last_seen: None,
                body: Outgoing::Reaction { mid: first.clone(), emoji: Some("❤".into()) },
            },
        )
        .await
        .unwrap();
    rig.settle().await;
    let told = snippet(&rig, "mira.paints").await;
    assert_eq!((told.kind.as_str(), told.emoji.as_deref()), ("reaction", Some("❤")));
    assert_eq!((told.side, told.agent), (Some(Side::Business), Some(rig.ana().id)));
    assert_eq!(told.text.as_deref(), Some("Is the blue one back?"));
    // What it was to is unsent: no row says its words any more, and the note is the newest again.
    let account = rig.connected.connection.account_id.clone();
    let igsid = mira.igsid();
    let unsend = |mid: &str| {
        json!({"messaging": [{"sender": {"id": igsid}, "recipient": {"id": account},
            "timestamp": rig.world.now().get(), "message": {"mid": mid, "is_deleted": true}}]})
    };
    rig.told(unsend(&first)).await;
    assert_eq!(snippet(&rig, "mira.paints").await.kind, "note");
    // The newest message is unsent: its place says so.
    rig.advance(Span::seconds(5)).await;
    mira.writes("My card is 4111 1111").await;
    rig.settle().await;
    let thread = rig.desk.thread(rig.ana(), id, None, 50).await.unwrap();
    rig.told(unsend(&thread.messages.last().unwrap().mid)).await;
    let told = snippet(&rig, "mira.paints").await;
    assert_eq!((told.kind.as_str(), told.text), ("unsent", None));
    let page = Browser::of(&rig, "ana@desk.test").await.get("/inbox/api/conversations").await;
    assert!(!page.to_string().contains("4111"), "{page}");
}

async fn a_row_shows_labels_and_who_is_there_at_load(engine: Engine) {
    let rig = Rig::start(engine).await;
    for name in ["mira.paints", "jonas_w"] {
        rig.world.person(name).writes("Hello?").await;
    }
    rig.settle().await;
    let label = rig.desk.put_label(&rig.supervisor, None, "Late", Colour::Red).await.unwrap();
    let id = rig.conversation("mira.paints").await.id;
    rig.desk.change(rig.ana(), id, &Change::Label { label: label.id }).await.unwrap();
    rig.desk.be_at(rig.ben(), id, true).await.unwrap();
    let ana = Browser::of(&rig, "ana@desk.test").await;
    let page = ana.get("/inbox/api/conversations").await;
    let row = |told: &Value, id: String| {
        told.as_array().unwrap().iter().find(|one| one["id"] == id).cloned().unwrap_or(Value::Null)
    };
    let mira = row(&page["items"], id.to_string());
    assert_eq!(mira["labels"], json!([label.id.to_string()]));
    assert_eq!(mira["presence"], json!([{"agent": rig.ben().id.to_string(), "typing": true}]));
    let tom = row(&page["items"], rig.conversation("jonas_w").await.id.to_string());
    assert_eq!((&tom["labels"], &tom["presence"]), (&json!([]), &json!([])));
    assert_eq!(tom["snippet"]["text"], "Hello?");
    // The same stands wherever a conversation is told of: in its thread, in what a change answers, in what was found.
    let thread = ana.get(&format!("/inbox/api/conversations/{id}")).await;
    assert_eq!(thread["conversation"], mira);
    let change = json!({"conversations": [id.to_string(), "1"], "change": {"do": "prioritise", "priority": 1}});
    let changed = ana.post("/inbox/api/conversations", &change).await;
    assert_eq!(changed[0]["conversation"]["labels"], mira["labels"]);
    assert_eq!((&changed[0]["message"], &changed[1]["conversation"]), (&Value::Null, &Value::Null));
    assert!(changed[1]["message"].is_string());
    let hits = ana.get("/inbox/api/search?q=hello").await;
    assert_eq!(hits.as_array().unwrap().len(), 2);
    for hit in hits.as_array().unwrap() {
        assert_eq!(hit["conversation"]["snippet"]["text"], "Hello?", "{hit}");
    }
}

async fn a_few_rows_are_read_anew_as_the_list_shows_them(engine: Engine) {
    let rig = Rig::start(engine).await;
    for name in ["mira.paints", "jonas_w"] {
        rig.world.person(name).writes("Hello?").await;
        rig.advance(Span::seconds(1)).await;
    }
    let (mira, tom) = (rig.conversation("mira.paints").await.id, rig.conversation("jonas_w").await.id);
    rig.desk.change(rig.ana(), mira, &Change::Assign { agent: rig.ana().id }).await.unwrap();
    let ana = Browser::of(&rig, "ana@desk.test").await;
    let ids = async |query: &str| {
        let page = ana.get(&format!("/inbox/api/conversations?ids={mira},{tom},1&{query}")).await;
        assert_eq!(page["next"], Value::Null);
        page["items"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(ids("view=all").await, [tom.to_string(), mira.to_string()], "newest first");
    assert_eq!(ids("view=ending_soon").await, [mira.to_string(), tom.to_string()], "what ends first");
    assert_eq!(ids("view=mine").await, [mira.to_string()]);
    assert_eq!(ids("view=unassigned").await, [tom.to_string()]);
    assert_eq!(ids("view=failed").await, Vec::<String>::new());
    assert_eq!(ids("view=all&status=resolved").await, Vec::<String>::new());
    rig.desk.note(rig.ben(), tom, "@Ana please", &[]).await.unwrap();
    assert_eq!(ids("view=mentions").await, [tom.to_string()]);
    let many = vec!["1"; 51].join(",");
    for wrong in [many.as_str(), "x", ""] {
        let (status, told) = ana.call("GET", &format!("/inbox/api/conversations?ids={wrong}"), None).await;
        assert_eq!((status, &told["error"]["field"]), (400, &json!("ids")), "{wrong}");
    }
}

async fn the_figures_are_those_of_the_views(engine: Engine) {
    let rig = Rig::start(engine).await;
    for name in ["mira.paints", "jonas_w", "lucia_m"] {
        rig.world.person(name).writes("Hello?").await;
    }
    rig.settle().await;
    let id = async |name: &str| rig.conversation(name).await.id;
    let (mira, tom, zoe) = (id("mira.paints").await, id("jonas_w").await, id("lucia_m").await);
    rig.desk.change(rig.ana(), mira, &Change::Assign { agent: rig.ana().id }).await.unwrap();
    rig.desk.change(rig.ana(), tom, &Change::Assign { agent: rig.ben().id }).await.unwrap();
    rig.desk.note(rig.ben(), zoe, "@Ana please", &[]).await.unwrap();
    rig.desk.note(rig.ben(), zoe, "@Ana now", &[]).await.unwrap();
    let ana = Browser::of(&rig, "ana@desk.test").await;
    let counts = async || ana.get("/inbox/api/counts").await["views"].clone();
    let figures = |all, mine, unassigned, mentions, ending_soon, failed| {
        json!({"all": all, "mine": mine, "unassigned": unassigned, "mentions": mentions, "ending_soon": ending_soon,
            "failed": failed})
    };
    assert_eq!(counts().await, figures(3, 1, 1, 1, 3, 0));
    rig.desk.change(rig.ana(), zoe, &Change::MarkRead).await.unwrap();
    rig.desk.change(rig.ana(), mira, &Change::Resolve).await.unwrap();
    assert_eq!(counts().await, figures(2, 0, 1, 0, 2, 0));
    // Who sees only their own counts only that.
    rig.desk.set_up(&rig.supervisor, "Desk", parlance_inbox::facts::Assignment::Manual, false).await.unwrap();
    assert_eq!(counts().await, figures(1, 0, 1, 0, 1, 0));
    rig.advance(Span::hours(25)).await;
    assert_eq!(counts().await, figures(1, 0, 1, 0, 0, 0));
}

on_every_engine!(
    a_row_tells_the_newest_thing_and_nothing_that_was_unsent,
    a_row_shows_labels_and_who_is_there_at_load,
    a_few_rows_are_read_anew_as_the_list_shows_them,
    the_figures_are_those_of_the_views,
);
