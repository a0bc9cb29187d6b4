//! Two nodes are stopped in order and started again, one after the other, while clients go on: nobody sees an error.

use rig::postgres::database;

use super::{NO_LIMIT, assert_sound, scale, told};
use crate::load::{End, Habit, Nodes};
use crate::process::Emulator;
use crate::site::Site;
use crate::web::Web;

/// A lease outlasts the test: one that a node does not give back as it ends is a delivery that never comes.
const SETTINGS: [&str; 3] = [NO_LIMIT, "webhook_timeout_ms=20000", "delivery_lease_ms=1200000"];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rolling_restart() {
    let (folder, database) = (tempfile::tempdir().unwrap(), database().await);
    let start = || {
        let node = Emulator::start_on(&database.url, folder.path(), &SETTINGS);
        let web = Web::new(&node.url);
        (Some(node), web)
    };
    let mut running = [start(), start()];
    let mut site = Site::open(&running[0].1).await;
    let nodes = Nodes::new(&[&running[0].1, &running[1].1]);
    let mut load = site.load(&nodes, Habit::Turns);
    let rounds = scale(2, 20);
    for _ in 0..rounds {
        for (place, (node, web)) in running.iter_mut().enumerate() {
            load.answered(50).await;
            let (status, rest) = node.take().expect("it runs").terminate();
            assert!(status.success() && rest.is_empty(), "{status}: {rest}");
            load.answered(50).await;
            (*node, *web) = start();
            nodes.replace(place, web);
        }
    }
    load.answered(50).await;
    let calls = site.stop(load).await;
    let ended = |end| calls.iter().filter(|call| call.end == end).count();
    assert_eq!((ended(End::Refused), ended(End::Lost)), (0, 0), "every call that was taken has succeeded");
    let findings = site.finish(&running[0].1).await;
    assert_eq!((findings.in_doubt, findings.happened), (0, 0));
    assert_eq!(findings.doubles, 0, "no delivery is made by two nodes, and what was being posted is finished");
    for (node, _) in running {
        assert!(node.expect("it runs").terminate().0.success());
    }
    assert_sound(&database.url);
    let figures = format!(
        "no 5xx, no answer lost; {} calls not taken and made on the other node; {}",
        ended(End::NotTaken),
        findings.words()
    );
    told("rolling_restart", &format!("{rounds} times SIGTERM and start of each of two nodes under load"), &figures);
}
