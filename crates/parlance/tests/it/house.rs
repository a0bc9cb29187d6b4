//! `parlance db`, as somebody who runs a server uses it.

use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use engine::demo;
use rig::postgres;
use serde_json::{Value, json};

use crate::process::{Emulator, Running, parlance, printed, refused};
use crate::web::Web;

/// `parlance db …`.
fn db(args: &[&str]) -> Command {
    let mut command = parlance();
    command.arg("db").args(args);
    command
}

fn copy(from: &str, to: &str) -> Command {
    db(&["copy", "--from", from, "--to", to])
}

fn sqlite(folder: &Path) -> String {
    format!("sqlite:{}", folder.join("parlance.db").display())
}

/// A folder with a demo world in which so many more messages were written.
async fn written(folder: &Path, messages: usize) -> Value {
    let emulator = Emulator::start(folder, &[]);
    let thread = write(&Web::new(&emulator.url), messages).await;
    assert!(emulator.terminate().0.success());
    thread
}

/// Writes messages and gives the thread that they are in.
async fn write(web: &Web, messages: usize) -> Value {
    for number in 0..messages {
        let body = json!({"to": demo::USERNAME, "text": format!("number {number} ✓")});
        web.post("/_parlance/people/mira.paints/messages", &body).await;
    }
    thread(web).await
}

async fn thread(web: &Web) -> Value {
    web.get(&format!("/_parlance/people/mira.paints/messages?with={}", demo::USERNAME)).await["data"].clone()
}

/// The emulator on a database elsewhere, with its key in `data`.
fn served(data: &Path, database: &str) -> (Running, Web) {
    let mut command = parlance();
    command
        .args(["dev", "--no-inbox", "--json", "--listen", "127.0.0.1:0", "--database", database, "--data"])
        .arg(data);
    let mut running = Running::start(&mut command);
    let line: Value = serde_json::from_str(&running.line()).unwrap();
    let web = Web::new(line["graph"].as_str().unwrap());
    (running, web)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Kills a command as soon as it has said so many lines on standard error; tells whether it did not end before.
fn killed(command: &mut Command, lines: usize) -> bool {
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let said = BufReader::new(child.stderr.take().unwrap()).lines().take(lines).count();
    let _ = child.kill();
    child.wait().unwrap();
    said == lines
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_world_moves_to_postgresql_and_back_though_the_move_is_killed_again_and_again() {
    let (folder, back) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let before = written(folder.path(), 12).await;
    let database = postgres::database().await;
    let mut kills = 0;
    while kills < 12 && killed(&mut copy(&sqlite(folder.path()), &database.url), 2) {
        kills += 1;
    }
    assert!(kills > 3, "{kills}");
    let output = printed(&mut copy(&sqlite(folder.path()), &database.url));
    assert!(output.contains("begun earlier is whole") && output.contains("/key, or"), "{output}");
    let messages = output.lines().find(|line| line.starts_with("message ")).unwrap();
    assert!(
        messages
            .contains(&format!(" {} rows  ", postgres::query(&database.url, "SELECT count(*) FROM message").unwrap()))
    );

    let (running, web) = served(folder.path(), &database.url);
    assert_eq!(thread(&web).await, before);
    let after = write(&web, 5).await;
    assert_eq!(after.as_array().unwrap()[5..], before.as_array().unwrap()[..]);
    drop(running);
    printed(&mut db(&["check", "--database", &database.url]));

    printed(&mut copy(&database.url, &sqlite(back.path())));
    std::fs::copy(folder.path().join("key"), back.path().join("key")).unwrap();
    let emulator = Emulator::start(back.path(), &[]);
    assert_eq!(thread(&Web::new(&emulator.url)).await, after);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_of_a_running_server_is_restored_into_another_folder_and_its_own() {
    let (folder, away) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (backup, other) = (away.path().join("backup"), away.path().join("other"));
    let backup_args = |data: &Path| {
        let mut command = db(&["backup", "--data"]);
        command.arg(data).arg("--to").arg(&backup);
        command
    };
    let restore = |data: &Path, more: &[&str]| {
        let mut command = db(&["restore", "--from"]);
        command.arg(&backup).arg("--data").arg(data).args(more);
        command
    };
    let emulator = Emulator::start(folder.path(), &[]);
    let web = Web::new(&emulator.url);
    let before = write(&web, 10).await;
    printed(&mut backup_args(folder.path()));
    let after = write(&web, 1).await;
    assert!(refused(&mut restore(folder.path(), &["--replace"])).contains("in use"));
    emulator.terminate();
    assert_eq!(std::fs::metadata(backup.join("key")).unwrap().permissions().mode() & 0o777, 0o600);

    printed(&mut restore(&other, &[]));
    let emulator = Emulator::start(&other, &[]);
    assert_eq!(thread(&Web::new(&emulator.url)).await, before);
    emulator.terminate();

    assert!(refused(&mut restore(folder.path(), &[])).contains("--replace"));
    let kept = printed(&mut restore(folder.path(), &["--replace"]));
    let emulator = Emulator::start(folder.path(), &[]);
    assert_eq!(thread(&Web::new(&emulator.url)).await, before);
    emulator.terminate();
    let kept = kept.lines().find_map(|line| line.split_once(" was there is ")).unwrap().1;
    let (running, web) = served(folder.path(), &format!("sqlite:{kept}"));
    assert_eq!(thread(&web).await, after, "what was replaced is kept");
    drop(running);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_done_is_said_in_a_sentence_without_the_password() {
    let folder = tempfile::tempdir().unwrap();
    written(folder.path(), 1).await;
    let data = folder.path().to_str().unwrap();
    let emulator = Emulator::start(folder.path(), &[]);
    let database = postgres::database().await;
    let to = database.url.replace("postgres://postgres@", "postgres://postgres:s3cret@");
    let complaint = refused(&mut copy(&sqlite(folder.path()), &to));
    assert!(complaint.contains("in use"), "{complaint}");
    emulator.terminate();
    let nowhere = "postgres://ann:s3cret@127.0.0.1:1/house";
    for (mut command, why) in [
        (copy("sqlite:/nowhere/parlance.db", &to), "no database"),
        (copy("parlance.db", &to), "--from cannot be used"),
        (copy(&sqlite(folder.path()), nowhere), "cannot reach"),
        (db(&["migrate", "--database", nowhere]), "cannot reach"),
        (db(&["check", "--database", nowhere]), "cannot reach"),
        (db(&["distribute", "--database", nowhere]), "cannot reach"),
        (db(&["distribute", "--data", data]), "parlance db copy"),
        (db(&["backup", "--to", "/nowhere/b", "--database", &to]), "pg_dump"),
        (db(&["restore", "--from", data, "--database", &to]), "pg_restore"),
        (db(&["check", "--database", &to]), "parlance db migrate"),
    ] {
        let complaint = refused(&mut command);
        assert!(complaint.contains(why) && !complaint.contains("s3cret"), "{command:?}: {complaint}");
    }
    printed(&mut copy(&sqlite(folder.path()), &to));
    let complaint = refused(&mut copy(&sqlite(folder.path()), &to));
    assert!(complaint.contains("not empty") && !complaint.contains("s3cret"), "{complaint}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_schema_is_brought_up_to_date_once() {
    let folder = tempfile::tempdir().unwrap();
    let database = postgres::database().await;
    let file = sqlite(&folder.path().join("new"));
    for url in [&database.url, &file] {
        let first = printed(&mut db(&["migrate", "--database", url]));
        assert!(first.starts_with("the schema went from number 0 to number "), "{first}");
        let second = printed(&mut db(&["migrate", "--database", url]));
        assert!(second.starts_with("the schema is up to date: number "), "{second}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_check_fails_when_a_rule_is_broken() {
    let folder = tempfile::tempdir().unwrap();
    written(folder.path(), 3).await;
    let data = folder.path().to_str().unwrap();
    let sound = printed(&mut db(&["check", "--data", data]));
    assert!(sound.lines().count() > 30 && sound.lines().all(|line| line.starts_with("ok ")), "{sound}");
    let database = postgres::database().await;
    printed(&mut copy(&sqlite(folder.path()), &database.url));
    postgres::query(&database.url, "UPDATE thread SET message_count = 0").unwrap();
    let Output { status, stdout, stderr } = db(&["check", "--database", &database.url]).output().unwrap();
    assert_eq!(status.code(), Some(1));
    let broken: Vec<_> = text(&stdout).lines().filter(|line| line.starts_with("BROKEN ")).map(str::to_owned).collect();
    assert!(broken.len() == 1 && broken[0].contains("message count") && broken[0].contains("not so for"), "{broken:?}");
    assert!(text(&stderr).contains("1 of "), "{}", text(&stderr));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn distributing_without_citus_prints_what_would_be_done_and_fails() {
    let database = postgres::database().await;
    let Output { status, stdout, stderr } = db(&["distribute", "--database", &database.url]).output().unwrap();
    assert_eq!(status.code(), Some(1));
    let (stdout, stderr) = (text(&stdout), text(&stderr));
    assert!(stdout.contains("SELECT create_reference_table('\"app\"');"), "{stdout}");
    assert!(
        stdout.contains("SELECT create_distributed_table('\"message\"', 'account_id', colocate_with => 'install');"),
        "{stdout}"
    );
    assert!(stderr.contains("this PostgreSQL has no Citus"), "{stderr}");
}
