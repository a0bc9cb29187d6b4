//! `cargo xtask conformance`: every statement of the contract that we claim is a row of the ledger and names the test
//! that proves it. This checks the rows and renders them as a page.

use anyhow::{Context, Result, bail};

use crate::tree;
use ledger::{FILES, MARKS, Row};

mod evidence;
mod ledger;
mod page;

const LEDGER: &str = "conformance/ledger.tsv";
const PAGE: &str = "docs/conformance.md";

/// How to run it.
#[derive(clap::Args, Default)]
pub struct Args {
    /// Fail if the committed page differs instead of writing it
    #[arg(long)]
    pub check: bool,
}

/// Prints the counts and writes the page; fails with every broken row as `file:line: what is wrong`.
pub fn run(args: &Args) -> Result<()> {
    let files = tree::files()?;
    let text = files.iter().find(|file| file.path == LEDGER).map(|file| &file.text);
    let text = text.with_context(|| format!("conformance: {LEDGER} is missing"))?;
    let (rows, mut findings) = ledger::parse(LEDGER, text);
    findings.extend(evidence::missing(LEDGER, &rows, &files));
    findings.sort();
    findings.iter().for_each(|finding| println!("{finding}"));
    print_counts(&rows);
    if !findings.is_empty() {
        bail!("conformance: wrong in {} places, listed above", findings.len());
    }

    let page = page::render(&rows);
    let path = tree::root().join(PAGE);
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    if args.check && committed != page {
        bail!("conformance: {PAGE} does not match the ledger: run `cargo xtask conformance` and commit it");
    }
    if committed != page {
        std::fs::create_dir_all(tree::root().join("docs")).context("conformance: docs could not be made")?;
        std::fs::write(&path, page).with_context(|| format!("conformance: {PAGE} could not be written"))?;
        println!("wrote {PAGE}");
    }
    Ok(())
}

fn print_counts(rows: &[Row<'_>]) {
    println!("conformance: {} statements", rows.len());
    for file in FILES {
        let of_file: Vec<_> = rows.iter().filter(|row| row.file == *file).collect();
        let mut sections: Vec<_> = of_file.iter().map(|row| row.section).collect();
        sections.dedup();
        sections.sort_by_key(|section| ledger::section_order(section));
        sections.dedup();
        let count = |section| of_file.iter().filter(|row| row.section == section).count();
        let list: Vec<_> = sections.iter().map(|section| format!("{section}: {}", count(*section))).collect();
        println!("  {file:<9} {:>4}   {}", of_file.len(), list.join(", "));
    }
    for mark in MARKS {
        println!("  {mark:<9} {:>4}", rows.iter().filter(|row| row.mark == *mark).count());
    }
}
