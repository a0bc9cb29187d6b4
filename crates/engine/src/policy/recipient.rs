//! Who is behind an id (contract send 1.2, 3.4, order of checks step 8). Groups do not exist: a thread has one person.

use crate::facts::{PersonStatus, ScopedUser};
use crate::refusal::Refusal;
use crate::store::ThreadFacts;

/// The person of these facts.
///
/// # Errors
/// [`Refusal::NoSuchUser`] for an id that is nobody's for this account, and for somebody whose account is gone.
pub fn decide(facts: &ThreadFacts) -> Result<&ScopedUser, Refusal> {
    match (&facts.user, facts.status) {
        (None, _) | (_, PersonStatus::Deleted) => Err(Refusal::NoSuchUser),
        (Some(user), PersonStatus::Active | PersonStatus::Deactivated) => Ok(user),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::samples;

    #[test]
    fn nobody_and_who_is_gone_look_the_same() {
        assert_eq!(decide(&samples::facts()), Ok(&samples::user()));
        let rests = ThreadFacts { status: PersonStatus::Deactivated, ..samples::facts() };
        assert_eq!(decide(&rests), Ok(&samples::user()), "resting is for the next check");
        for nobody in [
            ThreadFacts { user: None, ..samples::facts() },
            ThreadFacts { status: PersonStatus::Deleted, ..samples::facts() },
        ] {
            assert_eq!(decide(&nobody), Err(Refusal::NoSuchUser));
        }
    }
}
