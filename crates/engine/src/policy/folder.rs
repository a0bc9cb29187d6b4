//! Where a thread is kept (contract send 3.3, 3.4). No folder is on the wire.

use crate::facts::{Folder, Thread};

/// The folder of a thread that begins with somebody, by whether they follow the account.
pub fn of_first(follows: bool) -> Folder {
    if follows { Folder::Primary } else { Folder::Requests }
}

/// The folder after the business wrote by API: General, but for the first private reply, which lands where the person's
/// following puts it.
pub fn after_send(thread: &Thread, follows: bool, is_private_reply: bool) -> Folder {
    if is_private_reply && thread.last_person_time.is_none() { of_first(follows) } else { Folder::General }
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
}
