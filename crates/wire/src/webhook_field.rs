//! The fields an app can subscribe to, and what each needs (contract webhooks 1.4, 1.5).

use crate::dialect::Dialect;
use crate::version::ApiVersion;

/// Where in an entry a field's events arrive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Channel {
    /// `entry[].messaging`.
    Messaging,
    /// `entry[].standby`.
    Standby,
    /// `entry[].changes`.
    Changes,
    /// Nowhere: the name can be subscribed to, and nothing is ever sent for it.
    Silent,
}

/// A field of `object=instagram`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// The name in subscriptions.
    pub name: &'static str,
    /// Where its events arrive.
    pub channel: Channel,
    /// What the Page edge calls it; `None` where a Page has no such field.
    pub page_name: Option<&'static str>,
    /// Permissions under Instagram Login; `None` where the field is never delivered to such an app.
    pub instagram_login: Option<&'static [&'static str]>,
    /// Permissions under Facebook Login; `None` where the field is never delivered to such an app.
    pub facebook_login: Option<&'static [&'static str]>,
    /// Whether `subscribed_apps` on the Instagram host takes the name.
    pub accepted_by_instagram_edge: bool,
    /// Whether apps that stand by hear of it while another one controls the thread (contract webhooks 3.14).
    pub on_standby: bool,
    /// Whether an app needs Advanced Access for it, whoever it is about (contract webhooks 1.6).
    pub advanced_access: bool,
}

/// The newest version of the time in which messaging by Facebook Login needed three permissions (contract webhooks 1.5).
const FEWER_UNTIL: ApiVersion = ApiVersion { major: 12, minor: 0 };

impl Field {
    /// The permissions that an app needs which is installed by this login product and whose field is pinned to that version;
    /// `None` where the field is never delivered to it.
    pub fn permissions(&self, login: Dialect, version: ApiVersion) -> Option<&'static [&'static str]> {
        match login {
            Dialect::Instagram => self.instagram_login,
            Dialect::Facebook if self.facebook_login == PAGE_MESSAGES && version <= FEWER_UNTIL => PAGE_MESSAGES_2021,
            Dialect::Facebook => self.facebook_login,
        }
    }
}

type Permissions = Option<&'static [&'static str]>;

const BASIC: Permissions = Some(&["instagram_business_basic"]);
const MESSAGES: Permissions = Some(&["instagram_business_basic", "instagram_business_manage_messages"]);
const COMMENTS: Permissions = Some(&["instagram_business_basic", "instagram_business_manage_comments"]);
const PAGE_MESSAGES: Permissions = Some(&[
    "instagram_basic",
    "instagram_manage_messages",
    "pages_manage_metadata",
    "pages_read_engagement",
    "pages_show_list",
]);
const PAGE_MESSAGES_2021: Permissions =
    Some(&["instagram_basic", "instagram_manage_messages", "pages_manage_metadata"]);
const PAGE_COMMENTS: Permissions = Some(&[
    "instagram_basic",
    "instagram_manage_comments",
    "pages_manage_metadata",
    "pages_read_engagement",
    "pages_show_list",
]);
const PAGE_INSIGHTS: Permissions = Some(&[
    "instagram_basic",
    "instagram_manage_insights",
    "pages_manage_metadata",
    "pages_read_engagement",
    "pages_show_list",
]);

const fn field(
    name: &'static str,
    channel: Channel,
    page_name: Option<&'static str>,
    instagram_login: Permissions,
    facebook_login: Permissions,
) -> Field {
    Field {
        name,
        channel,
        page_name,
        instagram_login,
        facebook_login,
        accepted_by_instagram_edge: true,
        on_standby: false,
        advanced_access: false,
    }
}

/// A field whose events are told on standby, too.
const fn shared(field: Field) -> Field {
    Field { on_standby: true, ..field }
}

/// A field that needs Advanced Access.
const fn advanced(field: Field) -> Field {
    Field { advanced_access: true, ..field }
}

/// A name that docs list but the Instagram host's edge refuses.
const fn refused(field: Field) -> Field {
    Field { accepted_by_instagram_edge: false, ..field }
}

/// A name that exists without any documented payload.
const fn silent(name: &'static str) -> Field {
    field(name, Channel::Silent, None, BASIC, None)
}

/// All fields of `object=instagram`.
///
/// `message_edit` is in no permission matrix; it is given the permissions of `messages`. `message_echoes` is silent
/// because echoes arrive under `messages`.
pub const FIELDS: &[Field] = {
    use Channel::{Changes, Messaging, Silent, Standby};
    &[
        shared(field("messages", Messaging, Some("messages"), MESSAGES, PAGE_MESSAGES)),
        shared(field("message_reactions", Messaging, Some("message_reactions"), MESSAGES, PAGE_MESSAGES)),
        shared(field("messaging_postbacks", Messaging, Some("messaging_postbacks"), MESSAGES, PAGE_MESSAGES)),
        shared(field("messaging_referral", Messaging, Some("messaging_referrals"), MESSAGES, PAGE_MESSAGES)),
        shared(field("messaging_seen", Messaging, Some("message_reads"), MESSAGES, PAGE_MESSAGES)),
        shared(field("message_edit", Messaging, Some("message_edits"), MESSAGES, PAGE_MESSAGES)),
        field("messaging_optins", Messaging, Some("messaging_optins"), MESSAGES, None),
        field("messaging_handover", Messaging, Some("messaging_handovers"), MESSAGES, PAGE_MESSAGES),
        field("standby", Standby, Some("standby"), MESSAGES, PAGE_MESSAGES),
        refused(field("response_feedback", Messaging, Some("response_feedback"), None, PAGE_MESSAGES)),
        refused(field(
            "messaging_policy_enforcement",
            Messaging,
            Some("messaging_policy_enforcement"),
            None,
            PAGE_MESSAGES,
        )),
        refused(field("message_echoes", Silent, Some("message_echoes"), COMMENTS, None)),
        advanced(field("comments", Changes, None, COMMENTS, PAGE_COMMENTS)),
        advanced(field("live_comments", Changes, None, COMMENTS, PAGE_COMMENTS)),
        field("mentions", Changes, Some("mention"), None, PAGE_COMMENTS),
        field("story_insights", Changes, None, None, PAGE_INSIGHTS),
        silent("follow"),
        silent("story_reactions"),
        silent("share_to_story"),
        silent("comment_poll_response"),
        silent("story_poll_response"),
        silent("agent_messages"),
        silent("delta"),
        silent("onboarding_welcome_message_series"),
        silent("creator_marketplace_invited_creator_onboarding"),
        silent("creator_marketplace_projects"),
    ]
};

/// The names that the Page edge accepts; its error message lists them in this order (contract webhooks 1.4).
///
/// The spellings of Instagram-only fields are not among them.
pub const PAGE_FIELDS: &[&str] = &[
    "feed",
    "mention",
    "name",
    "picture",
    "category",
    "description",
    "conversations",
    "feature_access_list",
    "inbox_labels",
    "standby",
    "messages",
    "messaging_account_linking",
    "message_echoes",
    "message_deliveries",
    "message_edits",
    "message_reactions",
    "message_reads",
    "message_context",
    "messaging_customer_information",
    "messaging_feedback",
    "messaging_game_plays",
    "messaging_handovers",
    "messaging_optins",
    "messaging_optouts",
    "messaging_payments",
    "messaging_policy_enforcement",
    "messaging_postbacks",
    "messaging_referrals",
    "response_feedback",
    "send_cart",
    "leadgen",
    "location",
    "hours",
    "phone",
    "email",
    "website",
    "ratings",
    "live_videos",
    "videos",
];

/// The Instagram field of that name.
pub fn find(name: &str) -> Option<&'static Field> {
    FIELDS.iter().find(|field| field.name == name)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Channel, FIELDS, PAGE_FIELDS, find};
    use crate::dialect::Dialect;
    use crate::version::ApiVersion;

    #[test]
    fn names_are_unique_and_found() {
        let names: BTreeSet<_> = FIELDS.iter().map(|field| field.name).collect();
        assert_eq!(names.len(), FIELDS.len());
        assert_eq!(PAGE_FIELDS.iter().collect::<BTreeSet<_>>().len(), PAGE_FIELDS.len());
        assert_eq!(find("standby").map(|field| field.channel), Some(Channel::Standby));
        assert_eq!(find("message_reads"), None);
    }

    #[test]
    fn every_page_spelling_is_one_the_page_edge_takes() {
        for field in FIELDS {
            assert!(field.page_name.is_none_or(|name| PAGE_FIELDS.contains(&name)), "{}", field.name);
        }
    }

    #[test]
    fn the_page_edge_refuses_instagram_only_names() {
        for name in [
            "messaging_seen",
            "messaging_handover",
            "messaging_referral",
            "message_edit",
            "comments",
            "live_comments",
            "mentions",
            "story_insights",
        ] {
            assert!(find(name).is_some() && !PAGE_FIELDS.contains(&name), "{name}");
        }
    }

    #[test]
    fn the_instagram_edge_takes_the_twenty_three_of_the_sdk() {
        assert_eq!(FIELDS.iter().filter(|field| field.accepted_by_instagram_edge).count(), 23);
        for name in ["message_echoes", "messaging_policy_enforcement", "response_feedback"] {
            assert!(!find(name).unwrap().accepted_by_instagram_edge, "{name}");
        }
    }

    #[test]
    fn until_v12_messaging_by_facebook_login_needs_three_permissions() {
        let needed = |name: &str, login, major| {
            find(name).unwrap().permissions(login, ApiVersion { major, minor: 0 }).map_or(0, <[_]>::len)
        };
        for (name, login, version, count) in [
            ("messages", Dialect::Facebook, 11, 3),
            ("messages", Dialect::Facebook, 12, 3),
            ("messages", Dialect::Facebook, 13, 5),
            ("messages", Dialect::Facebook, 25, 5),
            ("standby", Dialect::Facebook, 12, 3),
            ("comments", Dialect::Facebook, 12, 5),
            ("messages", Dialect::Instagram, 12, 2),
            ("story_insights", Dialect::Instagram, 25, 0),
        ] {
            assert_eq!(needed(name, login, version), count, "{name} {login:?} v{version}");
        }
    }

    #[test]
    fn every_field_stands_in_the_matrix_of_permissions_and_channels() {
        let (both, facebook, instagram) = ((true, true), (false, true), (true, false));
        for (name, channel, (by_instagram, by_facebook), on_standby) in [
            ("messages", Channel::Messaging, both, true),
            ("message_reactions", Channel::Messaging, both, true),
            ("messaging_postbacks", Channel::Messaging, both, true),
            ("messaging_referral", Channel::Messaging, both, true),
            ("messaging_seen", Channel::Messaging, both, true),
            ("message_edit", Channel::Messaging, both, true),
            ("messaging_optins", Channel::Messaging, instagram, false),
            ("messaging_handover", Channel::Messaging, both, false),
            ("standby", Channel::Standby, both, false),
            ("response_feedback", Channel::Messaging, facebook, false),
            ("messaging_policy_enforcement", Channel::Messaging, facebook, false),
            ("comments", Channel::Changes, both, false),
            ("live_comments", Channel::Changes, both, false),
            ("mentions", Channel::Changes, facebook, false),
            ("story_insights", Channel::Changes, facebook, false),
        ] {
            let field = find(name).unwrap();
            let found = (field.channel, (field.instagram_login.is_some(), field.facebook_login.is_some()));
            assert_eq!((found, field.on_standby), ((channel, (by_instagram, by_facebook)), on_standby), "{name}");
            assert_eq!(field.advanced_access, name.ends_with("comments"), "{name}");
        }
        assert_eq!(FIELDS.iter().filter(|field| field.channel == Channel::Silent).count(), 11);
    }
}
