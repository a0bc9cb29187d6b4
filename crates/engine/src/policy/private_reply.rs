//! Private replies: one message to the author of a comment (contract send 3.3).

use wire::send::Tag;
use wire::time::{Millis, Span};

use crate::facts::{Comment, Media, MediaProductType, ScopedUser, Thread};
use crate::limits::Bucket;
use crate::refusal::Refusal;

/// How long a comment can be answered, unless it was written during a broadcast.
pub const KEPT: Span = Span::days(7);

/// Decides whether a comment can be answered in private now: once, within seven days or while the broadcast runs, and only if
/// it stands under a post and not under another comment. The Human Agent tag has no place here.
///
/// # Errors
/// [`Refusal::CommentInvalid`].
pub fn decide(comment: &Comment, medium: &Media, tag: Option<Tag>, now: Millis) -> Result<(), Refusal> {
    let in_time = match medium.media_product_type {
        MediaProductType::Live => medium.ended_time.is_none_or(|ended| now < ended),
        MediaProductType::Feed | MediaProductType::Reels | MediaProductType::Story | MediaProductType::Ad => {
            now.since(comment.timestamp) <= KEPT
        }
    };
    let answerable = comment.parent.is_none() && comment.replied_time.is_none() && !comment.is_deleted;
    if in_time && answerable && tag.is_none() { Ok(()) } else { Err(Refusal::CommentInvalid) }
}

/// Decides whether media or a template may go to the author: they follow the account or wrote to it before.
///
/// # Errors
/// [`Refusal::NotAFollower`].
pub fn decide_rich(user: &ScopedUser, thread: Option<&Thread>) -> Result<(), Refusal> {
    let has_chat = thread.is_some_and(|thread| thread.last_person_time.is_some());
    if user.is_user_follow_business || has_chat { Ok(()) } else { Err(Refusal::NotAFollower) }
}

/// What private replies under a post count against (contract send 5.1).
pub fn bucket(medium: Option<&Media>) -> Bucket {
    match medium.map(|medium| medium.media_product_type) {
        Some(MediaProductType::Live) => Bucket::PrivateReplyLive,
        _ => Bucket::PrivateReply,
    }
}

#[cfg(test)]
mod tests {
    use wire::id::{CommentId, MediaId};

    use super::*;
    use crate::policy::samples::{ACCOUNT, IGSID, NOW, thread, user};

    fn comment() -> Comment {
        Comment {
            account: ACCOUNT,
            id: CommentId::new(5),
            media: MediaId::new(4),
            from: IGSID,
            text: "?".into(),
            timestamp: NOW,
            parent: None,
            replied_time: None,
            is_deleted: false,
        }
    }

    fn under(media_product_type: MediaProductType, ended_time: Option<Millis>) -> Media {
        Media {
            account: ACCOUNT,
            id: MediaId::new(4),
            caption: String::new(),
            media_url: String::new(),
            timestamp: NOW,
            media_product_type,
            ended_time,
            ad: None,
            insights: None,
            children: Vec::new(),
            link_url: None,
            expires_time: None,
        }
    }

    #[test]
    fn a_comment_can_be_answered_once_within_seven_days() {
        let no = Err(Refusal::CommentInvalid);
        let (last, late) = (NOW.plus(KEPT), NOW.plus(KEPT).plus(Span::millis(1)));
        for kind in [MediaProductType::Feed, MediaProductType::Reels, MediaProductType::Story, MediaProductType::Ad] {
            let medium = under(kind, None);
            assert_eq!(decide(&comment(), &medium, None, last), Ok(()), "{kind:?}");
            assert_eq!(decide(&comment(), &medium, None, late), no, "{kind:?}");
        }
        let medium = under(MediaProductType::Feed, None);
        for bad in [
            Comment { parent: Some(CommentId::new(1)), ..comment() },
            Comment { replied_time: Some(NOW), ..comment() },
            Comment { is_deleted: true, ..comment() },
        ] {
            assert_eq!(decide(&bad, &medium, None, NOW), no, "{bad:?}");
        }
        assert_eq!(decide(&comment(), &medium, Some(Tag::HumanAgent), NOW), no);
    }

    #[test]
    fn a_comment_on_a_broadcast_can_be_answered_while_it_runs() {
        let ended = NOW.plus(Span::minutes(30));
        let rows = [
            (None, NOW.plus(Span::days(9)), Ok(())),
            (Some(ended), ended.minus(Span::millis(1)), Ok(())),
            (Some(ended), ended, Err(Refusal::CommentInvalid)),
        ];
        for (ended, now, expected) in rows {
            assert_eq!(decide(&comment(), &under(MediaProductType::Live, ended), None, now), expected, "{now:?}");
        }
    }

    #[test]
    fn media_reach_followers_and_people_who_wrote() {
        let follower = ScopedUser { is_user_follow_business: true, ..user() };
        let rows = [
            (&follower, None, Ok(())),
            (&user(), Some(thread(Some(NOW))), Ok(())),
            (&user(), Some(thread(None)), Err(Refusal::NotAFollower)),
            (&user(), None, Err(Refusal::NotAFollower)),
        ];
        for (user, thread, expected) in rows {
            assert_eq!(decide_rich(user, thread.as_ref()), expected, "{thread:?}");
        }
    }

    #[test]
    fn broadcasts_have_an_allowance_of_their_own() {
        assert_eq!(bucket(Some(&under(MediaProductType::Live, None))), Bucket::PrivateReplyLive);
        assert_eq!(bucket(Some(&under(MediaProductType::Reels, None))), Bucket::PrivateReply);
        assert_eq!(bucket(None), Bucket::PrivateReply);
    }
}
