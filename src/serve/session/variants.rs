//! Named variants of the open dossier: kept beside it, each a whole dossier with its plan.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use serde::Serialize;

use super::saving::PLAN_FOLDER;
use super::{Fault, Session, Snapshot};
use crate::export::{ExportError, Options, Origin, comparison_html, prepare_plan, replace_file};
use crate::scenario::compare::{Comparison, Side, compare, facts_of};
use crate::serve::workspace::folder_name;

/// Folder of the variants inside that of the dossier.
const VARIANTS_FOLDER: &str = "variantes";
/// File of a variant that keeps its name as the user wrote it.
const NAME_FILE: &str = "nom";
/// Variants of one dossier.
const MOST_VARIANTS: usize = 50;

/// A variant.
#[derive(Debug, Clone)]
pub struct Variant {
    /// Name of its folder.
    pub id: String,
    /// Name that the user gave.
    pub name: String,
    /// The dossier and its plan.
    pub snapshot: Arc<Snapshot>,
}

/// A variant in a few figures.
#[derive(Debug, Serialize)]
pub struct VariantStatus {
    id: String,
    nom: String,
    objectif: Option<i64>,
    ecart: Option<f64>,
    changements: Option<u32>,
}

impl Variant {
    /// Its figures.
    pub fn status(&self) -> VariantStatus {
        let plan = self.snapshot.plan().ok().map(|solved| &solved.plan);
        VariantStatus {
            id: self.id.clone(),
            nom: self.name.clone(),
            objectif: plan.map(|plan| plan.objectif),
            ecart: plan.map(|plan| plan.ecart),
            changements: plan.map(|plan| plan.indicateurs.changements),
        }
    }

    /// Writes it below the folder of its dossier.
    pub fn write(&self, folder: &Path) -> Result<(), Fault> {
        let own = folder.join(VARIANTS_FOLDER).join(&self.id);
        write(&self.snapshot, &own)?;
        replace_file(&own.join(NAME_FILE), self.name.as_bytes())
            .map_err(|error| Fault::broken(&error))
    }
}

/// Writes a dossier and its plan, if it has one. The plan is whole beside its place before the
/// first table moves: an end of the program in the middle of the moves, a few milliseconds, leaves
/// tables and a plan whose digests tell that they do not go together.
pub fn write(snapshot: &Snapshot, folder: &Path) -> Result<(), Fault> {
    let broken = |error: ExportError| Fault::broken(&error);
    let plan = match (snapshot.ready(), snapshot.plan()) {
        (Ok(ready), Ok(solved)) => {
            let (plan, run) = (&solved.plan, &solved.run);
            let target = folder.join(PLAN_FOLDER);
            let dossier = &ready.problem.dossier;
            Some(prepare_plan(&target, dossier, plan, run, Options::default()).map_err(broken)?)
        }
        _ => None,
    };
    snapshot.files.write(folder).map_err(|error| Fault::broken(&error))?;
    plan.map_or(Ok(()), |plan| plan.put().map_err(broken))
}

/// The variants kept below the folder of a dossier; links are not followed.
pub fn read_all(folder: &Path) -> Vec<Variant> {
    let Ok(entries) = fs::read_dir(folder.join(VARIANTS_FOLDER)) else { return Vec::new() };
    let folders =
        entries.flatten().filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    let mut variants: Vec<Variant> = folders
        .filter_map(|entry| {
            let id = entry.file_name().to_string_lossy().into_owned();
            let snapshot = Arc::new(Snapshot::read(&entry.path()).ok()?);
            let name = fs::read_to_string(entry.path().join(NAME_FILE)).unwrap_or_default();
            let name = if name.trim().is_empty() { id.clone() } else { name };
            Some(Variant { name, id, snapshot })
        })
        .take(MOST_VARIANTS)
        .collect();
    variants.sort_by(|a, b| a.id.cmp(&b.id));
    variants
}

impl Session {
    /// Keeps the open dossier as it stands under a name.
    pub fn keep_variant(&self, name: &str) -> Result<(), Fault> {
        let name = name.trim().to_owned();
        let mut state = self.state();
        let open = state.open.as_mut().ok_or_else(Fault::nothing_open)?;
        let id = folder_name(&name);
        if open.variants.iter().any(|variant| variant.id == id) {
            return Err(Fault::refused(
                format!("Une variante s'appelle déjà « {name} »."),
                "Choisissez un autre nom, ou supprimez-la.",
            ));
        }
        if name.is_empty() || open.variants.len() >= MOST_VARIANTS {
            return Err(Fault::refused(
                format!("Une variante a un nom, et un dossier {MOST_VARIANTS} variantes au plus."),
                "Donnez-lui un nom, ou supprimez-en une.",
            ));
        }
        let variant = Variant { id, name, snapshot: open.now() };
        if let Some(folder) = &open.folder {
            variant.write(folder)?;
        }
        open.variants.push(variant);
        Ok(())
    }

    /// Forgets a variant, and deletes its folder.
    pub fn drop_variant(&self, id: &str) -> Result<(), Fault> {
        let variant = self.variant(id)?;
        let mut state = self.state();
        let open = state.open.as_mut().ok_or_else(Fault::nothing_open)?;
        open.variants.retain(|other| other.id != variant.id);
        if let Some(folder) = &open.folder {
            let own = folder.join(VARIANTS_FOLDER).join(&variant.id);
            if own.is_dir() {
                fs::remove_dir_all(own).map_err(|error| Fault::broken(&error))?;
            }
        }
        Ok(())
    }

    /// Goes on from a variant, as a step that can be undone.
    pub fn resume_variant(&self, id: &str) -> Result<(), Fault> {
        let variant = self.variant(id)?;
        let before = self.snapshot()?;
        let label = format!("reprise de la variante {}", variant.name);
        self.replace(&before, label, Snapshot::clone(&variant.snapshot))
    }

    /// Sets two plans side by side: `courant`, `actuel` (today's sectors) or a variant.
    pub fn compare(&self, one: &str, other: &str) -> Result<Comparison, Fault> {
        Ok(self.compared(one, other)?.0)
    }

    /// The same as a page to print.
    pub fn comparison_document(&self, one: &str, other: &str) -> Result<Vec<u8>, Fault> {
        let (comparison, origins) = self.compared(one, other)?;
        let page = comparison_html(&comparison, &origins);
        page.map(String::into_bytes).map_err(|error| Fault::broken(&error))
    }

    fn compared(&self, one: &str, other: &str) -> Result<(Comparison, [Origin; 2]), Fault> {
        let [(one, from), (other, to)] = [self.side(one)?, self.side(other)?];
        Ok((compare(&[one, other]), [from, to]))
    }

    fn side(&self, id: &str) -> Result<(Side, Origin), Fault> {
        let (name, snapshot) = match id {
            "courant" => ("plan courant".to_owned(), self.snapshot()?),
            "actuel" => {
                let dossier = &self.snapshot()?.ready()?.problem.dossier.clone();
                return Ok((
                    Side::of_today("secteurs actuels", dossier),
                    Origin::of_today(dossier),
                ));
            }
            id => {
                let variant = self.variant(id)?;
                (variant.name, variant.snapshot)
            }
        };
        let facts = facts_of(&snapshot.ready()?.problem.dossier);
        let solved = snapshot.plan()?;
        let origin = Origin::of_plan(&solved.plan, Some(solved.run.date))
            .map_err(|error| Fault::broken(&error))?;
        Ok((Side::of_plan(&name, &solved.plan, &facts), origin))
    }

    fn variant(&self, id: &str) -> Result<Variant, Fault> {
        let state = self.state();
        let open = state.open.as_ref().ok_or_else(Fault::nothing_open)?;
        open.variants.iter().find(|variant| variant.id == id).cloned().ok_or_else(|| {
            Fault::absent(format!("Il n'y a pas de variante « {id} »."), "Rechargez la page.")
        })
    }
}
