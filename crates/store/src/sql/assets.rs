//! Files: their parts, what is known of those that are whole, and the ids under which they can be sent.

use bytes::Bytes;
use engine::facts::{Asset, Attachment, Chunk};
use wire::id::{AccountId, AppId, AssetId, AttachmentId};
use wire::send::attachment::MediaKind;
use wire::time::Millis;

use super::fields::{Corrupt, Fields};
use super::row::Row;
use super::statement::statements;
use super::value::{TooLarge, int, key, some_int, values};
use super::{Query, Write};
use crate::shared::PLATFORMS;

macro_rules! asset_columns {
    () => {
        "account_id, id, kind, content_type, size, width, height, duration_ms, file_name, created_time"
    };
}
macro_rules! attachment_columns {
    () => {
        "account_id, id, platform, app_id, asset_id, kind, is_reusable, created_time, used_time"
    };
}

statements! {
    ADD_CHUNK { "INSERT INTO asset_chunk (account_id, asset_id, number, bytes) VALUES ($1, $2, $3, $4)" }
    /// It is noted as loose, unless its file is whole.
    ADD_LOOSE_CHUNK {
        "INSERT INTO loose_chunk (account_id, asset_id, number, created_time) SELECT $1, $2, $3, $4 \
        WHERE NOT EXISTS (SELECT 1 FROM asset WHERE account_id = $1 AND id = $2)"
    }
    ADD_ASSET {
        concat!("INSERT INTO asset (", asset_columns!(), ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
    }
    /// What belongs to a whole file is not loose any more, nor is what is gone.
    FORGET_LOOSE_CHUNKS { "DELETE FROM loose_chunk WHERE account_id = $1 AND asset_id = $2" }
    REMOVE_ASSET { "DELETE FROM asset WHERE account_id = $1 AND id = $2" }
    REMOVE_CHUNKS { "DELETE FROM asset_chunk WHERE account_id = $1 AND asset_id = $2" }
    /// PostgreSQL's text names the files first, so that no plan goes through the account's other ones.
    SWEEP_CHUNKS {
        sqlite: "DELETE FROM asset_chunk WHERE account_id = $1 AND (asset_id, number) IN \
        (SELECT asset_id, number FROM loose_chunk WHERE account_id = $1 AND created_time < $2)",
        postgres: "DELETE FROM asset_chunk c USING (SELECT c.account_id, c.asset_id, c.number FROM loose_chunk l \
        CROSS JOIN LATERAL (SELECT account_id, asset_id, number FROM asset_chunk WHERE account_id = $1 \
        AND asset_id = l.asset_id AND number = l.number LIMIT 1) c WHERE l.account_id = $1 AND l.created_time < $2) l \
        WHERE c.account_id = l.account_id AND c.asset_id = l.asset_id AND c.number = l.number"
    }
    SWEEP_LOOSE_CHUNKS { "DELETE FROM loose_chunk WHERE account_id = $1 AND created_time < $2" }
    ASSET { concat!("SELECT ", asset_columns!(), " FROM asset WHERE account_id = $1 AND id = $2") }
    CHUNK {
        "SELECT c.account_id, c.asset_id, c.number, c.bytes FROM asset_chunk c WHERE c.account_id = $1 \
        AND c.asset_id = $2 AND c.number = $3 AND EXISTS (SELECT 1 FROM asset a WHERE a.account_id = $1 AND a.id = $2)"
    }

    PUT_ATTACHMENT {
        concat!(
            "INSERT INTO attachment (",
            attachment_columns!(),
            ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (account_id, id) DO UPDATE SET \
            platform = excluded.platform, app_id = excluded.app_id, asset_id = excluded.asset_id, kind = excluded.kind, \
            is_reusable = excluded.is_reusable, created_time = excluded.created_time, used_time = excluded.used_time"
        )
    }
    ATTACHMENT { concat!("SELECT ", attachment_columns!(), " FROM attachment WHERE account_id = $1 AND id = $2") }
}

/// A part of a file, loose until its file is whole.
pub(crate) fn add_chunk(chunk: &Chunk) -> Result<Vec<Write<'_>>, TooLarge> {
    let (account, asset, number) = (int(chunk.account.get())?, int(chunk.asset.get())?, chunk.number);
    Ok(vec![
        Write::new(&ADD_CHUNK, values![account, asset, number, chunk.bytes.as_ref()]),
        Write::new(&ADD_LOOSE_CHUNK, values![account, asset, number, chunk.created_time]),
    ])
}

pub(crate) fn add_asset(asset: &Asset) -> Result<Vec<Write<'_>>, TooLarge> {
    let (account, id) = (int(asset.account.get())?, int(asset.id.get())?);
    let params = values![
        account,
        id,
        asset.kind.name(),
        &asset.content_type,
        int(asset.size)?,
        asset.width,
        asset.height,
        some_int(asset.duration_ms)?,
        asset.file_name.as_deref(),
        asset.created_time,
    ];
    Ok(vec![Write::new(&ADD_ASSET, params), Write::new(&FORGET_LOOSE_CHUNKS, values![account, id])])
}

/// A file goes with its parts, also with those that are loose.
pub(crate) fn remove_asset(account: AccountId, asset: AssetId) -> Result<Vec<Write<'static>>, TooLarge> {
    let (account, asset) = (int(account.get())?, int(asset.get())?);
    let statements = [&REMOVE_ASSET, &REMOVE_CHUNKS, &FORGET_LOOSE_CHUNKS];
    Ok(statements.into_iter().map(|statement| Write::new(statement, values![account, asset])).collect())
}

pub(crate) fn sweep_chunks(account: AccountId, before: Millis) -> Result<Vec<Write<'static>>, TooLarge> {
    let account = int(account.get())?;
    let statements = [&SWEEP_CHUNKS, &SWEEP_LOOSE_CHUNKS];
    Ok(statements.into_iter().map(|statement| Write::new(statement, values![account, before])).collect())
}

pub(crate) fn asset(account: AccountId, id: AssetId) -> Query<'static, Asset> {
    Query { statement: &ASSET, params: values![key(account.get()), key(id.get())], decode: asset_row }
}

fn asset_row(row: Row<'_>) -> Result<Asset, Corrupt> {
    let mut fields = Fields::new(row, "asset", 0, 2);
    Ok(Asset {
        account: fields.int(AccountId::new)?,
        id: fields.int(AssetId::new)?,
        kind: fields.decode(|name: String| media_kind(&name))?,
        content_type: fields.get()?,
        size: fields.int(|size| size)?,
        width: fields.some_small()?,
        height: fields.some_small()?,
        duration_ms: fields.some_int(|duration| duration)?,
        file_name: fields.get()?,
        created_time: fields.time()?,
    })
}

/// A part of a file that is whole.
pub(crate) fn chunk(account: AccountId, asset: AssetId, number: u32) -> Query<'static, Bytes> {
    let params = values![key(account.get()), key(asset.get()), number];
    Query { statement: &CHUNK, params, decode: chunk_row }
}

fn chunk_row(row: Row<'_>) -> Result<Bytes, Corrupt> {
    let mut fields = Fields::new(row, "asset_chunk", 0, 3);
    let _key: (i64, i64, i64) = (fields.get()?, fields.get()?, fields.get()?);
    fields.decode(|bytes: Vec<u8>| Some(Bytes::from(bytes)))
}

pub(crate) fn put_attachment(attachment: &Attachment) -> Result<Write<'static>, TooLarge> {
    let params = values![
        int(attachment.account.get())?,
        int(attachment.id.get())?,
        attachment.platform,
        int(attachment.app.get())?,
        int(attachment.asset.get())?,
        attachment.kind.name(),
        attachment.is_reusable,
        attachment.created_time,
        attachment.used_time,
    ];
    Ok(Write::new(&PUT_ATTACHMENT, params))
}

pub(crate) fn attachment(account: AccountId, id: AttachmentId) -> Query<'static, Attachment> {
    Query { statement: &ATTACHMENT, params: values![key(account.get()), key(id.get())], decode: attachment_row }
}

fn attachment_row(row: Row<'_>) -> Result<Attachment, Corrupt> {
    let mut fields = Fields::new(row, "attachment", 0, 2);
    Ok(Attachment {
        account: fields.int(AccountId::new)?,
        id: fields.int(AttachmentId::new)?,
        platform: fields.decode(|name: String| PLATFORMS.into_iter().find(|platform| *platform == name))?,
        app: fields.int(AppId::new)?,
        asset: fields.int(AssetId::new)?,
        kind: fields.decode(|name: String| media_kind(&name))?,
        is_reusable: fields.flag()?,
        created_time: fields.time()?,
        used_time: fields.some_time()?,
    })
}

fn media_kind(name: &str) -> Option<MediaKind> {
    MediaKind::ALL.iter().find(|row| row.1 == name).map(|row| row.0)
}
