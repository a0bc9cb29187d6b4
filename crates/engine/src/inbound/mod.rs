//! What a person does with an account: write, tap, react, take back, follow, block, comment (contract send 3.1, read 2).
//!
//! Each act is a value; [`act`] lets a person do it. Who acts: somebody of the world, through the emulator's scripts or the
//! phone. What is guaranteed is the same as for a send: the act, its log entry and the deliveries that it causes are one
//! transaction, and the acts of one thread keep the order in which they arrived. Who retries: we do, a few times, when the
//! facts moved meanwhile.
//!
//! | act | window | thread | told to apps as |
//! | --- | --- | --- | --- |
//! | [`Write`], whatever it says | opens | comes back, one more unread | `messages` |
//! | [`Tap`] on a quick reply | opens | the same | `messages` |
//! | [`Tap`] on an ice breaker, menu item or button with a payload | opens | the same | `messaging_postbacks` |
//! | [`Tap`] on a web link | – | – | – |
//! | [`FollowLink`] with a `ref`, in a thread that is there | opens | comes back | `messaging_referral` |
//! | [`React`] | opens | comes back | `message_reactions` |
//! | [`React`], taken back | – | – | `message_reactions` |
//! | [`Open`] | – | seen | `messaging_seen` |
//! | [`Unsend`], [`Edit`] | – | – | `messages`, `message_edit` |
//! | [`EndStory`] of a story that mentions the account | – | – | – |
//! | [`PostComment`] | – | – | `comments`, `live_comments` |
//! | [`Mention`] | – | – | `mentions`, `comments` |
//! | [`OptIn`], [`Judge`] | – | – | `messaging_optins`, `response_feedback` |
//! | [`Follow`], [`Block`], [`Remove`] | – | – | – |
//! | [`WriteByHand`], by somebody of the business in the app itself or an inbox | – | an answer; an inbox has it then | `messages`, an echo |
//! | [`UnsendByHand`], by the same | – | – | `messages`, an echo |
//! | [`FollowByHand`], by the same | – | – | – |
//!
//! An account can be with itself ([`oneself`]): then what it writes and taps is told as the business's own, and there is no window.

mod amend;
mod by_hand;
mod came;
mod comment;
mod file;
mod link;
mod mention;
mod oneself;
mod react;
mod relate;
mod scene;
mod tap;
mod tell;
mod thread;
mod write;

use std::pin::pin;

use crate::change::ChangeSet;
use crate::facts::{Account, Person};
use crate::refusal::{Failure, Refusal};
use crate::store::CommitError;
use crate::world::{DECISIONS, World};

pub use amend::{EDITS, Edit, EndStory, Unsend, UnsendByHand};
pub use by_hand::{Answered, WriteByHand};
pub use came::{Ad, Came, REF_CHARS};
pub use comment::{COMMENT_CHARS, DeleteComment, PostComment};
pub use file::{From, take_in};
pub use link::FollowLink;
pub use mention::Mention;
pub use oneself::oneself;
pub use react::React;
pub use relate::{Block, Follow, FollowByHand};
pub use scene::Scene;
pub use tap::{Tap, Tapped, label, shown};
pub use tell::{Judge, OptIn};
pub use thread::{Open, Remove};
pub use write::{FILES, Saying, TEXT_CHARS, Write};

/// Something that a person does.
pub trait Act: Sync {
    /// What they have when it is done.
    type Done: Send;

    /// Decides on the facts of the scene and adds what follows; nothing is written when it adds nothing.
    fn play(&self, scene: &Scene<'_>, set: &mut ChangeSet) -> impl Future<Output = Result<Self::Done, Failure>> + Send;
}

/// Lets a person do something with an account.
///
/// # Errors
/// [`Refusal::Parameter`] for people who are not there, and whatever the act refuses; [`Refusal::Contended`], or the store's.
pub async fn act<A: Act>(world: &World, person: &Person, account: &Account, act: &A) -> Result<A::Done, Failure> {
    for _ in 0..DECISIONS {
        let known = world.store.scoped_user_of(account.id, person.id).await?;
        let igsid = known.as_ref().map_or_else(|| world.ids.igsid(world.now()), |user| user.igsid);
        let turn = pin!(async {
            let facts = world.store.thread_facts(account.id, igsid).await?;
            let scene = Scene::new(world, person, account, igsid, facts)?;
            let mut set = ChangeSet::new();
            let done = act.play(&scene, &mut set).await?;
            if set.0.is_empty() {
                return Ok(Some(done));
            }
            match world.commit(set).await {
                Ok(()) => Ok(Some(done)),
                Err(CommitError::Stale) => Ok(None),
                Err(error) => Err(error.into()),
            }
        });
        if let Some(done) = world.lanes.in_turn(account.id, igsid, turn).await? {
            return Ok(done);
        }
    }
    Err(Refusal::Contended.into())
}
