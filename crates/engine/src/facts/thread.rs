//! Threads: one person with one account.

use wire::id::{AccountId, AppId, ConversationId, Igsid, Item, MessageId};
use wire::time::{Millis, Span};

use super::Message;

/// The conversation of one person with one account. `(account, igsid)` is its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thread {
    /// The account.
    pub account: AccountId,
    /// The person, as the account knows them.
    pub igsid: Igsid,
    /// Grows by one with every change; a commit that expected another version is stale.
    pub version: u64,
    /// Time of the newest message.
    pub updated_time: Millis,
    /// Number of the newest message; the next one is larger.
    pub last_item: Item,
    /// The person's latest act that opens the window (contract send 3.1).
    pub last_person_time: Option<Millis>,
    /// Newest message of the business, what "seen" refers to.
    pub last_business_item: Option<Item>,
    /// Newest message of the business that the person has seen.
    pub seen_item: Option<Item>,
    /// Messages in the thread.
    pub message_count: u64,
    /// The person's messages since the business last wrote, or marked them as seen.
    pub unread_count: u64,
    /// Newest message that the business marked as seen (contract send 1.10).
    pub business_seen_item: Option<Item>,
    /// Until when the person sees that the business writes (contract send 1.10).
    pub typing_until: Option<Millis>,
    /// Where the person's app shows it (contract send 3.4).
    pub folder: Folder,
    /// The person deleted or archived it; their next act brings it back (contract send 4.3, 2534001).
    pub is_removed: bool,
    /// The app that was last given control; whether it still has it, the account's routing and the clock say (contract
    /// webhooks 5.2).
    pub owner_app: Option<AppId>,
    /// Until when; `None` without an owner.
    pub owner_until: Option<Millis>,
}

/// How long "writes…" is shown after `typing_on` (contract send 1.10).
pub const TYPING: Span = Span::seconds(20);

/// How long an app controls a thread after the person's latest act (contract send 1.11).
pub const CONTROL: Span = Span::hours(24);

/// Who controls a thread, and until when.
pub type Held = (AppId, Millis);

/// Where a thread is kept (contract send 3.4, 6.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Folder {
    /// The person follows the account.
    #[default]
    Primary,
    /// The business answered by API.
    General,
    /// The person does not follow the account, and nobody has answered.
    Requests,
    /// Moved there by moderation.
    Spam,
}

impl Folder {
    /// Every folder with its name on the emulator's surface and its number in the store.
    pub const ALL: [(Folder, &'static str, i64); 4] = [
        (Folder::Primary, "primary", 0),
        (Folder::General, "general", 1),
        (Folder::Requests, "requests", 2),
        (Folder::Spam, "spam", 3),
    ];
}

impl Thread {
    /// A thread that does not exist yet.
    pub fn new(account: AccountId, igsid: Igsid) -> Self {
        Self {
            account,
            igsid,
            version: 0,
            updated_time: Millis::default(),
            last_item: Item::new(0),
            last_person_time: None,
            last_business_item: None,
            seen_item: None,
            message_count: 0,
            unread_count: 0,
            business_seen_item: None,
            typing_until: None,
            folder: Folder::default(),
            is_removed: false,
            owner_app: None,
            owner_until: None,
        }
    }

    /// Its id on the wire.
    pub fn id(&self) -> ConversationId {
        ConversationId { account: self.account, igsid: self.igsid }
    }

    /// The thread after `message`: counters, times and version moved on.
    pub fn with(mut self, message: &Message) -> Self {
        self.version += 1;
        self.updated_time = message.created_time.max(self.updated_time);
        let before = (self.message_count > 0).then_some(self.last_item);
        self.last_item = message.id.item;
        self.message_count += 1;
        match message.from {
            Side::Person => {
                self.last_person_time = Some(message.created_time);
                self.unread_count += 1;
                self.is_removed = false;
                self.prolong_control(message.created_time);
            }
            Side::Business => {
                self.last_business_item = Some(message.id.item);
                // An answer is what marks the person's messages as read (contract send 3.4).
                self.business_seen_item = self.business_seen_item.max(before);
                self.unread_count = 0;
                self.typing_until = None;
            }
        }
        self
    }

    /// Who was last given control, and until when.
    pub fn held(&self) -> Option<Held> {
        self.owner_app.zip(self.owner_until)
    }

    /// The thread under that control.
    pub fn with_held(self, held: Option<Held>) -> Self {
        let (owner_app, owner_until) = held.unzip();
        Self { owner_app, owner_until, ..self }
    }

    /// The person acted: whoever controls the thread keeps it for [`CONTROL`] from now on (contract send 1.11).
    pub fn prolong_control(&mut self, now: Millis) {
        if let Some(until) = self.owner_until.filter(|until| now <= *until) {
            self.owner_until = Some(until.max(now.plus(CONTROL)));
        }
    }

    /// The id of a message written at `now`: later than every other in the thread even if the clock stood or went back.
    pub fn next_message(&self, now: Millis) -> MessageId {
        let micros = u64::try_from(now.get()).unwrap_or(0).saturating_mul(1_000);
        let item = Item::new(micros.max(self.last_item.get() + 1));
        MessageId { account: self.account, igsid: self.igsid, item }
    }
}

/// Who wrote a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// The person.
    Person,
    /// The business, by an app or by hand.
    Business,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{Aside, Content};

    fn message(thread: &Thread, from: Side, at: i64) -> Message {
        Message {
            id: thread.next_message(Millis::new(at)),
            created_time: Millis::new(at),
            from,
            app: None,
            content: Content::Text("hi".into()),
            aside: Aside::default(),
        }
    }

    #[test]
    fn message_numbers_grow_even_when_the_clock_does_not() {
        let thread = Thread::new(AccountId::new(1), Igsid::new(2));
        let thread = thread.clone().with(&message(&thread, Side::Person, 5_000));
        let second = message(&thread, Side::Person, 4_000);
        assert!(second.id.item > thread.last_item);
        let thread = thread.with(&second);
        assert_eq!((thread.version, thread.message_count), (2, 2));
        assert_eq!(thread.updated_time, Millis::new(5_000), "an older clock does not take the thread back");
    }

    #[test]
    fn an_answer_clears_unread_and_leaves_the_window_alone() {
        let thread = Thread::new(AccountId::new(1), Igsid::new(2));
        let thread = thread.clone().with(&message(&thread, Side::Person, 1_000));
        assert_eq!(thread.unread_count, 1);
        let answer = message(&thread, Side::Business, 9_000);
        let thread = thread.with(&answer);
        assert_eq!(thread.unread_count, 0);
        assert_eq!(thread.last_person_time, Some(Millis::new(1_000)));
        assert_eq!(thread.last_business_item, Some(answer.id.item));
        assert_eq!(thread.business_seen_item, Some(Item::new(1_000_000)), "what the person wrote is read now");
    }

    #[test]
    fn the_persons_act_prolongs_control_that_still_holds() {
        let held = |until| Thread {
            owner_app: Some(AppId::new(7)),
            owner_until: Some(Millis::new(until)),
            ..Thread::new(AccountId::new(1), Igsid::new(2))
        };
        let after = |until, at| held(until).with(&message(&held(until), Side::Person, at)).owner_until;
        assert_eq!(after(5_000, 5_000), Some(Millis::new(5_000).plus(CONTROL)));
        assert_eq!(after(5_000, 5_001), Some(Millis::new(5_000)), "what is over stays over");
    }
}
