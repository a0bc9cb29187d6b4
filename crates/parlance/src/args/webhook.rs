//! Commands for whoever receives webhooks.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::Target;
use crate::verify::recorded::{Signature, given};

/// `parlance verify`.
#[derive(ClapArgs)]
pub struct Verify {
    /// The delivery: its body, or the HTTP request as it came; `-` reads standard input.
    pub file: PathBuf,
    /// The app secret that the receiver knows. The environment keeps it out of lists of processes.
    #[arg(long, value_name = "SECRET", env = "PARLANCE_APP_SECRET", hide_env_values = true, value_parser = some)]
    pub secret: String,
    /// Another secret that the app has or had, to be told when that one signed. May be repeated.
    #[arg(long = "other-secret", value_name = "SECRET", env = "PARLANCE_OTHER_SECRET", hide_env_values = true)]
    pub other_secrets: Vec<String>,
    /// A signature, as in `sha256=…`. May be repeated.
    #[arg(long = "signature", value_name = "SIGNATURE")]
    pub signatures: Vec<String>,
    /// A signature with its header, as in `X-Hub-Signature-256: sha256=…`. May be repeated.
    #[arg(long = "header", value_name = "HEADER", value_parser = given)]
    pub headers: Vec<Signature>,
}

/// `parlance listen`.
#[derive(ClapArgs)]
pub struct Listen {
    /// Where the emulator is.
    #[command(flatten)]
    pub target: Target,
    /// Where every delivery goes on to: a bot's webhook, as in `http://localhost:3000/webhook`.
    #[arg(long, value_name = "URL", required_unless_present = "print_secret")]
    pub forward_to: Option<String>,
    /// The app that is to be told; without it the demo world's.
    #[arg(long, value_name = "ID", requires = "secret")]
    pub app: Option<String>,
    /// Its app secret. The environment keeps it out of lists of processes.
    #[arg(long, value_name = "SECRET", env = "PARLANCE_APP_SECRET", hide_env_values = true, value_parser = some)]
    pub secret: Option<String>,
    /// A Page or account token of the app, to install it on that account; without it, for the demo app, the demo Page's.
    #[arg(long, value_name = "TOKEN", env = "PARLANCE_TOKEN", hide_env_values = true)]
    pub token: Option<String>,
    /// The webhook fields to hear of; without it all that an app can have.
    #[arg(long, value_name = "FIELD,…", value_delimiter = ',')]
    pub fields: Vec<String>,
    /// End after so many events.
    #[arg(long)]
    pub count: Option<u64>,
    /// Print one JSON line when ready, and one for each event.
    #[arg(long)]
    pub json: bool,
    /// Print the secret that signs, and do nothing else.
    #[arg(long)]
    pub print_secret: bool,
}

fn some(text: &str) -> Result<String, String> {
    if text.is_empty() { Err("it is empty".to_owned()) } else { Ok(text.to_owned()) }
}
