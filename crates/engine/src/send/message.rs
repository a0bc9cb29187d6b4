//! A message of the business (contract send 1.4 to 1.9, 1.11, 3.3).

use std::pin::pin;

use wire::send::attachment::Attachment;
use wire::send::message::{Content as Said, Message as Asked};
use wire::send::thread_control::ThreadControl;

use super::decision::{Allowed, Case, Right};
use super::{Sent, content, idempotent, write_message};
use crate::change::{Change, ChangeSet};
use crate::control::target;
use crate::facts::{Aside, Comment, EventKind, Message, Side, Thread};
use crate::media::{self, Fetch, Prepared};
use crate::policy::control::{self, Stand, Told};
use crate::policy::{folder, private_reply};
use crate::refusal::{Failure, Refusal};
use crate::routes::About;
use crate::store::CommitError;
use crate::webhook::{announce_control, announce_message};
use crate::world::{DECISIONS, World};

/// Writes it.
pub(super) async fn write(case: Case<'_>, fetch: &dyn Fetch, asked: &Asked) -> Result<Sent, Failure> {
    let Case { world, order, to, .. } = case;
    let control = handing_on(case).await?;
    let prepared = match &asked.content {
        // In a box, so that a plain text does not carry the room for files along.
        Said::Media(files) => Box::pin(prepare(case, fetch, asked, files)).await?,
        _ => Prepared::default(),
    };
    // Pinned here: handed over by value it would be carried along twice.
    let attempts = pin!(async {
        for _ in 0..DECISIONS {
            if let Some(sent) = idempotent::earlier(world, order).await? {
                return Ok(sent);
            }
            let allowed = case.decide().await?;
            check_rich(world, &allowed, &asked.content).await?;
            let (set, sent) = changes(case, asked, &prepared, control, allowed).await?;
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

/// Brings the files in when nothing else stands against the message. Nobody waits for them in the thread's lane.
async fn prepare(case: Case<'_>, fetch: &dyn Fetch, asked: &Asked, files: &[Attachment]) -> Result<Prepared, Failure> {
    let Case { world, order, business, .. } = case;
    let allowed = case.decide().await?;
    check_rich(world, &allowed, &asked.content).await?;
    content::check_files(business, &asked.content)?;
    media::prepare(world, fetch, order.caller, order.account, files, order.filedata).await
}

/// Everything that one message makes true.
async fn changes(
    case: Case<'_>,
    asked: &Asked,
    prepared: &Prepared,
    control: Option<ThreadControl>,
    allowed: Allowed,
) -> Result<(ChangeSet, Sent), Failure> {
    let Case { world, order, to, .. } = case;
    let Allowed { user, thread, right, now } = allowed;
    let thread = thread.unwrap_or_else(|| Thread::new(order.account, to));
    let app = order.caller.app.id;
    let before = Stand { account: case.business, thread: Some(&thread), app, now };
    let claimed = thread.clone().with_held(control::after_send(before, case.is_human_agent()));
    let after = Stand { thread: Some(&claimed), ..before };
    let about =
        About { account: order.account, igsid: to, person: Some(user.person), thread: Some(&claimed), author: None };
    let aside = content::aside(world, order, to, asked, case.asked.reply_to.as_deref()).await?;
    let mut set = ChangeSet::new();
    let comment = match &right {
        Right::Comment(comment) => {
            set.push(Change::PutComment(Comment { replied_time: Some(now), ..comment.clone() }));
            Some(comment.id)
        }
        Right::Window(_) => None,
    };
    let message = Message {
        id: thread.next_message(now),
        created_time: now,
        from: Side::Business,
        app: Some(app),
        content: content::kept(world, order, &asked.content, prepared.files.clone()).await?,
        aside: Aside { comment, is_self: case.business.self_igsid == Some(to), ..aside },
    };
    announce_message(world, &mut set, about, &message).await?;
    set.0.extend(prepared.changes.iter().cloned());
    if let Some(lost) = before.owner().filter(|owner| *owner != app) {
        announce_control(world, &mut set, about, Told::Taken(lost, app), None, now).await?;
    }
    let held = control.map_or(claimed.held(), |control| control::handed_on(after, control));
    if let (Some(ThreadControl::Pass(_)), Some((new, _))) = (control, held) {
        announce_control(world, &mut set, about, Told::Passed(before.owner(), new), None, now).await?;
    }
    let folder = folder::after_send(&thread, user.is_user_follow_business, comment.is_some());
    let sent = Sent { recipient_id: to, message_id: Some(message.id), attachment_id: prepared.attachment };
    let thread = Thread { folder, ..thread }.with_held(held);
    write_message(&mut set, thread, message, EventKind::MessageSent);
    idempotent::keep(&mut set, order, &sent, now)?;
    Ok((set, sent))
}

/// Media and templates reach no stranger by a private reply, and the attempt uses the comment up (contract send 3.3, 7 row 13).
async fn check_rich(world: &World, allowed: &Allowed, said: &Said) -> Result<(), Failure> {
    let Right::Comment(comment) = &allowed.right else { return Ok(()) };
    if !content::is_rich(said) || !world.settings.private_reply_needs_follower {
        return Ok(());
    }
    let decided = private_reply::decide_rich(&allowed.user, allowed.thread.as_ref());
    if decided.is_err() {
        let mut set = ChangeSet::new();
        set.push(Change::PutComment(Comment { replied_time: Some(allowed.now), ..comment.clone() }));
        world.commit(set).await?;
    }
    Ok(decided?)
}

/// What becomes of the thread, once the app that is to get it is known to be one of this account's.
async fn handing_on(case: Case<'_>) -> Result<Option<ThreadControl>, Failure> {
    let Case { world, asked, business, .. } = case;
    let Some(control) = asked.thread_control else { return Ok(None) };
    if business.default_app.is_none() {
        let missing = "thread_control needs Conversation Routing, which this account has not set up";
        return Err(Refusal::Parameter(missing.into()).into());
    }
    match control {
        ThreadControl::Pass(Some(app)) => {
            let app = target(world, business, app).await?;
            Ok(Some(ThreadControl::Pass(Some(app))))
        }
        other => Ok(Some(other)),
    }
}
