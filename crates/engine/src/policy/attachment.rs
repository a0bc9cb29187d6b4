//! Whether a file may be sent under an attachment id (contract send 1.7, 4.3).

use wire::send::attachment::MediaKind;
use wire::time::{Millis, Span};

use crate::facts::Attachment;
use crate::refusal::Refusal;

/// How long an id can be sent after it was given out, both ends included (contract send 1.7).
pub const LIFE: Span = Span::days(90);
/// The inbox in which messages of this API appear.
pub const INSTAGRAM: &str = "instagram";
/// The Page's own inbox.
pub const MESSENGER: &str = "messenger";

/// Whether `found` can be sent as `claimed` at `now`. An id that was not given out with `is_reusable` is good for one message.
///
/// # Errors
/// [`Refusal::AttachmentId`]; why is not told, since the id may be another business's.
pub fn decide(found: &Attachment, claimed: MediaKind, now: Millis) -> Result<(), Refusal> {
    let is_used_up = !found.is_reusable && found.used_time.is_some();
    let is_old = now.since(found.created_time) > LIFE;
    if found.platform != INSTAGRAM || found.kind != claimed || is_used_up || is_old {
        return Err(Refusal::AttachmentId);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use wire::id::{AccountId, AppId, AssetId, AttachmentId};

    #[test]
    fn an_id_is_good_for_its_platform_its_kind_its_time_and_its_uses() {
        let created_time = Millis::new(1_000);
        let good = Attachment {
            account: AccountId::new(1),
            id: AttachmentId::new(2),
            platform: INSTAGRAM,
            app: AppId::new(3),
            asset: AssetId::new(4),
            kind: MediaKind::Image,
            is_reusable: true,
            created_time,
            used_time: None,
        };
        let end = created_time.plus(LIFE);
        let used_time = Some(created_time);
        let refused = Err(Refusal::AttachmentId);
        let rows = [
            (good.clone(), MediaKind::Image, created_time, Ok(())),
            (good.clone(), MediaKind::Image, end, Ok(())),
            (good.clone(), MediaKind::Image, end.plus(Span::millis(1)), refused.clone()),
            (good.clone(), MediaKind::Video, created_time, refused.clone()),
            (Attachment { platform: MESSENGER, ..good.clone() }, MediaKind::Image, end, refused.clone()),
            (Attachment { used_time, ..good.clone() }, MediaKind::Image, end, Ok(())),
            (Attachment { is_reusable: false, ..good.clone() }, MediaKind::Image, end, Ok(())),
            (Attachment { is_reusable: false, used_time, ..good }, MediaKind::Image, end, refused),
        ];
        for (index, (found, claimed, now, expected)) in rows.into_iter().enumerate() {
            assert_eq!(decide(&found, claimed, now), expected, "row {index}");
        }
    }
}
