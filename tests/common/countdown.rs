//! A search that is stopped at a chosen moment.

use std::sync::atomic::{AtomicU64, Ordering};

use maillage::solve::terminator::Terminator;

/// Fires at its n-th question.
pub struct Countdown(AtomicU64);

impl Countdown {
    /// Lets so many questions pass.
    pub fn from(questions: u64) -> Self {
        Self(AtomicU64::new(questions))
    }
}

impl Terminator for Countdown {
    fn stop(&self) -> bool {
        self.0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| Some(left.saturating_sub(1)))
            == Ok(0)
    }
}
