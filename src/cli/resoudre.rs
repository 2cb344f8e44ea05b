//! `maillage resoudre`: the plan of a dossier.

use std::path::PathBuf;

use clap::Args;

use super::edits::DecisionOptions;
use super::exit::Failure;
use super::manners::Manners;
use super::solving::{self, SolveOptions};
use super::summary;

/// Trouve le meilleur plan d'un dossier et écrit ses documents
#[derive(Debug, Args)]
#[command(after_help = "Exemple :\n  maillage resoudre mon-dossier -o mon-plan --limite 30s\n\n\
                  Une décision de la ligne de commande vaut pour ce calcul seul : « maillage controler » prend les \
                  mêmes options, et decisions.csv garde celles qui durent.")]
pub struct Arguments {
    /// Dossier de rentrée
    #[arg(value_name = "DOSSIER")]
    dossier: PathBuf,
    /// Dossier du plan à écrire (plan.json, tableaux, rapport.html)
    #[arg(long, short = 'o', alias = "output", value_name = "PLAN")]
    sortie: PathBuf,
    /// Retire les noms des agents de tous les documents
    #[arg(long)]
    sans_noms: bool,
    #[command(flatten)]
    decisions: DecisionOptions,
    #[command(flatten)]
    options: SolveOptions,
}

/// Runs the command.
///
/// # Errors
/// Exit codes 1 to 6 of the contract.
pub fn run(arguments: &Arguments, manners: &Manners) -> Result<(), Failure> {
    let ready = solving::read_decided(&arguments.dossier, &arguments.decisions, manners)?;
    solving::check_output(&arguments.sortie)?;
    let solved = solving::solve(&ready, &arguments.options, manners)?;
    solving::write(&arguments.sortie, &ready, &solved, arguments.sans_noms)?;
    let text = summary::text(&solved, &arguments.sortie);
    manners.result(&text, &summary::document(&solved, &arguments.sortie))
}
