//! Which app controls a thread (contract send 1.11, webhooks 5, order of checks step 10).

use wire::id::AppId;
use wire::send::thread_control::ThreadControl;
use wire::time::{Millis, Span};

use crate::facts::{Account, CONTROL, Thread};
use crate::refusal::Refusal;

/// The inboxes that a thread may be passed to, which are apps of the platform's own and stand in no table (contract send 1.11).
pub const INBOXES: [AppId; 2] = [AppId::new(263_902_037_430_900), AppId::new(1_217_981_644_879_628)];

/// The app that controls the thread now; an idle thread has none.
pub fn owner(thread: &Thread, now: Millis) -> Option<AppId> {
    thread.owner_app.filter(|_| thread.owner_until.is_some_and(|until| now <= until))
}

/// Decides whether an app may write into a thread: its owner may. An idle thread belongs to the default app, and without
/// one, where nothing is configured, to every app.
///
/// # Errors
/// [`Refusal::NotThreadOwner`].
pub fn decide(account: &Account, thread: Option<&Thread>, app: AppId, now: Millis) -> Result<(), Refusal> {
    let holder = thread.and_then(|thread| owner(thread, now)).or(account.default_app);
    if holder.is_none_or(|holder| holder == app) { Ok(()) } else { Err(Refusal::NotThreadOwner) }
}

/// Longest time for which an owner may extend its control (contract send 1.11).
pub const EXTENSION: Span = Span::days(7);

/// A call of the edges for thread control (contract send 1.11).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Call {
    /// The thread goes to this app, or to the default app.
    Pass(Option<AppId>),
    /// It becomes idle.
    Release,
    /// The caller takes it, where the account lets it take threads over.
    Take,
    /// The caller asks for it, where Conversation Routing is not configured.
    Request,
    /// The caller keeps it for so long.
    Extend(Span),
}

/// What comes of such a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Changed {
    /// Who controls the thread then, and until when.
    pub owner: Option<(AppId, Millis)>,
    /// Which app is told of it.
    pub told: Told,
}

/// Which app is told of a change of control, and as what (contract webhooks 3.15).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// None.
    Nobody,
    /// The app that has the thread now.
    Passed {
        /// Who had it; nobody when it was idle.
        from: Option<AppId>,
        /// Who has it.
        to: AppId,
    },
    /// The app that lost the thread.
    Taken {
        /// That app.
        from: AppId,
        /// Who has it now.
        by: AppId,
    },
    /// The app that has the thread: another one asks for it.
    Requested {
        /// Who has it.
        of: AppId,
        /// Who asks.
        by: AppId,
    },
}

/// Decides a call of an app that is not part of a send. Whatever changes hands is the new owner's for [`CONTROL`] from now.
///
/// # Errors
/// [`Refusal::NotThreadOwner`] for who does what only the owner may, [`Refusal::TakeUnsupported`], [`Refusal::Permission`] for
/// a takeover that the account does not let it make, [`Refusal::Parameter`] for what makes no sense as things stand.
pub fn call(account: &Account, thread: &Thread, app: AppId, call: Call, now: Millis) -> Result<Changed, Refusal> {
    let holder = owner(thread, now);
    let refused = |detail: &str| Err(Refusal::Parameter(detail.to_owned()));
    let held_by = |app, told| Ok(Changed { owner: Some((app, now.plus(CONTROL))), told });
    let owns = if holder == Some(app) { Ok(()) } else { Err(Refusal::NotThreadOwner) };
    match (call, account.default_app) {
        (Call::Pass(target), default) => {
            if holder.is_some() {
                owns?;
            }
            let Some(to) = target.or(default) else {
                return refused("The parameter target_app_id is required where the account has no default app");
            };
            // Passing to oneself would prolong control, or take it from the default app.
            if to == app && (holder.is_some() || default.is_some_and(|default| default != app)) {
                return refused("A thread cannot be passed to the app that passes it");
            }
            held_by(to, Told::Passed { from: holder, to })
        }
        (Call::Release, _) => owns.map(|()| Changed { owner: None, told: Told::Nobody }),
        (Call::Take, None) => Err(Refusal::TakeUnsupported),
        (Call::Take, Some(_)) if owns.is_ok() => refused("The app controls this thread already"),
        (Call::Take, Some(_)) if !account.take_over_apps.contains(&app) => Err(Refusal::Permission),
        (Call::Take, Some(_)) => held_by(app, holder.map_or(Told::Nobody, |from| Told::Taken { from, by: app })),
        (Call::Request, Some(_)) => refused("Control is not requested where Conversation Routing is set up"),
        (Call::Request, None) => match (holder, thread.owner_until) {
            (Some(holder), _) if holder == app => refused("The app controls this thread already"),
            (Some(of), Some(until)) => Ok(Changed { owner: Some((of, until)), told: Told::Requested { of, by: app } }),
            _ => held_by(app, Told::Passed { from: None, to: app }),
        },
        (Call::Extend(time), _) if time <= Span::ZERO || time > EXTENSION => {
            refused("Param duration must be 1 to 604800 seconds")
        }
        (Call::Extend(time), _) => owns.map(|()| Changed { owner: Some((app, now.plus(time))), told: Told::Nobody }),
    }
}

/// Who controls the thread after an app wrote into it, and until when.
///
/// A thread that was idle is taken until 24 hours after the person's latest act, but not by a human agent. `Pass` counts 24
/// hours from now, `Release` leaves the thread idle.
pub fn after(
    account: &Account,
    thread: &Thread,
    app: AppId,
    is_human_agent: bool,
    control: Option<ThreadControl>,
    now: Millis,
) -> (Option<AppId>, Option<Millis>) {
    let as_it_is = (thread.owner_app, thread.owner_until);
    let Some(default) = account.default_app else { return as_it_is };
    match (control, thread.last_person_time) {
        (Some(ThreadControl::Release), _) => (None, None),
        (Some(ThreadControl::Pass(target)), _) => (Some(target.unwrap_or(default)), Some(now.plus(CONTROL))),
        (None, Some(last)) if !is_human_agent && owner(thread, now).is_none() => (Some(app), Some(last.plus(CONTROL))),
        (None, _) => as_it_is,
    }
}

#[cfg(test)]
mod tests {
    use wire::time::Span;

    use super::*;
    use crate::policy::samples::{self, APP, NOW, OTHER_APP};

    fn owned(app: AppId, until: Millis) -> Thread {
        Thread { owner_app: Some(app), owner_until: Some(until), ..samples::thread(Some(NOW)) }
    }

    #[test]
    fn an_idle_thread_is_the_default_apps_and_a_taken_one_its_owners() {
        let routed = Account { default_app: Some(APP), ..samples::account() };
        let end = NOW.plus(CONTROL);
        let later = end.plus(Span::millis(1));
        let rows = [
            (None, NOW, APP, Ok(())),
            (None, NOW, OTHER_APP, Err(Refusal::NotThreadOwner)),
            (Some(owned(OTHER_APP, end)), end, OTHER_APP, Ok(())),
            (Some(owned(OTHER_APP, end)), end, APP, Err(Refusal::NotThreadOwner)),
            (Some(owned(OTHER_APP, end)), later, OTHER_APP, Err(Refusal::NotThreadOwner)),
            (Some(owned(OTHER_APP, end)), later, APP, Ok(())),
        ];
        for (thread, now, app, expected) in rows {
            assert_eq!(decide(&routed, thread.as_ref(), app, now), expected, "{app} at {now:?}");
        }
    }

    #[test]
    fn where_nothing_is_configured_a_thread_is_everybodys_until_one_app_has_it() {
        let (open, end) = (samples::account(), NOW.plus(CONTROL));
        let held = owned(OTHER_APP, end);
        assert_eq!(decide(&open, None, APP, NOW), Ok(()));
        assert_eq!(decide(&open, Some(&samples::thread(Some(NOW))), APP, NOW), Ok(()));
        assert_eq!(decide(&open, Some(&held), OTHER_APP, end), Ok(()));
        assert_eq!(decide(&open, Some(&held), APP, end), Err(Refusal::NotThreadOwner));
        assert_eq!(decide(&open, Some(&held), APP, end.plus(Span::millis(1))), Ok(()), "idle again");
    }

    #[test]
    fn a_call_changes_hands_as_the_states_allow() {
        use Told::{Nobody, Passed, Requested, Taken};
        let (routed, open) = (Account { default_app: Some(APP), ..samples::account() }, samples::account());
        let taking = Account { take_over_apps: vec![APP], ..routed.clone() };
        let (idle, ours, theirs) = (samples::thread(Some(NOW)), owned(APP, NOW), owned(OTHER_APP, NOW));
        let until = NOW.plus(CONTROL);
        let to = |app, told| Ok(Changed { owner: Some((app, until)), told });
        let not_owner = Err(Refusal::NotThreadOwner);
        let passed = |from, to| Passed { from, to };
        let third = AppId::new(9);
        let hour = Span::hours(1);
        let rows = [
            (&routed, &ours, Call::Pass(Some(OTHER_APP)), to(OTHER_APP, passed(Some(APP), OTHER_APP))),
            (&routed, &idle, Call::Pass(Some(OTHER_APP)), to(OTHER_APP, passed(None, OTHER_APP))),
            (&routed, &theirs, Call::Pass(Some(third)), not_owner.clone()),
            (&routed, &idle, Call::Pass(None), to(APP, passed(None, APP))),
            (&open, &idle, Call::Pass(Some(APP)), to(APP, passed(None, APP))),
            (&open, &ours, Call::Pass(Some(OTHER_APP)), to(OTHER_APP, passed(Some(APP), OTHER_APP))),
            (&routed, &ours, Call::Release, Ok(Changed { owner: None, told: Nobody })),
            (&routed, &theirs, Call::Release, not_owner.clone()),
            (&routed, &idle, Call::Release, not_owner.clone()),
            (&taking, &theirs, Call::Take, to(APP, Taken { from: OTHER_APP, by: APP })),
            (&taking, &idle, Call::Take, to(APP, Nobody)),
            (&routed, &theirs, Call::Take, Err(Refusal::Permission)),
            (&open, &theirs, Call::Take, Err(Refusal::TakeUnsupported)),
            (&open, &idle, Call::Request, to(APP, passed(None, APP))),
            (
                &open,
                &theirs,
                Call::Request,
                Ok(Changed { owner: Some((OTHER_APP, NOW)), told: Requested { of: OTHER_APP, by: APP } }),
            ),
            (&routed, &ours, Call::Extend(hour), Ok(Changed { owner: Some((APP, NOW.plus(hour))), told: Nobody })),
            (
                &routed,
                &ours,
                Call::Extend(EXTENSION),
                Ok(Changed { owner: Some((APP, NOW.plus(EXTENSION))), told: Nobody }),
            ),
            (&routed, &theirs, Call::Extend(hour), not_owner),
        ];
        for (account, thread, asked, expected) in rows {
            assert_eq!(call(account, thread, APP, asked, NOW), expected, "{asked:?} of {:?}", thread.owner_app);
        }
        for (account, thread, senseless) in [
            (&routed, &ours, Call::Pass(None)),
            (&routed, &ours, Call::Pass(Some(APP))),
            (&open, &idle, Call::Pass(None)),
            (&taking, &ours, Call::Take),
            (&routed, &idle, Call::Request),
            (&open, &ours, Call::Request),
            (&routed, &ours, Call::Extend(Span::ZERO)),
            (&routed, &ours, Call::Extend(Span::millis(EXTENSION.get() + 1))),
        ] {
            let refused = call(account, thread, APP, senseless, NOW);
            assert!(matches!(refused, Err(Refusal::Parameter(_))), "{senseless:?}: {refused:?}");
        }
        let by_another = call(&routed, &idle, OTHER_APP, Call::Pass(Some(OTHER_APP)), NOW);
        assert!(matches!(by_another, Err(Refusal::Parameter(_))), "an idle thread is not passed to oneself");
    }

    #[test]
    fn a_send_takes_an_idle_thread_and_may_hand_it_on() {
        let routed = Account { default_app: Some(APP), ..samples::account() };
        let idle = samples::thread(Some(NOW));
        let now = NOW.plus(Span::hours(1));
        let passed = (Some(OTHER_APP), Some(now.plus(CONTROL)));
        let rows = [
            (&routed, false, None, (Some(APP), Some(NOW.plus(CONTROL)))),
            (&routed, true, None, (None, None)),
            (&routed, false, Some(ThreadControl::Pass(Some(OTHER_APP))), passed),
            (&routed, false, Some(ThreadControl::Pass(None)), (Some(APP), Some(now.plus(CONTROL)))),
            (&routed, false, Some(ThreadControl::Release), (None, None)),
            (&samples::account(), false, None, (None, None)),
        ];
        for (account, human, control, expected) in rows {
            assert_eq!(after(account, &idle, APP, human, control, now), expected, "{human} {control:?}");
        }
        let held = owned(APP, NOW.plus(CONTROL));
        assert_eq!(after(&routed, &held, APP, false, None, now), (Some(APP), held.owner_until), "it keeps its end");
    }
}
