//! The ledger's rows: five columns separated by tabs, under a header.

use std::collections::HashSet;

use crate::tree::Finding;

/// The contract files that a section may name.
pub const FILES: &[&str] = &["send", "webhooks", "graph", "read", "clients"];

/// How sure the contract is of a statement: Meta's documentation for Instagram, for Messenger, working code, our conclusion.
pub const MARKS: &[&str] = &["doc", "doc*", "code", "inferred"];

const HEADER: &str = "id\tstatement\tsection\tmark\ttest";

/// One statement of the contract and the test that proves it.
#[derive(Debug, PartialEq, Eq)]
pub struct Row<'a> {
    pub line: usize,
    pub id: &'a str,
    pub statement: &'a str,
    /// The contract file, one of [`FILES`].
    pub file: &'a str,
    /// The section's number in that file.
    pub section: &'a str,
    pub mark: &'a str,
    /// `<package>::<path::to::test_fn>` or `conformance/<client>#<step name>`.
    pub test: &'a str,
}

/// The rows that have the right form, and what is wrong with the others.
pub fn parse<'a>(path: &str, text: &'a str) -> (Vec<Row<'a>>, Vec<Finding>) {
    let (mut rows, mut findings, mut ids) = (Vec::new(), Vec::new(), HashSet::new());
    if text.lines().next() != Some(HEADER) {
        findings.push(Finding::new(path, 1, format!("the header is not {HEADER:?}")));
    }
    for (index, line) in text.lines().enumerate().skip(1) {
        match row(index + 1, line) {
            Ok(row) if !ids.insert(row.id) => {
                findings.push(Finding::new(path, row.line, format!("id {:?} stands twice: rename one", row.id)));
            }
            Ok(row) => rows.push(row),
            Err(what) => findings.push(Finding::new(path, index + 1, what)),
        }
    }
    (rows, findings)
}

fn row(number: usize, line: &str) -> Result<Row<'_>, String> {
    let columns: Vec<_> = line.split('\t').collect();
    let [id, statement, place, mark, test] = columns[..] else {
        return Err(format!("{} columns instead of 5", columns.len()));
    };
    if id.trim().is_empty() || statement.trim().is_empty() {
        return Err("the id or the statement is empty".to_owned());
    }
    let (file, section) = place.split_once(' ').unwrap_or((place, ""));
    if !FILES.contains(&file) || !section.starts_with(|c: char| c.is_ascii_digit()) || section.contains(' ') {
        return Err(format!("section {place:?} is not `<file> <number>` with a file of {FILES:?}"));
    }
    if !MARKS.contains(&mark) {
        return Err(format!("mark {mark:?} is none of {MARKS:?}"));
    }
    Ok(Row { line: number, id, statement, file, section, mark, test })
}

/// Sorts `1.10` behind `1.9`.
pub fn section_order(section: &str) -> Vec<u32> {
    section.split('.').map(|part| part.parse().unwrap_or(u32::MAX)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(line: &str) -> bool {
        let text = format!("{HEADER}\n{line}");
        let (rows, findings) = parse("l", &text);
        assert_eq!(rows.len() + findings.len(), 1, "{line}");
        !findings.is_empty()
    }

    #[test]
    fn a_row_has_five_columns_a_known_file_and_a_known_mark() {
        assert!(!broken("a\ttext\tsend 1.4\tdoc*\tp::t"));
        assert!(!broken("a\ttext\tclients 12\tcode\tp::t"));
        for line in [
            "a\ttext\tsend 1.4\tdoc",
            "a\t\tsend 1.4\tdoc\tp::t",
            "\ttext\tsend 1.4\tdoc\tp::t",
            "a\ttext\tpost 1.4\tdoc\tp::t",
            "a\ttext\tsend\tdoc\tp::t",
            "a\ttext\tsend 1.4\tsure\tp::t",
            " ",
        ] {
            assert!(broken(line), "{line:?}");
        }
    }

    #[test]
    fn an_id_stands_once_and_the_header_is_fixed() {
        let row = "a\ttext\tsend 1.4\tdoc\tp::t";
        assert_eq!(
            parse("l", &format!("{HEADER}\n{row}\n{row}")).1,
            [Finding::new("l", 3, "id \"a\" stands twice: rename one")]
        );
        assert_eq!(parse("l", &format!("id\n{row}")).1.len(), 1);
    }

    #[test]
    fn sections_are_in_the_order_of_their_numbers() {
        let mut sections = ["1.10", "2", "1.9"];
        sections.sort_by_key(|section| section_order(section));
        assert_eq!(sections, ["1.9", "1.10", "2"]);
    }
}
