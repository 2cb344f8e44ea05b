//! Establishments and posts that the files name must be in the dossier.

use crate::domain::EstablishmentKind;
use crate::import::dossier::Draft;
use crate::import::error::{Code, Diagnostic};
use crate::import::sheet::Rows;
use crate::import::table::nearest;

use super::Known;

/// Checks every file that names an establishment or a post, the residences apart.
pub fn check(draft: &Draft, known: &Known, report: &mut Vec<Diagnostic>) {
    check_units(&draft.current, known, |row| &row.uai, report);
    check_units(&draft.decisions, known, |row| &row.uai, report);
    check_units(&draft.affinities, known, |row| &row.uai, report);
    check_posts(&draft.current, known, |row| row.post.as_deref(), report);
    check_posts(&draft.decisions, known, |row| row.post.as_deref(), report);
    check_posts(&draft.affinities, known, |row| Some(&row.post), report);
    check_posts(&draft.poles, known, |row| Some(&row.post), report);
    for (index, row) in draft.forecasts.values.iter().enumerate() {
        if !row.uai.is_empty() && !known.establishments.contains_key(row.uai.as_str()) {
            let (cause, action) = unknown_unit(known, &row.uai);
            report.push(draft.forecasts.fault(index, "uai", Code::UnknownUnit, cause, action));
        }
    }
}

/// Code, cause and action when `text` names no unit; nothing for an empty cell, told elsewhere.
pub fn unit_fault(known: &Known, text: &str) -> Option<(Code, String, String)> {
    if text.is_empty() || known.networks.contains(text) {
        return None;
    }
    match known.establishments.get(text) {
        None => {
            let (cause, action) = unknown_unit(known, text);
            Some((Code::UnknownUnit, cause, action))
        }
        Some(row) if row.kind == EstablishmentKind::Ecole => Some((
            Code::EcoleAsUnit,
            format!(
                "{text} est une école : elle est servie avec son réseau ou sa circonscription."
            ),
            match &row.network {
                Some(head) => format!("Nommez le réseau : RESEAU-{head}."),
                None => "Nommez la circonscription.".to_owned(),
            },
        )),
        Some(_) => None,
    }
}

fn unknown_unit(known: &Known, text: &str) -> (String, String) {
    let near = known
        .establishments
        .values()
        .map(|row| (strsim::damerau_levenshtein(text, &row.uai), *row))
        .filter(|(distance, _)| *distance <= 2)
        .min_by_key(|(distance, _)| *distance);
    let action = match near {
        Some((_, row)) => format!("Est-ce {} ({}) ?", row.uai, row.name),
        None => "Ajoutez l'établissement à etablissements.csv, ou supprimez la ligne s'il a fermé."
            .to_owned(),
    };
    (format!("{text} n'est pas dans etablissements.csv."), action)
}

fn check_units<T>(
    rows: &Rows<T>,
    known: &Known,
    unit: impl Fn(&T) -> &str,
    report: &mut Vec<Diagnostic>,
) {
    for (index, row) in rows.values.iter().enumerate() {
        if let Some((code, cause, action)) = unit_fault(known, unit(row)) {
            report.push(rows.fault(index, "uai", code, cause, action));
        }
    }
}

fn check_posts<T>(
    rows: &Rows<T>,
    known: &Known,
    post: impl Fn(&T) -> Option<&str>,
    report: &mut Vec<Diagnostic>,
) {
    for (index, row) in rows.values.iter().enumerate() {
        let Some(post) = post(row).filter(|post| !post.is_empty() && !known.posts.contains(post))
        else {
            continue;
        };
        let cause = format!("Le poste « {post} » n'est pas dans postes.csv.");
        let action = match nearest(post, known.posts.iter().copied()) {
            Some(near) => format!("Vouliez-vous dire « {near} » ?"),
            None => {
                "Ajoutez-le à postes.csv, ou videz la cellule si le poste est supprimé.".to_owned()
            }
        };
        report.push(rows.fault(index, "poste", Code::UnknownPost, cause, action));
    }
}
