//! The files of a dossier, on disk or in memory: which is which, what is missing, what is left
//! aside.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use geo::MultiPolygon;
use sha2::{Digest, Sha256};

use super::error::{Code, Diagnostic};
use super::files::{DossierFiles, list};
use super::format::{FILES, FileFormat, SCENARIO_FILE, VARIANT_FILE};
use super::outline::{OUTLINE_FILE, read_outline};
use super::sheet::Sheet;
use super::table::{Limits, Table, fold, nearest, read_bytes};

/// Endings of the tables that are read.
const TABLE_ENDINGS: [&str; 4] = [".csv", ".csv.gz", ".xlsx", ".ods"];
/// Endings of files that someone may have meant for the dossier.
const OTHER_ENDINGS: [&str; 5] = [".xls", ".tsv", ".txt", ".toml", ".xlsm"];

/// Where the files are.
enum Source<'a> {
    Disk(PathBuf),
    Memory(&'a DossierFiles),
}

/// A folder being read.
pub struct Folder<'a> {
    source: Source<'a>,
    names: Vec<String>,
    /// SHA-256 of the files read so far, hexadecimal.
    pub digests: BTreeMap<String, String>,
}

impl<'a> Folder<'a> {
    /// Lists the folder and reports the files that no reader knows.
    ///
    /// # Errors
    /// `E1001` when the folder cannot be listed.
    pub fn open(path: &Path, report: &mut Vec<Diagnostic>) -> Result<Self, Diagnostic> {
        let names = list(path)?;
        report.extend(names.iter().filter_map(|name| stray_file(name)));
        Ok(Self { source: Source::Disk(path.to_owned()), names, digests: BTreeMap::new() })
    }

    /// The same of files in memory.
    pub fn of(files: &'a DossierFiles) -> Self {
        let names = files.names().map(str::to_owned).collect();
        Self { source: Source::Memory(files), names, digests: BTreeMap::new() }
    }

    /// Goes on as if the folder had no table of a format.
    pub fn forget(&mut self, format: &FileFormat) {
        self.names.retain(|name| !names_table(name, format));
    }

    /// The table of a format; an empty one, reported when needed, if it is absent or unreadable.
    pub fn sheet(
        &mut self,
        format: &'static FileFormat,
        report: &mut Vec<Diagnostic>,
    ) -> Option<Sheet> {
        let found: Vec<String> =
            self.names.iter().filter(|name| names_table(name, format)).cloned().collect();
        match found.as_slice() {
            [] => {
                if format.mandatory {
                    report.push(missing(&format!("{}.csv", format.name), format.about));
                    return None;
                }
                Some(Sheet::absent(format))
            }
            [name] => match self.table(name) {
                Ok(table) => Some(Sheet::bind(format, table, report)),
                Err(diagnostic) => {
                    report.push(diagnostic);
                    None
                }
            },
            [first, others @ ..] => {
                let cause = format!(
                    "Le dossier a ce fichier plusieurs fois : {first}, {}.",
                    others.join(", ")
                );
                report.push(Diagnostic::new(
                    Code::AmbiguousFile,
                    first,
                    cause,
                    "Gardez-en un seul.",
                ));
                None
            }
        }
    }

    /// The bytes of `scenario.toml`.
    ///
    /// # Errors
    /// `E1001`, `E1002`, `E1005`.
    pub fn scenario(&mut self) -> Result<Cow<'a, [u8]>, Diagnostic> {
        if !self.names.iter().any(|name| name == SCENARIO_FILE) {
            let about = "les lignes nom, rentree, departement et profil";
            return Err(missing(SCENARIO_FILE, about));
        }
        self.bytes(SCENARIO_FILE)
    }

    /// The outline of the departement, if there is one that can be read. No plan depends on it: it
    /// has no digest.
    pub fn outline(&self, departement: &str, report: &mut Vec<Diagnostic>) -> Option<MultiPolygon> {
        let name = self.names.iter().find(|name| *name == OUTLINE_FILE)?;
        let outline = self.content(name).and_then(|bytes| read_outline(name, &bytes, departement));
        outline.map_err(|diagnostic| report.push(diagnostic)).ok()
    }

    fn table(&mut self, name: &str) -> Result<Table, Diagnostic> {
        let bytes = self.bytes(name)?;
        Table::from_bytes(name, &bytes, &Limits::default())
    }

    fn bytes(&mut self, name: &str) -> Result<Cow<'a, [u8]>, Diagnostic> {
        let bytes = self.content(name)?;
        let digest = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        self.digests.insert(name.to_owned(), digest);
        Ok(bytes)
    }

    fn content(&self, name: &str) -> Result<Cow<'a, [u8]>, Diagnostic> {
        Ok(match &self.source {
            Source::Disk(path) => Cow::Owned(read_bytes(&path.join(name), &Limits::default())?),
            Source::Memory(files) => Cow::Borrowed(files.get(name).unwrap_or_default()),
        })
    }
}

/// Whether a reader of dossiers takes a file of this name.
pub(super) fn is_dossier_file(name: &str) -> bool {
    [SCENARIO_FILE, OUTLINE_FILE].contains(&name)
        || FILES.iter().any(|format| names_table(name, format))
}

/// The file that holds the table of a format, if one does.
pub(super) fn file_of<'n>(
    mut names: impl Iterator<Item = &'n str>,
    format: &FileFormat,
) -> Option<&'n str> {
    names.find(|name| names_table(name, format))
}

/// Whether a file is named after a format.
pub(super) fn names_table(name: &str, format: &FileFormat) -> bool {
    table_stem(name).is_some_and(|stem| fold(stem) == fold(format.name))
}

/// The name without the ending of a table.
fn table_stem(name: &str) -> Option<&str> {
    strip_ending(name, &TABLE_ENDINGS)
}

fn strip_ending<'a>(name: &'a str, endings: &[&str]) -> Option<&'a str> {
    endings.iter().find_map(|ending| {
        let cut = name.len().checked_sub(ending.len())?;
        let (stem, found) = name.split_at_checked(cut)?;
        found.eq_ignore_ascii_case(ending).then_some(stem)
    })
}

/// A file that looks like a part of a dossier and is none; lock files of spreadsheets are not.
fn stray_file(name: &str) -> Option<Diagnostic> {
    if name.starts_with(['.', '~']) || is_dossier_file(name) || name == VARIANT_FILE {
        return None;
    }
    let known = || FILES.iter().map(|format| format.name).chain(["scenario"]);
    let stem = table_stem(name).or_else(|| strip_ending(name, &OTHER_ENDINGS))?;
    let action = match nearest(stem, known()) {
        Some(near) if strip_ending(name, &[".xls"]).is_some() => {
            format!("Ouvrez-le dans le tableur et enregistrez-le sous le nom « {near}.xlsx ».")
        }
        Some("scenario") => "Si c'est le scénario, nommez-le « scenario.toml ».".to_owned(),
        Some(near) => format!("Si c'est « {near} », nommez-le « {near}.csv » (ou .xlsx, .ods)."),
        None => "Rien à faire s'il n'est pas destiné au dossier.".to_owned(),
    };
    let cause = "Ce fichier n'est pas de ceux d'un dossier : il n'est pas lu.";
    Some(Diagnostic::new(Code::StrayFile, name, cause, action))
}

fn missing(name: &str, about: &str) -> Diagnostic {
    Diagnostic::new(
        Code::MissingFile,
        name,
        "Ce fichier obligatoire manque au dossier.",
        format!("Ajoutez-le : {about}."),
    )
}
