//! `maillage resoudre`: the plan of a dossier.

use std::path::PathBuf;

use clap::Args;

use super::clock::Clock;
use super::edits::DecisionOptions;
use super::exit::{Failure, USAGE};
use super::manners::Manners;
use super::solving::{self, SolveOptions};
use super::summary;
use crate::run::{Ready, Solved};
use crate::scenario::fewest_changes;
use crate::solve::find::Start;
use crate::solve::listener::Silent;

/// Trouve le meilleur plan d'un dossier et écrit ses documents
#[derive(Debug, Args)]
#[command(after_help = "Exemple :\n  maillage resoudre mon-dossier -o mon-plan --limite 30s\n\n\
                  Une décision de la ligne de commande vaut pour ce calcul seul : le plan la garde pour les commandes \
                  qui le relisent (controler, expliquer…), et decisions.csv garde celles qui durent.")]
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
    let (ready, solved) = if arguments.decisions.reference.wants_fewest() {
        with_fewest_changes(ready, arguments, manners)?
    } else {
        let solved = solving::solve(&ready, &arguments.options, manners)?;
        (ready, solved)
    };
    solving::write(&arguments.sortie, &ready, &solved, arguments.sans_noms)?;
    let text = summary::text(&solved, &arguments.sortie);
    manners.result(&text, &summary::document(&solved, &arguments.sortie))
}

/// The best of the plans that change as few hands as can be. Where no plan is found at all, the
/// search without that limit tells why.
fn with_fewest_changes(
    ready: Ready,
    arguments: &Arguments,
    manners: &Manners,
) -> Result<(Ready, Solved), Failure> {
    if ready.problem.dossier.current.is_empty() {
        return Err(Failure::new(
            USAGE,
            "secteurs_actuels.csv est vide : donnez le plan de référence avec --garder.",
        ));
    }
    let options = &arguments.options;
    let (pool, clock) = (options.pool()?, Clock::start(options.limite));
    let fewest = pool.install(|| fewest_changes(&ready.problem, &Silent, &clock));
    let Some(fewest) = fewest else {
        let solved =
            solving::solve_from(&ready, Start::default(), options, &pool, &clock, manners)?;
        return Ok((ready, solved));
    };
    let ready = solving::held(&ready, fewest.changements)?;
    let start = Start { memory: fewest.memory.clone(), ..Start::default() };
    let mut solved = solving::solve_from(&ready, start, options, &pool, &clock, manners)?;
    solved.plan.avertissements.push(fewest.sentence(&arguments.decisions.reference.origin()));
    Ok((ready, solved))
}
