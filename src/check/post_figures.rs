//! The figures of each row of `postes`.

use crate::domain::{Modality, PostPlan};
use crate::policy::bareme::EquityMeasure;

use super::facts::Facts;
use super::finding::Report;
use super::mileage::mileage;
use super::objective::{equity_penalty, equity_target};
use super::posts::TICK;
use super::reading::{Choice, Reading};
use super::sector_limits::counted_establishments;

pub(super) fn check(facts: &Facts<'_>, reading: &Reading<'_>, report: &mut Report) {
    for post in 0..facts.posts.len() {
        if let Some(row) = reading.posts[post] {
            identity(facts, reading, report, post, row);
            week(facts, reading, report, post, row);
            equity(facts, reading, report, post, row);
        }
    }
}

fn yes_no(value: bool) -> &'static str {
    if value { "oui" } else { "non" }
}

fn identity(
    facts: &Facts<'_>,
    reading: &Reading<'_>,
    report: &mut Report,
    post: usize,
    row: &PostPlan,
) {
    let given = &facts.dossier.posts[post];
    let id = &given.id;
    report.close("postes.quotite", id, f64::from(given.quotite_percent) / 100.0, row.quotite);
    report.same("postes.vacant", id, yes_no(given.vacant), yes_no(row.vacant));
    match given.residence.as_deref() {
        Some(fixed) => {
            report.same_option("postes.residence", id, Some(fixed), row.residence.as_deref());
            report.same("postes.residence_placee", id, "non", yes_no(row.residence_placee));
        }
        None => {
            let placed = yes_no(row.residence.is_some());
            report.same("postes.residence_placee", id, placed, yes_no(row.residence_placee));
            let known = reading.seats[post].map(|seat| facts.units[seat].code.as_str());
            report.same_option("postes.residence", id, known, row.residence.as_deref());
        }
    }
    let mut served: Vec<&str> =
        reading.served_by(post).map(|(unit, _)| facts.units[unit].code.as_str()).collect();
    served.dedup();
    let found = row.etablissements.join(", ");
    report.same("postes.etablissements", id, served.join(", "), found);
    let count = counted_establishments(facts, reading, post) as u32;
    report.same("postes.nombre_etablissements", id, count, row.nombre_etablissements);
}

fn week(
    facts: &Facts<'_>,
    reading: &Reading<'_>,
    report: &mut Report,
    post: usize,
    row: &PostPlan,
) {
    let id = &row.poste;
    let sector = &reading.sectors[post];
    let travel = TICK * sector.travel_ticks();
    let load = TICK * sector.unit_ticks + travel + reading.reserved(post);
    report.same("postes.charge_minutes", id, load, row.charge_minutes);
    report.same("postes.trajet_minutes", id, travel, row.trajet_minutes);
    let capacity = TICK * facts.posts[post].capacity;
    let share = if capacity == 0 { 0.0 } else { travel as f64 / capacity as f64 };
    report.share("postes.part_trajet", id, share, row.part_trajet);
    report.same("postes.capacite_minutes", id, capacity, row.capacite_minutes);
    report.tenths("postes.km_semaine", id, sector.km(), row.km_semaine);
    let (paid_km, euros) = mileage(facts, reading, post);
    report.tenths("postes.km_indemnises_semaine", id, paid_km, row.km_indemnises_semaine);
    report.close("postes.frais_km_euros_an", id, euros, row.frais_km_euros_an);
    report.close("postes.demi_journees", id, half_days(reading.served_by(post)), row.demi_journees);
    report.close("postes.besoin_porte", id, carried_need(facts, reading, post), row.besoin_porte);
    let pupils = reading.served_by(post).map(|(unit, _)| facts.units[unit].pupils).sum();
    report.same("postes.eleves_portes", id, pupils, row.eleves_portes);
}

fn equity(
    facts: &Facts<'_>,
    reading: &Reading<'_>,
    report: &mut Report,
    post: usize,
    row: &PostPlan,
) {
    let scale = match facts.bareme.equite.mesure {
        EquityMeasure::Besoin => 0.1,
        EquityMeasure::Eleves => 10.0,
    };
    let target = equity_target(facts, post).round() * scale;
    report.tenths("postes.cible_equite", &row.poste, target, row.cible_equite);
    let penalty = equity_penalty(facts, reading, post);
    report.same("postes.penalite_equite", &row.poste, penalty, row.penalite_equite);
}

/// Half-days of permanence a week.
pub(super) fn half_days(served: impl Iterator<Item = (usize, Choice)>) -> f64 {
    let permanences = served.filter(|(_, choice)| choice.modality == Modality::Permanence);
    permanences.map(|(_, choice)| choice.quarters as f64 / 4.0).sum()
}

/// Need of the units of a post, half-days a week.
pub(super) fn carried_need(facts: &Facts<'_>, reading: &Reading<'_>, post: usize) -> f64 {
    reading.served_by(post).map(|(unit, _)| facts.units[unit].need as f64 / 100.0).sum()
}
