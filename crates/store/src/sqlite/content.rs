//! What an account shows: its messenger profiles, posts and comments.

use engine::facts::{Comment, Media};
use rusqlite::{Connection, Result, params};
use wire::id::{AccountId, CommentId, Igsid, MediaId};

use super::fields::{Fields, int, key, many, run};

const PUT_PROFILE: &str = "INSERT INTO profile (account_id, platform, property, value) VALUES (?1, ?2, ?3, ?4) \
    ON CONFLICT (account_id, platform, property) DO UPDATE SET value = excluded.value";
const REMOVE_PROFILE: &str = "DELETE FROM profile WHERE account_id = ?1 AND platform = ?2 AND property = ?3";
const PROFILE: &str = "SELECT account_id, platform, property, value FROM profile WHERE account_id = ?1 AND platform = ?2 \
    ORDER BY property";

const PUT_MEDIA: &str = "INSERT INTO media (account_id, id, caption, media_url, timestamp) VALUES (?1, ?2, ?3, ?4, ?5) \
    ON CONFLICT (account_id, id) DO UPDATE SET caption = excluded.caption, media_url = excluded.media_url, \
    timestamp = excluded.timestamp";
const MEDIA: &str = "SELECT account_id, id, caption, media_url, timestamp FROM media WHERE account_id = ?1 \
    ORDER BY timestamp DESC, id DESC";

const PUT_COMMENT: &str = r#"INSERT INTO comment (account_id, id, media_id, "from", text, timestamp)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (account_id, id) DO UPDATE SET media_id = excluded.media_id,
    "from" = excluded."from", text = excluded.text, timestamp = excluded.timestamp"#;
const COMMENTS: &str = r#"SELECT account_id, id, media_id, "from", text, timestamp FROM comment WHERE account_id = ?1
    ORDER BY timestamp, id"#;

pub(super) fn put_profile(
    connection: &Connection,
    account: AccountId,
    platform: &str,
    property: &str,
    value: Option<&str>,
) -> Result<usize> {
    let account = int(account.get())?;
    match value {
        Some(value) => run(connection, PUT_PROFILE, params![account, platform, property, value]),
        None => run(connection, REMOVE_PROFILE, params![account, platform, property]),
    }
}

pub(super) fn profile(connection: &Connection, account: AccountId, platform: &str) -> Result<Vec<(String, String)>> {
    many(connection, PROFILE, params![key(account.get()), platform], |row| {
        let mut fields = Fields::new(row, "profile", 0, 3);
        let (_, _): (i64, String) = (fields.get()?, fields.get()?);
        Ok((fields.get()?, fields.get()?))
    })
}

pub(super) fn put_media(connection: &Connection, media: &Media) -> Result<usize> {
    run(
        connection,
        PUT_MEDIA,
        params![int(media.account.get())?, int(media.id.get())?, media.caption, media.media_url, media.timestamp.get(),],
    )
}

pub(super) fn media(connection: &Connection, account: AccountId) -> Result<Vec<Media>> {
    many(connection, MEDIA, [key(account.get())], |row| {
        let mut fields = Fields::new(row, "media", 0, 2);
        Ok(Media {
            account: fields.int(AccountId::new)?,
            id: fields.int(MediaId::new)?,
            caption: fields.get()?,
            media_url: fields.get()?,
            timestamp: fields.time()?,
        })
    })
}

pub(super) fn put_comment(connection: &Connection, comment: &Comment) -> Result<usize> {
    run(
        connection,
        PUT_COMMENT,
        params![
            int(comment.account.get())?,
            int(comment.id.get())?,
            int(comment.media.get())?,
            int(comment.from.get())?,
            comment.text,
            comment.timestamp.get(),
        ],
    )
}

pub(super) fn comments(connection: &Connection, account: AccountId) -> Result<Vec<Comment>> {
    many(connection, COMMENTS, [key(account.get())], |row| {
        let mut fields = Fields::new(row, "comment", 0, 2);
        Ok(Comment {
            account: fields.int(AccountId::new)?,
            id: fields.int(CommentId::new)?,
            media: fields.int(MediaId::new)?,
            from: fields.int(Igsid::new)?,
            text: fields.get()?,
            timestamp: fields.time()?,
        })
    })
}
