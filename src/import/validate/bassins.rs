//! Bassins: those that posts and advisers name exist, and each has someone.

use std::collections::BTreeSet;

use crate::import::dossier::Draft;
use crate::import::error::{Code, Diagnostic};
use crate::import::table::nearest;

use super::Known;

/// Checks the names, then who may serve each bassin.
pub fn check(draft: &Draft, known: &Known, report: &mut Vec<Diagnostic>) {
    for (index, post) in draft.posts.values.iter().enumerate() {
        if let Some((cause, action)) =
            post.bassin.as_deref().and_then(|bassin| unknown(known, bassin))
        {
            report.push(draft.posts.fault(index, "bassin", Code::UnknownBassin, cause, action));
        }
    }
    for (index, adviser) in draft.advisers.values.iter().enumerate() {
        if let Some((cause, action)) = unknown(known, &adviser.bassin) {
            report.push(draft.advisers.fault(index, "bassin", Code::UnknownBassin, cause, action));
        }
    }
    check_presence(draft, known, report);
}

/// An empty cell is told elsewhere.
fn unknown(known: &Known, bassin: &str) -> Option<(String, String)> {
    if bassin.is_empty() || known.bassins.contains(bassin) {
        return None;
    }
    let cause = format!("Aucun établissement n'est dans le bassin « {bassin} ».");
    let action = match nearest(bassin, known.bassins.iter().copied()) {
        Some(near) => format!("Vouliez-vous dire « {near} » ?"),
        None => "Écrivez le nom comme dans la colonne bassin de etablissements.csv.".to_owned(),
    };
    Some((cause, action))
}

fn check_presence(draft: &Draft, known: &Known, report: &mut Vec<Diagnostic>) {
    let posts = &draft.posts.values;
    let anywhere = posts.iter().any(|post| post.bassin.is_none());
    let served: BTreeSet<&str> = posts.iter().filter_map(|post| post.bassin.as_deref()).collect();
    let advised: BTreeSet<&str> =
        draft.advisers.values.iter().map(|adviser| adviser.bassin.as_str()).collect();
    for bassin in &known.bassins {
        if !posts.is_empty() && !anywhere && !served.contains(bassin) {
            let cause = format!("Aucun poste ne peut servir le bassin « {bassin} ».");
            let action = "Donnez-y un poste, ou videz la cellule bassin d'un poste voisin.";
            report.push(
                Diagnostic::new(Code::NobodyInBassin, draft.posts.file(), cause, action)
                    .with_value(*bassin),
            );
        }
        if !advised.is_empty() && !advised.contains(bassin) {
            let cause = format!(
                "Le bassin « {bassin} » n'a pas de conseiller : aucun établissement n'y sera en référence."
            );
            let action = "Ajoutez une ligne si un conseiller le coordonne aussi.";
            report.push(
                Diagnostic::new(Code::BassinWithoutAdviser, draft.advisers.file(), cause, action)
                    .with_value(*bassin),
            );
        }
    }
}
