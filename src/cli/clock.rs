//! The clock and Ctrl-C, which alone may stop a search early.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use crate::solve::terminator::{Deadline, Terminator};

/// Raised by Ctrl-C, for the whole program.
static INTERRUPTED: OnceLock<Arc<AtomicBool>> = OnceLock::new();

/// Stops at a deadline or at Ctrl-C.
#[derive(Debug, Clone)]
pub struct Clock {
    deadline: Deadline,
    interrupted: Arc<AtomicBool>,
}

impl Clock {
    /// Starts now.
    #[must_use]
    pub fn start(limit: Option<Duration>) -> Self {
        Self {
            deadline: Deadline::after(limit),
            interrupted: Arc::clone(INTERRUPTED.get_or_init(listen)),
        }
    }

    /// Whether Ctrl-C was pressed.
    #[must_use]
    pub fn interrupted(&self) -> bool {
        self.interrupted.load(Ordering::Relaxed)
    }
}

impl Terminator for Clock {
    fn stop(&self) -> bool {
        self.interrupted() || self.deadline.stop()
    }

    fn left(&self) -> Option<Duration> {
        self.deadline.left()
    }
}

/// The first Ctrl-C asks for the best plan so far; a second one ends the program at once.
fn listen() -> Arc<AtomicBool> {
    let flag = Arc::new(AtomicBool::new(false));
    let raised = Arc::clone(&flag);
    let listening = ctrlc::set_handler(move || {
        if raised.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
    });
    if let Err(error) = listening {
        eprintln!("maillage : Ctrl-C ne sera pas entendu ({error})");
    }
    flag
}
