//! Two rows that speak of one thing.

use std::collections::BTreeMap;

use crate::import::dossier::Draft;
use crate::import::error::{Code, Diagnostic};
use crate::import::sheet::Rows;

/// Checks every file.
pub fn check(draft: &Draft, report: &mut Vec<Diagnostic>) {
    find(&draft.establishments, "uai", |row| vec![row.uai.clone()], report);
    find(&draft.posts, "poste", |row| vec![row.id.clone()], report);
    find(&draft.advisers, "conseiller", |row| vec![row.id.clone(), row.bassin.clone()], report);
    find(&draft.trips, "origine", |row| vec![row.from.clone(), row.to.clone()], report);
    find(&draft.forecasts, "uai", |row| vec![row.uai.clone()], report);
    find(&draft.poles, "pole", |row| vec![row.pole.clone(), row.post.clone()], report);
    find(&draft.affinities, "poste", |row| vec![row.post.clone(), row.uai.clone()], report);
    find(
        &draft.current,
        "uai",
        |row| vec![row.uai.clone(), row.post.clone().unwrap_or_default()],
        report,
    );
    find(
        &draft.decisions,
        "uai",
        |row| {
            let presence = row.presence.map(|presence| presence.to_string());
            let modality = row.modality.map(|modality| modality.to_string());
            let named = [row.post.clone(), modality, presence].map(Option::unwrap_or_default);
            [vec![row.uai.clone(), row.kind.to_string()], named.to_vec()].concat()
        },
        report,
    );
}

/// Rows whose key an earlier row has; a key without any text is told elsewhere.
fn find<T>(
    rows: &Rows<T>,
    column: &str,
    key: impl Fn(&T) -> Vec<String>,
    report: &mut Vec<Diagnostic>,
) {
    let mut first_lines: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    for (index, row) in rows.values.iter().enumerate() {
        let key = key(row);
        if key[0].is_empty() {
            continue;
        }
        let line = *first_lines.entry(key.clone()).or_insert(rows.line(index));
        if line != rows.line(index) {
            let named: Vec<&str> =
                key.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
            let cause = format!("{} est déjà à la ligne {line}.", named.join(", "));
            let action =
                "Supprimez l'une des deux lignes, ou corrigez celle qui a été mal recopiée.";
            report.push(rows.fault(index, column, Code::Duplicate, cause, action));
        }
    }
}
