//! A model without some of its demands: what is left when a limit or a decision is lifted.

use std::collections::BTreeSet;

use crate::policy::modality_options::options;
use crate::policy::{PostId, Problem, Score};

use super::blocks::kinds;
use super::compact_model::{CompactModel, Row};
use super::constraints::Built;
use super::demand::Demand;

/// More time than any sector takes, ticks.
const NO_LIMIT: i64 = 1_000_000;

/// Everything that the dossier demands, what concerns single establishments last.
#[must_use]
pub fn demands(problem: &Problem) -> Vec<Demand> {
    let rows = Built::new(problem).model.rows;
    let mut demands: BTreeSet<Demand> = rows.iter().filter_map(|row| row.demand).collect();
    for posts in kinds(problem) {
        demands.insert(Demand::LongestTrip(posts[0]));
        if problem.posts[posts[0]].bassin.is_some() {
            demands.insert(Demand::Bassin(posts[0]));
        }
    }
    demands.extend(problem.residents.keys().copied().map(Demand::Residence));
    demands.extend((0..problem.dossier.decisions.len()).map(Demand::Decision));
    let is_service = |demand: &Demand| matches!(demand, Demand::Service(_));
    let (services, others): (Vec<Demand>, Vec<Demand>) = demands.into_iter().partition(is_service);
    [others, services].concat()
}

/// A question of feasibility: no column has a price.
#[derive(Debug, Clone)]
pub struct Eased {
    /// The model without the rows of the demands lifted; units whose service is lifted may be
    /// left out.
    pub model: CompactModel,
    /// Rows lifted, services apart.
    pub lifted: Vec<Row>,
}

/// The model without these demands.
#[must_use]
pub fn without(problem: &Problem, lifted: &BTreeSet<Demand>) -> Eased {
    let mut model = Built::new(&lift_from_problem(problem, lifted)).model;
    model.columns.iter_mut().for_each(|column| column.profit = Score::default());
    let (mut kept, mut out) = (Vec::new(), Vec::new());
    for mut row in model.rows {
        let is_lifted = row.demand.is_some_and(|demand| lifted.contains(&demand));
        if let (true, Some(Demand::Service(_))) = (is_lifted, row.demand) {
            row.lower = None;
            kept.push(row);
        } else if is_lifted {
            out.push(row);
        } else {
            kept.push(row);
        }
    }
    model.rows = kept;
    Eased { model, lifted: out }
}

/// Demands that decide which columns exist are lifted before the model is built.
fn lift_from_problem(problem: &Problem, lifted: &BTreeSet<Demand>) -> Problem {
    let mut eased = problem.clone();
    let kinds = kinds(problem);
    let alike = |post: PostId| kinds.iter().find(|posts| posts[0] == post).into_iter().flatten();
    for demand in lifted {
        match *demand {
            Demand::Decision(index) => eased.dossier.decisions[index].uai.clear(),
            Demand::Capacity(post) => {
                alike(post).for_each(|id| eased.posts[*id].capacity = NO_LIMIT)
            }
            Demand::LongestTrip(post) => {
                alike(post).for_each(|id| eased.posts[*id].max_trip_minutes = u32::MAX);
            }
            Demand::Bassin(post) => alike(post).for_each(|id| eased.posts[*id].bassin = None),
            Demand::Residence(seat) => drop(eased.residents.remove(&seat)),
            _ => {}
        }
    }
    for unit in &mut eased.units {
        unit.options = options(unit, &eased.dossier, &eased.bareme);
    }
    eased
}
