//! How far a copy is: a bar on a terminal, else a line now and then.
//!
//! By hand, since a package for it would bring a dozen others for these lines.

use std::io::Write;

use store::house::{Progress, Stage};

/// Cells of the bar.
const CELLS: u64 = 30;
/// Back to the beginning of the line, which is cleared.
const AGAIN: &str = "\r\u{1b}[K";

/// Shows how far a copy is.
pub struct Watch<W: Write> {
    out: W,
    terminal: bool,
    /// What was shown last: what is done with which table, and how many hundredths of all.
    shown: Option<(Stage, &'static str, u64)>,
}

impl<W: Write> Watch<W> {
    /// On a terminal, or on something that is read later.
    pub fn new(out: W, terminal: bool) -> Self {
        Self { out, terminal, shown: None }
    }

    /// Shows a step if it looks different from the one before.
    pub fn see(&mut self, Progress { stage, table, done, total }: Progress) {
        let hundredths = done.saturating_mul(100).checked_div(total).unwrap_or(100).min(100);
        let (rough, again) = if self.terminal { (hundredths, true) } else { (hundredths / 10, false) };
        if self.shown == Some((stage, table, rough)) && !again {
            return;
        }
        self.shown = Some((stage, table, rough));
        let doing = match stage {
            Stage::Copying => "copying",
            Stage::Checking => "checking",
        };
        // With standard error closed nobody looks, and the copy goes on.
        let _ = if self.terminal {
            let full = usize::try_from(hundredths * CELLS / 100).unwrap_or_default();
            let empty = usize::try_from(CELLS).unwrap_or_default() - full;
            let bar = format!("{}{}", "█".repeat(full), "░".repeat(empty));
            write!(self.out, "{AGAIN}{bar} {hundredths:>3}%  {doing} {table}: {done} of {total} rows in all")
        } else {
            writeln!(self.out, "{doing} {table}: {done} of {total} rows in all, {hundredths}%")
        };
        let _ = self.out.flush();
    }

    /// Leaves the line to others.
    pub fn end(&mut self) {
        if self.terminal && self.shown.is_some() {
            let _ = write!(self.out, "{AGAIN}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(terminal: bool, steps: &[(&'static str, u64)]) -> String {
        let mut out = Vec::new();
        let mut watch = Watch::new(&mut out, terminal);
        for (table, done) in steps {
            watch.see(Progress { stage: Stage::Copying, table, done: *done, total: 200 });
        }
        watch.end();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_terminal_gets_one_line_that_changes() {
        let text = shown(true, &[("user", 1), ("message", 100)]);
        assert!(!text.contains('\n'));
        let last = text.split(AGAIN).nth(2).unwrap();
        assert_eq!(last, format!("{}{}  50%  copying message: 100 of 200 rows in all", "█".repeat(15), "░".repeat(15)));
        assert!(text.ends_with(AGAIN));
    }

    #[test]
    fn elsewhere_a_line_comes_for_each_table_and_each_tenth() {
        let text = shown(false, &[("user", 1), ("message", 2), ("message", 3), ("message", 20), ("message", 21)]);
        assert_eq!(
            text.lines().collect::<Vec<_>>(),
            [
                "copying user: 1 of 200 rows in all, 0%",
                "copying message: 2 of 200 rows in all, 1%",
                "copying message: 20 of 200 rows in all, 10%"
            ]
        );
    }

    #[test]
    fn nothing_to_copy_is_all_of_it() {
        let mut out = Vec::new();
        Watch::new(&mut out, false).see(Progress { stage: Stage::Checking, table: "user", done: 0, total: 0 });
        assert_eq!(String::from_utf8(out).unwrap(), "checking user: 0 of 0 rows in all, 100%\n");
    }
}
