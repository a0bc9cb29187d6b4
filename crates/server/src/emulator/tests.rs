//! The surface against its document.

use super::*;

/// The committed document, or nothing when it is missing.
fn committed() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/openapi/emulator.json");
    std::fs::read_to_string(path).unwrap_or_default()
}

#[test]
fn the_committed_document_is_the_present_one() {
    let same = committed() == openapi_json();
    assert!(
        same,
        "docs/openapi/emulator.json is not the surface as it is: run `cargo xtask openapi` and look at the change"
    );
}

#[test]
fn every_endpoint_is_documented_and_every_document_entry_is_an_endpoint() {
    let document = Document::openapi();
    let documented: Vec<&str> = document.paths.paths.keys().map(String::as_str).collect();
    let routed: Vec<&str> = endpoints().into_iter().map(|(path, _)| path).collect();
    for path in &routed {
        assert!(documented.contains(path), "{path} is not documented");
    }
    for path in documented {
        assert!(routed.contains(&path), "{path} is not routed");
    }
}

#[test]
fn every_operation_has_a_name_of_its_own() {
    let document: serde_json::Value = serde_json::from_str(&openapi_json()).unwrap();
    let paths = document["paths"].as_object().unwrap().values();
    let mut names: Vec<&str> = paths
        .flat_map(|path| path.as_object().unwrap().values())
        .map(|operation| operation["operationId"].as_str().unwrap())
        .collect();
    names.sort_unstable();
    let all = names.len();
    names.dedup();
    assert_eq!(names.len(), all);
}
