//! The address of the database: one set of settings for each host of the URL.

use std::{error::Error as _, net::IpAddr, time::Duration};

use tokio_postgres::{
    Config,
    config::{Host, SslMode, TargetSessionAttrs},
};

use crate::DbError;

/// A node that is paused in the midst of a transaction holds its account's lock for no longer than this, since the
/// server then ends its session. Twice the usual time-out, so that nobody who is merely slow is cut off.
const IDLE_IN_TRANSACTION: Duration = Duration::from_secs(10);
/// How soon a connection that carries nothing is tried, how often, and how many times before it counts as dead.
const KEEPALIVE: (Duration, Duration, u32) = (Duration::from_secs(10), Duration::from_secs(2), 3);
/// What the options of the URL may be called here or elsewhere. Any other name in a complaint may be a piece of a
/// password that somebody forgot to encode, and is not repeated.
const NAMES: &[&str] = &[
    "application_name",
    "channel_binding",
    "connect_timeout",
    "gssencmode",
    "host",
    "hostaddr",
    "keepalives",
    "keepalives_idle",
    "keepalives_interval",
    "keepalives_retries",
    "load_balance_hosts",
    "options",
    "port",
    "service",
    "sslcert",
    "sslkey",
    "sslmode",
    "sslnegotiation",
    "sslpassword",
    "sslrootcert",
    "target_session_attrs",
    "tcp_user_timeout",
];

/// Names and values of the server's settings.
pub(super) type Settings = &'static [(&'static str, &'static str)];

/// What a connection is for, and so what the server allows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Cannot write, which is why a query on it may be repeated.
    Read,
    /// Commits as durably as the server is set to.
    Write,
    /// Commits without waiting for the disk.
    Relaxed,
    /// Changes the schema, which may take its time.
    Migrate,
}

/// One host of the URL.
#[derive(Clone)]
pub(super) struct Place {
    /// Its name and port, for people.
    pub label: String,
    pub tls: bool,
    config: Config,
    timeout: Duration,
    settings: Settings,
}

impl Place {
    /// The settings of a connection to this host.
    pub fn config(&self, role: Role) -> Config {
        let mut config = self.config.clone();
        let mut options = format!("-c idle_in_transaction_session_timeout={}", IDLE_IN_TRANSACTION.as_millis());
        // A little before we lose patience ourselves: an answer keeps the connection, silence costs it.
        let (statement, lock) = match role {
            Role::Migrate => (0, 0),
            _ => ((self.timeout * 9 / 10).as_millis().max(1), (self.timeout * 6 / 10).as_millis().max(1)),
        };
        options.push_str(&format!(" -c statement_timeout={statement} -c lock_timeout={lock}"));
        if role == Role::Relaxed {
            options.push_str(" -c synchronous_commit=off");
        }
        if role != Role::Migrate {
            for (name, value) in self.settings {
                options.push_str(&format!(" -c {name}={value}"));
            }
        }
        if let Some(more) = self.config.get_options() {
            options.push_str(&format!(" {more}"));
        }
        config.options(options);
        config
    }
}

/// Reads the URL. What is wrong with it is said without quoting it.
pub(super) fn places(url: &str, timeout: Duration, more: Settings) -> Result<Vec<Place>, DbError> {
    let parsed: Config = url.parse().map_err(|error| DbError::Address(complaint(&error)))?;
    let (names, addresses, ports) = (parsed.get_hosts(), parsed.get_hostaddrs(), parsed.get_ports());
    let count = names.len().max(addresses.len());
    let mismatch = !names.is_empty() && !addresses.is_empty() && names.len() != addresses.len();
    if count == 0 {
        return Err(DbError::Address("it names no host".to_owned()));
    }
    if mismatch || (ports.len() > 1 && ports.len() != count) {
        return Err(DbError::Address("it has not as many hosts as ports or addresses".to_owned()));
    }
    // Each host gets its part of the time, and each of the addresses behind its name a part of that.
    let connect = timeout / u32::try_from(count).unwrap_or(u32::MAX) / 2;
    let place = |index: usize| {
        let (name, address) = (names.get(index), addresses.get(index).copied());
        let port = ports.get(index).or(ports.first()).copied().unwrap_or(5432);
        let mut config = settings(&parsed);
        config.port(port).connect_timeout(connect).tcp_user_timeout(timeout);
        match name {
            Some(Host::Tcp(name)) => drop(config.host(name)),
            Some(Host::Unix(folder)) => drop(config.host_path(folder)),
            None => {}
        }
        if let Some(address) = address {
            config.hostaddr(address);
        }
        let mode = mode(&parsed, name, address);
        config.ssl_mode(mode);
        Place { label: label(name, address, port), tls: mode != SslMode::Disable, config, timeout, settings: more }
    };
    Ok((0..count).map(place).collect())
}

/// Everything but the hosts.
fn settings(parsed: &Config) -> Config {
    let mut config = Config::new();
    if let Some(user) = parsed.get_user() {
        config.user(user);
    }
    if let Some(password) = parsed.get_password() {
        config.password(password);
    }
    if let Some(name) = parsed.get_dbname() {
        config.dbname(name);
    }
    if let Some(options) = parsed.get_options() {
        config.options(options);
    }
    let (idle, interval, retries) = KEEPALIVE;
    config
        .application_name(parsed.get_application_name().unwrap_or("parlance"))
        .ssl_negotiation(parsed.get_ssl_negotiation())
        .channel_binding(parsed.get_channel_binding())
        .keepalives_idle(idle)
        .keepalives_interval(interval)
        .keepalives_retries(retries)
        // A standby that answers is not the database: the next host may be.
        .target_session_attrs(TargetSessionAttrs::ReadWrite);
    config
}

fn mode(parsed: &Config, name: Option<&Host>, address: Option<IpAddr>) -> SslMode {
    let loopback = match (name, address) {
        (_, Some(address)) => address.is_loopback(),
        (Some(Host::Tcp(name)), None) => {
            name == "localhost" || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
        }
        (Some(Host::Unix(_)), None) => return SslMode::Disable,
        (None, None) => false,
    };
    match parsed.get_ssl_mode() {
        SslMode::Prefer if loopback => SslMode::Disable,
        mode => mode,
    }
}

fn label(name: Option<&Host>, address: Option<IpAddr>, port: u16) -> String {
    match (name, address) {
        // After an `@` that was not encoded, a piece of the password counts as the host.
        (Some(Host::Tcp(name)), _) => format!("{}:{port}", name.rsplit('@').next().unwrap_or_default()),
        (Some(Host::Unix(folder)), _) => format!("{}/.s.PGSQL.{port}", folder.display()),
        (None, Some(address)) => format!("{address}:{port}"),
        (None, None) => format!(":{port}"),
    }
}

fn complaint(error: &tokio_postgres::Error) -> String {
    let cause = error.source().map(ToString::to_string).unwrap_or_default();
    if NAMES.iter().any(|name| cause.ends_with(&format!("`{name}`"))) {
        cause
    } else {
        "it is not of the form postgres://user:password@host:5432/database".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TIMEOUT: Duration = Duration::from_secs(5);

    fn read(url: &str) -> Vec<Place> {
        places(url, TIMEOUT).unwrap()
    }

    #[test]
    fn tls_is_for_hosts_elsewhere_unless_the_url_says_otherwise() {
        for (host, prefer, require) in [
            ("db.example", true, true),
            ("10.0.0.1", true, true),
            ("localhost", false, true),
            ("127.0.0.2", false, true),
            ("[::1]", false, true),
            ("%2Frun%2Fpostgresql", false, false),
        ] {
            let tls = |mode: &str| read(&format!("postgres://me@{host}/db{mode}"))[0].tls;
            let modes = ["", "?sslmode=prefer", "?sslmode=require", "?sslmode=disable"].map(tls);
            assert_eq!(modes, [prefer, prefer, require, false], "{host}");
        }
        assert!(read("host=localhost hostaddr=10.0.0.1")[0].tls, "the address is where it goes");
        assert!(!read("host=db.example hostaddr=127.0.0.1")[0].tls);
    }

    #[test]
    fn each_host_has_its_own_settings_and_its_part_of_the_time() {
        let places = read("postgres://me:secret@one:1,two,%2Frun:3/db?target_session_attrs=any&options=-c%20a%3Db");
        let labels: Vec<&str> = places.iter().map(|place| place.label.as_str()).collect();
        assert_eq!(labels, ["one:1", "two:5432", "/run/.s.PGSQL.3"]);
        for (place, port) in places.iter().zip([1, 5432, 3]) {
            let config = place.config(Role::Relaxed);
            assert_eq!((config.get_hosts().len(), config.get_ports()), (1, &[port][..]));
            assert_eq!((config.get_password(), config.get_dbname()), (Some(&b"secret"[..]), Some("db")));
            assert_eq!(config.get_target_session_attrs(), TargetSessionAttrs::ReadWrite, "a standby is no use");
            assert_eq!(config.get_connect_timeout(), Some(&(TIMEOUT / 6)));
            let options = config.get_options().unwrap();
            assert!(options.contains("synchronous_commit=off") && options.ends_with(" -c a=b"), "{options}");
        }
    }

    #[test]
    fn a_change_of_the_schema_may_take_its_time() {
        let place = &read("postgres://me@one/db")[0];
        let options = |role| place.config(role).get_options().unwrap().to_owned();
        assert!(options(Role::Write).contains("statement_timeout=4500 -c lock_timeout=3000"));
        assert!(options(Role::Migrate).contains("statement_timeout=0 -c lock_timeout=0"));
        assert!(options(Role::Migrate).contains("idle_in_transaction_session_timeout=10000"));
    }

    #[test]
    fn hosts_that_do_not_add_up_are_refused() {
        for url in ["postgres://", "host=a,b port=1,2,3", "host=a,b hostaddr=10.0.0.1"] {
            assert!(matches!(places(url, TIMEOUT), Err(DbError::Address(_))), "{url}");
        }
    }
}
