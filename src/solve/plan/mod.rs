//! From an assignment and its proof to the plan that documents show.

mod indicators;
mod posts;
pub mod read_back;
mod warnings;

use crate::domain::{Assignment, HALF_DAY_MINUTES, Level, Method, Modality, Plan, Status};
use crate::policy::bareme::Order;
use crate::policy::eligibility::pair_terms;
use crate::policy::scorecard::{PlaceVisit, post_score, score, team_changes, team_travel};
use crate::policy::{Problem, Score, Server, Solution, UnitId};

/// What is known of how good an assignment is.
#[derive(Debug, Clone, PartialEq)]
pub struct Proof {
    /// How the computation ended.
    pub status: Status,
    /// Method that found it.
    pub method: Method,
    /// Proven bound on the objective.
    pub bound: i64,
    /// Bound of each level, where the order is lexicographic.
    pub level_bounds: Vec<Option<i64>>,
    /// How the bound was proven, in French.
    pub wording: String,
    /// Seed.
    pub seed: u64,
}

/// The plan of an assignment.
#[must_use]
pub fn plan(problem: &Problem, solution: &Solution, proof: &Proof) -> Plan {
    let score = score(problem, solution);
    let objective = score.total();
    let dossier = &problem.dossier;
    let posts = posts::post_plans(problem, solution);
    Plan {
        version: 1,
        programme: format!("maillage {}", env!("CARGO_PKG_VERSION")),
        dossier: dossier.scenario.name.clone(),
        rentree: dossier.scenario.year,
        departement: dossier.scenario.departement.clone(),
        profil: dossier.scenario.profile.clone(),
        graine: proof.seed,
        methode: proof.method,
        statut: proof.status,
        objectif: objective,
        borne: proof.bound,
        ecart: relative_gap(objective, proof.bound),
        ecart_demi_journees: (proof.bound - objective) as f64 / 100.0,
        preuve: proof.wording.clone(),
        niveaux: levels(problem, &score, proof),
        affectations: assignments(problem, solution),
        indicateurs: indicators::indicators(problem, solution, &posts),
        postes: posts,
        avertissements: warnings::warnings(problem, solution),
        bareme: serde_json::to_value(&problem.bareme).expect("a bareme is plain data"),
        empreintes: dossier.digests.clone(),
        modifications: dossier.edits.clone(),
    }
}

/// (bound - objective) / |objective|; 0 when they are equal.
#[must_use]
pub fn relative_gap(objective: i64, bound: i64) -> f64 {
    if bound == objective {
        0.0
    } else {
        (bound - objective) as f64 / (objective.unsigned_abs().max(1)) as f64
    }
}

fn levels(problem: &Problem, score: &Score, proof: &Proof) -> Vec<Level> {
    let lexicographic = problem.bareme.ordre == Order::Lexicographique;
    let bounds = proof.level_bounds.iter().copied().chain(std::iter::repeat(None));
    problem
        .bareme
        .niveaux
        .iter()
        .zip(bounds)
        .map(|(level, bound)| Level {
            nom: level.code().to_owned(),
            objectif: score.level(*level),
            borne: if lexicographic { bound } else { None },
        })
        .collect()
}

fn assignments(problem: &Problem, solution: &Solution) -> Vec<Assignment> {
    let visits = problem.posts.keys().map(|post| post_score(problem, solution, post).visits);
    let visits: Vec<Vec<PlaceVisit>> = visits.collect();
    let mut rows: Vec<(usize, Assignment)> = Vec::new();
    for unit in problem.units.keys() {
        let assignment = assignment(problem, solution, &visits, unit);
        for &row in &problem.units[unit].rows {
            rows.push((row, of_row(problem, unit, row, &assignment)));
        }
    }
    rows.sort_by_key(|(row, assignment)| (*row, assignment.partie));
    rows.into_iter().map(|(_, assignment)| assignment).collect()
}

fn assignment(
    problem: &Problem,
    solution: &Solution,
    visits: &[Vec<PlaceVisit>],
    unit: UnitId,
) -> Assignment {
    let what = &problem.units[unit];
    let option = solution.option(problem, unit);
    let (post, travel_minutes, one_way, change) = match solution.services[unit].server {
        Server::Post(post) => {
            let seat = solution.seats[post].expect("a post that serves has a seat");
            (
                Some(problem.posts[post].id.clone()),
                travel_share(&visits[usize::from(post)], unit),
                Some(problem.one_way_minutes(seat, what.place)),
                pair_terms(problem, Some((post, seat)), unit).1,
            )
        }
        Server::Team(team) => (
            Some(format!("POLE-{}", problem.teams[team].id)),
            (team_travel(problem, team, unit).0 * 5) as f64,
            None,
            team_changes(problem, team, unit),
        ),
        Server::Nobody => (None, 0.0, None, pair_terms(problem, None, unit).1),
    };
    Assignment {
        uai: what.code.clone(),
        partie: what.part.map(|(part, _)| part),
        reseau: None,
        nom: what.name.clone(),
        modalite: option.modality,
        demi_journees: option.presence.half_days(),
        poste: post,
        bassin_conseiller: (option.modality == Modality::Reference).then(|| what.bassin.clone()),
        minutes_trajet: travel_minutes,
        minutes_aller: one_way.map(|minutes| (minutes * 10.0).round() / 10.0),
        charge_minutes: option.ticks * 5,
        besoin: what.need_centi as f64 / 100.0,
        points: what.points,
        valeur: option.value,
        change,
    }
}

/// The row of an ecole shows its network's service; the figures stay with the first of them, so
/// that columns of a table add up.
fn of_row(problem: &Problem, unit: UnitId, row: usize, whole: &Assignment) -> Assignment {
    let what = &problem.units[unit];
    let establishment = &problem.dossier.establishments[row];
    if establishment.uai == what.code {
        return whole.clone();
    }
    let first = what.rows[0] == row;
    Assignment {
        uai: establishment.uai.clone(),
        nom: establishment.name.clone(),
        reseau: Some(what.code.clone()),
        minutes_trajet: if first { whole.minutes_trajet } else { 0.0 },
        charge_minutes: if first { whole.charge_minutes } else { 0 },
        besoin: if first { whole.besoin } else { 0.0 },
        valeur: if first { whole.valeur } else { 0 },
        change: first && whole.change,
        ..whole.clone()
    }
}

/// The travel to a place, shared equally by the units of the post there.
fn travel_share(visits: &[PlaceVisit], unit: UnitId) -> f64 {
    visits
        .iter()
        .find(|visit| visit.units.contains(&unit))
        .map_or(0.0, |visit| (visit.ticks * 5) as f64 / visit.units.len() as f64)
}

/// Half-days of presence as minutes, for indicators.
fn half_days(minutes: i64) -> f64 {
    minutes as f64 / HALF_DAY_MINUTES as f64
}
