//! What was written is read back as it was, whatever it holds.

use proptest::prelude::*;
use testkit::TestWorld;

use crate::MIRA;

#[tokio::test]
async fn every_text_reads_back_as_it_was_sent() {
    let world = TestWorld::start().await;
    for text in [
        "\u{1f469}\u{200d}\u{1f469}\u{200d}\u{1f467}",
        "\u{645}\u{631}\u{62d}\u{628}\u{627}",
        "<&/\"'\\>",
        "a\u{1}b\tc\nd",
        "%40 @ %",
        "\u{fffd}\u{e000}",
    ] {
        let mid = world.page().sends(MIRA, text).await.ok()["message_id"].as_str().unwrap().to_owned();
        let read = world.instagram().get(&format!("/{mid}?fields=message")).await;
        assert_eq!(read.ok()["message"], text);
        assert!(read.body.is_ascii(), "answers are ASCII (contract graph 1.9)");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn any_text_survives_the_whole_trip(text in "\\PC{1,200}") {
        prop_assume!(text.len() <= 1_000 && !text.trim().is_empty());
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        runtime.block_on(async {
            let options = testkit::Options { engine: testkit::Engine::Memory, ..testkit::Options::default() };
            let world = TestWorld::with(options).await;
            let hook = world.subscribe(&["messages"]).await;
            let mid = world.page().sends(MIRA, &text).await.ok()["message_id"].as_str().unwrap().to_owned();
            world.deliver().await;
            let echo = hook.elements().remove(0);
            assert_eq!(echo["message"]["text"], text);
            assert_eq!(world.page().get(&format!("/{mid}?fields=message")).await.ok()["message"], text);
            assert_eq!(world.person("mira.paints").sees().await[0].1, text);
        });
    }
}
