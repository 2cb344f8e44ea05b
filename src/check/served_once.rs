//! H1: items stay together (each unit once is verified while reading the rows).

use crate::domain::Dossier;

use super::facts::Facts;
use super::finding::Report;
use super::reading::{Reading, Server};

pub(super) fn check(facts: &Facts<'_>, reading: &Reading<'_>, report: &mut Report) {
    for (a, first) in reading.chosen() {
        for (b, second) in reading.chosen().filter(|(b, _)| *b > a) {
            if stay_together(facts, a, b) && !compatible(first.server, second.server) {
                let labels = (facts.units[a].label(), facts.units[b].label());
                let message = format!(
                    "{} et {} vont ensemble mais n'ont pas le même service",
                    labels.0, labels.1
                );
                let found =
                    format!("{} et {}", name(facts, first.server), name(facts, second.server));
                report.broken("H1", &labels.0, message, ("un même poste, ou aucun", found));
            }
        }
    }
}

/// Pairwise is enough: both relations are carried by a common text or head.
fn stay_together(facts: &Facts<'_>, a: usize, b: usize) -> bool {
    let (first, second) = (&facts.units[a], &facts.units[b]);
    if first.part > 1 || second.part > 1 {
        return false;
    }
    let groups = |unit: &super::units::Unit| -> Vec<&String> {
        unit.rows
            .iter()
            .filter_map(|&row| facts.dossier.establishments[row].group.as_ref())
            .collect()
    };
    let same_group = groups(first).iter().any(|group| groups(second).contains(group));
    same_group
        || facts.bareme.reseau_avec_college
            && (heads(facts.dossier, first, second) || heads(facts.dossier, second, first))
}

/// Whether the first unit is the college at the head of the reseau that the second is.
fn heads(dossier: &Dossier, college: &super::units::Unit, reseau: &super::units::Unit) -> bool {
    reseau.is_reseau()
        && reseau.rows.iter().any(|&row| {
            dossier.establishments[row].network.as_deref() == Some(college.code.as_str())
        })
}

/// One post, nobody, or one team whose other members nobody serves.
fn compatible(first: Server, second: Server) -> bool {
    match (first, second) {
        (Server::Team(_), Server::Nobody) | (Server::Nobody, Server::Team(_)) => true,
        _ => first == second,
    }
}

fn name(facts: &Facts<'_>, server: Server) -> String {
    match server {
        Server::Nobody => "aucun poste".to_owned(),
        Server::Post(post) => facts.dossier.posts[post].id.clone(),
        Server::Team(team) => format!("l'équipe {}", facts.dossier.pole_teams[team].id),
    }
}
