//! What becomes of deliveries that were taken: posted together, or alone, or put off or dropped because that was asked for.

use std::sync::Arc;
use std::time::Duration;

use engine::deliver::{self, Answer, Attempted, Destination, Hold, Unwanted};
use engine::facts::Delivery;
use engine::policy::fault::Fault;
use engine::store::CommitError;
use wire::id::AppId;
use wire::time::Span;

use super::slots::Slot;
use super::{Dispatcher, GRACE, Inner};

/// What is to be done with deliveries of one app that were taken.
pub(super) enum Work {
    /// One POST. Posted again if asked for.
    Post(Vec<Delivery>),
    /// Not now: so many milliseconds later, with the rest of its thread or without.
    Postpone(Delivery, u64, bool),
    /// Never.
    Drop(Delivery),
}

impl Dispatcher {
    /// Plans what is done with deliveries that were just taken: what goes in one POST, and what is struck by a fault.
    pub(super) fn plan(&self, hold: &Hold, deliveries: Vec<Delivery>) -> Vec<Work> {
        let Inner { world, faults, .. } = &*self.0;
        let (mut plan, mut whole) = (Vec::new(), Vec::new());
        for delivery in deliveries {
            let strike = |fault| faults.strike(fault, delivery.app, &delivery.field);
            if !hold.is_first_of(&delivery) {
                whole.push(delivery);
            } else if strike(Fault::Drop).is_some() {
                plan.push(Work::Drop(delivery));
            } else if let Some(millis) = strike(Fault::Delay) {
                plan.push(Work::Postpone(delivery, millis, true));
            } else if let Some(millis) = strike(Fault::Reorder) {
                plan.push(Work::Postpone(delivery, millis, false));
            } else {
                whole.push(delivery);
            }
        }
        let mut updates = world.settings.webhook_batch;
        if let Some(first) = whole.first()
            && let Some(more) = faults.strike(Fault::Batch, first.app, &first.field)
        {
            updates = updates.max(usize::try_from(more).unwrap_or(usize::MAX));
        }
        let groups = deliver::groups(whole, updates, world.settings.webhook_batch_bytes);
        plan.extend(groups.into_iter().map(Work::Post));
        plan
    }

    /// Does one thing after the other, in one place.
    pub(super) async fn work(self, plan: Vec<Work>, hold: Arc<Hold>, to: Option<Arc<Destination>>, place: Slot) {
        let world = &self.0.world;
        for work in plan {
            let (outcome, first) = match work {
                Work::Post(_) if !hold.outlasts_a_post(world) => {
                    tracing::warn!("the lease ran out before a delivery began; it is left to others");
                    continue;
                }
                Work::Post(group) => {
                    (self.post(&group, &hold, to.as_deref(), &place).await, group.first().map(|d| d.id))
                }
                Work::Postpone(delivery, millis, hold_back) => {
                    let wait = Span::millis(i64::try_from(millis.max(1)).unwrap_or(i64::MAX));
                    let due_time = world.now().plus(wait);
                    (deliver::postpone(world, &hold, &delivery, due_time, hold_back).await, Some(delivery.id))
                }
                Work::Drop(delivery) => {
                    let reason = "it was to be dropped (fault drop)".to_owned();
                    (deliver::give_up(world, &hold, &delivery, reason).await, Some(delivery.id))
                }
            };
            if let Err(error) = outcome {
                let delivery = first.map(|id| id.to_string());
                tracing::warn!(delivery, %error, "what came of a delivery is lost; it will be made again");
            }
        }
    }

    /// Posts deliveries that go together; gives up those that nobody wants any more.
    async fn post(
        &self,
        group: &[Delivery],
        hold: &Hold,
        to: Option<&Destination>,
        place: &Slot,
    ) -> Result<(), CommitError> {
        let Inner { world, outbound, faults, .. } = &*self.0;
        let (mut wanted, mut url) = (Vec::new(), None);
        for delivery in group {
            let found = match to {
                Some(destination) => destination.url(world, delivery).await?,
                None => Err(Unwanted::NoSubscription),
            };
            match found {
                Ok(found) => {
                    url = Some(found.to_owned());
                    wanted.push(delivery.clone());
                }
                Err(why) => deliver::give_up_unwanted(world, hold, delivery, why).await?,
            }
        }
        let (Some(to), Some(url), Some(first)) = (to, url, wanted.first()) else { return Ok(()) };
        let (app, field, began) = (first.app, first.field.as_str(), world.now());
        let post = to.post(url, &wanted);
        let answer = match faults.strike(Fault::Fail, app, field) {
            Some(status) => refused(status),
            None => {
                let slow = faults.strike(Fault::Slow, app, field);
                match self.dawdle(slow).await {
                    Some(answer) => answer,
                    None => outbound.post(&post).await,
                }
            }
        };
        if deliver::concerns_the_endpoint(first) {
            place.answered(answer.status == Some(200));
        }
        let lost = hold.is_first_of(first) && faults.strike(Fault::Duplicate, app, field).is_some();
        let attempted = Attempted { url: &post.url, began, answer: &answer, lost };
        deliver::record(world, hold, &wanted, attempted).await
    }

    /// Waits for what is due to be delivered, when that was asked for: so the echo of a send comes before its answer (contract
    /// webhooks 6).
    pub async fn let_the_echo_go_first(&self, app: AppId) {
        let Inner { world, faults, .. } = &*self.0;
        if faults.strike(Fault::EchoBeforeAnswer, app, "messages").is_some() {
            let patience = Duration::from_millis(world.settings.webhook_timeout_ms) + GRACE;
            // Whoever is slower than that is overtaken by the answer.
            let _ = tokio::time::timeout(patience, self.settle()).await;
        }
    }

    /// Takes the time that a slow callback takes, of which there is no more than a time limit.
    async fn dawdle(&self, slow: Option<u64>) -> Option<Answer> {
        let (slow, limit) = (slow?, self.0.world.settings.webhook_timeout_ms);
        tokio::time::sleep(Duration::from_millis(slow.min(limit))).await; // sleep: the fault is that it takes real time
        let text = format!("no answer within {limit} ms (fault slow)");
        (slow >= limit).then_some(Answer { status: None, text, duration_ms: limit })
    }
}

fn refused(status: u64) -> Answer {
    let text = "as if the callback had answered so (fault fail)".to_owned();
    Answer { status: u16::try_from(status).ok(), text, duration_ms: 0 }
}
