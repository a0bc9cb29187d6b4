//! Settings of a running instance: one table gives the struct, the defaults, the documentation and the command line.

use std::time::Duration;

/// One setting as documentation and `--set` see it.
#[derive(Debug, Clone, Copy)]
pub struct SettingRow {
    /// Its name, the same in `--set name=value` and in the docs.
    pub name: &'static str,
    /// Its value when nothing is said.
    pub default: &'static str,
    /// What it does, with its unit.
    pub doc: &'static str,
}

/// A setting was given a name that does not exist or a value it cannot take.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum SettingError {
    /// No row of that name.
    #[error("no setting is called {0}")]
    Unknown(String),
    /// The value does not parse as the setting's type.
    #[error("setting {name} cannot be {value:?}")]
    Value {
        /// The setting.
        name: &'static str,
        /// What was given.
        value: String,
    },
    /// A lease could be over while its delivery is being posted.
    #[error(
        "delivery_lease_ms must be at least {LEASE_MARGIN_MS} more than webhook_timeout_ms, so that nobody else takes a \
         delivery while it is being made"
    )]
    Lease,
}

/// How much longer a lease is at least than the POST that it covers, in milliseconds: time to get from one to the other.
const LEASE_MARGIN_MS: u64 = 1_000;

/// Several texts in one setting, between commas. In lower case, since what is listed is compared in any case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct List(pub Vec<String>);

impl std::str::FromStr for List {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
        Ok(Self(items.map(str::to_ascii_lowercase).collect()))
    }
}

/// When apps are told of stickers and animated pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stickers {
    /// From the version on that knows them.
    ByVersion,
    /// Whatever the version.
    Always,
    /// Not at all.
    Never,
}

impl std::str::FromStr for Stickers {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "by_version" => Ok(Self::ByVersion),
            "always" => Ok(Self::Always),
            "never" => Ok(Self::Never),
            _ => Err(()),
        }
    }
}

/// What a shared reel is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReelType {
    /// `ig_reel`.
    IgReel,
    /// `reel`.
    Reel,
}

impl ReelType {
    /// Its name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::IgReel => "ig_reel",
            Self::Reel => "reel",
        }
    }
}

impl std::str::FromStr for ReelType {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        [Self::IgReel, Self::Reel].into_iter().find(|kind| kind.name() == text).ok_or(())
    }
}

macro_rules! settings {
    ($($(#[doc = $doc:literal])+ $name:ident: $type:ty = $default:literal;)+) => {
        /// Everything about a world that an operator may choose. [`SETTINGS`] documents each field.
        #[derive(Debug, Clone)]
        pub struct Settings {
            $($(#[doc = $doc])+ pub $name: $type,)+
        }

        /// Every setting with its default and meaning.
        pub const SETTINGS: &[SettingRow] = &[
            $(SettingRow { name: stringify!($name), default: $default, doc: concat!($($doc),+) },)+
        ];

        impl Default for Settings {
            fn default() -> Self {
                Self { $($name: $default.parse().expect("the default in the table parses"),)+ }
            }
        }

        impl Settings {
            /// Sets one setting from text.
            ///
            /// # Errors
            /// [`SettingError`] for an unknown name or a value of the wrong type.
            pub fn set(&mut self, name: &str, value: &str) -> Result<(), SettingError> {
                match name {
                    $(stringify!($name) => {
                        self.$name = value.parse().map_err(|_| SettingError::Value {
                            name: stringify!($name),
                            value: value.to_owned(),
                        })?;
                    })+
                    other => return Err(SettingError::Unknown(other.to_owned())),
                }
                Ok(())
            }
        }
    };
}

settings! {
    /// Milliseconds a webhook receiver has to answer (contract webhooks 2.5).
    webhook_timeout_ms: u64 = "5000";
    /// Whether callback URLs must be https (contract webhooks 1.3); off in the emulator.
    webhook_https_only: bool = "true";
    /// Whether outbound requests may reach loopback and private addresses; on in the emulator.
    private_addresses: bool = "false";
    /// Milliseconds a claimed delivery stays with its worker before another may take it.
    delivery_lease_ms: i64 = "30000";
    /// Deliveries under way at once to one app's callback.
    deliveries_per_app: usize = "32";
    /// Deliveries under way at once to all apps together.
    deliveries_at_once: usize = "256";
    /// By how much a retry may come later than the contract's waits, in percent of the wait; never after the cut-off. 0 in the emulator.
    webhook_retry_jitter_percent: u32 = "10";
    /// Updates in one POST at most, each an entry of its own, up to 1000 (contract webhooks 2.5).
    webhook_batch: usize = "1";
    /// Bytes of a POST with several updates at most, up to 1048576; a single update may have more (contract webhooks 2.5).
    webhook_batch_bytes: usize = "100000";
    /// Sends of text per second for one account and app; 0 switches the limit off (contract send 5.1).
    send_per_second: u32 = "300";
    /// Sends of audio and video per second for one account and app; 0 switches the limit off (contract send 5.1).
    send_media_per_second: u32 = "10";
    /// Private replies to comments on posts and reels per hour for one account and app; 0 switches the limit off (contract send 5.1).
    private_replies_per_hour: u32 = "750";
    /// Private replies to comments on broadcasts per second for one account and app; 0 switches the limit off (contract send 5.1).
    private_replies_live_per_second: u32 = "100";
    /// Reads of conversations and messages per second for one account and app; 0 switches the limit off, as in the emulator
    /// (contract send 5.1).
    reads_per_second: u32 = "2";
    /// Calls per hour of one app; 0 means no limit (contract graph 5.2).
    app_calls_per_hour: u32 = "0";
    /// Whether echoes name the sending app in app_id (contract webhooks 3.8).
    echo_app_id: bool = "false";
    /// Whether echoes carry the metadata of the send (contract send 1.4).
    echo_metadata: bool = "false";
    /// When a sticker or an animated picture is told as an image: by_version from v21 of the field on, always, never (contract
    /// webhooks 3.2).
    sticker_webhooks: Stickers = "by_version";
    /// Whether a shared reel is told with the address of its page and not of its video (contract webhooks 3.2, quirk 12).
    reel_permalinks: bool = "false";
    /// What a shared reel is called: ig_reel or reel (contract webhooks 3.2).
    reel_share_type: ReelType = "ig_reel";
    /// Whether an edit is told without the new text (contract webhooks 3.13).
    edits_without_text: bool = "false";
    /// Whether an unpublished app that came by Instagram Login is told of a message by message_edit with num_edit 0 (contract
    /// webhooks 6, quirk 9).
    unpublished_message_edit: bool = "false";
    /// Whether a comment on a boosted post is told twice, of the post and of the ad (contract webhooks 3.16, quirk 18).
    ad_comments_twice: bool = "false";
    /// Whether changes stand in the entry itself as field and value, for apps that came by Instagram Login (contract webhooks
    /// 3.16).
    flat_changes: bool = "false";
    /// Whether accounts' own nodes have the edges of thread control that Pages have; Meta documents none (contract webhooks 5.4).
    thread_control_by_account: bool = "false";
    /// Whether a call below v13.0 cannot subscribe to the instagram object, which the dashboard alone could then (contract
    /// webhooks 1.2).
    subscriptions_since_v13: bool = "false";
    /// Hosts that messages must not link to, between commas, with their subdomains (contract send 4.3, 508).
    blocked_links: List = "";
    /// Ids of the products in the businesses' catalogue, between commas; empty takes any id for a product (contract send 1.6).
    catalogue_products: List = "";
    /// Whether a private reply with media or a template to somebody who neither follows the account nor wrote to it is refused
    /// and uses the comment's one reply up (contract send 3.3, 7 row 13).
    private_reply_needs_follower: bool = "true";
    /// Whether the Facebook host answers a closed window with HTTP 400 and not 403 (contract send 7 row 3).
    window_status_400: bool = "false";
    /// Largest request body that is read, in bytes; uploads have a limit of their own.
    request_bytes: usize = "8388608";
    /// Largest multipart body that is read, in bytes: the largest file and what stands beside it (contract send 1.5).
    upload_bytes: usize = "27262976";
    /// Whether files are fetched by https only (contract send 1.5); off in the emulator.
    media_https_only: bool = "true";
    /// Milliseconds that fetching a video may take (contract send 1.5).
    media_video_ms: u64 = "75000";
    /// Milliseconds that fetching any other file may take.
    media_fetch_ms: u64 = "20000";
    /// Files that are fetched at once.
    media_at_once: usize = "16";
    /// Most pixels of an image or a video's frame.
    media_pixels: u64 = "100000000";
    /// Hours that a media URL lives, from when it is given out (contract read 10).
    media_url_hours: i64 = "168";
    /// HTTP status of a media URL whose file is gone (contract webhooks 4).
    media_gone_status: u16 = "404";
    /// Milliseconds after which a batch takes up no further item; the rest is answered null (contract graph 3.2).
    batch_time_ms: u64 = "20000";
    /// Milliseconds a request may take before it is answered with a transient error; fetching a file comes on top.
    request_timeout_ms: u64 = "30000";
}

impl Settings {
    /// The defaults of the emulator: plain-http and loopback callbacks are welcome, scripts read as fast as they like, and
    /// retries come to the second.
    pub fn emulator() -> Self {
        Self {
            webhook_https_only: false,
            media_https_only: false,
            private_addresses: true,
            webhook_retry_jitter_percent: 0,
            reads_per_second: 0,
            ..Self::default()
        }
    }

    /// How long a request may take that fetches no file.
    pub fn request_timeout(&self) -> Duration {
        Duration::from_millis(self.request_timeout_ms)
    }

    /// The longest that a request may take: one that names a file waits for it to be fetched.
    pub fn longest_request(&self) -> Duration {
        let fetching = self.media_video_ms.max(self.media_fetch_ms);
        self.request_timeout() + Duration::from_millis(fetching)
    }

    /// Whether the settings go together.
    ///
    /// # Errors
    /// [`SettingError::Lease`].
    pub fn check(&self) -> Result<(), SettingError> {
        let lease = u64::try_from(self.delivery_lease_ms).unwrap_or_default();
        let least = self.webhook_timeout_ms.saturating_add(LEASE_MARGIN_MS);
        if lease < least { Err(SettingError::Lease) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_has_a_default_that_parses_and_a_sentence() {
        let mut settings = Settings::default();
        for row in SETTINGS {
            settings.set(row.name, row.default).unwrap();
            assert!(row.doc.trim().ends_with('.'), "{}", row.name);
        }
    }

    #[test]
    fn a_lease_that_a_delivery_may_outlive_is_refused() {
        let lease = |delivery_lease_ms, webhook_timeout_ms| {
            Settings { delivery_lease_ms, webhook_timeout_ms, ..Settings::default() }.check()
        };
        assert_eq!(Settings::default().check(), Ok(()));
        assert_eq!(lease(6_000, 5_000), Ok(()));
        for (lease_ms, timeout_ms) in [(5_999, 5_000), (5_000, 5_000), (-1, 0), (i64::MAX, u64::MAX)] {
            assert_eq!(lease(lease_ms, timeout_ms), Err(SettingError::Lease), "{lease_ms} {timeout_ms}");
        }
    }

    #[test]
    fn the_documented_allowances_are_the_defaults() {
        let settings = Settings::default();
        assert_eq!((settings.send_per_second, settings.send_media_per_second), (300, 10));
        assert_eq!((settings.private_replies_per_hour, settings.private_replies_live_per_second), (750, 100));
        assert_eq!((settings.reads_per_second, Settings::emulator().reads_per_second), (2, 0));
    }

    #[test]
    fn a_list_stands_between_commas() {
        let mut settings = Settings::default();
        assert_eq!(settings.blocked_links, List::default());
        settings.set("blocked_links", " Bad.test ,, worse.test").unwrap();
        assert_eq!(settings.blocked_links.0, ["bad.test", "worse.test"]);
    }

    #[test]
    fn a_wrong_name_or_value_is_refused() {
        let mut settings = Settings::default();
        assert_eq!(settings.set("nope", "1"), Err(SettingError::Unknown("nope".into())));
        assert!(settings.set("send_per_second", "many").is_err());
        settings.set("send_per_second", "5").unwrap();
        assert_eq!(settings.send_per_second, 5);
    }
}
