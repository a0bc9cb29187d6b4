//! Standard output, where scripts read.

use std::fmt::Display;
use std::io::{self, Write};

/// Prints a line at once.
///
/// # Errors
/// When nobody reads any more.
pub fn say(line: impl Display) -> io::Result<()> {
    let mut output = io::stdout().lock();
    writeln!(output, "{line}")?;
    output.flush()
}
