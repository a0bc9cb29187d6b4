//! Webhook subscriptions (layer A), installs (layer B), and the deliveries they cause.

use wire::dialect::Dialect;
use wire::id::{AccountId, AppId, DeliveryId, Igsid, PageId};
use wire::time::Millis;
use wire::version::ApiVersion;

/// A field and the version its payloads are pinned to (contract webhooks 1.2, 7).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PinnedField {
    /// Field name.
    pub name: String,
    /// Version whose shape it has.
    pub version: ApiVersion,
}

/// Layer A: an app's endpoint and fields for one object (contract webhooks 1.2). The verify token is used for the handshake
/// and not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// The app.
    pub app: AppId,
    /// `instagram` or `page`.
    pub object: String,
    /// Where deliveries go.
    pub callback_url: String,
    /// Whether `changes` carry values.
    pub include_values: bool,
    /// Whether deliveries flow.
    pub active: bool,
    /// Fields subscribed.
    pub fields: Vec<PinnedField>,
}

/// Layer B: an app installed on an account by one of the two login products (contract webhooks 1.4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Install {
    /// The account whose events flow.
    pub account: AccountId,
    /// The app that gets them.
    pub app: AppId,
    /// Which login product installed it; it decides the signing secret.
    pub login: Dialect,
    /// The Page it was installed on, with Facebook Login.
    pub page: Option<PageId>,
    /// Fields named in the call.
    pub subscribed_fields: Vec<String>,
    /// Permissions the token had; a field flows only while its permission is among them.
    pub scopes: Vec<String>,
    /// When it was installed.
    pub created_time: Millis,
}

/// A delivery to be made, as the transaction of its cause writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDelivery {
    /// The account the event is about.
    pub account: AccountId,
    /// The app that is told.
    pub app: AppId,
    /// The thread; deliveries of one (app, account, thread) keep their order.
    pub igsid: Igsid,
    /// Which secret signs.
    pub login: Dialect,
    /// Webhook field, or the callback of the login product.
    pub field: &'static str,
    /// Where in an entry it stands.
    pub channel: Channel,
    /// The element of that channel, as ASCII JSON.
    pub element: String,
    /// When it was caused, and when it is first due.
    pub created_time: Millis,
    /// For a delivery that is made by hand after another one; it keeps no order.
    pub copy: Option<Copied>,
}

/// A delivery that repeats another one, changed or led elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copied {
    /// The one that it repeats.
    pub origin: DeliveryId,
    /// Where it goes; without one, to the app's callback.
    pub url: Option<String>,
}

/// Where in a delivery its element stands, and so by which rules it is retried (contract webhooks 2.1, 2.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Channel {
    /// `entry[].messaging`: retried for an hour.
    Messaging,
    /// `entry[].standby`: the same, for apps that listen while another one controls the thread.
    Standby,
    /// `entry[].changes`: retried for 36 hours.
    Changes,
    /// No entry: a `signed_request` in a form, to a callback of the login product (contract graph 6.9).
    Callback,
}

impl Channel {
    /// Every channel with its name on the emulator's surface and its number in the store.
    pub const ALL: [(Channel, &'static str, i64); 4] = [
        (Channel::Messaging, "messaging", 0),
        (Channel::Standby, "standby", 1),
        (Channel::Changes, "changes", 2),
        (Channel::Callback, "callback", 3),
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Channel::Messaging => "messaging",
            Channel::Standby => "standby",
            Channel::Changes => "changes",
            Channel::Callback => "callback",
        }
    }
}

/// An app's endpoint does not take what it is told of an account (contract webhooks 2.5, 2.6). It is over with the next success.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outage {
    /// The account whose events fail.
    pub account: AccountId,
    /// The app.
    pub app: AppId,
    /// The login product it is installed through.
    pub login: Dialect,
    /// When the first attempt failed after the last success.
    pub since: Millis,
}

/// What an app's owner is told of an outage. Each kind is told once for each outage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Alert {
    /// The outage.
    pub outage: Outage,
    /// What is told.
    pub kind: AlertKind,
    /// When.
    pub time: Millis,
}

/// What an app's owner is told (contract webhooks 2.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AlertKind {
    /// Deliveries have failed for a quarter of an hour.
    DeliveryFailing,
    /// They failed for an hour, and the app was taken off the account.
    WebhooksDisabled,
}

impl AlertKind {
    /// Every kind with its name on the emulator's surface and its number in the store.
    pub const ALL: [(AlertKind, &'static str, i64); 2] =
        [(AlertKind::DeliveryFailing, "delivery_failing", 0), (AlertKind::WebhooksDisabled, "webhooks_disabled", 1)];
}

/// Where a delivery stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliveryState {
    /// To be tried, now or later.
    Pending,
    /// The receiver answered 200.
    Delivered,
    /// Given up: the last retry failed, or nobody is subscribed any more.
    Dropped,
}

impl DeliveryState {
    /// Every state with its name on the emulator's surface and its number in the store.
    pub const ALL: [(DeliveryState, &'static str, i64); 3] = [
        (DeliveryState::Pending, "pending", 0),
        (DeliveryState::Delivered, "delivered", 1),
        (DeliveryState::Dropped, "dropped", 2),
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            DeliveryState::Pending => "pending",
            DeliveryState::Delivered => "delivered",
            DeliveryState::Dropped => "dropped",
        }
    }
}

/// A delivery as the log shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Its number; grows within the store.
    pub id: DeliveryId,
    /// The account the event is about.
    pub account: AccountId,
    /// The app that is told.
    pub app: AppId,
    /// The thread whose order it keeps.
    pub igsid: Igsid,
    /// Which secret signs.
    pub login: Dialect,
    /// Webhook field, or the callback of the login product.
    pub field: String,
    /// Where in an entry it stands.
    pub channel: Channel,
    /// The element of that channel, as ASCII JSON.
    pub element: String,
    /// When it was caused.
    pub created_time: Millis,
    /// Where it stands.
    pub state: DeliveryState,
    /// Attempts made.
    pub attempts: u32,
    /// When it was first tried: the `entry.time` that all its attempts carry, so that retries send the same bytes.
    pub first_attempt_time: Option<Millis>,
    /// When it is next due.
    pub due_time: Millis,
    /// What it repeats, if it was made by hand after another one.
    pub copy: Option<Copied>,
}

/// One try of a delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// The account the event is about.
    pub account: AccountId,
    /// The delivery.
    pub delivery: DeliveryId,
    /// 1 for the first try.
    pub number: u32,
    /// When it began.
    pub time: Millis,
    /// How long it took, in milliseconds.
    pub duration_ms: u64,
    /// Where it went.
    pub url: String,
    /// HTTP status, when there was an answer.
    pub status: Option<u16>,
    /// Beginning of the answer's body, or the reason there was none.
    pub answer: String,
}
