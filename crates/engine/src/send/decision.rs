//! What a send is decided on, and by what right it may be done (contract send 3.5, steps 8 to 11).

use wire::id::Igsid;
use wire::send::{Recipient, Send, Tag};
use wire::time::Millis;

use super::{Order, private_reply};
use crate::facts::{Account, Comment, Role, ScopedUser, Thread};
use crate::policy::control::{self, Stand};
use crate::policy::window::{self, Grant};
use crate::policy::{block, private_reply as reply_policy, reach, recipient};
use crate::refusal::Failure;
use crate::world::World;

/// A send, and everything about it that does not move while it is carried out.
#[derive(Clone, Copy)]
pub(super) struct Case<'a> {
    pub world: &'a World,
    pub order: Order<'a>,
    pub asked: &'a Send,
    pub business: &'a Account,
    pub to: Igsid,
}

/// By what right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Right {
    /// The window is open.
    Window(Grant),
    /// This comment may be answered once.
    Comment(Comment),
}

/// The facts on which a send was allowed.
pub(super) struct Allowed {
    pub user: ScopedUser,
    pub thread: Option<Thread>,
    pub right: Right,
    pub now: Millis,
}

impl Case<'_> {
    /// Whether a person writes, by what the app says.
    pub fn is_human_agent(&self) -> bool {
        self.asked.tag == Some(Tag::HumanAgent)
    }

    /// Reads the facts and decides. A send to an open window costs one read.
    pub async fn decide(&self) -> Result<Allowed, Failure> {
        let Case { world, order, asked, business, to } = *self;
        let (store, app) = (&world.store, &order.caller.app);
        let facts = store.thread_facts(order.account, to).await?;
        let now = world.now();
        // Read after the thread: who answers the comment meanwhile moves the thread on, and this one decides again.
        let comment = match &asked.recipient {
            Recipient::Id(_) => None,
            Recipient::CommentId(id) => {
                let (comment, medium) = private_reply::find(world, order.account, id).await?;
                reply_policy::decide(&comment, &medium, asked.tag, now)?;
                Some(comment)
            }
        };
        let person = recipient::decide(&facts)?.person;
        // A business that writes to itself needs no window, and no role (contract webhooks 3.7).
        let is_self = business.self_igsid == Some(to);
        if reach::needs_role(app) && !is_self {
            reach::decide(store.has_role(Role { app: app.id, person }).await?)?;
        }
        let (user, thread) = (recipient::decide(&facts)?, facts.thread.as_ref());
        block::decide(user, facts.status, thread)?;
        control::decide_send(Stand { account: business, thread, app: app.id, now }, self.is_human_agent())?;
        let right = match comment {
            Some(comment) => Right::Comment(comment),
            None if is_self => Right::Window(Grant::Standard),
            None => Right::Window(window::decide(thread, asked.tag, app.human_agent, now)?),
        };
        let user = user.clone();
        Ok(Allowed { user, thread: facts.thread, right, now })
    }
}
