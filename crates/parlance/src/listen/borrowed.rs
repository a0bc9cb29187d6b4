//! An app's webhooks, borrowed: its subscription leads to us for a while, and is put back as it was.

use anyhow::{Context, bail};
use client::{Client, Host};
use engine::demo;
use serde_json::Value;
use tokio::net::TcpStream;
use wire::webhook_field::{self, Channel, FIELDS};

use super::PATH;
use crate::args::{Listen, Target};
use crate::remote::Remote;

/// The app that is borrowed.
pub struct Subject {
    app: String,
    secret: String,
    /// What it has for the account, the token that installs it first.
    tokens: Vec<String>,
}

impl Subject {
    /// The app that the command line names, or the demo world's, all of which is known.
    pub fn of(options: &Listen) -> Self {
        let given = options.token.clone();
        match (&options.app, &options.secret) {
            (Some(app), Some(secret)) => {
                Self { app: app.clone(), secret: secret.clone(), tokens: given.into_iter().collect() }
            }
            _ => Self {
                app: demo::APP.to_string(),
                secret: demo::SECRET.to_owned(),
                tokens: given
                    .map_or_else(|| vec![demo::PAGE_TOKEN.into(), demo::ACCOUNT_TOKEN.into()], |one| vec![one]),
            },
        }
    }

    /// The secret that signs what the app is told: with Instagram Login the demo app has another one.
    pub fn signing_secret(&self) -> &str {
        let instagram = self.tokens.first().is_some_and(|token| Host::of_token(token) == Host::Instagram);
        if instagram && self.secret == demo::SECRET { demo::INSTAGRAM_SECRET } else { &self.secret }
    }

    /// The app, as a caller of the Graph API.
    fn app(&self, url: &str) -> anyhow::Result<Client> {
        Ok(Client::for_app(&self.app, &self.secret).base_url(url)?)
    }

    /// The Page or account, as it is called with each of the tokens.
    fn accounts(&self, url: &str) -> anyhow::Result<Vec<Client>> {
        self.tokens.iter().map(|token| Ok(Client::new(token.as_str()).base_url(url)?)).collect()
    }
}

/// What was there before and is to be there again.
pub struct Borrowed {
    subject: Subject,
    url: String,
    callback_url: String,
    /// The subscription of before, as the emulator's surface shows it.
    earlier: Option<Value>,
    /// Whether the app was installed for this.
    installed: bool,
    /// The fields that it is subscribed to now.
    pub fields: Vec<String>,
}

impl Borrowed {
    /// Leads the app's webhooks to `callback_url`, which must be up; installs the app where it was not.
    ///
    /// # Errors
    /// An app that is not there, a wrong secret or token, a field that nobody knows. What was there before stays.
    pub async fn take(options: &Listen, callback_url: &str, verify_token: &str) -> anyhow::Result<Self> {
        let (subject, url) = (Subject::of(options), options.target.url.clone());
        let fields = fields(&options.fields)?;
        let earlier = earlier(&Remote::new(&options.target)?, &subject.app).await?;
        let app = subject.app(&url)?;
        let names: Vec<&str> = fields.iter().map(String::as_str).collect();
        let subscribed = app.subscribe_app(&subject.app, callback_url, verify_token, &names).await;
        subscribed.with_context(|| format!("cannot subscribe app {}", subject.app))?;
        let mut borrowed =
            Self { subject, url, callback_url: callback_url.to_owned(), earlier, installed: false, fields };
        if let Err(error) = borrowed.install().await {
            borrowed.put_back(&options.target).await.context("and the earlier subscription could not be put back")?;
            return Err(error);
        }
        Ok(borrowed)
    }

    /// Installs the app, unless it is installed through either login: through both it would hear everything twice.
    async fn install(&mut self) -> anyhow::Result<()> {
        let accounts = self.subject.accounts(&self.url)?;
        for account in &accounts {
            let held = account.account_subscriptions().await.context("cannot ask whether the app is installed")?;
            if held.iter().any(|app| app.id.as_deref() == Some(&self.subject.app)) {
                return Ok(());
            }
        }
        let (Some(account), Some(token)) = (accounts.first(), self.subject.tokens.first()) else { return Ok(()) };
        // On a Page any field of its own will do; on an account it must be one that the app has (contract webhooks 1.4).
        let field = match Host::of_token(token) {
            Host::Facebook => Some("messages"),
            Host::Instagram => self.fields.iter().map(String::as_str).find(|name| on_accounts(name)),
        };
        let field = field.context("an account takes none of these fields; add messages to them")?;
        account.subscribe_account(&[field]).await.context("cannot install the app on the account")?;
        self.installed = true;
        Ok(())
    }

    /// Puts back what was there before, and says what that is. Whoever subscribed the app meanwhile keeps it.
    ///
    /// # Errors
    /// When the emulator is gone, or refuses.
    pub async fn put_back(&self, target: &Target) -> anyhow::Result<String> {
        let (app, remote) = (&self.subject.app, Remote::new(target)?);
        let present = present(&remote, app).await?;
        if present.is_none_or(|present| present["callback_url"] != self.callback_url) {
            return Ok(format!("app {app} was subscribed anew meanwhile, and stays so"));
        }
        let back = match &self.earlier {
            Some(earlier) => {
                remote.post(&format!("apps/{app}/subscriptions"), earlier).await?;
                let names =
                    earlier["fields"].as_array().into_iter().flatten().filter_map(|field| field["name"].as_str());
                let callback = earlier["callback_url"].as_str().unwrap_or_default();
                format!("app {app} is subscribed with {callback} again, to {}", names.collect::<Vec<_>>().join(", "))
            }
            None => {
                self.subject.app(&self.url)?.unsubscribe_app(app).await?;
                format!("app {app} had no subscription before, and has none again")
            }
        };
        if !self.installed {
            return Ok(back);
        }
        for account in self.subject.accounts(&self.url)?.iter().take(1) {
            account.unsubscribe_account().await?;
        }
        Ok(format!("{back}; it is not installed on the account any more"))
    }
}

/// The fields that are asked for, or all under which something is delivered.
fn fields(asked: &[String]) -> anyhow::Result<Vec<String>> {
    if let Some(name) = asked.iter().find(|name| webhook_field::find(name).is_none()) {
        bail!("no webhook field is called {name:?}");
    }
    let all = FIELDS.iter().filter(|field| field.channel != Channel::Silent).map(|field| field.name.to_owned());
    Ok(if asked.is_empty() { all.collect() } else { asked.to_vec() })
}

fn on_accounts(name: &str) -> bool {
    webhook_field::find(name).is_some_and(|field| field.accepted_by_instagram_edge)
}

/// The app's present subscription, unless it is that of a `listen` which ended without putting back what it found.
async fn earlier(remote: &Remote, app: &str) -> anyhow::Result<Option<Value>> {
    let Some(found) = present(remote, app).await? else { return Ok(None) };
    let callback = found["callback_url"].as_str().and_then(|url| reqwest::Url::parse(url).ok());
    let abandoned = match callback {
        Some(url) if url.path().starts_with(PATH) => {
            let address = (url.host_str().unwrap_or_default(), url.port_or_known_default().unwrap_or_default());
            TcpStream::connect(address).await.is_err()
        }
        _ => false,
    };
    Ok((!abandoned).then_some(found))
}

/// The app's subscription to Instagram's events, as the emulator's surface shows it.
async fn present(remote: &Remote, app: &str) -> anyhow::Result<Option<Value>> {
    let mut found = remote.get(&format!("apps/{app}/subscriptions")).await?;
    let all = found["data"].as_array_mut().map(std::mem::take).unwrap_or_default();
    Ok(all.into_iter().find(|subscription| subscription["object"] == "instagram"))
}
