//! What code must not name: the engine no HTTP, the server no SQL, an area of the server no other area.

use super::arrows::{FOREIGN, crate_name};
use crate::source::{Source, words};
use crate::tree::Finding;

/// The areas of `crates/server/src`. They meet in the engine; `http` and other top-level modules are shared by all.
const AREAS: &[&str] = &["graph", "oauth", "media", "deliver", "realtime", "phone", "console", "emulator"];

/// How a statement looks inside a string.
const SQL: &[&str] = &["SELECT ", "INSERT INTO ", "UPDATE ", "DELETE FROM ", "CREATE TABLE ", "PRAGMA "];

/// Crates that the server or the engine must not name, and SQL in the server.
pub fn foreign_names(path: &str, source: &Source<'_>) -> Vec<Finding> {
    let Some((name, foreign)) = FOREIGN.iter().find(|(name, _)| crate_name(path) == Some(name)) else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    let ours: &[&str] = if *name == "server" { &["db"] } else { &[] };
    for target in foreign.iter().chain(ours) {
        for at in words(&source.code, &target.replace('-', "_")).into_iter().filter(|at| names_crate(&source.code, *at))
        {
            let what = format!("`{name}` must not name `{target}`: move what needs it to the crate that may");
            findings.push(Finding::new(path, source.line(at), what));
        }
    }
    if *name == "server" {
        for at in SQL.iter().flat_map(|sql| words(&source.uncommented, sql)) {
            let what = "`server` must not name SQL: ask the engine, statements live in `store`";
            findings.push(Finding::new(path, source.line(at), what));
        }
    }
    findings
}

/// Whether the word at `at` begins a path (`http::x`) or is imported (`use http;`), rather than being a part of one.
fn names_crate(code: &str, at: usize) -> bool {
    let before = code[..at].trim_end();
    let after = code[at..].trim_start_matches(|c: char| c.is_alphanumeric() || c == '_');
    let begins = !before.ends_with("::") && !before.ends_with('.');
    let imported = ["use", "extern crate"].iter().any(|word| before.ends_with(word));
    begins && (after.starts_with("::") || imported)
}

/// Paths from one area of the server into another, written with `crate::` or `super::`.
pub fn areas(path: &str, source: &Source<'_>) -> Vec<Finding> {
    let Some(module) = path.strip_prefix("crates/server/src/").and_then(|rest| rest.strip_suffix(".rs")) else {
        return Vec::new();
    };
    let module: Vec<&str> = module.split('/').filter(|part| *part != "mod").collect();
    let Some(own) = module.first().filter(|area| AREAS.contains(area)) else { return Vec::new() };
    let up = "super::".repeat(module.len());
    let mut findings = Vec::new();
    for prefix in ["crate::", &up] {
        for at in words(&source.code, prefix).into_iter().filter(|at| !source.code[..*at].ends_with("::")) {
            for other in heads(&source.code[at + prefix.len()..]) {
                if other != *own && AREAS.contains(&other) {
                    let what = format!(
                        "area `{own}` imports area `{other}`: let them meet in the engine or in a shared module"
                    );
                    findings.push(Finding::new(path, source.line(at), what));
                }
            }
        }
    }
    findings
}

/// The first segments of what follows `crate::`: one, or one each of a group in braces.
fn heads(rest: &str) -> Vec<&str> {
    let word = |text: &str| text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    let Some(group) = rest.strip_prefix('{') else { return vec![&rest[..word(rest)]] };
    let (mut heads, mut depth, mut start) = (Vec::new(), 0_usize, 0);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' | ',' if depth == 0 => {
                let part = group[start..at].trim();
                heads.push(&part[..word(part)]);
                start = at + 1;
                if c == '}' {
                    break;
                }
            }
            '}' => depth -= 1,
            _ => {}
        }
    }
    heads
}

#[cfg(test)]
mod tests {
    use super::*;

    fn foreign(path: &str, text: &str) -> usize {
        foreign_names(path, &Source::new(text)).len()
    }

    fn crossed(path: &str, text: &str) -> Vec<usize> {
        areas(path, &Source::new(text)).into_iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn a_crate_is_named_by_a_path_or_an_import_but_not_by_a_comment_or_a_module_of_that_name() {
        let engine = "crates/engine/src/send.rs";
        for text in ["use http::Uri;", "use axum;", "fn f(x: hyper::Body) {}", "let x = rusqlite::Error::A;"] {
            assert_eq!(foreign(engine, text), 1, "{text}");
        }
        for text in ["// http::Uri", "let http = 1;", "use crate::http::Layer;", "f(\"http://x\")", "x.http"] {
            assert_eq!(foreign(engine, text), 0, "{text}");
        }
        assert_eq!(foreign("crates/server/src/lib.rs", "use http::Uri; use db::Db;"), 1);
    }

    #[test]
    fn the_server_has_no_statement_in_a_string() {
        assert_eq!(foreign("crates/server/src/a.rs", "run(\"SELECT a FROM b\")"), 1);
        assert_eq!(foreign("crates/server/src/a.rs", "// SELECT a FROM b"), 0);
        assert_eq!(foreign("crates/store/src/a.rs", "run(\"SELECT a FROM b\")"), 0);
    }

    #[test]
    fn areas_of_the_server_do_not_import_each_other() {
        let edge = "crates/server/src/graph/edges/messages.rs";
        assert_eq!(crossed(edge, "use crate::media::Link;"), [1]);
        assert_eq!(crossed(edge, "\nuse crate::{http, graph::{media}, oauth::Token};"), [2]);
        assert_eq!(crossed(edge, "use super::super::super::phone::X;"), [1]);
        assert_eq!(crossed("crates/server/src/media.rs", "let x = crate::graph::y();"), [1]);
    }

    #[test]
    fn an_area_may_use_itself_and_what_is_shared() {
        let edge = "crates/server/src/graph/edges/messages.rs";
        assert_eq!(crossed(edge, "use crate::{http::Layer, graph::auth}; use super::super::media::X;"), []);
        assert_eq!(crossed("crates/server/src/lib.rs", "use crate::{graph, media};"), []);
    }
}
