//! The disk is full: writes are refused with an error that passes, reads go on, and all is well when there is space again.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use super::postgres::first_success;
use super::{NO_LIMIT, scale, told, words};
use crate::load::{End, Habit, Nodes, now, some};
use crate::process::{Emulator, PARLANCE, printed};
use crate::site::{Site, catch_up};
use crate::web::Web;

/// More than Parlance's log takes before it is folded into the database, and room for all that is written.
const SIZE: &str = "size=256m";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn disk_full() {
    let folder = tempfile::tempdir().unwrap();
    let disk = Disk::mount(folder.path());
    let mut dev = disk.parlance();
    dev.args(["dev", "--no-inbox", "--json", "--listen", "127.0.0.1:0", "--set", NO_LIMIT, "--data"])
        .arg(folder.path());
    let emulator = Emulator::ready(&mut dev);
    let web = Web::new(&emulator.url);
    let mut site = Site::open(&web).await;
    let (mut refused, mut slowest) = (0, Duration::ZERO);
    let rounds = scale(3, 15);
    for round in 0..rounds {
        let mut load = site.load(&Nodes::new(&[&web]), Habit::Faithful);
        load.answered(10 * some(round)).await;
        disk.fill();
        load.refused(50).await;
        for path in ["/v25.0/me/conversations?platform=instagram", "/_parlance/events", "/_parlance/deliveries"] {
            assert!(!web.get(path).await["data"].as_array().unwrap().is_empty(), "{path}: reads go on");
        }
        disk.free();
        let space = now();
        load.answered(50).await;
        let calls = site.stop(load).await;
        assert!(calls.iter().all(|call| matches!(call.end, End::Done | End::Refused)), "every call has an answer");
        slowest = slowest.max(first_success(&calls, space));
        refused += calls.iter().filter(|call| call.end == End::Refused).count();
        site.look(&web).await;
    }
    assert!(slowest < Duration::from_secs(2), "the first success came {slowest:?} after there was space");
    // What was being delivered when the disk was full is leased still.
    catch_up(&web, "1h").await;
    let findings = site.finish(&web).await;
    assert_eq!(findings.happened, 0, "what was refused has not happened");
    assert!(emulator.terminate().0.success());
    printed(disk.parlance().args(["db", "check", "--data"]).arg(folder.path()));
    let figures = format!(
        "{refused} calls refused with code 2, reads answered; first success at most {} after there was space; \
         `parlance db check` finds nothing; {}",
        words(slowest),
        findings.words()
    );
    told("disk_full", &format!("{rounds} times a full disk under load (SQLite), then space again"), &figures);
}

/// A file system of its own in a folder, which only processes see that are started by it.
struct Disk {
    holder: Child,
    as_user: bool,
    folder: PathBuf,
}

impl Disk {
    /// Mounts it, as root, or else as the root of a user namespace.
    fn mount(folder: &Path) -> Self {
        let mounted = Self::hold(folder, false).or_else(|| Self::hold(folder, true));
        mounted.expect("this test mounts a small tmpfs: run it as root with CAP_SYS_ADMIN, or allow user namespaces")
    }

    /// The file system lives as long as the shell that mounts it, and that waits for the end of its input.
    fn hold(folder: &Path, as_user: bool) -> Option<Self> {
        let mut unshare = Command::new("unshare");
        unshare.args(if as_user { &["--user", "--map-root-user", "--mount"][..] } else { &["--mount"] });
        let script = "mount -t tmpfs -o \"$1\" tmpfs \"$0\" && echo mounted && read -r _";
        unshare.args(["sh", "-c", script]).arg(folder).arg(SIZE);
        let mut holder = unshare.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("util-linux is installed");
        let mut line = String::new();
        BufReader::new(holder.stdout.take().expect("it was piped")).read_line(&mut line).expect("a shell prints text");
        let disk = Self { holder, as_user, folder: folder.to_owned() };
        (line.trim() == "mounted").then_some(disk)
    }

    /// The binary as a process that sees it.
    fn parlance(&self) -> Command {
        let mut command = Command::new("nsenter");
        command.env_clear().args(["--target", &self.holder.id().to_string(), "--mount"]);
        if self.as_user {
            command.args(["--user", "--preserve-credentials"]);
        }
        command.arg(PARLANCE);
        command
    }

    /// A file on it, from where we stand.
    fn filler(&self) -> PathBuf {
        let folder = self.folder.strip_prefix("/").expect("a temporary folder has an absolute path");
        Path::new("/proc").join(self.holder.id().to_string()).join("root").join(folder).join("filler")
    }

    /// Leaves no byte free.
    fn fill(&self) {
        let mut filler = File::create(self.filler()).unwrap();
        for size in [1 << 20, 1 << 12, 1] {
            let bytes = vec![0; size];
            let error = (0..).find_map(|_| filler.write_all(&bytes).err()).expect("a disk is full at some time");
            assert_eq!(error.kind(), ErrorKind::StorageFull);
        }
    }

    fn free(&self) {
        fs::remove_file(self.filler()).unwrap();
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        drop(self.holder.stdin.take());
        // Nobody is left to be told.
        let _ = self.holder.wait();
    }
}
