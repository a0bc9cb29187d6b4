//! A person taps what the account offers: ice breakers, menu, buttons, quick replies (contract send 1.6, 1.8, 6.2, 6.3).

use wire::id::{AppId, MessageId};
use wire::send::button::{Button, TITLE_CHARS};
use wire::send::quick_reply::QuickReply;
use wire::send::template::Template;

use super::{Act, Came, Scene};
use crate::change::ChangeSet;
use crate::facts::{Aside, Content, Entry, EventKind, Message, Person, Side};
use crate::profile::{self, Choice};
use crate::refusal::{Failure, Refusal};
use crate::store::{Slice, Start};

/// How many of the newest messages are searched for a button that is named by its label alone.
const SEARCHED: u32 = 25;

/// What a person taps. Labels are those that are shown, see [`label`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tap {
    /// An ice breaker, by its question; they show only before a conversation starts.
    IceBreaker {
        /// The question.
        question: String,
        /// The `ref` of the ig.me link that led there.
        r#ref: Option<String>,
        /// The app that the link leads to, where it leads to one (contract webhooks 5.3).
        app: Option<AppId>,
    },
    /// An item of the persistent menu, by its title.
    Menu(String),
    /// A button of a template, by its title.
    Button {
        /// The title.
        title: String,
        /// The message with the template; without it the newest that shows such a button.
        message: Option<MessageId>,
    },
    /// A quick reply of the newest message, by its title, phone number or e-mail address.
    QuickReply(String),
}

/// What a tap led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tapped {
    /// A message of the person, which opens the window.
    Message(MessageId),
    /// A page in the app's browser: nobody is told, and the window stays as it is (contract send 1.6).
    Page(String),
}

impl Act for Tap {
    type Done = Tapped;

    async fn play(&self, scene: &Scene<'_>, set: &mut ChangeSet) -> Result<Tapped, Failure> {
        let mut aside = Aside::default();
        let choice = match self {
            Tap::IceBreaker { question, r#ref, app } => {
                if scene.thread.is_some() {
                    let late = "ice breakers show only before a conversation starts";
                    return Err(Refusal::Parameter(late.into()).into());
                }
                if let Some(text) = r#ref {
                    aside.referral = Came::Link(text.clone()).referral(scene).await?;
                    aside.entry = app.map(|app| Entry::Link { app });
                }
                offered(scene, "ice_breakers", question).await?
            }
            Tap::Menu(title) => offered(scene, "persistent_menu", title).await?,
            Tap::Button { title, message } => {
                let (choice, author) = button(scene, title, *message).await?;
                aside.author = author;
                choice
            }
            Tap::QuickReply(title) => return reply(scene, set, title).await,
        };
        match choice {
            Choice::Page { url, .. } => {
                scene.reachable()?;
                Ok(Tapped::Page(url))
            }
            Choice::Postback { title, payload } => {
                let content = Content::Postback { title, payload };
                scene.say(set, content, aside, EventKind::Postback).await.map(Tapped::Message)
            }
        }
    }
}

/// A label as the app shows it: what is longer than [`TITLE_CHARS`] is cut (contract send 7, row 15).
pub fn label(title: &str) -> &str {
    title.char_indices().nth(TITLE_CHARS).map_or(title, |(end, _)| &title[..end])
}

/// A quick reply as this person sees it; `None` when their profile lacks what it offers (contract send 1.8).
pub fn shown<'a>(reply: &'a QuickReply, person: &'a Person) -> Option<&'a str> {
    match reply {
        QuickReply::Text { title, .. } => Some(label(title)),
        QuickReply::UserPhoneNumber => person.phone.as_deref(),
        QuickReply::UserEmail => person.email.as_deref(),
    }
}

/// Buttons of a template, in their order.
fn buttons(template: &Template) -> Vec<&Button> {
    match template {
        Template::Generic { elements } => elements.iter().flat_map(|element| &element.buttons).collect(),
        Template::Button { buttons, .. } => buttons.iter().collect(),
        Template::Product { .. } => Vec::new(),
    }
}

fn nothing(what: &str, name: &str) -> Failure {
    Refusal::Parameter(format!("{what} holds nothing called {name:?} that can be tapped")).into()
}

async fn offered(scene: &Scene<'_>, property: &'static str, name: &str) -> Result<Choice, Failure> {
    let choices = profile::offered(scene.world, scene.account.id, property).await?;
    choices.into_iter().find(|choice| choice.title() == name).ok_or_else(|| nothing(property, name))
}

/// A template's button, and the app whose template it is.
async fn button(
    scene: &Scene<'_>,
    title: &str,
    message: Option<MessageId>,
) -> Result<(Choice, Option<AppId>), Failure> {
    let thread = scene.started()?;
    let candidates = match message {
        Some(id) => vec![scene.message(id).await?],
        None => {
            let slice = Slice { from: Start::Newest, limit: SEARCHED };
            scene.world.store.messages(thread.account, thread.igsid, slice).await?.items
        }
    };
    let found = candidates.iter().filter(|message| message.from == Side::Business).find_map(|message| {
        let Content::Template(template) = &message.content else { return None };
        let button = buttons(template).into_iter().find(|button| label(button.title()) == label(title));
        button.map(|button| (button, message.app))
    });
    let (button, author) = found.ok_or_else(|| nothing("the conversation", title))?;
    let choice = match button {
        Button::WebUrl { url, title } => Choice::Page { title: title.clone(), url: url.clone() },
        Button::Postback { title, payload } => Choice::Postback { title: title.clone(), payload: payload.clone() },
    };
    Ok((choice, author))
}

/// Quick replies are there only while the message that offers them is the newest.
async fn reply(scene: &Scene<'_>, set: &mut ChangeSet, title: &str) -> Result<Tapped, Failure> {
    if scene.is_self() {
        // Contract webhooks 3.4.
        return Err(Refusal::Parameter("a business that writes to itself is shown no quick replies".into()).into());
    }
    let newest = scene.world.store.message(scene.newest(&scene.started()?)).await?;
    let found = newest.as_ref().and_then(|Message { aside, .. }| {
        let is_named = |shown: &str| shown == title || shown == label(title);
        aside.quick_replies.iter().find(|reply| shown(reply, scene.person).is_some_and(is_named))
    });
    // A phone number or an e-mail address is what the app gets, too.
    let (text, payload) = match found {
        Some(QuickReply::Text { payload, .. }) => (label(title).to_owned(), payload.clone()),
        Some(QuickReply::UserPhoneNumber | QuickReply::UserEmail) => (title.to_owned(), Some(title.to_owned())),
        None => return Err(nothing("the newest message", title)),
    };
    let aside = Aside { quick_reply: payload, ..Aside::default() };
    scene.say(set, Content::Text(text), aside, EventKind::MessageReceived).await.map(Tapped::Message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_cut_at_twenty_characters() {
        assert_eq!(label("Delivery"), "Delivery");
        assert_eq!(label("12345678901234567890"), "12345678901234567890");
        assert_eq!(label("123456789012345678901"), "12345678901234567890");
        assert_eq!(label(&"\u{1f642}".repeat(21)), "\u{1f642}".repeat(20));
    }
}
