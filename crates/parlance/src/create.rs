//! `parlance app create` and `parlance account create`: a way into a world that nobody seeded.

use std::sync::Arc;

use engine::World;
use engine::clock::SystemClock;
use engine::settings::Settings;
use engine::setup;
use engine::world::Parts;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use crate::args::{Account, AccountChange, App, AppChange, Place};
use crate::home::Home;
use crate::say::say;

/// `parlance app`.
///
/// # Errors
/// A database that does not open, or a name that cannot be.
pub async fn app(options: &App) -> anyhow::Result<()> {
    let AppChange::Create(options) = &options.change;
    let world = open(&options.place).await?;
    let made = setup::create_app(&world, &options.name, options.human_agent).await?;
    finish(
        &world,
        &json!({
            "id": made.id,
            "name": options.name,
            "secret": made.secret.expose_secret(),
            "token": format!("{}|{}", made.id, made.secret.expose_secret()),
            "instagram_app_id": made.instagram_app_id,
            "instagram_secret": made.instagram_secret.expose_secret(),
        }),
    )
    .await
}

/// `parlance account`.
///
/// # Errors
/// As [`app`], or an app that is not there.
pub async fn account(options: &Account) -> anyhow::Result<()> {
    let AccountChange::Create(options) = &options.change;
    let world = open(&options.place).await?;
    let made = setup::create_account(&world, options.app, &options.username, options.name.as_deref()).await?;
    finish(
        &world,
        &json!({
            "account": {
                "id": made.account,
                "username": options.username,
                "token": made.account_token.expose_secret(),
            },
            "page": {"id": made.page, "token": made.page_token.expose_secret()},
        }),
    )
    .await
}

async fn open(place: &Place) -> anyhow::Result<Arc<World>> {
    let Home { store, vault, ids } = Home::open(place).await?;
    let clock = Box::new(SystemClock);
    Ok(World::new(Parts { clock, ids, store, vault, settings: Settings::default() }))
}

/// Prints what was made once it is safe on disk.
async fn finish(world: &World, made: &Value) -> anyhow::Result<()> {
    world.store.close().await?;
    Ok(say(serde_json::to_string_pretty(made)?)?)
}
