//! Dossiers read, refused and written.

mod annuaire;
mod annuaire_quirks;
mod command;
mod documents;
mod errors;
mod matrices;
mod mutations;
mod outline;
mod round_trip;
mod verifier;
mod workbooks;

use std::fs;
use std::path::Path;

use maillage::domain::Dossier;
use maillage::import::{Code, Diagnostic, read_dossier};
use tempfile::TempDir;

/// The folder of a small dossier without fault or warning.
fn base() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/import/base"))
}

/// A copy of the base dossier.
fn base_copy() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for entry in fs::read_dir(base()).expect("the base dossier") {
        let path = entry.expect("an entry").path();
        fs::copy(&path, folder.path().join(path.file_name().expect("a name"))).expect("a copy");
    }
    folder
}

/// Everything that reading says of the base dossier with one file replaced.
fn diagnose(file: &str, bytes: &[u8]) -> Vec<Diagnostic> {
    let folder = base_copy();
    fs::write(folder.path().join(file), bytes).expect("a file written");
    diagnose_folder(folder.path())
}

fn diagnose_folder(folder: &Path) -> Vec<Diagnostic> {
    match read_dossier(folder) {
        Ok((_, warnings)) => warnings,
        Err(all) => all,
    }
}

fn read(folder: &Path) -> Dossier {
    match read_dossier(folder) {
        Ok((dossier, _)) => dossier,
        Err(all) => panic!("{}", all.iter().map(|one| format!("{one}\n")).collect::<String>()),
    }
}

/// The diagnostic of that code.
fn one(all: &[Diagnostic], code: Code) -> &Diagnostic {
    all.iter()
        .find(|diagnostic| diagnostic.code == code)
        .unwrap_or_else(|| panic!("{code} is not in {all:#?}"))
}
