//! The time of a series, shared among its searches: none of them takes what the next ones need.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::solve::terminator::{Sooner, Terminator};

/// A series of searches, several at once.
pub(super) struct Shares<'a> {
    whole: &'a dyn Terminator,
    /// Searches that have not begun.
    waiting: AtomicUsize,
}

impl<'a> Shares<'a> {
    /// Of so many searches within the time of all.
    pub fn of(searches: usize, whole: &'a dyn Terminator) -> Self {
        Self { whole, waiting: AtomicUsize::new(searches) }
    }

    /// The next search begins: its part of the time that is left, as if each search that waits
    /// took as long and every thread had one. What a search leaves goes to those after it.
    pub fn next(&self) -> Sooner<'a> {
        let waiting = self.waiting.fetch_sub(1, Ordering::Relaxed).max(1);
        let together = rayon::current_num_threads().min(waiting);
        let left = self.whole.left();
        let share = left.map(|left| left.mul_f64(together as f64 / waiting as f64));
        Sooner::after(share, self.whole)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    struct Left(Duration);

    impl Terminator for Left {
        fn stop(&self) -> bool {
            false
        }

        fn left(&self) -> Option<Duration> {
            Some(self.0)
        }
    }

    #[test]
    fn each_search_leaves_time_for_those_that_wait() {
        let whole = Left(Duration::from_secs(12));
        let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build().expect("two threads");
        let shares = Shares::of(4, &whole);
        // Two at a time of four, of three, of two, and the last one alone.
        let most = [6, 8, 12, 12];
        for most in most {
            let left = pool.install(|| shares.next().left()).expect("a share of the time");
            let most = Duration::from_secs(most);
            assert!(left <= most && left + Duration::from_secs(1) > most, "{left:?} of {most:?}");
        }
    }
}
