//! Parts of files that never became whole.

use super::*;
use engine::change::Change;
use engine::media::sweep;
use wire::time::Span;

/// A file whose message is not written yet.
async fn under_way(world: &TestWorld, files: &Files) -> engine::facts::Asset {
    let prepared = prepares(world, &[by_url(MediaKind::Image, files.url("png"))]).await.unwrap();
    let Some(Change::AddAsset(asset)) = prepared.changes.into_iter().next() else { unreachable!("one new file") };
    asset
}

async fn is_there(world: &TestWorld, asset: &engine::facts::Asset) -> bool {
    world.world().store.chunk(demo::ACCOUNT, asset.id, 0).await.unwrap().is_some()
}

#[tokio::test]
async fn parts_without_a_file_go_after_a_day_and_files_stay() {
    let (world, files) = (TestWorld::start().await, Files::start().await);
    let (whole, crashed) = (under_way(&world, &files).await, under_way(&world, &files).await);
    world.world().commit(ChangeSet(vec![Change::AddAsset(whole.clone())])).await.unwrap();
    assert!(!is_there(&world, &crashed).await, "nothing is seen of a file that is not whole");

    let begun = world.now();
    world.set_clock(begun.plus(Span::hours(24)));
    sweep::sweep(world.world()).await.unwrap();
    let late = under_way(&world, &files).await;
    world.world().commit(ChangeSet(vec![Change::AddAsset(late.clone())])).await.unwrap();
    assert!(is_there(&world, &late).await);

    world.set_clock(begun.plus(Span::hours(24)).plus(Span::millis(1)));
    sweep::sweep(world.world()).await.unwrap();
    world.world().commit(ChangeSet(vec![Change::AddAsset(crashed.clone())])).await.unwrap();
    assert!(!is_there(&world, &crashed).await, "its parts are gone");
    assert!(is_there(&world, &whole).await);
}

#[tokio::test]
async fn a_server_sweeps_when_it_starts_and_stops_when_told() {
    let (world, files) = (TestWorld::start().await, Files::start().await);
    let crashed = under_way(&world, &files).await;
    world.set_clock(world.now().plus(Span::hours(25)));
    sweep::run(world.world(), std::future::ready(())).await;
    world.world().commit(ChangeSet(vec![Change::AddAsset(crashed.clone())])).await.unwrap();
    assert!(!is_there(&world, &crashed).await);
}
