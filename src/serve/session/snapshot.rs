//! An open dossier at one moment, immutable.

use std::path::Path;
use std::sync::Arc;

use crate::domain::Dossier;
use crate::export::holds_plan;
use crate::import::{Diagnostic, DossierFiles, dossier_files, read_files};
use crate::run::{Ready, Solved};
use crate::scenario::Impasse;

use super::Fault;
use super::saving::PLAN_FOLDER;

/// Why a dossier that was changed by hand has no plan any more.
const CHANGED: &str = "Le dossier a changé : le dernier plan ne vaut plus pour lui. Recalculez-le, \
    ou annulez le changement pour le retrouver.";

/// The files, what they mean, and the plan found for them.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// The files as they would be saved.
    pub files: DossierFiles,
    /// What reading them found.
    pub diagnostics: Vec<Diagnostic>,
    /// The problem, when the files have no error.
    ready: Option<Arc<Ready>>,
    plan: Option<Arc<Solved>>,
    /// Why the plan saved beside the files is not theirs, in a sentence.
    pub outdated: Option<String>,
    /// Why the last search found that there is no plan.
    pub impasse: Option<Impasse>,
}

impl Snapshot {
    /// Reads the files.
    #[must_use]
    pub fn of(files: DossierFiles) -> Self {
        let (ready, diagnostics) = match read_files(&files) {
            Ok((dossier, warnings)) => (Ready::new(dossier).ok().map(Arc::new), warnings),
            Err(diagnostics) => (None, diagnostics),
        };
        Self { files, diagnostics, ready, plan: None, outdated: None, impasse: None }
    }

    /// Reads a dossier folder, with the plan saved beside it when it is of these files.
    pub fn read(folder: &Path) -> Result<Self, Fault> {
        let files = DossierFiles::read(folder)
            .map_err(|diagnostic| Fault::refused(diagnostic.cause, diagnostic.action))?;
        let mut snapshot = Self::of(files);
        let plan = folder.join(PLAN_FOLDER);
        if let Some(ready) = snapshot.ready.as_ref().filter(|_| holds_plan(&plan)) {
            match Solved::read(ready, &plan) {
                Ok(solved) => snapshot.plan = Some(Arc::new(solved)),
                Err(sentence) => snapshot.outdated = Some(sentence),
            }
        }
        Ok(snapshot)
    }

    /// The dossier after a change of what its files say. Tables that do not change keep their
    /// bytes, and what only the user knows in them.
    pub fn followed(&self, edited: &Dossier) -> Result<Self, Fault> {
        let broken = |error: std::io::Error| Fault::broken(&error);
        let before = dossier_files(&self.ready()?.problem.dossier).map_err(broken)?;
        let after = dossier_files(edited).map_err(broken)?;
        let next = Self::of(self.files.follow(&before, &after));
        match next.diagnostics.iter().find(|diagnostic| diagnostic.is_error()) {
            None => Ok(next),
            Some(error) => Err(Fault::refused(error.cause.clone(), error.action.clone())),
        }
    }

    /// The same plan of files that differ in nothing that it depends on.
    #[must_use]
    pub fn redrawn(&self, files: DossierFiles) -> Self {
        let Self { plan, outdated, impasse, .. } = self.clone();
        Self { plan, outdated, impasse, ..Self::of(files) }
    }

    /// The same, which tells that a plan of `before` is not its own.
    #[must_use]
    pub fn after(self, before: &Self) -> Self {
        if self.plan.is_some() || self.outdated.is_some() {
            return self;
        }
        let changed = before.plan.as_ref().map(|_| CHANGED.to_owned());
        Self { outdated: changed.or_else(|| before.outdated.clone()), ..self }
    }

    /// The same with a plan of its problem.
    #[must_use]
    pub fn with_plan(&self, plan: Solved) -> Self {
        Self { plan: Some(Arc::new(plan)), outdated: None, impasse: None, ..self.clone() }
    }

    /// The same, without a plan because there is none.
    #[must_use]
    pub fn without_plan(&self, impasse: Impasse) -> Self {
        Self { plan: None, impasse: Some(impasse), ..self.clone() }
    }

    /// The problem.
    pub fn ready(&self) -> Result<&Arc<Ready>, Fault> {
        self.ready.as_ref().ok_or_else(|| Fault::faulty(self.errors()))
    }

    /// The plan.
    pub fn plan(&self) -> Result<&Arc<Solved>, Fault> {
        self.plan.as_ref().ok_or_else(Fault::no_plan)
    }

    /// Whether another snapshot holds the very same plan.
    #[must_use]
    pub fn is_same_plan(&self, other: &Self) -> bool {
        let plans = self.plan.as_ref().zip(other.plan.as_ref());
        plans.is_some_and(|(one, other)| Arc::ptr_eq(one, other))
    }

    /// The name of the dossier, when its files have no error.
    #[must_use]
    pub fn title(&self) -> Option<String> {
        self.ready.as_ref().map(|ready| ready.problem.dossier.scenario.name.clone())
    }

    /// Number of errors.
    #[must_use]
    pub fn errors(&self) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count()
    }
}
