//! What guests do, by the emulator's surface.

use anyhow::Context;
use engine::demo;
use engine::media::samples;
use serde_json::{Value, json};
use wire::time::Millis;

use super::Stage;
use crate::inbox::demo::guests::{Guest, Step};
use crate::surface::call;

/// What guests photograph.
const PHOTO: &[u8] = include_bytes!("../knit.png");
/// How long they speak, in milliseconds.
const VOICE_MS: u32 = 3_000;

impl Stage {
    /// Takes a step, unless it was taken.
    pub(super) async fn step(&self, guest: &Guest, place: usize, step: Step, at: Millis) -> anyhow::Result<()> {
        if place == 0 {
            self.come(guest).await?;
        }
        match step {
            Step::Says(text) => self.write(guest, place, json!({ "text": text })).await,
            Step::Heart => self.write(guest, place, attached(&json!({"type": "like_heart"}))).await,
            Step::Shares(number) => {
                let id = post(number)?;
                self.write(guest, place, attached(&json!({"type": "share", "id": id}))).await
            }
            Step::OnStory(text) => {
                let story = self.story().await?;
                self.write(guest, place, json!({"text": text, "story": story})).await
            }
            Step::Quotes(text) => {
                let newest = self.answer_before(guest, place).await?;
                self.write(guest, place, json!({"text": text, "reply_to": newest})).await
            }
            Step::Photo => self.write_file(guest, place, "image", "image").await,
            Step::Voice => self.write_file(guest, place, "audio", "audio").await,
            Step::InStory => self.write_file(guest, place, "image", "story_mention").await,
            Step::Comments(number, text) => {
                let accounts = call(&self.surface, "GET", "/_parlance/accounts", Vec::new()).await?;
                if accounts.to_string().contains(text) {
                    return Ok(());
                }
                self.act(guest, "comments", json!({"to": demo::USERNAME, "media_id": post(number)?, "text": text}))
                    .await?;
                // A comment's moment is that of its webhook.
                self.settle().await
            }
            Step::Follows => self.act(guest, "follows", json!({"to": demo::USERNAME})).await,
            Step::Blocks => self.act(guest, "blocks", json!({"to": demo::USERNAME})).await,
            Step::Looks => self.act(guest, "opens", json!({"with": demo::USERNAME})).await,
            Step::Reacts(emoji) => {
                let newest = self.answer_before(guest, place).await?;
                self.act(guest, "reactions", json!({"message_id": newest, "reaction": emoji})).await
            }
            _ => self.work(guest, place, step, at).await,
        }
    }

    /// A guest is there from now on.
    async fn come(&self, guest: &Guest) -> anyhow::Result<()> {
        if self.server.world.store.person_by_username(guest.username).await?.is_some() {
            return Ok(());
        }
        let new = json!({"username": guest.username, "name": guest.name, "follower_count": guest.followers});
        call(&self.surface, "POST", "/_parlance/people", new.to_string().into()).await?;
        Ok(())
    }

    async fn act(&self, guest: &Guest, what: &str, body: Value) -> anyhow::Result<()> {
        let path = format!("/_parlance/people/{}/{what}", guest.username);
        call(&self.surface, "POST", &path, body.to_string().into()).await?;
        Ok(())
    }

    /// The guest writes, unless they have written as much as that.
    async fn write(&self, guest: &Guest, place: usize, mut body: Value) -> anyhow::Result<()> {
        let thread = self.thread(guest).await?;
        let written = thread.iter().filter(|message| message["from"] == guest.username).count();
        if written >= guest.steps[..=place].iter().filter(|(_, step)| step.writes()).count() {
            return Ok(());
        }
        body["to"] = json!(demo::USERNAME);
        self.act(guest, "messages", body).await
    }

    async fn write_file(&self, guest: &Guest, place: usize, file: &str, kind: &str) -> anyhow::Result<()> {
        let bytes = if file == "audio" { samples::m4a(VOICE_MS) } else { PHOTO.to_vec() };
        let path = format!("/_parlance/people/{}/files?to={}&type={file}", guest.username, demo::USERNAME);
        let uploaded = call(&self.surface, "POST", &path, bytes).await?;
        self.write(guest, place, attached(&json!({"type": kind, "asset_id": uploaded["asset_id"]}))).await
    }

    /// The guest's thread as they see it, newest first.
    async fn thread(&self, guest: &Guest) -> anyhow::Result<Vec<Value>> {
        let path = format!("/_parlance/people/{}/messages?with={}&limit=100", guest.username, demo::USERNAME);
        let told = call(&self.surface, "GET", &path, Vec::new()).await?;
        Ok(told["data"].as_array().cloned().unwrap_or_default())
    }

    /// The newest message of the business in front of a step, though there be newer ones from an earlier start.
    async fn answer_before(&self, guest: &Guest, place: usize) -> anyhow::Result<String> {
        let answers = guest.steps[..place].iter().filter(|(_, step)| matches!(step, Step::Answers(..))).count();
        let thread = self.thread(guest).await?;
        let mut written = thread.iter().rev().filter(|message| message["from"] == demo::USERNAME);
        let found = answers.checked_sub(1).and_then(|number| written.nth(number));
        let id = found.and_then(|message| message["id"].as_str()).context("the business has written nothing")?;
        Ok(id.to_owned())
    }

    /// The demo world's story: the medium behind its posts.
    async fn story(&self) -> anyhow::Result<String> {
        let accounts = call(&self.surface, "GET", "/_parlance/accounts", Vec::new()).await?;
        let media = accounts["data"][0]["media"].as_array().into_iter().flatten();
        let story = media.clone().find(|one| one["media_product_type"] == "STORY").context("there is no story")?;
        Ok(story["id"].as_str().context("a story has an id")?.to_owned())
    }
}

impl Step {
    /// Whether it becomes a message of the guest.
    fn writes(&self) -> bool {
        matches!(
            self,
            Self::Says(_)
                | Self::Quotes(_)
                | Self::Photo
                | Self::Voice
                | Self::Heart
                | Self::Shares(_)
                | Self::OnStory(_)
                | Self::InStory
        )
    }
}

/// The id of a post by its place.
fn post(number: usize) -> anyhow::Result<String> {
    let (id, _) = demo::posts().nth(number).context("there is no such post")?;
    Ok(id.to_string())
}

fn attached(attachment: &Value) -> Value {
    json!({ "attachments": [attachment] })
}
