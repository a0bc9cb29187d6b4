//! The facts that a person's act is decided on.

use wire::id::{Igsid, MessageId};
use wire::time::Millis;

use crate::change::{Change, ChangeSet};
use crate::facts::{
    Account, Aside, Content, Entry, EventKind, Folder, Message, NewEvent, Person, PersonStatus, ScopedUser, Side,
    Thread,
};
use crate::policy::control::{self, Routing};
use crate::policy::folder;
use crate::refusal::{Failure, Refusal};
use crate::routes::About;
use crate::send::write_message;
use crate::store::ThreadFacts;
use crate::webhook::announce_message;
use crate::world::World;

/// A person, an account, and what is between them.
pub struct Scene<'a> {
    pub(super) world: &'a World,
    pub(super) person: &'a Person,
    pub(super) account: &'a Account,
    /// The person as the account knows them, or will.
    pub(super) user: ScopedUser,
    /// Whether it does already.
    is_known: bool,
    /// The thread, when there is one.
    pub(super) thread: Option<Thread>,
    pub(super) now: Millis,
}

impl<'a> Scene<'a> {
    pub(super) fn new(
        world: &'a World,
        person: &'a Person,
        account: &'a Account,
        igsid: Igsid,
        facts: ThreadFacts,
    ) -> Result<Self, Refusal> {
        let gone = match person.status {
            PersonStatus::Active => None,
            PersonStatus::Deactivated => Some("deactivated"),
            PersonStatus::Deleted => Some("deleted"),
        };
        if let Some(gone) = gone {
            return Err(Refusal::Parameter(format!("{} is {gone} and does nothing", person.username)));
        }
        let is_known = facts.user.is_some();
        let user = facts.user.unwrap_or(ScopedUser {
            account: account.id,
            igsid,
            person: person.id,
            consent_time: None,
            is_user_follow_business: false,
            is_business_follow_user: false,
            is_user_block_business: false,
            is_business_block_user: false,
            is_same_accounts_center: false,
        });
        Ok(Self { world, person, account, user, is_known, thread: facts.thread, now: world.now() })
    }

    /// Refuses when one of the two has blocked the other: neither can reach the other then (contract send 6.5).
    pub(super) fn reachable(&self) -> Result<(), Refusal> {
        let (person, account) = (&self.person.username, &self.account.username);
        let blocked = |by: &str, whom: &str| {
            Err(Refusal::Parameter(format!("{by} has blocked {whom}: neither can reach the other")))
        };
        match &self.user {
            user if user.is_user_block_business => blocked(person, account),
            user if user.is_business_block_user => blocked(account, person),
            _ => Ok(()),
        }
    }

    /// What an event of the scene is about.
    pub(super) fn about(&self) -> About<'_> {
        About {
            account: self.account.id,
            igsid: self.user.igsid,
            person: Some(self.person.id),
            thread: self.thread.as_ref(),
            author: None,
        }
    }

    /// A thread into which the person came by an ad or a link that leads to an app.
    pub(super) fn routed(&self, thread: Thread, entry: Option<Entry>) -> Thread {
        let Some(entry) = entry else { return thread };
        let held = control::entered(Routing::of(self.account), &thread, entry, self.now);
        thread.with_held(held)
    }

    /// The thread that is there.
    pub(super) fn started(&self) -> Result<Thread, Refusal> {
        self.thread.clone().ok_or_else(|| {
            let (person, account) = (&self.person.username, &self.account.username);
            Refusal::Parameter(format!("{person} and {account} have no conversation yet"))
        })
    }

    /// The thread as an act finds it that opens the window. A first one of somebody who does not follow the account is a
    /// request; answering a private reply that lies among the requests accepts it (contract send 3.4).
    pub(super) fn entered(&self) -> Thread {
        let Some(mut thread) = self.thread.clone() else {
            let mut thread = Thread::new(self.account.id, self.user.igsid);
            thread.folder = folder::of_first(self.user.is_user_follow_business);
            return thread;
        };
        if thread.folder == Folder::Requests && thread.last_business_item.is_some() {
            thread.folder = Folder::General;
        }
        thread
    }

    /// The thread after an act that opens the window and is no message (contract send 3.1).
    pub(super) fn acted(&self, mut thread: Thread) -> Thread {
        thread.version += 1;
        thread.last_person_time = Some(self.now);
        thread.is_removed = false;
        thread.prolong_control(self.now);
        thread
    }

    /// A message of this thread that is still there.
    pub(super) async fn message(&self, id: MessageId) -> Result<Message, Failure> {
        let ours = id.account == self.account.id && id.igsid == self.user.igsid;
        let found = if ours { self.world.store.message(id).await? } else { None };
        let found = found.filter(|message| message.content != Content::Unsent);
        Ok(found.ok_or_else(|| Refusal::NoObject { verb: "post", id: id.to_string() })?)
    }

    /// One of the person's own.
    pub(super) async fn own(&self, id: MessageId) -> Result<Message, Failure> {
        let message = self.message(id).await?;
        match message.from {
            Side::Person => Ok(message),
            Side::Business => {
                Err(Refusal::Parameter(format!("{} did not write that message", self.person.username)).into())
            }
        }
    }

    /// Whether the business is with itself (contract webhooks 3.7).
    pub(super) fn is_self(&self) -> bool {
        self.account.self_igsid == Some(self.user.igsid)
    }

    /// Adds a message of the person with everything that it causes.
    pub(super) async fn say(
        &self,
        set: &mut ChangeSet,
        content: Content,
        aside: Aside,
        kind: EventKind,
    ) -> Result<MessageId, Failure> {
        let (thread, message) = self.message_of(content, aside)?;
        self.consent(set);
        announce_message(self.world, set, About { thread: Some(&thread), ..self.about() }, &message).await?;
        Ok(write(set, thread, message, kind))
    }

    /// The same for a message that no app may hear of.
    pub(super) fn say_unheard(
        &self,
        set: &mut ChangeSet,
        content: Content,
        aside: Aside,
        kind: EventKind,
    ) -> Result<MessageId, Failure> {
        let (thread, message) = self.message_of(content, aside)?;
        self.consent(set);
        Ok(write(set, thread, message, kind))
    }

    /// What the person says, and the thread as it finds it. Who is with itself is the business.
    fn message_of(&self, content: Content, aside: Aside) -> Result<(Thread, Message), Refusal> {
        self.reachable()?;
        let thread = self.routed(self.entered(), aside.entry);
        let (id, is_self) = (thread.next_message(self.now), self.is_self());
        let from = if is_self { Side::Business } else { Side::Person };
        let aside = Aside { is_self, ..aside };
        Ok((thread, Message { id, created_time: self.now, from, app: None, content, aside }))
    }

    /// Writing, tapping or reacting is consent to be looked at (contract read 5.2).
    pub(super) fn consent(&self, set: &mut ChangeSet) {
        let consent_time = Some(self.user.consent_time.unwrap_or(self.now));
        self.remember(set, ScopedUser { consent_time, ..self.user.clone() });
    }

    /// Adds what the account knows of the person from now on; a first act makes the scoped identity.
    pub(super) fn remember(&self, set: &mut ChangeSet, user: ScopedUser) {
        if !self.is_known {
            set.push(Change::AddScopedUser(user));
        } else if user != self.user {
            set.push(Change::PutScopedUser(user));
        }
    }

    /// Adds an entry of the log about a message.
    pub(super) fn log(&self, set: &mut ChangeSet, message: MessageId, kind: EventKind) {
        set.push(Change::AddEvent(NewEvent {
            account: message.account,
            igsid: message.igsid,
            item: message.item,
            kind,
            time: self.now,
        }));
    }

    /// What an event outside of the thread is about: who controls that has no part in it.
    pub(super) fn about_content(&self) -> About<'_> {
        About { thread: None, ..self.about() }
    }

    /// The id of the thread's newest message.
    pub(super) fn newest(&self, thread: &Thread) -> MessageId {
        MessageId { account: thread.account, igsid: thread.igsid, item: thread.last_item }
    }
}

fn write(set: &mut ChangeSet, thread: Thread, message: Message, kind: EventKind) -> MessageId {
    let id = message.id;
    write_message(set, thread, message, kind);
    id
}
