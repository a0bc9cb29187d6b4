//! Clusters that are killed, stopped, started again, followed and promoted.

use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::{env, fs, thread};

use parlance_rig::postgres::{Cluster, Options, database, query};
use parlance_rig::process;
use parlance_rig::wait::until;

/// Says to a copy of this test binary that it is the one to be killed.
const VICTIM: &str = "PARLANCE_RIG_VICTIM";

#[test]
fn what_was_committed_is_there_after_kills_and_restarts() {
    let mut cluster = Cluster::start(Options::default()).unwrap();
    let (port, url) = (cluster.port(), cluster.create_database().unwrap());
    query(&url, "CREATE TABLE kept (n int)").unwrap();
    let stop: [fn(&mut Cluster) -> anyhow::Result<()>; 3] = [Cluster::kill, Cluster::stop, |_| Ok(())];
    for (n, stop) in stop.into_iter().enumerate() {
        query(&url, &format!("INSERT INTO kept VALUES ({n})")).unwrap();
        stop(&mut cluster).unwrap();
        cluster.restart().unwrap();
        assert_eq!(query(&url, "SELECT count(*) FROM kept").unwrap(), (n + 1).to_string());
    }
    assert_eq!(cluster.port(), port);
    cluster.kill().unwrap();
    assert!(TcpStream::connect(cluster.address()).is_err(), "nobody listens after a kill");
    cluster.kill().unwrap();
    assert!(query(&url, "SELECT 1").is_err());
}

#[test]
fn a_kill_ends_busy_connections_too() {
    let mut cluster = Cluster::start(Options::default()).unwrap();
    let url = cluster.url("postgres");
    let sleeper = thread::spawn(move || query(&url, "SELECT pg_sleep(600)"));
    let busy = "SELECT count(*) FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(600)'";
    assert!(until(|| query(&cluster.url("postgres"), busy).unwrap() == "1"));
    cluster.kill().unwrap();
    assert!(sleeper.join().unwrap().is_err());
    cluster.restart().unwrap();
}

#[test]
fn settings_and_durability_are_the_callers_choice() {
    let settings = vec![("jit".to_owned(), "on".to_owned()), ("application_name".to_owned(), "it's".to_owned())];
    let cluster = Cluster::start(Options { durable: true, settings }).unwrap();
    let show = |name: &str| query(&cluster.url("postgres"), &format!("SELECT current_setting('{name}')")).unwrap();
    assert_eq!(["fsync", "full_page_writes", "synchronous_commit", "jit"].map(show), ["on"; 4]);
    assert!(fs::read_to_string(show("config_file")).unwrap().contains("application_name = 'it''s'"));
    assert_eq!([show("lc_collate"), show("server_encoding")], ["C", "UTF8"]);
}

#[test]
fn a_cluster_that_cannot_start_says_what_postgresql_wrote() {
    let settings = vec![("no_such_setting".to_owned(), "1".to_owned())];
    let error = Cluster::start(Options { settings, ..Options::default() }).unwrap_err();
    assert!(error.to_string().contains("no_such_setting"), "{error}");
}

#[test]
fn a_promoted_standby_has_what_was_committed() {
    let mut primary = Cluster::start(Options::default()).unwrap();
    let mut standby = primary.standby().unwrap();
    primary.wait_for(&standby).unwrap();
    query(&primary.url("postgres"), "CREATE TABLE kept AS SELECT 7 AS n").unwrap();
    assert!(query(&standby.url("postgres"), "DELETE FROM kept").is_err(), "a standby takes no writes");
    primary.kill().unwrap();
    standby.promote().unwrap();
    let url = standby.url("postgres");
    assert_eq!(query(&url, "SELECT n FROM kept").unwrap(), "7");
    query(&url, "INSERT INTO kept VALUES (8)").unwrap();
    standby.kill().unwrap();
    standby.restart().unwrap();
    assert_eq!(query(&url, "SELECT sum(n) FROM kept").unwrap(), "15");
}

#[tokio::test]
async fn each_database_is_empty_and_gone_with_its_test() {
    let (one, two) = (database().await, database().await);
    query(&one.url, "CREATE TABLE here (n int)").unwrap();
    assert!(query(&two.url, "TABLE here").is_err());
    let (url, count) = (one.url.clone(), "SELECT count(*) FROM pg_database WHERE datname = ");
    let name = url.rsplit_once('/').unwrap().1;
    assert_eq!(query(&two.url, &format!("{count}'{name}'")).unwrap(), "1");
    drop(one);
    assert_eq!(query(&two.url, &format!("{count}'{name}'")).unwrap(), "0");
}

/// This test starts its own binary a second time, tells that copy to run this test only, and kills it when it has a
/// cluster.
#[test]
fn a_cluster_ends_with_a_process_that_is_killed() {
    if env::var_os(VICTIM).is_some() {
        let cluster = Cluster::start(Options::default()).unwrap();
        println!("\nfolder {}", query(&cluster.url("postgres"), "SHOW data_directory").unwrap());
        thread::park();
    }
    let mut victim = Command::new(env::current_exe().unwrap());
    victim.args(["--exact", "postgres::a_cluster_ends_with_a_process_that_is_killed", "--nocapture"]);
    let mut victim = victim.env(VICTIM, "1").stdout(Stdio::piped()).spawn().unwrap();
    let lines = std::io::BufRead::lines(std::io::BufReader::new(victim.stdout.take().unwrap()));
    let data =
        lines.map(|line| line.unwrap()).find_map(|line| line.strip_prefix("folder ").map(PathBuf::from)).unwrap();
    let lock = fs::read_to_string(data.join("postmaster.pid")).unwrap();
    let postmaster = lock.lines().next().unwrap().parse().unwrap();
    assert!(process::alive(postmaster));
    victim.kill().unwrap();
    victim.wait().unwrap();
    assert!(until(|| !process::alive(postmaster) && !data.parent().unwrap().exists()));
}
