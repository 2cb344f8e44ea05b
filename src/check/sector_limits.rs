//! H4 to H7: longest trip, number of establishments, REP+ sectors, bassin and champ.

use crate::domain::Category;

use super::facts::Facts;
use super::finding::Report;
use super::reading::Reading;

pub(super) fn check(facts: &Facts<'_>, reading: &Reading<'_>, report: &mut Report) {
    for post in 0..facts.posts.len() {
        longest_trip(facts, reading, report, post);
        number_of_establishments(facts, reading, report, post);
        bassin_and_field(facts, reading, report, post);
    }
}

/// Establishments of a sector as the limits count them: reseaux are left out.
pub(super) fn counted_establishments(
    facts: &Facts<'_>,
    reading: &Reading<'_>,
    post: usize,
) -> usize {
    reading.served_by(post).filter(|(unit, _)| !facts.units[*unit].is_reseau()).count()
}

fn longest_trip(facts: &Facts<'_>, reading: &Reading<'_>, report: &mut Report, post: usize) {
    let row = &facts.dossier.posts[post];
    let limit = row.max_trip_minutes.unwrap_or(facts.bareme.limites.trajet_max_minutes);
    let Some(seat) = reading.seats[post] else { return };
    for (unit, _) in reading.served_by(post) {
        let (seconds, _) = facts.places.one_way(facts.place(seat), facts.place(unit));
        if seconds > 60 * limit && !facts.requires_post(unit, post) {
            let minutes = f64::from(seconds) / 60.0;
            let label = facts.units[unit].label();
            let message =
                format!("{label} est à {minutes:.1} minutes de la résidence de {}", row.id);
            report.broken("H4", &row.id, message, (format!("{limit} au plus"), minutes));
        }
    }
}

fn number_of_establishments(
    facts: &Facts<'_>,
    reading: &Reading<'_>,
    report: &mut Report,
    post: usize,
) {
    let row = &facts.dossier.posts[post];
    let limits = &facts.bareme.limites;
    let count = counted_establishments(facts, reading, post);
    let limit = usize::from(row.max_establishments.unwrap_or(limits.etablissements_max));
    if count > limit {
        let message = format!("le poste {} a {count} établissements", row.id);
        report.broken("H5", &row.id, message, (format!("{limit} au plus"), count));
    }
    let rep_plus = reading.served_by(post).any(|(unit, _)| {
        let unit = &facts.units[unit];
        !unit.is_first_degree() && unit.written.contains(&Category::RepPlus)
    });
    let limit = usize::from(limits.rep_plus_etablissements_max);
    if rep_plus && count > limit {
        let message =
            format!("le poste {} sert en REP+ et a {count} établissements en tout", row.id);
        report.broken("H6", &row.id, message, (format!("{limit} au plus"), count));
    }
}

fn bassin_and_field(facts: &Facts<'_>, reading: &Reading<'_>, report: &mut Report, post: usize) {
    let row = &facts.dossier.posts[post];
    for (unit, _) in reading.served_by(post) {
        let served = &facts.units[unit];
        let label = served.label();
        let outside = row.bassin.as_ref().filter(|bassin| **bassin != served.bassin);
        if let Some(bassin) = outside.filter(|_| !facts.requires_post(unit, post)) {
            let message = format!("{label} n'est pas dans le bassin du poste {}", row.id);
            report.broken("H7", &row.id, message, (bassin, &served.bassin));
        }
        if !row.field.serves(served.is_first_degree()) {
            let message = format!("{label} n'est pas du degré que sert le poste {}", row.id);
            report.broken("H7", &row.id, message, (row.field, served.kind));
        }
    }
}
