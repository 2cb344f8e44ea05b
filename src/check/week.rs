//! H2: the load of a sector fits the week of its post, and fills the least share asked for.

use super::facts::Facts;
use super::finding::Report;
use super::posts::TICK;
use super::reading::Reading;

pub(super) fn check(facts: &Facts<'_>, reading: &Reading<'_>, report: &mut Report) {
    for (post, known) in facts.posts.iter().enumerate() {
        let id = &facts.dossier.posts[post].id;
        let units = reading.served_by(post).count();
        let reserved = reading.reserved(post);
        if !known.in_service && (units > 0 || reserved > 0) {
            let message = format!("le poste {id} n'est pas en service et ne peut rien recevoir");
            report.broken("H2", id, message, ("aucune unité", units));
            continue;
        }
        let sector = &reading.sectors[post];
        let load = TICK * (sector.unit_ticks + sector.travel_ticks()) + reserved;
        let capacity = TICK * known.capacity;
        if load > capacity {
            let message = format!(
                "le poste {id} a {load} minutes de charge par semaine pour {capacity} de capacité"
            );
            report.broken("H2", id, message, (format!("{capacity} au plus"), load));
        }
        let least = facts.bareme.limites.charge_min * capacity as f64;
        if (load as f64) < least - 1e-6 {
            let message = format!("le poste {id} a moins que la charge minimale");
            report.broken("H2", id, message, (format!("{least} au moins"), load));
        }
    }
}
