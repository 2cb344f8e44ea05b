//! `maillage exporter`: one document of a plan, in the format asked for.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde_json::json;

use super::exit::{Failure, INVALID_INPUT, UNEXPECTED, USAGE};
use super::manners::Manners;
use super::planned;
use super::solving;
use crate::export::{
    Document, ExportError, Options, read_run, replace_file, same_input, write_document,
};
use crate::model::write_mps;

/// Écrit un plan en tableaux, en classeur, en rapport ou en publipostage
#[derive(Debug, Args)]
#[command(
    after_help = "Exemples :\n  maillage exporter mon-dossier mon-plan --format xlsx -o plan.xlsx\n  \
                  maillage exporter mon-dossier --format mps -o modele.mps\n\n\
                  Formats : csv (un dossier de tableaux), xlsx, ods, html (le rapport), publipostage (une \
                  ligne par lettre aux chefs d'établissement), mps (le modèle compact, sans plan)."
)]
pub struct Arguments {
    /// Dossier de rentrée dont vient le plan
    #[arg(value_name = "DOSSIER")]
    dossier: PathBuf,
    /// Dossier du plan (ou son plan.json) ; inutile pour mps
    #[arg(value_name = "PLAN")]
    plan: Option<PathBuf>,
    /// csv, xlsx, ods, html, publipostage, ou mps (le modèle du dossier, pour un autre solveur)
    #[arg(long, value_name = "FORMAT")]
    format: Format,
    /// Fichier à écrire, ou dossier pour csv (par défaut, dans le dossier du plan)
    #[arg(long, short = 'o', value_name = "SORTIE")]
    sortie: Option<PathBuf>,
    /// Retire les noms des agents du document
    #[arg(long)]
    sans_noms: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Csv,
    Xlsx,
    Ods,
    Html,
    Publipostage,
    Mps,
}

impl Format {
    /// The document of a plan; `None` for the model, which needs no plan.
    const fn document(self) -> Option<Document> {
        match self {
            Self::Csv => Some(Document::Csv),
            Self::Xlsx => Some(Document::Xlsx),
            Self::Ods => Some(Document::Ods),
            Self::Html => Some(Document::Html),
            Self::Publipostage => Some(Document::Publipostage),
            Self::Mps => None,
        }
    }
}

/// Runs the command.
///
/// # Errors
/// Exit code 2 without the plan that a document needs, 3 when the dossier or the plan cannot be
/// read or do not go together.
pub fn run(arguments: &Arguments, manners: &Manners) -> Result<(), Failure> {
    let target = match (arguments.format.document(), &arguments.plan) {
        (None, _) => model(arguments, manners)?,
        (Some(document), Some(plan)) => of_plan(arguments, manners, document, plan)?,
        (Some(_), None) => {
            return Err(Failure::new(USAGE, "ce format demande le dossier du plan."));
        }
    };
    let path = target.display().to_string();
    manners.result(&format!("{path}\n"), &json!({ "sortie": path }))
}

fn of_plan(
    arguments: &Arguments,
    manners: &Manners,
    document: Document,
    folder: &Path,
) -> Result<PathBuf, Failure> {
    let (dossier, plan) = planned::read_both(&arguments.dossier, folder, manners)?;
    let run = read_run(folder).map_err(failure)?;
    if !same_input(&dossier, &plan) {
        manners.note("Le dossier a changé depuis le calcul de ce plan : le document le dit.");
    }
    let target = target(arguments, folder, document);
    let options = Options { anonymous: arguments.sans_noms };
    write_document(document, &target, &dossier, &plan, &run, options).map_err(failure)?;
    Ok(target)
}

/// The compact model of the dossier, for any other solver to check.
fn model(arguments: &Arguments, manners: &Manners) -> Result<PathBuf, Failure> {
    let ready = solving::read(&arguments.dossier, manners)?;
    let target = arguments.sortie.clone().unwrap_or_else(|| arguments.dossier.join("modele.mps"));
    let mut text = Vec::new();
    write_mps(&ready.problem, &mut text)?;
    replace_file(&target, &text).map_err(failure)?;
    Ok(target)
}

/// Beside the plan unless the user says where.
fn target(arguments: &Arguments, plan: &Path, document: Document) -> PathBuf {
    let folder = if plan.is_file() { plan.parent().unwrap_or(Path::new("")) } else { plan };
    arguments.sortie.clone().unwrap_or_else(|| folder.join(document.default_name()))
}

fn failure(error: ExportError) -> Failure {
    let code = match error {
        ExportError::Read { .. } | ExportError::Format { .. } | ExportError::Foreign(_) => {
            INVALID_INPUT
        }
        _ => UNEXPECTED,
    };
    Failure::new(code, error.to_string())
}
