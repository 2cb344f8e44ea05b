//! Who would be served otherwise: the difference of two plans, establishment by establishment.

use serde::Serialize;

use crate::policy::{Problem, Server, Solution, UnitId};

use super::names;

/// One establishment that the other plan serves otherwise.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Effect {
    /// UAI, or code of a network.
    pub uai: String,
    /// Name with its article.
    pub nom: String,
    /// How it is served in the plan.
    pub avant: String,
    /// How it would be.
    pub apres: String,
    /// Post of the plan.
    pub poste_avant: Option<String>,
    /// Post that it would have.
    pub poste_apres: Option<String>,
    /// Half-days of need met, weighted by points, that it would gain (lose, negative).
    pub ecart: f64,
}

/// The differences, the greatest loss first; `but` is left out.
#[must_use]
pub fn effects(problem: &Problem, plan: &Solution, other: &Solution, but: UnitId) -> Vec<Effect> {
    let units = problem.units.keys().filter(|unit| *unit != but);
    let mut found: Vec<Effect> = units
        .filter(|unit| plan.services[*unit] != other.services[*unit])
        .map(|unit| effect(problem, plan, other, unit))
        .collect();
    found.sort_by(|a, b| a.ecart.total_cmp(&b.ecart).then_with(|| a.uai.cmp(&b.uai)));
    found
}

fn effect(problem: &Problem, plan: &Solution, other: &Solution, unit: UnitId) -> Effect {
    let (before, after) = (plan.option(problem, unit), other.option(problem, unit));
    Effect {
        uai: problem.units[unit].code.clone(),
        nom: names::unit(problem, unit),
        avant: names::service(before.modality, before.presence),
        apres: names::service(after.modality, after.presence),
        poste_avant: server(problem, plan.services[unit].server),
        poste_apres: server(problem, other.services[unit].server),
        ecart: (after.value - before.value) as f64 / 100.0,
    }
}

/// Name of who serves.
#[must_use]
pub fn server(problem: &Problem, server: Server) -> Option<String> {
    match server {
        Server::Post(post) => Some(problem.posts[post].id.clone()),
        Server::Team(team) => Some(format!("POLE-{}", problem.teams[team].id)),
        Server::Nobody => None,
    }
}
