//! The catalogue against its page, and against what there is to tell.

use std::collections::BTreeSet;

use super::*;

#[tokio::test]
async fn the_committed_catalogue_is_the_present_one() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/events.md");
    let same = std::fs::read_to_string(path).unwrap_or_default().trim_end() == page().await.unwrap().trim_end();
    assert!(same, "docs/events.md is not what is told now: run `cargo xtask events` and look at the change");
}

#[test]
fn every_kind_that_apps_are_told_of_has_an_example() {
    let shown: BTreeSet<&str> = EXAMPLES
        .iter()
        .filter_map(|example| match example.steps.last() {
            Some(Step::Trigger(kind, _)) => Some(*kind),
            _ => None,
        })
        .collect();
    for kind in KINDS.iter().filter(|kind| !kind.field.is_empty()) {
        assert!(shown.contains(kind.name), "{} has no example", kind.name);
    }
}

#[tokio::test]
async fn every_field_that_is_ever_sent_has_an_example() {
    let page = page().await.unwrap();
    for field in FIELDS.iter().filter(|field| field.channel != webhook_field::Channel::Silent) {
        assert!(page.contains(&format!("\n## `{}`\n\n### ", field.name)), "{} has no example", field.name);
    }
}

#[test]
fn words_are_shown_as_a_shell_takes_them() {
    assert_eq!(placeholders("{photo} {message}x"), "PHOTO MESSAGEx");
    assert_eq!(placeholders(r#"{"url":"a"}"#), r#"{"url":"a"}"#);
    assert_eq!((quoted("a-b"), quoted("a b")), ("a-b".to_owned(), "'a b'".to_owned()));
}
