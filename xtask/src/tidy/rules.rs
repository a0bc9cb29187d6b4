//! What code must not do: take time or randomness from the air, stop unfinished, wait by sleeping.

use std::collections::HashSet;

use crate::source::{Source, words};
use crate::tree::Finding;

/// Where time and randomness come from when nobody passes them in.
const AMBIENT: &[&str] =
    &["SystemTime::now", "Instant::now", "Timestamp::now", "Zoned::now", "getrandom::", "rand::random", "thread_rng"];

/// What must not stand outside tests, and what to do instead.
const UNFINISHED: &[(&str, &str)] = &[
    (".unwrap()", "return the error, or `expect` the invariant that makes it impossible"),
    ("todo!(", "write it, or leave the door out"),
    ("unimplemented!(", "write it, or leave the door out"),
];

/// Ambient time or randomness in product code, except in what a `#[expect(clippy::disallowed_methods, reason = …)]` covers.
pub fn ambient(path: &str, source: &Source<'_>) -> Vec<Finding> {
    if is_test(path) {
        return Vec::new();
    }
    let excused = source.excused();
    let mut findings = Vec::new();
    for needle in AMBIENT {
        for at in words(&source.code, needle) {
            let harmless = source.code[at + needle.len()..].starts_with("Error");
            if !harmless && !excused.iter().any(|range| range.contains(&at)) {
                let what = format!(
                    "`{}` takes from the air what is a parameter: take it as one, or put \
                     #[expect(clippy::disallowed_methods, reason = …)] on this statement or function",
                    needle.trim_end_matches(':')
                );
                findings.push(Finding::new(path, source.line(at), what));
            }
        }
    }
    findings
}

/// Unfinished code outside tests, and tests that are skipped. `test_files` are the files that [`test_modules`] found.
pub fn unfinished(path: &str, source: &Source<'_>, test_files: &HashSet<String>) -> Vec<Finding> {
    let tests = source.test_items();
    let mut findings = Vec::new();
    if !is_test(path) && !test_files.contains(path) {
        for (needle, instead) in UNFINISHED {
            for at in words(&source.code, needle) {
                if !tests.iter().any(|range| range.contains(&at)) {
                    let what = format!("`{}` outside a test: {instead}", needle.trim_end_matches('('));
                    findings.push(Finding::new(path, source.line(at), what));
                }
            }
        }
    }
    for at in words(&source.code, "#[ignore") {
        let what = "a skipped test looks green: make it run, or fail with a sentence that says what it needs";
        findings.push(Finding::new(path, source.line(at), what));
    }
    findings
}

/// The files that a `#[cfg(test)] mod name;` of this file brings in, under both paths where such a file may stand.
pub fn test_modules(path: &str, source: &Source<'_>) -> Vec<String> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let folder = match name {
        "lib.rs" | "main.rs" | "mod.rs" => folder,
        _ => path.trim_end_matches(".rs"),
    };
    let module = |range| {
        let item: &str = &source.code[range];
        let name = item.strip_suffix(';')?.rsplit_once("mod ")?.1.trim();
        Some([format!("{folder}/{name}.rs"), format!("{folder}/{name}/mod.rs")])
    };
    source.test_items().into_iter().filter_map(module).flatten().collect()
}

/// Calls of a sleep, except on a line that ends in `// sleep: <why>`.
pub fn sleeps(path: &str, source: &Source<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for at in ["sleep", "sleep_until"].iter().flat_map(|name| words(&source.code, name)) {
        let before = &source.code[..at];
        let bare = !before.ends_with("::") && !before.ends_with('.') && !before.ends_with("fn ");
        let called = source.code[at..].trim_start_matches(|c: char| c.is_alphabetic() || c == '_').starts_with('(');
        let of_the_clock = before.ends_with("thread::") || before.ends_with("time::") || (bare && called);
        let justified = source.line_text(at).split_once("// sleep: ").is_some_and(|(_, why)| !why.trim().is_empty());
        if of_the_clock && !justified {
            let what =
                "nothing sleeps to wait: wait for a signal or advance the clock, or end the line in `// sleep: <why>`";
            findings.push(Finding::new(path, source.line(at), what));
        }
    }
    findings
}

/// Tests, benchmarks, examples and this tool.
fn is_test(path: &str) -> bool {
    path.starts_with("xtask/")
        || path.starts_with("examples/")
        || path.starts_with("bench/")
        || path.split('/').any(|part| matches!(part, "tests" | "benches" | "tests.rs"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRODUCT: &str = "crates/engine/src/clock.rs";

    fn lines(check: fn(&str, &Source<'_>) -> Vec<Finding>, path: &str, text: &str) -> Vec<usize> {
        check(path, &Source::new(text)).into_iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn time_and_randomness_are_parameters() {
        for text in ["let a = Instant::now();", "getrandom::fill(&mut x)", "rand::random::<u8>()"] {
            assert_eq!(lines(ambient, PRODUCT, text), [1], "{text}");
            assert_eq!(lines(ambient, "crates/engine/tests/it/main.rs", text), [], "{text}");
        }
        assert_eq!(lines(ambient, PRODUCT, "// Instant::now()\nfn f(e: getrandom::Error) {}"), []);
    }

    #[test]
    fn an_expectation_excuses_only_what_it_stands_on() {
        let text = "#[expect(clippy::disallowed_methods, reason = \"the real clock\")]\nlet a = Instant::now();\nlet b = Instant::now();";
        assert_eq!(lines(ambient, PRODUCT, text), [3]);
        assert_eq!(lines(ambient, PRODUCT, &text.replace("disallowed_methods", "unwrap_used")), [2, 3]);
        assert_eq!(lines(ambient, PRODUCT, &text.replace(", reason = \"the real clock\"", "")), [2, 3]);
    }

    fn unfinished_alone(path: &str, source: &Source<'_>) -> Vec<Finding> {
        unfinished(path, source, &HashSet::new())
    }

    #[test]
    fn a_file_that_only_tests_bring_in_is_a_test() {
        let source = Source::new("mod a;\n#[cfg(test)]\nmod samples;\n#[cfg(test)]\nmod tests { mod b; }");
        let found = test_modules("crates/wire/src/webhook.rs", &source);
        assert_eq!(found, ["crates/wire/src/webhook/samples.rs", "crates/wire/src/webhook/samples/mod.rs"]);
        assert_eq!(test_modules("crates/wire/src/lib.rs", &source)[0], "crates/wire/src/samples.rs");
        let test_files = found.iter().cloned().collect();
        assert!(unfinished(&found[0], &Source::new("a.unwrap()"), &test_files).is_empty());
    }

    #[test]
    fn unfinished_code_stands_in_tests_only() {
        let text = "a.unwrap();\n#[cfg(test)]\nmod tests {\n b.unwrap();\n}\ntodo!()";
        assert_eq!(lines(unfinished_alone, PRODUCT, text), [1, 6]);
        assert_eq!(lines(unfinished_alone, "xtask/src/main.rs", text), []);
        assert_eq!(lines(unfinished_alone, PRODUCT, "/// `x.unwrap()`\na.unwrap_or(b)"), []);
    }

    #[test]
    fn a_skipped_test_is_found_even_in_a_test() {
        assert_eq!(lines(unfinished_alone, "crates/store/tests/it/pg.rs", "#[test]\n#[ignore = \"slow\"]"), [2]);
    }

    #[test]
    fn a_sleep_says_why() {
        let path = "crates/engine/tests/it/main.rs";
        for text in
            ["std::thread::sleep(x);", "tokio::time::sleep(x).await;", "use std::thread; thread::sleep(x);", "sleep(x)"]
        {
            assert_eq!(lines(sleeps, path, text), [1], "{text}");
        }
        for text in
            ["time::sleep(x); // sleep: the poll of last resort", "clock.sleep(x)", "fn sleep(x: u8) {}", "// sleep(x)"]
        {
            assert_eq!(lines(sleeps, path, text), [], "{text}");
        }
        assert_eq!(lines(sleeps, path, "time::sleep(x); // sleep: "), [1]);
    }
}
