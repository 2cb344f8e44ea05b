//! Section 7: what no post serves, why, and the nearest remedy.
//!
//! The export does not solve: it tells which posts nearby keep how much time. What a change would
//! cost the others is the answer of `maillage expliquer`.

use serde::Serialize;

use crate::domain::{
    Decision, DecisionKind, Establishment, HALF_DAY_MINUTES, Modality, PostPlan, Presence,
};
use crate::export::view::{Served, View};
use crate::policy::Bareme;
use crate::travel::Place;
use crate::wording::sentence;

use super::annex::{Entry, entry};

/// Posts looked at around an establishment.
const NEAREST: usize = 3;

/// Units without a post.
#[derive(Debug, Serialize)]
pub struct Unserved {
    phrase: String,
    lignes: Vec<Line>,
}

#[derive(Debug, Serialize)]
struct Line {
    unite: Entry,
    besoin: f64,
    points: f64,
    raison: String,
    remede: String,
}

/// A post near an establishment: distance as the crow flies, free minutes a week.
struct Neighbour<'a> {
    week: &'a PostPlan,
    metres: f64,
    free: i64,
}

/// The section.
pub fn unserved(view: &View, bareme: &Bareme) -> Unserved {
    let units: Vec<Served> =
        view.units().filter(|served| !served.modality().needs_post()).collect();
    let median = median(view.units().map(|served| served.assignment.points).collect());
    let wanted: i64 = units.iter().map(|served| smallest_service(served, bareme)).sum();
    let full_time = bareme.temps.demi_journees_par_etp - bareme.temps.deductions_par_etp;
    let full_time = full_time * HALF_DAY_MINUTES as f64;
    Unserved {
        phrase: sentence::unserved(units.len(), wanted as f64 / full_time),
        lignes: units.iter().map(|served| line(view, bareme, median, served)).collect(),
    }
}

fn line(view: &View, bareme: &Bareme, median: f64, served: &Served) -> Line {
    let decided = view
        .decisions(&served.establishment.uai)
        .find(|decision| binds(decision, served.modality()));
    let raison = match decided {
        Some(decision) => sentence::decided(&decision.reason),
        None => sentence::few_points(served.assignment.points, median),
    };
    let wanted = smallest_service(served, bareme);
    let near = neighbours(view, served.establishment);
    let remede = match near.iter().find(|post| post.free >= wanted) {
        Some(post) => {
            sentence::room_nearby(&post.week.poste, post.metres / 1000.0, post.free as f64)
        }
        None => {
            let names: Vec<String> = near.iter().map(|post| post.week.poste.clone()).collect();
            let most = near.iter().map(|post| post.free).max().unwrap_or(0);
            sentence::no_room_nearby(&names, most as f64, wanted as f64)
        }
    };
    Line {
        unite: entry(view, served),
        besoin: served.assignment.besoin,
        points: served.assignment.points,
        raison,
        remede,
    }
}

fn binds(decision: &Decision, modality: Modality) -> bool {
    match decision.kind {
        DecisionKind::Require => decision.modality == Some(modality),
        DecisionKind::Forbid => true,
        DecisionKind::Minimum => false,
    }
}

/// Minutes a week, travel left out, of the smallest service that a post could give.
fn smallest_service(served: &Served, bareme: &Bareme) -> i64 {
    if served.establishment.kind.is_first_degree() {
        let need = served.assignment.besoin * HALF_DAY_MINUTES as f64;
        (need * bareme.premier_degre.charge).ceil() as i64
    } else {
        Presence::FORTNIGHTLY.minutes() + bareme.permanence.reunions_minutes
    }
}

/// The nearest posts whose field holds the establishment, nearest first.
fn neighbours<'a>(view: &View<'a>, establishment: &Establishment) -> Vec<Neighbour<'a>> {
    let here = place(establishment);
    let first_degree = establishment.kind.is_first_degree();
    let mut near: Vec<Neighbour> = view
        .plan
        .postes
        .iter()
        .filter(|week| week.capacite_minutes > 0)
        .filter(|week| view.post(&week.poste).is_some_and(|post| post.field.serves(first_degree)))
        .filter_map(|week| {
            let home = view.residence(&week.poste)?;
            let free = week.capacite_minutes - week.charge_minutes;
            Some(Neighbour { week, metres: here.distance_m(&place(home)), free })
        })
        .collect();
    near.sort_by(|a, b| a.metres.total_cmp(&b.metres));
    near.truncate(NEAREST);
    near
}

fn place(establishment: &Establishment) -> Place {
    Place {
        id: establishment.uai.clone(),
        latitude: establishment.latitude,
        longitude: establishment.longitude,
        rural_class: establishment.rural_class,
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}
