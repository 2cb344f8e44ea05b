//! The documents of the plan at hand, composed when asked for.

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

use tempfile::tempdir;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::saving::PLAN_FOLDER;
use super::{Fault, Session, Snapshot};
use crate::export::{Document, Options, write_document, write_plan};

/// A document that the page may take away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocumentName {
    /// The report.
    Report,
    /// Excel workbook.
    Xlsx,
    /// OpenDocument workbook.
    Ods,
    /// Letters to heads of establishments.
    Mailing,
    /// The tables, zipped.
    Tables,
    /// The dossier with its plan, zipped.
    Dossier,
}

impl DocumentName {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 6] =
        [Self::Report, Self::Xlsx, Self::Ods, Self::Mailing, Self::Tables, Self::Dossier];

    /// Name of the file.
    #[must_use]
    pub const fn file(self) -> &'static str {
        match self {
            Self::Report => "rapport.html",
            Self::Xlsx => "plan.xlsx",
            Self::Ods => "plan.ods",
            Self::Mailing => "publipostage.csv",
            Self::Tables => "tableaux.zip",
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
            Self::Xlsx => "Classeur Excel : un tableau par feuille",
            Self::Ods => "Classeur LibreOffice : un tableau par feuille",
            Self::Mailing => "Publipostage : une ligne par lettre aux chefs d'établissement",
            Self::Tables => "Tableaux CSV pour le comité",
            Self::Dossier => {
                "Dossier complet : fichiers d'entrée et plan, pour la ligne de commande"
            }
        }
    }

    /// Media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Report => "text/html; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Self::Mailing => "text/csv; charset=utf-8",
            Self::Tables | Self::Dossier => "application/zip",
        }
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
            Self::Dossier => None,
        }
    }
}

impl Session {
    /// The bytes of a document.
    pub fn document(&self, name: DocumentName, anonymous: bool) -> Result<Vec<u8>, Fault> {
        let snapshot = self.snapshot()?;
        let options = Options { anonymous };
        let beside = tempdir().map_err(|error| Fault::broken(&error))?;
        let target = beside.path().join(name.file());
        compose(&snapshot, name, &target, options)?;
        let bytes = if target.is_dir() { zipped(&target) } else { fs::read(&target) };
        bytes.map_err(|error| Fault::broken(&error))
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
