//! Every act in every state under every routing.

use super::*;
use crate::policy::samples::{self, APP, NOW, OTHER_APP};

/// A third app beside the two.
const THIRD: AppId = AppId::new(9);
/// An hour after `NOW`.
const LATER: Millis = Millis::new(1_790_003_600_000);

fn open() -> Account {
    samples::account()
}

/// Conversation Routing with `APP` as default; `THIRD` may take over.
fn routed() -> Account {
    Account { default_app: Some(APP), take_over_apps: vec![THIRD], ..samples::account() }
}

/// The older protocol with `APP` as primary receiver.
fn handover() -> Account {
    Account { primary_app: Some(APP), take_over_apps: vec![THIRD], ..samples::account() }
}

fn idle() -> Thread {
    samples::thread(Some(NOW))
}

fn held(app: AppId) -> Thread {
    idle().with_held(Some((app, NOW.plus(CONTROL))))
}

fn stand<'a>(account: &'a Account, thread: &'a Thread, app: AppId, now: Millis) -> Stand<'a> {
    Stand { account, thread: Some(thread), app, now }
}

#[test]
fn a_default_app_goes_before_a_primary_receiver() {
    let both = Account { default_app: Some(OTHER_APP), ..handover() };
    let rows = [
        (open(), Routing::Open, "open"),
        (routed(), Routing::Default(APP), "conversation_routing"),
        (handover(), Routing::Primary(APP), "handover"),
        (both, Routing::Default(OTHER_APP), "conversation_routing"),
    ];
    for (account, expected, name) in rows {
        assert_eq!((Routing::of(&account), Routing::of(&account).name()), (expected, name));
    }
}

#[test]
fn control_ends_one_millisecond_after_its_last_and_under_the_older_protocol_never() {
    let end = NOW.plus(CONTROL);
    let over = end.plus(Span::millis(1));
    let (open, routed, handover) = (Routing::Open, Routing::Default(APP), Routing::Primary(APP));
    let rows = [
        // routing, who has it, now, owner, listener
        (open, None, NOW, None, None),
        (open, Some(OTHER_APP), end, Some(OTHER_APP), Some(OTHER_APP)),
        (open, Some(OTHER_APP), over, None, None),
        (routed, None, NOW, None, Some(APP)),
        (routed, Some(OTHER_APP), end, Some(OTHER_APP), Some(OTHER_APP)),
        (routed, Some(OTHER_APP), over, None, Some(APP)),
        (handover, None, NOW, Some(APP), Some(APP)),
        (handover, Some(OTHER_APP), over, Some(OTHER_APP), Some(OTHER_APP)),
    ];
    for (routing, owner, now, expected, listener) in rows {
        let thread = owner.map_or_else(idle, held);
        assert_eq!(routing.owner(Some(&thread), now), expected, "{routing:?} {owner:?}");
        assert_eq!(routing.listener(Some(&thread), now), listener, "{routing:?} {owner:?}");
    }
    assert_eq!(open.listener(None, NOW), None, "a thread that is not there yet is idle");
    assert_eq!(routed.listener(None, NOW), Some(APP));
}

#[test]
fn only_who_is_to_act_sends() {
    let (no, controlled) = (Err(Refusal::NotThreadOwner), Err(Refusal::ThreadControlled));
    let rows = [
        // account, thread, app, human agent, outcome
        (open(), idle(), OTHER_APP, false, Ok(())),
        (open(), held(APP), APP, false, Ok(())),
        (open(), held(APP), OTHER_APP, false, controlled.clone()),
        (open(), held(APP), OTHER_APP, true, controlled.clone()),
        (routed(), idle(), APP, false, Ok(())),
        (routed(), idle(), OTHER_APP, false, no.clone()),
        (routed(), idle(), THIRD, false, no.clone()),
        (routed(), idle(), THIRD, true, Ok(())),
        (routed(), held(OTHER_APP), OTHER_APP, false, Ok(())),
        (routed(), held(OTHER_APP), APP, false, no.clone()),
        (routed(), held(OTHER_APP), APP, true, no),
        (routed(), held(OTHER_APP), THIRD, true, Ok(())),
        (handover(), idle(), APP, false, Ok(())),
        (handover(), idle(), OTHER_APP, false, controlled.clone()),
        (handover(), held(OTHER_APP), OTHER_APP, false, Ok(())),
        (handover(), held(OTHER_APP), APP, false, controlled.clone()),
        (handover(), held(OTHER_APP), THIRD, true, controlled),
    ];
    for (account, thread, app, human, expected) in rows {
        let (routing, owner) = (Routing::of(&account), thread.owner_app);
        assert_eq!(
            decide_send(stand(&account, &thread, app, NOW), human),
            expected,
            "{routing:?} {owner:?} {app} {human}"
        );
    }
}

#[test]
fn a_send_claims_an_idle_thread_and_a_human_agent_only_where_the_app_may_take_over() {
    let (claimed, taken) = (NOW.plus(CONTROL), LATER.plus(CONTROL));
    let kept = held(OTHER_APP).held();
    let rows = [
        (open(), idle(), OTHER_APP, false, Some((OTHER_APP, claimed))),
        (open(), idle(), OTHER_APP, true, None),
        (open(), held(OTHER_APP), OTHER_APP, false, kept),
        (routed(), idle(), APP, false, Some((APP, claimed))),
        (routed(), idle(), APP, true, None),
        (routed(), idle(), THIRD, true, Some((THIRD, taken))),
        (routed(), held(OTHER_APP), THIRD, true, Some((THIRD, taken))),
        (routed(), held(THIRD), THIRD, true, Some((THIRD, claimed))),
        (handover(), idle(), APP, false, None),
        (handover(), held(OTHER_APP), OTHER_APP, false, kept),
    ];
    for (account, thread, app, human, expected) in rows {
        let routing = Routing::of(&account);
        assert_eq!(after_send(stand(&account, &thread, app, LATER), human), expected, "{routing:?} {app} {human}");
    }
    let fresh = samples::thread(None);
    assert_eq!(after_send(stand(&open(), &fresh, APP, NOW), false), None, "the person never acted");
}

#[test]
fn a_send_hands_the_thread_on_under_conversation_routing_alone() {
    let (open, routed, end) = (open(), routed(), LATER.plus(CONTROL));
    let thread = held(APP);
    let rows = [
        (&routed, ThreadControl::Pass(Some(OTHER_APP)), Some((OTHER_APP, end))),
        (&routed, ThreadControl::Pass(None), Some((APP, end))),
        (&routed, ThreadControl::Release, None),
        (&open, ThreadControl::Release, thread.held()),
    ];
    for (account, control, expected) in rows {
        assert_eq!(handed_on(stand(account, &thread, APP, LATER), control), expected, "{control:?}");
    }
}

/// What an act comes to, in short: who has the thread now, and who is told what; or why not.
fn outcome(account: &Account, thread: &Thread, app: AppId, act: Act) -> String {
    let name = |app: AppId| match app {
        APP => "app",
        OTHER_APP => "other",
        THIRD => "third",
        _ => "inbox",
    };
    let held = |held: Option<Held>| held.map_or("idle".to_owned(), |(app, _)| name(app).to_owned());
    match decide(stand(account, thread, app, LATER), act) {
        Ok(moved) => match moved.told {
            Told::Nobody => held(moved.held),
            Told::Passed(from, to) => {
                format!("{}: passed {} to {}", held(moved.held), from.map_or("idle", name), name(to))
            }
            Told::Taken(from, by) => format!("{}: taken from {} by {}", held(moved.held), name(from), name(by)),
            Told::Requested(of, by) => format!("{}: {} asked by {}", held(moved.held), name(of), name(by)),
        },
        Err(Refusal::NotThreadOwner) => "not owner".into(),
        Err(Refusal::TakeUnsupported) => "no routing".into(),
        Err(Refusal::TakeOver) => "no take-over".into(),
        Err(Refusal::Parameter(_)) => "wrong".into(),
        Err(other) => format!("{other:?}"),
    }
}

#[test]
fn every_act_in_every_state_of_every_generation() {
    let hour = Act::Extend(Span::hours(1));
    let rows = [
        // Nothing is configured.
        (open(), idle(), APP, Act::Pass(Some(OTHER_APP)), "other: passed idle to other"),
        (open(), idle(), APP, Act::Pass(Some(APP)), "app: passed idle to app"),
        (open(), idle(), APP, Act::Pass(None), "wrong"),
        (open(), idle(), APP, Act::Release, "not owner"),
        (open(), idle(), APP, Act::Take, "no routing"),
        (open(), idle(), APP, Act::Request, "app: passed idle to app"),
        (open(), idle(), APP, hour, "not owner"),
        (open(), held(APP), APP, Act::Pass(Some(INSTAGRAM_INBOX)), "inbox: passed app to inbox"),
        (open(), held(APP), APP, Act::Pass(Some(APP)), "wrong"),
        (open(), held(APP), APP, Act::Release, "idle"),
        (open(), held(APP), APP, Act::Take, "no routing"),
        (open(), held(APP), APP, Act::Request, "wrong"),
        (open(), held(APP), APP, hour, "app"),
        (open(), held(OTHER_APP), APP, Act::Pass(Some(APP)), "not owner"),
        (open(), held(OTHER_APP), APP, Act::Release, "not owner"),
        (open(), held(OTHER_APP), APP, Act::Take, "no routing"),
        (open(), held(OTHER_APP), APP, Act::Request, "other: other asked by app"),
        (open(), held(OTHER_APP), APP, hour, "not owner"),
        // Conversation Routing: APP is the default, THIRD may take over.
        (routed(), idle(), OTHER_APP, Act::Pass(Some(THIRD)), "third: passed idle to third"),
        (routed(), idle(), OTHER_APP, Act::Pass(None), "app: passed idle to app"),
        (routed(), idle(), OTHER_APP, Act::Pass(Some(OTHER_APP)), "wrong"),
        (routed(), idle(), APP, Act::Pass(None), "app: passed idle to app"),
        (routed(), idle(), APP, Act::Release, "not owner"),
        (routed(), idle(), APP, Act::Take, "no take-over"),
        (routed(), idle(), THIRD, Act::Take, "third"),
        (routed(), idle(), OTHER_APP, Act::Request, "wrong"),
        (routed(), held(OTHER_APP), OTHER_APP, Act::Pass(None), "app: passed other to app"),
        (routed(), held(OTHER_APP), OTHER_APP, Act::Release, "idle"),
        (routed(), held(OTHER_APP), OTHER_APP, hour, "other"),
        (routed(), held(OTHER_APP), APP, Act::Pass(Some(THIRD)), "not owner"),
        (routed(), held(OTHER_APP), APP, Act::Release, "not owner"),
        (routed(), held(OTHER_APP), APP, Act::Take, "no take-over"),
        (routed(), held(OTHER_APP), APP, hour, "not owner"),
        (routed(), held(OTHER_APP), THIRD, Act::Take, "third: taken from other by third"),
        (routed(), held(THIRD), THIRD, Act::Take, "wrong"),
        (routed(), held(OTHER_APP), THIRD, Act::Request, "wrong"),
        // The older handover protocol: APP is the primary receiver.
        (handover(), idle(), APP, Act::Pass(Some(OTHER_APP)), "other: passed app to other"),
        (handover(), idle(), APP, Act::Pass(Some(APP)), "wrong"),
        (handover(), idle(), APP, Act::Pass(None), "wrong"),
        (handover(), idle(), OTHER_APP, Act::Pass(Some(OTHER_APP)), "not owner"),
        (handover(), idle(), OTHER_APP, Act::Request, "idle: app asked by other"),
        (handover(), idle(), OTHER_APP, Act::Take, "no take-over"),
        (handover(), idle(), APP, Act::Take, "wrong"),
        (handover(), idle(), APP, Act::Request, "wrong"),
        (handover(), held(OTHER_APP), APP, Act::Take, "app: taken from other by app"),
        (handover(), held(OTHER_APP), THIRD, Act::Take, "no take-over"),
        (handover(), held(OTHER_APP), THIRD, Act::Request, "other: app asked by third"),
        (handover(), held(OTHER_APP), APP, Act::Request, "wrong"),
        (handover(), held(OTHER_APP), OTHER_APP, Act::Pass(Some(APP)), "app: passed other to app"),
        (handover(), held(OTHER_APP), OTHER_APP, Act::Release, "idle"),
        (handover(), held(OTHER_APP), OTHER_APP, hour, "wrong"),
    ];
    for (account, thread, app, act, expected) in rows {
        let (routing, owner) = (Routing::of(&account), thread.owner_app);
        assert_eq!(outcome(&account, &thread, app, act), expected, "{routing:?} {owner:?} {app} {act:?}");
    }
}

#[test]
fn every_control_act_counts_a_day_and_an_extension_at_most_seven() {
    let (account, thread) = (open(), held(APP));
    let until = |act| decide(stand(&account, &thread, APP, LATER), act).map(|moved| moved.held.map(|(_, end)| end));
    assert_eq!(until(Act::Pass(Some(OTHER_APP))), Ok(Some(LATER.plus(CONTROL))));
    assert_eq!(until(Act::Extend(LONGEST)), Ok(Some(LATER.plus(LONGEST))));
    assert_eq!(until(Act::Extend(Span::seconds(1))), Ok(Some(NOW.plus(CONTROL))), "it is never made shorter");
    for bad in [Span::ZERO, Span::millis(LONGEST.get() + 1_000), Span::seconds(-5)] {
        assert!(matches!(until(Act::Extend(bad)), Err(Refusal::Parameter(_))), "{bad:?}");
    }
}

#[test]
fn whoever_answers_by_hand_has_the_thread() {
    let inbox = INSTAGRAM_INBOX;
    let end = Some((inbox, LATER.plus(CONTROL)));
    let rows = [
        (open(), idle(), Told::Nobody),
        (open(), held(APP), Told::Taken(APP, inbox)),
        (open(), held(inbox), Told::Nobody),
        (routed(), idle(), Told::Nobody),
        (routed(), held(OTHER_APP), Told::Taken(OTHER_APP, inbox)),
        (handover(), idle(), Told::Taken(APP, inbox)),
    ];
    for (account, thread, told) in rows {
        assert_eq!(by_hand(stand(&account, &thread, inbox, LATER)), Moved { held: end, told });
    }
}

#[test]
fn an_entry_point_leads_an_idle_thread_to_its_app() {
    let day = |days| Some((OTHER_APP, LATER.plus(Span::days(days))));
    let ad = |days| Entry::Ad { app: OTHER_APP, days };
    let link = Entry::Link { app: OTHER_APP };
    let (none, taken) = (Routing::Open, held(THIRD));
    let (routed, handover) = (Routing::Default(APP), Routing::Primary(APP));
    let rows = [
        (none, idle(), ad(30), day(30)),
        (none, idle(), link, None),
        (routed, idle(), ad(1), day(1)),
        (routed, idle(), ad(0), day(1)),
        (routed, idle(), ad(31), day(1)),
        (routed, idle(), ad(-3), day(1)),
        (routed, idle(), link, day(1)),
        (routed, taken.clone(), link, taken.held()),
        (routed, taken.clone(), ad(30), taken.held()),
        (handover, idle(), ad(30), None),
    ];
    for (routing, thread, entry, expected) in rows {
        assert_eq!(entered(routing, &thread, entry, LATER), expected, "{routing:?} {entry:?}");
    }
}

#[test]
fn the_owner_and_the_default_app_are_shown_who_controls_a_thread_and_others_until_when() {
    let end = Some(NOW.plus(CONTROL));
    let (whole, end_only) = (Shown { app: Some(OTHER_APP), until: end }, Shown { app: None, until: end });
    let rows = [
        (open(), idle(), APP, None),
        (open(), held(OTHER_APP), OTHER_APP, Some(whole)),
        (open(), held(OTHER_APP), APP, Some(end_only)),
        (routed(), idle(), APP, None),
        (routed(), held(OTHER_APP), APP, Some(whole)),
        (routed(), held(OTHER_APP), OTHER_APP, Some(whole)),
        (routed(), held(OTHER_APP), THIRD, Some(end_only)),
        (handover(), idle(), APP, Some(Shown { app: Some(APP), until: None })),
        (handover(), held(OTHER_APP), OTHER_APP, Some(Shown { app: Some(OTHER_APP), until: None })),
        (handover(), held(OTHER_APP), THIRD, None),
    ];
    for (account, thread, app, expected) in rows {
        assert_eq!(shown(stand(&account, &thread, app, LATER)), expected, "{:?} {app}", Routing::of(&account));
    }
}

#[test]
fn apps_whose_role_changed_are_known() {
    let apps = [APP, OTHER_APP, THIRD];
    let (primary, secondary) = ("primary_receiver", "secondary_receiver");
    let rows = [
        (Routing::Open, Routing::Primary(APP), vec![(APP, primary), (OTHER_APP, secondary), (THIRD, secondary)]),
        (Routing::Primary(APP), Routing::Primary(OTHER_APP), vec![(APP, secondary), (OTHER_APP, primary)]),
        (Routing::Primary(APP), Routing::Primary(APP), vec![]),
        (Routing::Primary(APP), Routing::Default(APP), vec![]),
        (Routing::Open, Routing::Default(APP), vec![]),
    ];
    for (before, after, expected) in rows {
        assert_eq!(changed_roles(before, after, &apps), expected, "{before:?} {after:?}");
    }
}

#[test]
fn the_inboxes_have_their_documented_ids() {
    assert!(is_inbox(AppId::new(263_902_037_430_900)) && is_inbox(AppId::new(1_217_981_644_879_628)));
    assert!(!is_inbox(APP));
}

#[test]
fn the_second_handover_protocol_came_and_went_by_the_calendar() {
    let (from, to) = (HANDOVER_V2.start, HANDOVER_V2.end);
    let rows = [
        (Routing::Open, from.minus(Span::millis(1)), false),
        (Routing::Open, from, true),
        (Routing::Open, to.minus(Span::millis(1)), true),
        (Routing::Open, to, false),
        (Routing::Default(APP), from, false),
        (Routing::Primary(APP), from, false),
    ];
    for (routing, now, expected) in rows {
        assert_eq!(routing.is_handover_v2(now), expected, "{routing:?} {now:?}");
    }
}
