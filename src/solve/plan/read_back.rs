//! From the plan that documents show back to the assignment that it was computed from.

use std::collections::BTreeMap;

use thiserror::Error;
use typed_index_collections::TiVec;

use crate::domain::{Assignment, Plan, PostPlan, Presence, TICK_MINUTES};
use crate::policy::{PostId, Problem, Server, Service, Solution, UnitId};

/// Why a plan is no assignment of the problem.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReadBackError {
    /// A unit of the dossier has no row in the plan.
    #[error("le plan ne dit rien de l'établissement {0}")]
    Unit(String),
    /// The plan serves a unit by an option that the bareme and the decisions do not offer.
    #[error("le plan sert {0} d'une façon que le barème et les décisions du dossier n'offrent pas")]
    Option(String),
    /// The plan names a post, a team or a residence that the dossier does not hold.
    #[error("le plan nomme {0}, que le dossier ne connaît pas")]
    Unknown(String),
}

/// The assignment of a plan.
///
/// # Errors
/// [`ReadBackError`], when the plan is of another dossier, or the dossier has changed since.
pub fn read_back(problem: &Problem, plan: &Plan) -> Result<Solution, ReadBackError> {
    let mut rows: BTreeMap<(&str, u8), &Assignment> = BTreeMap::new();
    for row in &plan.affectations {
        let code = row.reseau.as_deref().unwrap_or(&row.uai);
        rows.entry((code, row.partie.unwrap_or(1))).or_insert(row);
    }
    let service = |unit: UnitId| {
        let what = &problem.units[unit];
        let part = what.part.map_or(1, |(part, _)| part);
        let row = rows.get(&(what.code.as_str(), part));
        service(problem, unit, row.ok_or_else(|| ReadBackError::Unit(what.code.clone()))?)
    };
    let services = problem.units.keys().map(service).collect::<Result<TiVec<_, _>, _>>()?;
    let weeks: BTreeMap<&str, &PostPlan> =
        plan.postes.iter().map(|week| (week.poste.as_str(), week)).collect();
    let mut seats = TiVec::new();
    let mut reserved = TiVec::new();
    for (id, post) in problem.posts.iter_enumerated() {
        let week = weeks.get(post.id.as_str());
        let week = week.ok_or_else(|| ReadBackError::Unknown(post.id.clone()))?;
        seats.push(seat(problem, id, week)?);
        reserved.push(week.pole_equipe_minutes / TICK_MINUTES);
    }
    Ok(Solution { services, seats, reserved })
}

fn service(problem: &Problem, unit: UnitId, row: &Assignment) -> Result<Service, ReadBackError> {
    let presence = Presence::from_half_days(row.demi_journees).unwrap_or(Presence(0));
    let mut options = problem.units[unit].options.iter();
    let option = options
        .position(|option| option.modality == row.modalite && option.presence == presence)
        .ok_or_else(|| ReadBackError::Option(format!("{} ({})", row.nom, row.uai)))?;
    let Some(name) = &row.poste else { return Ok(Service { server: Server::Nobody, option }) };
    let team = || {
        let team = name.strip_prefix("POLE-")?;
        problem.teams.iter_enumerated().find(|(_, other)| other.id == team).map(|(id, _)| id)
    };
    let server = problem.post_by_id(name).map(Server::Post).or_else(|| team().map(Server::Team));
    let server = server.ok_or_else(|| ReadBackError::Unknown(name.clone()))?;
    Ok(Service { server, option })
}

/// The seat that the plan gives to a post in service; none to one that is placed nowhere.
fn seat(problem: &Problem, post: PostId, week: &PostPlan) -> Result<Option<UnitId>, ReadBackError> {
    let who = &problem.posts[post];
    let Some(code) = week.residence.as_ref().filter(|_| who.in_service) else { return Ok(None) };
    let mut seats = who.seats.iter().copied();
    if who.has_fixed_seat {
        return Ok(seats.next());
    }
    let seat = seats.find(|seat| problem.units[*seat].code == *code);
    seat.map(Some).ok_or_else(|| ReadBackError::Unknown(code.clone()))
}
