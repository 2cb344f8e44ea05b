//! The open dossier: where it stands, where it was, where it was before going back.

use std::path::PathBuf;
use std::sync::Arc;

use super::Snapshot;
use super::studies::Studies;
use super::variants::{self, Variant};
use crate::import::DossierFiles;
use crate::solve::memory::Memory;

/// Changes that can be undone.
const STEPS_KEPT: usize = 200;

/// A change, and the snapshot on its other side.
struct Step {
    label: String,
    snapshot: Arc<Snapshot>,
}

/// A dossier, its place on disk and its snapshots.
pub struct Open {
    /// Folder of the dossier; `None` until it is saved.
    pub folder: Option<PathBuf>,
    /// Title proposed for its folder.
    pub title: String,
    /// Kept aside by name.
    pub variants: Vec<Variant>,
    /// Series of plans made of it.
    pub studies: Studies,
    saved: Option<DossierFiles>,
    now: Arc<Snapshot>,
    past: Vec<Step>,
    future: Vec<Step>,
}

impl Open {
    /// A dossier just read from its folder.
    pub fn saved(folder: PathBuf, now: Snapshot) -> Self {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let title = now.title().unwrap_or(name);
        let saved = Some(now.files.clone());
        let variants = variants::read_all(&folder);
        Self { folder: Some(folder), title, variants, saved, ..Self::unsaved(now) }
    }

    /// A dossier that has no folder yet.
    pub fn unsaved(now: Snapshot) -> Self {
        let title = now.title().unwrap_or_default();
        let now = Arc::new(now);
        Self {
            folder: None,
            title,
            variants: Vec::new(),
            studies: Studies::default(),
            saved: None,
            now,
            past: Vec::new(),
            future: Vec::new(),
        }
    }

    /// As it stands.
    pub fn now(&self) -> Arc<Snapshot> {
        Arc::clone(&self.now)
    }

    /// Whether the files on disk are those of the page.
    pub fn is_saved(&self) -> bool {
        self.saved.as_ref() == Some(&self.now.files)
    }

    /// What the latest plan left for the next search.
    pub fn memory(&self) -> Option<Memory> {
        let snapshots =
            std::iter::once(&self.now).chain(self.past.iter().rev().map(|step| &step.snapshot));
        let plan = snapshots.into_iter().find_map(|snapshot| snapshot.plan().ok());
        plan.map(|solved| solved.memory.clone())
    }

    /// The files of a snapshot are now those of `folder`.
    pub fn mark_saved(&mut self, folder: PathBuf, files: DossierFiles) {
        self.folder = Some(folder);
        self.saved = Some(files);
    }

    /// The same dossier with a plan: no step of its own.
    pub fn keep(&mut self, now: Snapshot) {
        self.now = Arc::new(now);
    }

    /// A change that can be undone.
    pub fn change(&mut self, label: String, next: Snapshot) {
        let before = std::mem::replace(&mut self.now, Arc::new(next));
        self.past.push(Step { label, snapshot: before });
        if self.past.len() > STEPS_KEPT {
            self.past.remove(0);
        }
        self.future.clear();
    }

    /// The last change that can be undone.
    pub fn undoable(&self) -> Option<String> {
        self.past.last().map(|step| step.label.clone())
    }

    /// The last change that was undone.
    pub fn redoable(&self) -> Option<String> {
        self.future.last().map(|step| step.label.clone())
    }

    /// Goes back before the last change; `false` when there is none.
    pub fn undo(&mut self) -> bool {
        exchange(&mut self.now, &mut self.past, &mut self.future)
    }

    /// Makes the last undone change again; `false` when there is none.
    pub fn redo(&mut self) -> bool {
        exchange(&mut self.now, &mut self.future, &mut self.past)
    }
}

fn exchange(now: &mut Arc<Snapshot>, from: &mut Vec<Step>, to: &mut Vec<Step>) -> bool {
    let Some(Step { label, snapshot }) = from.pop() else { return false };
    let left = std::mem::replace(now, snapshot);
    to.push(Step { label, snapshot: left });
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> Snapshot {
        let mut files = DossierFiles::default();
        files.insert("scenario.toml", name.into());
        Snapshot::of(files)
    }

    fn shown(open: &Open) -> &[u8] {
        open.now.files.get("scenario.toml").expect("inserted")
    }

    #[test]
    fn undoing_and_redoing_walk_the_same_way() {
        let mut open = Open::unsaved(named("0"));
        open.change("un".into(), named("1"));
        open.change("deux".into(), named("2"));
        assert!(open.undo() && open.undo() && !open.undo());
        assert_eq!((shown(&open), open.redoable().as_deref()), (b"0".as_slice(), Some("un")));
        assert!(open.redo());
        assert_eq!((shown(&open), open.undoable().as_deref()), (b"1".as_slice(), Some("un")));
        open.change("trois".into(), named("3"));
        assert!(open.redoable().is_none());
    }
}
