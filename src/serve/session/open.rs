//! The open dossier: where it stands, where it was.

use std::path::PathBuf;
use std::sync::Arc;

use super::Snapshot;
use crate::import::DossierFiles;

/// A dossier, its place on disk and its snapshots.
pub struct Open {
    /// Folder of the dossier; `None` until it is saved.
    pub folder: Option<PathBuf>,
    saved: Option<DossierFiles>,
    now: Arc<Snapshot>,
}

impl Open {
    /// A dossier just read from its folder.
    pub fn saved(folder: PathBuf, now: Snapshot) -> Self {
        Self { folder: Some(folder), saved: Some(now.files.clone()), now: Arc::new(now) }
    }

    /// A dossier that has no folder yet.
    pub fn unsaved(now: Snapshot) -> Self {
        Self { folder: None, saved: None, now: Arc::new(now) }
    }

    /// As it stands.
    pub fn now(&self) -> Arc<Snapshot> {
        Arc::clone(&self.now)
    }

    /// Whether the files on disk are those of the page.
    pub fn is_saved(&self) -> bool {
        self.saved.as_ref() == Some(&self.now.files)
    }

    /// The same dossier with a plan.
    pub fn keep(&mut self, now: Snapshot) {
        self.now = Arc::new(now);
    }
}
