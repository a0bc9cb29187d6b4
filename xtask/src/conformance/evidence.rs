//! Whether the test that a row names exists.

use std::collections::{HashMap, HashSet};

use super::ledger::Row;
use crate::source::{Source, item_end, words};
use crate::tree::{File, Finding};

/// Rows whose test is in no source of its package, or whose step is in no file of its client.
pub fn missing(path: &str, rows: &[Row<'_>], files: &[File]) -> Vec<Finding> {
    let packages = packages(files);
    let wrong = |row: &Row<'_>| {
        if let Some((client, step)) = row.test.split_once('#') {
            let folder = format!("{client}/");
            let spellings = ['"', '\'', '`'].map(|quote| format!("{quote}{step}{quote}"));
            let names_it = |file: &File| spellings.iter().any(|spelling| file.text.contains(spelling.as_str()));
            let known = folder.starts_with("conformance/")
                && files.iter().any(|file| file.path.starts_with(&folder) && names_it(file));
            return (!known).then(|| format!("no file in {folder} names the step {step:?} in quotes"));
        }
        let (package, test) = row.test.split_once("::").unwrap_or((row.test, ""));
        let name = test.rsplit("::").next().unwrap_or_default();
        match packages.get(package) {
            None => {
                Some(format!("test {:?} is neither `<package>::…::<test>` nor `conformance/<client>#<step>`", row.test))
            }
            Some(tests) => (!tests.contains(name)).then(|| format!("{package} has no test `fn {name}`")),
        }
    };
    rows.iter().filter_map(|row| Some(Finding::new(path, row.line, wrong(row)?))).collect()
}

/// The names of the test functions of each package in `crates/`.
fn packages(files: &[File]) -> HashMap<&str, HashSet<&str>> {
    let manifests = files.iter().filter_map(|file| {
        let folder = file.path.strip_suffix("/Cargo.toml").filter(|folder| folder.starts_with("crates/"))?;
        let name = file.text.lines().find_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"'))?;
        Some((name, folder))
    });
    let tests_of = |folder: &str| {
        let sources = ["src", "tests"].map(|part| format!("{folder}/{part}/"));
        let own = |file: &&File| file.path.ends_with(".rs") && sources.iter().any(|part| file.path.starts_with(part));
        files.iter().filter(own).flat_map(|file| tests(&file.text)).collect()
    };
    manifests.map(|(name, folder)| (name, tests_of(folder))).collect()
}

/// Functions under `#[test]` or `#[tokio::test…]`, or inside `proptest! { … }`.
fn tests(text: &str) -> Vec<&str> {
    let source = Source::new(text);
    let code = &source.code;
    let properties: Vec<_> = words(code, "proptest!").into_iter().map(|at| at..item_end(code, at)).collect();
    let name = |at: usize| {
        let before = &code[..at];
        let attributes = &before[before.rfind([';', '{', '}']).map_or(0, |end| end + 1)..];
        let marked = attributes.contains("#[test]") || attributes.contains("#[tokio::test");
        let rest = &text[at + "fn ".len()..];
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_')?;
        (marked || properties.iter().any(|range| range.contains(&at))).then(|| &rest[..end])
    };
    words(code, "fn ").into_iter().filter_map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> File {
        File { path: path.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn a_test_is_a_function_under_a_test_attribute_or_in_a_property_block() {
        let text = "fn a() {}\n#[test]\nfn b() {}\n/// c\n#[tokio::test(start_paused = true)]\nasync fn c() {}\n\
                    proptest! {\n #[test]\n fn d(x in 0..1) {}\n fn e(x in \"}\") {}\n}\nfn f() {}\n// #[test]\nfn g() {}";
        assert_eq!(tests(text), ["b", "c", "d", "e"]);
    }

    #[test]
    fn the_test_of_a_row_exists() {
        let files = [
            file("crates/server/Cargo.toml", "[package]\nname = \"parlance-server\""),
            file("crates/server/tests/it/send.rs", "#[test]\nfn text_is_delivered() {}"),
            file("crates/server/benches/x.rs", "#[test]\nfn bench() {}"),
            file("conformance/py/smoke.py", "step('send text')"),
        ];
        let found = |test| {
            let row = Row { line: 7, id: "a", statement: "s", file: "send", section: "1", mark: "doc", test };
            missing("l", &[row], &files).is_empty()
        };
        assert!(found("parlance-server::it::send::text_is_delivered"));
        assert!(found("conformance/py#send text"));
        for test in
            ["parlance-server::it::other", "parlance-server::bench", "server::text_is_delivered", "parlance-server", ""]
        {
            assert!(!found(test), "{test}");
        }
        for test in ["conformance/py#send", "conformance/js#send text", "crates/server#send text"] {
            assert!(!found(test), "{test}");
        }
    }
}
