//! Whether a person can be reached (contract send 3.4, 6.5, order of checks step 9).

use crate::facts::{PersonStatus, ScopedUser, Thread};
use crate::refusal::Refusal;

/// Decides whether anything can get to the person.
///
/// # Errors
/// [`Refusal::Unavailable`] when either side blocked the other or the person's account rests, [`Refusal::ThreadGone`] when
/// the person took the thread away.
pub fn decide(user: &ScopedUser, status: PersonStatus, thread: Option<&Thread>) -> Result<(), Refusal> {
    if user.is_user_block_business || user.is_business_block_user || status == PersonStatus::Deactivated {
        return Err(Refusal::Unavailable);
    }
    if thread.is_some_and(|thread| thread.is_removed) {
        return Err(Refusal::ThreadGone);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::samples::{NOW, thread, user};

    #[test]
    fn a_block_of_either_side_shuts_a_thread() {
        let (active, there) = (PersonStatus::Active, thread(Some(NOW)));
        let gone = Thread { is_removed: true, ..thread(Some(NOW)) };
        let rows = [
            (user(), active, &there, Ok(())),
            (ScopedUser { is_user_block_business: true, ..user() }, active, &there, Err(Refusal::Unavailable)),
            (ScopedUser { is_business_block_user: true, ..user() }, active, &there, Err(Refusal::Unavailable)),
            (user(), PersonStatus::Deactivated, &there, Err(Refusal::Unavailable)),
            (user(), active, &gone, Err(Refusal::ThreadGone)),
        ];
        for (user, status, thread, expected) in rows {
            assert_eq!(decide(&user, status, Some(thread)), expected, "{user:?} {status:?}");
        }
        assert_eq!(decide(&user(), active, None), Ok(()));
    }
}
