//! TLS: used where the URL asks for it, and only with a certificate that the machine trusts.

use std::{
    fs,
    os::unix::fs::{MetadataExt, PermissionsExt, chown},
    path::Path,
    process::{Command, Stdio},
};

use crate::common::{Numbers, SCHEMA, add};
use parlance_db::{DbError, Postgres, PostgresOptions, Writer};
use rig::postgres::{Cluster, Options, query};
use tempfile::TempDir;

/// Says to a copy of this test binary where the server is; the copy trusts the authority that made its certificate.
const SERVER: &str = "PARLANCE_DB_TLS_SERVER";
const ENCRYPTED: &str = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";

/// An authority, and a certificate of it for this machine.
fn certificates() -> TempDir {
    let folder = TempDir::new().unwrap();
    let openssl = |line: &str| {
        let mut command = Command::new("openssl");
        let output = command.args(line.split(' ')).current_dir(folder.path()).output();
        let output = output.expect("openssl is needed for this test: `apt-get install -y openssl`");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    let new = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2";
    openssl(&format!("{new} -subj /CN=authority -keyout authority.key -out authority.pem"));
    let ours = "-subj /CN=server -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -addext basicConstraints=CA:FALSE";
    openssl(&format!("{new} {ours} -CA authority.pem -CAkey authority.key -keyout server.key -out server.crt"));
    folder
}

/// Gives the server a certificate, as an operator would while it runs.
fn encrypt(cluster: &Cluster, certificates: &Path) {
    let url = cluster.url("postgres");
    let data = query(&url, "SHOW data_directory").unwrap();
    let owner = fs::metadata(&data).unwrap();
    for name in ["server.crt", "server.key"] {
        let to = Path::new(&data).join(name);
        fs::copy(certificates.join(name), &to).unwrap();
        fs::set_permissions(&to, fs::Permissions::from_mode(0o600)).unwrap();
        chown(&to, Some(owner.uid()), Some(owner.gid())).unwrap();
    }
    query(&url, "ALTER SYSTEM SET ssl = on").unwrap();
    query(&url, "SELECT pg_reload_conf()").unwrap();
    assert!(rig::wait::until(|| query(&url, "SHOW ssl").is_ok_and(|on| on == "on")));
}

async fn encrypted(url: &str) -> Result<bool, DbError> {
    let db = Postgres::open(PostgresOptions::at(url), SCHEMA).await?;
    add(&Writer::start(&db, Numbers), 7, 1).await.unwrap();
    let encrypted = db.query(ENCRYPTED, &[]).await?[0].get(0);
    db.close().await?;
    Ok(encrypted)
}

#[tokio::test]
async fn a_certificate_is_checked_by_what_the_machine_trusts() {
    let cluster = Cluster::start(Options::default()).unwrap();
    let url = cluster.url("postgres");
    let without = encrypted(&format!("{url}?sslmode=require")).await.unwrap_err();
    assert!(without.to_string().contains("server does not support TLS"), "{without}");
    let certificates = certificates();
    encrypt(&cluster, certificates.path());
    assert!(!encrypted(&url).await.unwrap(), "nobody listens on a loopback address");
    let strange = encrypted(&format!("{url}?sslmode=require")).await.unwrap_err();
    assert!(strange.to_string().contains("UnknownIssuer"), "{strange}");
    let mut trusting = Command::new(std::env::current_exe().unwrap());
    trusting.args(["--exact", "tls::a_process_that_trusts_the_authority_connects", "--nocapture"]);
    trusting.env(SERVER, &url).env("SSL_CERT_FILE", certificates.path().join("authority.pem")).stdout(Stdio::piped());
    let output = trusting.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(String::from_utf8_lossy(&output.stdout).contains("\nencrypted both ways"));
}

/// Is the copy that the test above starts; by itself it has no server to connect to, and proves that there is none
/// without TLS where it is required.
#[tokio::test]
async fn a_process_that_trusts_the_authority_connects() {
    let Some(server) = std::env::var_os(SERVER) else {
        let shared = format!("{}?sslmode=require", rig::postgres::shared().unwrap());
        assert!(encrypted(&shared).await.is_err());
        return;
    };
    let url = server.into_string().unwrap();
    for host in ["127.0.0.1", "localhost"] {
        let url = format!("{}?sslmode=require", url.replace("127.0.0.1", host));
        assert!(encrypted(&url).await.unwrap(), "{host}");
    }
    let port = url.rsplit([':', '/']).nth(1).unwrap();
    let name = format!("host=db.example hostaddr=127.0.0.1 port={port} user=postgres dbname=postgres sslmode=require");
    let other = encrypted(&name).await.unwrap_err();
    assert!(other.to_string().contains("not valid for name"), "{other}");
    println!("\nencrypted both ways");
}
