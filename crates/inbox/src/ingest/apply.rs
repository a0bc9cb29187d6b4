//! Applying what came in: each event once, those of one person one behind the other.

use std::collections::BTreeMap;

use futures_util::StreamExt;
use futures_util::stream;
use wire::time::Millis;

use super::merge;
use super::reading::{Commented, Heard, Reading, What, read};
use crate::desk::{Desk, Problem, could_have, next, save};
use crate::facts::{Comment, Connection, Conversation, Message, Outbox, Reaction, Sending, Side, Status};
use crate::ids::{ConnectionId, ConversationId, EntryId, WorkspaceId};
use crate::policy::assign;
use crate::sql::inbound::{self, Inbound};
use crate::sql::{agents, conversations, desk, messages, outbox, search};
use crate::store::{ChangeSet, Committed, EventKind, News};

/// Events that are looked at in one go.
const BATCH: u32 = 512;
/// Lanes that are applied side by side.
const LANES: usize = 16;
/// How often an event is tried that the database does not take, before it is set aside.
const TRIES: usize = 64;

/// What is known where an event is applied.
struct Facts {
    conversation: Option<Conversation>,
    message: Option<Message>,
    in_hand: Vec<Outbox>,
}

/// What became of an event.
enum Became {
    /// It is applied, in this conversation if in any, which is new if so said.
    Applied(Option<(ConversationId, bool)>),
    /// It waits for the answer to a send.
    Waits,
}

impl Desk {
    /// Applies everything that is there to be applied; gives how many events it applied.
    ///
    /// # Errors
    /// The store's; what is not applied then is the next time.
    pub async fn apply_all(&self) -> Result<usize, Problem> {
        let (mut after, mut count) = (EntryId::new(0), 0);
        loop {
            let batch = self.store.list(inbound::pending(after, BATCH)).await?;
            let Some(last) = batch.last() else { return Ok(count) };
            after = last.id;
            let connections = self.connections_of(&batch).await?;
            let mut lanes: BTreeMap<(ConnectionId, String), Vec<Inbound>> = BTreeMap::new();
            for event in batch {
                lanes.entry((event.connection, event.lane.clone())).or_default().push(event);
            }
            let applied: Vec<Result<(usize, Option<WorkspaceId>), Problem>> = stream::iter(lanes.into_values())
                .map(|events| self.apply_lane(&connections, events))
                .buffer_unordered(LANES)
                .collect()
                .await;
            let mut waiting = std::collections::BTreeSet::new();
            for lane in applied {
                let (applied, gives) = lane?;
                count += applied;
                waiting.extend(gives);
            }
            for workspace in waiting {
                self.give_out(workspace).await?;
            }
        }
    }

    async fn connections_of(&self, events: &[Inbound]) -> Result<BTreeMap<ConnectionId, Connection>, Problem> {
        let mut found = BTreeMap::new();
        for event in events {
            if !found.contains_key(&event.connection)
                && let Some(connection) = self.store.one(desk::connection(event.connection)).await?
            {
                found.insert(event.connection, connection);
            }
        }
        Ok(found)
    }

    /// Applies events of one lane in order, up to one that has to wait.
    async fn apply_lane(
        &self,
        connections: &BTreeMap<ConnectionId, Connection>,
        events: Vec<Inbound>,
    ) -> Result<(usize, Option<WorkspaceId>), Problem> {
        let (mut count, mut gives) = (0, None);
        for event in events {
            let Some(connection) = connections.get(&event.connection) else { continue };
            match self.apply(connection, &event).await? {
                Became::Applied(place) => {
                    count += 1;
                    if let Some((conversation, is_new)) = place {
                        gives = Some(event.workspace);
                        if is_new {
                            self.wants_profile(event.workspace, conversation);
                        }
                    }
                }
                Became::Waits => break,
            }
        }
        Ok((count, gives))
    }

    /// Applies one event.
    async fn apply(&self, connection: &Connection, event: &Inbound) -> Result<Became, Problem> {
        let Some(body) = &event.body else { return self.set_aside(event, "erased").await };
        let reading = read(body, event.received_time);
        if reading.account != connection.account_id {
            return self.set_aside(event, "another account").await;
        }
        for _ in 0..TRIES {
            let now = self.now();
            let facts = self.facts(connection, &reading).await?;
            let mut set = ChangeSet::new(event.workspace, now);
            set.guard(inbound::done(event, None));
            let place = match (&reading.what, &reading.customer) {
                (What::Account(what), _) => {
                    set.tell(News::general(EventKind::Account).about(what));
                    None
                }
                (What::Comment(comment), _) => {
                    comment_writes(&mut set, connection, comment, reading.at);
                    None
                }
                (_, None) => return self.set_aside(event, "nobody").await,
                (_, Some(customer)) => {
                    if waits_for_answer(&reading, &facts, now) {
                        return Ok(Became::Waits);
                    }
                    Some(self.thread_writes(&mut set, connection, event, &reading, customer, &facts, now).await?)
                }
            };
            match self.try_commit(set).await? {
                Some(Committed::Whole | Committed::Stopped) => return Ok(Became::Applied(place)),
                None => {}
            }
        }
        self.set_aside(event, "could not be applied").await
    }

    /// Leaves an event as it came, and says why.
    async fn set_aside(&self, event: &Inbound, why: &str) -> Result<Became, Problem> {
        tracing::info!(key = %event.key, connection = %event.connection, why, "an event is shown nowhere");
        let mut set = ChangeSet::new(event.workspace, self.now());
        set.write(inbound::done(event, Some(why.to_owned())));
        self.try_commit(set).await?;
        Ok(Became::Applied(None))
    }

    async fn facts(&self, connection: &Connection, reading: &Reading) -> Result<Facts, Problem> {
        let workspace = connection.workspace;
        let conversation = match &reading.customer {
            Some(customer) => {
                let of = conversations::of_customer(workspace, connection.id, customer.clone());
                self.store.one(of).await?
            }
            None => None,
        };
        let mid = match &reading.what {
            What::Message(heard) => heard.mid.clone(),
            What::Unsent { mid, .. } | What::Edited { mid, .. } => Some(mid.clone()),
            _ => None,
        };
        let message = match mid {
            Some(mid) => self.store.one(messages::message(workspace, mid)).await?,
            None => None,
        };
        let is_echo = matches!(&reading.what, What::Message(heard) if heard.side == Side::Business && heard.said);
        let in_hand = match &conversation {
            Some(conversation) if is_echo && message.is_none() => {
                self.store.many(outbox::in_hand(workspace, conversation.id)).await?
            }
            _ => Vec::new(),
        };
        Ok(Facts { conversation, message, in_hand })
    }

    /// Adds what an event of a thread changes; gives the conversation, and whether it is new.
    #[expect(clippy::too_many_arguments, reason = "an event, its facts, and where what they cause goes")]
    async fn thread_writes(
        &self,
        set: &mut ChangeSet,
        connection: &Connection,
        event: &Inbound,
        reading: &Reading,
        customer: &str,
        facts: &Facts,
        now: Millis,
    ) -> Result<(ConversationId, bool), Problem> {
        let workspace = event.workspace;
        let before = facts.conversation.as_ref();
        let mut after = match before {
            Some(conversation) => next(conversation),
            None => Conversation {
                id: ConversationId::make(now, self.entropy.as_ref()),
                ..begun(connection, customer, reading.at)
            },
        };
        if let Some(standby) = reading.standby {
            after.standby = standby;
        }
        let id = after.id;
        match &reading.what {
            What::Message(heard) => {
                let mid = heard.mid.clone().unwrap_or_else(|| event.key.clone());
                let known = facts.message.clone();
                let place = known.clone().unwrap_or_else(|| merge::place(workspace, id, mid, heard.side, reading.at));
                let mut message = merge::heard(place, heard, reading.at);
                let mut settled = None;
                if let Some(own) = own_send(facts, heard, now) {
                    set.tell(News::of(EventKind::Outbox, id).about(own.id));
                    settled = Some(outbox::sent(own, Some(message.mid.clone())));
                    message = merge::ours(message, own.agent, own.id);
                }
                if message.kind == merge::UNSENT {
                    // It was unsent before it came.
                    set.write(inbound::erase(event, message.mid.clone()));
                }
                set.tell(News::of(EventKind::Message, id).about(&message.mid).by(message.agent));
                self.heard_of(&mut after, heard, reading.at).await?;
                save(set, before, &after, None);
                set.write(if known.is_some() { messages::put(&message) } else { messages::add(&message) });
                set.write(search_entry(&message));
                if let Some(settled) = settled {
                    set.write(settled).write(conversations::count_failed(workspace, id));
                }
            }
            What::Unsent { mid, side } => {
                let known = facts.message.clone();
                let place =
                    known.clone().unwrap_or_else(|| merge::place(workspace, id, mid.clone(), *side, reading.at));
                let message = merge::unsent(place);
                set.tell(News::of(EventKind::Message, id).about(mid));
                save(set, before, &after, None);
                set.write(if known.is_some() { messages::put(&message) } else { messages::add(&message) });
                set.write(search::remove(workspace, entry_name(mid)));
                set.write(messages::forget_reactions(workspace, mid.clone()));
                set.write(outbox::erase(workspace, mid.clone()));
                set.write(inbound::erase(event, mid.clone()));
            }
            What::Edited { mid, text, edits } => {
                let known = facts.message.clone();
                let place = || merge::place(workspace, id, mid.clone(), Side::Person, reading.at);
                let message = merge::edited(known.clone().unwrap_or_else(place), text, *edits);
                if message.kind == merge::UNSENT {
                    set.write(inbound::erase(event, mid.clone()));
                }
                set.tell(News::of(EventKind::Message, id).about(mid));
                save(set, before, &after, None);
                set.write(if known.is_some() { messages::put(&message) } else { messages::add(&message) });
                set.write(search_entry(&message));
            }
            What::Reacted { mid, side, emoji } => {
                set.tell(News::of(EventKind::Reaction, id).about(mid));
                if *side == Side::Person && emoji.is_some() {
                    after.person_time = after.person_time.max(Some(reading.at));
                }
                save(set, before, &after, None);
                let (mid, emoji) = (mid.clone(), emoji.clone());
                let at = reading.at;
                set.write(messages::react(Reaction {
                    workspace,
                    conversation: id,
                    mid,
                    side: *side,
                    emoji,
                    agent: None,
                    reacted_time: at,
                }));
            }
            What::Seen { mid } => {
                set.tell(News::of(EventKind::Seen, id).about(mid));
                save(set, before, &after, None);
                set.write(messages::see(workspace, id, mid.clone(), reading.at));
            }
            What::Comment(_) | What::Account(_) => {}
        }
        set.write(conversations::count_unread(workspace, id));
        Ok((id, before.is_none_or(|before| before.profile_time.is_none())))
    }

    /// What a message means for its conversation: times, and that it is to be looked at.
    async fn heard_of(&self, after: &mut Conversation, heard: &Heard, at: Millis) -> Result<(), Problem> {
        let newest = heard.side == Side::Person && after.person_time.is_none_or(|last| at > last);
        after.first_time = after.first_time.min(at);
        after.last_time = after.last_time.max(at);
        match heard.side {
            Side::Person if heard.opens => after.person_time = after.person_time.max(Some(at)),
            Side::Person => {}
            Side::Business if heard.said => {
                after.business_time = after.business_time.max(Some(at));
                after.read_time = after.read_time.max(at);
            }
            Side::Business => {}
        }
        if newest && heard.said && after.status != Status::Open {
            (after.status, after.snoozed_until, after.changed_time) = (Status::Open, None, self.now());
            self.keep_or_lose_assignee(after).await?;
        }
        after.waiting = assign::waits(after, self.assignment_of(after).await?) && (after.waiting || newest);
        Ok(())
    }

    /// A conversation that is open again stays with whom it was, if they have room; else it waits for somebody.
    pub(crate) async fn keep_or_lose_assignee(&self, after: &mut Conversation) -> Result<(), Problem> {
        let Some(assignee) = after.assignee else { return Ok(()) };
        let agent = self.store.one(agents::agent(after.workspace, assignee)).await?;
        let closed = Conversation { status: Status::Resolved, ..after.clone() };
        if !agent.is_some_and(|agent| could_have(&agent, &closed)) {
            after.assignee = None;
        }
        Ok(())
    }
}

/// A conversation of which nothing is known but who it is with.
pub(crate) fn begun(connection: &Connection, customer: &str, at: Millis) -> Conversation {
    Conversation {
        workspace: connection.workspace,
        id: ConversationId::new(0),
        connection: connection.id,
        customer: customer.to_owned(),
        version: 1,
        seq: 0,
        status: Status::Open,
        snoozed_until: None,
        changed_time: at,
        priority: 0,
        assignee: None,
        team: None,
        waiting: false,
        first_time: at,
        last_time: at,
        person_time: None,
        business_time: None,
        read_time: Millis::new(0),
        unread: 0,
        failed: 0,
        standby: false,
        profile: Default::default(),
        profile_time: None,
    }
}

/// An echo that may be of a send whose answer is still to come waits for it: the answer says which message it was.
fn waits_for_answer(reading: &Reading, facts: &Facts, now: Millis) -> bool {
    let is_echo = matches!(&reading.what, What::Message(heard) if heard.side == Side::Business && heard.said);
    is_echo
        && facts.message.is_none()
        && facts.in_hand.iter().any(|one| is_message(one) && one.state == Sending::Sending && one.due_time > now)
}

fn is_message(outbox: &Outbox) -> bool {
    outbox.body.as_ref().is_some_and(crate::facts::Outgoing::is_message)
}

/// The send that an echo is of, when its answer never came: the oldest that says the same.
fn own_send<'a>(facts: &'a Facts, heard: &Heard, now: Millis) -> Option<&'a Outbox> {
    let says = |one: &Outbox| one.body.as_ref().and_then(|body| body.text().map(str::to_owned)) == heard.text;
    let over = |one: &Outbox| one.state == Sending::Failed || one.due_time <= now;
    facts.in_hand.iter().find(|one| is_message(one) && over(one) && says(one))
}

/// The name under which a message's words are found.
pub(crate) fn entry_name(mid: &str) -> String {
    format!("message:{mid}")
}

pub(crate) fn search_entry(message: &Message) -> db::sql::Write<'static> {
    let text = message.text.clone().unwrap_or_default();
    search::put(message.workspace, entry_name(&message.mid), message.conversation, text, message.sent_time)
}

fn comment_writes(set: &mut ChangeSet, connection: &Connection, comment: &Commented, at: Millis) {
    let own = comment.from.as_deref() == Some(connection.account_id.as_str());
    set.tell(News::general(EventKind::Comment).about(&comment.id));
    let Commented { id, from, username, text, media_id, product, parent_id, live } = comment.clone();
    set.write(messages::add_comment(Comment {
        workspace: connection.workspace,
        id,
        connection: connection.id,
        customer: from.filter(|_| !own),
        username,
        text,
        media_id,
        product,
        parent_id,
        live,
        created_time: at,
        outbox: None,
        reply: None,
        reply_reason: None,
    }));
}
