//! Groups of change sets: in as few transactions as can be, each of one account and under the locks of its threads.

use std::collections::{HashMap, HashSet};

use async_trait::async_trait;
use db::tokio_postgres::Error;
use db::tokio_postgres::types::ToSql;
use db::{Group, Session};
use engine::change::ChangeSet;
use engine::store::{CommitError, StoreError};
use futures_util::future::{BoxFuture, FutureExt, TryFutureExt, try_join_all};

use super::bulk::{Bulk, Touched};
use super::failure::Broken;
use super::run::{Done, write};
use crate::sql::commit;

/// Commits that touch one thread are serial over all nodes: its versions and the turns of its deliveries, once read under
/// the lock, stand until the end of the transaction. Locked are the threads `$2` of account `$1` and those of its
/// deliveries `$3`, in the order of their keys, so that nobody waits in a circle. It is no lock on rows, since a delivery
/// may have a thread that is not there yet. Two threads may share a key; they merely wait for each other.
pub(super) const LOCK: &str = "SELECT pg_advisory_xact_lock(key) FROM (SELECT DISTINCT hashint8extended(igsid, $1) AS key FROM \
    (SELECT unnest($2::bigint[]) AS igsid UNION ALL SELECT d.igsid FROM unnest($3::bigint[]) AS settled (id) \
    CROSS JOIN LATERAL (SELECT igsid FROM delivery WHERE account_id = $1 AND id = settled.id LIMIT 1) d) AS thread \
    ORDER BY 1) AS locked";
pub(super) const VERSIONS: &str = "SELECT t.igsid, t.version FROM unnest($2::bigint[]) AS asked (igsid) \
    CROSS JOIN LATERAL (SELECT igsid, version FROM thread WHERE account_id = $1 AND igsid = asked.igsid LIMIT 1) t";
/// How often a set is tried that stands in another transaction's way.
const TRIES: usize = 3;

/// What comes of a change set.
type Answer = Result<(), CommitError>;

/// Writes change sets.
pub(super) struct ChangeSets;

#[async_trait]
impl Group for ChangeSets {
    type Operation = ChangeSet;
    type Refusal = CommitError;

    async fn run(&self, session: &Session, _key: i64, sets: &[ChangeSet]) -> Result<Vec<Answer>, Error> {
        let mut answers = Vec::with_capacity(sets.len());
        while answers.len() < sets.len() {
            if let Err(error) = next(session, &sets[answers.len()..], &mut answers).await {
                if answers.is_empty() {
                    return Err(error);
                }
                // An error of the whole group would take back the answers to what is on disk, or have it made again.
                let why = format!("it may have been committed: {error}");
                answers.resize_with(sets.len(), || Err(refused(&why)));
                drop(session.batch("ROLLBACK").await);
            }
        }
        Ok(answers)
    }
}

/// Writes the sets at the head of a group that go together, or one that goes by itself, and answers them.
async fn next(session: &Session, rest: &[ChangeSet], answers: &mut Vec<Answer>) -> Result<(), Error> {
    let bulk = Bulk::from(rest);
    let head = &rest[..bulk.sets().max(1)];
    if bulk.sets() > 0 {
        let done = in_bulk(session, bulk).await;
        if let Ok(stale) = unbroken(session, done).await? {
            answers.extend((0..head.len()).map(|set| answer(stale.contains(&set))));
            return Ok(());
        }
    }
    for set in head {
        answers.push(alone(session, set).await?);
    }
    Ok(())
}

fn answer(stale: bool) -> Answer {
    if stale { Err(CommitError::Stale) } else { Ok(()) }
}

/// What a transaction came to, or why the database broke it off; it is rolled back then.
async fn unbroken<T>(session: &Session, done: Result<T, Error>) -> Result<Result<T, Broken>, Error> {
    match done {
        Ok(done) => Ok(Ok(done)),
        Err(error) => {
            let broken = Broken::of(error)?;
            session.batch("ROLLBACK").await?;
            Ok(Err(broken))
        }
    }
}

/// How a transaction begins whose commit waits for the disk, or does not.
fn begin(relaxed: bool) -> &'static str {
    if relaxed { "BEGIN; SET LOCAL synchronous_commit = off" } else { "BEGIN" }
}

/// The sets in one transaction, by arrays; answers with those that were stale. It takes two round trips.
async fn in_bulk(session: &Session, bulk: Bulk<'_>) -> Result<HashSet<usize>, Error> {
    session.prepare(&[LOCK, VERSIONS]).await?;
    session.prepare(&bulk.texts()).await?;
    let Touched { account, threads, deliveries, relaxed } = bulk.touched();
    let lock: [&(dyn ToSql + Sync); 3] = [&account, &threads, &deliveries];
    let look: [&(dyn ToSql + Sync); 2] = [&account, &threads];
    let (_, _, found) =
        tokio::try_join!(session.batch(begin(relaxed)), session.query(LOCK, &lock), session.query(VERSIONS, &look),)?;
    let versions: HashMap<i64, i64> = found.iter().map(|row| (row.get(0), row.get(1))).collect();
    let stands = |igsid| versions.get(&igsid).copied().unwrap_or(0);
    let stale: HashSet<usize> =
        bulk.saves().filter(|save| stands(save.igsid) != save.over).map(|save| save.set).collect();
    let statements = bulk.statements(&stale);
    let params: Vec<_> = statements.iter().map(|statement| statement.params()).collect();
    let mut writes: Vec<BoxFuture<'_, Result<(), Error>>> = Vec::with_capacity(statements.len() + 1);
    for (statement, params) in statements.iter().zip(&params) {
        writes.push(session.execute(statement.text, params).map_ok(drop).boxed());
    }
    writes.push(session.batch("COMMIT").boxed());
    try_join_all(writes).await?;
    Ok(stale)
}

/// One set in a transaction of its own, statement by statement.
async fn alone(session: &Session, set: &ChangeSet) -> Result<Answer, Error> {
    let mut tries = 0;
    loop {
        tries += 1;
        let done = one_by_one(session, set).await;
        return Ok(match unbroken(session, done).await? {
            Ok(answer) => answer,
            Err(Broken::InTheWay) if tries < TRIES => continue,
            Err(Broken::Taken) => Err(CommitError::Stale),
            Err(Broken::InTheWay) => Err(refused("it stood in the way of other writes again and again")),
            Err(Broken::Refused(why)) => Err(refused(&why)),
        });
    }
}

fn refused(why: &str) -> CommitError {
    CommitError::Store(StoreError::Unavailable(format!("the database did not take a change set: {why}")))
}

async fn one_by_one(session: &Session, set: &ChangeSet) -> Result<Answer, Error> {
    let Touched { account, threads, deliveries, relaxed } = Touched::by(set);
    session.batch(begin(relaxed)).await?;
    session.query(LOCK, &[&account, &threads, &deliveries]).await?;
    for change in &set.0 {
        let writes = match commit::writes(change) {
            Ok(writes) => writes,
            Err(too_large) => {
                session.batch("ROLLBACK").await?;
                return Ok(Err(CommitError::Store(StoreError::Corrupt(too_large.to_string()))));
            }
        };
        for one in &writes {
            match write(session, one).await? {
                Done::GoOn => {}
                Done::Stop => break,
                Done::Stale => {
                    session.batch("ROLLBACK").await?;
                    return Ok(Err(CommitError::Stale));
                }
            }
        }
    }
    session.batch("COMMIT").await?;
    Ok(Ok(()))
}
