//! The facts a world holds, as plain data: what the store keeps and what the rules read.

mod account;
mod answer;
mod app;
mod asset;
mod content;
mod flow;
mod log;
mod message;
mod person;
mod thread;
mod webhook;

pub use account::{Account, AccountType, Page, Standing, User};
pub use answer::{ANSWER_KEPT, Answer};
pub use app::{App, DATA_DELETION, DEAUTHORIZE, LoginCallbacks, Role, Token, TokenKind};
pub use asset::{Asset, Attachment, CHUNK_BYTES, Chunk};
pub use content::{Comment, Media, MediaAd, MediaProductType, STORY, StoryInsights};
pub use flow::Flow;
pub use log::{Event, EventKind, NewEvent};
pub use message::{Aside, Content, Entry, MediaFile, Message, Reaction};
pub use person::{Person, PersonStatus, ScopedUser};
pub use thread::{CONTROL, Folder, Held, Side, TYPING, Thread};
pub use webhook::{
    Alert, AlertKind, Attempt, Channel, Copied, Delivery, DeliveryState, Install, NewDelivery, Outage, PinnedField,
    Subscription,
};
