//! Coming in and going out: passwords, codes, sessions, one-time links.

use argon2::Argon2;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use wire::time::Span;

use super::teamwork::within;
use super::{Desk, Problem};
use crate::clock::secret;
use crate::facts::{Agent, Role, Session};
use crate::ids::{AgentId, EntryId, SessionId, WorkspaceId};
use crate::policy::{access as rights, throttle};
use crate::sql::access::{self, Audit};
use crate::sql::agents;
use crate::store::{ChangeSet, EventKind, News};
use crate::totp;
use crate::vault::hash;

/// How long a log-in lasts.
pub const SESSION: Span = Span::days(14);
/// How exactly it is known when a session was last used.
const SEEN: Span = Span::minutes(1);
/// The shortest password.
const SHORTEST: usize = 10;
/// The longest, in bytes, so that hashing it takes no longer than another.
const LONGEST: usize = 256;
/// What a link is called that leads nowhere.
const LINK: &str = "link: it was used, or its time is over; ask for another";
/// A hash of nothing that anybody has: a log-in with an unknown address takes as long as one with a wrong password.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$cGFybGFuY2Vub2JvZHk$6rXrQ3dWxYkPQkTgkGxyPXzbRLaCR1Xl1aH9uQ3yv2g";

/// What a log-in is tried with.
#[derive(Clone, serde::Deserialize, utoipa::ToSchema)]
pub struct Login {
    /// The address.
    pub email: String,
    /// The password.
    pub password: String,
    /// The code of the authenticator, where one is set.
    #[serde(default)]
    pub code: Option<String>,
}

/// What somebody new comes in with.
#[derive(Clone, serde::Deserialize, utoipa::ToSchema)]
pub struct Newcomer {
    /// The secret of the link.
    pub link: String,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Their password, of 10 characters or more.
    pub password: String,
}

impl Desk {
    /// Logs somebody in; gives the secret of the session, which is told once and kept as a hash.
    ///
    /// # Errors
    /// [`Problem::WrongLogin`], [`Problem::CodeNeeded`], [`Problem::TooOften`].
    pub async fn log_in(&self, login: Login, from: Option<&str>, device: &str) -> Result<(Agent, String), Problem> {
        let email = address(&login.email)?;
        let mut names = vec![format!("email:{}", hash(&email))];
        names.extend(from.map(|from| format!("from:{}", hash(from))));
        let now = self.own_now();
        for name in &names {
            let known = self.store.one(access::failures(name.clone())).await?;
            if let Some((_, until)) = known.filter(|(_, until)| *until > now) {
                return Err(Problem::TooOften(until));
            }
        }
        let agent = self.store.one(agents::agent_by_email(email)).await?;
        let known = agent.as_ref().and_then(|agent| agent.password.clone());
        let fits = fits(login.password, known.unwrap_or_else(|| NOBODY.to_owned())).await?;
        let Some(agent) = agent.filter(|agent| fits && agent.active && agent.password.is_some()) else {
            self.failed_log_in(&names).await?;
            return Err(Problem::WrongLogin);
        };
        let mut set = ChangeSet::new(agent.workspace, now);
        if let Some(sealed) = &agent.totp {
            let Some(code) = login.code.filter(|code| !code.is_empty()) else { return Err(Problem::CodeNeeded) };
            let key = self.open(sealed)?;
            let Some(step) = totp::step(secrecy::ExposeSecret::expose_secret(&key), &code, now) else {
                self.failed_log_in(&names).await?;
                return Err(Problem::WrongLogin);
            };
            set.write(agents::use_totp(agent.workspace, agent.id, step));
        }
        let session = self.begin_session(&mut set, &agent, device);
        for name in names {
            set.write(access::forget_failures(name));
        }
        self.audit(&mut set, Some(agent.id), "log_in", agent.id, "");
        self.commit(set, Problem::WrongLogin).await?;
        Ok((agent, session))
    }

    async fn failed_log_in(&self, names: &[String]) -> Result<(), Problem> {
        let now = self.own_now();
        let mut set = ChangeSet::new(WorkspaceId::new(0), now);
        for name in names {
            let known = self.store.one(access::failures(name.clone())).await?;
            let failures = known.map_or(0, |(failures, _)| failures).saturating_add(1);
            set.write(access::put_failures(name.clone(), failures, throttle::until(failures, now)));
        }
        self.commit(set, Problem::Busy).await?;
        Ok(())
    }

    fn begin_session(&self, set: &mut ChangeSet, agent: &Agent, device: &str) -> String {
        let now = self.own_now();
        let token = secret(self.entropy.as_ref());
        set.write(access::add_session(&Session {
            hash: hash(&token),
            workspace: agent.workspace,
            agent: agent.id,
            id: SessionId::make(now, self.entropy.as_ref()),
            device: device.chars().filter(|letter| *letter != '\0').take(200).collect(),
            created_time: now,
            seen_time: now,
            ends_time: now.plus(SESSION),
        }));
        token
    }

    /// Whose session a secret is.
    ///
    /// # Errors
    /// [`Problem::Nobody`].
    pub async fn session(&self, token: &str) -> Result<(Agent, Session), Problem> {
        let session = self.store.one(access::session(hash(token))).await?.ok_or(Problem::Nobody)?;
        let now = self.own_now();
        let agent = self.store.one(agents::agent(session.workspace, session.agent)).await?;
        let agent = agent.filter(|agent| agent.active && session.ends_time > now).ok_or(Problem::Nobody)?;
        if now.since(session.seen_time) >= SEEN {
            let mut set = ChangeSet::new(session.workspace, now);
            set.write(access::see_session(session.hash.clone(), now));
            self.try_commit(set).await?;
        }
        Ok((agent, session))
    }

    /// The log-ins of an agent.
    ///
    /// # Errors
    /// The store's.
    pub async fn sessions(&self, agent: &Agent) -> Result<Vec<Session>, Problem> {
        let now = self.own_now();
        let all = self.store.many(access::sessions(agent.workspace, agent.id)).await?;
        Ok(all.into_iter().filter(|session| session.ends_time > now).collect())
    }

    /// Ends one of one's own log-ins.
    ///
    /// # Errors
    /// [`Problem::NoSuch`].
    pub async fn end_session(&self, agent: &Agent, id: SessionId) -> Result<(), Problem> {
        let mut set = ChangeSet::new(agent.workspace, self.own_now());
        set.write(access::end_session(agent.workspace, agent.id, id));
        self.audit(&mut set, Some(agent.id), "log_out", id, "");
        self.commit(set, Problem::NoSuch("session")).await?;
        Ok(())
    }

    /// Ends all of one's log-ins but this one.
    ///
    /// # Errors
    /// The store's.
    pub async fn end_other_sessions(&self, agent: &Agent, keep: &Session) -> Result<(), Problem> {
        let mut set = ChangeSet::new(agent.workspace, self.own_now());
        set.write(access::end_sessions(agent.workspace, agent.id));
        set.write(access::add_session(keep));
        self.audit(&mut set, Some(agent.id), "log_out.others", agent.id, "");
        self.commit(set, Problem::Busy).await?;
        Ok(())
    }

    /// Makes a link by which somebody comes in with a role; gives its secret, which is told once.
    ///
    /// # Errors
    /// [`Problem::NotAllowed`] for a role that the caller may not give.
    pub async fn invite(&self, by: &Agent, role: Role) -> Result<String, Problem> {
        if !rights::may_give(by.role, role) {
            return Err(Problem::NotAllowed("only a larger role gives this one"));
        }
        let now = self.own_now();
        let link = secret(self.entropy.as_ref());
        let mut set = ChangeSet::new(by.workspace, now);
        set.write(access::add_link(hash(&link), by.workspace, role, now.plus(super::connect::LINK)));
        self.audit(&mut set, Some(by.id), "invite", role.word(), "");
        self.commit(set, Problem::Busy).await?;
        Ok(link)
    }

    /// Lets somebody in by a link, which is used up; gives the secret of their session.
    ///
    /// # Errors
    /// [`Problem::NoSuch`] for a link that is used, over or unknown; [`Problem::Invalid`].
    pub async fn come_in(&self, new: Newcomer, device: &str) -> Result<(Agent, String), Problem> {
        let now = self.own_now();
        let link = self.store.one(access::link(hash(&new.link))).await?;
        let (workspace, role, _) = link.filter(|(_, _, ends)| *ends > now).ok_or(Problem::NoSuch(LINK))?;
        within("name", &new.name, 100)?;
        let mut agent = self.new_agent(workspace, role, address(&new.email)?, new.name);
        agent.password = Some(self.hashed(new.password).await?);
        if self.store.one(agents::agent_by_email(agent.email.clone())).await?.is_some() {
            return Err(Problem::Conflict("somebody has this address already: log in, or choose another"));
        }
        let mut set = ChangeSet::new(workspace, now);
        set.guard(access::use_link(hash(&new.link)));
        set.tell(News::general(EventKind::Agent).about(agent.id));
        set.write(agents::add_agent(&agent));
        let session = self.begin_session(&mut set, &agent, device);
        self.audit(&mut set, Some(agent.id), "agent.add", agent.id, role.word());
        self.commit(set, Problem::NoSuch(LINK)).await?;
        Ok((agent, session))
    }

    /// Changes one's own password, and ends all log-ins but this one.
    ///
    /// # Errors
    /// [`Problem::WrongLogin`] when the old one is wrong, [`Problem::Invalid`] when the new one is too short.
    pub async fn change_password(
        &self,
        agent: &Agent,
        keep: &Session,
        old: String,
        new: String,
    ) -> Result<(), Problem> {
        let known = agent.password.clone().unwrap_or_else(|| NOBODY.to_owned());
        if !fits(old, known).await? {
            return Err(Problem::WrongLogin);
        }
        let password = self.hashed(new).await?;
        let mut set = ChangeSet::new(agent.workspace, self.own_now());
        set.write(agents::put_password(agent.workspace, agent.id, password));
        set.write(access::end_sessions(agent.workspace, agent.id));
        set.write(access::add_session(keep));
        self.audit(&mut set, Some(agent.id), "password.change", agent.id, "");
        self.commit(set, Problem::Busy).await?;
        Ok(())
    }

    /// A secret for an authenticator; it counts once [`Desk::set_code`] has seen a code of it.
    pub fn new_code(&self, agent: &Agent) -> (String, String) {
        let secret = totp::new_secret(self.entropy.as_ref());
        let address = totp::address(&secret, &agent.email);
        (secret, address)
    }

    /// From now on logging in needs a code of this secret, of which one is shown here; `None` for no code any more.
    ///
    /// # Errors
    /// [`Problem::Invalid`] when the code is not of the secret.
    pub async fn set_code(&self, agent: &Agent, secret_and_code: Option<(&str, &str)>) -> Result<(), Problem> {
        if let Some((secret, code)) = secret_and_code {
            totp::step(secret, code, self.own_now())
                .ok_or(Problem::invalid("code", "is not the one that is shown now"))?;
        }
        let sealed = secret_and_code.map(|(secret, _)| self.seal(secret));
        let action = if sealed.is_some() { "code.set" } else { "code.remove" };
        let mut set = ChangeSet::new(agent.workspace, self.own_now());
        set.write(agents::put_totp(agent.workspace, agent.id, sealed));
        self.audit(&mut set, Some(agent.id), action, agent.id, "");
        self.commit(set, Problem::Busy).await?;
        Ok(())
    }

    /// Adds to the audit log.
    #[expect(clippy::needless_pass_by_value, reason = "ids and words are as small as references to them")]
    pub(crate) fn audit(
        &self,
        set: &mut ChangeSet,
        agent: Option<AgentId>,
        action: &str,
        target: impl ToString,
        detail: &str,
    ) {
        let now = self.now();
        let entry = Audit {
            id: EntryId::make(now, self.entropy.as_ref()),
            agent,
            action: action.to_owned(),
            target: target.to_string(),
            detail: detail.to_owned(),
            created_time: now,
        };
        set.write(access::add_audit(set.workspace(), entry));
    }

    /// A password as it is kept.
    pub(crate) async fn hashed(&self, password: String) -> Result<String, Problem> {
        if password.chars().count() < SHORTEST || password.len() > LONGEST {
            return Err(Problem::invalid("password", "must have 10 characters or more, and 256 bytes at most"));
        }
        let mut salt = [0; 16];
        self.entropy.fill(&mut salt);
        blocking(move || {
            let salt = SaltString::encode_b64(&salt).map_err(|error| Problem::Broken(error.to_string()))?;
            let hash = Argon2::default().hash_password(password.as_bytes(), &salt);
            hash.map(|hash| hash.to_string()).map_err(|error| Problem::Broken(error.to_string()))
        })
        .await?
    }
}

/// Whether a password is the one of this hash.
async fn fits(password: String, hash: String) -> Result<bool, Problem> {
    if password.len() > LONGEST {
        return Ok(false);
    }
    blocking(move || {
        let hash = PasswordHash::new(&hash).map_err(|error| Problem::Broken(error.to_string()))?;
        Ok(Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
    })
    .await?
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
    tokio::task::spawn_blocking(work).await.map_err(|error| Problem::Broken(error.to_string()))
}

/// An address as it is compared.
pub(crate) fn address(email: &str) -> Result<String, Problem> {
    let email = email.trim().to_lowercase();
    let shape = email.split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty());
    let fits =
        shape && email.len() <= 254 && !email.contains(|letter: char| letter.is_whitespace() || letter.is_control());
    if fits { Ok(email) } else { Err(Problem::invalid("email", "must be an address such as ana@example.com")) }
}
