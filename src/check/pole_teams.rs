//! H12: poles held by teams.

use crate::domain::Modality;

use super::facts::Facts;
use super::finding::Report;
use super::posts::TICK;
use super::reading::{Reading, Server};

/// Members reserve their time in half half-days.
const STEP_MINUTES: i64 = 105;

pub(super) fn check(facts: &Facts<'_>, reading: &Reading<'_>, report: &mut Report) {
    reserves(facts, reading, report);
    for (unit, choice) in reading.chosen() {
        let label = facts.units[unit].label();
        match choice.server {
            Server::Team(_) if choice.modality != Modality::Pole => {
                let message = format!("{label} est confié à une équipe sans être en pôle");
                report.broken("H12", &label, message, (Modality::Pole, choice.modality));
            }
            Server::Team(_) if !may_be_held(facts, unit) => {
                let message = format!(
                    "{label} est la résidence d'un poste, ou confié à un poste par décision : aucune équipe ne le tient"
                );
                report.broken("H12", &label, message, ("un poste", "une équipe"));
            }
            Server::Post(post) if choice.modality == Modality::Pole && is_member(facts, post) => {
                let id = &facts.dossier.posts[post].id;
                let message = format!(
                    "le poste {id} est membre d'une équipe de pôle et tient seul le pôle de {label}"
                );
                report.broken("H12", id, message, ("l'équipe", id));
            }
            _ => {}
        }
    }
    for team in 0..reading.teams.len() {
        team_time(facts, reading, report, team);
    }
}

fn is_member(facts: &Facts<'_>, post: usize) -> bool {
    let id = &facts.dossier.posts[post].id;
    facts.dossier.pole_teams.iter().any(|team| team.posts.contains(id))
}

fn may_be_held(facts: &Facts<'_>, unit: usize) -> bool {
    facts.based_in(&facts.units[unit].code).is_empty()
        && facts.required(unit).all(|decision| decision.post.is_none())
}

fn reserves(facts: &Facts<'_>, reading: &Reading<'_>, report: &mut Report) {
    let most = facts.bareme.pole.reserve_max_minutes;
    for post in 0..facts.posts.len() {
        let reserved = reading.reserved(post);
        let most = if is_member(facts, post) { most } else { 0 };
        if reserved < 0 || reserved > most || reserved % STEP_MINUTES != 0 {
            let id = &facts.dossier.posts[post].id;
            let message = format!("le poste {id} réserve {reserved} minutes à une équipe de pôle");
            let expected = format!("un multiple de {STEP_MINUTES} de 0 à {most}");
            report.broken("H12", id, message, (expected, reserved));
        }
    }
}

fn team_time(facts: &Facts<'_>, reading: &Reading<'_>, report: &mut Report, team: usize) {
    let members = &facts.dossier.pole_teams[team];
    let reserved: i64 = (0..facts.posts.len())
        .filter(|&post| members.posts.contains(&facts.dossier.posts[post].id))
        .map(|post| reading.reserved(post))
        .sum();
    let load = &reading.teams[team];
    let needed = TICK * (load.unit_ticks + load.travel_ticks);
    if needed > reserved {
        let id = &members.id;
        let message =
            format!("l'équipe {id} porte {needed} minutes et n'en réserve que {reserved}");
        report.broken("H12", id, message, (format!("{needed} au moins"), reserved));
    }
}
