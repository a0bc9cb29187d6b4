//! Where ids and randomness come from.
//!
//! Numeric ids are time-ordered: milliseconds since 2024 in the upper bits, a counter in the lower twelve. They have 15 to
//! 16 digits until the year 2090, the width that clients expect of Graph ids (contract graph 8.1). Ids of posts and comments
//! have 18 and begin with 17 and 18, those of professional accounts 17 and begin with 17841 (contract send 2.2).

use parking_lot::Mutex;
use wire::id::{AccountId, AppId, AssetId, AttachmentId, CommentId, FlowId, Igsid, MediaId, PageId, PersonId};
use wire::time::Millis;

/// 2024-01-01T00:00:00Z, where the ids' own time begins.
const ID_EPOCH: i64 = 1_704_067_200_000;

/// The ids' own time never stands before this, so that they have fifteen digits when a clock is set to years gone by.
const EARLIEST: u64 = 25_000_000_000;

/// Lower bits of an id, which count within a millisecond.
const COUNTER_BITS: u32 = 12;

/// What the ids of professional accounts begin with. Twelve digits follow: seconds, and a number within the second.
const ACCOUNTS: u64 = 17_841_000_000_000_000;
const ACCOUNTS_A_SECOND: u64 = 1_000;
/// What the ids of posts and of comments begin with. Sixteen digits follow.
const MEDIA: u64 = 170_000_000_000_000_000;
const COMMENTS: u64 = 180_000_000_000_000_000;

/// A source of unpredictable bytes.
pub trait Entropy: Send + Sync {
    /// Fills the whole buffer.
    fn fill(&self, buffer: &mut [u8]);
}

/// The operating system's random source, for production.
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    #[expect(clippy::disallowed_methods, reason = "the one place where the system's randomness is read")]
    fn fill(&self, buffer: &mut [u8]) {
        getrandom::fill(buffer).expect("the operating system gives random bytes");
    }
}

/// A repeatable source for tests: the same seed gives the same bytes (SplitMix64). Never for production.
pub struct SeededEntropy(Mutex<u64>);

impl SeededEntropy {
    /// A source that starts at `seed`.
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new(seed))
    }
}

impl Entropy for SeededEntropy {
    fn fill(&self, buffer: &mut [u8]) {
        let mut state = self.0.lock();
        for chunk in buffer.chunks_mut(8) {
            *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = *state;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            let bytes = (z ^ (z >> 31)).to_le_bytes();
            chunk.copy_from_slice(&bytes[..chunk.len()]);
        }
    }
}

/// Makes ids that grow with time and are unique within this process. Each process begins at another place within a
/// millisecond, so that two of them rarely make the same one; where they do, the store's unique keys answer *stale*, or
/// the use case finds the id taken, and makes another.
pub struct Ids {
    last: Mutex<u64>,
    /// Where this process begins in each millisecond.
    place: u64,
    entropy: Box<dyn Entropy>,
}

impl Ids {
    /// A generator over the given randomness.
    pub fn new(entropy: impl Entropy + 'static) -> Self {
        let mut place = [0; 2];
        entropy.fill(&mut place);
        let place = u64::from(u16::from_le_bytes(place)) % (1 << COUNTER_BITS);
        Self { last: Mutex::new(0), place, entropy: Box::new(entropy) }
    }

    fn next(&self, now: Millis) -> u64 {
        let base = u64::try_from(now.get().saturating_sub(ID_EPOCH)).unwrap_or(0).max(EARLIEST) << COUNTER_BITS;
        let mut last = self.last.lock();
        *last = (base + self.place).max(*last + 1);
        *last
    }

    /// A new app, by either of its two ids.
    pub fn app(&self, now: Millis) -> AppId {
        AppId::new(self.next(now))
    }

    /// A new Page.
    pub fn page(&self, now: Millis) -> PageId {
        PageId::new(self.next(now))
    }

    /// A new professional account. A thousand a second differ for sure; of more, whoever uses it finds some taken.
    pub fn account(&self, now: Millis) -> AccountId {
        let number = self.next(now);
        let seconds = (number >> COUNTER_BITS) / 1_000 % 1_000_000_000;
        AccountId::new(ACCOUNTS + seconds * ACCOUNTS_A_SECOND + number % ACCOUNTS_A_SECOND)
    }

    /// A new person.
    pub fn person(&self, now: Millis) -> PersonId {
        PersonId::new(self.next(now))
    }

    /// A new Instagram-scoped id of a person for one account.
    pub fn igsid(&self, now: Millis) -> Igsid {
        Igsid::new(self.next(now))
    }

    /// A new post.
    pub fn media(&self, now: Millis) -> MediaId {
        MediaId::new(MEDIA + self.next(now))
    }

    /// A new comment.
    pub fn comment(&self, now: Millis) -> CommentId {
        CommentId::new(COMMENTS + self.next(now))
    }

    /// A new file.
    pub fn asset(&self, now: Millis) -> AssetId {
        AssetId::new(self.next(now))
    }

    /// A new id under which a file can be sent.
    pub fn attachment(&self, now: Millis) -> AttachmentId {
        AttachmentId::new(self.next(now))
    }

    /// A new welcome message flow.
    pub fn flow(&self, now: Millis) -> FlowId {
        FlowId::new(self.next(now))
    }

    /// So many fresh random bytes in hexadecimal, two lower-case digits each.
    pub fn random_hex<const N: usize>(&self) -> String {
        hex(&self.random::<N>())
    }

    /// Fresh random bytes.
    pub fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.entropy.fill(&mut bytes);
        bytes
    }
}

/// Bytes as lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |text, byte| format!("{text}{byte:02x}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_grow_and_have_the_width_clients_expect() {
        let ids = Ids::new(SeededEntropy::new(1));
        let now = Millis::new(1_795_000_000_000);
        let (a, b) = (ids.igsid(now), ids.igsid(now));
        assert!(a < b);
        assert!((15..=17).contains(&a.to_string().len()), "{a}");
    }

    #[test]
    fn each_kind_has_the_form_that_is_known_of_it() {
        let ids = Ids::new(SeededEntropy::new(1));
        for year in [2021, 2024, 2026, 2060, 2089] {
            let now = Millis::parse_rfc3339(&format!("{year}-06-01T12:00:00Z")).unwrap();
            let (account, media, comment) = (ids.account(now), ids.media(now), ids.comment(now));
            assert!(account.to_string().len() == 17 && account.to_string().starts_with("17841"), "{account}");
            assert!(media.to_string().len() == 18 && media.to_string().starts_with("17"), "{media}");
            assert!(comment.to_string().len() == 18 && comment.to_string().starts_with("18"), "{comment}");
            assert_ne!(ids.account(now), account);
            for short in [ids.app(now).get(), ids.page(now).get(), ids.igsid(now).get(), ids.attachment(now).get()] {
                assert!((15..=16).contains(&short.to_string().len()), "{short}");
            }
        }
    }

    #[test]
    fn a_clock_that_goes_back_never_repeats_an_id() {
        let ids = Ids::new(SeededEntropy::new(1));
        let late = ids.person(Millis::new(1_795_000_000_000));
        assert!(ids.person(Millis::new(1_700_000_000_000)) > late);
    }

    #[test]
    fn two_processes_begin_at_different_places_of_a_millisecond() {
        let now = Millis::new(1_795_000_000_000);
        let (a, b) = (Ids::new(SeededEntropy::new(1)).app(now), Ids::new(SeededEntropy::new(2)).app(now));
        assert_ne!(a, b);
        assert_eq!(a.get() >> COUNTER_BITS, b.get() >> COUNTER_BITS);
    }

    #[test]
    fn the_same_seed_gives_the_same_bytes() {
        let (a, b) = (Ids::new(SeededEntropy::new(7)), Ids::new(SeededEntropy::new(7)));
        assert_eq!(a.random::<20>(), b.random::<20>());
        assert_ne!(a.random::<20>(), a.random::<20>());
        assert_eq!(a.random_hex::<16>().len(), 32);
        assert_eq!(hex(&[0, 10, 255]), "000aff");
    }
}
