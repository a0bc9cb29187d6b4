//! Sender actions: typing, seen, reactions (contract send 1.10). No app is told of them; the person's side sees them.

use std::pin::pin;

use wire::id::{Item, MessageId};
use wire::send::action::SenderAction;

use super::decision::{Allowed, Case};
use super::{Sent, content, idempotent};
use crate::change::{Change, ChangeSet};
use crate::facts::{EventKind, NewEvent, Reaction, Side, TYPING, Thread};
use crate::refusal::{Failure, Refusal};
use crate::store::CommitError;
use crate::world::DECISIONS;

/// How `love` is shown.
const LOVE: &str = "\u{2764}\u{fe0f}";

/// Carries it out.
pub(super) async fn act(case: Case<'_>, action: &SenderAction) -> Result<Sent, Failure> {
    let Case { world, order, to, .. } = case;
    let attempts = pin!(async {
        for _ in 0..DECISIONS {
            if let Some(sent) = idempotent::earlier(world, order).await? {
                return Ok(sent);
            }
            let allowed = case.decide().await?;
            let now = allowed.now;
            let mut set = changes(case, action, allowed).await?;
            let sent = Sent { recipient_id: to, message_id: None, attachment_id: None };
            idempotent::keep(&mut set, order, &sent, now)?;
            match world.commit(set).await {
                Ok(()) => return Ok(sent),
                Err(CommitError::Stale) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(Refusal::Contended.into())
    });
    world.lanes.in_turn(order.account, to, attempts).await
}

/// Everything that one action makes true. The thread goes one version on with each, so that none is decided on what was
/// unsent meanwhile.
async fn changes(case: Case<'_>, action: &SenderAction, allowed: Allowed) -> Result<ChangeSet, Failure> {
    let Allowed { thread, now, .. } = allowed;
    let mut thread = thread.ok_or(Refusal::OutsideWindow)?;
    let (account, igsid, newest) = (thread.account, thread.igsid, thread.last_item);
    let mut set = ChangeSet::new();
    let (kind, item) = match action {
        SenderAction::TypingOn => {
            thread.typing_until = Some(now.plus(TYPING));
            (EventKind::Typing, newest)
        }
        SenderAction::TypingOff => {
            thread.typing_until = None;
            (EventKind::Typing, newest)
        }
        SenderAction::MarkSeen => {
            thread.business_seen_item = Some(newest);
            thread.unread_count = 0;
            (EventKind::BusinessSeen, newest)
        }
        SenderAction::React { message_id, reaction } => {
            let item = reacted(case, message_id).await?;
            let emoji = if reaction.eq_ignore_ascii_case("love") { LOVE } else { reaction };
            set.push(Change::PutReaction(Reaction {
                message: MessageId { account, igsid, item },
                from: Side::Business,
                emoji: emoji.to_owned(),
                time: now,
            }));
            (EventKind::Reaction, item)
        }
        SenderAction::Unreact { message_id } => {
            let item = reacted(case, message_id).await?;
            let message = MessageId { account, igsid, item };
            set.push(Change::RemoveReaction { message, from: Side::Business });
            (EventKind::Reaction, item)
        }
    };
    set.push(Change::SaveThread(Thread { version: thread.version + 1, ..thread })).push(Change::AddEvent(NewEvent {
        account,
        igsid,
        item,
        kind,
        time: now,
    }));
    Ok(set)
}

/// The message that is reacted to: one of this thread.
async fn reacted(case: Case<'_>, mid: &str) -> Result<Item, Failure> {
    let found = content::in_thread(case.world, case.order, case.to, mid).await?;
    Ok(found.ok_or_else(|| Refusal::Parameter("The message to react to is not in this conversation".into()))?)
}
