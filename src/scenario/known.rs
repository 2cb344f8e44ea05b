//! Finding what an edit names, or the nearest known name.

use crate::domain::{Dossier, Establishment, EstablishmentKind, NETWORK_PREFIX, Post};
use crate::import::fold;
use crate::wording::label;

use super::error::EditError;

/// The row of an establishment; case does not count.
pub fn row(dossier: &Dossier, uai: &str) -> Result<usize, EditError> {
    let same = |row: &Establishment| row.uai.eq_ignore_ascii_case(uai.trim());
    dossier.establishments.iter().position(same).ok_or_else(|| EditError::UnknownUnit {
        text: uai.to_owned(),
        nearest: nearest_unit(dossier, uai),
    })
}

/// The code of a unit that decisions may name, as the dossier writes it, and whether it belongs
/// to the first degree.
pub fn unit(dossier: &Dossier, code: &str) -> Result<(String, bool), EditError> {
    let upper = code.trim().to_uppercase();
    let is_network = upper.strip_prefix(NETWORK_PREFIX).is_some_and(|head| {
        let mut ecoles = dossier.establishments.iter();
        ecoles
            .any(|row| row.kind == EstablishmentKind::Ecole && row.network.as_deref() == Some(head))
    });
    if is_network {
        return Ok((upper, true));
    }
    let found = &dossier.establishments[row(dossier, code)?];
    Ok((found.uai.clone(), found.kind.is_first_degree()))
}

/// The index of a post; case does not count.
pub fn post(dossier: &Dossier, id: &str) -> Result<usize, EditError> {
    let same = |post: &Post| post.id.eq_ignore_ascii_case(id.trim());
    dossier.posts.iter().position(same).ok_or_else(|| EditError::UnknownPost {
        text: id.to_owned(),
        nearest: nearest(id, dossier.posts.iter().map(|post| (post.id.clone(), ""))),
    })
}

/// A bassin as the establishments write it; case and accents do not count.
pub fn bassin(dossier: &Dossier, text: &str) -> Result<String, EditError> {
    let named = |row: &&Establishment| fold(&row.bassin) == fold(text) && !row.bassin.is_empty();
    let found = dossier.establishments.iter().find(named);
    found.map(|row| row.bassin.clone()).ok_or_else(|| EditError::UnknownBassin {
        text: text.to_owned(),
        nearest: nearest(
            text,
            dossier.establishments.iter().map(|row| (row.bassin.clone(), row.bassin.as_str())),
        ),
    })
}

/// Name and code of an establishment, or the code alone.
pub fn named(dossier: &Dossier, code: &str) -> String {
    let network = code.strip_prefix(NETWORK_PREFIX);
    let head = network.unwrap_or(code);
    let found = dossier.establishments.iter().find(|row| row.uai.eq_ignore_ascii_case(head));
    match (found, network) {
        (Some(row), None) => format!("{} ({})", row.name, row.uai),
        (Some(row), Some(_)) => format!("{} ({code})", label::network(&row.name)),
        (None, _) => code.to_owned(),
    }
}

fn nearest_unit(dossier: &Dossier, text: &str) -> String {
    let rows = dossier.establishments.iter();
    nearest(text, rows.map(|row| (format!("{} ({})", row.uai, row.name), row.name.as_str())))
}

/// The label whose first word (or whose name) looks most like `text`; ties go to the first.
fn nearest<'a>(text: &str, known: impl Iterator<Item = (String, &'a str)>) -> String {
    let text = fold(text);
    let likeness = |word: &str| strsim::normalized_damerau_levenshtein(&text, &fold(word));
    let mut best: Option<(f64, String)> = None;
    for (label, name) in known {
        let code = label.split(' ').next().unwrap_or_default();
        let found = likeness(code).max(likeness(name));
        if best.as_ref().is_none_or(|(known, _)| found > *known) {
            best = Some((found, label));
        }
    }
    best.map_or_else(|| "aucun : le dossier est vide".to_owned(), |(_, label)| label)
}
