//! How many tests passed and failed, read from the lines with which test runners end.

use std::ops::AddAssign;

/// Passed and failed tests, or steps where their tests are not counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    pub passed: usize,
    pub failed: usize,
}

impl Tally {
    pub const PASSED: Self = Self { passed: 1, failed: 0 };
    pub const FAILED: Self = Self { passed: 0, failed: 1 };

    /// Reads the last line of nextest (`Summary […] …`), of a `cargo test` binary (`test result: …`), of vitest
    /// (`Tests  N failed | N passed (N)`) or of a script of ours (`N passed, N failed`).
    pub fn read(line: &str) -> Option<Self> {
        let line = line.trim();
        let number = |text: &str| text.parse::<usize>().is_ok();
        let ours = line
            .split_once(" passed, ")
            .is_some_and(|(passed, failed)| number(passed) && failed.strip_suffix(" failed").is_some_and(number));
        let vitest = line.strip_prefix("Tests  ");
        if !(ours || vitest.is_some() || line.starts_with("Summary [") || line.starts_with("test result:")) {
            return None;
        }
        let mut tally = Self::default();
        for part in vitest.unwrap_or(line).split([',', ';', ':', '.', '(', '|']) {
            match part.trim().split_once(' ').map(|(number, what)| (number.parse::<usize>(), what.trim())) {
                Some((Ok(number), "passed")) => tally.passed += number,
                Some((Ok(number), "failed" | "exec failed" | "timed out")) => tally.failed += number,
                _ => {}
            }
        }
        Some(tally)
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_of_each_runner_is_read() {
        let cases = [
            ("     Summary [   0.512s] 30 tests run: 29 passed (1 slow), 1 failed, 2 skipped", Some((29, 1))),
            ("Summary [ 1.0s] 9/12 tests run: 6 passed, 1 failed, 1 exec failed, 1 timed out, 0 skipped", Some((6, 3))),
            (
                "test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s",
                Some((5, 0)),
            ),
            ("12 passed, 3 failed", Some((12, 3))),
            ("      Tests  37 passed (37)", Some((37, 0))),
            ("      Tests  2 failed | 17 passed (19)", Some((17, 2))),
            ("python: 12 passed, then 3 failed", None),
            ("running 5 tests", None),
        ];
        for (line, expected) in cases {
            assert_eq!(Tally::read(line), expected.map(|(passed, failed)| Tally { passed, failed }), "{line}");
        }
    }
}
