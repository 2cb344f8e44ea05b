//! The documents of the plan at hand, composed when asked for.

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;
use std::sync::Arc;

use tempfile::tempdir;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::saving::PLAN_FOLDER;
use super::{Fault, Session, Snapshot};
use crate::export::{
    Document, Heading, Options, timetable_csv, timetable_html, without_names, write_document,
    write_plan,
};
use crate::planning::timetable;
use crate::run::Ready;
use crate::solve::plan::read_back::read_back;

/// A document that the page may take away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocumentName {
    /// The report.
    Report,
    /// Today's sectors beside the plan.
    Comparison,
    /// The weeks of the posts.
    Timetable,
    /// Excel workbook.
    Xlsx,
    /// OpenDocument workbook.
    Ods,
    /// Letters to heads of establishments.
    Mailing,
    /// The tables, zipped.
    Tables,
    /// The weeks of the posts, a row a half-day.
    TimetableCsv,
    /// The dossier with its plan, zipped.
    Dossier,
}

impl DocumentName {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 9] = [
        Self::Report,
        Self::Comparison,
        Self::Timetable,
        Self::Xlsx,
        Self::Ods,
        Self::Mailing,
        Self::Tables,
        Self::TimetableCsv,
        Self::Dossier,
    ];

    /// Name of the file.
    #[must_use]
    pub const fn file(self) -> &'static str {
        match self {
            Self::Report => "rapport.html",
            Self::Comparison => "comparaison.html",
            Self::Timetable => "planning.html",
            Self::Xlsx => "plan.xlsx",
            Self::Ods => "plan.ods",
            Self::Mailing => "publipostage.csv",
            Self::Tables => "tableaux.zip",
            Self::TimetableCsv => "planning.csv",
            Self::Dossier => "dossier.zip",
        }
    }

    /// What it is, in French.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Report => {
                "Rapport à imprimer : annexe de sectorisation, carte, indicateurs, méthode"
            }
            Self::Comparison => {
                "Comparaison avec les secteurs d'aujourd'hui : qui change de mains, indicateurs"
            }
            Self::Timetable => {
                "Emploi du temps des permanences : la semaine de chaque poste, les jours de chaque établissement"
            }
            Self::Xlsx => "Classeur Excel : un tableau par feuille",
            Self::Ods => "Classeur LibreOffice : un tableau par feuille",
            Self::Mailing => "Publipostage : une ligne par lettre aux chefs d'établissement",
            Self::Tables => "Tableaux CSV pour le comité",
            Self::TimetableCsv => "Emploi du temps : une ligne par demi-journée",
            Self::Dossier => {
                "Dossier complet : fichiers d'entrée et plan, pour la ligne de commande"
            }
        }
    }

    /// Media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Report | Self::Comparison | Self::Timetable => "text/html; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Self::Mailing | Self::TimetableCsv => "text/csv; charset=utf-8",
            Self::Tables | Self::Dossier => "application/zip",
        }
    }

    /// Whether a browser shows it.
    #[must_use]
    pub const fn is_page(self) -> bool {
        matches!(self, Self::Report | Self::Comparison | Self::Timetable)
    }

    /// The document of a file name.
    #[must_use]
    pub fn of(file: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|name| name.file() == file)
    }

    const fn exported(self) -> Option<Document> {
        match self {
            Self::Report => Some(Document::Html),
            Self::Xlsx => Some(Document::Xlsx),
            Self::Ods => Some(Document::Ods),
            Self::Mailing => Some(Document::Publipostage),
            Self::Tables => Some(Document::Csv),
            Self::Comparison | Self::Timetable | Self::TimetableCsv | Self::Dossier => None,
        }
    }
}

impl Session {
    /// The documents that there are of the plan at hand.
    pub fn documents(&self) -> Result<Vec<DocumentName>, Fault> {
        let snapshot = self.snapshot()?;
        snapshot.plan()?;
        let has_today = !snapshot.ready()?.problem.dossier.current.is_empty();
        let all = DocumentName::ALL.into_iter();
        Ok(all.filter(|name| has_today || *name != DocumentName::Comparison).collect())
    }

    /// The bytes of a document.
    pub fn document(&self, name: DocumentName, anonymous: bool) -> Result<Vec<u8>, Fault> {
        let snapshot = self.snapshot()?;
        match name {
            // Neither plan nor sectors name an agent there.
            DocumentName::Comparison => return self.comparison_document("actuel", "courant"),
            DocumentName::Timetable | DocumentName::TimetableCsv => {
                return self.timetable(name, &snapshot, anonymous);
            }
            _ => {}
        }
        let options = Options { anonymous };
        let beside = tempdir().map_err(|error| Fault::broken(&error))?;
        let target = beside.path().join(name.file());
        compose(&snapshot, name, &target, options)?;
        let bytes = if target.is_dir() { zipped(&target) } else { fs::read(&target) };
        bytes.map_err(|error| Fault::broken(&error))
    }

    /// The weeks of the posts, as a page or as a table.
    fn timetable(
        &self,
        name: DocumentName,
        snapshot: &Snapshot,
        anonymous: bool,
    ) -> Result<Vec<u8>, Fault> {
        let (ready, solved) = (snapshot.ready()?, snapshot.plan()?);
        let broken = |error: &dyn std::fmt::Display| Fault::broken(error);
        let nameless = anonymous.then(|| without_names(&ready.problem.dossier, &solved.plan));
        let (ready, plan) = match &nameless {
            Some((dossier, plan)) => {
                let ready = Ready::new(dossier.clone()).map_err(|error| broken(&error))?;
                (&Arc::new(ready), plan)
            }
            None => (ready, &solved.plan),
        };
        let solution = read_back(&ready.problem, plan).map_err(|error| broken(&error))?;
        let weeks = self.pool.install(|| timetable(&ready.problem, &solution));
        let document = match name {
            DocumentName::TimetableCsv => timetable_csv(&weeks),
            _ => Heading::new(plan, Some(solved.run.date), anonymous)
                .and_then(|heading| timetable_html(heading, &weeks))
                .map(String::into_bytes),
        };
        document.map_err(|error| broken(&error))
    }
}

/// Writes the document at `target`: a file, or a folder to zip.
fn compose(
    snapshot: &Snapshot,
    name: DocumentName,
    target: &Path,
    options: Options,
) -> Result<(), Fault> {
    let dossier = &snapshot.ready()?.problem.dossier;
    let solved = snapshot.plan()?;
    let (plan, run) = (&solved.plan, &solved.run);
    let written = match name.exported() {
        Some(document) => write_document(document, target, dossier, plan, run, options),
        None => {
            if options.anonymous {
                return Err(Fault::refused(
                    "Les fichiers d'entrée portent les noms des agents.",
                    "Prenez le rapport ou les tableaux sans noms.",
                ));
            }
            snapshot.files.write(target).map_err(|error| Fault::broken(&error))?;
            write_plan(&target.join(PLAN_FOLDER), dossier, plan, run, options)
        }
    };
    written.map_err(|error| Fault::broken(&error))
}

/// A folder and those below it, in alphabetical order.
fn zipped(folder: &Path) -> std::io::Result<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    add(&mut archive, folder, "")?;
    Ok(archive.finish()?.into_inner())
}

fn add(
    archive: &mut ZipWriter<Cursor<Vec<u8>>>,
    folder: &Path,
    prefix: &str,
) -> std::io::Result<()> {
    let mut entries = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            add(archive, &entry.path(), &format!("{name}/"))?;
        } else {
            archive.start_file(name, SimpleFileOptions::default())?;
            archive.write_all(&fs::read(entry.path())?)?;
        }
    }
    Ok(())
}
