//! The objective, level by level, and the bound over it.

use crate::domain::{Modality, Plan, Status};
use crate::policy::bareme::{ObjectiveLevel, Order};

use super::facts::Facts;
use super::finding::Report;
use super::posts::TICK;
use super::reading::{Choice, Reading, Server};
use super::units::Unit;

/// Share of the need that a choice meets, 0 to 1.
pub(super) fn covered_share(facts: &Facts<'_>, unit: &Unit, choice: &Choice) -> f64 {
    let bareme = facts.bareme;
    match choice.modality {
        Modality::Permanence => {
            let given = 25.0 * choice.quarters as f64;
            let met = if given >= unit.need as f64 { 1.0 } else { given / unit.need as f64 };
            1.0 - (1.0 - met) * (1.0 - met)
        }
        Modality::Pole => bareme.pole.part_couverte.of(unit.kind),
        Modality::PremierDegre => bareme.premier_degre.part_couverte,
        Modality::Reference => bareme.reference.part_couverte,
        Modality::Conseil => bareme.conseil.part_couverte,
    }
}

/// Value of a choice in objective units, before rounding.
pub(super) fn exact_value(facts: &Facts<'_>, unit: &Unit, choice: &Choice) -> f64 {
    unit.points * unit.need as f64 * covered_share(facts, unit, choice)
}

/// Value of the unit: the plan's where it is a right rounding, else ours.
pub(super) fn value(facts: &Facts<'_>, reading: &Reading<'_>, unit: usize, choice: &Choice) -> i64 {
    let exact = exact_value(facts, &facts.units[unit], choice);
    let written = reading.rows[unit].first().map(|row| row.valeur);
    written.filter(|v| (exact - *v as f64).abs() <= 0.5 + 1e-6).unwrap_or(exact.round() as i64)
}

/// Today's post of a unit, by the first row of `secteurs_actuels.csv` on it.
fn current_post<'a>(facts: &'a Facts<'_>, unit: usize) -> Option<&'a str> {
    let unit = &facts.units[unit];
    let row = facts.dossier.current.iter().find(|row| unit.bears(facts.dossier, &row.uai))?;
    row.post.as_deref()
}

/// Whether a unit had a post and now has another or none; parts speak through the first.
pub(super) fn changed(facts: &Facts<'_>, reading: &Reading<'_>, unit: usize) -> bool {
    let Some(choice) = reading.choices[unit].filter(|_| facts.units[unit].part == 1) else {
        return false;
    };
    current_post(facts, unit).is_some_and(|before| match choice.server {
        Server::Nobody => true,
        Server::Post(post) => facts.dossier.posts[post].id != before,
        Server::Team(team) => !facts.members(team).contains(&before),
    })
}

pub(super) fn changes(facts: &Facts<'_>, reading: &Reading<'_>) -> u32 {
    (0..facts.units.len()).map(|unit| u32::from(changed(facts, reading, unit))).sum()
}

/// Target of a post in the measure of equity, before rounding.
pub(super) fn equity_target(facts: &Facts<'_>, post: usize) -> f64 {
    if !facts.posts[post].in_service {
        return 0.0;
    }
    let mut target = 0.0;
    for first_degree in [false, true] {
        let serves = |post: usize| {
            facts.posts[post].in_service && facts.dossier.posts[post].field.serves(first_degree)
        };
        let capacity: i64 = (0..facts.posts.len())
            .filter(|&other| serves(other))
            .map(|other| facts.posts[other].capacity)
            .sum();
        if serves(post) && capacity > 0 {
            let total: i64 = (0..facts.units.len())
                .filter(|&unit| facts.units[unit].is_first_degree() == first_degree)
                .map(|unit| facts.measure(unit))
                .sum();
            target += total as f64 * facts.posts[post].capacity as f64 / capacity as f64;
        }
    }
    target
}

/// Penalty of equity of a post, objective units, positive.
pub(super) fn equity_penalty(facts: &Facts<'_>, reading: &Reading<'_>, post: usize) -> i64 {
    if !facts.posts[post].in_service {
        return 0;
    }
    let exact = equity_target(facts, post);
    let target = exact.round() as i64;
    let tolerance = (exact * facts.bareme.equite.tolerance).round() as i64;
    let carried: i64 = reading.served_by(post).map(|(unit, _)| facts.measure(unit)).sum();
    let outside = ((carried - target).abs() - tolerance).max(0);
    (facts.bareme.equite.poids + 5) / 10 * outside
}

/// Affinites and the bassin of the seat.
fn preference(facts: &Facts<'_>, reading: &Reading<'_>) -> i64 {
    let mut total = 0;
    for (unit, choice) in reading.chosen() {
        let Server::Post(post) = choice.server else { continue };
        for affinity in &facts.dossier.affinities {
            if affinity.post == facts.dossier.posts[post].id
                && facts.units[unit].code == affinity.uai
                && facts.units[unit].part == 1
            {
                total += (affinity.points * 100.0).round() as i64;
            }
        }
        let here = &facts.units[unit].bassin;
        let seat = reading.seats[post].map(|seat| &facts.units[seat].bassin);
        if seat.is_some_and(|seat| !seat.is_empty() && !here.is_empty() && seat != here) {
            total -= facts.bareme.hors_bassin.cout;
        }
    }
    total
}

/// What the plan reaches on a level, with its sign.
fn level_value(facts: &Facts<'_>, reading: &Reading<'_>, level: ObjectiveLevel) -> i64 {
    let posts = 0..facts.posts.len();
    match level {
        ObjectiveLevel::Couverture => {
            reading.chosen().map(|(unit, choice)| value(facts, reading, unit, &choice)).sum()
        }
        ObjectiveLevel::Equite => {
            -posts.map(|post| equity_penalty(facts, reading, post)).sum::<i64>()
        }
        ObjectiveLevel::Trajet => {
            let of_posts: i64 = reading.sectors.iter().map(|sector| sector.travel_ticks()).sum();
            let of_teams: i64 = reading.teams.iter().map(|team| team.travel_ticks).sum();
            let price_of_tick = (facts.bareme.cout_minute_trajet * TICK as f64).round() as i64;
            -price_of_tick * (of_posts + of_teams)
        }
        ObjectiveLevel::Stabilite => {
            let changes = i64::from(changes(facts, reading));
            preference(facts, reading) - facts.bareme.stabilite.cout * changes
        }
    }
}

pub(super) fn check(facts: &Facts<'_>, reading: &Reading<'_>, report: &mut Report) {
    let plan = reading.plan;
    let mut sum = 0;
    for level in ObjectiveLevel::ALL {
        let expected = level_value(facts, reading, level);
        sum += expected;
        for row in plan.niveaux.iter().filter(|row| row.nom == level.code()) {
            report.same("niveaux.objectif", level.code(), expected, row.objectif);
            level_bound(facts, report, row);
        }
    }
    let names: Vec<&str> = facts.bareme.niveaux.iter().map(|level| level.code()).collect();
    let found: Vec<&str> = plan.niveaux.iter().map(|row| row.nom.as_str()).collect();
    report.same("niveaux", "", names.join(", "), found.join(", "));
    report.same("objectif", "", sum, plan.objectif);
    bound(facts, reading, report);
}

/// Only a lexicographic order has bounds by level, and a bound is at or above what is reached.
fn level_bound(facts: &Facts<'_>, report: &mut Report, row: &crate::domain::Level) {
    report.figures += 1;
    let ordered = facts.bareme.ordre == Order::Lexicographique;
    let right = match row.borne {
        Some(bound) => ordered && bound >= row.objectif,
        None => true,
    };
    if !right {
        let message = format!("la borne du niveau {} ne convient pas", row.nom);
        let expected =
            if ordered { "une borne au moins égale à l'objectif" } else { "aucune borne" };
        let found = row.borne.map_or_else(|| "aucune".to_owned(), |bound| bound.to_string());
        report.broken("niveaux.borne", &row.nom, message, (expected, found));
    }
}

fn bound(facts: &Facts<'_>, reading: &Reading<'_>, report: &mut Report) {
    let plan = reading.plan;
    report.figures += 1;
    if plan.borne < plan.objectif {
        let message = "la borne prouvée est sous l'objectif atteint";
        report.broken("borne", "", message, (format!("{} au moins", plan.objectif), plan.borne));
    }
    let room = (plan.borne - plan.objectif) as f64;
    report.close("ecart_demi_journees", "", room / 100.0, plan.ecart_demi_journees);
    let reached = (plan.objectif as f64).abs().max(1.0);
    report.figures += 1;
    if (plan.ecart - room / reached).abs() > 1e-9 {
        let message = "l'écart n'est pas (borne - objectif) / |objectif|";
        report.broken("ecart", "", message, (room / reached, plan.ecart));
    }
    status(facts, plan, report);
}

/// Optimal means that the bound is reached; under a lexicographic order a level before the last
/// may leave a gap that the bound of the whole does not show.
fn status(facts: &Facts<'_>, plan: &Plan, report: &mut Report) {
    report.figures += 1;
    let reached = plan.borne == plan.objectif;
    let optimal = plan.statut == Status::Optimal;
    if optimal && !reached || reached && !optimal && facts.bareme.ordre == Order::Somme {
        let message =
            "le statut ne s'accorde pas avec l'écart : « optimal » veut dire borne atteinte";
        let expected = if reached { "optimal" } else { "un écart non nul" };
        report.broken("statut", "", message, (expected, format!("{:?}", plan.statut)));
    }
    if plan.statut == Status::Irrealisable {
        let message = "un plan irréalisable ne peut pas avoir d'affectations";
        report.broken("statut", "", message, ("un plan réalisé", "irréalisable"));
    }
}
