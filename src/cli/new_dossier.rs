//! Writing a dossier that a command has made, never over someone's work.

use std::path::Path;

use super::exit::{Failure, USAGE};
use crate::domain::Dossier;
use crate::import::write_dossier;

/// Refuses a folder that holds a dossier already, unless the user asks to replace it: a filled
/// dossier is not lost by a second import.
///
/// # Errors
/// A usage error that names the way out.
pub fn check(folder: &Path, replace: bool) -> Result<(), Failure> {
    if replace || !folder.join("etablissements.csv").exists() {
        return Ok(());
    }
    let message = format!(
        "{} contient déjà un dossier. Choisissez un autre dossier, ou ajoutez --remplacer pour écrire par-dessus.",
        folder.display()
    );
    Err(Failure::new(USAGE, message))
}

/// Writes the dossier after the same check.
///
/// # Errors
/// The check's, or a file that cannot be written.
pub fn write(folder: &Path, dossier: &Dossier, replace: bool) -> Result<(), Failure> {
    check(folder, replace)?;
    Ok(write_dossier(folder, dossier)?)
}
