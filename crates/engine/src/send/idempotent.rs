//! A caller names a request, and may repeat it: our addition, behind the header `Idempotency-Key`.
//!
//! The first answer is written in the transaction of what it tells, kept for [`ANSWER_KEPT`], and given to whoever asks the
//! same again. Refusals are not kept. Of two at once one wins and the other gets its answer.

use wire::time::Millis;

use super::{Order, Sent};
use crate::change::{Change, ChangeSet};
use crate::facts::{ANSWER_KEPT, Answer};
use crate::refusal::{Failure, Refusal};
use crate::store::StoreError;
use crate::world::World;

/// Longest key, in characters.
pub const KEY_CHARS: usize = 255;

/// A caller's name for a request, with what it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    text: String,
    /// SHA-256 of everything that was asked.
    request: [u8; 32],
}

impl Key {
    /// A key for a request with this SHA-256.
    ///
    /// # Errors
    /// [`Refusal::Parameter`] unless it is 1 to [`KEY_CHARS`] visible ASCII characters.
    pub fn new(text: &str, request: [u8; 32]) -> Result<Self, Refusal> {
        let fits = (1..=KEY_CHARS).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
        if !fits {
            return Err(Refusal::Parameter(format!(
                "Idempotency-Key must have 1 to {KEY_CHARS} visible ASCII characters"
            )));
        }
        Ok(Self { text: text.to_owned(), request })
    }
}

/// The answer that was given to this request before, if it has a key and there was one.
///
/// # Errors
/// [`Refusal::Parameter`] when the key stands for another request.
pub(super) async fn earlier(world: &World, order: Order<'_>) -> Result<Option<Sent>, Failure> {
    let Some(key) = order.key else { return Ok(None) };
    let found = world.store.answer(order.account, order.caller.app.id, &key.text).await?;
    let now = world.now();
    let Some(answer) = found.filter(|answer| now.since(answer.time) <= ANSWER_KEPT) else { return Ok(None) };
    if answer.request != key.request {
        return Err(Refusal::Parameter("Idempotency-Key was used for another request".into()).into());
    }
    let broken = |error| StoreError::Corrupt(format!("answer {}: {error}", key.text));
    Ok(Some(serde_json::from_str(&answer.body).map_err(broken)?))
}

/// Adds the answer to the set that makes it true.
pub(super) fn keep(set: &mut ChangeSet, order: Order<'_>, sent: &Sent, now: Millis) -> Result<(), StoreError> {
    let Some(key) = order.key else { return Ok(()) };
    let broken = |error| StoreError::Corrupt(format!("answer {}: {error}", key.text));
    set.push(Change::AddAnswer(Answer {
        account: order.account,
        app: order.caller.app.id,
        key: key.text.clone(),
        request: key.request,
        body: serde_json::to_string(sent).map_err(broken)?,
        time: now,
    }));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_short_and_visible() {
        for good in ["a", "order-7/attempt:1", &"k".repeat(KEY_CHARS)] {
            assert!(Key::new(good, [0; 32]).is_ok(), "{good}");
        }
        for bad in ["", "a b", "\u{e9}", "a\n", &"k".repeat(KEY_CHARS + 1)] {
            assert!(Key::new(bad, [0; 32]).is_err(), "{bad:?}");
        }
    }
}
