//! `parlance listen`: a bot on this machine is told what an app is told, while somebody watches.

mod borrowed;
mod forward;

use std::io;

use anyhow::Context;
use engine::ids::{Entropy, SystemEntropy};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::mpsc::{self, Receiver};
use tokio_util::sync::CancellationToken;

use crate::args::Listen;
use crate::drain;
use crate::gist::{self, Gist};
use crate::node::Told;
use crate::say::{say, tell};
use borrowed::{Borrowed, Subject};
use forward::{Forwarder, Handed, LONGEST};

/// Where our callbacks are, which tells them from a bot's.
const PATH: &str = "/parlance-listen/";
/// Deliveries that were handed on and wait to be printed; when it is full they wait for their answers.
const QUEUE: usize = 64;

/// `parlance listen`: until it is told to stop, or has seen enough. Told twice, it ends at once.
///
/// # Errors
/// When the app cannot be subscribed, or what was there before cannot be put back.
pub async fn run(options: &Listen) -> anyhow::Result<()> {
    if options.print_secret {
        return Ok(say(Subject::of(options).signing_secret())?);
    }
    let mut told = Told::listen().context("cannot listen for signals")?;
    let listener = TcpListener::bind("127.0.0.1:0").await.context("cannot listen on a free port")?;
    let (path, verify_token) = (format!("{PATH}{}", random()), random());
    let callback = format!("http://{}{path}", listener.local_addr()?);
    let (handed, mut lines) = mpsc::channel(QUEUE);
    let to = options.forward_to.as_deref().unwrap_or_default();
    let router = Forwarder::new(to, verify_token.clone(), handed)?.router(&path);
    let draining = CancellationToken::new();
    let serving = tokio::spawn(drain::serve(listener, router, draining.clone(), LONGEST));

    let heard = async {
        let borrowed = Borrowed::take(options, &callback, &verify_token).await?;
        let heard = match ready(options, &callback, to, &borrowed) {
            Ok(()) => hear(options, &mut told, &mut lines).await,
            Err(error) => Err(error),
        };
        let back = borrowed.put_back(&options.target);
        let back = tokio::select! {
            back = back => back.context("what was there before could not be put back")?,
            () = told.next() => anyhow::bail!("told to stop twice: what was there before was not put back"),
        };
        tell(format_args!("listen: {back}"));
        Ok(heard?)
    }
    .await;
    draining.cancel();
    // The last ones are answered, too; who is told to stop has seen enough of them.
    while lines.recv().await.is_some() {}
    serving.await.context("the receiver ended badly")?;
    heard
}

fn ready(options: &Listen, callback: &str, to: &str, borrowed: &Borrowed) -> io::Result<()> {
    if options.json {
        return say(json!({"ready": true, "callback_url": callback, "forward_to": to, "fields": borrowed.fields}));
    }
    tell(format_args!("listen: {} fields go to {to}; Ctrl-C puts back what was there before", borrowed.fields.len()));
    Ok(())
}

/// Prints a line for each event until told to stop, or until there were enough.
async fn hear(options: &Listen, told: &mut Told, lines: &mut Receiver<Handed>) -> io::Result<()> {
    let mut left = options.count.unwrap_or(u64::MAX);
    while left > 0 {
        let handed = tokio::select! {
            () = told.next() => return Ok(()),
            handed = lines.recv() => handed,
        };
        let Some(handed) = handed else { return Ok(()) };
        for gist in gist::of(&handed.body) {
            if left > 0 {
                say(if options.json { record(&gist, &handed).to_string() } else { line(&gist, &handed) })?;
                left -= 1;
            }
        }
        if let Some(silence) = handed.silence.filter(|_| !options.json) {
            tell(format_args!("listen: {silence}"));
        }
    }
    Ok(())
}

fn line(gist: &Gist, handed: &Handed) -> String {
    let (sender, mid) = (gist.sender.as_deref().unwrap_or("-"), gist.mid.as_deref().unwrap_or("-"));
    let (time, took) = (gist.time.rfc3339(), format!("{} ms", handed.ms));
    format!("{time:<24}  {}  {took:>7}  {:<20}  {sender:<17}  {mid}", handed.status, gist.name())
}

fn record(gist: &Gist, handed: &Handed) -> Value {
    json!({
        "time": gist.time.rfc3339(), "channel": gist.channel, "event": gist.event, "manner": gist.manner,
        "account": gist.account, "sender": gist.sender, "mid": gist.mid,
        "status": handed.status, "ms": handed.ms, "silence": handed.silence,
    })
}

/// A word that nobody guesses.
fn random() -> String {
    let mut bytes = [0; 16];
    SystemEntropy.fill(&mut bytes);
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
