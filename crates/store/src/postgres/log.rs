//! Reading the event log, so that nothing is ever skipped and nothing that was committed is missed.
//!
//! Readers are shown nothing above the oldest transaction that is under way (`sql::log`). Most of those take milliseconds,
//! so a read that could show more without them waits for them a little: it shows whatever was committed before it began.

use std::time::Duration;

use db::Postgres;
use engine::facts::Event;
use engine::store::Read;

use super::run;
use crate::sql::log;

/// How often a read looks again at most, and after which time. What is under way for longer holds the log up; readers are
/// woken when it ends.
const LOOKS: usize = 50;
const PAUSE: Duration = Duration::from_millis(2);

/// Entries behind `after`, oldest first.
pub(super) async fn events(db: &Postgres, after: u64, limit: u32) -> Read<Vec<Event>> {
    for _ in 1..LOOKS {
        let more_may_come = run::exists(db, log::unsettled()).await?;
        let events = run::many(db, log::events(after, limit)).await?;
        if !more_may_come || events.len() >= usize::try_from(limit).unwrap_or(usize::MAX) {
            return Ok(events);
        }
        tokio::time::sleep(PAUSE).await; // sleep: nobody rings when a transaction of another process ends
    }
    run::many(db, log::events(after, limit)).await
}

/// Number of the newest entry.
pub(super) async fn last_event(db: &Postgres) -> Read<u64> {
    for _ in 1..LOOKS {
        if !run::exists(db, log::unsettled()).await? {
            break;
        }
        tokio::time::sleep(PAUSE).await; // sleep: nobody rings when a transaction of another process ends
    }
    Ok(run::one(db, log::last_event()).await?.unwrap_or(0))
}
