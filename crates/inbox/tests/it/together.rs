//! Working together: assignment, standing, notes, labels, views, import.

use futures_util::future::join_all;
use parlance_inbox::Problem;
use parlance_inbox::desk::assign::To;
use parlance_inbox::desk::import::Progress;
use parlance_inbox::desk::people::AgentChange;
use parlance_inbox::desk::triage::Change;
use parlance_inbox::desk::views::View;
use parlance_inbox::facts::{Agent, Assignment, CannedReply, Colour, Conversation, ImportState, Role, Status};
use parlance_inbox::ids::{ConversationId, ReplyId};
use serde_json::json;
use wire::time::Span;

use crate::engines::Engine;
use crate::rig::Rig;

/// So many people write, a second apart.
async fn people_write(rig: &Rig, people: std::ops::Range<u64>) {
    for person in people {
        let at = rig.world.now().get();
        let account = &rig.connected.connection.account_id;
        rig.told(
            json!({"messaging": [{"sender": {"id": person.to_string()}, "recipient": {"id": account}, "timestamp": at,
            "message": {"mid": format!("{person}-{at}"), "text": "Hello"}}]}),
        )
        .await;
        rig.world.set_clock(rig.world.now().plus(Span::seconds(1)));
    }
}

async fn all(rig: &Rig) -> Vec<Conversation> {
    rig.desk.list(&rig.supervisor, View::All, &Default::default(), None, 100).await.unwrap().items
}

async fn of(rig: &Rig, customer: &str) -> Conversation {
    all(rig).await.into_iter().find(|one| one.customer == customer).unwrap()
}

/// The desk gives out by itself, so many to each agent.
async fn automatic(rig: &Rig, assignment: Assignment, capacity: u32) {
    rig.desk.set_up(&rig.supervisor, "Desk", assignment, true).await.unwrap();
    rig.desk.set_available(&rig.supervisor, false).await.unwrap();
    for agent in &rig.agents {
        let change = AgentChange { capacity: Some(capacity), ..AgentChange::default() };
        rig.desk.change_agent(&rig.supervisor, agent.id, &change).await.unwrap();
    }
}

async fn loads(rig: &Rig) -> Vec<u32> {
    let agents = rig.desk.agents(rig.workspace).await.unwrap();
    let load = |agent: &Agent| agents.iter().find(|one| one.id == agent.id).unwrap().open_count;
    rig.agents.iter().map(load).collect()
}

async fn conversations_go_to_whoever_has_room_and_the_rest_wait_for_their_turn(engine: Engine) {
    let rig = Rig::start(engine).await;
    automatic(&rig, Assignment::Balanced, 2).await;
    people_write(&rig, 100..109).await;
    assert_eq!(loads(&rig).await, [2, 2, 2]);
    let waiting: Vec<_> = all(&rig).await.into_iter().filter(|one| one.waiting).collect();
    assert_eq!(waiting.len(), 3);
    let urgent = waiting.iter().find(|one| one.customer == "108").unwrap();
    rig.desk.change(&rig.supervisor, urgent.id, &Change::Prioritise { priority: 3 }).await.unwrap();
    let done = all(&rig).await.into_iter().find(|one| one.assignee == Some(rig.ben().id)).unwrap();
    rig.desk.change(rig.ben(), done.id, &Change::Resolve).await.unwrap();
    assert_eq!(of(&rig, "108").await.assignee, Some(rig.ben().id), "the most urgent goes first");
    let done = all(&rig).await.into_iter().find(|one| one.assignee == Some(rig.ana().id)).unwrap();
    let until = rig.world.now().plus(Span::hours(1));
    rig.desk.change(rig.ana(), done.id, &Change::Snooze { until }).await.unwrap();
    assert_eq!(of(&rig, "106").await.assignee, Some(rig.ana().id), "then whose window ends first");
    assert_eq!(loads(&rig).await, [2, 2, 2]);
    let full = rig.desk.assign(&rig.supervisor, of(&rig, "107").await.id, To::Agent(rig.ana().id)).await;
    assert!(matches!(full, Err(Problem::Conflict(_))), "nor by hand");
    rig.advance(Span::hours(1)).await;
    let back = rig.desk.list(rig.ana(), View::All, &Default::default(), None, 100).await.unwrap();
    let back = back.items.into_iter().find(|one| one.id == done.id).unwrap();
    assert_eq!((back.status, back.assignee, back.waiting), (Status::Open, None, true), "she has no room any more");
}

async fn nobody_has_more_than_there_is_room_for_under_a_rush(engine: Engine) {
    let rig = Rig::start(engine).await;
    automatic(&rig, Assignment::RoundRobin, 3).await;
    people_write(&rig, 200..212).await;
    for round in 0..6_u64 {
        let open: Vec<_> = all(&rig).await.into_iter().filter(|one| one.assignee.is_some()).take(4).collect();
        let resolve = open.iter().map(|one| rig.desk.change(&rig.supervisor, one.id, &Change::Resolve));
        for done in join_all(resolve).await {
            done.unwrap();
        }
        people_write(&rig, 200 + round..204 + round).await;
        let counted = loads(&rig).await;
        assert!(counted.iter().all(|load| *load <= 3), "{counted:?}");
        for (agent, load) in rig.agents.iter().zip(counted) {
            let has = all(&rig)
                .await
                .iter()
                .filter(|one| one.assignee == Some(agent.id) && one.status == Status::Open)
                .count();
            assert_eq!(has, load as usize, "the count is that of what they have");
        }
    }
}

async fn a_team_gives_to_its_members_only(engine: Engine) {
    let rig = Rig::start(engine).await;
    let team = rig.desk.put_team(&rig.supervisor, None, "Returns", Assignment::RoundRobin).await.unwrap();
    rig.desk.set_member(&rig.supervisor, team.id, rig.ben().id, true).await.unwrap();
    people_write(&rig, 300..302).await;
    for customer in ["300", "301"] {
        let one = of(&rig, customer).await;
        let given = rig.desk.assign(&rig.supervisor, one.id, To::Team(team.id)).await.unwrap();
        assert_eq!((given.team, given.assignee), (Some(team.id), Some(rig.ben().id)));
    }
    let again = rig.desk.put_team(&rig.supervisor, None, "Returns", Assignment::Manual).await;
    assert!(matches!(again, Err(Problem::Conflict(_))));
}

async fn who_may_not_see_a_conversation_finds_none(engine: Engine) {
    let rig = Rig::start(engine).await;
    people_write(&rig, 400..402).await;
    rig.desk.set_up(&rig.supervisor, "Desk", Assignment::Manual, false).await.unwrap();
    let one = of(&rig, "400").await;
    rig.desk.assign(&rig.supervisor, one.id, To::Agent(rig.ana().id)).await.unwrap();
    assert_eq!(rig.desk.list(rig.ben(), View::All, &Default::default(), None, 10).await.unwrap().items.len(), 1);
    assert!(matches!(rig.desk.thread(rig.ben(), one.id, None, 10).await, Err(Problem::NoSuch(_))));
    assert!(matches!(rig.desk.note(rig.ben(), one.id, "x", &[]).await, Err(Problem::NoSuch(_))));
    assert_eq!(rig.desk.find(rig.ben(), "hello", 10).await.unwrap().len(), 1);
    assert_eq!(rig.desk.find(rig.ana(), "hello", 10).await.unwrap().len(), 2);
}

async fn resolved_is_open_again_when_the_person_writes(engine: Engine) {
    let rig = Rig::start(engine).await;
    people_write(&rig, 500..501).await;
    let one = of(&rig, "500").await;
    let done = rig.desk.change(rig.ana(), one.id, &Change::Resolve).await.unwrap();
    assert_eq!(done.status, Status::Resolved);
    assert!(matches!(
        rig.desk.change(rig.ana(), one.id, &Change::Snooze { until: rig.world.now() }).await,
        Err(Problem::Invalid { .. })
    ));
    people_write(&rig, 500..501).await;
    assert_eq!(of(&rig, "500").await.status, Status::Open);
    let many = rig.desk.change_many(rig.ana(), &[one.id, ConversationId::new(5)], &Change::MarkRead).await.unwrap();
    assert_eq!(many[0].1.as_ref().unwrap().unread, 0);
    assert!(matches!(many[1].1, Err(Problem::NoSuch(_))));
    let unread = rig.desk.change(rig.ana(), one.id, &Change::MarkUnread).await.unwrap();
    assert_eq!(unread.unread, 1);
}

async fn notes_reach_who_is_named_in_them(engine: Engine) {
    let rig = Rig::start(engine).await;
    people_write(&rig, 600..601).await;
    let id = of(&rig, "600").await.id;
    rig.desk.note(rig.ana(), id, "@Ben please look at the parcel number", &[]).await.unwrap();
    let mentions = |agent: Agent| {
        let desk = rig.desk.clone();
        async move { desk.list(&agent, View::Mentions, &Default::default(), None, 10).await.unwrap().items.len() }
    };
    assert_eq!((mentions(rig.ben().clone()).await, mentions(rig.ana().clone()).await), (1, 0));
    assert_eq!(rig.desk.find(rig.ana(), "parcel", 10).await.unwrap()[0].0.name.split(':').next(), Some("note"));
    rig.desk.change(rig.ben(), id, &Change::MarkRead).await.unwrap();
    assert_eq!(mentions(rig.ben().clone()).await, 0);
    let thread = rig.desk.thread(rig.ben(), id, None, 10).await.unwrap();
    assert_eq!(thread.notes.len(), 1);
    assert_eq!(thread.notes[0].mentions, [rig.ben().id], "also once he has been there");
}

async fn labels_drafts_and_canned_replies_are_kept(engine: Engine) {
    let rig = Rig::start(engine).await;
    rig.world.person("mira.paints").writes("Hello").await;
    rig.settle().await;
    let id = rig.conversation("mira.paints").await.id;
    let label = rig.desk.put_label(&rig.supervisor, None, "Urgent", Colour::Red).await.unwrap();
    assert!(matches!(
        rig.desk.put_label(&rig.supervisor, None, "Urgent", Colour::Red).await,
        Err(Problem::Conflict(_))
    ));
    rig.desk.change(rig.ana(), id, &Change::Label { label: label.id }).await.unwrap();
    let filter = parlance_inbox::sql::conversations::Filter { label: Some(label.id), ..Default::default() };
    assert_eq!(rig.desk.list(rig.ana(), View::All, &filter, None, 10).await.unwrap().items.len(), 1);
    rig.desk.remove_label(&rig.supervisor, label.id).await.unwrap();
    assert!(rig.desk.list(rig.ana(), View::All, &filter, None, 10).await.unwrap().items.is_empty());

    rig.desk.keep_draft(rig.ana(), id, "We are op".into()).await.unwrap();
    assert_eq!(rig.desk.thread(rig.ana(), id, None, 10).await.unwrap().draft.as_deref(), Some("We are op"));
    assert_eq!(rig.desk.thread(rig.ben(), id, None, 10).await.unwrap().draft, None);

    let reply = CannedReply {
        id: ReplyId::new(9),
        shortcut: "hi".into(),
        title: "Greeting".into(),
        text: "Hi {{first_name}}, {{agent}} of {{account}} here.".into(),
    };
    rig.desk.put_canned(&rig.supervisor, reply.clone(), true).await.unwrap();
    let text = rig.desk.fill_canned(rig.ana(), id, reply.id).await.unwrap();
    assert_eq!(text, "Hi Mira, Ana of harbor.knits here.");
}

async fn lists_are_read_page_by_page_and_ending_soon_begins_with_what_ends_first(engine: Engine) {
    let rig = Rig::start(engine).await;
    people_write(&rig, 700..725).await;
    let mut customers = Vec::new();
    let mut after = None;
    loop {
        let page = rig.desk.list(rig.ana(), View::EndingSoon, &Default::default(), after, 10).await.unwrap();
        customers.extend(page.items.into_iter().map(|one| one.customer));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(customers, (700..725).map(|person| person.to_string()).collect::<Vec<_>>());
    let newest = rig.desk.list(rig.ana(), View::All, &Default::default(), None, 3).await.unwrap();
    assert_eq!(newest.items[0].customer, "724");
    rig.advance(Span::hours(24)).await;
    let page = rig.desk.list(rig.ana(), View::EndingSoon, &Default::default(), None, 100).await.unwrap();
    assert!(page.items.is_empty(), "none can be answered freely any more");
    assert_eq!(
        rig.desk.list(rig.ana(), View::Unassigned, &Default::default(), None, 100).await.unwrap().items.len(),
        25
    );
}

/// Reads until there is nothing to be read; gives how often the pace had to be waited for.
async fn catch_up(rig: &Rig) -> usize {
    let mut waits = 0;
    loop {
        let connection = rig.desk.connections(rig.workspace).await.unwrap().remove(0);
        match rig.desk.catch_up(&connection).await.unwrap() {
            Progress::Nothing => break,
            Progress::Some => {}
            Progress::Later(then) => {
                rig.world.set_clock(then);
                waits += 1;
            }
        }
    }
    rig.desk.settle().await.unwrap();
    waits
}

async fn the_history_is_imported_within_the_limits_and_what_was_missed_is_found(engine: Engine) {
    let rig = Rig::start(engine).await;
    let connection = |state: &'static str| {
        let (desk, workspace) = (rig.desk.clone(), rig.workspace);
        async move {
            let one = desk.connections(workspace).await.unwrap().remove(0);
            assert_eq!(one.import_state.word(), state);
            one
        }
    };
    let steps = catch_up(&rig).await;
    assert!(steps >= 1, "two calls a second do not suffice for a list and two threads at once");
    let done = connection("done").await;
    assert_eq!((done.import_state, done.import_done), (ImportState::Done, 2));
    assert_eq!(all(&rig).await.len(), 2, "the demo world has two threads");
    assert_eq!(rig.thread("mira.paints").await.len(), 3);
    let again: Vec<_> = all(&rig).await.into_iter().map(|one| one.unread).collect();
    assert_eq!(again, [1, 0], "what the business answered has been read");

    // A webhook is lost, and the next look finds what it told.
    rig.advance(Span::minutes(1)).await;
    catch_up(&rig).await;
    let app = rig.world.app();
    app.delete("/v25.0/500000000000001/subscriptions?object=instagram").await.ok();
    rig.world.person("lucia_m").writes("Did you get this?").await;
    rig.settle().await;
    assert_eq!(all(&rig).await.len(), 2);
    rig.advance(Span::minutes(6)).await;
    catch_up(&rig).await;
    assert_eq!(rig.thread("lucia_m").await, [("person".into(), "text".into(), "Did you get this?".into())]);
    assert_eq!(all(&rig).await.len(), 3);
}

async fn the_last_owner_stays_and_nobody_rises_above_themselves(engine: Engine) {
    let rig = Rig::start(engine).await;
    let owner =
        rig.desk.add_agent(rig.workspace, Role::Owner, "olga@desk.test", "Olga", crate::rig::PASSWORD).await.unwrap();
    let change = |role: Role| AgentChange { role: Some(role), ..AgentChange::default() };
    let own = rig.desk.change_agent(&owner, owner.id, &change(Role::Agent)).await;
    assert!(matches!(own, Err(Problem::Conflict(_))));
    let above = rig.desk.change_agent(&rig.supervisor, rig.ana().id, &change(Role::Owner)).await;
    assert!(matches!(above, Err(Problem::NotAllowed(_))));
    let other = rig.desk.change_agent(&rig.supervisor, owner.id, &change(Role::Agent)).await;
    assert!(matches!(other, Err(Problem::NotAllowed(_))));
    let up = rig.desk.change_agent(&owner, rig.ana().id, &change(Role::Owner)).await.unwrap();
    assert_eq!(up.role, Role::Owner);
    assert!(rig.desk.change_agent(&owner, owner.id, &change(Role::Agent)).await.is_ok());
}

on_every_engine!(
    conversations_go_to_whoever_has_room_and_the_rest_wait_for_their_turn,
    nobody_has_more_than_there_is_room_for_under_a_rush,
    a_team_gives_to_its_members_only,
    who_may_not_see_a_conversation_finds_none,
    resolved_is_open_again_when_the_person_writes,
    notes_reach_who_is_named_in_them,
    labels_drafts_and_canned_replies_are_kept,
    lists_are_read_page_by_page_and_ending_soon_begins_with_what_ends_first,
    the_history_is_imported_within_the_limits_and_what_was_missed_is_found,
    the_last_owner_stays_and_nobody_rises_above_themselves,
);
