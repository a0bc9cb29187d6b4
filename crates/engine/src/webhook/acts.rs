//! What an app is told of a person's acts that are no messages (contract webhooks 3.5, 3.9, 3.11 to 3.13).

use wire::id::{AppId, MessageId};
use wire::time::Millis;
use wire::version::ApiVersion;
use wire::webhook::{
    Event, Message, MessageEdit, Optin, PolicyEnforcement, Reaction, Read as Seen, Referral, ResponseFeedback,
};

use super::{Told, announce};
use crate::change::ChangeSet;
use crate::facts::Side;
use crate::routes::About;
use crate::store::Read;
use crate::world::World;

/// First version that tells reactions apart by more than `love` and `other` (contract webhooks 3.9).
const REACTIONS_SINCE: ApiVersion = ApiVersion { major: 12, minor: 0 };

/// Reactions that have a name; every other emoji is `other` (contract webhooks 3.9). Compared without the sign that asks for
/// a coloured picture.
const REACTIONS: [(&str, &str); 6] = [
    ("love", "\u{2764}"),
    ("laugh", "\u{1f606}"),
    ("wow", "\u{1f62e}"),
    ("sad", "\u{1f622}"),
    ("angry", "\u{1f620}"),
    ("like", "\u{1f44d}"),
];

fn name(emoji: &str, version: ApiVersion) -> &'static str {
    let plain = emoji.trim_end_matches('\u{fe0f}');
    let found = REACTIONS.iter().find(|(_, known)| *known == plain).map_or("other", |(name, _)| name);
    if version < REACTIONS_SINCE && found != "love" { "other" } else { found }
}

/// Adds the deliveries that a person's reading causes.
///
/// # Errors
/// The store's.
pub async fn announce_seen(
    world: &World,
    set: &mut ChangeSet,
    about: About<'_>,
    seen: MessageId,
    now: Millis,
) -> Read<()> {
    announce(world, set, "messaging_seen", about, now, |_| {
        Some((Side::Person, Event::Read(Seen { mid: seen.to_string() })))
    })
    .await
}

/// Adds the deliveries that a person's reaction causes; nothing for `emoji` means that it was taken back.
///
/// # Errors
/// The store's.
pub async fn announce_reaction(
    world: &World,
    set: &mut ChangeSet,
    about: About<'_>,
    message: MessageId,
    emoji: Option<&str>,
    now: Millis,
) -> Read<()> {
    announce(world, set, "message_reactions", about, now, |receiver| {
        let action = if emoji.is_some() { "react" } else { "unreact" };
        let event = Event::Reaction(Reaction {
            mid: message.to_string(),
            action: action.to_owned(),
            reaction: emoji.map(|emoji| name(emoji, receiver.version).to_owned()),
            emoji: emoji.map(str::to_owned),
        });
        Some((Side::Person, event))
    })
    .await
}

/// Adds the deliveries that an ig.me link into a conversation causes.
///
/// # Errors
/// The store's.
pub async fn announce_referral(
    world: &World,
    set: &mut ChangeSet,
    about: About<'_>,
    referral: &Referral,
    now: Millis,
) -> Read<()> {
    announce(world, set, "messaging_referral", about, now, |_| Some((Side::Person, Event::Referral(referral.clone()))))
        .await
}

/// Adds the deliveries that taking back a message causes. That of the business is an echo (contract webhooks 3.5).
///
/// # Errors
/// The store's.
pub async fn announce_unsent(
    world: &World,
    set: &mut ChangeSet,
    about: About<'_>,
    message: &crate::facts::Message,
    now: Millis,
) -> Read<()> {
    announce(world, set, "messages", about, now, |_| {
        let event = Message {
            mid: message.id.to_string(),
            is_deleted: true,
            is_echo: message.from == Side::Business,
            is_self: message.aside.is_self,
            ..Message::default()
        };
        Some((message.from, Event::Message(event)))
    })
    .await
}

/// Adds the deliveries that an edit causes; `num_edit` counts it.
///
/// # Errors
/// The store's.
pub async fn announce_edit(
    world: &World,
    set: &mut ChangeSet,
    about: About<'_>,
    message: MessageId,
    text: &str,
    num_edit: u32,
    now: Millis,
) -> Read<()> {
    announce(world, set, "message_edit", about, now, |_| {
        let text = (!world.settings.edits_without_text).then(|| text.to_owned());
        let edit = MessageEdit { mid: message.to_string(), text, num_edit: num_edit.into() };
        Some((Side::Person, Event::MessageEdit(edit)))
    })
    .await
}

/// Adds the deliveries that an opt-in causes (contract webhooks 3.13).
///
/// # Errors
/// The store's.
pub async fn announce_optin(
    world: &World,
    set: &mut ChangeSet,
    about: About<'_>,
    optin: &Optin,
    now: Millis,
) -> Read<()> {
    announce(world, set, "messaging_optins", about, now, |_| Some((Side::Person, Event::Optin(optin.clone())))).await
}

/// Adds the deliveries that a verdict on a message of the business causes (contract webhooks 3.13). Only the app that sent the
/// message hears of it: the thumbs stand under its own messages.
///
/// # Errors
/// The store's.
pub async fn announce_feedback(
    world: &World,
    set: &mut ChangeSet,
    about: About<'_>,
    feedback: &ResponseFeedback,
    sender: Option<AppId>,
    now: Millis,
) -> Read<()> {
    announce(world, set, "response_feedback", about, now, |receiver| {
        let event = || Event::ResponseFeedback(feedback.clone());
        (sender == Some(receiver.app)).then(|| (Side::Person, event()))
    })
    .await
}

/// Adds the deliveries of what the platform did to the account, which names no sender (contract webhooks 3.13).
///
/// # Errors
/// The store's.
pub async fn announce_enforcement(
    world: &World,
    set: &mut ChangeSet,
    about: About<'_>,
    enforcement: &PolicyEnforcement,
    now: Millis,
) -> Read<()> {
    announce(world, set, "messaging_policy_enforcement", about, now, |_| {
        Some(Told { from: None, event: Event::PolicyEnforcement(enforcement.clone()), is_self: false })
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reactions_have_names_and_all_others_are_other() {
        let (new, old) = (ApiVersion { major: 12, minor: 0 }, ApiVersion { major: 11, minor: 0 });
        for (emoji, now, before) in [
            ("\u{2764}\u{fe0f}", "love", "love"),
            ("\u{2764}", "love", "love"),
            ("\u{1f44d}", "like", "other"),
            ("\u{1f606}", "laugh", "other"),
            ("\u{1f62e}", "wow", "other"),
            ("\u{1f622}", "sad", "other"),
            ("\u{1f620}", "angry", "other"),
            ("\u{1f984}", "other", "other"),
            ("\u{1f44d}\u{1f3fd}", "other", "other"),
        ] {
            assert_eq!((name(emoji, new), name(emoji, old)), (now, before), "{emoji}");
        }
    }
}
