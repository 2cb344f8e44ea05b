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

/// A moment; never, where none is set.
#[derive(Debug, Clone, Copy)]
pub struct Deadline(Option<Instant>);

impl Deadline {
    /// So long from now on.
    #[must_use]
    pub fn after(limit: Option<Duration>) -> Self {
        Self(limit.map(|limit| Instant::now() + limit))
    }
}

impl Terminator for Deadline {
    fn stop(&self) -> bool {
        self.0.is_some_and(|moment| Instant::now() >= moment)
    }

    fn left(&self) -> Option<Duration> {
        self.0.map(|moment| moment.saturating_duration_since(Instant::now()))
    }
}

/// Another one, or a deadline, whichever comes first: one task's share of the time.
#[derive(Clone, Copy)]
pub struct Sooner<'a> {
    own: Deadline,
    whole: &'a dyn Terminator,
}

impl<'a> Sooner<'a> {
    /// From now on; `None`: only `whole` stops.
    #[must_use]
    pub fn after(share: Option<Duration>, whole: &'a dyn Terminator) -> Self {
        Self { own: Deadline::after(share), whole }
    }
}

impl Terminator for Sooner<'_> {
    fn stop(&self) -> bool {
        self.whole.stop() || self.own.stop()
    }

    fn left(&self) -> Option<Duration> {
        self.own.left().into_iter().chain(self.whole.left()).min()
    }
}
