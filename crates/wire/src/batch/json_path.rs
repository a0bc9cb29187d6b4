//! The part of JSONPath that references use (contract graph 3.1).

use serde_json::Value;

/// The values behind a path, each as text; empty when the path is malformed or nothing is there.
///
/// A path is `$` and then steps: `.name`, `.0`, `.*`, `[0]`, `[*]`, `['name']`. Strings stand as they are, nulls are
/// passed over, everything else is printed as JSON.
pub fn json_path(value: &Value, path: &str) -> Vec<String> {
    let Some(steps) = path.trim().strip_prefix('$').and_then(steps) else { return Vec::new() };
    let mut found = vec![value];
    for step in steps {
        found = found.into_iter().flat_map(|value| children(value, step)).collect();
    }
    let print = |value: &Value| match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    };
    found.into_iter().filter_map(print).collect()
}

/// One step down.
#[derive(Clone, Copy)]
enum Step<'a> {
    /// Every member or element.
    All,
    /// The member of that name, or the element of that index.
    One(&'a str),
}

fn children<'v>(value: &'v Value, step: Step<'_>) -> Vec<&'v Value> {
    match (step, value) {
        (Step::All, Value::Object(members)) => members.values().collect(),
        (Step::All, Value::Array(elements)) => elements.iter().collect(),
        (Step::One(name), Value::Object(members)) => members.get(name).into_iter().collect(),
        (Step::One(index), Value::Array(elements)) => {
            index.parse().ok().and_then(|index: usize| elements.get(index)).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// The steps of a path behind its `$`; `None` when one is malformed.
fn steps(mut path: &str) -> Option<Vec<Step<'_>>> {
    let mut steps = Vec::new();
    while !path.is_empty() {
        let (name, rest) = if let Some(inner) = path.strip_prefix('[') {
            bracket(inner)?
        } else {
            let inner = path.strip_prefix('.')?;
            let end = inner.find(['.', '[']).unwrap_or(inner.len());
            let (name, rest) = inner.split_at(end);
            (if name == "*" { Step::All } else { Step::One(name) }, rest)
        };
        if matches!(name, Step::One("")) {
            return None;
        }
        steps.push(name);
        path = rest;
    }
    Some(steps)
}

/// The step between brackets, and what follows the closing one.
fn bracket(inner: &str) -> Option<(Step<'_>, &str)> {
    for quote in ['\'', '"'] {
        if let Some(quoted) = inner.strip_prefix(quote) {
            let (name, rest) = quoted.split_once(quote)?;
            return Some((Step::One(name), rest.strip_prefix(']')?));
        }
    }
    let (name, rest) = inner.split_once(']')?;
    match name.trim() {
        "*" => Some((Step::All, rest)),
        index if index.bytes().all(|byte| byte.is_ascii_digit()) => Some((Step::One(index), rest)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn every_step_finds_what_it_names() {
        let value = json!({"data": [{"id": "t1", "n": 1}, {"id": "t2"}], "a.b": {"x": true}, "none": null});
        for (path, found) in [
            ("$.data.*.id", vec!["t1", "t2"]),
            ("$.data[*].id", vec!["t1", "t2"]),
            ("$.data[1].id", vec!["t2"]),
            ("$.data.0.id", vec!["t1"]),
            ("$['data'][0]['id']", vec!["t1"]),
            ("$.data[0]", vec!["{\"id\":\"t1\",\"n\":1}"]),
            ("$.data.*.n", vec!["1"]),
            ("$['a.b'].x", vec!["true"]),
            ("$[\"a.b\"].*", vec!["true"]),
            ("$.none", vec![]),
            ("$.data[9].id", vec![]),
            ("$.nothing.id", vec![]),
        ] {
            assert_eq!(json_path(&value, path), found, "{path}");
        }
        assert_eq!(json_path(&json!("x"), "$"), ["x"]);
    }

    #[test]
    fn a_malformed_path_finds_nothing() {
        for path in [
            "",
            "data",
            ".data",
            "$data",
            "$.",
            "$..id",
            "$[",
            "$[]",
            "$['data'",
            "$['data]",
            "$[-1]",
            "$[x]",
            "$.data[0]id",
        ] {
            assert!(json_path(&json!({"data": ["x"], "": 1, "id": 2}), path).is_empty(), "{path}");
        }
    }

    proptest! {
        #[test]
        fn no_path_makes_it_panic(path in "[$.*\\[\\]'a0é]{0,20}") {
            let _ = json_path(&json!({"a": [[0], {"a": "é"}]}), &path);
        }
    }
}
