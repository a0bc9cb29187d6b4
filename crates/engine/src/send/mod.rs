//! A business writes to a person, or does something beside writing: facts, decision, change set, commit.
//!
//! Who acts: an app, with a token of the account. What is guaranteed: when the answer is given, message, thread, log entry
//! and webhook deliveries are durable together; two sends to one person keep the order in which they arrived; a crash
//! before the commit leaves nothing. Who retries: we do, a few times, when the facts moved meanwhile; a caller whose answer
//! was lost repeats at their own risk, as on Meta, or names the request by a [`Key`] and gets the first answer again.
//!
//! The checks come in the order of contract send 3.5: permission and rate ([`send`]), the shape of the request (the
//! caller's part), the account ([`standing`]), then person, block, control and window ([`decision`]), and the content last,
//! with its files.

mod action;
mod content;
mod decision;
mod idempotent;
mod message;
mod private_reply;

use serde::{Deserialize, Serialize};
use wire::error::GraphError;
use wire::id::{AccountId, AttachmentId, Igsid, MessageId};
use wire::send::attachment::MediaKind;
use wire::send::message::Content as Said;
use wire::send::{Body, Recipient, Send};
use wire::version::ApiVersion;

use crate::auth::Caller;
use crate::change::{Change, ChangeSet};
use crate::facts::{EventKind, Message, NewEvent, Thread};
use crate::limits::{Bucket, Counted};
use crate::media::{Fetch, Filedata};
use crate::policy::access::Scope;
use crate::policy::standing;
use crate::refusal::{Failure, Refusal};
use crate::world::World;

pub use idempotent::{KEY_CHARS, Key};

/// What a private reply needs beside the permissions of every send (contract send 3.3).
const PRIVATE_REPLY: &[Scope] = &[Scope::ManageComments, Scope::PagesMessaging];

/// A call of `…/messages`: who sends, and what came with the request.
#[derive(Clone, Copy)]
pub struct Order<'a> {
    /// Who calls.
    pub caller: &'a Caller,
    /// For which account.
    pub account: AccountId,
    /// The version that serves the call.
    pub version: ApiVersion,
    /// The file that came along.
    pub filedata: Option<&'a Filedata>,
    /// The caller's name for the request, by which it may be repeated.
    pub key: Option<&'a Key>,
}

/// A send was accepted: its answer, as it is on the wire (contract send 2.1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// To whom it went.
    pub recipient_id: Igsid,
    /// The message; an action makes none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message_id: Option<MessageId>,
    /// The file's id for further messages, if one was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attachment_id: Option<AttachmentId>,
}

/// Carries out a send. `asked` is what the request says, or what is wrong with its shape: a wrong one counts against the
/// limits, too.
///
/// # Errors
/// Every refusal of contract send 3.5, in its order; the store's.
pub async fn send(
    world: &World,
    fetch: &dyn Fetch,
    order: Order<'_>,
    asked: Result<Send, GraphError>,
) -> Result<Sent, GraphError> {
    if let Some(sent) = idempotent::earlier(world, order).await? {
        return Ok(sent);
    }
    admit(world, order, asked.as_ref().ok()).await?;
    let asked = asked?;
    let business = standing::decide(order.caller.business.as_deref()).map_err(Failure::from)?;
    let to = match (&asked.recipient, &asked.body) {
        (Recipient::Id(id), _) => id.parse().map_err(|_| Refusal::NoSuchUser)?,
        (Recipient::CommentId(_), Body::Action(_)) => return Err(Refusal::InvalidMessage.into()),
        (Recipient::CommentId(id), Body::Message(_)) => private_reply::find(world, order.account, id).await?.0.from,
    };
    let case = decision::Case { world, order, asked: &asked, business, to };
    Ok(match &asked.body {
        Body::Action(action) => action::act(case, action).await?,
        Body::Message(message) => message::write(case, fetch, message).await?,
    })
}

/// Permission and rate. What a send counts against follows from what it is (contract send 5.1).
async fn admit(world: &World, order: Order<'_>, asked: Option<&Send>) -> Result<(), Failure> {
    let bucket = match asked {
        Some(Send { recipient: Recipient::CommentId(id), .. }) => {
            order.caller.require(PRIVATE_REPLY)?;
            private_reply::bucket(world, order.account, id).await?
        }
        Some(Send { body: Body::Message(message), .. }) if is_slow(&message.content) => Bucket::SendMedia,
        _ => Bucket::Send,
    };
    let counted = Counted { bucket, app: order.caller.app.id, account: Some(order.account) };
    world.limits.take(counted, world.store.as_ref(), &world.settings, world.now()).await
}

/// Audio and video have a smaller allowance than everything else.
fn is_slow(content: &Said) -> bool {
    let Said::Media(attachments) = content else { return false };
    attachments.iter().any(|attachment| matches!(attachment.kind, MediaKind::Audio | MediaKind::Video))
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
