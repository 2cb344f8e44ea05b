//! The command line: arguments, one file per command, exit codes.

mod bareme;
mod clock;
mod comparer;
mod controler;
mod demo;
mod diagnostics;
mod edits;
pub mod exit;
mod expliquer;
mod exporter;
mod frontiere;
mod generer;
mod help;
mod importer;
mod manners;
mod new_dossier;
mod opening;
mod ouvrir;
mod planned;
mod planning;
mod post_edits;
mod progress;
mod reference;
mod remplacer;
mod resoudre;
mod solving;
mod summary;
mod trajets;
mod usage;
mod variante;
mod verifier;

use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use exit::Failure;
use manners::Manners;

use crate::wording::typography::unbroken;

/// Prépare les secteurs du service social en faveur des élèves d'un département
#[derive(Debug, Parser)]
#[command(
    name = "maillage",
    version,
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    max_term_width = 100,
    after_help = "Pour commencer :\n  maillage demo\n\nChaque commande a son aide et un exemple : maillage resoudre --help"
)]
struct Cli {
    #[command(flatten)]
    manners: Manners,
    /// Affiche cette aide
    #[arg(long, short = 'h', global = true, action = clap::ArgAction::Help, help_heading = help::COMMON)]
    help: Option<bool>,
    /// Affiche la version
    #[arg(long, short = 'V', action = clap::ArgAction::Version, help_heading = help::COMMON)]
    version: Option<bool>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
#[expect(clippy::large_enum_variant, reason = "one value, parsed once and run once")]
enum Command {
    Demo(demo::Arguments),
    Ouvrir(ouvrir::Arguments),
    Importer(importer::Arguments),
    Trajets(trajets::Arguments),
    Verifier(verifier::Arguments),
    Resoudre(resoudre::Arguments),
    Variante(variante::Arguments),
    Comparer(comparer::Arguments),
    Frontiere(frontiere::Arguments),
    Remplacer(remplacer::Arguments),
    Planning(planning::Arguments),
    Exporter(exporter::Arguments),
    Expliquer(expliquer::Arguments),
    Controler(controler::Arguments),
    Bareme(bareme::Arguments),
    Generer(generer::Arguments),
}

impl Command {
    fn run(self, manners: &Manners) -> Result<(), Failure> {
        match self {
            Self::Resoudre(arguments) => resoudre::run(&arguments, manners),
            Self::Controler(arguments) => controler::run(&arguments, manners),
            Self::Comparer(arguments) => comparer::run(&arguments, manners),
            Self::Frontiere(arguments) => frontiere::run(&arguments, manners),
            Self::Remplacer(arguments) => remplacer::run(&arguments, manners),
            Self::Planning(arguments) => planning::run(&arguments, manners),
            Self::Bareme(arguments) => bareme::run(&arguments),
            Self::Demo(arguments) => demo::run(&arguments, manners),
            Self::Ouvrir(arguments) => ouvrir::run(&arguments, manners),
            Self::Generer(arguments) => generer::run(&arguments, manners),
            Self::Importer(arguments) => importer::run(&arguments, manners),
            Self::Expliquer(arguments) => expliquer::run(&arguments, manners),
            Self::Exporter(arguments) => exporter::run(&arguments, manners),
            Self::Trajets(arguments) => trajets::run(&arguments, manners),
            Self::Variante(arguments) => variante::run(&arguments, manners),
            Self::Verifier(arguments) => verifier::run(&arguments, manners),
        }
    }
}

/// Parses the command line, runs the command, and says how it ended.
#[must_use]
pub fn main() -> ExitCode {
    match parse() {
        Ok(cli) => end(cli.command.run(&cli.manners)),
        Err(error) => match error.kind() {
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
                end(error.print().map_err(Failure::from))
            }
            ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
                let printed = error.print().map_err(Failure::from);
                end(printed.and(Err(Failure::said(exit::USAGE))))
            }
            _ => end(Err(Failure::new(exit::USAGE, usage::in_french(&error)))),
        },
    }
}

/// Everything that the program understands, with its help in French.
#[must_use]
pub fn command() -> clap::Command {
    help::french(Cli::command())
}

fn parse() -> Result<Cli, clap::Error> {
    Cli::from_arg_matches(&command().try_get_matches()?)
}

fn end(result: Result<(), Failure>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::from(exit::DONE),
        Err(failure) => {
            if !failure.message.is_empty() {
                eprintln!("{}", unbroken(&format!("maillage : {}", failure.message)));
            }
            ExitCode::from(failure.code)
        }
    }
}
