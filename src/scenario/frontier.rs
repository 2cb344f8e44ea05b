//! What more means would buy: plans over a range of means, of changes or of the price of travel.
//!
//! One search at the dossier as it is comes first; the others start from its memory, in parallel,
//! so that the result does not depend on the number of threads. Where theory says that a point is
//! worth at least its neighbour (nested posts without smallest load nor moving target of equity;
//! more changes allowed; a lower price of the road), it is held to it: a point found worth less is
//! searched again from its neighbour's plan, which stays feasible, and bounds pass the other way.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::domain::{Dossier, Plan, Post, Status};
use crate::policy::bareme::Order;
use crate::policy::{Bareme, profile};
use crate::solve::memory::Memory;
use crate::solve::plan::relative_gap;
use crate::solve::terminator::Sooner;

use super::absence::cheapest_losses;
use super::edit::Edit;
use super::error::EditError;
use super::shares::Shares;
use super::staffing::{full_time_centi, leaving_order};
use super::trial::{Means, Trial, TrialError, attempt};

/// What varies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Axis {
    /// Full-time equivalents.
    Etp,
    /// Establishments that may change hands.
    Changements,
    /// Price of a minute of road.
    CoutTrajet,
}

/// A plan at one level.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Point {
    /// Level on the axis.
    pub niveau: f64,
    /// Full-time equivalents in service.
    pub etp: f64,
    /// Value, objective units; none without a plan.
    pub objectif: Option<i64>,
    /// Proven bound; none where no plan exists.
    pub borne: Option<i64>,
    /// (bound - value) / |value|.
    pub ecart: Option<f64>,
    /// How the search ended.
    pub statut: Status,
    /// Share of the weighed need that is met, 0 to 1.
    pub part_couverte: Option<f64>,
    /// Half-days of permanence a week.
    pub demi_journees: Option<f64>,
    /// Establishments that change hands from today's sectors.
    pub changements: Option<u32>,
    /// Kilometres a week.
    pub km_semaine: Option<f64>,
    /// Half-days of need at 1 point gained over the level before; none over a price, at which the
    /// same plan would be worth something else.
    pub apport: Option<f64>,
    /// The least and the most that this gain can be, from the proven bounds.
    pub apport_prouve: Option<(f64, f64)>,
}

/// A range of plans.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Frontier {
    /// What varies.
    pub axe: Axis,
    /// Whether theory makes the values monotone.
    pub monotone: bool,
    /// By increasing level.
    pub points: Vec<Point>,
}

/// Traces the plans of a dossier over `levels`, increasing. `leaving` are posts that go first.
///
/// # Errors
/// A level that cannot be reached, or a plan that the checker refuses.
pub fn trace(
    dossier: &Dossier,
    axis: Axis,
    levels: &[f64],
    leaving: &[String],
    means: &Means,
) -> Result<Frontier, TrialError> {
    trace_aloud(dossier, axis, levels, leaving, means, &|_| {})
}

/// The same, each point told as soon as it is found; what its neighbours teach comes later.
///
/// # Errors
/// As [`trace`].
pub fn trace_aloud(
    dossier: &Dossier,
    axis: Axis,
    levels: &[f64],
    leaving: &[String],
    means: &Means,
    tell: &(dyn Fn(Point) + Sync),
) -> Result<Frontier, TrialError> {
    if axis == Axis::Changements && dossier.current.is_empty() {
        return Err(EditError::NoCurrentSectors.into());
    }
    let order = if axis == Axis::Etp { Some(order(dossier, levels, leaving)?) } else { None };
    let ranked = order.as_ref().map_or(0, |order| order.to_rank.len());
    let (done, all) = (AtomicUsize::new(0), 1 + ranked + levels.len());
    let tick = || (means.progress)(1 + done.fetch_add(1, Ordering::Relaxed), all);
    // All others start from the first one: it may take longer than each of them.
    let half = means.terminator.left().map(|left| left / 2);
    let first = Sooner::after(half, means.terminator);
    let base = attempt(dossier, &[], &Memory::default(), &means.until(&first))?;
    tick();
    // The ranking of posts leaves the levels their time.
    let shares = Shares::of(ranked + levels.len(), means.terminator);
    let edits = match order {
        Some(order) => staffing(dossier, levels, order, &base, means, &shares, &tick)?,
        None => settings(axis, levels),
    };
    let trials: Result<Vec<Trial>, TrialError> = edits
        .par_iter()
        .zip(levels)
        .map(|(edits, level)| {
            let trial = attempt(dossier, edits, &base.memory, &means.until(&shares.next()));
            if let Ok(trial) = &trial {
                tell(point(*level, trial));
            }
            tick();
            trial
        })
        .collect();
    let mut trials = trials?;
    let bareme = bareme(dossier)?;
    let monotone = is_monotone(axis, &bareme, dossier, &edits);
    if monotone {
        hold_to_neighbours(dossier, axis, &edits, &mut trials, means)?;
    }
    let mut points: Vec<Point> =
        levels.iter().zip(&trials).map(|(level, trial)| point(*level, trial)).collect();
    if monotone {
        pass_bounds(axis, &mut points);
    }
    if axis != Axis::CoutTrajet {
        tell_gains(&mut points, bareme.ordre == Order::Somme, monotone);
    }
    Ok(Frontier { axe: axis, monotone, points })
}

fn bareme(dossier: &Dossier) -> Result<Bareme, EditError> {
    Ok(profile::load(&dossier.scenario.profile, &dossier.scenario.overrides)?)
}

/// The edits of each level of a value of the bareme.
fn settings(axis: Axis, levels: &[f64]) -> Vec<Vec<Edit>> {
    let edit = |level: &f64| {
        let (cle, valeur) = match axis {
            Axis::Changements => ("limites.changements_max", (level.round() as i64).into()),
            Axis::CoutTrajet | Axis::Etp => ("cout_minute_trajet", (*level).into()),
        };
        vec![Edit::Regler { cle: cle.to_owned(), valeur: Some(valeur) }]
    };
    levels.iter().map(edit).collect()
}

/// In which order posts leave.
struct LeavingOrder {
    /// Those whose place is known.
    first: Vec<String>,
    /// Those that follow, by what their loss costs.
    to_rank: Vec<String>,
}

fn order(dossier: &Dossier, levels: &[f64], leaving: &[String]) -> Result<LeavingOrder, EditError> {
    let first = leaving_order(dossier, leaving)?;
    let posts = dossier.posts.iter();
    let (free, held): (Vec<&Post>, Vec<&Post>) = posts.partition(|post| first.contains(&post.id));
    let free: i64 = free.iter().map(|post| i64::from(post.quotite_percent)).sum();
    let today = i64::from(full_time_centi(dossier)?);
    let lowest = levels.first().map_or(0, |level| today - centi(*level));
    let ranked = held.into_iter().filter(|post| lowest > free && post.residence.is_some());
    let to_rank = ranked.map(|post| post.id.clone()).collect();
    Ok(LeavingOrder { first, to_rank })
}

/// Hundredths of a full-time post.
fn centi(full_time: f64) -> i64 {
    (full_time * 100.0).round() as i64
}

/// Nested staffing tables: the order in which posts leave is the same at every level.
fn staffing(
    dossier: &Dossier,
    levels: &[f64],
    order: LeavingOrder,
    base: &Trial,
    means: &Means,
    shares: &Shares<'_>,
    tick: &(dyn Fn() + Sync),
) -> Result<Vec<Vec<Edit>>, TrialError> {
    let today = i64::from(full_time_centi(dossier)?);
    let mut postes = order.first;
    postes.extend(cheapest_losses(dossier, order.to_rank, base, means, shares, tick)?);
    let at = |level: &f64| match centi(*level) - today {
        0 => Vec::new(),
        change => vec![Edit::Etp { ecart: change as f64 / 100.0, postes: postes.clone() }],
    };
    Ok(levels.iter().map(at).collect())
}

/// Whether a plan of each level stays a plan, worth as much, at the next (or at the one before,
/// for the price of the road).
fn is_monotone(axis: Axis, bareme: &Bareme, dossier: &Dossier, edits: &[Vec<Edit>]) -> bool {
    let one_sum = bareme.ordre == Order::Somme;
    match axis {
        Axis::Changements | Axis::CoutTrajet => one_sum,
        Axis::Etp => {
            let gone = edits.iter().flatten().flat_map(|edit| match edit {
                Edit::Etp { ecart, postes } if *ecart < 0.0 => postes.as_slice(),
                _ => &[],
            });
            let fixed = |id: &String| {
                dossier.posts.iter().any(|post| post.id == *id && post.residence.is_some())
            };
            one_sum
                && bareme.equite.poids == 0
                && bareme.limites.charge_min == 0.0
                && !gone.into_iter().any(fixed)
        }
    }
}

/// Searches again each point that is worth less than the one whose plan it admits.
fn hold_to_neighbours(
    dossier: &Dossier,
    axis: Axis,
    edits: &[Vec<Edit>],
    trials: &mut [Trial],
    means: &Means,
) -> Result<(), TrialError> {
    let mut order: Vec<usize> = (0..trials.len()).collect();
    if axis == Axis::CoutTrajet {
        order.reverse();
    }
    for two in order.windows(2) {
        let (poorer, richer) = (two[0], two[1]);
        let Some(least) = value(&trials[poorer]) else { continue };
        if value(&trials[richer]).is_none_or(|found| found < least) {
            let memory = trials[poorer].memory.clone();
            let again = attempt(dossier, &edits[richer], &memory, means)?;
            if value(&again) > value(&trials[richer]) {
                trials[richer] = again;
            }
        }
    }
    Ok(())
}

fn value(trial: &Trial) -> Option<i64> {
    trial.plan.as_ref().map(|plan| plan.objectif)
}

fn point(level: f64, trial: &Trial) -> Point {
    let plan = trial.plan.as_ref();
    let figures = plan.map(|plan| &plan.indicateurs);
    let met = |plan: &Plan| Some(plan.indicateurs.couverture.get("TOUS")?.part_couverte);
    Point {
        niveau: level,
        etp: figures.map_or(level, |figures| figures.etp),
        objectif: plan.map(|plan| plan.objectif),
        borne: plan.map(|plan| plan.borne),
        ecart: plan.map(|plan| plan.ecart),
        statut: match plan {
            Some(plan) => plan.statut,
            None if trial.impossible => Status::Irrealisable,
            None => Status::Limite,
        },
        part_couverte: plan.and_then(met),
        demi_journees: figures.map(|figures| figures.demi_journees),
        changements: figures.map(|figures| figures.changements),
        km_semaine: figures.map(|figures| figures.km_semaine),
        apport: None,
        apport_prouve: None,
    }
}

/// A level is worth no more than what its richer neighbour can be worth.
fn pass_bounds(axis: Axis, points: &mut [Point]) {
    let mut order: Vec<usize> = (0..points.len()).collect();
    if axis != Axis::CoutTrajet {
        order.reverse();
    }
    for two in order.windows(2) {
        let Some(most) = points[two[0]].borne else { continue };
        let point = &mut points[two[1]];
        if let (Some(bound), Some(value)) = (&mut point.borne, point.objectif) {
            *bound = most.min(*bound);
            point.ecart = Some(relative_gap(value, *bound));
            if *bound == value {
                point.statut = Status::Optimal;
            }
        }
    }
}

/// Bounds of one sum, and they alone, bound what a step gains; no step of a monotone series loses.
fn tell_gains(points: &mut [Point], one_sum: bool, monotone: bool) {
    let least = if monotone { 0 } else { i64::MIN };
    for index in 1..points.len() {
        let (before, after) = (&points[index - 1], &points[index]);
        let values = before.objectif.zip(after.objectif).zip(before.borne.zip(after.borne));
        let Some(((old, new), (old_bound, new_bound))) = values else { continue };
        let half_days = |units: i64| units as f64 / 100.0;
        points[index].apport = Some(half_days(new - old));
        points[index].apport_prouve =
            one_sum.then(|| (half_days(least.max(new - old_bound)), half_days(new_bound - old)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(value: i64, bound: i64) -> Point {
        let trial = Trial { plan: None, impossible: false, memory: Memory::default() };
        Point { objectif: Some(value), borne: Some(bound), ..point(0.0, &trial) }
    }

    #[test]
    fn a_step_of_a_monotone_series_loses_nothing_however_loose_the_bounds() {
        let series = || [found(700, 900), found(720, 900)];
        let mut points = series();
        tell_gains(&mut points, true, true);
        assert_eq!((points[1].apport, points[1].apport_prouve), (Some(0.2), Some((0.0, 2.0))));
        let mut points = series();
        tell_gains(&mut points, true, false);
        assert_eq!(points[1].apport_prouve, Some((-1.8, 2.0)));
    }
}
