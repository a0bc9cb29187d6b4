//! Many change sets in one transaction: the rows of all of them go in statement by statement, as arrays.
//!
//! It is the road of what comes in numbers: messages, their log entries and deliveries, and what came of deliveries. The
//! threads are locked, so nobody moves what was read first, and which sets are stale is decided before anything is
//! written: one that is stays out and hurts no neighbour.

use std::collections::HashSet;

use db::tokio_postgres::types::ToSql;
use engine::change::{Change, ChangeSet};
use engine::facts::{Message, Reaction, Side};
use wire::id::{DeliveryId, Igsid, MessageId};

use super::many::{FORMS, form};
use crate::sql::{Value, Write, commit, int};

/// The rows of the sets at the head of a group.
pub(super) struct Bulk<'a> {
    sets: usize,
    touched: Touched,
    saves: Vec<Save>,
    rows: Vec<Row<'a>>,
}

/// What may be among the rows of a statement once only.
#[derive(Default)]
struct Once {
    saved: HashSet<Igsid>,
    recorded: HashSet<DeliveryId>,
    reacted: HashSet<(MessageId, Side)>,
}

/// A thread that a set wants to move on.
pub(super) struct Save {
    /// Which set of the bulk, counted from 0.
    pub(super) set: usize,
    /// Which thread.
    pub(super) igsid: i64,
    /// The version that it must stand at; 0 when it must not exist.
    pub(super) over: i64,
}

struct Row<'a> {
    set: usize,
    /// Place in [`FORMS`].
    form: usize,
    params: Vec<Value<'a>>,
}

/// A statement with its rows.
pub(super) struct Statement<'a> {
    /// Its text.
    pub(super) text: &'static str,
    columns: Vec<Vec<Value<'a>>>,
}

impl Statement<'_> {
    /// Each column as an array.
    pub(super) fn params(&self) -> Vec<&(dyn ToSql + Sync)> {
        self.columns.iter().map(|column| column as &(dyn ToSql + Sync)).collect()
    }
}

impl<'a> Bulk<'a> {
    /// Takes as many sets from the head of `sets` as can go together: those of one account, as durable as each other, whose
    /// every statement has a form for many, up to the second one that saves the same thread, records the same delivery or is about the same
    /// reaction.
    pub(super) fn from(sets: &'a [ChangeSet]) -> Self {
        let mut bulk = Self { sets: 0, touched: Touched::default(), saves: Vec::new(), rows: Vec::new() };
        let mut once = Once::default();
        for set in sets {
            let touched = Touched::by(set);
            let like = (bulk.touched.account, bulk.touched.relaxed);
            let fits = bulk.sets == 0 || (touched.account, touched.relaxed) == like;
            let (saves, rows) = (bulk.saves.len(), bulk.rows.len());
            if !fits || !set.0.iter().all(|change| bulk.add(change, &mut once)) {
                bulk.saves.truncate(saves);
                bulk.rows.truncate(rows);
                break;
            }
            bulk.sets += 1;
            (bulk.touched.account, bulk.touched.relaxed) = (touched.account, touched.relaxed);
            bulk.touched.threads.extend(touched.threads);
            bulk.touched.deliveries.extend(touched.deliveries);
        }
        bulk
    }

    /// What all its sets touch.
    pub(super) fn touched(&self) -> Touched {
        self.touched.clone()
    }

    /// How many sets it holds.
    pub(super) fn sets(&self) -> usize {
        self.sets
    }

    /// The threads that are to be moved on.
    pub(super) fn saves(&self) -> impl Iterator<Item = &Save> {
        self.saves.iter()
    }

    /// The texts that its statements will have.
    pub(super) fn texts(&self) -> Vec<&'static str> {
        let used: HashSet<usize> = self.rows.iter().map(|row| row.form).collect();
        FORMS.iter().enumerate().filter(|(place, _)| used.contains(place)).map(|(_, form)| form.many).collect()
    }

    /// The statements of all sets that are not stale, in the order in which they are to be run.
    pub(super) fn statements(self, stale: &HashSet<usize>) -> Vec<Statement<'a>> {
        let mut statements: Vec<Statement<'a>> =
            FORMS.iter().map(|form| Statement { text: form.many, columns: Vec::new() }).collect();
        for row in self.rows.into_iter().filter(|row| !stale.contains(&row.set)) {
            let columns = &mut statements[row.form].columns;
            columns.resize_with(row.params.len(), Vec::new);
            for (column, value) in columns.iter_mut().zip(row.params) {
                column.push(value);
            }
        }
        statements.retain(|statement| !statement.columns.is_empty());
        statements
    }

    /// Adds one change of the next set; `false` when it cannot go together with what is there.
    fn add(&mut self, change: &'a Change, once: &mut Once) -> bool {
        match change {
            Change::SaveThread(thread) => {
                let (Ok(igsid), Ok(version)) = (int(thread.igsid.get()), int(thread.version)) else { return false };
                if !once.saved.insert(thread.igsid) {
                    return false;
                }
                self.saves.push(Save { set: self.sets, igsid, over: version - 1 });
            }
            Change::RecordAttempt { attempt, .. } if !once.recorded.insert(attempt.delivery) => return false,
            Change::PutReaction(Reaction { message, from, .. }) | Change::RemoveReaction { message, from }
                if !once.reacted.insert((*message, *from)) =>
            {
                return false;
            }
            _ => {}
        }
        // What cannot be written goes the road for one set, and is refused there by itself.
        let Ok(writes) = commit::writes(change) else { return false };
        for Write { statement, params, .. } in writes {
            let Some(form) = form(statement) else { return false };
            self.rows.push(Row { set: self.sets, form, params });
        }
        true
    }
}

/// What a commit may lose with the machine: the delivery is made again then, and its endpoint found as it is.
fn is_of_an_attempt(change: &Change) -> bool {
    matches!(change, Change::RecordAttempt { .. } | Change::AddOutage(_) | Change::EndOutage { .. })
}

/// What sets touch that others may touch at the same time, as numbers of columns.
#[derive(Debug, Clone, Default)]
pub(super) struct Touched {
    /// The account; 0 where only global facts are touched.
    pub(super) account: i64,
    /// Threads that are saved, get deliveries, or whose messages change or get reactions.
    pub(super) threads: Vec<i64>,
    /// Deliveries whose attempts are recorded.
    pub(super) deliveries: Vec<i64>,
    /// Nothing but attempts is recorded. A record that is lost with the machine is no loss: the delivery is made again,
    /// which at-least-once allows, so its commit does not wait for the disk.
    pub(super) relaxed: bool,
}

impl Touched {
    /// What one set touches. A number that no column holds is left out; such a set is refused by its statements.
    pub(super) fn by(set: &ChangeSet) -> Self {
        let account = set.account().ok().flatten().map_or(0, |account| int(account.get()).unwrap_or_default());
        let relaxed = !set.0.is_empty() && set.0.iter().all(is_of_an_attempt);
        let mut touched = Self { account, relaxed, ..Self::default() };
        for change in &set.0 {
            match change {
                Change::SaveThread(thread) => touched.threads.extend(int(thread.igsid.get())),
                Change::AddDelivery(delivery) => touched.threads.extend(int(delivery.igsid.get())),
                Change::PutMessage(Message { id, .. })
                | Change::PutReaction(Reaction { message: id, .. })
                | Change::RemoveReaction { message: id, .. } => touched.threads.extend(int(id.igsid.get())),
                Change::Postpone { delivery, .. } => touched.deliveries.extend(int(delivery.get())),
                Change::RecordAttempt { attempt, .. } => touched.deliveries.extend(int(attempt.delivery.get())),
                _ => {}
            }
        }
        touched
    }
}

#[cfg(test)]
mod tests {
    use engine::facts::{Answer, Aside, Channel, Content, EventKind, NewDelivery, NewEvent, ScopedUser, Thread};
    use wire::dialect::Dialect;
    use wire::id::{AccountId, AppId, Item, PersonId};
    use wire::time::Millis;

    use super::*;

    const ACCOUNT: AccountId = AccountId::new(1);
    const APP: AppId = AppId::new(7);

    fn message(igsid: u64) -> MessageId {
        MessageId { account: ACCOUNT, igsid: Igsid::new(igsid), item: Item::new(9) }
    }

    fn reaction(igsid: u64) -> Change {
        let (emoji, time) = ("love".to_owned(), Millis::new(5));
        Change::PutReaction(Reaction { message: message(igsid), from: Side::Person, emoji, time })
    }

    /// Everything that comes with a message of a thread, the `version`th of it.
    fn send(igsid: u64, version: u64) -> ChangeSet {
        let (id, account, time, igsid) = (message(igsid), ACCOUNT, Millis::new(5), Igsid::new(igsid));
        let user = ScopedUser {
            account,
            igsid,
            person: PersonId::new(1),
            consent_time: None,
            is_user_follow_business: false,
            is_business_follow_user: false,
            is_user_block_business: false,
            is_business_block_user: false,
            is_same_accounts_center: false,
        };
        let (content, aside) = (Content::LikeHeart, Aside { num_edit: 1, ..Aside::default() });
        let message = Message { id, created_time: time, from: Side::Business, app: Some(APP), content, aside };
        let (login, field, element) = (Dialect::Facebook, "messages", String::new());
        let (key, request, body) = (igsid.to_string(), [0; 32], String::new());
        ChangeSet(vec![
            if version == 1 { Change::AddScopedUser(user) } else { Change::PutScopedUser(user) },
            Change::SaveThread(Thread { version, ..Thread::new(account, igsid) }),
            Change::AddEvent(NewEvent { account, igsid, item: id.item, kind: EventKind::MessageSent, time }),
            Change::AddDelivery(NewDelivery {
                account,
                app: APP,
                igsid,
                login,
                field,
                channel: Channel::Messaging,
                element,
                created_time: time,
                copy: None,
            }),
            Change::AddMessage(message),
            Change::AddAnswer(Answer { account, app: APP, key, request, body, time }),
        ])
    }

    #[test]
    fn what_comes_in_numbers_goes_together() {
        let remove = Change::RemoveReaction { message: message(4), from: Side::Person };
        let sets = [send(1, 1), send(2, 2), ChangeSet(vec![reaction(3)]), ChangeSet(vec![remove])];
        let bulk = Bulk::from(&sets);
        assert_eq!(bulk.sets(), sets.len());
        assert_eq!(bulk.touched().threads, [1, 1, 2, 2, 3, 4]);
        assert_eq!(bulk.saves().map(|save| save.over).collect::<Vec<_>>(), [0, 1]);
    }

    #[test]
    fn what_may_be_there_once_ends_what_goes_together() {
        let remove = Change::RemoveReaction { message: message(2), from: Side::Person };
        for second in [send(1, 2), ChangeSet(vec![reaction(2)]), ChangeSet(vec![remove])] {
            let sets = [send(1, 1), ChangeSet(vec![reaction(2)]), second, ChangeSet(vec![reaction(9)])];
            assert_eq!(Bulk::from(&sets).sets(), 2);
        }
        let other = Change::PutReaction(Reaction {
            message: message(2),
            from: Side::Business,
            emoji: String::new(),
            time: Millis::new(5),
        });
        assert_eq!(Bulk::from(&[ChangeSet(vec![reaction(2), other])]).sets(), 1, "the other side's is another");
    }
}
