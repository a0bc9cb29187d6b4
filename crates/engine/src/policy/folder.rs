//! Where a thread is kept (contract send 3.3, 3.4). No folder is on the wire; a request that rests too long is not either.

use wire::time::{Millis, Span};

use crate::facts::{Folder, Thread};

/// How long a request may rest before reads leave it out.
pub const REQUEST_KEPT: Span = Span::days(30);

/// The folder of a thread that begins with somebody, by whether they follow the account.
pub fn of_first(follows: bool) -> Folder {
    if follows { Folder::Primary } else { Folder::Requests }
}

/// The folder after the business wrote by API: General, but for the first private reply, which lands where the person's
/// following puts it.
pub fn after_send(thread: &Thread, follows: bool, is_private_reply: bool) -> Folder {
    if is_private_reply && thread.last_person_time.is_none() { of_first(follows) } else { Folder::General }
}

/// Whether reads leave the thread out: a person's request that nobody answered and that rested for thirty days.
pub fn is_hidden(thread: &Thread, now: Millis) -> bool {
    let is_request = thread.folder == Folder::Requests && thread.last_person_time.is_some();
    is_request && now.since(thread.updated_time) > REQUEST_KEPT
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::samples::{NOW, thread};

    #[test]
    fn an_answer_by_api_moves_to_general_and_a_private_reply_where_the_person_looks() {
        let (written, fresh) = (thread(Some(NOW)), thread(None));
        let rows = [
            (&written, true, false, Folder::General),
            (&written, false, true, Folder::General),
            (&fresh, true, true, Folder::Primary),
            (&fresh, false, true, Folder::Requests),
        ];
        for (thread, follows, private, expected) in rows {
            assert_eq!(after_send(thread, follows, private), expected, "{follows} {private}");
        }
        assert_eq!((of_first(true), of_first(false)), (Folder::Primary, Folder::Requests));
    }

    #[test]
    fn a_request_is_hidden_one_millisecond_after_thirty_days() {
        let request = Thread { folder: Folder::Requests, updated_time: NOW, ..thread(Some(NOW)) };
        let last = NOW.plus(REQUEST_KEPT);
        assert!(!is_hidden(&request, last));
        assert!(is_hidden(&request, last.plus(Span::millis(1))));
        for other in [Thread { folder: Folder::General, ..request.clone() }, Thread { last_person_time: None, ..request }] {
            assert!(!is_hidden(&other, last.plus(Span::days(400))), "{other:?}");
        }
    }
}
