//! H11: limits over all posts or all units.

use super::facts::Facts;
use super::finding::Report;
use super::objective::changes;
use super::reading::Reading;
use super::sectors::Sector;

pub(super) fn check(facts: &Facts<'_>, reading: &Reading<'_>, report: &mut Report) {
    let limits = &facts.bareme.limites;
    let of_posts: f64 = reading.sectors.iter().map(Sector::km).sum();
    let km = of_posts + reading.teams.iter().map(|team| team.km).sum::<f64>();
    if let Some(limit) = limits.km_max_semaine.filter(|limit| km > limit + 1e-6) {
        let message = format!("le plan demande {km:.1} km par semaine");
        report.broken("H11", "", message, (format!("{limit} au plus"), km));
    }
    let count = changes(facts, reading);
    if let Some(limit) = limits.changements_max.filter(|limit| count > *limit) {
        let message = format!("{count} établissements changent d'assistant");
        report.broken("H11", "", message, (format!("{limit} au plus"), count));
    }
}
