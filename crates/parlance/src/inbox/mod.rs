//! `parlance inbox`: the care desk as a process of its own, against any server of the Graph API; and the same desk beside the
//! emulator. Either way it knows the platform by its public API and webhooks only.

mod demo;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use ::inbox::api::{self, Api};
use ::inbox::clock::{Clock, SystemClock, SystemEntropy};
use ::inbox::store::Store;
use ::inbox::vault::Vault;
use ::inbox::{Desk, Parts};
use anyhow::Context;
use client::transport::Transport;
use serde_json::json;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::args::{Inbox, Place};
use crate::database::Database;
use crate::drain;
use crate::home;
use crate::node::Told;
use crate::say::{say, tell};

pub use demo::{beside, log_ins};

/// The longest that a request may take when the process ends: a call to the platform, and what surrounds it.
const DRAIN: Duration = Duration::from_secs(35);

/// Runs until it is told to stop, then finishes what is under way.
///
/// # Errors
/// Anything that keeps it from starting, in a sentence that says what to do.
pub async fn run(options: Inbox) -> anyhow::Result<()> {
    // Before anybody can know that we run.
    let mut told = Told::listen().context("cannot listen for signals")?;
    let listener =
        TcpListener::bind(options.listen).await.with_context(|| format!("cannot listen on {}", options.listen))?;
    let url = format!("http://{}", listener.local_addr()?);
    let desk = open(&options.place, Box::new(SystemClock), None, options.graph.clone()).await?;
    let (draining, twice) = (CancellationToken::new(), CancellationToken::new());
    let public = options.public_url.clone().unwrap_or_else(|| url.clone());
    let router =
        api::router(Api { desk: desk.clone(), secure: public.starts_with("https://"), stop: draining.clone() });
    let link = first_start(&desk, &options.name).await?;
    announce(&options, &public, link.as_deref())?;
    let working = tokio::spawn({
        let (desk, draining) = (desk.clone(), draining.clone());
        async move { desk.run(draining).await }
    });
    let served = async {
        drain::serve(listener, router, draining.clone(), DRAIN).await;
        let worked = working.await.context("the desk's own work ended badly");
        desk.store.close().await?;
        worked
    };
    let signals = async {
        told.next().await;
        draining.cancel();
        told.next().await;
        twice.cancel();
    };
    tokio::select! {
        served = served => served,
        () = signals => anyhow::bail!("told to stop twice: requests under way were cut off"),
    }
}

/// Opens the desk's database, making it and its key when they are new.
async fn open(
    place: &Place,
    clock: Box<dyn Clock>,
    transport: Option<Transport>,
    graph_url: Option<String>,
) -> anyhow::Result<Arc<Desk>> {
    let key = home::read_or_make(&home::key_file(place))?;
    let store = match database(place)? {
        Database::Sqlite(path) => Store::sqlite(path)?,
        Database::Postgres(url) => Store::postgres(&url).await?,
    };
    let (entropy, vault) = (Box::new(SystemEntropy), Vault::new(&key));
    Ok(Desk::new(Parts { store, clock, entropy, vault, transport, graph_url }))
}

/// The desk's own database: it shares none with the platform.
fn database(place: &Place) -> anyhow::Result<Database> {
    match place.database.as_deref().filter(|text| !text.is_empty()) {
        Some(text) => Ok(text.parse()?),
        None => Ok(Database::Sqlite(inbox_db(place))),
    }
}

fn inbox_db(place: &Place) -> PathBuf {
    place.data.join("inbox.db")
}

/// Makes the workspace when there is none; gives the secret of its owner's link then.
async fn first_start(desk: &Desk, name: &str) -> anyhow::Result<Option<String>> {
    if !desk.workspaces().await?.is_empty() {
        return Ok(None);
    }
    let (_, link) = desk.begin(name).await?;
    Ok(Some(link))
}

fn announce(options: &Inbox, url: &str, link: Option<&str>) -> std::io::Result<()> {
    let join = link.map(|link| format!("{url}/inbox/join#{link}"));
    if options.json {
        return say(json!({"ready": true, "inbox": format!("{url}/inbox"), "owner_link": join}));
    }
    tell(format!("The inbox is at {url}/inbox"));
    if let Some(join) = join {
        tell(format!("\nIts owner comes in by this link, once and within seven days:\n  {join}"));
    }
    Ok(())
}
