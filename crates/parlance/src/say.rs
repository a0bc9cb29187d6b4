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

/// Prints a text for scripts as it is, without a line break behind it.
///
/// # Errors
/// When nobody reads any more.
pub fn show(text: &str) -> io::Result<()> {
    let mut output = io::stdout().lock();
    output.write_all(text.as_bytes())?;
    output.flush()
}

/// Prints words for people, whatever the log level.
pub fn tell(words: impl Display) {
    // With standard error closed there is nobody to tell.
    let _ = writeln!(io::stderr(), "{words}");
}
