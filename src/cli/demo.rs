//! `maillage demo`: the whole job on the embedded fictional departement.

use std::path::PathBuf;

use clap::Args;

use super::exit::Failure;
use super::manners::Manners;
use super::solving::{self, SolveOptions};
use super::summary;
use crate::demo::{GeneratorSettings, generate};
use crate::import::write_dossier;

/// Fait tout le travail sur un département fictif : dossier, plan, contrôle, documents
#[derive(Debug, Args)]
#[command(after_help = "Exemple :\n  maillage demo -o essai\n\n\
                        Le département, ses communes et ses établissements sont inventés.")]
pub struct Arguments {
    /// Dossier à créer ; il reçoit « dossier » (à modifier librement) et « plan »
    #[arg(
        long,
        short = 'o',
        alias = "output",
        value_name = "SORTIE",
        default_value = "maillage-demo"
    )]
    sortie: PathBuf,
    #[command(flatten)]
    options: SolveOptions,
}

/// Runs the command.
///
/// # Errors
/// Exit codes of the contract.
pub fn run(arguments: &Arguments, manners: &Manners) -> Result<(), Failure> {
    let (input, output) = (arguments.sortie.join("dossier"), arguments.sortie.join("plan"));
    write_dossier(&input, &generate(&GeneratorSettings::demonstration()))?;
    solving::check_output(&output)?;
    let ready = solving::read(&input, manners)?;
    let solved = solving::solve(&ready, &arguments.options, manners)?;
    solving::write(&output, &ready, &solved, false)?;
    let text = format!(
        "Département fictif écrit dans {}\n{}",
        input.display(),
        summary::text(&solved, &output)
    );
    manners.result(&text, &summary::document(&solved, &output))
}
