//! The messenger profile: ice breakers and persistent menu (contract send 6.1 to 6.3).

use serde_json::Value;
use wire::id::AccountId;
use wire::messenger_profile::{IceBreakers, Menu, MenuItem, PROPERTIES, Property, Question};

use crate::change::{Change, ChangeSet};
use crate::refusal::Failure;
use crate::store::Read;
use crate::world::World;

/// Which inbox a profile belongs to; a Page has one for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Platform {
    /// Direct messages of the professional account.
    Instagram,
    /// Messages of the Page itself; kept apart, never shown to people on Instagram.
    Messenger,
}

impl Platform {
    /// Its name in the store and, in any case, on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Platform::Instagram => "instagram",
            Platform::Messenger => "messenger",
        }
    }
}

/// Replaces these properties and leaves the others alone.
///
/// # Errors
/// The store's.
pub async fn set(
    world: &World,
    account: AccountId,
    platform: Platform,
    properties: &[Property],
) -> Result<(), Failure> {
    let mut changes = ChangeSet::new();
    for property in properties {
        changes.push(Change::PutProfile {
            account,
            platform: platform.name(),
            property: property.name(),
            value: Some(property.to_json().to_string()),
        });
    }
    Ok(world.commit(changes).await?)
}

/// Removes the named properties.
///
/// # Errors
/// The store's.
pub async fn remove(
    world: &World,
    account: AccountId,
    platform: Platform,
    properties: &[&'static str],
) -> Result<(), Failure> {
    let mut changes = ChangeSet::new();
    for property in properties {
        changes.push(Change::PutProfile { account, platform: platform.name(), property, value: None });
    }
    Ok(world.commit(changes).await?)
}

/// The named properties that are set, in the order of [`PROPERTIES`].
///
/// # Errors
/// The store's.
pub async fn get(
    world: &World,
    account: AccountId,
    platform: Platform,
    properties: &[&'static str],
) -> Read<Vec<(&'static str, Value)>> {
    let stored = world.store.profile(account, platform.name()).await?;
    Ok(PROPERTIES
        .into_iter()
        .filter(|property| properties.contains(property))
        .filter_map(|property| {
            let (_, text) = stored.iter().find(|(name, _)| name == property)?;
            Some((property, serde_json::from_str(text).ok()?))
        })
        .collect())
}

/// Something in a profile or a message that a person can tap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// Causes a postback.
    Postback {
        /// The label.
        title: String,
        /// The app's own text behind it.
        payload: String,
    },
    /// Opens a page and causes nothing.
    Page {
        /// The label.
        title: String,
        /// Where it leads.
        url: String,
    },
}

impl Choice {
    /// The label.
    pub fn title(&self) -> &str {
        match self {
            Self::Postback { title, .. } | Self::Page { title, .. } => title,
        }
    }
}

/// Everything that a property offers a person, in the default locale.
///
/// # Errors
/// The store's.
pub async fn offered(world: &World, account: AccountId, property: &'static str) -> Read<Vec<Choice>> {
    let found = get(world, account, Platform::Instagram, &[property]).await?;
    let Some((_, value)) = found.into_iter().next() else { return Ok(Vec::new()) };
    Ok(match property {
        "ice_breakers" => {
            of_default(serde_json::from_value::<Vec<IceBreakers>>(value).unwrap_or_default(), |set| &set.locale)
                .map(|set| set.call_to_actions.into_iter().map(Choice::from).collect())
        }
        _ => of_default(serde_json::from_value::<Vec<Menu>>(value).unwrap_or_default(), |menu| &menu.locale)
            .map(|menu| menu.call_to_actions.into_iter().map(Choice::from).collect()),
    }
    .unwrap_or_default())
}

/// What of a property causes a postback: label and payload.
///
/// # Errors
/// The store's.
pub async fn choices(world: &World, account: AccountId, property: &'static str) -> Read<Vec<(String, String)>> {
    let postback = |choice| match choice {
        Choice::Postback { title, payload } => Some((title, payload)),
        Choice::Page { .. } => None,
    };
    Ok(offered(world, account, property).await?.into_iter().filter_map(postback).collect())
}

impl From<Question> for Choice {
    fn from(Question { question, payload }: Question) -> Self {
        Self::Postback { title: question, payload }
    }
}

impl From<MenuItem> for Choice {
    fn from(item: MenuItem) -> Self {
        match item {
            MenuItem::Postback { title, payload } => Self::Postback { title, payload },
            MenuItem::WebUrl { title, url } => Self::Page { title, url },
        }
    }
}

fn of_default<T>(sets: Vec<T>, locale: impl Fn(&T) -> &String) -> Option<T> {
    sets.into_iter().find(|set| locale(set) == "default")
}
