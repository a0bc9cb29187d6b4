//! The messenger profile: ice breakers and persistent menu (contract send 6.1 to 6.3).

use serde_json::{Value, json};
use wire::id::AccountId;
use wire::messenger_profile::{IceBreakers, Menu, MenuItem, Question};

use crate::change::{Change, ChangeSet};
use crate::refusal::{Failure, Refusal};
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

/// The properties that exist on Instagram, in the order they are given back.
pub const PROPERTIES: [&str; 2] = ["ice_breakers", "persistent_menu"];

/// Questions in one locale's ice breakers (contract send 6.2).
const QUESTIONS: usize = 4;
/// Items in one locale's menu (contract send 6.3).
const ITEMS: usize = 20;
const TITLE_CHARS: usize = 30;
const QUESTION_CHARS: usize = 80;
const PAYLOAD_CHARS: usize = 1_000;

/// Replaces the named properties and leaves the others alone. Values are JSON as the call gave them.
///
/// # Errors
/// [`Refusal::Parameter`] for a value that is not what the property holds or exceeds a limit; nothing is written then.
pub async fn set(
    world: &World,
    account: AccountId,
    platform: Platform,
    values: &[(&'static str, Value)],
) -> Result<(), Failure> {
    let mut changes = ChangeSet::new();
    for (property, value) in values {
        let value = match *property {
            "ice_breakers" => json!(ice_breakers(value)?),
            _ => json!(menus(value)?),
        };
        changes.push(Change::PutProfile {
            account,
            platform: platform.name(),
            property,
            value: Some(value.to_string()),
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

/// Reads ice breakers in the present form, a list of locales, or in the old one, a list of questions (contract send 6.2).
///
/// # Errors
/// [`Refusal::Parameter`].
pub fn ice_breakers(value: &Value) -> Result<Vec<IceBreakers>, Refusal> {
    let list = non_empty(value, "ice_breakers")?;
    let old = list.iter().filter(|item| item.get("question").is_some()).count();
    let sets = if old == 0 {
        list.iter().map(locale_of_questions).collect::<Result<Vec<_>, _>>()?
    } else if old == list.len() {
        vec![IceBreakers { call_to_actions: questions(list)?, locale: "default".into() }]
    } else {
        return Err(wrong("ice_breakers must not mix questions with locales"));
    };
    check_locales("ice_breakers", sets.iter().map(|set| set.locale.as_str()))?;
    Ok(sets)
}

/// Reads a persistent menu.
///
/// # Errors
/// [`Refusal::Parameter`].
pub fn menus(value: &Value) -> Result<Vec<Menu>, Refusal> {
    let menus = non_empty(value, "persistent_menu")?
        .iter()
        .map(|menu| {
            let items = non_empty(menu.get("call_to_actions").unwrap_or(&Value::Null), "call_to_actions")?;
            if items.len() > ITEMS {
                return Err(wrong(format!("persistent_menu holds at most {ITEMS} items in a locale")));
            }
            Ok(Menu { locale: locale(menu)?, call_to_actions: items.iter().map(menu_item).collect::<Result<_, _>>()? })
        })
        .collect::<Result<Vec<_>, _>>()?;
    check_locales("persistent_menu", menus.iter().map(|menu| menu.locale.as_str()))?;
    Ok(menus)
}

fn locale_of_questions(value: &Value) -> Result<IceBreakers, Refusal> {
    let list = non_empty(value.get("call_to_actions").unwrap_or(&Value::Null), "call_to_actions")?;
    Ok(IceBreakers { call_to_actions: questions(list)?, locale: locale(value)? })
}

fn questions(list: &[Value]) -> Result<Vec<Question>, Refusal> {
    if list.len() > QUESTIONS {
        return Err(wrong(format!("ice_breakers hold at most {QUESTIONS} questions in a locale")));
    }
    list.iter()
        .map(|item| {
            Ok(Question {
                question: text(item, "question", QUESTION_CHARS)?,
                payload: text(item, "payload", PAYLOAD_CHARS)?,
            })
        })
        .collect()
}

fn menu_item(item: &Value) -> Result<MenuItem, Refusal> {
    let title = text(item, "title", TITLE_CHARS)?;
    match item.get("type").and_then(Value::as_str).map(str::to_ascii_lowercase).as_deref() {
        Some("postback") => Ok(MenuItem::Postback { title, payload: text(item, "payload", PAYLOAD_CHARS)? }),
        Some("web_url") => {
            let url = text(item, "url", 2_048)?;
            if !(url.starts_with("https://") || url.starts_with("http://")) {
                return Err(wrong("url of a menu item must be an http or https address"));
            }
            Ok(MenuItem::WebUrl { title, url })
        }
        _ => Err(wrong("type of a menu item must be one of {postback, web_url}")),
    }
}

fn non_empty<'a>(value: &'a Value, name: &str) -> Result<&'a [Value], Refusal> {
    match value.as_array() {
        Some(list) if !list.is_empty() => Ok(list),
        _ => Err(wrong(format!("{name} must be a list with at least one element"))),
    }
}

fn locale(value: &Value) -> Result<String, Refusal> {
    match value.get("locale") {
        None => Ok("default".into()),
        Some(Value::String(locale)) if locale == "default" || is_locale(locale) => Ok(locale.clone()),
        Some(_) => Err(wrong("locale must be default or a code such as de_DE")),
    }
}

fn is_locale(text: &str) -> bool {
    matches!(text.as_bytes(), [a, b, b'_', c, d] if [a, b].iter().all(|x| x.is_ascii_lowercase()) && [c, d].iter().all(|x| x.is_ascii_uppercase()))
}

fn check_locales<'a>(property: &str, locales: impl Iterator<Item = &'a str> + Clone) -> Result<(), Refusal> {
    if !locales.clone().any(|locale| locale == "default") {
        return Err(wrong(format!("{property} must have the locale default")));
    }
    let mut seen = Vec::new();
    for locale in locales {
        if seen.contains(&locale) {
            return Err(wrong(format!("{property} has the locale {locale} twice")));
        }
        seen.push(locale);
    }
    Ok(())
}

fn text(item: &Value, name: &str, most: usize) -> Result<String, Refusal> {
    match item.get(name).and_then(Value::as_str) {
        Some(text) if !text.is_empty() && text.chars().count() <= most => Ok(text.to_owned()),
        Some(text) if !text.is_empty() => Err(wrong(format!("{name} must have at most {most} characters"))),
        _ => Err(wrong(format!("{name} is required and must be a text"))),
    }
}

fn wrong(detail: impl Into<String>) -> Refusal {
    Refusal::Parameter(detail.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_of_ice_breakers_read_the_same() {
        let question = json!({"question": "Hours?", "payload": "HOURS"});
        let new = json!([{"locale": "default", "call_to_actions": [question]}]);
        let old = json!([question]);
        assert_eq!(ice_breakers(&new), ice_breakers(&old));
        assert!(ice_breakers(&json!([question, {"call_to_actions": [question]}])).is_err(), "mixed");
    }

    #[test]
    fn limits_of_ice_breakers_hold() {
        let question = json!({"question": "Hours?", "payload": "HOURS"});
        let with = |count: usize| json!([{"call_to_actions": vec![question.clone(); count]}]);
        assert!(ice_breakers(&with(4)).is_ok());
        assert!(ice_breakers(&with(5)).is_err());
        assert!(ice_breakers(&with(0)).is_err());
        let locales = |names: &[&str]| {
            json!(names.iter().map(|l| json!({"locale": l, "call_to_actions": [question]})).collect::<Vec<_>>())
        };
        assert!(ice_breakers(&locales(&["default", "de_DE"])).is_ok());
        assert!(ice_breakers(&locales(&["de_DE"])).is_err(), "default is required");
        assert!(ice_breakers(&locales(&["default", "default"])).is_err(), "one per locale");
        assert!(ice_breakers(&locales(&["default", "deutsch"])).is_err());
        assert!(ice_breakers(&json!([{"question": "Q"}])).is_err(), "payload is required");
    }

    #[test]
    fn a_menu_item_is_a_postback_or_a_link() {
        let with = |item: Value| menus(&json!([{"locale": "default", "call_to_actions": [item]}]));
        assert!(with(json!({"type": "postback", "title": "Agent", "payload": "A"})).is_ok());
        assert!(with(json!({"type": "WEB_URL", "title": "Shop", "url": "https://a.test/"})).is_ok());
        assert!(with(json!({"type": "web_url", "title": "Shop", "url": "javascript:1"})).is_err());
        assert!(with(json!({"type": "nested", "title": "More"})).is_err());
        assert!(with(json!({"type": "postback", "title": "x".repeat(31), "payload": "A"})).is_err());
    }
}
