//! `parlance`: Instagram business messaging as software that you run yourself.
//!
//! The one place that knows every type: it reads the command line, puts a world together and serves it, or drives a running
//! one from a shell. What a script reads goes to standard output, everything else to standard error.

mod act;
mod args;
mod catalogue;
mod create;
mod database;
mod db;
mod deliveries;
mod dev;
mod drain;
mod gist;
mod home;
mod inbox;
mod listen;
mod node;
mod ready;
mod remote;
mod say;
mod serve;
mod surface;
mod trigger;
mod verify;

use std::io::{ErrorKind, IsTerminal, Write};
use std::process::ExitCode;

use clap::Parser;

use crate::args::{Args, Command, Surface};

fn main() -> ExitCode {
    let args = Args::parse();
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        // The driver would tell the parameters of statements, texts of people among them, to whoever asks for more.
        .with_env_filter(tracing_subscriber::EnvFilter::new(format!("{},tokio_postgres=info", args.log)))
        .init();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&error.into()),
    };
    let done = runtime.block_on(async {
        match args.command {
            Command::Dev(options) => dev::run(options).await,
            Command::Serve(options) => serve::run(options).await,
            Command::Inbox(options) => inbox::run(options).await,
            Command::App(options) => create::app(&options).await,
            Command::Account(options) => create::account(&options).await,
            Command::Db(options) => db::run(options.command).await,
            Command::Trigger(options) => trigger::trigger(&options).await,
            Command::Tail(options) => act::tail(&options).await,
            Command::Clock(options) => act::clock(&options).await,
            Command::Deliveries(options) => deliveries::deliveries(&options).await,
            Command::Alerts(options) => deliveries::alerts(&options).await,
            Command::Fault(options) => deliveries::fault(&options).await,
            Command::Events => Ok(say::say(catalogue::page().await?.trim_end())?),
            Command::Listen(options) => listen::run(&options).await,
            Command::Verify(options) => verify::run(&options),
            Command::Openapi(options) => {
                let document = match options.surface {
                    Surface::Emulator => server::emulator::openapi_json(),
                    Surface::Inbox => ::inbox::api::openapi_json(),
                };
                Ok(say::say(document.trim_end())?)
            }
        }
    });
    // What was told to end at once leaves tasks behind, which nobody waits for.
    runtime.shutdown_background();
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&error),
    }
}

/// Says why in a plain sentence that no log level hides. Who closed our standard output has read enough, which is no
/// failure.
fn failed(error: &anyhow::Error) -> ExitCode {
    if error.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == ErrorKind::BrokenPipe) {
        return ExitCode::SUCCESS;
    }
    // With standard error closed too there is nobody left to tell.
    let _ = writeln!(std::io::stderr(), "parlance: {error:#}");
    ExitCode::FAILURE
}
