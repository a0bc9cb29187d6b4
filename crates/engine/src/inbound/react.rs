//! A person reacts to a message of either side (contract webhooks 3.9, send 3.1).

use wire::id::MessageId;

use super::{Act, Scene};
use crate::change::{Change, ChangeSet};
use crate::facts::{EventKind, Reaction, Side};
use crate::refusal::{Failure, Refusal};
use crate::webhook::announce_reaction;

/// Longest emoji, in bytes: a family with skin tones has about 40.
const EMOJI_BYTES: usize = 64;

/// Sets the person's one reaction to a message, over one that was there, which opens the window; or takes it back, which
/// does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct React {
    /// The message.
    pub message: MessageId,
    /// The emoji, or `love`; nothing takes the reaction back.
    pub emoji: Option<String>,
}

impl Act for React {
    type Done = ();

    async fn play(&self, scene: &Scene<'_>, set: &mut ChangeSet) -> Result<(), Failure> {
        scene.reachable()?;
        let message = scene.message(self.message).await?.id;
        let thread = scene.started()?;
        match &self.emoji {
            Some(emoji) => {
                let emoji = checked(emoji)?;
                announce_reaction(scene.world, set, scene.about(), message, Some(&emoji), scene.now).await?;
                scene.consent(set);
                set.push(Change::SaveThread(scene.acted(scene.entered()))).push(Change::PutReaction(Reaction {
                    message,
                    from: Side::Person,
                    emoji,
                    time: scene.now,
                }));
            }
            None => {
                let (account, igsid) = (message.account, message.igsid);
                let found = scene.world.store.reactions(account, igsid, message.item, message.item).await?;
                if !found.iter().any(|reaction| reaction.from == Side::Person) {
                    return Err(Refusal::Parameter("there is no reaction to take back".into()).into());
                }
                announce_reaction(scene.world, set, scene.about(), message, None, scene.now).await?;
                set.push(Change::SaveThread(crate::facts::Thread { version: thread.version + 1, ..thread }))
                    .push(Change::RemoveReaction { message, from: Side::Person });
            }
        }
        scene.log(set, message, EventKind::Reaction);
        Ok(())
    }
}

/// An emoji: something short without letters and digits of its own; the word `love` is a red heart.
fn checked(emoji: &str) -> Result<String, Refusal> {
    if emoji.eq_ignore_ascii_case("love") {
        return Ok("\u{2764}\u{fe0f}".to_owned());
    }
    let fits = !emoji.is_empty() && emoji.len() <= EMOJI_BYTES && !emoji.is_ascii();
    let plain = emoji.chars().any(|c| c.is_alphabetic() || c.is_whitespace() || c.is_control());
    if fits && !plain { Ok(emoji.to_owned()) } else { Err(Refusal::Parameter("reaction must be an emoji".into())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reaction_is_an_emoji() {
        for good in [
            "\u{2764}\u{fe0f}",
            "\u{1f44d}\u{1f3fd}",
            "1\u{fe0f}\u{20e3}",
            "\u{1f1f3}\u{1f1f4}",
            "\u{1f469}\u{200d}\u{1f467}",
        ] {
            assert_eq!(checked(good).as_deref(), Ok(good));
        }
        assert_eq!(checked("LOVE").as_deref(), Ok("\u{2764}\u{fe0f}"));
        for bad in ["", "ok", "1", "gr\u{fc}n", "\u{1f44d} \u{1f44d}", "a\u{1f44d}", &"\u{1f44d}".repeat(17)] {
            assert!(checked(bad).is_err(), "{bad}");
        }
    }
}
