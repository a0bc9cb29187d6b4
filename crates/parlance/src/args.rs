//! The command line. One definition per flag; `--help` is the reference.

mod db;
mod deliver;
mod webhook;
mod world;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

pub use db::{Backup, Copy, Db, DbCommand, Restore};
pub use deliver::{Alerts, Deliveries, Fault};
pub use webhook::{Listen, Verify};
pub use world::{Account, AccountChange, App, AppChange, Dev, Inbox, InboxDemo, Place, Serve};

/// Instagram business messaging as software that you run yourself.
#[derive(Parser)]
#[command(name = "parlance", version)]
pub struct Args {
    /// What to log on standard error, as in `info,server=debug`.
    #[arg(long, global = true, env = "PARLANCE_LOG", default_value = "warn")]
    pub log: String,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Subcommand)]
pub enum Command {
    /// Run the emulator: a whole platform on this machine, with a demo world and a clock that you move.
    Dev(Dev),
    /// Serve the platform: several nodes may share one PostgreSQL.
    Serve(Serve),
    /// Run the care inbox, against any server of the Graph API: Parlance's or Meta's.
    Inbox(Inbox),
    /// Make an app, in a database that no server has to itself.
    App(App),
    /// Make a professional account for an app.
    Account(Account),
    /// Look after a database: schema, copies, backups, checks.
    Db(Db),
    /// Make something happen, as a person of the demo world.
    Trigger(Trigger),
    /// Follow what happens.
    Tail(Tail),
    /// Read or move the clock.
    Clock(Clock),
    /// List webhook deliveries, look at one, or make them again.
    Deliveries(Deliveries),
    /// List what owners of apps were told of endpoints that fail.
    Alerts(Alerts),
    /// Let webhooks misbehave, list what is armed, or take it back.
    Fault(Fault),
    /// Hand what an app is told on to a bot on this machine, and watch.
    Listen(Listen),
    /// Check the signatures of a recorded delivery, and say what is wrong with those that do not hold.
    Verify(Verify),
    /// Print the catalogue of everything that an app is told, with an example of each.
    Events,
    /// Print the OpenAPI description of a surface.
    Openapi(Openapi),
}

/// `parlance openapi`.
#[derive(ClapArgs)]
pub struct Openapi {
    /// Which surface.
    #[arg(value_enum, default_value = "emulator")]
    pub surface: Surface,
}

/// A surface that has an OpenAPI description.
#[derive(Clone, Copy, ValueEnum)]
pub enum Surface {
    /// The emulator's, under `/_parlance/`.
    Emulator,
    /// The inbox's, under `/inbox/api/`.
    Inbox,
}

/// Where a running emulator is.
#[derive(ClapArgs)]
pub struct Target {
    /// Address of the running `parlance dev`.
    #[arg(long, global = true, env = "PARLANCE_URL", default_value = "http://127.0.0.1:8700")]
    pub url: String,
}

/// `parlance trigger`.
#[derive(ClapArgs)]
pub struct Trigger {
    /// Where the emulator is.
    #[command(flatten)]
    pub target: Target,
    /// What is to happen; `--list` names them all.
    #[arg(required_unless_present = "list")]
    pub kind: Option<String>,
    /// One of its particulars: `--set text=hello`. May be repeated.
    #[arg(long = "set", value_name = "KEY=VALUE", value_parser = pair)]
    pub set: Vec<(String, String)>,
    /// How apps are told: as it happens, or as the dashboard's Test button does.
    #[arg(long, value_enum, default_value_t = Shape::Real)]
    pub shape: Shape,
    /// List what can happen, with the webhook field and the keys of each.
    #[arg(long)]
    pub list: bool,
}

/// How apps are told of what is triggered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Shape {
    /// It happens, and apps are told as of everything.
    Real,
    /// Nothing happens: the field's sample is posted to the app's endpoint, and the answer printed.
    DashboardTest,
}

/// `parlance tail`.
#[derive(ClapArgs)]
pub struct Tail {
    /// Where the emulator is.
    #[command(flatten)]
    pub target: Target,
    /// Start behind this entry of the log; without it, with what happens from now on.
    #[arg(long)]
    pub after: Option<u64>,
    /// Stop after so many entries.
    #[arg(long)]
    pub count: Option<u64>,
}

/// `parlance clock`.
#[derive(ClapArgs)]
pub struct Clock {
    /// Where the emulator is.
    #[command(flatten)]
    pub target: Target,
    /// What to do with it; without a word it is read.
    #[command(subcommand)]
    pub change: Option<ClockChange>,
}

/// How the clock is moved.
#[derive(Subcommand)]
pub enum ClockChange {
    /// Move it forward, as in `25h1m`, running what becomes due.
    Advance {
        /// How far: units d, h, m, s, ms; with a minus sign back.
        #[arg(allow_hyphen_values = true)]
        by: String,
    },
    /// Set it to a moment, as in `2026-11-22T10:00:00Z`.
    Set {
        /// The moment, RFC 3339.
        to: String,
    },
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or_else(|| format!("{text:?} is not of the form name=value"))?;
    Ok((name.to_owned(), value.to_owned()))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        Args::command().debug_assert();
    }
}
