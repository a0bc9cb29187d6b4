//! Standard output, where scripts read, and standard error, where people do.

use std::fmt::Display;
use std::io::{self, Write};

/// Prints a line for scripts at once.
///
/// # Errors
/// When nobody reads any more.
pub fn say(line: impl Display) -> io::Result<()> {
    let mut output = io::stdout().lock();
    writeln!(output, "{line}")?;
    output.flush()
}

/// Prints words for people, whatever the log level.
pub fn tell(words: impl Display) {
    // With standard error closed there is nobody to tell.
    let _ = writeln!(io::stderr(), "{words}");
}
