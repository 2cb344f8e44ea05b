//! A conflict in French.

use std::mem::discriminant;

use crate::domain::{Decision, HALF_DAY_MINUTES, TICK_MINUTES};
use crate::policy::modality_options::is_mandated;
use crate::policy::{ItemId, PostId, Problem, UnitId};
use crate::wording::number::count;
use crate::wording::sentence;

use super::blocks::kinds;
use super::counting::{needed_places, offered_places};
use super::demand::Demand;
use super::least_load::LeastLoads;

/// Ticks in a half-day.
const HALF_DAY_TICKS: f64 = (HALF_DAY_MINUTES / TICK_MINUTES) as f64;
/// Names that a sentence lists before "et n autres".
const LISTED: usize = 6;
/// Demands of one sort that are told together.
const MANY: usize = 4;

/// The conflict: services against time first where both occur, then each other demand.
#[must_use]
pub fn sentences(problem: &Problem, demands: &[Demand]) -> Vec<String> {
    let services: Vec<ItemId> = demands
        .iter()
        .filter_map(|demand| match demand {
            Demand::Service(item) => Some(*item),
            _ => None,
        })
        .collect();
    let posts: Vec<PostId> = demands
        .iter()
        .filter_map(|demand| match demand {
            Demand::Capacity(post) => Some(*post),
            _ => None,
        })
        .collect();
    let mut sentences = Vec::new();
    let places = places_against_services(problem, &services, demands);
    let are_places_told = places.is_some();
    sentences.extend(places);
    if !services.is_empty() && !posts.is_empty() {
        sentences.push(time_against_services(problem, &services, &posts));
    } else if !are_places_told {
        sentences.extend(services_told(problem, &services, demands.len()));
        sentences.extend(posts.iter().map(|post| describe(problem, Demand::Capacity(*post))));
    }
    let told = |demand: &&Demand| match demand {
        Demand::Service(_) | Demand::Capacity(_) => false,
        Demand::Establishments(_) | Demand::References(_) => !are_places_told,
        _ => true,
    };
    let others: Vec<Demand> = demands.iter().filter(told).copied().collect();
    for alike in others.chunk_by(|one, other| are_alike(problem, *one, *other)) {
        if alike.len() < MANY {
            sentences.extend(alike.iter().map(|demand| describe(problem, *demand)));
        } else {
            sentences.extend(describe_alike(problem, alike));
        }
    }
    sentences
}

/// Demands of one sort and one amount, which a sentence may tell together; they stand in a row.
fn are_alike(problem: &Problem, one: Demand, other: Demand) -> bool {
    let posts = &problem.posts;
    match (one, other) {
        (Demand::LongestTrip(a), Demand::LongestTrip(b)) => {
            posts[a].max_trip_minutes == posts[b].max_trip_minutes
        }
        (Demand::Establishments(a), Demand::Establishments(b)) => {
            posts[a].max_establishments == posts[b].max_establishments
        }
        (Demand::Decision(a), Demand::Decision(b)) => {
            problem.dossier.decisions[a].says_as(&problem.dossier.decisions[b])
        }
        _ => discriminant(&one) == discriminant(&other),
    }
}

/// Many demands of one sort: together where a sentence can, else the first of them.
fn describe_alike(problem: &Problem, alike: &[Demand]) -> Vec<String> {
    let posts = alike.iter().filter_map(|demand| match demand {
        Demand::LongestTrip(post) | Demand::Establishments(post) => {
            Some(problem.posts[*post].id.clone())
        }
        _ => None,
    });
    let decided = alike.iter().filter_map(|demand| match demand {
        Demand::Decision(index) => Some(decided_name(problem, *index)),
        _ => None,
    });
    let seats = alike.iter().filter_map(|demand| match demand {
        Demand::Residence(seat) => Some(unit_name(problem, *seat)),
        _ => None,
    });
    match alike[0] {
        Demand::LongestTrip(post) => vec![format!(
            "Le trajet le plus long : {} postes ne vont pas à plus de {} minutes ({}).",
            alike.len(),
            problem.posts[post].max_trip_minutes,
            list(posts)
        )],
        Demand::Establishments(post) => vec![format!(
            "Le nombre d'établissements : {} postes en ont {} au plus chacun ({}).",
            alike.len(),
            problem.posts[post].max_establishments,
            list(posts)
        )],
        Demand::Residence(_) => vec![format!(
            "La résidence : {} établissements sont servis par les postes qui y sont basés, par permanence ({}).",
            alike.len(),
            list(seats)
        )],
        Demand::Decision(index) => {
            let decision =
                Decision { reason: String::new(), ..problem.dossier.decisions[index].clone() };
            let all = format!("{} décisions ({})", alike.len(), list(decided));
            vec![format!("{}.", sentence::decision(&all, &decision))]
        }
        _ => {
            let told = alike.iter().take(MANY - 1).map(|demand| describe(problem, *demand));
            let left = (alike.len() + 1 - MANY) as u64;
            let others = count(left, "autre demande", "autres demandes");
            told.chain([format!("Et {others} du même genre.")]).collect()
        }
    }
}

/// What services take against what posts have.
#[must_use]
pub fn time_at_stake(problem: &Problem, least: i64, capacity: i64) -> String {
    let decisions = match problem.dossier.decisions.len() {
        0 => "",
        1 => ", la décision prise comprise",
        _ => ", les décisions prises comprises",
    };
    format!(
        "Servir les {} établissements, réseaux et circonscriptions demande au moins {} ETP{decisions}, trajets \
         les plus courts compris ; il y en a {}.",
        problem.units.len(),
        full_time(problem, least),
        full_time(problem, capacity)
    )
}

/// Services without any time against them; a service that conflicts with nothing else has no way.
fn services_told(problem: &Problem, services: &[ItemId], demands: usize) -> Option<String> {
    let units = || services.iter().flat_map(|item| &problem.items[*item]);
    let names = list(units().map(|unit| unit_name(problem, *unit)));
    match (services.len(), demands) {
        (0, _) => None,
        (1, 1) => Some(format!(
            "{names} : aucun poste en service, aucune équipe et aucun conseiller ne peut servir cet établissement."
        )),
        (1, _) => Some(describe(problem, Demand::Service(services[0]))),
        _ => Some(format!("{} établissements à servir : {names}.", units().count())),
    }
}

fn time_against_services(problem: &Problem, services: &[ItemId], posts: &[PostId]) -> String {
    let units: Vec<UnitId> =
        services.iter().flat_map(|item| problem.items[*item].iter().copied()).collect();
    let mandated = units.iter().all(|unit| is_mandated(&problem.units[*unit], &problem.bareme));
    let what = match (mandated, units.len()) {
        (true, 1) => "1 permanence obligatoire demande".to_owned(),
        (true, count) => format!("{count} permanences obligatoires demandent"),
        (false, 1) => "1 établissement à servir demande".to_owned(),
        (false, count) => format!("{count} établissements à servir demandent"),
    };
    let ticks = LeastLoads::of(problem).ticks(units.iter().copied());
    // A post to place stands for all those that nothing tells from it.
    let kinds = kinds(problem);
    let posts: Vec<PostId> =
        kinds.iter().filter(|kind| posts.contains(&kind[0])).flatten().copied().collect();
    let capacity: i64 = posts.iter().map(|post| problem.posts[*post].capacity).sum();
    let names = units.iter().map(|unit| unit_name(problem, *unit));
    let posts = posts.iter().map(|post| problem.posts[*post].id.clone());
    if ticks <= capacity {
        return format!(
            "{} à servir, trajets compris ({}), dans {} ETP ({}).",
            count(units.len() as u64, "établissement", "établissements"),
            list(names),
            full_time(problem, capacity),
            list(posts)
        );
    }
    format!(
        "{what} au moins {} ETP, trajets les plus courts compris ({}) ; il y en a {} ({}).",
        full_time(problem, ticks),
        list(names),
        full_time(problem, capacity),
        list(posts)
    )
}

/// Services against the establishments that posts may have, where counting tells that they lack.
fn places_against_services(
    problem: &Problem,
    services: &[ItemId],
    demands: &[Demand],
) -> Option<String> {
    let (needed, offered) = (needed_places(problem, services), offered_places(problem));
    let limits = kinds(problem).into_iter().map(|posts| Demand::Establishments(posts[0]));
    if needed <= offered || !limits.into_iter().all(|limit| demands.contains(&limit)) {
        return None;
    }
    // A network counts for none: it is not named among those that are counted.
    let counts = |unit: &&UnitId| problem.units[**unit].count > 0;
    let units = || services.iter().flat_map(|item| &problem.items[*item]).filter(counts);
    let all: i64 = units().map(|unit| i64::from(problem.units[*unit].count)).sum();
    let names = list(units().map(|unit| unit_name(problem, *unit)));
    let referred = match all - needed {
        0 => String::new(),
        many => format!(", dont {many} au plus en référence"),
    };
    Some(format!(
        "{} à servir{referred} ({names}) : il en reste au moins {needed} pour les \
         postes, qui n'en ont que {offered} au plus.",
        count(all as u64, "établissement", "établissements")
    ))
}

/// One demand as a sentence.
#[must_use]
pub fn describe(problem: &Problem, demand: Demand) -> String {
    let post = |id: PostId| format!("le poste {}", problem.posts[id].id);
    match demand {
        Demand::Service(item) => {
            let members = &problem.items[item];
            let mandated = |unit: &UnitId| is_mandated(&problem.units[*unit], &problem.bareme);
            let how = if members.iter().any(mandated) { " par une permanence" } else { "" };
            let names = members.iter().map(|unit| unit_name(problem, *unit));
            format!("{} : à servir{how}.", list(names))
        }
        Demand::Together(item) => {
            let names = problem.items[item].iter().map(|unit| unit_name(problem, *unit));
            format!("{} : à servir par le même poste.", list(names))
        }
        Demand::Decision(index) => {
            let told = sentence::decision(
                &decided_name(problem, index),
                &problem.dossier.decisions[index],
            );
            format!("Décision : {told}.")
        }
        Demand::Capacity(id) => format!(
            "Le temps : {} dispose de {} demi-journées par semaine.",
            post(id),
            decimal(problem.posts[id].capacity as f64 / HALF_DAY_TICKS)
        ),
        Demand::MinimumLoad(id) => format!(
            "La charge minimale : {} doit porter au moins {} demi-journées par semaine.",
            post(id),
            decimal(problem.posts[id].minimum as f64 / HALF_DAY_TICKS)
        ),
        Demand::Residence(seat) => format!(
            "La résidence : {} est servi par les postes qui y sont basés, par permanence.",
            unit_name(problem, seat)
        ),
        Demand::LongestTrip(id) => format!(
            "Le trajet le plus long : {} ne va pas à plus de {} minutes.",
            post(id),
            problem.posts[id].max_trip_minutes
        ),
        Demand::Establishments(id) => format!(
            "Le nombre d'établissements : {} en a {} au plus.",
            post(id),
            problem.posts[id].max_establishments
        ),
        Demand::RepPlus(id) => format!(
            "Le REP+ : {} n'a que {} établissements au plus s'il en a un en REP+.",
            post(id),
            problem.bareme.limites.rep_plus_etablissements_max
        ),
        Demand::Bassin(id) => format!(
            "Le bassin : {} ne sert que « {} ».",
            post(id),
            problem.posts[id].bassin.as_deref().unwrap_or_default()
        ),
        Demand::References(index) => {
            let supervision = &problem.supervisions[index];
            format!(
                "Les références : {} au plus dans le bassin « {} ».",
                supervision.capacity, supervision.bassin
            )
        }
        Demand::Kilometres => format!(
            "Les kilomètres : {} par semaine au plus.",
            decimal(problem.bareme.limites.km_max_semaine.unwrap_or_default())
        ),
        Demand::Changes => format!(
            "Les changements d'assistant : {} au plus.",
            problem.bareme.limites.changements_max.unwrap_or_default()
        ),
        Demand::TeamTime(team) => format!(
            "Le pôle « {} » : le temps réservé par ses membres, {} minutes par semaine au plus chacun.",
            problem.teams[team].id, problem.bareme.pole.reserve_max_minutes
        ),
    }
}

/// The establishment of a decision.
fn decided_name(problem: &Problem, index: usize) -> String {
    let uai = &problem.dossier.decisions[index].uai;
    let unit = problem.units.iter_enumerated().find(|(_, unit)| unit.code == *uai);
    unit.map_or_else(|| uai.clone(), |(unit, _)| unit_name(problem, unit))
}

fn unit_name(problem: &Problem, unit: UnitId) -> String {
    let what = &problem.units[unit];
    match what.part {
        Some((part, _)) => format!("{} ({}, partie {part})", what.name, what.code),
        None => format!("{} ({})", what.name, what.code),
    }
}

fn list(names: impl Iterator<Item = String>) -> String {
    let names: Vec<String> = names.collect();
    match names.len().checked_sub(LISTED) {
        None | Some(0 | 1) => names.join(", "),
        Some(others) => format!("{} et {others} autres", names[..LISTED].join(", ")),
    }
}

fn full_time(problem: &Problem, ticks: i64) -> String {
    let time = &problem.bareme.temps;
    let half_days = (time.demi_journees_par_etp - time.deductions_par_etp).max(1.0);
    decimal(ticks as f64 / HALF_DAY_TICKS / half_days)
}

/// Two decimals at most, with a comma.
fn decimal(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').replace('.', ",")
}
