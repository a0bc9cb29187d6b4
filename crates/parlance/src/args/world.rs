//! Commands that open a database themselves.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand, ValueEnum};
use engine::settings::Settings;
use wire::id::AppId;

use super::pair;

/// Where the data are.
#[derive(ClapArgs)]
pub struct Place {
    /// Folder for the key that seals secrets, and for the database where --database names none.
    #[arg(long, env = "PARLANCE_DATA", default_value = "parlance-data")]
    pub data: PathBuf,
    /// `postgres://…` or `sqlite:PATH`; without it parlance.db in the data folder. The environment keeps a password out of
    /// lists of processes.
    #[arg(long, value_name = "URL", env = "PARLANCE_DATABASE", hide_env_values = true)]
    pub database: Option<String>,
    /// The key that seals secrets, the same for every node; without it `key` in the data folder. Made when nothing was
    /// sealed yet.
    #[arg(long, value_name = "FILE", env = "PARLANCE_KEY_FILE")]
    pub key_file: Option<PathBuf>,
}

/// `parlance dev`.
#[derive(ClapArgs)]
pub struct Dev {
    /// Where the data are.
    #[command(flatten)]
    pub place: Place,
    /// Loopback address to listen on; port 0 takes a free one.
    #[arg(long, env = "PARLANCE_LISTEN", default_value = "127.0.0.1:8700")]
    pub listen: SocketAddr,
    /// Print one JSON line on standard output when ready.
    #[arg(long)]
    pub json: bool,
    /// Run the bare platform, without the care inbox that is connected to the demo account by an app of its own.
    #[arg(long)]
    pub no_inbox: bool,
    /// What the care inbox begins with, the first time that it is there in this folder.
    #[arg(long, value_enum, default_value = "lively", conflicts_with = "no_inbox")]
    pub inbox_demo: InboxDemo,
    /// Change a setting: `--set send_per_second=0`. May be repeated; docs/operations.md lists them.
    #[arg(long = "set", value_name = "NAME=VALUE", value_parser = pair)]
    pub settings: Vec<(String, String)>,
}

/// What the demo inbox begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum InboxDemo {
    /// Two dozen people have written, and its agents have been at work.
    Lively,
    /// Its agents are there; all that is in it are the threads of the demo world.
    None,
}

impl Dev {
    /// The emulator's settings with what the command line changes.
    ///
    /// # Errors
    /// A setting that does not exist or cannot have that value, or does not go with the others.
    pub fn settings(&self) -> anyhow::Result<Settings> {
        changed(Settings::emulator(), &self.settings)
    }
}

/// `parlance inbox`.
#[derive(ClapArgs)]
pub struct Inbox {
    /// Where the data are: inbox.db in the folder, unless --database names a database of its own.
    #[command(flatten)]
    pub place: Place,
    /// Where the Graph API is, as in `http://127.0.0.1:8700`; without it Meta's own hosts.
    #[arg(long, value_name = "URL", env = "PARLANCE_GRAPH", value_parser = web_address)]
    pub graph: Option<String>,
    /// Address to listen on, for the proxy that speaks TLS; port 0 takes a free one.
    #[arg(long, env = "PARLANCE_LISTEN", default_value = "127.0.0.1:8710")]
    pub listen: SocketAddr,
    /// Where people and the platform reach it, as in `https://desk.example.com`; with https its cookies travel no other way.
    #[arg(long, value_name = "URL", env = "PARLANCE_PUBLIC_URL", value_parser = web_address)]
    pub public_url: Option<String>,
    /// What the desk is called, when it is made.
    #[arg(long, default_value = "Care")]
    pub name: String,
    /// Print one JSON line on standard output when ready.
    #[arg(long)]
    pub json: bool,
}

/// `parlance serve`.
#[derive(ClapArgs)]
pub struct Serve {
    /// Where the data are.
    #[command(flatten)]
    pub place: Place,
    /// Address to listen on, for the proxy that speaks TLS; port 0 takes a free one.
    #[arg(long, env = "PARLANCE_LISTEN", default_value = "127.0.0.1:8700")]
    pub listen: SocketAddr,
    /// Where clients reach this server, as in `https://graph.example.com`; without it, what each request says of itself.
    #[arg(long, value_name = "URL", env = "PARLANCE_PUBLIC_URL", value_parser = web_address)]
    pub public_url: Option<String>,
    /// Run the care inbox too, at /inbox, on one node only.
    #[arg(long)]
    pub inbox: bool,
    /// The inbox's own database, `postgres://…` or `sqlite:PATH`; without it inbox.db in the data folder.
    #[arg(long, value_name = "URL", env = "PARLANCE_INBOX_DATABASE", hide_env_values = true)]
    pub inbox_database: Option<String>,
    /// What the inbox is called, when it is made.
    #[arg(long, value_name = "NAME", default_value = "Care")]
    pub inbox_name: String,
    /// Print one JSON line on standard output when ready.
    #[arg(long)]
    pub json: bool,
    /// Change a setting: `--set send_per_second=0`. May be repeated; docs/operations.md lists them.
    #[arg(long = "set", value_name = "NAME=VALUE", value_parser = pair)]
    pub settings: Vec<(String, String)>,
}

impl Serve {
    /// The settings with what the command line changes.
    ///
    /// # Errors
    /// As [`Dev::settings`].
    pub fn settings(&self) -> anyhow::Result<Settings> {
        changed(Settings::default(), &self.settings)
    }
}

/// `parlance app`.
#[derive(ClapArgs)]
pub struct App {
    /// What to do.
    #[command(subcommand)]
    pub change: AppChange,
}

/// What is done with apps.
#[derive(Subcommand)]
pub enum AppChange {
    /// Make an app; its secrets are printed this once.
    Create(CreateApp),
}

/// `parlance app create`.
#[derive(ClapArgs)]
pub struct CreateApp {
    /// Where the data are.
    #[command(flatten)]
    pub place: Place,
    /// Its name.
    #[arg(long)]
    pub name: String,
    /// Approve the Human Agent feature for it.
    #[arg(long)]
    pub human_agent: bool,
}

/// `parlance account`.
#[derive(ClapArgs)]
pub struct Account {
    /// What to do.
    #[command(subcommand)]
    pub change: AccountChange,
}

/// What is done with accounts.
#[derive(Subcommand)]
pub enum AccountChange {
    /// Make a professional account with a Page; one token of each is printed this once.
    Create(CreateAccount),
}

/// `parlance account create`.
#[derive(ClapArgs)]
pub struct CreateAccount {
    /// Where the data are.
    #[command(flatten)]
    pub place: Place,
    /// The app that the tokens are for.
    #[arg(long)]
    pub app: AppId,
    /// Its username.
    #[arg(long)]
    pub username: String,
    /// Its display name, and the Page's; without it the username.
    #[arg(long)]
    pub name: Option<String>,
}

fn changed(mut settings: Settings, changes: &[(String, String)]) -> anyhow::Result<Settings> {
    for (name, value) in changes {
        settings.set(name, value)?;
    }
    settings.check()?;
    Ok(settings)
}

fn web_address(text: &str) -> Result<String, String> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    if rest.is_none_or(|rest| rest.is_empty() || rest.starts_with('/') || text.contains(['?', '#'])) {
        return Err("it is not of the form https://host".to_owned());
    }
    Ok(text.trim_end_matches('/').to_owned())
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::args::{Args, Command};

    fn dev(set: &str) -> Dev {
        let args = Args::parse_from(["parlance", "dev", "--set", set]);
        let Command::Dev(dev) = args.command else { panic!("dev was parsed as something else") };
        dev
    }

    #[test]
    fn settings_on_the_command_line_reach_the_world() {
        assert_eq!(dev("send_per_second=7").settings().unwrap().send_per_second, 7);
        assert!(dev("nope=7").settings().is_err());
        assert!(dev("delivery_lease_ms=5000").settings().is_err(), "it must outlast a POST");
    }

    #[test]
    fn a_server_takes_https_callbacks_to_public_addresses_only() {
        let args = Args::parse_from(["parlance", "serve"]);
        let Command::Serve(serve) = args.command else { panic!("serve was parsed as something else") };
        let settings = serve.settings().unwrap();
        assert!(settings.webhook_https_only && !settings.private_addresses);
    }

    #[test]
    fn a_public_address_is_one_of_the_web() {
        assert_eq!(web_address("https://graph.example.com/").as_deref(), Ok("https://graph.example.com"));
        assert_eq!(web_address("http://127.0.0.1:1/base").as_deref(), Ok("http://127.0.0.1:1/base"));
        for text in ["graph.example.com", "ftp://a", "https://", "https:///a", "https://a?b"] {
            assert!(web_address(text).is_err(), "{text}");
        }
    }
}
