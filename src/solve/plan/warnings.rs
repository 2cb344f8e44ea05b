//! What the documents must say beside the figures.

use crate::domain::{DecisionKind, EstablishmentKind, Modality};
use crate::policy::modality_options::{decisions_on, floor, is_mandated};
use crate::policy::{Problem, Solution, UnitId};
use crate::wording::number;

/// French sentences, in a fixed order.
pub(super) fn warnings(problem: &Problem, solution: &Solution) -> Vec<String> {
    let mut warnings = Vec::new();
    warnings.extend(without_pupils(problem));
    warnings.extend(estimated_trips(problem));
    warnings.extend(unknown_categories(problem));
    warnings.extend(schools_left_to_their_area(problem));
    for unit in problem.units.keys() {
        warnings.extend(against_guard_rails(problem, solution, unit));
    }
    warnings.extend(idle_posts(problem, solution));
    warnings
}

fn without_pupils(problem: &Problem) -> Option<String> {
    let names: Vec<String> = problem
        .dossier
        .establishments
        .iter()
        .filter(|row| row.pupils.is_none() && row.forecast.is_none())
        .map(|row| format!("{} ({})", row.name, row.uai))
        .collect();
    (!names.is_empty()).then(|| {
        format!(
            "Effectif inconnu, compté pour zéro, pour {} : {}.",
            number::count(names.len() as u64, "établissement", "établissements"),
            names.join(", ")
        )
    })
}

fn estimated_trips(problem: &Problem) -> Option<String> {
    let counts = problem.matrix.counts();
    (counts.missing() > 0).then(|| {
        format!(
            "Temps de trajet estimés à partir des coordonnées pour {} couples de lieux sur {} ; \
             « maillage trajets » les remplace par des temps routiers.",
            number::number(counts.missing() as f64, 0),
            number::number(counts.all() as f64, 0)
        )
    })
}

fn unknown_categories(problem: &Problem) -> Option<String> {
    let unknown: std::collections::BTreeSet<_> = problem
        .dossier
        .establishments
        .iter()
        .filter(|row| !row.kind.is_first_degree())
        .flat_map(|row| row.categories.unknown.iter().copied())
        .collect();
    let names: Vec<&str> = unknown.iter().map(|category| category.code()).collect();
    (!names.is_empty()).then(|| {
        format!(
            "Catégories que les sources ne disent pas, comptées comme absentes là où elles sont \
             marquées « ? » : {}.",
            names.join(", ")
        )
    })
}

fn schools_left_to_their_area(problem: &Problem) -> Option<String> {
    let many = problem
        .dossier
        .establishments
        .iter()
        .filter(|row| row.kind == EstablishmentKind::Ecole && row.network.is_none())
        .count();
    (many > 0).then(|| {
        let ecoles = number::count(many as u64, "école", "écoles");
        format!("{ecoles} sans réseau REP+, à suivre à travers leur circonscription.")
    })
}

/// A decision prevails over the guard-rails, but it is said.
fn against_guard_rails(problem: &Problem, solution: &Solution, unit: UnitId) -> Option<String> {
    let what = &problem.units[unit];
    let option = solution.option(problem, unit);
    let decided = decisions_on(what, &problem.dossier.decisions)
        .any(|decision| decision.kind == DecisionKind::Require);
    let permanence = option.modality == Modality::Permanence;
    let broken = is_mandated(what, &problem.bareme) && !permanence
        || permanence && option.presence < floor(what, &problem.bareme);
    (decided && broken).then(|| {
        format!(
            "{} ({}) : la décision passe outre le garde-fou du barème (permanence d'au moins {} \
             demi-journée par semaine).",
            what.name,
            what.code,
            floor(what, &problem.bareme).to_string().replace('.', ",")
        )
    })
}

fn idle_posts(problem: &Problem, solution: &Solution) -> Vec<String> {
    problem
        .posts
        .iter_enumerated()
        .filter(|(post, who)| who.in_service && solution.sector(*post).next().is_none())
        .map(|(_, who)| format!("Le poste {} ne reçoit aucun établissement.", who.id))
        .collect()
}
