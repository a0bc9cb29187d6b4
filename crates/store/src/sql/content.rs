//! What an account shows: its messenger profiles, posts and comments.

use engine::facts::{Comment, Media};
use wire::id::{AccountId, CommentId, Igsid, MediaId};

use super::fields::{Corrupt, Fields};
use super::row::Row;
use super::statement::statements;
use super::value::{TooLarge, int, key, values};
use super::{Query, Write};

statements! {
    PUT_PROFILE {
        "INSERT INTO profile (account_id, platform, property, value) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (account_id, platform, property) DO UPDATE SET value = excluded.value"
    }
    REMOVE_PROFILE { "DELETE FROM profile WHERE account_id = $1 AND platform = $2 AND property = $3" }
    PROFILE {
        "SELECT account_id, platform, property, value FROM profile WHERE account_id = $1 AND platform = $2 \
        ORDER BY property"
    }

    PUT_MEDIA {
        "INSERT INTO media (account_id, id, caption, media_url, timestamp) VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT (account_id, id) DO UPDATE SET caption = excluded.caption, media_url = excluded.media_url, \
        timestamp = excluded.timestamp"
    }
    MEDIA {
        "SELECT account_id, id, caption, media_url, timestamp FROM media WHERE account_id = $1 \
        ORDER BY timestamp DESC, id DESC"
    }

    PUT_COMMENT {
        r#"INSERT INTO comment (account_id, id, media_id, "from", text, timestamp) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (account_id, id) DO UPDATE SET media_id = excluded.media_id, "from" = excluded."from",
        text = excluded.text, timestamp = excluded.timestamp"#
    }
    COMMENTS {
        r#"SELECT account_id, id, media_id, "from", text, timestamp FROM comment WHERE account_id = $1
        ORDER BY timestamp, id"#
    }
}

pub(crate) fn put_profile<'a>(
    account: AccountId,
    platform: &'a str,
    property: &'a str,
    value: Option<&'a str>,
) -> Result<Write<'a>, TooLarge> {
    let account = int(account.get())?;
    Ok(match value {
        Some(value) => Write::new(&PUT_PROFILE, values![account, platform, property, value]),
        None => Write::new(&REMOVE_PROFILE, values![account, platform, property]),
    })
}

pub(crate) fn profile(account: AccountId, platform: &str) -> Query<'_, (String, String)> {
    Query { statement: &PROFILE, params: values![key(account.get()), platform], decode: profile_row }
}

fn profile_row(row: Row<'_>) -> Result<(String, String), Corrupt> {
    let mut fields = Fields::new(row, "profile", 0, 3);
    let (_, _): (i64, String) = (fields.get()?, fields.get()?);
    Ok((fields.get()?, fields.get()?))
}

pub(crate) fn put_media(media: &Media) -> Result<Write<'_>, TooLarge> {
    let (account, id) = (int(media.account.get())?, int(media.id.get())?);
    Ok(Write::new(&PUT_MEDIA, values![account, id, &media.caption, &media.media_url, media.timestamp]))
}

pub(crate) fn media(account: AccountId) -> Query<'static, Media> {
    Query { statement: &MEDIA, params: values![key(account.get())], decode: media_row }
}

fn media_row(row: Row<'_>) -> Result<Media, Corrupt> {
    let mut fields = Fields::new(row, "media", 0, 2);
    Ok(Media {
        account: fields.int(AccountId::new)?,
        id: fields.int(MediaId::new)?,
        caption: fields.get()?,
        media_url: fields.get()?,
        timestamp: fields.time()?,
    })
}

pub(crate) fn put_comment(comment: &Comment) -> Result<Write<'_>, TooLarge> {
    let params = values![
        int(comment.account.get())?,
        int(comment.id.get())?,
        int(comment.media.get())?,
        int(comment.from.get())?,
        &comment.text,
        comment.timestamp,
    ];
    Ok(Write::new(&PUT_COMMENT, params))
}

pub(crate) fn comments(account: AccountId) -> Query<'static, Comment> {
    Query { statement: &COMMENTS, params: values![key(account.get())], decode: comment_row }
}

fn comment_row(row: Row<'_>) -> Result<Comment, Corrupt> {
    let mut fields = Fields::new(row, "comment", 0, 2);
    Ok(Comment {
        account: fields.int(AccountId::new)?,
        id: fields.int(CommentId::new)?,
        media: fields.int(MediaId::new)?,
        from: fields.int(Igsid::new)?,
        text: fields.get()?,
        timestamp: fields.time()?,
    })
}
