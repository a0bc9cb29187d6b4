//! What an account shows: its messenger profiles, posts and comments.

use engine::facts::{Comment, Media, MediaProductType};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wire::id::{AccountId, CommentId, Igsid, MediaId};
use wire::time::Millis;

use super::fields::{Corrupt, Fields};
use super::row::Row;
use super::statement::statements;
use super::value::{TooLarge, int, key, some_int, values};
use super::{Expect, Query, Write};

macro_rules! media_columns {
    () => {
        "account_id, id, caption, media_url, timestamp, media_product_type, ended_time, ad, insights, children, \
        link_url, expires_time"
    };
}
macro_rules! comment_columns {
    () => {
        r#"account_id, id, media_id, "from", text, timestamp, parent_id, replied_time, is_deleted"#
    };
}

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
        concat!(
            "INSERT INTO media (",
            media_columns!(),
            ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (account_id, id) DO UPDATE SET \
            caption = excluded.caption, media_url = excluded.media_url, timestamp = excluded.timestamp, \
            media_product_type = excluded.media_product_type, ended_time = excluded.ended_time, \
            ad = excluded.ad, insights = excluded.insights, children = excluded.children, link_url = excluded.link_url, \
            expires_time = excluded.expires_time"
        )
    }
    MEDIA { concat!("SELECT ", media_columns!(), " FROM media WHERE account_id = $1 ORDER BY timestamp DESC, id DESC") }
    MEDIUM { concat!("SELECT ", media_columns!(), " FROM media WHERE account_id = $1 AND id = $2") }
    EXPIRE_MEDIA {
        "UPDATE media SET expires_time = NULL, ended_time = $4 WHERE account_id = $1 AND id = $2 AND expires_time = $3"
    }
    EXPIRED_MEDIA {
        concat!(
            "SELECT ",
            media_columns!(),
            " FROM media WHERE expires_time <= $1 ORDER BY expires_time, account_id, id LIMIT $2"
        )
    }
    NEXT_EXPIRY { "SELECT min(expires_time) FROM media WHERE expires_time IS NOT NULL" }

    PUT_COMMENT {
        concat!(
            "INSERT INTO comment (",
            comment_columns!(),
            r#") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (account_id, id) DO UPDATE SET
            media_id = excluded.media_id, "from" = excluded."from", text = excluded.text, timestamp = excluded.timestamp,
            parent_id = excluded.parent_id, replied_time = excluded.replied_time, is_deleted = excluded.is_deleted"#
        )
    }
    COMMENTS { concat!("SELECT ", comment_columns!(), " FROM comment WHERE account_id = $1 ORDER BY timestamp, id") }
    COMMENT { concat!("SELECT ", comment_columns!(), " FROM comment WHERE account_id = $1 AND id = $2") }
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

/// A value as it is stored.
fn json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("plain data with text keys is JSON")
}

/// A stored value that may be absent.
fn some_json<T: DeserializeOwned>(json: Option<String>) -> Option<Option<T>> {
    json.map(|json| serde_json::from_str(&json)).transpose().ok()
}

pub(crate) fn put_media(media: &Media) -> Result<Write<'_>, TooLarge> {
    let params = values![
        int(media.account.get())?,
        int(media.id.get())?,
        &media.caption,
        &media.media_url,
        media.timestamp,
        MediaProductType::ALL.iter().find(|row| row.0 == media.media_product_type).map(|row| row.2),
        media.ended_time,
        media.ad.as_ref().map(json),
        media.insights.as_ref().map(json),
        json(&media.children),
        media.link_url.as_deref(),
        media.expires_time,
    ];
    Ok(Write::new(&PUT_MEDIA, params))
}

pub(crate) fn medium(account: AccountId, id: MediaId) -> Query<'static, Media> {
    Query { statement: &MEDIUM, params: values![key(account.get()), key(id.get())], decode: media_row }
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
        media_product_type: fields
            .decode(|number: i64| MediaProductType::ALL.iter().find(|row| row.2 == number).map(|row| row.0))?,
        ended_time: fields.some_time()?,
        ad: fields.decode(some_json)?,
        insights: fields.decode(some_json)?,
        children: fields.decode(|json: String| serde_json::from_str(&json).ok())?,
        link_url: fields.get()?,
        expires_time: fields.some_time()?,
    })
}

/// Ends a story that ends by itself at `expires_time`; whoever comes second is stale.
pub(crate) fn expire_media(
    (account, media): (AccountId, MediaId),
    expires_time: Millis,
    ended_time: Millis,
) -> Result<Write<'static>, TooLarge> {
    let params = values![int(account.get())?, int(media.get())?, expires_time, ended_time];
    Ok(Write { statement: &EXPIRE_MEDIA, params, expect: Expect::One })
}

/// Stories that are to end by now, in the order in which they do.
pub(crate) fn expired_media(now: Millis, limit: u32) -> Query<'static, Media> {
    Query { statement: &EXPIRED_MEDIA, params: values![now, limit], decode: media_row }
}

/// When the next story ends.
pub(crate) fn next_expiry() -> Query<'static, Option<Millis>> {
    Query { statement: &NEXT_EXPIRY, params: values![], decode: |row| Fields::new(row, "media", 0, 0).some_time() }
}

pub(crate) fn put_comment(comment: &Comment) -> Result<Write<'_>, TooLarge> {
    let params = values![
        int(comment.account.get())?,
        int(comment.id.get())?,
        int(comment.media.get())?,
        int(comment.from.get())?,
        &comment.text,
        comment.timestamp,
        some_int(comment.parent.map(CommentId::get))?,
        comment.replied_time,
        comment.is_deleted,
    ];
    Ok(Write::new(&PUT_COMMENT, params))
}

pub(crate) fn comments(account: AccountId) -> Query<'static, Comment> {
    Query { statement: &COMMENTS, params: values![key(account.get())], decode: comment_row }
}

pub(crate) fn comment(account: AccountId, id: CommentId) -> Query<'static, Comment> {
    Query { statement: &COMMENT, params: values![key(account.get()), key(id.get())], decode: comment_row }
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
        parent: fields.some_int(CommentId::new)?,
        replied_time: fields.some_time()?,
        is_deleted: fields.flag()?,
    })
}
