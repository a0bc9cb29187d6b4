//! The model's deliveries.

use std::collections::{BTreeMap, BTreeSet};

use engine::facts::{Attempt, Delivery, DeliveryState, NewDelivery};
use engine::store::{Claim, DeliveryFilter};
use wire::id::{AccountId, AppId, DeliveryId, Igsid};
use wire::time::Millis;

use crate::shared::kept_answer;

/// Every delivery, with its lease and its attempts.
#[derive(Clone, Default)]
pub(super) struct Queue(BTreeMap<DeliveryId, Row>);

#[derive(Clone)]
struct Row {
    delivery: Delivery,
    lease: Option<Lease>,
    attempts: Vec<Attempt>,
}

#[derive(Clone, Copy)]
struct Lease {
    owner: u64,
    until: Millis,
}

impl Row {
    fn lane(&self) -> (AccountId, AppId, Igsid) {
        (self.delivery.account, self.delivery.app, self.delivery.igsid)
    }

    fn pending(&self) -> bool {
        self.delivery.state == DeliveryState::Pending
    }

    fn leased(&self, now: Millis) -> bool {
        self.lease.is_some_and(|lease| lease.until > now)
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
            element: new.element,
            created_time: new.created_time,
            state: DeliveryState::Pending,
            attempts: 0,
            first_attempt_time: None,
            due_time: new.created_time,
        };
        self.0.insert(id, Row { delivery, lease: None, attempts: Vec::new() });
    }

    /// Takes them one by one.
    pub(super) fn claim(&mut self, claim: &Claim) -> Vec<Delivery> {
        let mut taken = Vec::new();
        let mut lanes = BTreeSet::new();
        for _ in 0..claim.limit {
            let claimable = self.0.values().filter(|row| !lanes.contains(&row.lane()) && self.claimable(row, claim));
            let Some(id) =
                claimable.min_by_key(|row| (row.delivery.due_time, row.delivery.id)).map(|row| row.delivery.id)
            else {
                break;
            };
            if let Some(row) = self.0.get_mut(&id) {
                row.lease = Some(Lease { owner: claim.owner, until: claim.until });
                row.delivery.first_attempt_time.get_or_insert(claim.now);
                lanes.insert(row.lane());
                taken.push(row.delivery.clone());
            }
        }
        taken
    }

    fn claimable(&self, row: &Row, claim: &Claim) -> bool {
        let due = row.pending() && row.delivery.app == claim.app && row.delivery.due_time <= claim.now;
        due && self.0.values().filter(|other| other.lane() == row.lane() && other.pending()).all(|other| {
            let holds = other.delivery.id < row.delivery.id && other.delivery.attempts < claim.quick_attempts;
            !holds && !other.leased(claim.now)
        })
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
        let (id, lane) = (row.delivery.id, row.lane());
        row.attempts.push(attempt);
        if hold_back {
            for later in self.0.values_mut().filter(|row| row.delivery.id > id && row.lane() == lane) {
                if later.pending() && later.lease.is_none() && later.delivery.due_time < due_time {
                    later.delivery.due_time = due_time;
                }
            }
        }
    }

    pub(super) fn redeliver(&mut self, account: AccountId, id: DeliveryId, due_time: Millis) {
        if let Some(row) = self.0.get_mut(&id).filter(|row| row.delivery.account == account) {
            row.delivery.state = DeliveryState::Pending;
            row.delivery.due_time = due_time;
            row.lease = None;
        }
    }

    pub(super) fn due_apps(&self, now: Millis) -> Vec<AppId> {
        let due = self.0.values().filter(|row| row.pending() && row.delivery.due_time <= now);
        due.map(|row| row.delivery.app).collect::<BTreeSet<_>>().into_iter().collect()
    }

    pub(super) fn next_due(&self) -> Option<Millis> {
        self.0.values().filter(|row| row.pending()).map(|row| row.delivery.due_time).min()
    }

    pub(super) fn newest_first(&self, filter: DeliveryFilter) -> impl Iterator<Item = Delivery> {
        let shown = move |delivery: &&Delivery| {
            filter.app.is_none_or(|app| delivery.app == app)
                && filter.state.is_none_or(|state| delivery.state == state)
                && filter.before.is_none_or(|before| delivery.id < before)
        };
        self.0.values().rev().map(|row| &row.delivery).filter(shown).cloned()
    }

    pub(super) fn delivery(&self, id: DeliveryId) -> Option<(Delivery, Vec<Attempt>)> {
        self.0.get(&id).map(|row| (row.delivery.clone(), row.attempts.clone()))
    }
}
