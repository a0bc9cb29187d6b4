//! `cargo xtask tidy`: the house rules that neither rustc nor clippy knows. Each check is a pure function over (path, text).

use anyhow::{Result, bail};

use crate::source::Source;
use crate::tree::{self, File, Finding};

mod arrows;
mod files;
mod rules;
mod walls;

/// Prints the median length of Rust files, and fails with every finding as `file:line: what is wrong and what to do`.
pub fn run() -> Result<()> {
    let files = tree::files()?;
    let mut findings = check(&files);
    findings.sort();
    findings.iter().for_each(|finding| println!("{finding}"));
    let median = files::median(rust(&files).map(|file| file.text.lines().count()).collect());
    println!("tidy: {} text files, median length of a Rust file {median} lines", files.len());
    if !findings.is_empty() {
        bail!("tidy: house rules are broken in {} places, listed above", findings.len());
    }
    Ok(())
}

fn check(files: &[File]) -> Vec<Finding> {
    let mut findings = files::unnamed_tests(files);
    for File { path, text } in files {
        findings.extend(files::too_long(path, text));
        findings.extend(files::machine_paths(path, text));
        findings.extend(files::lock_addresses(path, text));
        if path.ends_with("Cargo.toml") {
            findings.extend(arrows::check(path, text));
        }
    }
    let sources: Vec<_> = rust(files).map(|file| (&file.path, Source::new(&file.text))).collect();
    let test_files = sources.iter().flat_map(|(path, source)| rules::test_modules(path, source)).collect();
    for (path, source) in &sources {
        findings.extend(walls::foreign_names(path, source));
        findings.extend(walls::areas(path, source));
        findings.extend(rules::ambient(path, source));
        findings.extend(rules::unfinished(path, source, &test_files));
        findings.extend(rules::sleeps(path, source));
    }
    findings
}

fn rust(files: &[File]) -> impl Iterator<Item = &File> {
    files.iter().filter(|file| file.path.ends_with(".rs"))
}
