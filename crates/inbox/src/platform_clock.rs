//! The platform's time. Windows end by its clock, so the desk counts by it: what each of its answers says in `Date` is kept as
//! the distance to the desk's own clock.
//!
//! An answer is of some moment between the call and its arrival, and `Date` is cut to the second: so each answer says between
//! which two distances the true one lies, and answers together say it more exactly. One that fits none before says that a
//! clock was moved.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use client::transport::{BoxError, Transport};
use http::{Request, Response, header};
use parking_lot::Mutex;
use tower::{Service, ServiceExt};
use wire::time::{Millis, Span};

use crate::clock::Clock;

/// Distances below this are noise and count as none.
const NOISE: i64 = 2_000;
/// To what distances are rounded.
const SECOND: i64 = 1_000;
/// The most that `Date` leaves out.
const CUT: i64 = 999;
/// A distance that is known so well need not be known better.
const WELL: i64 = 150;
/// After so many answers further ones tell little: the way there and back takes too long.
const ENOUGH: u32 = 12;
/// An answer that took longer says too little.
const SLOW: Span = Span::seconds(5);

/// What is known of the distance between two clocks, in milliseconds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Distance {
    /// Between which two it lies.
    bounds: Option<(i64, i64)>,
    /// As which it is taken.
    taken: i64,
    /// How many answers the bounds are of.
    answers: u32,
}

impl Distance {
    /// After an answer that was asked for at `asked` and was there at `there`, by the own clock, and says `date`.
    fn heard(self, asked: Millis, there: Millis, date: Millis) -> Self {
        let took = there.since(asked);
        if took < Span::ZERO || took > SLOW {
            return self;
        }
        let (low, high) = (date.get() - there.get(), date.get() + CUT - asked.get());
        let joined = self.bounds.map(|(known_low, known_high)| (known_low.max(low), known_high.min(high)));
        let joined = joined.filter(|(low, high)| low <= high);
        let answers = if joined.is_some() { self.answers.saturating_add(1) } else { 1 };
        let (low, high) = joined.unwrap_or((low, high));
        let within = |distance: i64| (low..=high).contains(&distance);
        let middle = low.midpoint(high);
        let second = (middle + SECOND / 2).div_euclid(SECOND) * SECOND;
        let taken = match () {
            () if within(self.taken) => self.taken,
            () if middle.abs() < NOISE => 0,
            () if within(second) => second,
            () => middle,
        };
        Self { bounds: Some((low, high)), taken, answers }
    }
}

impl Distance {
    /// When, after `own`, an answer would say in which half of what is possible the true distance lies: when `Date` goes on to
    /// the next second there. `None` when it is known well enough, or counts as none, or so many answers have told no more.
    fn best_asked(self, own: Millis) -> Option<Span> {
        let rough = |(low, high): &(i64, i64)| self.taken != 0 && self.answers < ENOUGH && high - low > WELL;
        let (low, high) = self.bounds.filter(rough)?;
        Some(Span::millis((-(own.get() + low.midpoint(high))).rem_euclid(SECOND)))
    }
}

/// A clock that shows the platform's time.
pub struct PlatformClock {
    own: Box<dyn Clock>,
    distance: Mutex<Distance>,
    heard: Mutex<Option<Millis>>,
}

impl PlatformClock {
    /// One of which nothing is known yet, so that it shows the desk's own time.
    pub fn new(own: Box<dyn Clock>) -> Self {
        Self { own, distance: Mutex::default(), heard: Mutex::default() }
    }

    /// The desk's own time: what nobody else may move, such as log-ins and one-time codes, goes by it.
    pub fn own(&self) -> Millis {
        self.own.now()
    }

    /// When the platform was last heard, by the desk's own clock.
    pub fn heard(&self) -> Option<Millis> {
        *self.heard.lock()
    }

    /// How long to wait before the platform is asked for its time again so that the answer tells most; `None` when there is no
    /// need to ask.
    pub fn best_asked(&self) -> Option<Span> {
        self.distance.lock().best_asked(self.own())
    }

    fn hear(&self, asked: Millis, response: &Response<Bytes>) {
        let there = self.own();
        let date = response.headers().get(header::DATE).and_then(|date| date.to_str().ok());
        let Some(date) = date.and_then(|date| httpdate::parse_http_date(date).ok()) else { return };
        let Ok(since) = date.duration_since(std::time::UNIX_EPOCH) else { return };
        let Ok(date) = i64::try_from(since.as_millis()) else { return };
        let mut distance = self.distance.lock();
        let before = *distance;
        *distance = before.heard(asked, there, Millis::new(date));
        if before.taken != distance.taken {
            tracing::info!(milliseconds = distance.taken, "the platform's clock is so far from ours");
        }
        *self.heard.lock() = Some(there);
    }
}

impl Clock for PlatformClock {
    fn now(&self) -> Millis {
        self.own().plus(Span::millis(self.distance.lock().taken))
    }
}

/// A transport whose answers are listened to for the time.
#[derive(Clone)]
pub struct Hearing {
    /// What makes the calls.
    pub inner: Transport,
    /// What listens.
    pub clock: Arc<PlatformClock>,
}

impl Service<Request<Bytes>> for Hearing {
    type Response = Response<Bytes>;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Bytes>, BoxError>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Bytes>) -> Self::Future {
        let Self { inner, clock } = self.clone();
        Box::pin(async move {
            let asked = clock.own();
            let response = inner.oneshot(request).await?;
            clock.hear(asked, &response);
            Ok(response)
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const START: i64 = 1_795_341_600_000;

    /// An answer of a platform whose clock is `distance` away, which took a while there and back again.
    fn answer(known: Distance, at: i64, distance: i64, there: i64, back: i64) -> Distance {
        let date = (at + there + distance).div_euclid(SECOND) * SECOND;
        known.heard(Millis::new(at), Millis::new(at + there + back), Millis::new(date))
    }

    #[test]
    fn small_distances_count_as_none_and_large_ones_are_taken_to_the_second() {
        let hour = 3_600_000;
        for (distance, taken) in [
            (0, 0),
            (900, 0),
            (-900, 0),
            (25 * hour, 25 * hour),
            (-25 * hour, -25 * hour),
            (hour + 1_000, hour + 1_000),
            (7 * 24 * hour + 1_000, 7 * 24 * hour + 1_000),
        ] {
            let mut known = Distance::default();
            for part in [0, 137, 400, 730, 999] {
                known = answer(known, START + part, distance, 5, 5);
            }
            assert_eq!(known.taken, taken, "{distance}");
        }
    }

    #[test]
    fn a_clock_that_is_moved_is_heard_at_the_next_answer() {
        let mut known = answer(Distance::default(), START, 0, 5, 5);
        for distance in [90_000_000, 90_000_000, -5_000, 0, 604_801_000] {
            known = answer(known, START, distance, 5, 5);
            assert_eq!(known.taken, distance);
        }
        let slow = answer(known, START, 0, 4_000, 4_000);
        assert_eq!(slow, known, "an answer that took long says nothing");
        let back = known.heard(Millis::new(START), Millis::new(START - 1), Millis::new(START));
        assert_eq!(back, known, "neither does one that was there before it was asked for");
    }

    #[test]
    fn asking_at_the_best_moment_halves_what_is_possible() {
        for distance in [90_000_123, 90_000_777, -5_001, 604_801_000] {
            let (mut known, mut own) = (answer(Distance::default(), START, distance, 5, 5), START);
            let mut asked = 0;
            while let Some(wait) = known.best_asked(Millis::new(own)) {
                own += wait.get();
                known = answer(known, own, distance, 5, 5);
                asked += 1;
                assert!(asked < 8, "{known:?}");
            }
            assert!((known.taken - distance).abs() <= 100, "{known:?} {distance}");
        }
        let far = (0..12).fold(Distance::default(), |known, _| answer(known, START, 90_000_123, 400, 400));
        assert_eq!(far.best_asked(Millis::new(START)), None, "it is not asked for again and again in vain");
        assert_eq!(answer(Distance::default(), START, 0, 5, 5).best_asked(Millis::new(START)), None);
    }

    proptest! {
        #[test]
        fn the_true_distance_stays_within_what_is_known_and_is_met_to_the_second(
            seconds in 5_i64..1_000_000, part in 0_i64..1_000, starts in prop::collection::vec(0_i64..1_000_000, 1..40),
            there in 0_i64..200, back in 0_i64..200,
        ) {
            let (mut rough, mut whole) = (Distance::default(), Distance::default());
            for start in &starts {
                rough = answer(rough, START + start, seconds * 1_000 + part, there, back);
                whole = answer(whole, START + start, seconds * 1_000, there, back);
            }
            prop_assert!((rough.taken - seconds * 1_000 - part).abs() <= 1_500, "{rough:?}");
            let (low, high) = whole.bounds.unwrap();
            prop_assert!(low <= seconds * 1_000 && seconds * 1_000 <= high);
            prop_assert!((whole.taken - seconds * 1_000).abs() <= 1_000, "{whole:?}");
        }
    }
}
