//! The facts a world holds, as plain data: what the store keeps and what the rules read.

mod account;
mod app;
mod content;
mod log;
mod person;
mod thread;
mod webhook;

pub use account::{Account, Page, User};
pub use app::{App, Token, TokenKind};
pub use content::{Comment, Media};
pub use log::{Event, EventKind, NewEvent};
pub use person::{Person, ScopedUser};
pub use thread::{Content, Message, Side, Thread};
pub use webhook::{Attempt, Delivery, DeliveryState, Install, NewDelivery, PinnedField, Subscription};
