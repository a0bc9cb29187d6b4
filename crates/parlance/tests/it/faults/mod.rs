//! What fails around Parlance, and what it does then. Each test asserts what is guaranteed and prints a line of figures for
//! the table in `docs/reliability.md`. They are short here; `cargo xtask faults` runs them for longer.

mod disk;
mod failover;
mod inbox;
mod kill9;
mod network;
mod paused;
mod postgres;
mod rolling;
mod share;

use std::env;
use std::time::Duration;

use crate::process::{parlance, printed};

/// `long` in this environment variable makes the tests long.
const VARIABLE: &str = "PARLANCE_FAULTS";

/// No limit may slow the load down.
const NO_LIMIT: &str = "send_per_second=0";

/// The first in CI, the second in a long run.
fn scale<T>(short: T, long: T) -> T {
    if is_long() { long } else { short }
}

#[expect(clippy::disallowed_methods, reason = "how long the tests may take is the choice of who runs them")]
fn is_long() -> bool {
    env::var(VARIABLE).is_ok_and(|value| value == "long")
}

/// Prints the line for the table: what was done, and what came of it.
#[expect(clippy::print_stdout, reason = "the figures are for who runs the tests")]
fn told(name: &str, done: &str, figures: &str) {
    println!("FAULT | {name} | {done} | {figures}");
}

/// Whatever happened left facts that fit together.
fn assert_sound(database: &str) {
    printed(parlance().args(["db", "check", "--database", database]));
}

/// For people: milliseconds below ten seconds, else seconds.
fn words(time: Duration) -> String {
    if time < Duration::from_secs(10) {
        format!("{} ms", time.as_millis())
    } else {
        format!("{:.1} s", time.as_secs_f64())
    }
}
