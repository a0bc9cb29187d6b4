//! Signals to a process that only waits.

use std::process::{Command, Stdio};

use parlance_rig::process;

#[test]
fn a_process_is_paused_resumed_and_ended() {
    let mut child = Command::new("cat").stdin(Stdio::piped()).spawn().unwrap();
    let pid = child.id();
    assert!(process::alive(pid));
    process::pause(pid).unwrap();
    assert!(process::alive(pid), "a paused process is there");
    process::resume(pid).unwrap();
    process::terminate(pid).unwrap();
    assert_eq!(child.wait().unwrap().code(), None, "a signal ended it");
    assert!(!process::alive(pid));
    assert!(process::terminate(pid).is_err(), "nobody is there to get it");
}

#[test]
fn a_paused_process_is_killed_where_it_stands() {
    let mut child = Command::new("cat").stdin(Stdio::piped()).spawn().unwrap();
    process::pause(child.id()).unwrap();
    process::kill(child.id()).unwrap();
    assert_eq!(child.wait().unwrap().code(), None);
}
