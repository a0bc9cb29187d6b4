//! What holds for whole files: length, no traces of a machine, no test file that is never compiled.

use crate::source::{Source, words};
use crate::tree::{File, Finding};

/// Lines in a source file; a longer one holds two ideas.
const MAX_LINES: usize = 800;

const SOURCES: &[&str] = &[".rs", ".ts", ".tsx", ".js", ".py", ".sh"];

/// Files that a tool writes from another file.
const WRITTEN: &[&str] = &["web/src/shared/api/emulator.d.ts", "web/src/shared/api/inbox.d.ts"];

/// Top-level folders that exist on the machines of whoever wrote the file.
const MACHINE_FOLDERS: &[&str] = &["work", "root", "farm"];

/// The only place that Rust packages come from.
const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

pub fn too_long(path: &str, text: &str) -> Option<Finding> {
    let lines = text.lines().count();
    let ours = SOURCES.iter().any(|ending| path.ends_with(ending)) && !WRITTEN.contains(&path);
    let long = lines > MAX_LINES && ours;
    long.then(|| Finding::new(path, lines, format!("{lines} lines are more than {MAX_LINES}: split it by idea")))
}

/// Absolute paths into somebody's machine.
pub fn machine_paths(path: &str, text: &str) -> Vec<Finding> {
    let inside_a_path = |c: char| c.is_alphanumeric() || "_-.}~".contains(c);
    let found = |line: &str, needle: &String| {
        line.match_indices(needle.as_str()).any(|(at, _)| !line[..at].ends_with(inside_a_path))
    };
    let mut findings = Vec::new();
    for needle in MACHINE_FOLDERS.iter().map(|folder| format!("/{folder}/")) {
        for (index, _) in text.lines().enumerate().filter(|(_, line)| found(line, &needle)) {
            let what = format!("`{needle}` is a path of one machine: make it relative or a parameter");
            findings.push(Finding::new(path, index + 1, what));
        }
    }
    findings
}

/// Lock files that say where a package was downloaded instead of which one it is, or that leave the public registry.
pub fn lock_addresses(path: &str, text: &str) -> Vec<Finding> {
    let wrong = |line: &str| {
        if path.ends_with("Cargo.lock") {
            let source = line.strip_prefix("source = ")?;
            (source.trim_matches('"') != REGISTRY)
                .then_some("this package is not from the registry: use a published version")
        } else {
            let address = line.trim_start().strip_prefix("\"resolved\":")?;
            let json = path.ends_with("lock.json") || path.ends_with("shrinkwrap.json");
            (json && address.trim_start().starts_with("\"http"))
                .then_some("a lock file records no addresses: run `npm config set omit-lockfile-registry-resolved true` and lock again")
        }
    };
    text.lines().enumerate().filter_map(|(index, line)| Some(Finding::new(path, index + 1, wrong(line)?))).collect()
}

/// Files in `crates/*/tests/it` that no `mod` of that folder's `main.rs` names, so that cargo never compiles them.
pub fn unnamed_tests(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for File { path, .. } in files {
        let ["crates", _, "tests", "it", name] = path.split('/').collect::<Vec<_>>()[..] else { continue };
        let Some(module) = name.strip_suffix(".rs").filter(|module| *module != "main") else { continue };
        let main = format!("{}main.rs", path.trim_end_matches(name));
        let text = files.iter().find(|file| file.path == main).map_or("", |file| &file.text);
        let code = Source::new(text).code;
        if !words(&code, module).iter().any(|at| code[..*at].trim_end().ends_with("mod")) {
            findings.push(Finding::new(path, 1, format!("never compiled: add `mod {module};` to {main}")));
        }
    }
    findings
}

/// The middle value, 0 of nothing.
pub fn median(mut values: Vec<usize>) -> usize {
    values.sort_unstable();
    values.get(values.len() / 2).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(findings: Vec<Finding>) -> Vec<usize> {
        findings.into_iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn a_source_file_has_at_most_800_lines() {
        assert!(too_long("a.rs", &"x\n".repeat(800)).is_none());
        assert!(too_long("a.rs", &"x\n".repeat(801)).is_some());
        assert!(too_long("a.md", &"x\n".repeat(801)).is_none());
        assert!(too_long(WRITTEN[0], &"x\n".repeat(801)).is_none());
    }

    #[test]
    fn absolute_paths_of_a_machine_are_found_and_others_pass() {
        let text = |folder: &str| format!("ok\ncd /{folder}/a\nsee ./{folder}/x, a/{folder}/b\nfile:///{folder}/x");
        for folder in MACHINE_FOLDERS {
            assert_eq!(lines(machine_paths("a.md", &text(folder))), [2, 4]);
        }
        assert_eq!(lines(machine_paths("a.md", &text("usr"))), []);
    }

    #[test]
    fn lock_files_name_packages_and_no_addresses() {
        let npm = "{\n  \"resolved\": \"https://registry.example/a.tgz\",\n  \"resolved\": \"packages/a\"\n}";
        assert_eq!(lines(lock_addresses("web/package-lock.json", npm)), [2]);
        assert_eq!(lines(lock_addresses("web/notes.md", npm)), []);
        let cargo = format!("source = \"{REGISTRY}\"\nsource = \"git+https://git.example/a\"");
        assert_eq!(lines(lock_addresses("Cargo.lock", &cargo)), [2]);
    }

    #[test]
    fn a_test_file_is_named_by_its_main() {
        let file = |path: &str, text: &str| File { path: format!("crates/a/tests/it/{path}"), text: text.to_owned() };
        let files = [file("main.rs", "//! mod read;\nmod send;"), file("send.rs", ""), file("read.rs", "")];
        let found: Vec<_> = unnamed_tests(&files).into_iter().map(|finding| finding.path).collect();
        assert_eq!(found, ["crates/a/tests/it/read.rs"]);
    }

    #[test]
    fn the_median_is_the_middle() {
        assert_eq!(median(vec![9, 1, 5]), 5);
        assert_eq!(median(Vec::new()), 0);
    }
}
