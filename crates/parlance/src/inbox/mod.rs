//! `parlance inbox`: the care desk as a process of its own, against any server of the Graph API; and the same desk beside the
//! emulator. Either way it knows the platform by its public API and webhooks only.

pub mod demo;

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
use futures_util::future::BoxFuture;
use serde_json::json;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::args::{Inbox, Place, Serve};
use crate::database::{self, Database};
use crate::drain;
use crate::home;
use crate::node::{Beside, Prepare, Told};
use crate::say::{say, tell};

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
    let api = Api { desk: desk.clone(), secure: public.starts_with("https://"), stop: draining.clone() };
    let router = api::router(api).merge(faces::router(&[faces::INBOX]));
    let link = first_start(&desk, &options.name).await?;
    announce(&options, &Opened::at(&public, link.as_deref()))?;
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

/// The desk of `parlance serve`, which is reached at this address by itself, and what is told of it. It knows the platform by
/// its public API at that address.
///
/// # Errors
/// A database that does not open.
pub async fn served(options: &Serve, url: &str) -> anyhow::Result<(Beside, Opened)> {
    let place = Place {
        data: options.place.data.clone(),
        database: options.inbox_database.clone(),
        key_file: options.place.key_file.clone(),
    };
    let desk = open(&place, Box::new(SystemClock), None, Some(url.to_owned())).await?;
    let link = first_start(&desk, &options.inbox_name).await?;
    let public = options.public_url.as_deref().unwrap_or(url);
    let nothing: Prepare = Box::new(|_| Box::pin(async { Ok(()) }));
    let mut beside = alongside(desk, public.starts_with("https://"), nothing);
    beside.router = beside.router.merge(faces::router(&[faces::INBOX]));
    Ok((beside, Opened::at(public, link.as_deref())))
}

/// A desk that runs beside a server, and what is to be done once that answers. `secure` says that people come by HTTPS.
fn alongside(desk: Arc<Desk>, secure: bool, prepare: Prepare) -> Beside {
    let stop = CancellationToken::new();
    let router = api::router(Api { desk: Arc::clone(&desk), secure, stop: stop.clone() });
    let run = move |draining: CancellationToken, done: CancellationToken| {
        let ran: BoxFuture<'static, anyhow::Result<()>> = Box::pin(async move {
            desk.run(draining).await;
            stop.cancel();
            done.cancelled().await;
            Ok(desk.store.close().await?)
        });
        ran
    };
    Beside { router, prepare, run: Box::new(run) }
}

/// Opens the desk's database, making it and its key when they are new.
async fn open(
    place: &Place,
    clock: Box<dyn Clock>,
    transport: Option<Transport>,
    graph_url: Option<String>,
) -> anyhow::Result<Arc<Desk>> {
    let key = home::read_or_make(&home::key_file(place))?;
    let store = match own_database(place)? {
        Database::Sqlite(path) => {
            database::make_folder(&path)?;
            Store::sqlite(path)?
        }
        Database::Postgres(url) => Store::postgres(&url).await?,
    };
    let (entropy, vault) = (Box::new(SystemEntropy), Vault::new(&key));
    Ok(Desk::new(Parts { store, clock, entropy, vault, transport, graph_url }))
}

/// The desk's own database: it shares none with the platform.
fn own_database(place: &Place) -> anyhow::Result<Database> {
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

/// Where a desk is, and the link by which its owner comes in, if it is new.
pub struct Opened {
    /// Its address.
    pub inbox: String,
    /// The link.
    pub owner_link: Option<String>,
}

impl Opened {
    fn at(url: &str, link: Option<&str>) -> Self {
        let owner_link = link.map(|link| format!("{url}/inbox/join#{link}"));
        Self { inbox: format!("{url}/inbox"), owner_link }
    }

    /// The same for a person at a terminal.
    pub fn words(&self) -> String {
        let link = self.owner_link.iter();
        let link =
            link.map(|link| format!("\n\nIts owner comes in by this link, once and within seven days:\n  {link}"));
        format!("The inbox is at {}{}", self.inbox, link.collect::<String>())
    }
}

fn announce(options: &Inbox, opened: &Opened) -> std::io::Result<()> {
    if options.json {
        return say(json!({"ready": true, "inbox": opened.inbox, "owner_link": opened.owner_link}));
    }
    tell(opened.words());
    Ok(())
}
