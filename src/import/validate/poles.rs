//! Pole teams: at least two posts each, and no post in two of them.

use std::collections::BTreeMap;

use crate::import::error::{Code, Diagnostic};
use crate::import::poles::Member;
use crate::import::sheet::Rows;

/// Checks the teams.
pub fn check(rows: &Rows<Member>, report: &mut Vec<Diagnostic>) {
    let mut teams: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut pole_of: BTreeMap<&str, &str> = BTreeMap::new();
    for (index, member) in rows.values.iter().enumerate() {
        teams.entry(&member.pole).or_default().push(index);
        let pole = *pole_of.entry(&member.post).or_insert(&member.pole);
        if pole != member.pole {
            let cause = format!("{} tient déjà le pôle « {pole} ».", member.post);
            let action = "Un poste tient un seul pôle : gardez l'une des deux lignes.";
            report.push(rows.fault(index, "poste", Code::PoleTeam, cause, action));
        }
    }
    for (pole, members) in teams {
        if let [only] = members[..] {
            let cause = format!("Le pôle « {pole} » n'a qu'un poste : ce n'est pas une équipe.");
            let action = "Ajoutez ses autres postes, ou supprimez la ligne : un poste peut tenir un pôle seul.";
            report.push(rows.fault(only, "pole", Code::PoleTeam, cause, action));
        }
    }
}
