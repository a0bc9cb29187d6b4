//! A business writes to a person: facts, decision, change set, commit.
//!
//! Who acts: an app, with a token of the account. What is guaranteed: when the answer is given, message, thread, log entry
//! and webhook deliveries are durable together; two sends to one person keep the order in which they arrived; a crash
//! before the commit leaves nothing. Who retries: we do, a few times, when the facts moved meanwhile; a caller whose answer
//! was lost repeats at their own risk, as on Meta.

use wire::id::{AccountId, Igsid, MessageId};
use wire::send::{Body, Recipient, Send, message};

use crate::auth::Caller;
use crate::change::{Change, ChangeSet};
use crate::facts::{Aside, Content, EventKind, Message, NewEvent, Side, Thread};
use crate::limits::Counted;
use crate::policy::window;
use crate::refusal::{Failure, Refusal};
use crate::store::CommitError;
use crate::webhook::announce_message;
use crate::world::{DECISIONS, World};

/// A message was accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// To whom it went.
    pub recipient: Igsid,
    /// Its id.
    pub message: MessageId,
}

/// Sends a message from `account`.
///
/// # Errors
/// [`Refusal::Rate`], [`Refusal::NoSuchUser`], [`Refusal::CommentInvalid`], [`Refusal::Feature`], [`Refusal::OutsideWindow`], [`Refusal::Contended`], or
/// the store's.
pub async fn send(world: &World, caller: &Caller, account: AccountId, command: &Send) -> Result<Sent, Failure> {
    let counted = Counted::sends(caller.app.id, account);
    world.limits.take(counted, world.store.as_ref(), &world.settings, world.now()).await?;
    let text = match &command.body {
        Body::Message(message::Message { content: message::Content::Text { text, .. }, .. }) => text,
        _ => return Err(Refusal::Parameter("not yet".into()).into()),
    };
    let igsid = match &command.recipient {
        Recipient::Id(id) => id.parse::<Igsid>().map_err(|_| Refusal::NoSuchUser)?,
        // Private replies come with comments; until then no comment can be answered (contract send 3.3).
        Recipient::CommentId(_) => return Err(Refusal::CommentInvalid.into()),
    };
    let write = async {
        for _ in 0..DECISIONS {
            let facts = world.store.thread_facts(account, igsid).await?;
            let now = world.now();
            window::decide(&facts, command.tag, caller.app.human_agent, now)?;
            let thread = facts.thread.unwrap_or_else(|| Thread::new(account, igsid));
            let message = Message {
                id: thread.next_message(now),
                created_time: now,
                from: Side::Business,
                app: Some(caller.app.id),
                content: Content::Text(text.clone()),
                aside: Aside::default(),
            };
            let mut set = ChangeSet::new();
            announce_message(world, &mut set, &message).await?;
            let id = message.id;
            write_message(&mut set, thread, message, EventKind::MessageSent);
            match world.commit(set).await {
                Ok(()) => return Ok(Sent { recipient: igsid, message: id }),
                Err(CommitError::Stale) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(Refusal::Contended.into())
    };
    world.lanes.in_turn(account, igsid, write).await
}

/// Adds a message, the thread after it and the log entry of it.
pub(crate) fn write_message(set: &mut ChangeSet, thread: Thread, message: Message, kind: EventKind) {
    let id = message.id;
    set.push(Change::SaveThread(thread.with(&message)))
        .push(Change::AddEvent(NewEvent {
            account: id.account,
            igsid: id.igsid,
            item: id.item,
            kind,
            time: message.created_time,
        }))
        .push(Change::AddMessage(message));
}
