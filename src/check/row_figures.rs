//! The figures of each row of `affectations`.

use crate::domain::{Assignment, Modality};

use super::facts::Facts;
use super::finding::Report;
use super::objective::{changed, covered_share, exact_value};
use super::posts::TICK;
use super::reading::{Choice, Reading, Server};
use super::sectors::{load_ticks, team_travel};

pub(super) fn check(facts: &Facts<'_>, reading: &Reading<'_>, report: &mut Report) {
    for (unit, choice) in reading.chosen() {
        for row in &reading.rows[unit] {
            names(facts, report, unit, row);
            repeats_first(reading.rows[unit][0], row, report);
            if facts.units[unit].is_reseau() && row.uai != reading.rows[unit][0].uai {
                later_ecole(report, reading.rows[unit][0], row);
            } else {
                row_figures(facts, reading, report, (unit, &choice), row);
            }
        }
    }
}

/// Name, network, and the bassin whose adviser supervises.
fn names(facts: &Facts<'_>, report: &mut Report, unit: usize, row: &Assignment) {
    let unit = &facts.units[unit];
    let establishment = unit.rows.iter().map(|&row| &facts.dossier.establishments[row]);
    let name = establishment.filter(|one| one.uai == row.uai).map(|one| one.name.as_str()).next();
    report.same_option("affectations.nom", &row.uai, name, Some(&row.nom));
    let network = unit.is_reseau().then_some(unit.code.as_str());
    report.same_option("affectations.reseau", &row.uai, network, row.reseau.as_deref());
    let adviser = (row.modalite == Modality::Reference).then_some(unit.bassin.as_str());
    let found = row.bassin_conseiller.as_deref();
    report.same_option("affectations.bassin_conseiller", &row.uai, adviser, found);
}

/// The rows of a reseau say the same.
fn repeats_first(first: &Assignment, row: &Assignment, report: &mut Report) {
    let words = (first.modalite.code(), row.modalite.code());
    report.same("affectations.modalite", &row.uai, words.0, words.1);
    report.close("affectations.demi_journees", &row.uai, first.demi_journees, row.demi_journees);
    let posts = (first.poste.as_deref(), row.poste.as_deref());
    report.same_option("affectations.poste", &row.uai, posts.0, posts.1);
}

/// The figures of a reseau stand on its first ecole, so that columns add up.
fn later_ecole(report: &mut Report, first: &Assignment, row: &Assignment) {
    let uai = &row.uai;
    report.close("affectations.besoin", uai, 0.0, row.besoin);
    report.close("affectations.points", uai, first.points, row.points);
    report.same("affectations.charge_minutes", uai, 0, row.charge_minutes);
    report.close("affectations.minutes_trajet", uai, 0.0, row.minutes_trajet);
    let one_way = (first.minutes_aller.unwrap_or(0.0), row.minutes_aller.unwrap_or(0.0));
    report.close("affectations.minutes_aller", uai, one_way.0, one_way.1);
    report.same("affectations.valeur", uai, 0, row.valeur);
    report.same("affectations.change", uai, "non", if row.change { "oui" } else { "non" });
}

fn row_figures(
    facts: &Facts<'_>,
    reading: &Reading<'_>,
    report: &mut Report,
    (index, choice): (usize, &Choice),
    row: &Assignment,
) {
    let unit = &facts.units[index];
    let uai = &row.uai;
    report.close("affectations.besoin", uai, unit.need as f64 / 100.0, row.besoin);
    report.close("affectations.points", uai, unit.points, row.points);
    let load = TICK * load_ticks(facts, unit, choice);
    report.same("affectations.charge_minutes", uai, load, row.charge_minutes);
    report.close(
        "affectations.minutes_trajet",
        uai,
        travel_minutes(facts, reading, index, choice),
        row.minutes_trajet,
    );
    one_way(facts, reading, report, (index, choice), row);
    value(facts, report, (index, choice), row);
    let change = if changed(facts, reading, index) { "oui" } else { "non" };
    report.same("affectations.change", uai, change, if row.change { "oui" } else { "non" });
}

/// The value is a rounded product: on a half, either side will do.
fn value(
    facts: &Facts<'_>,
    report: &mut Report,
    (index, choice): (usize, &Choice),
    row: &Assignment,
) {
    report.figures += 1;
    let exact = exact_value(facts, &facts.units[index], choice);
    if (exact - row.valeur as f64).abs() > 0.5 + 1e-6 {
        let share = covered_share(facts, &facts.units[index], choice);
        let message = format!(
            "« affectations.valeur » pour {} vaut {} ; le calcul donne {exact:.2} ({share:.3} du besoin)",
            row.uai, row.valeur
        );
        report.broken("affectations.valeur", &row.uai, message, (exact.round(), row.valeur));
    }
}

fn travel_minutes(facts: &Facts<'_>, reading: &Reading<'_>, unit: usize, choice: &Choice) -> f64 {
    match choice.server {
        Server::Nobody => 0.0,
        Server::Team(team) => (TICK * team_travel(facts, team, unit).0) as f64,
        Server::Post(post) => reading.sectors[post]
            .visit(facts.place(unit))
            .map_or(0.0, |visit| (TICK * visit.ticks) as f64 / visit.units as f64),
    }
}

fn one_way(
    facts: &Facts<'_>,
    reading: &Reading<'_>,
    report: &mut Report,
    (unit, choice): (usize, &Choice),
    row: &Assignment,
) {
    let seat = match choice.server {
        Server::Nobody | Server::Team(_) => None,
        Server::Post(post) => reading.seats[post],
    };
    let expected = seat
        .map(|seat| f64::from(facts.places.one_way(facts.place(seat), facts.place(unit)).0) / 60.0);
    match (expected, row.minutes_aller) {
        (Some(expected), Some(found)) => {
            report.tenths("affectations.minutes_aller", &row.uai, expected, found);
        }
        (expected, found) => {
            let text = |minutes: Option<f64>| minutes.map(|minutes| minutes.to_string());
            let (expected, found) = (text(expected), text(found));
            report.same_option(
                "affectations.minutes_aller",
                &row.uai,
                expected.as_deref(),
                found.as_deref(),
            );
        }
    }
}
