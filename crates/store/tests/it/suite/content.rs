//! Messenger profiles, posts and comments.

use engine::change::{Change, ChangeSet};
use engine::facts::{Comment, Media, MediaProductType};
use engine::store::{CommitError, Store};
use wire::id::{CommentId, MediaId};

use crate::make::{ONE, TWO, at, comment, commit, commit_each, media};

async fn profile_properties_are_kept_for_each_account_and_platform(store: &dyn Store) {
    let put = |account, platform, property, value: Option<&str>| Change::PutProfile {
        account,
        platform,
        property,
        value: value.map(str::to_owned),
    };
    commit(store, [put(ONE, "instagram", "persistent_menu", Some("[1]"))]).await;
    commit(store, [put(ONE, "instagram", "ice_breakers", Some("[2]"))]).await;
    commit(store, [put(ONE, "messenger", "ice_breakers", Some("[3]"))]).await;
    commit(store, [put(TWO, "instagram", "ice_breakers", Some("[4]"))]).await;
    let pairs = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    };
    let both = pairs(&[("ice_breakers", "[2]"), ("persistent_menu", "[1]")]);
    assert_eq!(store.profile(ONE, "instagram").await.unwrap(), both);
    assert_eq!(store.profile(ONE, "messenger").await.unwrap(), pairs(&[("ice_breakers", "[3]")]));

    commit(store, [put(ONE, "instagram", "ice_breakers", Some("[5]"))]).await;
    commit(store, [put(ONE, "instagram", "persistent_menu", None)]).await;
    commit(store, [put(ONE, "messenger", "persistent_menu", None)]).await;
    assert_eq!(store.profile(ONE, "instagram").await.unwrap(), pairs(&[("ice_breakers", "[5]")]));
    assert_eq!(store.profile(TWO, "instagram").await.unwrap(), pairs(&[("ice_breakers", "[4]")]));
}

async fn posts_are_listed_newest_first_and_replaced(store: &dyn Store) {
    let posts = [media(ONE, 1, 10), media(ONE, 3, 5), media(ONE, 2, 10), media(TWO, 4, 7)];
    commit_each(store, posts.map(Change::PutMedia)).await;
    assert_eq!(store.media(ONE).await.unwrap(), [media(ONE, 2, 10), media(ONE, 1, 10), media(ONE, 3, 5)]);
    commit(store, [Change::PutMedia(media(ONE, 3, 50))]).await;
    assert_eq!(store.media(ONE).await.unwrap(), [media(ONE, 3, 50), media(ONE, 2, 10), media(ONE, 1, 10)]);
    assert_eq!(store.media(TWO).await.unwrap(), [media(TWO, 4, 7)]);
}

async fn a_post_is_found_by_its_id_and_was_published_somewhere(store: &dyn Store) {
    commit(store, [Change::PutMedia(media(ONE, 9, 10))]).await;
    for (media_product_type, _, number) in MediaProductType::ALL {
        let ended_time = (number % 2 == 0).then_some(at(number));
        let post = Media { media_product_type, ended_time, ..media(ONE, 3, 5) };
        commit(store, [Change::PutMedia(post.clone())]).await;
        assert_eq!(store.medium(ONE, post.id).await.unwrap(), Some(post.clone()));
        assert_eq!(store.medium(TWO, post.id).await.unwrap(), None);
    }
    assert_eq!(store.medium(ONE, MediaId::new(4)).await.unwrap(), None);
}

async fn a_story_ends_once_and_what_is_next_is_known(store: &dyn Store) {
    let story = |account, id, expires: Option<i64>| Media {
        media_product_type: MediaProductType::Story,
        children: vec![MediaId::new(8)],
        link_url: Some("https://shop.example".into()),
        expires_time: expires.map(at),
        ..media(account, id, 1)
    };
    assert_eq!(store.next_expiry().await.unwrap(), None);
    let stories = [story(ONE, 1, Some(30)), story(TWO, 1, Some(20)), story(ONE, 2, Some(40)), story(ONE, 3, None)];
    commit_each(store, stories.map(Change::PutMedia)).await;
    assert_eq!(store.next_expiry().await.unwrap(), Some(at(20)));
    assert_eq!(store.expired_media(at(19), 9).await.unwrap(), []);
    let both = [story(TWO, 1, Some(20)), story(ONE, 1, Some(30))];
    assert_eq!(store.expired_media(at(39), 9).await.unwrap(), both);
    assert_eq!(store.expired_media(at(40), 1).await.unwrap(), both[..1]);
    let end = |expires_time| Change::ExpireMedia {
        account: ONE,
        media: MediaId::new(1),
        expires_time: at(expires_time),
        ended_time: at(31),
    };
    let ended = async |change| store.commit(ChangeSet(vec![change])).await;
    assert!(matches!(ended(end(29)).await, Err(CommitError::Stale)), "it was not to end then");
    ended(end(30)).await.unwrap();
    let over = Media { ended_time: Some(at(31)), ..story(ONE, 1, None) };
    assert_eq!(store.medium(ONE, MediaId::new(1)).await.unwrap(), Some(over));
    assert!(matches!(ended(end(30)).await, Err(CommitError::Stale)), "it ended before");
    assert_eq!(store.expired_media(at(39), 9).await.unwrap(), both[..1]);
}

async fn a_comment_is_found_by_its_id_with_what_became_of_it(store: &dyn Store) {
    let answer = Comment { parent: Some(CommentId::new(9)), ..comment(ONE, 3, 5) };
    let replied = Comment { replied_time: Some(at(7)), ..answer.clone() };
    let deleted = Comment { is_deleted: true, parent: None, ..replied.clone() };
    commit(store, [Change::PutComment(comment(ONE, 9, 1))]).await;
    for comment in [comment(ONE, 3, 5), answer, replied, deleted] {
        commit(store, [Change::PutComment(comment.clone())]).await;
        assert_eq!(store.comment(ONE, comment.id).await.unwrap(), Some(comment.clone()));
        assert_eq!(store.comment(TWO, comment.id).await.unwrap(), None);
    }
    assert_eq!(store.comment(ONE, CommentId::new(4)).await.unwrap(), None);
}

async fn comments_are_listed_oldest_first_and_replaced(store: &dyn Store) {
    let all = [comment(ONE, 2, 10), comment(ONE, 3, 5), comment(ONE, 1, 10), comment(TWO, 4, 7)];
    commit_each(store, all.map(Change::PutComment)).await;
    let oldest_first = [comment(ONE, 3, 5), comment(ONE, 1, 10), comment(ONE, 2, 10)];
    assert_eq!(store.comments(ONE).await.unwrap(), oldest_first);
    commit(store, [Change::PutComment(comment(ONE, 3, 50))]).await;
    assert_eq!(store.comments(ONE).await.unwrap()[2], comment(ONE, 3, 50));
    assert_eq!(store.comments(TWO).await.unwrap(), [comment(TWO, 4, 7)]);
}

on_every_engine! {
    profile_properties_are_kept_for_each_account_and_platform,
    posts_are_listed_newest_first_and_replaced,
    a_post_is_found_by_its_id_and_was_published_somewhere,
    a_story_ends_once_and_what_is_next_is_known,
    comments_are_listed_oldest_first_and_replaced,
    a_comment_is_found_by_its_id_with_what_became_of_it,
}
