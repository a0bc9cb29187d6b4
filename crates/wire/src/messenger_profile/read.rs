//! Reading the properties of a messenger profile, with their limits.

use serde_json::Value;

use super::{ITEMS, MENU_TITLE_CHARS, PAYLOAD_CHARS, QUESTION_CHARS, QUESTIONS, URL_CHARS};
use super::{IceBreakers, Menu, MenuItem, Property, Question};
use crate::error::{GraphError, PARAMETER_DETAIL};

impl Property {
    /// Reads a property by its name, as JSON gives it.
    ///
    /// # Errors
    /// Code 100, which names what is missing, not there on Instagram, or over a limit.
    pub fn read(name: &str, value: &Value) -> Result<Self, GraphError> {
        match name {
            "ice_breakers" => ice_breakers(value).map(Property::IceBreakers),
            "persistent_menu" => menus(value).map(Property::PersistentMenu),
            other => Err(wrong(format_args!("{other} is not on Instagram"))),
        }
    }
}

/// Reads ice breakers in the present form, a list of locales, or in the old one, a list of questions (contract send 6.2).
fn ice_breakers(value: &Value) -> Result<Vec<IceBreakers>, GraphError> {
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

/// Reads a persistent menu (contract send 6.3).
fn menus(value: &Value) -> Result<Vec<Menu>, GraphError> {
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

fn locale_of_questions(value: &Value) -> Result<IceBreakers, GraphError> {
    let list = non_empty(value.get("call_to_actions").unwrap_or(&Value::Null), "call_to_actions")?;
    Ok(IceBreakers { call_to_actions: questions(list)?, locale: locale(value)? })
}

fn questions(list: &[Value]) -> Result<Vec<Question>, GraphError> {
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

fn menu_item(item: &Value) -> Result<MenuItem, GraphError> {
    let title = text(item, "title", MENU_TITLE_CHARS)?;
    match item.get("type").and_then(Value::as_str).map(str::to_ascii_lowercase).as_deref() {
        Some("postback") => Ok(MenuItem::Postback { title, payload: text(item, "payload", PAYLOAD_CHARS)? }),
        Some("web_url") => {
            let url = text(item, "url", URL_CHARS)?;
            if !(url.starts_with("https://") || url.starts_with("http://")) {
                return Err(wrong("url of a menu item must be an http or https address"));
            }
            Ok(MenuItem::WebUrl { title, url })
        }
        _ => Err(wrong("type of a menu item must be one of {postback, web_url}")),
    }
}

fn non_empty<'a>(value: &'a Value, name: &str) -> Result<&'a [Value], GraphError> {
    match value.as_array() {
        Some(list) if !list.is_empty() => Ok(list),
        _ => Err(wrong(format!("{name} must be a list with at least one element"))),
    }
}

fn locale(value: &Value) -> Result<String, GraphError> {
    match value.get("locale") {
        None => Ok("default".into()),
        Some(Value::String(locale)) if locale == "default" || is_locale(locale) => Ok(locale.clone()),
        Some(_) => Err(wrong("locale must be default or a code such as de_DE")),
    }
}

fn is_locale(text: &str) -> bool {
    matches!(text.as_bytes(), [a, b, b'_', c, d] if [a, b].iter().all(|x| x.is_ascii_lowercase()) && [c, d].iter().all(|x| x.is_ascii_uppercase()))
}

fn check_locales<'a>(property: &str, locales: impl Iterator<Item = &'a str> + Clone) -> Result<(), GraphError> {
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

fn text(item: &Value, name: &str, most: usize) -> Result<String, GraphError> {
    match item.get(name).and_then(Value::as_str) {
        Some(text) if !text.is_empty() && text.chars().count() <= most => Ok(text.to_owned()),
        Some(text) if !text.is_empty() => Err(wrong(format!("{name} must have at most {most} characters"))),
        _ => Err(wrong(format!("{name} is required and must be a text"))),
    }
}

fn wrong(detail: impl std::fmt::Display) -> GraphError {
    GraphError::new(&PARAMETER_DETAIL).with(detail)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

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
