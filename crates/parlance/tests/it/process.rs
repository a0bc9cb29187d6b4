//! The binary as a process that never outlives its test.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, ExitStatus, Output, Stdio};

use serde_json::Value;

/// The binary.
pub const PARLANCE: &str = env!("CARGO_BIN_EXE_parlance");

/// The binary, untouched by the environment of whoever runs the tests.
pub fn parlance() -> Command {
    let mut command = Command::new(PARLANCE);
    command.env_clear();
    command
}

/// A process whose standard output is read; killed and waited for when dropped.
pub struct Running {
    child: Child,
    stdout: Option<BufReader<ChildStdout>>,
}

impl Running {
    /// Starts it.
    pub fn start(command: &mut Command) -> Self {
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().expect("the binary starts");
        let stdout = child.stdout.take().map(BufReader::new);
        Self { child, stdout }
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// The next line it prints, or nothing when it has ended.
    pub fn line(&mut self) -> String {
        let mut line = String::new();
        self.stdout.as_mut().expect("it is still read").read_line(&mut line).expect("standard output is text");
        line
    }

    /// Everything that it prints until it ends.
    pub fn rest(&mut self) -> String {
        let mut rest = String::new();
        self.stdout.as_mut().expect("it is still read").read_to_string(&mut rest).expect("standard output is text");
        rest
    }

    /// Reads no more, as the end of a pipe that has seen enough.
    pub fn close(&mut self) {
        self.stdout = None;
    }

    /// Whether it has not ended yet.
    pub fn is_alive(&mut self) -> bool {
        self.child.try_wait().expect("a child can be asked").is_none()
    }

    /// Waits until it has ended by itself.
    pub fn wait(mut self) -> ExitStatus {
        self.child.wait().expect("a child can be waited for")
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Both fail only for a process that has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A running `parlance dev` or `parlance serve`.
pub struct Emulator {
    process: Running,
    /// The ready line.
    pub ready: Value,
    /// Where it listens.
    pub url: String,
}

impl Emulator {
    /// Starts one on a free port and waits until it is ready.
    pub fn start(data: &Path, settings: &[&str]) -> Self {
        Self::ready(with(&mut dev(data, "127.0.0.1:0"), settings))
    }

    /// The same on a PostgreSQL database, which it may share with others that have the same folder.
    pub fn start_on(database: &str, data: &Path, settings: &[&str]) -> Self {
        Self::ready(with(dev(data, "127.0.0.1:0").args(["--database", database]), settings))
    }

    /// The same without the emulator's surface.
    pub fn serve(data: &Path, settings: &[&str]) -> Self {
        Self::ready(with(&mut serve(data, "127.0.0.1:0"), settings))
    }

    /// Starts what prints a ready line, and waits for it.
    pub fn ready(command: &mut Command) -> Self {
        let mut process = Running::start(command);
        let line = process.line();
        let ready: Value = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{line:?} is not ready: {error}"));
        let url = ready["graph"].as_str().expect("the ready line has the address").to_owned();
        Self { process, ready, url }
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.process.child.id()
    }

    /// `kill -9`, then waits until it is gone.
    pub fn kill(self) {
        drop(self);
    }

    /// Tells it to stop and waits: how it ended, and what it said after the ready line.
    pub fn terminate(self) -> (ExitStatus, String) {
        self.tell_to_stop();
        self.wait()
    }

    /// Tells it to stop.
    pub fn tell_to_stop(&self) {
        let kill = Command::new("sh").args(["-c", &format!("kill -TERM {}", self.process.child.id())]).status();
        assert!(kill.expect("a shell starts").success(), "the process was gone already");
    }

    /// Waits until it has ended: how, and what it said after the ready line.
    pub fn wait(mut self) -> (ExitStatus, String) {
        let rest = self.process.rest();
        (self.process.wait(), rest)
    }
}

/// The bare `parlance dev` on this folder and address, without an inbox, not started yet.
pub fn dev(data: &Path, listen: &str) -> Command {
    let mut command = parlance();
    command.args(["dev", "--no-inbox", "--json", "--listen", listen, "--data"]).arg(data);
    command
}

/// `parlance serve` on this folder and address, not started yet.
pub fn serve(data: &Path, listen: &str) -> Command {
    let mut command = parlance();
    command.args(["serve", "--json", "--listen", listen, "--data"]).arg(data);
    command
}

fn with<'a>(command: &'a mut Command, settings: &[&str]) -> &'a mut Command {
    settings.iter().fold(command, |command, setting| command.args(["--set", setting]))
}

/// What a command that must succeed prints.
#[track_caller]
pub fn printed(command: &mut Command) -> String {
    let output = command.output().expect("the binary starts");
    assert!(output.status.success(), "{command:?}: {}", complaint(&output));
    String::from_utf8(output.stdout).expect("standard output is text")
}

/// What a command that must fail complains about. It prints nothing for scripts, and its complaint is plain text.
#[track_caller]
pub fn refused(command: &mut Command) -> String {
    let output = command.output().expect("the binary starts");
    let complaint = complaint(&output);
    assert!(matches!(output.status.code(), Some(1 | 2)), "{command:?} ended with {}: {complaint}", output.status);
    assert!(output.stdout.is_empty(), "{command:?} printed {:?}", String::from_utf8_lossy(&output.stdout));
    assert!(!complaint.contains('\u{1b}'), "{command:?} colours what no terminal reads: {complaint:?}");
    complaint
}

fn complaint(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}
