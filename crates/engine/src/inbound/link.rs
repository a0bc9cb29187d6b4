//! An ig.me link into a conversation (contract send 6.4).

use wire::id::AppId;

use super::came::by_link;
use super::{Act, Scene};
use crate::change::{Change, ChangeSet};
use crate::facts::{Entry, EventKind};
use crate::refusal::Failure;
use crate::routes::About;
use crate::webhook::announce_referral;

/// Follows `https://ig.me/m/{username}?ref=…`. Into a conversation that is there it is a referral and opens the window, without
/// a message. Before there is one it causes nothing by itself: the first message or tap carries it, as
/// [`Came::Link`](super::Came::Link).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowLink {
    /// The link's `ref`; one without says nothing to anybody.
    pub r#ref: Option<String>,
    /// The app that it leads to, where the account routes it to one (contract webhooks 5.3).
    pub app: Option<AppId>,
}

impl Act for FollowLink {
    /// Whether apps are told.
    type Done = bool;

    async fn play(&self, scene: &Scene<'_>, set: &mut ChangeSet) -> Result<bool, Failure> {
        scene.reachable()?;
        let referral = self.r#ref.as_deref().map(by_link).transpose()?;
        let (Some(referral), Some(_)) = (referral, &scene.thread) else { return Ok(false) };
        let thread = scene.routed(scene.entered(), self.app.map(|app| Entry::Link { app }));
        let about = About { thread: Some(&thread), ..scene.about() };
        let newest = scene.newest(&thread);
        scene.consent(set);
        announce_referral(scene.world, set, about, &referral, scene.now).await?;
        set.push(Change::SaveThread(scene.acted(thread)));
        scene.log(set, newest, EventKind::Referral);
        Ok(true)
    }
}
