//! Which app controls a thread, where Conversation Routing is configured (contract send 1.11, order of checks step 10).

use wire::id::AppId;
use wire::send::thread_control::ThreadControl;
use wire::time::Millis;

use crate::facts::{Account, CONTROL, Thread};
use crate::refusal::Refusal;

/// The inboxes that a thread may be passed to, which are apps of the platform's own and stand in no table (contract send 1.11).
pub const INBOXES: [AppId; 2] = [AppId::new(263_902_037_430_900), AppId::new(1_217_981_644_879_628)];

/// The app that controls the thread now; an idle thread has none.
pub fn owner(thread: &Thread, now: Millis) -> Option<AppId> {
    thread.owner_app.filter(|_| thread.owner_until.is_some_and(|until| now <= until))
}

/// Decides whether an app may write into a thread. Without a default app nothing is configured and every app may; an idle
/// thread belongs to the default app.
///
/// # Errors
/// [`Refusal::NotThreadOwner`].
pub fn decide(account: &Account, thread: Option<&Thread>, app: AppId, now: Millis) -> Result<(), Refusal> {
    let Some(default) = account.default_app else { return Ok(()) };
    let holder = thread.and_then(|thread| owner(thread, now)).unwrap_or(default);
    if holder == app { Ok(()) } else { Err(Refusal::NotThreadOwner) }
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
            assert_eq!(decide(&samples::account(), thread.as_ref(), app, now), Ok(()), "nothing is configured");
        }
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
