//! Query strings and forms: flat names, and bracketed names that spell nested values (contract send 0.2).

use super::Params;
use serde_json::{Map, Value};

/// How many pairs of one query or form are read; the rest is ignored.
const MAX_PAIRS: usize = 2_000;
/// How many parts a bracketed name may have; a longer one is taken as a flat name.
const MAX_DEPTH: usize = 8;

impl Params {
    /// Merges the decoded pairs of a query string or form.
    ///
    /// A flat name becomes a string. Bracketed names (`a[b][0][c]`) build nested values: where every part at a level is a
    /// number or empty they make an array, else an object. At most 2,000 pairs are read, and names of at most 8 parts.
    pub fn pairs(&mut self, pairs: impl Iterator<Item = (String, String)>) {
        let mut tree = Map::new();
        for (name, value) in pairs.take(MAX_PAIRS) {
            match split(&name) {
                Some((first, rest)) => plant(&mut tree, first, &rest, value),
                None => {
                    tree.insert(name, Value::String(value));
                }
            }
        }
        self.values.extend(tree.into_iter().map(|(name, node)| (name, grown(node))));
    }
}

/// The parts of a bracketed name; `None` when the name is flat, broken or too deep.
fn split(name: &str) -> Option<(&str, Vec<&str>)> {
    let (first, rest) = name.split_once('[')?;
    let parts: Vec<&str> = rest.strip_suffix(']')?.split("][").collect();
    let whole = !first.is_empty() && parts.iter().all(|part| !part.contains(['[', ']']));
    (whole && parts.len() < MAX_DEPTH).then_some((first, parts))
}

/// Puts a value at a place in the tree, in which every inner node is an object, arrays too.
fn plant(node: &mut Map<String, Value>, part: &str, rest: &[&str], value: String) {
    let key = if part.is_empty() { element(node, rest) } else { part.to_owned() };
    let Some((next, rest)) = rest.split_first() else {
        node.insert(key, Value::String(value));
        return;
    };
    let child = node.entry(key).or_insert_with(|| Value::Object(Map::new()));
    if !child.is_object() {
        *child = Value::Object(Map::new());
    }
    if let Value::Object(child) = child {
        plant(child, next, rest, value);
    }
}

/// The key for an empty part: the last element while it lacks the rest of the name, else a new element.
fn element(node: &Map<String, Value>, rest: &[&str]) -> String {
    let last = node.iter().next_back().filter(|(_, child)| !rest.is_empty() && !has(child, rest));
    last.map_or_else(
        || (node.len()..).map(|index| index.to_string()).find(|key| !node.contains_key(key)).unwrap_or_default(),
        |(key, _)| key.clone(),
    )
}

/// Whether a place in the tree is taken; an element of a list never is, there is always room for one more.
fn has(node: &Value, path: &[&str]) -> bool {
    match path {
        [] => true,
        ["", ..] => false,
        [part, rest @ ..] => node.as_object().is_none_or(|node| node.get(*part).is_some_and(|child| has(child, rest))),
    }
}

/// Makes arrays of those nodes whose keys are all numbers, ordered by them.
fn grown(node: Value) -> Value {
    let Value::Object(members) = node else { return node };
    let indices: Option<Vec<u64>> = members.keys().map(|key| index(key)).collect();
    let values = members.into_iter().map(|(key, child)| (key, grown(child)));
    match indices {
        Some(indices) => {
            let mut elements: Vec<_> = indices.into_iter().zip(values).collect();
            elements.sort_by_key(|(index, _)| *index);
            elements.into_iter().map(|(_, (_, child))| child).collect()
        }
        None => Value::Object(values.collect()),
    }
}

/// A part that stands for a place in an array: decimal digits only.
fn index(part: &str) -> Option<u64> {
    part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse().ok())?
}
