//! What stands in a thread beside its messages.

use parlance_inbox::desk::assign::To;
use parlance_inbox::desk::triage::Change;
use parlance_inbox::facts::{Assignment, Colour, Field};
use parlance_inbox::sql::events::Happening;
use parlance_inbox::store::Happened;
use serde_json::json;
use wire::time::Span;

use crate::browser::Browser;
use crate::engines::Engine;
use crate::rig::Rig;

async fn a_thread_tells_what_became_of_it(engine: Engine) {
    let rig = Rig::start(engine).await;
    rig.world.person("mira.paints").writes("Hello?").await;
    rig.settle().await;
    let id = rig.conversation("mira.paints").await.id;
    let label = rig.desk.put_label(&rig.supervisor, None, "Late", Colour::Red).await.unwrap();
    let team = rig.desk.put_team(&rig.supervisor, None, "Returns", Assignment::Manual).await.unwrap();
    let (ana, ben) = (rig.ana().id, rig.ben().id);
    let until = rig.world.now().plus(Span::hours(1));
    let steps = [
        Change::Assign { agent: ben },
        Change::AssignTeam { team: team.id },
        Change::Unassign,
        Change::Label { label: label.id },
        Change::Label { label: label.id },
        Change::Unlabel { label: label.id },
        Change::Prioritise { priority: 3 },
        Change::Prioritise { priority: 3 },
        Change::MarkRead,
        Change::Resolve,
        Change::Resolve,
        Change::Reopen,
        Change::Snooze { until },
    ];
    for change in steps {
        rig.desk.change(rig.ana(), id, &change).await.unwrap();
    }
    rig.advance(Span::hours(1)).await;
    let told = |one: Happening| (one.kind, one.agent, one.subject, one.detail);
    let thread = rig.desk.thread(rig.ana(), id, None, 50).await.unwrap();
    let by = Some(ana);
    let named = Some("Late".to_owned());
    let expected = [
        (Happened::Assigned, by, Some(ben.to_string()), None),
        (Happened::Team, by, Some(team.id.to_string()), None),
        (Happened::Unassigned, by, None, None),
        (Happened::Labelled, by, Some(label.id.to_string()), named.clone()),
        (Happened::Unlabelled, by, Some(label.id.to_string()), named),
        (Happened::Prioritised, by, None, Some("3".to_owned())),
        (Happened::Resolved, by, None, None),
        (Happened::Reopened, by, None, None),
        (Happened::Snoozed, by, None, Some(until.get().to_string())),
        (Happened::Returned, None, None, None),
    ];
    assert_eq!(thread.happenings.into_iter().map(told).collect::<Vec<_>>(), expected);
}

async fn what_comes_of_itself_is_told_as_nobody_s(engine: Engine) {
    let rig = Rig::start(engine).await;
    rig.desk.set_up(&rig.supervisor, "Desk", Assignment::Balanced, true).await.unwrap();
    rig.world.person("mira.paints").writes("Hello?").await;
    rig.settle().await;
    let id = rig.conversation("mira.paints").await.id;
    rig.desk.change(rig.ana(), id, &Change::Resolve).await.unwrap();
    rig.advance(Span::seconds(1)).await;
    rig.world.person("mira.paints").writes("And now?").await;
    rig.settle().await;
    let thread = rig.desk.thread(rig.ana(), id, None, 50).await.unwrap();
    let told: Vec<_> = thread.happenings.iter().map(|one| (one.kind, one.agent)).collect();
    assert_eq!(
        told,
        [(Happened::Assigned, None), (Happened::Resolved, Some(rig.ana().id)), (Happened::Reopened, None),]
    );
    // Another app has the thread, and gives it back.
    let (account, igsid) = (rig.connected.connection.account_id.clone(), rig.world.person("mira.paints").igsid());
    let said = |mid: &str| {
        json!([{"sender": {"id": igsid}, "recipient": {"id": account}, "timestamp": rig.world.now().get(),
            "message": {"mid": mid, "text": "x"}}])
    };
    rig.told(json!({"standby": said("s1")})).await;
    rig.told(json!({"messaging": said("s2")})).await;
    let thread = rig.desk.thread(rig.ana(), id, None, 50).await.unwrap();
    let last: Vec<_> = thread.happenings.iter().rev().take(2).map(|one| (one.kind, one.agent)).collect();
    assert_eq!(last, [(Happened::HandedOver, None), (Happened::Standby, None)]);
}

async fn each_page_has_what_happened_in_its_own_time(engine: Engine) {
    let rig = Rig::start(engine).await;
    for round in 0..6_u8 {
        rig.world.person("mira.paints").writes("Hello?").await;
        rig.settle().await;
        let id = rig.conversation("mira.paints").await.id;
        rig.advance(Span::seconds(1)).await;
        rig.desk.change(rig.ana(), id, &Change::Prioritise { priority: round % 2 + 1 }).await.unwrap();
        rig.advance(Span::seconds(1)).await;
    }
    let id = rig.conversation("mira.paints").await.id;
    let whole = rig.desk.thread(rig.ana(), id, None, 50).await.unwrap().happenings;
    assert_eq!(whole.len(), 6);
    let (mut before, mut pages) = (None, Vec::new());
    loop {
        let page = rig.desk.thread(rig.ana(), id, before.as_deref(), 4).await.unwrap();
        pages.push(page.happenings);
        before = page.older;
        if before.is_none() {
            break;
        }
    }
    assert!(pages.iter().all(|page| !page.is_empty()) && pages.len() == 2, "{pages:#?}");
    let joined: Vec<Happening> = pages.into_iter().rev().flatten().collect();
    assert_eq!(joined, whole, "nothing is left out, and nothing is there twice");
}

async fn fields_are_kept_for_a_person_and_told_to_others(engine: Engine) {
    let rig = Rig::start(engine).await;
    rig.world.person("mira.paints").writes("Hello?").await;
    rig.settle().await;
    let id = rig.conversation("mira.paints").await.id;
    let ana = Browser::of(&rig, "ana@desk.test").await;
    let path = format!("/inbox/api/conversations/{id}/fields");
    let seq = ana.get("/inbox/api/session").await["workspace"]["seq"].clone();
    for fields in [
        json!([{"name": "Order", "value": "1"}]),
        json!([{"name": "Size", "value": "M"}, {"name": "Order", "value": "ß"}]),
    ] {
        let (status, told) = ana.call("PUT", &path, Some(&json!({"fields": fields}))).await;
        assert_eq!((status, &told["fields"]), (200, &fields));
        let thread = ana.get(&format!("/inbox/api/conversations/{id}")).await;
        assert_eq!(thread["fields"], fields, "in the order in which they were given");
    }
    let events = ana.get(&format!("/inbox/api/events?after={seq}")).await;
    assert_eq!((&events[0]["kind"], &events[0]["conversation"]), (&json!("conversation"), &json!(id.to_string())));
    let field = |name: &str, value: &str| Field { name: name.to_owned(), value: value.to_owned() };
    for wrong in [
        vec![field("", "x")],
        vec![field(&"n".repeat(41), "x")],
        vec![field("n", &"v".repeat(201))],
        vec![field("n", "a\0b")],
        vec![field("n", "1"), field("n", "2")],
        (0..21).map(|number| field(&number.to_string(), "x")).collect(),
    ] {
        let (status, told) = ana.call("PUT", &path, Some(&json!({"fields": wrong}))).await;
        assert_eq!((status, &told["error"]["field"]), (400, &json!("fields")), "{wrong:?}");
    }
    let longest = vec![field(&"ß".repeat(40), &"ß".repeat(200))];
    assert_eq!(rig.desk.put_fields(rig.ana(), id, longest.clone()).await.unwrap(), longest);
    rig.desk.put_fields(rig.ana(), id, Vec::new()).await.unwrap();
    assert!(rig.desk.thread(rig.ana(), id, None, 1).await.unwrap().fields.is_empty());
}

async fn giving_it_to_who_has_it_tells_nothing(engine: Engine) {
    let rig = Rig::start(engine).await;
    rig.world.person("mira.paints").writes("Hello?").await;
    rig.settle().await;
    let id = rig.conversation("mira.paints").await.id;
    for to in [To::Agent(rig.ben().id), To::Agent(rig.ben().id), To::Nobody, To::Nobody] {
        rig.desk.assign(rig.ana(), id, to).await.unwrap();
    }
    let thread = rig.desk.thread(rig.ana(), id, None, 50).await.unwrap();
    let told: Vec<_> = thread.happenings.iter().map(|one| one.kind).collect();
    assert_eq!(told, [Happened::Assigned, Happened::Unassigned]);
}

on_every_engine!(
    a_thread_tells_what_became_of_it,
    what_comes_of_itself_is_told_as_nobody_s,
    each_page_has_what_happened_in_its_own_time,
    fields_are_kept_for_a_person_and_told_to_others,
    giving_it_to_who_has_it_tells_nothing,
);
