//! `maillage verifier`: every fault of a dossier, in one pass.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::diagnostics::{count, listing};
use super::exit::{Failure, INVALID_INPUT};
use super::manners::Manners;
use crate::domain::Dossier;
use crate::import::read_dossier;
use crate::scenario::full_time_centi;
use crate::wording::number::{count as counted, number};

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
    let etp = dossier
        .as_ref()
        .and_then(|dossier| full_time_centi(dossier).ok())
        .map(|centi| f64::from(centi) / 100.0);
    let verdict = dossier.as_ref().map_or_else(
        || "Le dossier ne peut pas être utilisé".to_owned(),
        |dossier| format!("Le dossier est utilisable ({})", contents(dossier, etp)),
    );
    let text = format!("{}{verdict} : {}.\n", listing(&diagnostics), count(&diagnostics));
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count();
    let document = json!({
        "utilisable": dossier.is_some(),
        "erreurs": errors,
        "avertissements": diagnostics.len() - errors,
        "etablissements": dossier.as_ref().map(|dossier| dossier.establishments.len()),
        "postes": dossier.as_ref().map(|dossier| dossier.posts.len()),
        "etp_en_secteur": etp,
        "messages": diagnostics,
    });
    manners.result(&text, &document)?;
    if dossier.is_some() { Ok(()) } else { Err(Failure::said(INVALID_INPUT)) }
}

/// What the dossier holds; a post without time for a sector (MDPH) counts among the posts, not in
/// the full-time equivalents, as in the figures of a plan.
fn contents(dossier: &Dossier, etp: Option<f64>) -> String {
    let rows = counted(dossier.establishments.len() as u64, "ligne", "lignes");
    let posts = counted(dossier.posts.len() as u64, "poste", "postes");
    let etp = etp.map_or_else(String::new, |etp| format!(", {} ETP en secteur", number(etp, 2)));
    format!("{rows} à servir, {posts}{etp}")
}
