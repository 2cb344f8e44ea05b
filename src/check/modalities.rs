//! H10: modalities and presences that the bareme offers, mandates and floors.

use crate::domain::{DecisionKind, Modality};
use crate::policy::bareme::Coverage;

use super::facts::Facts;
use super::finding::Report;
use super::reading::{Choice, Reading};
use super::units::Unit;

pub(super) fn check(facts: &Facts<'_>, reading: &Reading<'_>, report: &mut Report) {
    for (unit, choice) in reading.chosen() {
        let label = facts.units[unit].label();
        let decided = facts.required(unit).any(|decision| {
            decision.modality == Some(choice.modality) || decision.presence.is_some()
        });
        if !decided && !is_eligible(facts, &facts.units[unit], choice.modality) {
            let message = format!("{label} ne peut pas être en {}", choice.modality);
            report.broken("H10", &label, message, ("une modalité admise", choice.modality));
        }
        if is_mandated(facts, unit) && choice.modality != Modality::Permanence {
            let message = format!("{label} doit avoir une permanence");
            report.broken("H10", &label, message, (Modality::Permanence, choice.modality));
        }
        presence(facts, report, unit, &choice);
    }
}

fn is_eligible(facts: &Facts<'_>, unit: &Unit, modality: Modality) -> bool {
    let bareme = facts.bareme;
    let guarded = |words: &[String]| words.iter().any(|word| unit.is_guarded_as(word));
    let of_type = |types: &[String]| types.iter().any(|kind| kind == unit.kind.code());
    match modality {
        Modality::PremierDegre => unit.is_first_degree(),
        Modality::Permanence => !unit.is_first_degree(),
        Modality::Pole => {
            !unit.is_first_degree() && of_type(&bareme.pole.types) && !guarded(&bareme.pole.exclus)
        }
        Modality::Reference => {
            !unit.is_first_degree()
                && of_type(&bareme.reference.types)
                && !guarded(&bareme.reference.exclus)
        }
        Modality::Conseil => {
            let priority = unit.on_priority_list || !unit.counted.is_empty();
            bareme.couverture == Coverage::Priorites && !priority || of_type(&bareme.conseil.types)
        }
    }
}

fn is_mandated(facts: &Facts<'_>, index: usize) -> bool {
    let unit = &facts.units[index];
    let mandates = &facts.bareme.mandats;
    let listed = mandates.permanence.iter().any(|word| unit.is_guarded_as(word))
        || mandates.dote && unit.on_priority_list;
    let otherwise = facts
        .required(index)
        .any(|decision| decision.modality.is_some_and(|named| named != Modality::Permanence));
    listed && !unit.is_first_degree() && !otherwise
}

/// Presence of a permanence; the others have none.
fn presence(facts: &Facts<'_>, report: &mut Report, index: usize, choice: &Choice) {
    let unit = &facts.units[index];
    let label = unit.label();
    let found = choice.quarters as f64 / 4.0;
    if choice.modality != Modality::Permanence {
        if choice.quarters != 0 {
            let message = format!("{label} est en {} avec une présence", choice.modality);
            report.broken("H10", &label, message, (0, found));
        }
        return;
    }
    let decided = facts
        .required(index)
        .any(|decision| decision.presence.is_some_and(|p| i64::from(p.0) == choice.quarters));
    if decided {
        return;
    }
    let floor = floor(facts, index);
    if choice.quarters < floor {
        let message = format!("{label} a une permanence sous son plancher");
        report.broken("H10", &label, message, (format!("{} au moins", floor as f64 / 4.0), found));
    }
    let least = minimum(facts, index).any(|named| named == choice.quarters);
    if !least && !offered(facts, unit, floor).contains(&choice.quarters) {
        let message = format!("{label} a une présence que le barème n'offre pas");
        report.broken("H10", &label, message, ("une présence offerte", found));
    }
}

/// Least presence by category, in quarters of a half-day.
fn category_floor(facts: &Facts<'_>, unit: &Unit) -> i64 {
    let floors = &facts.bareme.permanence.planchers;
    let by_category = [("REP+", floors.rep_plus), ("REP", floors.rep), ("LP", floors.lp)];
    let applying = by_category.into_iter().filter(|(word, _)| unit.is_guarded_as(word));
    let half_days = applying.map(|(_, floor)| floor).fold(floors.autres, f64::max);
    (half_days * 4.0 - 1e-6).ceil() as i64
}

/// Presences that decisions MINIMUM name.
fn minimum<'a>(facts: &'a Facts<'_>, index: usize) -> impl Iterator<Item = i64> + 'a {
    facts
        .decisions(index)
        .filter(|decision| decision.kind == DecisionKind::Minimum)
        .filter_map(|decision| decision.presence)
        .map(|presence| i64::from(presence.0))
}

/// Least presence by category or decision MINIMUM.
fn floor(facts: &Facts<'_>, index: usize) -> i64 {
    minimum(facts, index).fold(category_floor(facts, &facts.units[index]), i64::max)
}

/// Presences that the bareme offers: up to the first at or above the need and the floor.
fn offered(facts: &Facts<'_>, unit: &Unit, floor: i64) -> Vec<i64> {
    let rules = &facts.bareme.permanence;
    let mut steps = vec![];
    if rules.mensuelle {
        steps.push(1);
    }
    steps.push(2);
    steps.extend((1..=i64::from(rules.demi_journees_max)).map(|half_days| 4 * half_days));
    let mut offered = vec![];
    for step in steps.into_iter().filter(|step| *step >= floor) {
        offered.push(step);
        if 25 * step >= unit.need {
            break;
        }
    }
    offered
}
