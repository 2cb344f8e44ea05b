//! Establishments: figures that are missing, groups of one, networks.

use std::collections::BTreeMap;

use crate::domain::{Establishment, EstablishmentKind};
use crate::import::dossier::Draft;
use crate::import::error::{Code, Diagnostic};

use super::Known;

/// Checks each row, then the groups.
pub fn check(draft: &Draft, known: &Known, report: &mut Vec<Diagnostic>) {
    let rows = &draft.establishments;
    for (index, row) in rows.values.iter().enumerate() {
        if row.pupils.is_none() && row.forecast.is_none() {
            let cause = format!("L'effectif de « {} » manque : il compte pour 0.", row.name);
            let action = "Donnez l'effectif, ou une prévision dans previsions.csv.";
            report.push(rows.fault(index, "effectif", Code::NoPupils, cause, action));
        }
        if row.ips.is_none() && has_ips(row.kind) {
            let cause = format!(
                "L'IPS de « {} » manque : son besoin est calculé comme à l'IPS moyen.",
                row.name
            );
            let action =
                "Pour un établissement qui ouvre, donnez l'IPS des établissements voisins.";
            report.push(rows.fault(index, "ips", Code::NoIps, cause, action));
        }
        report.extend(network_fault(draft, known, index, row));
    }
    check_groups(draft, report);
}

/// The kinds whose IPS is published.
fn has_ips(kind: EstablishmentKind) -> bool {
    !kind.is_first_degree() && kind != EstablishmentKind::Erea
}

fn network_fault(
    draft: &Draft,
    known: &Known,
    index: usize,
    row: &Establishment,
) -> Option<Diagnostic> {
    let fault = |code, cause: String, action: &str| {
        Some(draft.establishments.fault(index, "reseau", code, cause, action))
    };
    match row.network.as_deref() {
        None if row.kind == EstablishmentKind::Ecole => fault(
            Code::EcoleWithoutNetwork,
            format!(
                "« {} » est une école sans réseau : elle n'est servie que par sa circonscription.",
                row.name
            ),
            "Donnez l'UAI du collège tête du réseau REP+, ou supprimez la ligne.",
        ),
        Some(head) if !known.establishments.contains_key(head) => fault(
            Code::UnknownNetwork,
            format!(
                "La tête de réseau {head} n'est pas dans le dossier : le réseau est servi seul."
            ),
            "Vérifiez l'UAI, ou ajoutez le collège à etablissements.csv.",
        ),
        _ => None,
    }
}

fn check_groups(draft: &Draft, report: &mut Vec<Diagnostic>) {
    let rows = &draft.establishments;
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, row) in rows.values.iter().enumerate() {
        if let Some(group) = &row.group {
            groups.entry(group).or_default().push(index);
        }
    }
    for (group, members) in groups {
        if let [only] = members[..] {
            let cause = format!("Le groupe « {group} » n'a qu'un membre : il ne réunit rien.");
            let action = "Écrivez le même nom de groupe pour les unités à servir ensemble, ou videz la cellule.";
            report.push(rows.fault(only, "groupe", Code::LonelyGroup, cause, action));
        }
    }
}
