//! Which crate may depend on which, read from the manifests.

use crate::tree::Finding;

/// The arrows of the house plan: a crate and what it may use of the project. `parlance` and `xtask` may use everything.
const ARROWS: &[(&str, &[&str])] = &[
    ("wire", &[]),
    ("engine", &["wire"]),
    ("db", &["wire"]),
    ("store", &["engine", "db", "wire"]),
    ("server", &["engine", "wire"]),
    ("client", &["wire"]),
    ("inbox", &["client", "db", "wire"]),
    ("testkit", &["engine", "server", "store", "wire", "client", "rig"]),
    ("rig", &[]),
    ("faces", &[]),
    ("examples", &["client", "testkit"]),
];

/// What only tests use, and the crates whose tests may: the real server, and what stands outside it.
const FOR_TESTS: &[(&str, &[&str])] = &[
    ("testkit", &["server", "client", "inbox", "store", "parlance"]),
    ("rig", &["db", "store", "server", "inbox", "parlance"]),
];

/// Crates of others that a crate of ours must not know.
pub const FOREIGN: &[(&str, &[&str])] =
    &[("server", &["rusqlite", "tokio-postgres"]), ("engine", &["http", "axum", "hyper", "rusqlite"])];

/// Every dependency in the manifest at `path` that the tables above do not allow.
pub fn check(path: &str, text: &str) -> Vec<Finding> {
    let Some(name) = crate_name(path) else { return Vec::new() };
    let arrows = ARROWS.iter().find(|(from, _)| *from == name).map(|(_, to)| *to);
    let foreign = FOREIGN.iter().find(|(from, _)| *from == name).map_or(&[][..], |(_, to)| *to);
    let mut findings = Vec::new();
    for dependency in dependencies(text) {
        let Dependency { line, target, for_tests } = dependency;
        let allowed = arrows.is_none_or(|to| to.contains(&target))
            || (for_tests && FOR_TESTS.iter().any(|(rig, users)| *rig == target && users.contains(&name)));
        if is_ours(target) && !allowed {
            let what = format!(
                "`{name}` must not depend on `{target}`: remove it, the arrows are in xtask/src/tidy/arrows.rs"
            );
            findings.push(Finding::new(path, line, what));
        }
        if foreign.contains(&target) {
            let what = format!("`{name}` must not know `{target}`: move what needs it to the crate that may");
            findings.push(Finding::new(path, line, what));
        }
    }
    findings
}

/// The short name of the crate that a file of a `crates/` or `examples/` folder belongs to.
pub fn crate_name(path: &str) -> Option<&str> {
    match path.split('/').collect::<Vec<_>>()[..] {
        ["crates", name, _, ..] => Some(name),
        ["examples", _, _, ..] => Some("examples"),
        _ => None,
    }
}

fn is_ours(name: &str) -> bool {
    name == "parlance" || name == "xtask" || ARROWS.iter().any(|(ours, _)| *ours == name)
}

struct Dependency<'a> {
    line: usize,
    target: &'a str,
    for_tests: bool,
}

/// The dependencies of a manifest, under the name that the project knows them by, whatever they are renamed to.
fn dependencies(text: &str) -> Vec<Dependency<'_>> {
    let mut section = "";
    let mut found = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let line_number = index + 1;
        let mut push = |section: &str, key, line| {
            let target = renamed(line).unwrap_or(key);
            let target = target.strip_prefix("parlance-").unwrap_or(target);
            found.push(Dependency { line: line_number, target, for_tests: section.contains("dev-dependencies") });
        };
        if let Some(header) = line.trim().strip_prefix('[').and_then(|rest| rest.split(']').next()) {
            section = header;
            if let Some((table, key)) = header.rsplit_once('.')
                && table.ends_with("dependencies")
            {
                push(table, key, "");
            }
        } else if section.ends_with("dependencies")
            && section != "workspace.dependencies"
            && let Some((key, _)) = line.split_once('=')
            && !key.trim_start().starts_with('#')
        {
            push(section, key.split('.').next().unwrap_or(key).trim(), line);
        } else if section.contains("dependencies.") && line.starts_with("package") {
            push(section, "", line);
        }
    }
    found
}

fn renamed(line: &str) -> Option<&str> {
    let (_, after) = line.split_once("package")?;
    after.trim_start().strip_prefix('=')?.split('"').nth(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(path: &str, text: &str) -> Vec<usize> {
        check(path, text).into_iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn the_arrows_of_the_plan_pass() {
        assert_eq!(lines("crates/store/Cargo.toml", "[dependencies]\nengine.workspace = true\nserde = \"1\""), []);
        assert_eq!(lines("crates/parlance/Cargo.toml", "[dependencies]\nserver.workspace = true"), []);
        assert_eq!(lines("examples/bot/Cargo.toml", "[dev-dependencies]\ntestkit.workspace = true"), []);
    }

    #[test]
    fn an_arrow_against_the_plan_is_found_in_every_spelling() {
        let spellings = [
            "[dependencies]\ndb.workspace = true",
            "[dependencies]\nparlance-db = { path = \"../db\" }",
            "[dependencies]\nx = { package = \"parlance-db\", path = \"../db\" }",
            "[target.'cfg(unix)'.dependencies]\ndb = { workspace = true }",
            "\n[dependencies.db]\nworkspace = true",
            "[build-dependencies]\ndb.workspace = true",
        ];
        for text in spellings {
            assert_eq!(lines("crates/server/Cargo.toml", text), [2], "{text}");
        }
        assert_eq!(lines("crates/server/Cargo.toml", "[dependencies.x]\npackage = \"parlance-db\""), [2]);
    }

    #[test]
    fn testkit_is_for_the_tests_of_five_crates_only() {
        let text = "[dev-dependencies]\ntestkit.workspace = true";
        assert_eq!(lines("crates/server/Cargo.toml", text), []);
        assert_eq!(lines("crates/engine/Cargo.toml", text), [2]);
        assert_eq!(lines("crates/server/Cargo.toml", "[dependencies]\ntestkit.workspace = true"), [2]);
    }

    #[test]
    fn a_rig_is_for_the_tests_of_those_that_meet_what_it_drives() {
        let text = "[dev-dependencies]\nrig.workspace = true";
        assert_eq!(lines("crates/db/Cargo.toml", text), []);
        assert_eq!(lines("crates/wire/Cargo.toml", text), [2]);
        assert_eq!(lines("crates/store/Cargo.toml", "[dependencies]\nrig.workspace = true"), [2]);
        assert_eq!(lines("crates/rig/Cargo.toml", "[dependencies]\ndb.workspace = true"), [2]);
    }

    #[test]
    fn the_engine_does_not_know_http() {
        assert_eq!(
            lines("crates/engine/Cargo.toml", "[dependencies]\nwire.workspace = true\naxum.workspace = true"),
            [3]
        );
    }
}
