//! The figures of the whole plan.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{Category, CategoryCoverage, EstimateError, Modality, TravelSources};

use super::facts::Facts;
use super::finding::Report;
use super::objective::{changes, value};
use super::post_figures::{carried_need, half_days};
use super::reading::{Reading, Server};
use super::sectors::Sector;
use super::units::Unit;

pub(super) fn check(facts: &Facts<'_>, reading: &Reading<'_>, report: &mut Report) {
    modalities(reading, report);
    coverage(facts, reading, report);
    means(facts, reading, report);
    balance(facts, reading, report);
    let found = &reading.plan.indicateurs;
    report.same("indicateurs.changements", "", changes(facts, reading), found.changements);
    trips(&facts.places.sources(), &found.trajets, report);
}

fn trips(expected: &TravelSources, found: &TravelSources, report: &mut Report) {
    for (key, expected, found) in [
        ("indicateurs.trajets.fournis", expected.fournis, found.fournis),
        ("indicateurs.trajets.calcules", expected.calcules, found.calcules),
        ("indicateurs.trajets.repris", expected.repris, found.repris),
        ("indicateurs.trajets.estimes", expected.estimes, found.estimes),
        ("indicateurs.trajets.manquants", expected.manquants, found.manquants),
    ] {
        report.same(key, "", expected, found);
    }
    let (expected, found) = (expected.erreur_estimation, found.erreur_estimation);
    let pairs = |error: Option<EstimateError>| error.map_or(0, |error| error.couples);
    let key = "indicateurs.trajets.erreur_estimation.couples";
    report.same(key, "", pairs(expected), pairs(found));
    let (Some(expected), Some(found)) = (expected, found) else { return };
    for (key, expected, found) in [
        ("indicateurs.trajets.erreur_estimation.mediane", expected.mediane, found.mediane),
        ("indicateurs.trajets.erreur_estimation.p90", expected.p90, found.p90),
        ("indicateurs.trajets.erreur_estimation.biais", expected.biais, found.biais),
    ] {
        report.share(key, "", expected, found);
    }
}

fn modalities(reading: &Reading<'_>, report: &mut Report) {
    let found = &reading.plan.indicateurs.modalites;
    for modality in Modality::ALL {
        let count = reading.chosen().filter(|(_, choice)| choice.modality == modality).count();
        let written = found.get(modality.code()).copied().unwrap_or(0);
        report.same("indicateurs.modalites", modality.code(), count as u32, written);
    }
    for word in found.keys().filter(|word| word.parse::<Modality>().is_err()) {
        report.same("indicateurs.modalites", word, "une modalité", "un mot inconnu");
    }
}

fn means(facts: &Facts<'_>, reading: &Reading<'_>, report: &mut Report) {
    let found = &reading.plan.indicateurs;
    let in_service = || (0..facts.posts.len()).filter(|&post| facts.posts[post].in_service);
    let etp: f64 =
        in_service().map(|post| f64::from(facts.dossier.posts[post].quotite_percent) / 100.0).sum();
    report.close("indicateurs.etp", "", etp, found.etp);
    let presence = half_days(reading.chosen());
    report.close("indicateurs.demi_journees", "", presence, found.demi_journees);
    let need: f64 = facts.units.iter().map(|unit| unit.need as f64 / 100.0).sum();
    report.close("indicateurs.besoin", "", need, found.besoin);
    let served = reading.chosen().filter(|(_, choice)| matches!(choice.server, Server::Post(_)));
    let pupils: f64 = served.map(|(unit, _)| f64::from(facts.units[unit].pupils)).sum();
    report.tenths("indicateurs.eleves_par_etp", "", ratio(pupils, etp), found.eleves_par_etp);
    let travel: i64 = reading.sectors.iter().map(Sector::travel_ticks).sum();
    let capacity: i64 = facts.posts.iter().map(|post| post.capacity).sum();
    let share = ratio(travel as f64, capacity as f64);
    report.share("indicateurs.part_trajet", "", share, found.part_trajet);
    let km: f64 = reading.posts.iter().flatten().map(|row| row.km_semaine).sum();
    report.tenths("indicateurs.km_semaine", "", km, found.km_semaine);
    let euros: f64 = reading.posts.iter().flatten().map(|row| row.frais_km_euros_an).sum();
    report.close("indicateurs.frais_km_euros_an", "", euros, found.frais_km_euros_an);
}

/// A quotient, 0 over nothing.
fn ratio(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

fn balance(facts: &Facts<'_>, reading: &Reading<'_>, report: &mut Report) {
    let found = &reading.plan.indicateurs;
    let loads: Vec<f64> = (0..facts.posts.len())
        .filter(|&post| facts.posts[post].capacity > 0)
        .map(|post| carried_need(facts, reading, post) / facts.posts[post].capacity as f64)
        .collect();
    let count = loads.len() as f64;
    let mean = ratio(loads.iter().sum(), count);
    let deviation = ratio(loads.iter().map(|load| (load - mean).abs()).sum(), count);
    let index = (100.0 - 100.0 * ratio(deviation, mean)).max(0.0);
    report.tenths("indicateurs.indice_equilibre", "", index, found.indice_equilibre);
    let mut differences = 0.0;
    for one in &loads {
        for other in &loads {
            differences += (one - other).abs();
        }
    }
    let gini = ratio(differences, 2.0 * count * count * mean);
    report.share("indicateurs.gini", "", gini, found.gini);
}

/// The words under which a unit counts: its categories and its type, or RESEAU, and everybody.
fn words(unit: &Unit) -> BTreeSet<&'static str> {
    if unit.is_reseau() {
        return BTreeSet::from(["RESEAU", "TOUS"]);
    }
    let mut words: BTreeSet<&str> = unit.counted.iter().map(|one: &Category| one.code()).collect();
    words.insert(unit.kind.code());
    words.insert("TOUS");
    words
}

fn coverage(facts: &Facts<'_>, reading: &Reading<'_>, report: &mut Report) {
    let found = &reading.plan.indicateurs.couverture;
    let mut expected: BTreeMap<&str, CategoryCoverage> = BTreeMap::new();
    let mut weights: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
    for (index, choice) in reading.chosen() {
        let unit = &facts.units[index];
        for word in words(unit) {
            let row = expected.entry(word).or_insert_with(nothing);
            row.unites += 1;
            row.permanences += u32::from(choice.modality == Modality::Permanence);
            row.besoin += unit.need as f64 / 100.0;
            row.demi_journees += choice.quarters as f64 / 4.0;
            let weight = weights.entry(word).or_default();
            weight.0 += value(facts, reading, index, &choice) as f64;
            weight.1 += unit.points * unit.need as f64;
        }
    }
    for (word, (met, wanted)) in weights {
        expected.entry(word).or_insert_with(nothing).part_couverte = ratio(met, wanted);
    }
    let names: BTreeSet<&str> =
        expected.keys().copied().chain(found.keys().map(String::as_str)).collect();
    for word in names {
        let none = nothing();
        let (expected, found) =
            (expected.get(word).unwrap_or(&none), found.get(word).unwrap_or(&none));
        compare(report, word, expected, found);
    }
}

fn nothing() -> CategoryCoverage {
    CategoryCoverage {
        unites: 0,
        permanences: 0,
        besoin: 0.0,
        demi_journees: 0.0,
        part_couverte: 0.0,
    }
}

fn compare(report: &mut Report, word: &str, expected: &CategoryCoverage, found: &CategoryCoverage) {
    report.same("indicateurs.couverture.unites", word, expected.unites, found.unites);
    let permanences = (expected.permanences, found.permanences);
    report.same("indicateurs.couverture.permanences", word, permanences.0, permanences.1);
    report.close("indicateurs.couverture.besoin", word, expected.besoin, found.besoin);
    let half_days = (expected.demi_journees, found.demi_journees);
    report.close("indicateurs.couverture.demi_journees", word, half_days.0, half_days.1);
    let shares = (expected.part_couverte, found.part_couverte);
    report.share("indicateurs.couverture.part_couverte", word, shares.0, shares.1);
}
