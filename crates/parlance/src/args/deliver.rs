//! Commands about deliveries: the log, making them again, what owners are told, misbehaviour on demand.

use clap::{ArgGroup, Args as ClapArgs};

use super::Target;

/// `parlance deliveries`.
#[derive(ClapArgs)]
#[command(group(ArgGroup::new("which").args(["id", "app", "account", "field", "state", "since"]).multiple(true)))]
pub struct Deliveries {
    /// Where the emulator is.
    #[command(flatten)]
    pub target: Target,
    /// Show this one, with its request and every attempt.
    #[arg(conflicts_with_all = ["app", "account", "field", "state", "since", "before", "limit"])]
    pub id: Option<u64>,
    /// Only those to this app.
    #[arg(long, value_name = "ID")]
    pub app: Option<String>,
    /// Only those about this account, by id or username.
    #[arg(long, value_name = "ACCOUNT")]
    pub account: Option<String>,
    /// Only those of this webhook field, or of the callback `deauthorize` or `data_deletion`.
    #[arg(long)]
    pub field: Option<String>,
    /// Only those that are `pending`, `delivered` or `dropped`; the last are the dead letters.
    #[arg(long)]
    pub state: Option<String>,
    /// Only what was caused at this moment or later, RFC 3339.
    #[arg(long, value_name = "TIME")]
    pub since: Option<String>,
    /// Only those older than this one.
    #[arg(long, value_name = "ID")]
    pub before: Option<String>,
    /// How many at most.
    #[arg(long)]
    pub limit: Option<u32>,
    /// Make it again now, or all that are meant: the dropped ones, unless --state says otherwise.
    #[arg(long, requires = "which")]
    pub redeliver: bool,
    /// Print its HTTP request as it is sent, for a file that `parlance verify` takes.
    #[arg(long, requires = "id", conflicts_with = "redeliver")]
    pub raw: bool,
    /// Make a changed one: the element as JSON.
    #[arg(long, value_name = "JSON", requires_all = ["redeliver", "id"])]
    pub element: Option<String>,
    /// Make it somewhere else.
    #[arg(long, value_name = "URL", requires = "redeliver")]
    pub to: Option<String>,
}

/// `parlance alerts`.
#[derive(ClapArgs)]
pub struct Alerts {
    /// Where the emulator is.
    #[command(flatten)]
    pub target: Target,
}

/// `parlance fault`.
#[derive(ClapArgs)]
pub struct Fault {
    /// Where the emulator is.
    #[command(flatten)]
    pub target: Target,
    /// What is to go wrong: duplicate, reorder, delay, drop, batch, `echo_before_answer`, slow or fail. Without it the armed
    /// rules are listed.
    pub fault: Option<String>,
    /// The next so many times only.
    #[arg(long, value_name = "N", requires = "fault", conflicts_with = "every")]
    pub next: Option<u64>,
    /// Every so many times.
    #[arg(long, value_name = "N", requires = "fault")]
    pub every: Option<u64>,
    /// Only what goes to this app; without it, to any but the inbox's own.
    #[arg(long, value_name = "ID", requires = "fault")]
    pub app: Option<String>,
    /// Only this webhook field.
    #[arg(long, requires = "fault")]
    pub field: Option<String>,
    /// How much: milliseconds for delay, reorder and slow, deliveries for batch, the HTTP status for fail.
    #[arg(long, value_name = "N", requires = "fault")]
    pub amount: Option<u64>,
    /// Take every rule back.
    #[arg(long, conflicts_with = "fault")]
    pub clear: bool,
}
