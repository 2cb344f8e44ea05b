//! H3: a post serves its own residence, and places itself where it may.

use crate::domain::{Field, Modality};

use super::facts::Facts;
use super::finding::Report;
use super::reading::{Reading, Server};

pub(super) fn check(facts: &Facts<'_>, reading: &Reading<'_>, report: &mut Report) {
    for first in 0..facts.units.len() {
        if facts.units[first].part == 1 {
            fixed_seats(facts, reading, report, first);
        }
    }
    for post in 0..facts.posts.len() {
        if facts.posts[post].in_service && facts.dossier.posts[post].residence.is_none() {
            placed_seat(facts, reading, report, post);
        }
    }
}

/// Parts of the unit whose first part is `first`.
fn parts_of(facts: &Facts<'_>, first: usize) -> Vec<usize> {
    let code = &facts.units[first].code;
    (0..facts.units.len()).filter(|&unit| facts.units[unit].code == *code).collect()
}

fn seat_modality(facts: &Facts<'_>, unit: usize) -> Modality {
    if facts.units[unit].is_first_degree() { Modality::PremierDegre } else { Modality::Permanence }
}

/// Whether a decision on the residence settles otherwise who serves it, or how.
fn settled_otherwise(facts: &Facts<'_>, unit: usize) -> bool {
    let usual = seat_modality(facts, unit);
    facts.required(unit).any(|decision| {
        decision.post.is_some() || decision.modality.is_some_and(|named| named != usual)
    })
}

/// Whether a post serves a unit as its seat must be served.
fn serves_seat(facts: &Facts<'_>, reading: &Reading<'_>, post: usize, unit: usize) -> bool {
    reading.choices[unit].is_some_and(|choice| {
        choice.server == Server::Post(post) && choice.modality == seat_modality(facts, unit)
    })
}

fn fixed_seats(facts: &Facts<'_>, reading: &Reading<'_>, report: &mut Report, first: usize) {
    let code = &facts.units[first].code;
    let based = facts.based_in(code);
    let parts = parts_of(facts, first);
    if based.is_empty() || parts.iter().any(|&part| settled_otherwise(facts, part)) {
        return;
    }
    if based.len() >= parts.len() {
        for part in parts {
            if !based.iter().any(|&post| serves_seat(facts, reading, post, part)) {
                let message = format!(
                    "{} est une résidence : un poste qui y réside doit la servir",
                    facts.units[part].label()
                );
                let expected =
                    format!("{} par un poste de la résidence", seat_modality(facts, part));
                report.broken("H3", code, message, (expected, "un autre service"));
            }
        }
        return;
    }
    for post in based {
        if !parts.iter().any(|&part| serves_seat(facts, reading, post, part)) {
            let id = &facts.dossier.posts[post].id;
            let message = format!("le poste {id} ne sert pas sa résidence {code}");
            report.broken("H3", id, message, (seat_modality(facts, first), "aucun service"));
        }
    }
}

fn placed_seat(facts: &Facts<'_>, reading: &Reading<'_>, report: &mut Report, post: usize) {
    let id = &facts.dossier.posts[post].id;
    let Some(seat) = reading.seats[post] else {
        if reading.served_by(post).next().is_some() {
            let message = format!("le poste {id} a un secteur mais pas de résidence du dossier");
            report.broken("H3", id, message, ("une résidence", "aucune"));
        }
        return;
    };
    let unit = &facts.units[seat];
    let row = &facts.dossier.posts[post];
    let mut refuse = |message: &str, expected: &str| {
        let message = format!("le poste {id} ne peut résider à {} : {message}", unit.code);
        report.broken("H3", id, message, (expected, &unit.code));
    };
    if unit.is_first_degree() != (row.field == Field::FirstDegree) {
        refuse("ce n'est pas une unité du degré qu'il sert", "une unité de son champ");
    }
    if row.bassin.as_ref().is_some_and(|bassin| *bassin != unit.bassin) {
        refuse("l'unité n'est pas dans son bassin", "une unité de son bassin");
    }
    if facts.based_in(&unit.code).len() >= usize::from(unit.parts) {
        refuse("des postes y résident déjà et la servent", "une résidence libre");
    }
    let serves = parts_of(facts, seat).iter().any(|&part| serves_seat(facts, reading, post, part));
    if !serves && !settled_otherwise(facts, seat) {
        refuse("il ne la sert pas par une présence", "sa résidence servie par lui");
    }
}
