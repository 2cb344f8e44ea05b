//! Reasons that speak of someone's health or of a conflict have no place in a document that
//! circulates.

use crate::domain::Decision;
use crate::import::error::{Code, Diagnostic};
use crate::import::sheet::Rows;
use crate::import::table::fold;

/// Words told by their beginning, without accents.
const BEGINNINGS: [&str; 20] = [
    "malad",
    "medic",
    "medec",
    "handicap",
    "grossesse",
    "enceinte",
    "maternite",
    "depress",
    "burn",
    "invalidite",
    "therapeut",
    "hospital",
    "patholog",
    "conflit",
    "mesentente",
    "harcel",
    "disput",
    "plainte",
    "cancer",
    "psych",
];
/// Words told whole: `arret` is not `arrete`, nor `sante` the end of a longer word.
const WHOLE: [&str; 3] = ["arret", "sante", "rqth"];

/// Warns of the reasons to reword.
pub fn check(rows: &Rows<Decision>, report: &mut Vec<Diagnostic>) {
    for (index, decision) in rows.values.iter().enumerate() {
        let words = decision.reason.split(|letter: char| !letter.is_alphabetic());
        if let Some(word) = words.into_iter().find(|word| is_personal(&fold(word))) {
            let cause = format!(
                "Le motif contient « {word} » : il paraîtra dans les documents, et semble toucher la santé ou un conflit."
            );
            let action = "Écrivez un motif neutre, comme « décision de la CTSS-D ».";
            report.push(rows.fault(index, "motif", Code::PersonalData, cause, action));
        }
    }
}

fn is_personal(word: &str) -> bool {
    WHOLE.contains(&word) || BEGINNINGS.iter().any(|beginning| word.starts_with(beginning))
}
