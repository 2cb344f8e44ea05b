//! When to stop early: the only door through which a clock or Ctrl-C reaches the core.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Polled often by every stage; once it answers `true` it must keep doing so.
pub trait Terminator: Sync {
    /// Whether the search must deliver what it has.
    fn stop(&self) -> bool;

    /// The time until it answers `true` by itself; `None` where no time is set.
    fn left(&self) -> Option<Duration> {
        None
    }
}

/// Never stops: proof, gap and effort end the search.
#[derive(Debug, Clone, Copy, Default)]
pub struct NeverStop;

impl Terminator for NeverStop {
    fn stop(&self) -> bool {
        false
    }
}

/// A flag that another thread may raise.
impl Terminator for AtomicBool {
    fn stop(&self) -> bool {
        self.load(Ordering::Relaxed)
    }
}

/// Another one, or a moment, whichever comes first: one task's share of the time.
#[derive(Clone, Copy)]
pub struct Sooner<'a> {
    deadline: Option<Instant>,
    whole: &'a dyn Terminator,
}

impl<'a> Sooner<'a> {
    /// From now on; `None`: only `whole` stops.
    #[must_use]
    pub fn after(share: Option<Duration>, whole: &'a dyn Terminator) -> Self {
        Self { deadline: share.map(|share| Instant::now() + share), whole }
    }
}

impl Terminator for Sooner<'_> {
    fn stop(&self) -> bool {
        self.whole.stop() || self.deadline.is_some_and(|deadline| Instant::now() >= deadline)
    }

    fn left(&self) -> Option<Duration> {
        let own = self.deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
        own.into_iter().chain(self.whole.left()).min()
    }
}
