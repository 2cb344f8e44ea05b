//! `maillage exporter`: one document of a plan, in the format asked for.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde_json::json;

use super::diagnostics;
use super::exit::{Failure, INVALID_INPUT, UNEXPECTED};
use super::manners::Manners;
use crate::export::{
    Document, ExportError, Options, read_plan, read_run, same_input, write_document,
};

/// Écrit un plan en tableaux, en classeur, en rapport ou en publipostage
#[derive(Debug, Args)]
#[command(
    after_help = "Exemple : maillage exporter mon-dossier mon-plan --format xlsx -o plan.xlsx\n\
                  Formats : csv (un dossier de tableaux), xlsx, ods, html (le rapport), publipostage (une \
                  ligne par lettre aux chefs d'établissement)."
)]
pub struct Arguments {
    /// Dossier de rentrée dont vient le plan
    #[arg(value_name = "DOSSIER")]
    dossier: PathBuf,
    /// Dossier du plan (ou son plan.json)
    #[arg(value_name = "PLAN")]
    plan: PathBuf,
    /// csv, xlsx, ods, html ou publipostage
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
}

impl From<Format> for Document {
    fn from(format: Format) -> Self {
        match format {
            Format::Csv => Self::Csv,
            Format::Xlsx => Self::Xlsx,
            Format::Ods => Self::Ods,
            Format::Html => Self::Html,
            Format::Publipostage => Self::Publipostage,
        }
    }
}

/// Runs the command.
///
/// # Errors
/// Exit code 3 when the dossier or the plan cannot be read or do not go together.
pub fn run(arguments: &Arguments, manners: &Manners) -> Result<(), Failure> {
    let dossier = diagnostics::read(&arguments.dossier, manners)?;
    let plan = read_plan(&arguments.plan).map_err(failure)?;
    let run = read_run(&arguments.plan).map_err(failure)?;
    if !same_input(&dossier, &plan) {
        manners.note("Le dossier a changé depuis le calcul de ce plan : le document le dit.");
    }
    let document = Document::from(arguments.format);
    let target = target(arguments, document);
    let options = Options { anonymous: arguments.sans_noms };
    write_document(document, &target, &dossier, &plan, &run, options).map_err(failure)?;
    let path = target.display().to_string();
    manners.result(&format!("{path}\n"), &json!({ "sortie": path }))
}

/// Beside the plan unless the user says where.
fn target(arguments: &Arguments, document: Document) -> PathBuf {
    let folder = if arguments.plan.is_file() {
        arguments.plan.parent().unwrap_or(Path::new(""))
    } else {
        &arguments.plan
    };
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
