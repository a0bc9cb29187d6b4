//! Which fields an answer holds: a table of fields for each kind of node, and what the caller asked of it
//! (contract graph 1.6).

use serde_json::{Map, Value};
use wire::error::{self, GraphError};
use wire::fields::{Fields, Selection};

/// One field of a node of type `T`.
pub struct Field<T> {
    /// Its name.
    pub name: &'static str,
    /// Whether it is given without being asked for.
    pub default: bool,
    /// Its value; `None` leaves it out (contract graph 1.6, unset fields).
    pub read: fn(&T) -> Option<Value>,
}

/// An edge that may be asked for like a field; the endpoint fills it in.
pub type Edge = &'static str;

/// Gives the fields that were asked for, or the defaults; `id` always, last when it was not named.
///
/// An edge among the fields stays a null under its name, at its place, for the caller to fill in.
///
/// # Errors
/// [`error::NO_FIELD`] for a name that this kind of node does not have, code 100 for an alias, which no node takes.
pub fn project<T>(
    table: &[Field<T>],
    edges: &[Edge],
    type_name: &str,
    fields: Option<&Fields>,
    node: &T,
) -> Result<Map<String, Value>, GraphError> {
    let mut answer = Map::new();
    match fields {
        None => {
            for field in table.iter().filter(|field| field.default) {
                if let Some(value) = (field.read)(node) {
                    answer.insert(field.name.to_owned(), value);
                }
            }
        }
        Some(fields) => {
            for selection in &fields.0 {
                if let Some(alias) = selection.modifier("as") {
                    return Err(GraphError::new(&error::PARAMETER_DETAIL).with(format!("Unknown fields: {alias}.")));
                }
                if edges.contains(&selection.name.as_str()) {
                    answer.insert(selection.name.clone(), Value::Null);
                    continue;
                }
                let field = table
                    .iter()
                    .find(|field| field.name == selection.name)
                    .ok_or_else(|| GraphError::new(&error::NO_FIELD).with(&selection.name).with(type_name))?;
                if let Some(value) = (field.read)(node) {
                    answer.insert(selection.name.clone(), narrowed(value, selection));
                }
            }
        }
    }
    if !answer.contains_key("id")
        && let Some(id) = table.iter().find(|field| field.name == "id").and_then(|field| (field.read)(node))
    {
        answer.insert("id".into(), id);
    }
    Ok(answer)
}

/// Keeps of a nested value what its braces name, and its id: `from{username}`, `participants{id,username}`.
fn narrowed(value: Value, selection: &Selection) -> Value {
    let Some(fields) = &selection.fields else { return value };
    match value {
        Value::Object(mut object) => match object.remove("data") {
            Some(Value::Array(items)) => {
                let most = selection.limit().and_then(|limit| usize::try_from(limit).ok()).unwrap_or(usize::MAX);
                let items = items.into_iter().take(most).map(|item| narrowed(item, selection)).collect();
                object.insert("data".into(), Value::Array(items));
                Value::Object(object)
            }
            _ => {
                object.retain(|name, _| name == "id" || fields.has(name));
                Value::Object(object)
            }
        },
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    struct Shop;

    const TABLE: &[Field<Shop>] = &[
        Field { name: "id", default: true, read: |_| Some(json!("7")) },
        Field { name: "name", default: true, read: |_| Some(json!("Harbor")) },
        Field { name: "owner", default: false, read: |_| Some(json!({"id": "1", "name": "Ana", "mail": "a@b.test"})) },
        Field { name: "link", default: false, read: |_| None },
        Field { name: "people", default: false, read: |_| Some(json!({"data": [{"id": "1", "a": 1, "b": 2}]})) },
    ];

    fn ask(fields: &str) -> Result<Value, GraphError> {
        let fields = Fields::parse(fields).unwrap();
        project(TABLE, &["messages"], "Shop", Some(&fields), &Shop).map(Value::Object)
    }

    #[test]
    fn the_answer_holds_what_was_asked_and_the_id() {
        assert_eq!(ask("name").unwrap().to_string(), r#"{"name":"Harbor","id":"7"}"#);
        assert_eq!(ask("id,name").unwrap().to_string(), r#"{"id":"7","name":"Harbor"}"#);
        assert_eq!(ask("link").unwrap().to_string(), r#"{"id":"7"}"#, "unset fields are left out");
        assert_eq!(ask("messages").unwrap().to_string(), r#"{"messages":null,"id":"7"}"#);
        let defaults = project(TABLE, &[], "Shop", None, &Shop).unwrap();
        assert_eq!(Value::Object(defaults).to_string(), r#"{"id":"7","name":"Harbor"}"#);
    }

    #[test]
    fn braces_narrow_objects_and_lists() {
        assert_eq!(ask("owner{name}").unwrap().to_string(), r#"{"owner":{"id":"1","name":"Ana"},"id":"7"}"#);
        assert_eq!(ask("people{b}").unwrap()["people"], json!({"data": [{"id": "1", "b": 2}]}));
    }

    #[test]
    fn aliases_are_not_known() {
        let error = ask("name.as(title)").unwrap_err();
        assert_eq!(error.message(wire::dialect::Dialect::Facebook), "(#100) Unknown fields: title.");
    }

    #[test]
    fn an_unknown_field_is_named_with_its_node_type() {
        let error = ask("name,foo").unwrap_err();
        assert_eq!(
            error.message(wire::dialect::Dialect::Facebook),
            "(#100) Tried accessing nonexisting field (foo) on node type (Shop)"
        );
    }
}
