//! `maillage verifier`: every fault of a dossier, in one pass.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::diagnostics::{count, listing};
use super::exit::{Failure, INVALID_INPUT};
use super::manners::Manners;
use crate::domain::Dossier;
use crate::import::read_dossier;

/// Vérifie un dossier : chaque défaut avec son fichier, sa ligne, sa cause et ce qu'il faut faire
#[derive(Debug, Args)]
#[command(after_help = "Exemple :\n  maillage verifier dossier-2026\n\n\
                        Codes de sortie : 0, le dossier est utilisable ; 3, il a des erreurs.\n\
                        Chaque code est expliqué dans docs/erreurs.md.")]
pub struct Arguments {
    /// Dossier de rentrée à vérifier
    #[arg(value_name = "DOSSIER")]
    dossier: PathBuf,
}

/// Runs the command.
///
/// # Errors
/// A dossier with errors, already said.
pub fn run(arguments: &Arguments, manners: &Manners) -> Result<(), Failure> {
    let (dossier, diagnostics) = match read_dossier(&arguments.dossier) {
        Ok((dossier, warnings)) => (Some(dossier), warnings),
        Err(diagnostics) => (None, diagnostics),
    };
    let verdict = dossier.as_ref().map_or_else(
        || "Le dossier ne peut pas être utilisé".to_owned(),
        |dossier| format!("Le dossier est utilisable ({})", contents(dossier)),
    );
    let text = format!("{}{verdict} : {}.\n", listing(&diagnostics), count(&diagnostics));
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count();
    let document = json!({
        "utilisable": dossier.is_some(),
        "erreurs": errors,
        "avertissements": diagnostics.len() - errors,
        "etablissements": dossier.as_ref().map(|dossier| dossier.establishments.len()),
        "postes": dossier.as_ref().map(|dossier| dossier.posts.len()),
        "messages": diagnostics,
    });
    manners.result(&text, &document)?;
    if dossier.is_some() { Ok(()) } else { Err(Failure::said(INVALID_INPUT)) }
}

fn contents(dossier: &Dossier) -> String {
    let percent: u32 = dossier.posts.iter().map(|post| u32::from(post.quotite_percent)).sum();
    let etp = format!("{:.2}", f64::from(percent) / 100.0).replace('.', ",");
    let plural = |count: usize| if count > 1 { "s" } else { "" };
    let (rows, posts) = (dossier.establishments.len(), dossier.posts.len());
    format!("{rows} ligne{} à servir, {posts} poste{}, {etp} ETP", plural(rows), plural(posts))
}
