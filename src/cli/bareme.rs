//! `maillage bareme`: the commented barème of a profil, to start an own one from.

use clap::Args;

use super::exit::{Failure, USAGE};
use super::manners::print;
use crate::policy::profile;

/// Écrit le barème commenté d'un profil, pour en faire le sien
#[derive(Debug, Args)]
#[command(
    after_help = "Exemple :\n  maillage bareme circulaire-2017 > mon-bareme.toml\n\nDe ce fichier, copiez dans scenario.toml les seules valeurs que vous changez."
)]
pub struct Arguments {
    /// Profil : circulaire-2017, aix-marseille-2018, deux-sevres-2018 ou haute-garonne-2024
    #[arg(value_name = "PROFIL")]
    profil: String,
}

/// Runs the command.
///
/// # Errors
/// An unknown profil.
pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let text = profile::commented(&arguments.profil)
        .map_err(|error| Failure::new(USAGE, error.to_string()))?;
    print(&text)
}
