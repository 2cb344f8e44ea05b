//! The state machine behind the page: one open dossier, its plan, one computation at a time.
//!
//! What is open is a chain of immutable snapshots: every change makes a new one, so that undoing
//! is going back, a computation works on what it was given, and no lock is held for longer than
//! an exchange of pointers.

mod documents;
mod edits;
mod effect;
mod events;
mod explaining;
mod fault;
mod job;
mod open;
mod outline;
mod saving;
mod search;
mod settings;
mod snapshot;
mod staging;
mod status;
mod studies;
mod tables;
mod variants;

use std::sync::{Arc, Mutex, MutexGuard};

use tokio::sync::broadcast;

use super::workspace::{Entry, Workspace};
use crate::demo::{GeneratorSettings, generate};
use crate::import::dossier_files;

pub use documents::DocumentName;
pub use edits::Effect;
pub use events::Event;
pub use fault::{Fault, FaultKind};
pub use outline::Ring;
pub use search::Wish;
pub use settings::Setting;
pub use snapshot::Snapshot;
pub use staging::{Brought, ImportWish, Staged};
pub use status::Status;
pub use studies::{FrontierWish, StudiesView};
pub use tables::{CheckedTable, TableEdit};

use edits::Tried;
use explaining::Explainer;
use job::Running;
use open::Open;

/// Events that a page too slow to read may miss.
const EVENTS_KEPT: usize = 256;

/// What the pages of one server share.
pub struct Session {
    workspace: Workspace,
    /// Threads of the searches.
    pool: Arc<rayon::ThreadPool>,
    /// Threads of the explanations.
    answering: Arc<rayon::ThreadPool>,
    events: broadcast::Sender<Event>,
    state: Mutex<State>,
    /// Answers on the plan that was asked about last.
    explainer: Mutex<Option<Explainer>>,
}

#[derive(Default)]
struct State {
    open: Option<Open>,
    running: Option<Arc<Running>>,
    staged: Vec<Arc<Staged>>,
    tried: Option<Tried>,
}

impl Session {
    /// A session on a workspace, nothing open.
    ///
    /// # Errors
    /// When the threads of the computations do not start.
    pub fn new(workspace: Workspace) -> Result<Self, rayon::ThreadPoolBuildError> {
        let threads = || rayon::ThreadPoolBuilder::new().build().map(Arc::new);
        let (events, _) = broadcast::channel(EVENTS_KEPT);
        Ok(Self {
            workspace,
            pool: threads()?,
            answering: threads()?,
            events,
            state: Mutex::default(),
            explainer: Mutex::default(),
        })
    }

    /// What happens from now on.
    pub fn events(&self) -> broadcast::Receiver<Event> {
        self.events.subscribe()
    }

    /// The dossiers of the workspace.
    pub fn dossiers(&self) -> Result<Vec<Entry>, Fault> {
        self.workspace.dossiers().map_err(|error| Fault::broken(&error))
    }

    /// Opens a dossier of the workspace, with its plan when one was saved beside it.
    pub fn open(&self, name: &str) -> Result<(), Fault> {
        let folder = self.workspace.dossier(name)?;
        let now = Snapshot::read(&folder)?;
        self.install(Open::saved(folder, now))
    }

    /// Opens the embedded fictional departement.
    pub fn open_demo(&self) -> Result<(), Fault> {
        let dossier = generate(&GeneratorSettings::demonstration());
        let files = dossier_files(&dossier).map_err(|error| Fault::broken(&error))?;
        self.install(Open::unsaved(Snapshot::of(files)))
    }

    /// The open dossier as it stands.
    pub fn snapshot(&self) -> Result<Arc<Snapshot>, Fault> {
        self.state().open.as_ref().map(Open::now).ok_or_else(Fault::nothing_open)
    }

    /// Goes back before the last change.
    pub fn undo(&self) -> Result<(), Fault> {
        self.walk(Open::undo, "Il n'y a rien à annuler.")
    }

    /// Makes the last undone change again.
    pub fn redo(&self) -> Result<(), Fault> {
        self.walk(Open::redo, "Il n'y a rien à rétablir.")
    }

    fn walk(&self, step: fn(&mut Open) -> bool, nothing: &str) -> Result<(), Fault> {
        let mut state = self.state();
        state.idle()?;
        let open = state.open.as_mut().ok_or_else(Fault::nothing_open)?;
        if step(open) { Ok(()) } else { Err(Fault::absent(nothing, "Rechargez la page.")) }
    }

    /// Stops the computation, which keeps its best plan; nothing to stop is no fault.
    pub fn stop(&self) {
        if let Some(running) = &self.state().running {
            running.stop();
        }
    }

    /// The server ends: so does the computation, and what the pages hear.
    pub fn close(&self) {
        self.stop();
        self.tell(Event::Farewell {});
    }

    fn install(&self, open: Open) -> Result<(), Fault> {
        let mut state = self.state();
        state.idle()?;
        state.open = Some(open);
        Ok(())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no holder of this lock panics")
    }

    /// Tells the pages that listen; nobody listening is no fault.
    fn tell(&self, event: Event) {
        let _ = self.events.send(event);
    }
}

impl State {
    /// Refuses while a computation works on the open dossier.
    fn idle(&self) -> Result<(), Fault> {
        self.running.as_ref().map_or(Ok(()), |running| Err(running.busy()))
    }
}
