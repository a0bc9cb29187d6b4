//! SIGTERM under load: what was begun is answered, what was answered is there, and nothing else is.

use std::io::{Read, Write};
use std::net::TcpStream;

use engine::demo;

use crate::load::{End, Habit, Nodes, Side, some};
use crate::process::Emulator;
use crate::site::{Site, catch_up};
use crate::web::Web;

const ROUNDS: usize = 5;
/// No limit may slow the load down, and the receiver is on this machine.
const SETTINGS: [&str; 3] = ["send_per_second=0", "webhook_https_only=false", "private_addresses=true"];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_drain_under_load_answers_what_it_took_and_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let emulator = Emulator::start(folder.path(), &SETTINGS);
    let mut site = Site::open(&Web::new(&emulator.url)).await;
    assert!(emulator.terminate().0.success());

    let (people, business) = site.writers.into_iter().partition(|writer| writer.side == Side::Person);
    site.writers = business;
    for round in 0..ROUNDS {
        let node = Emulator::serve(folder.path(), &SETTINGS);
        let mut load = site.load(&Nodes::new(&[&Web::new(&node.url)]), Habit::Faithful);
        load.answered(4 * some(round)).await;
        node.tell_to_stop();
        load.turned_away(1).await;
        let calls = site.stop(load).await;
        assert!(calls.iter().all(|call| matches!(call.end, End::Done | End::NotTaken)), "every call has its answer");
        assert!(node.wait().0.success());
    }

    let emulator = Emulator::start(folder.path(), &SETTINGS);
    let web = Web::new(&emulator.url);
    catch_up(&web, "1h").await;
    site.writers.extend::<Vec<_>>(people);
    let findings = site.finish(&web).await;
    assert_eq!((findings.in_doubt, findings.happened), (0, 0), "what has no answer was not taken up");
}

/// A connection as a client without a library has it.
struct Raw(TcpStream);

impl Raw {
    fn open(url: &str) -> Self {
        Self(TcpStream::connect(url.trim_start_matches("http://")).unwrap())
    }

    fn write(&mut self, text: &str) {
        self.0.write_all(text.as_bytes()).unwrap();
    }

    /// Reads up to the end of one answer, whose body is short.
    fn answer(&mut self) -> String {
        let mut read = String::new();
        while !read.ends_with('}') {
            let mut bytes = [0; 4_096];
            let count = self.0.read(&mut bytes).unwrap();
            assert!(count > 0, "it ended amid {read:?}");
            read.push_str(std::str::from_utf8(&bytes[..count]).unwrap());
        }
        read
    }

    /// Reads until the other side closes.
    fn rest(&mut self) -> String {
        let mut rest = String::new();
        self.0.read_to_string(&mut rest).unwrap();
        rest
    }
}

const ASKED: &str = "GET /v25.0/me?fields=id HTTP/1.1\r\nHost: localhost\r\n";

fn rest_of_request() -> String {
    format!("Authorization: Bearer {}\r\n\r\n", demo::PAGE_TOKEN)
}

#[test]
fn a_request_that_is_still_being_read_is_answered_and_its_connection_closed() {
    let folder = tempfile::tempdir().unwrap();
    let node = Emulator::start(folder.path(), &[]);
    let [mut idle, mut first, mut second] = [(); 3].map(|()| Raw::open(&node.url));
    for connection in [&mut idle, &mut second] {
        connection.write(&format!("{ASKED}{}", rest_of_request()));
        assert!(connection.answer().starts_with("HTTP/1.1 200"));
    }
    // Of one it is the first request, of the other the second one.
    first.write(ASKED);
    second.write(ASKED);
    // Both have been read when an answer to a later request is there.
    idle.write(&format!("{ASKED}{}", rest_of_request()));
    assert!(idle.answer().starts_with("HTTP/1.1 200"));
    node.tell_to_stop();
    assert_eq!(idle.rest(), "", "a connection without a request is closed");
    assert!(TcpStream::connect(node.url.trim_start_matches("http://")).is_err(), "nothing new is accepted");
    for mut connection in [first, second] {
        connection.write(&rest_of_request());
        let answer = connection.rest();
        assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("connection: close"), "{answer}");
    }
    assert!(node.wait().0.success());
}

#[test]
fn told_to_stop_twice_it_ends_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let node = Emulator::start(folder.path(), &[]);
    let [mut idle, mut hanging] = [(); 2].map(|()| Raw::open(&node.url));
    hanging.write(ASKED);
    idle.write(&format!("{ASKED}{}", rest_of_request()));
    idle.answer();
    node.tell_to_stop();
    idle.rest();
    node.tell_to_stop();
    assert_eq!(node.wait().0.code(), Some(1));
    assert_eq!(Emulator::start(folder.path(), &[]).ready["ready"], true, "the next start finds all in order");
}
