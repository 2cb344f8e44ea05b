//! When to stop early: the only door through which a clock or Ctrl-C reaches the core.

use std::sync::atomic::{AtomicBool, Ordering};

/// Polled often by every stage; once it answers `true` it must keep doing so.
pub trait Terminator: Sync {
    /// Whether the search must deliver what it has.
    fn stop(&self) -> bool;
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
