//! Moving a movable clock on all nodes that share a store.
//!
//! The offset in the store is the clock's position; what a node's own clock has is a copy. A move commits the new offset and
//! then sets the copy; other nodes hear of it ([`crate::relay`]), read it and set theirs. On one node each of these happens
//! under one lock, read or write first and copy last, so a node never falls back to an offset that it read before a move of
//! its own. When two nodes move at once, the later commit stands, and both end up there.

use wire::time::{Millis, Span};

use crate::change::{Change, ChangeSet};
use crate::clock::{MovableClock, OFFSET_SETTING};
use crate::store::{CommitError, Read, StoreError};
use crate::world::World;

/// Moves the clock forward to `time`; one that is there already, or past it, stays. So does one that cannot be moved.
///
/// # Errors
/// The store's; the clock stays then, unless the store has the new offset all the same.
pub async fn advance(world: &World, time: Millis) -> Result<(), CommitError> {
    let Some(clock) = world.clock.movable() else { return Ok(()) };
    let _turn = world.clock_turn.lock().await;
    let offset = clock.offset_at(time);
    if offset < clock.offset() {
        return Ok(());
    }
    commit(world, clock, offset, ChangeSet::new()).await
}

/// Moves the clock to `time`, which lies behind it. What is pending moves along, since a retry that stayed behind would hold
/// up its thread until that time comes again; limits are counted anew.
///
/// # Errors
/// As [`advance`].
pub async fn set_back(world: &World, time: Millis) -> Result<(), CommitError> {
    let Some(clock) = world.clock.movable() else { return Ok(()) };
    let _turn = world.clock_turn.lock().await;
    let offset = clock.offset_at(time);
    let by = Span::millis(clock.offset().get().saturating_sub(offset.get()));
    let mut set = ChangeSet::new();
    // Another node may have moved it behind that time meanwhile.
    if by > Span::ZERO {
        set.push(Change::Rewind { by });
    }
    commit(world, clock, offset, set).await
}

/// Sets the clock to where the store says it is, if it is elsewhere, and wakes the delivery workers then.
///
/// # Errors
/// The store's; [`StoreError::Corrupt`] for an offset that is no number.
pub async fn follow(world: &World) -> Read<()> {
    let Some(clock) = world.clock.movable() else { return Ok(()) };
    let _turn = world.clock_turn.lock().await;
    read(world, clock).await
}

async fn read(world: &World, clock: &MovableClock) -> Read<()> {
    let Some(text) = world.store.setting(OFFSET_SETTING).await? else { return Ok(()) };
    let offset = text.parse().map(Span::millis);
    let offset = offset.map_err(|_| StoreError::Corrupt(format!("setting.value of {OFFSET_SETTING}: {text:?}")))?;
    if offset != clock.offset() {
        set(world, clock, offset);
    }
    Ok(())
}

async fn commit(world: &World, clock: &MovableClock, offset: Span, mut changes: ChangeSet) -> Result<(), CommitError> {
    changes.push(Change::PutSetting { name: OFFSET_SETTING, value: offset.get().to_string() });
    let outcome = world.commit(changes).await;
    match &outcome {
        Ok(()) => set(world, clock, offset),
        // A commit whose answer was lost may stand.
        Err(_) => read(world, clock).await?,
    }
    outcome
}

fn set(world: &World, clock: &MovableClock, offset: Span) {
    let back = offset < clock.offset();
    clock.set_offset(offset);
    if back {
        world.limits.forget();
    }
    world.bus.ring_work();
}
