//! The model's deliveries.

use std::collections::{BTreeMap, BTreeSet};

use engine::facts::{Attempt, Channel, Delivery, DeliveryState, NewDelivery};
use engine::store::{Claim, DeliveryFilter};
use wire::dialect::Dialect;
use wire::id::{AccountId, AppId, DeliveryId, Igsid};
use wire::time::{Millis, Span};

use crate::shared::kept_answer;

/// Every delivery, with its lease and its attempts.
#[derive(Clone, Default)]
pub(super) struct Queue(BTreeMap<DeliveryId, Row>);

/// What keeps its order.
type Lane = (AccountId, AppId, Igsid);

#[derive(Clone)]
struct Row {
    delivery: Delivery,
    turn: Turn,
    lease: Option<Lease>,
    attempts: Vec<Attempt>,
}

/// Where a pending delivery stands in its thread.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Turn {
    /// Behind the one that has the turn.
    Waits,
    /// It is its turn.
    Has,
    /// It gave its turn away, or is made again.
    NeedsNone,
}

#[derive(Clone, Copy)]
struct Lease {
    owner: u64,
    until: Millis,
}

impl Row {
    fn lane(&self) -> Lane {
        (self.delivery.account, self.delivery.app, self.delivery.igsid)
    }

    fn pending(&self) -> bool {
        self.delivery.state == DeliveryState::Pending
    }

    /// Pending, and not waiting for its thread.
    fn may_be_taken(&self) -> bool {
        self.pending() && self.turn != Turn::Waits
    }

    fn claimable(&self, claim: &Claim) -> bool {
        let due = self.delivery.app == claim.app && self.delivery.due_time <= claim.now;
        due && self.may_be_taken() && self.lease.is_none_or(|lease| lease.until <= claim.now)
    }
}

impl Queue {
    pub(super) fn add(&mut self, new: NewDelivery) {
        let id = DeliveryId::new(self.0.keys().next_back().map_or(1, |id| id.get() + 1));
        let delivery = Delivery {
            id,
            account: new.account,
            app: new.app,
            igsid: new.igsid,
            login: new.login,
            field: new.field.to_owned(),
            channel: new.channel,
            element: new.element,
            created_time: new.created_time,
            state: DeliveryState::Pending,
            attempts: 0,
            first_attempt_time: None,
            due_time: new.created_time,
            copy: new.copy,
        };
        let turn = if delivery.copy.is_some() { Turn::NeedsNone } else { Turn::Waits };
        let row = Row { delivery, turn, lease: None, attempts: Vec::new() };
        let lane = row.lane();
        self.0.insert(id, row);
        self.next_turn(lane);
    }

    /// Gives the turn to the first that waits, unless somebody has it.
    fn next_turn(&mut self, lane: Lane) {
        let mut of_lane: Vec<&mut Row> =
            self.0.values_mut().filter(|row| row.pending() && row.lane() == lane).collect();
        if of_lane.iter().all(|row| row.turn != Turn::Has)
            && let Some(first) = of_lane.iter_mut().find(|row| row.turn == Turn::Waits)
        {
            first.turn = Turn::Has;
        }
    }

    pub(super) fn claim(&mut self, claim: &Claim) -> Vec<Delivery> {
        let mut due: Vec<&mut Row> = self.0.values_mut().filter(|row| row.claimable(claim)).collect();
        due.sort_by_key(|row| (row.delivery.due_time, row.delivery.id));
        let limit = usize::try_from(claim.limit).unwrap_or(usize::MAX);
        let taken = due.into_iter().take(limit).map(|row| {
            row.lease = Some(Lease { owner: claim.owner, until: claim.until });
            row.delivery.first_attempt_time.get_or_insert(claim.now);
            row.delivery.clone()
        });
        taken.collect()
    }

    pub(super) fn leased_elsewhere(&self, owner: u64, now: Millis) -> bool {
        let elsewhere = |lease: Lease| lease.owner != owner && lease.until > now;
        self.0.values().any(|row| row.may_be_taken() && row.lease.is_some_and(elsewhere))
    }

    pub(super) fn release(&mut self, owner: u64) {
        for row in self.0.values_mut() {
            row.lease = row.lease.filter(|lease| lease.owner != owner);
        }
    }

    pub(super) fn record(
        &mut self,
        owner: u64,
        mut attempt: Attempt,
        state: DeliveryState,
        due_time: Millis,
        hold_back: bool,
    ) {
        let Some(row) = self.0.get_mut(&attempt.delivery) else { return };
        if row.delivery.account != attempt.account || row.lease.is_none_or(|lease| lease.owner != owner) {
            return;
        }
        attempt.answer = kept_answer(&attempt.answer).to_owned();
        row.lease = None;
        row.delivery.state = state;
        row.delivery.attempts = attempt.number;
        row.delivery.due_time = due_time;
        row.attempts.push(attempt);
        let keeps_turn = hold_back && state == DeliveryState::Pending;
        if !(keeps_turn && row.turn == Turn::Has) {
            row.turn = Turn::NeedsNone;
        }
        let lane = row.lane();
        if !keeps_turn {
            self.next_turn(lane);
        }
    }

    pub(super) fn postpone(
        &mut self,
        owner: u64,
        account: AccountId,
        id: DeliveryId,
        due_time: Millis,
        hold_back: bool,
    ) {
        let Some(row) = self.0.get_mut(&id) else { return };
        if row.delivery.account != account || row.lease.is_none_or(|lease| lease.owner != owner) {
            return;
        }
        row.lease = None;
        row.delivery.due_time = due_time;
        if !(hold_back && row.turn == Turn::Has) {
            row.turn = Turn::NeedsNone;
        }
        let lane = row.lane();
        if !hold_back {
            self.next_turn(lane);
        }
    }

    pub(super) fn redeliver(&mut self, account: AccountId, id: DeliveryId, due_time: Millis) {
        let free = |row: &&mut Row| row.lease.is_none_or(|lease| lease.until <= due_time);
        if let Some(row) = self.0.get_mut(&id).filter(|row| row.delivery.account == account).filter(free) {
            if !row.pending() {
                row.turn = Turn::NeedsNone;
                row.delivery.first_attempt_time = None;
            }
            row.delivery.state = DeliveryState::Pending;
            row.delivery.due_time = due_time;
            row.lease = None;
        }
    }

    /// What goes to the app's own endpoint is due at once.
    pub(super) fn recall(&mut self, account: AccountId, app: AppId, login: Dialect) {
        for row in self.0.values_mut().filter(|row| row.pending()) {
            let delivery = &mut row.delivery;
            let own =
                delivery.channel != Channel::Callback && delivery.copy.as_ref().is_none_or(|copy| copy.url.is_none());
            if own && (delivery.account, delivery.app, delivery.login) == (account, app, login) {
                delivery.due_time = delivery.due_time.min(delivery.created_time);
            }
        }
    }

    pub(super) fn rewind(&mut self, by: Span) {
        for row in self.0.values_mut().filter(|row| row.pending()) {
            row.delivery.due_time = row.delivery.due_time.minus(by);
            row.delivery.first_attempt_time = row.delivery.first_attempt_time.map(|first| first.minus(by));
            row.lease = None;
        }
    }

    pub(super) fn due_apps(&self, now: Millis) -> Vec<AppId> {
        let due = self.0.values().filter(|row| row.may_be_taken() && row.delivery.due_time <= now);
        due.map(|row| row.delivery.app).collect::<BTreeSet<_>>().into_iter().collect()
    }

    pub(super) fn next_due(&self) -> Option<Millis> {
        self.0.values().filter(|row| row.may_be_taken()).map(|row| row.delivery.due_time).min()
    }

    pub(super) fn newest_first(&self, filter: DeliveryFilter) -> impl Iterator<Item = Delivery> {
        let shown = move |delivery: &&Delivery| {
            filter.app.is_none_or(|app| delivery.app == app)
                && filter.account.is_none_or(|account| delivery.account == account)
                && filter.state.is_none_or(|state| delivery.state == state)
                && filter.before.is_none_or(|before| delivery.id < before)
                && filter.field.is_none_or(|field| delivery.field == field)
                && filter.since.is_none_or(|since| delivery.created_time >= since)
        };
        self.0.values().rev().map(|row| &row.delivery).filter(shown).cloned()
    }

    pub(super) fn delivery(&self, id: DeliveryId) -> Option<(Delivery, Vec<Attempt>)> {
        self.0.get(&id).map(|row| (row.delivery.clone(), row.attempts.clone()))
    }
}
