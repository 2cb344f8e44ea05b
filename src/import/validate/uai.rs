//! UAI: shape, check letter with the likely correction, departement.

use std::collections::BTreeSet;

use crate::domain::{Establishment, EstablishmentKind, Uai, UaiError};
use crate::import::departement::departement_of_uai;
use crate::import::dossier::Draft;
use crate::import::error::{Code, Diagnostic};

use super::Known;

/// Checks the `uai` and `reseau` cells of the establishments.
pub fn check(draft: &Draft, known: &Known, report: &mut Vec<Diagnostic>) {
    let mentioned = mentioned_elsewhere(draft, known);
    let rows = &draft.establishments;
    for (index, row) in rows.values.iter().enumerate() {
        if row.kind != EstablishmentKind::Circonscription {
            let fault = fault_of(&row.uai, &mentioned);
            report.extend(
                fault.map(|(code, cause, action)| rows.fault(index, "uai", code, cause, action)),
            );
            report.extend(foreign(draft, index, row));
        }
        if let Some(head) = &row.network {
            let heads = known.establishments.keys().copied().collect();
            let fault = fault_of(head, &heads);
            report.extend(
                fault.map(|(code, cause, action)| rows.fault(index, "reseau", code, cause, action)),
            );
        }
    }
}

/// Codes that the other files name and that no establishment bears: what a mistyped UAI was
/// probably meant to be.
fn mentioned_elsewhere<'a>(draft: &'a Draft, known: &Known) -> BTreeSet<&'a str> {
    let residences = draft.posts.values.iter().filter_map(|post| post.residence.as_deref());
    let current = draft.current.values.iter().map(|row| row.uai.as_str());
    let decided = draft.decisions.values.iter().map(|row| row.uai.as_str());
    let forecast = draft.forecasts.values.iter().map(|row| row.uai.as_str());
    let heads = draft.establishments.values.iter().filter_map(|row| row.network.as_deref());
    residences
        .chain(current)
        .chain(decided)
        .chain(forecast)
        .chain(heads)
        .filter(|code| !known.establishments.contains_key(code))
        .collect()
}

/// Code, cause and action when `text` is no valid UAI; nothing for an empty cell, told elsewhere.
fn fault_of(text: &str, likely: &BTreeSet<&str>) -> Option<(Code, String, String)> {
    let error = text.parse::<Uai>().err().filter(|_| !text.is_empty())?;
    let swapped =
        transpositions(text).into_iter().find(|candidate| likely.contains(candidate.as_str()));
    let advice = swapped.map(|candidate| {
        format!("Deux chiffres sont sans doute inversés : {candidate} est nommé ailleurs dans le dossier.")
    });
    Some(match error {
        UaiError::Shape => (
            Code::UaiShape,
            format!("« {text} » n'est pas un UAI : il en faut sept chiffres et une lettre."),
            "Recopiez le numéro de l'annuaire, zéro initial compris, comme 0311236A.".to_owned(),
        ),
        UaiError::CheckLetter(right) => (
            Code::UaiLetter,
            format!("La lettre de contrôle de {text} ne correspond pas à ses chiffres."),
            advice.unwrap_or_else(|| {
                format!("Si les chiffres sont justes, c'est {right} ; sinon, deux d'entre eux sont peut-être inversés.")
            }),
        ),
    })
}

/// The valid UAI that exchanging two neighbouring digits gives.
fn transpositions(text: &str) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    (1..letters.len().min(7))
        .map(|right| {
            let mut swapped = letters.clone();
            swapped.swap(right - 1, right);
            swapped.into_iter().collect::<String>()
        })
        .filter(|candidate| candidate.parse::<Uai>().is_ok())
        .collect()
}

fn foreign(draft: &Draft, index: usize, row: &Establishment) -> Option<Diagnostic> {
    let expected = &draft.scenario.departement;
    let found = departement_of_uai(&row.uai)?;
    if expected.is_empty() || found == *expected || row.uai.parse::<Uai>().is_err() {
        return None;
    }
    let cause = format!(
        "{} est un UAI du département {found}, et le dossier est celui du {expected}.",
        row.uai
    );
    let action = "Vérifiez le numéro ; rien à faire si l'établissement est bien servi d'ici.";
    Some(draft.establishments.fault(index, "uai", Code::ForeignUai, cause, action))
}
