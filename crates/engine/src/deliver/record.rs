//! What came of an attempt, what follows for the delivery, and what for the app.

use serde_json::Value;
use wire::id::AccountId;
use wire::time::{Millis, Span};

use super::{Answer, Hold, Unwanted};
use crate::change::{Change, ChangeSet};
use crate::facts::{Alert, AlertKind, Attempt, Channel, DATA_DELETION, Delivery, DeliveryState, Outage};
use crate::policy::outage::{self, Failed};
use crate::policy::retry::{self, Jitter, Next, Regime};
use crate::store::CommitError;
use crate::world::World;

/// An attempt that was made.
#[derive(Debug, Clone, Copy)]
pub struct Attempted<'a> {
    /// Where it went.
    pub url: &'a str,
    /// When it began.
    pub began: Millis,
    /// What came back.
    pub answer: &'a Answer,
    /// Whether a success is taken as lost, so that the delivery comes again (fault `duplicate`).
    pub lost: bool,
}

/// Whether an answer is a success: exactly 200 (contract webhooks 2.5), and to a request for deletion a confirmation
/// (contract graph 6.9).
fn is_taken(delivery: &Delivery, status: Option<u16>, text: &str) -> bool {
    status == Some(200) && (delivery.field != DATA_DELETION || delivery.channel != Channel::Callback || confirms(text))
}

/// Whether an answer says where the deletion can be followed, and under which code.
fn confirms(text: &str) -> bool {
    let Ok(answer) = serde_json::from_str::<Value>(text) else { return false };
    ["url", "confirmation_code"].iter().all(|key| answer[key].as_str().is_some_and(|text| !text.is_empty()))
}

/// Why an attempt came to what it came to, for people.
pub fn explain(delivery: &Delivery, attempt: &Attempt) -> String {
    match attempt.status {
        None if attempt.url.is_empty() => format!("given up: {}", attempt.answer),
        None => format!("failed: {}", attempt.answer),
        Some(200) if is_taken(delivery, attempt.status, &attempt.answer) => "taken".to_owned(),
        Some(200) => "failed: the answer is no JSON with url and confirmation_code".to_owned(),
        Some(status) => format!("failed: HTTP status {status} is not 200"),
    }
}

/// Whether a delivery says something of the app's endpoint: not one that went somewhere else.
pub fn concerns_the_endpoint(delivery: &Delivery) -> bool {
    delivery.channel != Channel::Callback && delivery.copy.as_ref().is_none_or(|copy| copy.url.is_none())
}

/// Writes down what came of deliveries that were posted together, when the next attempt is due, and what the app's owner is
/// told. A success costs nothing more while all is well.
///
/// # Errors
/// The store's; the leases then run out and the deliveries are made again, which at-least-once allows.
pub async fn record(
    world: &World,
    hold: &Hold,
    posted: &[Delivery],
    attempted: Attempted<'_>,
) -> Result<(), CommitError> {
    let percent = world.settings.webhook_retry_jitter_percent;
    // One for all, so that what was posted together is due together.
    let jitter = match percent {
        0 => Jitter::NONE,
        _ => Jitter::new(percent, u16::from_le_bytes(world.ids.random())),
    };
    let mut outcome = Ok(());
    for set in by_account(posted, |set, delivery| conclude(world.now(), hold, delivery, attempted, jitter, set)) {
        outcome = outcome.and(world.commit(set).await);
    }
    outcome
}

/// A change set for each account, since none may touch two.
fn by_account(posted: &[Delivery], mut add: impl FnMut(&mut ChangeSet, &Delivery)) -> Vec<ChangeSet> {
    let mut sets: Vec<(AccountId, ChangeSet)> = Vec::new();
    for delivery in posted {
        let at = sets.iter().position(|(account, _)| *account == delivery.account).unwrap_or_else(|| {
            sets.push((delivery.account, ChangeSet::new()));
            sets.len() - 1
        });
        add(&mut sets[at].1, delivery);
    }
    sets.into_iter().map(|(_, set)| set).collect()
}

fn conclude(
    now: Millis,
    hold: &Hold,
    delivery: &Delivery,
    attempted: Attempted<'_>,
    jitter: Jitter,
    set: &mut ChangeSet,
) {
    let Attempted { url, began, answer, lost } = attempted;
    let (taken, number) = (is_taken(delivery, answer.status, &answer.text), delivery.attempts + 1);
    let first = delivery.first_attempt_time.unwrap_or(began);
    let next =
        if taken { None } else { Some(retry::after_failure(Regime::of(delivery.channel), number, first, now, jitter)) };
    let (state, due_time, hold_back) = match next {
        None if lost => (DeliveryState::Pending, now, true),
        None => (DeliveryState::Delivered, now, false),
        Some(Next::Retry { at, hold_back }) => (DeliveryState::Pending, at, hold_back),
        Some(Next::Drop) => (DeliveryState::Dropped, now, false),
    };
    let text = &answer.text;
    let text = if taken && lost { format!("{text} (fault duplicate: as if it were lost)") } else { text.clone() };
    let attempt = Attempt {
        account: delivery.account,
        delivery: delivery.id,
        number,
        time: began,
        duration_ms: answer.duration_ms,
        url: url.to_owned(),
        status: answer.status,
        answer: text,
    };
    set.push(Change::RecordAttempt { owner: hold.owner, attempt, state, due_time, hold_back });
    if !concerns_the_endpoint(delivery) {
        return;
    }
    if taken {
        end_outage(hold, delivery, set);
    } else {
        let message = matches!(delivery.channel, Channel::Messaging | Channel::Standby);
        let hour_is_over = message && next == Some(Next::Drop);
        // An outage that begins with a first attempt is as old as the delivery. One that begins with a retry is younger, were
        // it by a millisecond: something was taken in between.
        let began = if number == 1 { first } else { began.max(first.plus(Span::millis(1))) };
        fail(now, hold, delivery, (first, began, hour_is_over), set);
    }
}

fn end_outage(hold: &Hold, delivery: &Delivery, set: &mut ChangeSet) {
    let Delivery { account, app, login, .. } = *delivery;
    if hold.outages.lock().remove(&(account, login)).is_some() {
        set.push(Change::EndOutage { account, app, login });
    }
}

fn fail(
    now: Millis,
    hold: &Hold,
    delivery: &Delivery,
    (first, began, hour_is_over): (Millis, Millis, bool),
    set: &mut ChangeSet,
) {
    let Delivery { account, app, login, .. } = *delivery;
    let mut outages = hold.outages.lock();
    let known = outages.get(&(account, login)).copied();
    let verdict = outage::after_failure(Failed { known, first, began, hour_is_over }, now);
    let outage = Outage { account, app, login, since: verdict.since };
    if verdict.begins {
        outages.insert((account, login), verdict.since);
        set.push(Change::AddOutage(outage));
    }
    if verdict.tell {
        set.push(Change::AddAlert(Alert { outage, kind: AlertKind::DeliveryFailing, time: now }));
    }
    if verdict.disable {
        outages.remove(&(account, login));
        set.push(Change::AddAlert(Alert { outage, kind: AlertKind::WebhooksDisabled, time: now }))
            .push(Change::RemoveInstall { account, app, login })
            .push(Change::EndOutage { account, app, login });
    }
}

/// Gives up a delivery without an attempt; the log shows why, as an attempt that went nowhere.
///
/// # Errors
/// As [`record`].
pub async fn give_up(world: &World, hold: &Hold, delivery: &Delivery, reason: String) -> Result<(), CommitError> {
    let mut set = ChangeSet::new();
    set.push(given_up(world.now(), hold, delivery, reason));
    world.commit(set).await
}

/// Gives up a delivery that the app does not want any more.
///
/// # Errors
/// As [`record`].
pub async fn give_up_unwanted(
    world: &World,
    hold: &Hold,
    delivery: &Delivery,
    why: Unwanted,
) -> Result<(), CommitError> {
    let mut set = ChangeSet::new();
    set.push(given_up(world.now(), hold, delivery, why.to_string()));
    if concerns_the_endpoint(delivery) {
        // Who comes back later begins anew.
        end_outage(hold, delivery, &mut set);
    }
    world.commit(set).await
}

fn given_up(now: Millis, hold: &Hold, delivery: &Delivery, reason: String) -> Change {
    let attempt = Attempt {
        account: delivery.account,
        delivery: delivery.id,
        number: delivery.attempts + 1,
        time: now,
        duration_ms: 0,
        url: String::new(),
        status: None,
        answer: reason,
    };
    let state = DeliveryState::Dropped;
    Change::RecordAttempt { owner: hold.owner, attempt, state, due_time: now, hold_back: false }
}

/// Puts a delivery off without an attempt; with `hold_back` the rest of its thread waits.
///
/// # Errors
/// As [`record`].
pub async fn postpone(
    world: &World,
    hold: &Hold,
    delivery: &Delivery,
    due_time: Millis,
    hold_back: bool,
) -> Result<(), CommitError> {
    let Delivery { account, id, .. } = *delivery;
    let mut set = ChangeSet::new();
    set.push(Change::Postpone { owner: hold.owner, account, delivery: id, due_time, hold_back });
    world.commit(set).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deletion_is_confirmed_by_an_address_and_a_code() {
        assert!(confirms(r#"{"url":"https://x.test/d?c=abc","confirmation_code":"abc"}"#));
        for text in ["", "ok", "{}", r#"{"url":"https://x.test"}"#, r#"{"url":"u","confirmation_code":7}"#, "[1]"] {
            assert!(!confirms(text), "{text}");
        }
    }
}
