//! A person opts in to notifications, or judges an answer (contract webhooks 3.13).

use serde_json::json;
use wire::id::MessageId;
use wire::time::Span;
use wire::webhook::{Optin, ResponseFeedback};

use super::{Act, Scene};
use crate::change::ChangeSet;
use crate::facts::Side;
use crate::refusal::{Failure, Refusal};
use crate::webhook::{announce_feedback, announce_optin};

/// How long an opt-in holds (inferred: a year).
const TOKEN_DAYS: i64 = 365;
/// Longest text of an opt-in, in characters.
const CHARS: usize = 1_000;

/// Opts in to notifications about something, or out of them; apps that came by Instagram Login are told.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OptIn {
    /// The title of the offer.
    pub title: String,
    /// The app's own text behind it.
    pub payload: String,
    /// How often notifications may come, such as `DAILY`.
    pub frequency: Option<String>,
    /// The person's time zone.
    pub timezone: Option<String>,
    /// Whether it ends notifications.
    pub is_stopped: bool,
}

impl Act for OptIn {
    type Done = ();

    async fn play(&self, scene: &Scene<'_>, set: &mut ChangeSet) -> Result<(), Failure> {
        scene.reachable()?;
        let texts = [Some(&self.title), Some(&self.payload), self.frequency.as_ref(), self.timezone.as_ref()];
        if texts.into_iter().flatten().any(|text| !(1..=CHARS).contains(&text.chars().count()) || text.contains('\0')) {
            return Err(
                Refusal::Parameter(format!("texts of an opt-in have 1 to {CHARS} characters, none U+0000")).into()
            );
        }
        scene.consent(set);
        Ok(announce_optin(scene.world, set, scene.about(), &self.optin(scene), scene.now).await?)
    }
}

impl OptIn {
    fn optin(&self, scene: &Scene<'_>) -> Optin {
        let status = if self.is_stopped { "STOP_NOTIFICATIONS" } else { "RESUME_NOTIFICATIONS" };
        let expiry = scene.now.plus(Span::days(TOKEN_DAYS));
        let extra = [
            ("notification_messages_token", Some(json!(scene.world.ids.random_hex::<16>()))),
            ("notification_messages_frequency", self.frequency.as_ref().map(|text| json!(text))),
            ("notification_messages_timezone", self.timezone.as_ref().map(|text| json!(text))),
            ("token_expiry_timestamp", Some(json!(expiry))),
            ("user_token_status", Some(json!("NOT_REFRESHED"))),
            ("notification_messages_status", Some(json!(status))),
        ];
        let extra = extra.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect();
        let (title, payload) = (Some(self.title.clone()), Some(self.payload.clone()));
        Optin { kind: "notification_messages".into(), title, payload, extra }
    }
}

/// Sets a thumb up or down under a message that an app sent; that app is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judge {
    /// The message.
    pub message: MessageId,
    /// Up, or down.
    pub is_good: bool,
}

impl Act for Judge {
    type Done = ();

    async fn play(&self, scene: &Scene<'_>, set: &mut ChangeSet) -> Result<(), Failure> {
        scene.reachable()?;
        let message = scene.message(self.message).await?;
        if message.from != Side::Business {
            return Err(Refusal::Parameter("only messages of the business are judged".into()).into());
        }
        let feedback = if self.is_good { "Good response" } else { "Bad response" };
        let feedback = ResponseFeedback { feedback: feedback.into(), mid: message.id.to_string() };
        Ok(announce_feedback(scene.world, set, scene.about(), &feedback, message.app, scene.now).await?)
    }
}
