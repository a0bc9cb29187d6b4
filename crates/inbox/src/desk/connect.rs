//! Connecting accounts, and the first start.

use client::Client;
use secrecy::ExposeSecret;
use serde::Deserialize;
use wire::dialect::Dialect;
use wire::time::Span;

use super::{Desk, Problem};
use crate::clock::secret;
use crate::facts::{Agent, Assignment, Connection, ImportState, Role, Workspace};
use crate::ids::{AgentId, ConnectionId, WorkspaceId};
use crate::sql::{access, desk};
use crate::store::{ChangeSet, EventKind, News};
use crate::vault::hash;

/// How long a one-time link is good for.
pub const LINK: Span = Span::days(7);

/// What the inbox wants to be told of.
const FIELDS: &[&str] = &[
    "messages",
    "message_reactions",
    "messaging_postbacks",
    "messaging_referral",
    "messaging_seen",
    "message_edit",
    "messaging_handover",
    "standby",
    "comments",
    "live_comments",
];

/// What an account is connected with.
#[derive(Clone, Deserialize, utoipa::ToSchema)]
pub struct NewConnection {
    /// Where the Graph API is, such as `https://graph.facebook.com` or `http://127.0.0.1:8700`; without it, where the desk was
    /// told that it is.
    #[serde(default)]
    pub graph_url: Option<String>,
    /// A Page token, or an Instagram User token.
    pub token: String,
    /// The app's secret, which signs webhooks.
    pub app_secret: String,
}

/// What is to be entered on the platform's side, told once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connected {
    /// The connection.
    pub connection: Connection,
    /// The verify token of its webhook.
    pub verify_token: String,
}

impl Desk {
    /// Makes a workspace, and the secret of the link by which its owner comes in.
    ///
    /// # Errors
    /// The store's.
    pub async fn begin(&self, name: &str) -> Result<(Workspace, String), Problem> {
        let now = self.now();
        let workspace = Workspace {
            id: WorkspaceId::make(now, self.entropy.as_ref()),
            name: name.to_owned(),
            assignment: Assignment::Manual,
            rotation: AgentId::new(0),
            agents_see_all: true,
            last_seq: 0,
            created_time: now,
        };
        let link = secret(self.entropy.as_ref());
        let mut set = ChangeSet::new(workspace.id, now);
        set.write(desk::add_workspace(&workspace));
        set.write(access::add_link(hash(&link), workspace.id, Role::Owner, self.own_now().plus(LINK)));
        self.commit(set, Problem::Busy).await?;
        Ok((workspace, link))
    }

    /// The workspaces of this database.
    ///
    /// # Errors
    /// The store's.
    pub async fn workspaces(&self) -> Result<Vec<Workspace>, Problem> {
        Ok(self.store.list(desk::workspaces()).await?)
    }

    /// The connected accounts of a workspace.
    ///
    /// # Errors
    /// The store's.
    pub async fn connections(&self, workspace: WorkspaceId) -> Result<Vec<Connection>, Problem> {
        Ok(self.store.many(desk::connections(workspace)).await?)
    }

    /// Connects an account: the token is tried before it is kept. The same account again gets the new secrets.
    ///
    /// # Errors
    /// [`Problem::Platform`] when the token does not work, [`Problem::Invalid`] when it is for no professional account.
    pub async fn connect(&self, workspace: WorkspaceId, new: NewConnection) -> Result<Connected, Problem> {
        let now = self.now();
        let host = client::Host::of_token(&new.token);
        let login = match host {
            client::Host::Facebook => Dialect::Facebook,
            client::Host::Instagram => Dialect::Instagram,
        };
        let verify_token = secret(self.entropy.as_ref());
        let mut connection = Connection {
            workspace,
            id: ConnectionId::make(now, self.entropy.as_ref()),
            graph_url: new.graph_url.or_else(|| self.graph_url.clone()).unwrap_or_else(|| host.base_url().to_owned()),
            login,
            account_id: String::new(),
            username: String::new(),
            token: self.seal(&new.token),
            app_secret: self.seal(&new.app_secret),
            verify_token: self.seal(&verify_token),
            trouble: None,
            import_state: ImportState::Waiting,
            import_after: None,
            import_done: 0,
            polled_time: None,
            created_time: now,
        };
        let client = self.client(&connection)?;
        let account = match login {
            Dialect::Facebook => {
                let account = client.page("me").await?.instagram_business_account;
                account.map(|account| (account.id, account.username.unwrap_or_default()))
            }
            Dialect::Instagram => {
                let me = client.me().await?;
                me.user_id.map(|id| (id, me.username.unwrap_or_default()))
            }
        };
        let Some((id, username)) = account else {
            return Err(Problem::invalid(
                "token",
                "is for no professional account: link one to the Page, or log in with it",
            ));
        };
        (connection.account_id, connection.username) = (id, username);
        let known = self.store.many(desk::connections(workspace)).await?;
        let known = known.into_iter().find(|known| known.account_id == connection.account_id);
        let mut set = ChangeSet::new(workspace, now);
        if let Some(known) = known {
            connection.id = known.id;
            set.write(desk::put_credentials(&connection));
        } else {
            set.write(desk::add_connection(&connection));
        }
        set.tell(News::general(EventKind::Connection).about(connection.id));
        self.commit(set, Problem::Conflict("this account is being connected by somebody else")).await?;
        self.look_for_missed_profiles();
        Ok(Connected { connection, verify_token })
    }

    /// [`Desk::connect`] by an owner, which the audit log notes.
    ///
    /// # Errors
    /// As [`Desk::connect`].
    pub async fn connect_as(&self, by: &Agent, new: NewConnection) -> Result<Connected, Problem> {
        let connected = self.connect(by.workspace, new).await?;
        let mut set = ChangeSet::new(by.workspace, self.now());
        self.audit(&mut set, Some(by.id), "connection.put", connected.connection.id, &connected.connection.username);
        self.commit(set, Problem::Busy).await?;
        Ok(connected)
    }

    /// Has the platform deliver to this connection, as far as that is done by calls: subscribes the app and installs it on the
    /// account (contract webhooks 1.2, 1.4). `base` is where the inbox is reached, such as `https://desk.example.com`. False when
    /// something is left for the app's dashboard: Instagram's host knows no subscriptions of apps, so with Instagram Login the
    /// callback and its verify token are entered there, and before that the platform may not take the installation either.
    ///
    /// # Errors
    /// [`Problem::Platform`] when the platform does not reach us, or refuses.
    pub async fn subscribe(&self, connected: &Connected, app: &str, base: &str) -> Result<bool, Problem> {
        let Connected { connection, verify_token } = connected;
        let client = self.client(connection)?;
        if connection.login == Dialect::Instagram {
            return match client.subscribe_account(&["messages"]).await {
                Err(error @ client::Error::Graph(_)) => {
                    tracing::warn!(connection = %connection.id, %error, "the app could not be installed on the account");
                    Ok(false)
                }
                installed => Ok(installed.map(|()| false)?),
            };
        }
        let callback = format!("{}/inbox/webhooks/{}", base.trim_end_matches('/'), connection.id);
        let secret = self.open(&connection.app_secret)?;
        let of_app = Client::for_app(app, secret.expose_secret())
            .base_url(&connection.graph_url)
            .map_err(|error| Problem::Broken(error.to_string()))?
            .transport(self.transport.clone());
        of_app.subscribe_app(app, &callback, verify_token, FIELDS).await?;
        // A Page has fields of its own; any one of them lets Instagram's through (contract webhooks 1.4).
        client.subscribe_account(&["feed"]).await?;
        Ok(true)
    }

    /// Somebody new, without a password yet.
    pub(crate) fn new_agent(&self, workspace: WorkspaceId, role: Role, email: String, name: String) -> Agent {
        let now = self.now();
        Agent {
            workspace,
            id: AgentId::make(now, self.entropy.as_ref()),
            email,
            name,
            role,
            password: None,
            totp: None,
            totp_step: 0,
            active: true,
            available: true,
            capacity: 20,
            open_count: 0,
            idle_since: now,
            created_time: now,
        }
    }
}
