//! Files: their parts, when they are whole, and the ids under which they can be sent.

use bytes::Bytes;
use engine::change::Change;
use engine::facts::{Asset, Attachment, CHUNK_BYTES, Chunk};
use engine::store::Store;
use wire::id::{AssetId, AttachmentId};
use wire::send::attachment::MediaKind;

use crate::make::{APP, ONE, TWO, asset, at, attachment, chunk, commit, stale};

/// What a part holds; nothing while its file is not whole.
async fn bytes(store: &dyn Store, asset: u64, number: u32) -> Option<Bytes> {
    store.chunk(ONE, AssetId::new(asset), number).await.unwrap()
}

async fn a_file_is_read_part_by_part_once_it_is_whole(store: &dyn Store) {
    let all: Vec<u8> = (0..CHUNK_BYTES + 3).map(|at| (at * 7 % 251) as u8).collect();
    let parts: Vec<Bytes> = all.chunks(CHUNK_BYTES).map(Bytes::copy_from_slice).collect();
    for (number, bytes) in (0..).zip(&parts) {
        commit(store, [Change::AddChunk(Chunk { bytes: bytes.clone(), ..chunk(ONE, 1, number) })]).await;
    }
    assert_eq!(bytes(store, 1, 0).await, None, "not whole yet");
    commit(store, [Change::AddAsset(Asset { size: all.len() as u64, ..asset(ONE, 1) })]).await;
    for (number, part) in (0..).zip(&parts) {
        assert_eq!(bytes(store, 1, number).await.as_ref(), Some(part));
    }
    assert_eq!(bytes(store, 1, 2).await, None);
    assert_eq!(store.chunk(TWO, AssetId::new(1), 0).await.unwrap(), None, "another account's");
}

async fn what_is_known_of_a_file_comes_back(store: &dyn Store) {
    let bare = Asset {
        kind: MediaKind::File,
        size: 0,
        width: None,
        height: None,
        duration_ms: None,
        file_name: None,
        ..asset(ONE, 2)
    };
    for asset in [asset(ONE, 1), bare] {
        assert_eq!(store.asset(ONE, asset.id).await.unwrap(), None);
        commit(store, [Change::AddAsset(asset.clone())]).await;
        assert_eq!(store.asset(TWO, asset.id).await.unwrap(), None);
        assert_eq!(store.asset(ONE, asset.id).await.unwrap(), Some(asset.clone()));
        stale(store, [Change::AddAsset(asset)]).await;
    }
    for (kind, _) in MediaKind::ALL {
        let asset = Asset { kind, ..asset(TWO, 10 + kind as u64) };
        commit(store, [Change::AddAsset(asset.clone())]).await;
        assert_eq!(store.asset(TWO, asset.id).await.unwrap(), Some(asset));
    }
}

async fn a_part_has_its_place_once(store: &dyn Store) {
    commit(store, [Change::AddChunk(chunk(ONE, 1, 0))]).await;
    stale(store, [Change::AddChunk(chunk(ONE, 1, 0))]).await;
    commit(store, [Change::AddChunk(chunk(ONE, 1, 1)), Change::AddAsset(asset(ONE, 1))]).await;
    stale(store, [Change::AddChunk(chunk(ONE, 1, 1))]).await;
    commit(store, [Change::AddChunk(chunk(TWO, 1, 0))]).await;
}

async fn a_file_goes_with_its_parts_and_no_others(store: &dyn Store) {
    for (account, number) in [(ONE, 1), (ONE, 2), (TWO, 1)] {
        let set = [Change::AddChunk(chunk(account, number, 0)), Change::AddAsset(asset(account, number))];
        commit(store, set).await;
    }
    commit(store, [Change::RemoveAsset { account: ONE, asset: AssetId::new(1) }]).await;
    assert_eq!(store.asset(ONE, AssetId::new(1)).await.unwrap(), None);
    commit(store, [Change::AddAsset(asset(ONE, 1))]).await;
    assert_eq!(bytes(store, 1, 0).await, None, "its parts went with it");
    assert_eq!(bytes(store, 2, 0).await, Some(chunk(ONE, 2, 0).bytes));
    assert!(store.chunk(TWO, AssetId::new(1), 0).await.unwrap().is_some());
    commit(store, [Change::RemoveAsset { account: ONE, asset: AssetId::new(99) }]).await;
}

async fn only_old_parts_of_files_that_are_not_whole_are_swept(store: &dyn Store) {
    let written = |asset, number, time| Change::AddChunk(Chunk { created_time: at(time), ..chunk(ONE, asset, number) });
    // 1 is whole, 2 is not, 3 is being written, 4 got a part after it was whole, 5 is another account's.
    commit(store, [written(1, 0, 5), Change::AddAsset(asset(ONE, 1))]).await;
    commit(store, [written(2, 0, 5), written(2, 1, 9), written(3, 0, 9), written(3, 1, 10)]).await;
    commit(store, [Change::AddAsset(asset(ONE, 4)), written(4, 0, 5)]).await;
    commit(store, [Change::AddChunk(Chunk { created_time: at(5), ..chunk(TWO, 5, 0) })]).await;
    for _ in 0..2 {
        commit(store, [Change::SweepChunks { account: ONE, before: at(10) }]).await;
    }
    commit(store, [2, 3].map(|number| Change::AddAsset(asset(ONE, number)))).await;
    commit(store, [Change::AddAsset(asset(TWO, 5))]).await;
    for (number, part, there) in [(1, 0, true), (2, 0, false), (2, 1, false), (3, 0, false), (3, 1, true), (4, 0, true)]
    {
        assert_eq!(bytes(store, number, part).await.is_some(), there, "part {part} of {number}");
    }
    assert!(store.chunk(TWO, AssetId::new(5), 0).await.unwrap().is_some());
    commit(store, [Change::SweepChunks { account: ONE, before: at(99) }]).await;
    assert!(bytes(store, 3, 1).await.is_some(), "it is whole by now");
}

async fn an_attachment_comes_back_and_is_replaced(store: &dyn Store) {
    let new = attachment(ONE, 1);
    commit(store, [Change::PutAttachment(new.clone())]).await;
    assert_eq!(store.attachment(ONE, new.id).await.unwrap(), Some(new.clone()));
    assert_eq!(store.attachment(TWO, new.id).await.unwrap(), None);
    assert_eq!(store.attachment(ONE, AttachmentId::new(2)).await.unwrap(), None);
    let used = Attachment { used_time: Some(at(9)), is_reusable: false, platform: "messenger", app: APP, ..new };
    commit(store, [Change::PutAttachment(used.clone())]).await;
    assert_eq!(store.attachment(ONE, used.id).await.unwrap(), Some(used));
}

on_every_engine! {
    a_file_is_read_part_by_part_once_it_is_whole,
    what_is_known_of_a_file_comes_back,
    a_part_has_its_place_once,
    a_file_goes_with_its_parts_and_no_others,
    only_old_parts_of_files_that_are_not_whole_are_swept,
    an_attachment_comes_back_and_is_replaced,
}
