//! Running nodes of the server on one database, and what a script does with them first.

use std::path::Path;

use anyhow::Context;
use rig::postgres::Cluster;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::child::Running;
use crate::{echo, load};

/// What the nodes keep their data in.
#[derive(Clone, Copy)]
pub enum Engine<'a> {
    /// A file in a folder of its own.
    Sqlite,
    /// A new database of this cluster.
    Postgres(&'a Cluster),
}

/// Nodes on one database, with a sink for webhooks.
pub struct Site {
    /// Each with its address.
    pub nodes: Vec<(Running, String)>,
    /// The database, when it is one of PostgreSQL.
    pub url: Option<String>,
    /// The data folder.
    pub folder: TempDir,
}

/// Where the demo account's Page token goes.
pub const PAGE: &str = "access_token=EAADemoPageToken0001";

impl Site {
    /// Starts nodes on a new database.
    ///
    /// # Errors
    /// When one does not start.
    pub async fn start(server: &Path, engine: Engine<'_>, nodes: usize) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        let url = match engine {
            Engine::Sqlite => None,
            Engine::Postgres(cluster) => Some(cluster.create_database()?),
        };
        let mut site = Self { nodes: Vec::new(), url, folder };
        for _ in 0..nodes {
            site.add(server).await?;
        }
        Ok(site)
    }

    /// Starts one more node.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn add(&mut self, server: &Path) -> anyhow::Result<()> {
        let data = self.folder.path().to_str().context("the temporary folder has a plain name")?;
        let mut args = vec!["dev", "--no-inbox", "--data", data, "--listen", "127.0.0.1:0", "--json"];
        args.extend(["--set", "send_per_second=0"]);
        if let Some(url) = &self.url {
            args.extend(["--database", url]);
        }
        let running = Running::start(server, &args).await?;
        let ready: Value = serde_json::from_str(&running.line)?;
        let address = ready["graph"].as_str().unwrap_or_default().trim_start_matches("http://").to_owned();
        self.nodes.push((running, address));
        Ok(())
    }

    /// The address of the first node.
    pub fn address(&self) -> &str {
        &self.nodes[0].1
    }

    /// Subscribes the demo app's webhook at this address to messages.
    ///
    /// # Errors
    /// When the server refuses.
    pub async fn subscribe(&self, callback: &str) -> anyhow::Result<()> {
        let form = format!("object=instagram&callback_url=http://{callback}/&verify_token=v&fields=messages");
        let app = "/500000000000001/subscriptions?access_token=500000000000001%7Cdemo0app0secret0of0parlance00001";
        let address = self.address();
        load::once(address, &load::post(address, app, "application/x-www-form-urlencoded", &form)).await?;
        let install = format!("/me/subscribed_apps?subscribed_fields=feed&{PAGE}");
        load::once(address, &load::post(address, &install, "application/json", "{}")).await?;
        Ok(())
    }

    /// People who have just written, one for each connection, and the send to each, spread over the nodes.
    ///
    /// # Errors
    /// When the server refuses.
    pub async fn senders(&self, connections: usize) -> anyhow::Result<Vec<load::Connection>> {
        let mut senders = Vec::with_capacity(connections);
        for number in 0..connections {
            let igsid = self.person(number).await?;
            let address = self.nodes[number % self.nodes.len()].1.clone();
            let path = format!("/v25.0/me/messages?{PAGE}");
            let requests = vec![load::post(&address, &path, "application/json", &echo::body(&igsid))];
            senders.push(load::Connection { address, requests });
        }
        Ok(senders)
    }

    /// A new person who has just written; gives their id for the demo account.
    ///
    /// # Errors
    /// When the server refuses.
    pub async fn person(&self, number: usize) -> anyhow::Result<String> {
        let address = self.address();
        let username = format!("load{number}");
        let body = json!({"username": username}).to_string();
        load::once(address, &load::post(address, "/_parlance/people", "application/json", &body)).await?;
        let path = format!("/_parlance/people/{username}/messages");
        let text = json!({"to": "harbor.knits", "text": "hello"}).to_string();
        load::once(address, &load::post(address, &path, "application/json", &text)).await?;
        let list = "GET /me/conversations?fields=participants&limit=1&access_token=IGAADemoAccountToken0001 HTTP/1.1";
        let answer = load::once(address, format!("{list}\r\nHost: {address}\r\n\r\n").as_bytes()).await?;
        let answer: Value = serde_json::from_str(&answer)?;
        let igsid = answer["data"][0]["participants"]["data"][0]["id"].as_str().context("the person has no thread")?;
        Ok(igsid.to_owned())
    }

    /// Bytes that the database takes on disk.
    ///
    /// # Errors
    /// When it cannot be asked.
    pub fn bytes(&self) -> anyhow::Result<f64> {
        if let Some(url) = &self.url {
            let asked = "CHECKPOINT; SELECT pg_database_size(current_database())";
            return Ok(rig::postgres::query(url, asked)?.trim().lines().last().unwrap_or_default().parse()?);
        }
        let size = |name: &str| std::fs::metadata(self.folder.path().join(name)).map_or(0, |file| file.len());
        Ok((size("parlance.db")) as f64)
    }

    /// Ends every node.
    ///
    /// # Errors
    /// When one cannot be ended.
    pub async fn stop(self) -> anyhow::Result<()> {
        for (running, _) in self.nodes {
            running.stop().await?;
        }
        Ok(())
    }
}
