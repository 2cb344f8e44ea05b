//! The one computation of a session: begun, stopped, ended whatever happens inside.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::events::Event;
use super::{Fault, Session, Snapshot};
use crate::run::{self, Ready, Solved, Unsolved};
use crate::scenario::Means;
use crate::solve::find::Request;
use crate::solve::listener::{Listener, Progress};
use crate::solve::outcome::Settings;
use crate::solve::terminator::{Deadline, Terminator};

/// Least time between two messages of progress.
const BETWEEN_MESSAGES: Duration = Duration::from_millis(100);

/// A computation under way, as others see it.
#[derive(Debug)]
pub struct Running {
    /// Which one, in the words of the page.
    pub kind: &'static str,
    /// When it began.
    pub begun: Instant,
    deadline: Deadline,
    stopped: AtomicBool,
}

impl Running {
    /// Asks it to deliver what it has.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    /// Why something else has to wait.
    pub fn busy(&self) -> Fault {
        Fault::busy("Un calcul est en cours.")
    }

    fn stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }
}

impl Terminator for Running {
    fn stop(&self) -> bool {
        self.stopped() || self.deadline.stop()
    }

    fn left(&self) -> Option<Duration> {
        self.deadline.left()
    }
}

/// The right to compute on the open dossier. When it is dropped, the session is idle again and
/// the pages hear of the end.
pub struct Job {
    session: Arc<Session>,
    running: Arc<Running>,
    /// What is computed on.
    pub snapshot: Arc<Snapshot>,
    fault: Option<Fault>,
}

impl Job {
    /// Takes the place of the session's computation.
    pub fn begin(
        session: &Arc<Session>,
        kind: &'static str,
        limit: Option<Duration>,
    ) -> Result<Self, Fault> {
        let mut state = session.state();
        state.idle()?;
        let snapshot = state.open.as_ref().ok_or_else(Fault::nothing_open)?.now();
        let running = Arc::new(Running {
            kind,
            begun: Instant::now(),
            deadline: Deadline::after(limit),
            stopped: AtomicBool::new(false),
        });
        state.running = Some(Arc::clone(&running));
        drop(state);
        // Until the work says how it ended, it ended badly: a panic leaves this behind.
        let fault = Some(Fault::broken(&"Le calcul s'est arrêté sur un défaut du programme."));
        Ok(Self { session: Arc::clone(session), running, snapshot, fault })
    }

    /// Does the work, and ends.
    pub fn run<T>(mut self, work: impl FnOnce(&Self) -> Result<T, Fault>) -> Result<T, Fault> {
        let result = work(&self);
        self.fault = result.as_ref().err().cloned();
        result
    }

    /// The session.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// A checked plan of a problem, its progress told to the pages.
    pub fn solve(&self, ready: &Ready, request: &Request) -> Result<Solved, Fault> {
        let listener = Teller { job: self, last: Mutex::new(None) };
        let running = &*self.running;
        run::solve(ready, request, &self.session.pool, &listener, running, &|| running.stopped())
            .map_err(in_words)
    }

    /// A series of searches, each one done told to the pages.
    pub fn series<T: Send>(
        &self,
        settings: Settings,
        series: impl FnOnce(&Means) -> Result<T, Fault> + Send,
    ) -> Result<T, Fault> {
        let progress = |fait: usize, total: usize| {
            let secondes = self.running.begun.elapsed().as_secs_f64();
            self.session.tell(Event::Task { fait, total, secondes });
        };
        let means = Means { settings, terminator: &*self.running, progress: &progress };
        self.session.pool.install(|| series(&means))
    }
}

impl Drop for Job {
    fn drop(&mut self) {
        self.session.state().running = None;
        let (erreur, remede) = self.fault.take().map(|fault| (fault.cause, fault.remedy)).unzip();
        let secondes = self.running.begun.elapsed().as_secs_f64();
        self.session.tell(Event::End { sorte: self.running.kind, erreur, remede, secondes });
    }
}

fn in_words(unsolved: Unsolved) -> Fault {
    match unsolved {
        Unsolved::Infeasible(impasse) => Fault::dead_end(impasse),
        Unsolved::NoPlan => {
            Fault::refused("Aucun plan trouvé dans la limite.", "Donnez plus de temps au calcul.")
        }
        Unsolved::Refused(_) => Fault::refused(
            unsolved.to_string(),
            "C'est un défaut du programme : gardez le dossier et signalez-le.",
        ),
    }
}

/// Passes progress on, not more often than a page can show it.
struct Teller<'a> {
    job: &'a Job,
    last: Mutex<Option<Instant>>,
}

impl Listener for Teller<'_> {
    fn report(&self, progress: &Progress) {
        let mut last = self.last.lock().expect("no holder of this lock panics");
        if last.is_none_or(|last| last.elapsed() >= BETWEEN_MESSAGES) {
            *last = Some(Instant::now());
            let seconds = self.job.running.begun.elapsed().as_secs_f64();
            self.job.session.tell(Event::progress(progress, seconds));
        }
    }
}
