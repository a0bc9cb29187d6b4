//! Many change sets as one transaction: the rows of all of them go in statement by statement, as arrays.
//!
//! It is the road of what comes in numbers: messages, their log entries and deliveries, and what came of deliveries. The
//! account's lock is held, so nobody moves what was read first, and which sets are stale is decided here, before anything
//! is written: one that is stays out and hurts no neighbour.

use std::collections::HashSet;

use engine::change::{Change, ChangeSet};
use wire::id::{DeliveryId, Igsid};

use crate::sql::deliveries::{ADD_ATTEMPT, ADD_DELIVERY, NEXT_TURN, SETTLE};
use crate::sql::log::{ADD_EVENT, event_base};
use crate::sql::messages::ADD_MESSAGE;
use crate::sql::people::{ADD_SCOPED_USER, PUT_SCOPED_USER};
use crate::sql::threads::{ADD_THREAD, SAVE_THREAD};
use crate::sql::{Statement, Value, commit};

/// A statement that can be run for many rows at once.
struct Form {
    /// The statement for one row; the rows' parameters are its.
    single: &'static Statement,
    /// The same for many: each parameter is an array.
    many: &'static str,
}
