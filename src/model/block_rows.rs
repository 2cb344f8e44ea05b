//! The rows of one post at one seat: its time, its residence, its limits, its equity.

use crate::domain::Modality;
use crate::policy::Problem;
use crate::policy::eligibility::residence_to_serve;
use crate::policy::scorecard::RESERVE_STEP_TICKS;

use super::compact_model::{ColumnId, CompactModel, Row};
use super::demand::Demand;
use super::names::Names;
use super::variables::{BlockVariables, Serve};

type Terms = Vec<(ColumnId, i64)>;

/// Adds the rows of a block.
pub fn add(model: &mut CompactModel, problem: &Problem, names: &Names, block: &BlockVariables) {
    let mut rows = Rows { model, problem, names, block, label: names.block(&block.block) };
    rows.nothing_unless_placed();
    rows.reserve_only_where_placed();
    rows.time();
    rows.smallest_load();
    rows.residence();
    rows.establishments();
    rows.rep_plus();
    rows.equity();
}

struct Rows<'a> {
    model: &'a mut CompactModel,
    problem: &'a Problem,
    names: &'a Names,
    block: &'a BlockVariables,
    label: String,
}

impl Rows<'_> {
    /// `terms <= limit y`, or `terms <= limit` where the post has no choice of seat.
    fn at_most(&mut self, name: &str, mut terms: Terms, limit: i64, demand: Option<Demand>) {
        let upper = match self.block.open {
            Some(open) => {
                terms.push((open, -limit));
                0
            }
            None => limit,
        };
        self.add(name, None, Some(upper), terms, demand);
    }

    /// `terms >= limit y`, or `terms >= limit`.
    fn at_least(&mut self, name: &str, mut terms: Terms, limit: i64, demand: Option<Demand>) {
        let lower = match self.block.open {
            Some(open) => {
                terms.push((open, -limit));
                0
            }
            None => limit,
        };
        self.add(name, Some(lower), None, terms, demand);
    }

    fn add(
        &mut self,
        name: &str,
        lower: Option<i64>,
        upper: Option<i64>,
        terms: Terms,
        demand: Option<Demand>,
    ) {
        let name = format!("{name},{}]", self.label);
        self.model.add_row(Row { name, lower, upper, terms, demand });
    }

    fn terms(&self, weight: impl Fn(&Serve) -> i64) -> Terms {
        let terms = self.block.serves.iter().map(|serve| (serve.column, weight(serve)));
        terms.filter(|(_, weight)| *weight != 0).collect()
    }

    fn count(&self, serve: &Serve) -> i64 {
        i64::from(self.problem.units[serve.unit].count)
    }

    fn load(&self) -> Terms {
        let option = |serve: &Serve| &self.problem.units[serve.unit].options[serve.option];
        let mut terms = self.terms(|serve| option(serve).ticks + serve.own_trip.ticks);
        terms.extend(self.block.shared.iter().map(|shared| (shared.ticks, 1)));
        terms.extend(self.block.reserve.map(|steps| (steps, RESERVE_STEP_TICKS)));
        terms
    }

    /// A post serves nothing from a seat where it is not: tighter than its time alone.
    fn nothing_unless_placed(&mut self) {
        if self.block.open.is_none() {
            return;
        }
        for unit in self.block.units() {
            let terms = self.block.of_unit(unit).iter().map(|serve| (serve.column, 1)).collect();
            let name = format!("open[{}", self.names.unit(unit));
            self.at_most(&name, terms, 1, None);
        }
    }

    fn reserve_only_where_placed(&mut self) {
        if let (Some(_), Some(steps)) = (self.block.open, self.block.reserve) {
            let most = self.model.columns[steps].upper;
            self.at_most("reserve[steps", vec![(steps, 1)], most, None);
        }
    }

    /// H2: load within the time of the post.
    fn time(&mut self) {
        let post = self.block.block.post;
        let capacity = self.problem.posts[post].capacity;
        self.at_most("time[ticks", self.load(), capacity, Some(Demand::Capacity(post)));
    }

    /// H2: smallest load.
    fn smallest_load(&mut self) {
        let post = self.block.block.post;
        let minimum = self.problem.posts[post].minimum;
        if minimum > 0 {
            self.at_least("minimum[ticks", self.load(), minimum, Some(Demand::MinimumLoad(post)));
        }
    }

    /// H3: the post serves its seat (one part of it) by permanence, or first degree.
    fn residence(&mut self) {
        let block = &self.block.block;
        let units = residence_to_serve(self.problem, block.post, block.seat);
        if units.is_empty() {
            return;
        }
        let modality =
            |serve: &Serve| self.problem.units[serve.unit].options[serve.option].modality;
        let terms = self.terms(|serve| {
            let present = modality(serve) != Modality::Pole;
            i64::from(units.contains(&serve.unit) && present)
        });
        self.at_least("residence[seat", terms, 1, Some(Demand::Residence(block.seat)));
    }

    /// H5: largest number of establishments.
    fn establishments(&mut self) {
        let post = self.block.block.post;
        let most = i64::from(self.problem.posts[post].max_establishments);
        let terms = self.terms(|serve| self.count(serve));
        let demand = Some(Demand::Establishments(post));
        self.at_most("establishments[count", terms, most, demand);
    }

    /// H6: fewer establishments in a sector with one in REP+.
    fn rep_plus(&mut self) {
        let post = self.block.block.post;
        let most = i64::from(self.problem.posts[post].max_establishments);
        let most_there = i64::from(self.problem.bareme.limites.rep_plus_etablissements_max);
        if most_there >= most {
            return;
        }
        for unit in self.block.units() {
            if self.problem.units[unit].is_rep_plus() {
                let lost = most - most_there;
                let terms = self
                    .terms(|serve| self.count(serve) + if serve.unit == unit { lost } else { 0 });
                let name = format!("rep_plus[{}", self.names.unit(unit));
                self.at_most(&name, terms, most, Some(Demand::RepPlus(post)));
            }
        }
    }

    /// Equity: the measure outside the band around the target.
    fn equity(&mut self) {
        let Some(outside) = self.block.outside else { return };
        let post = &self.problem.posts[self.block.block.post];
        let (target, tolerance) = (i64::from(post.target), i64::from(post.tolerance));
        let measure = |sign: i64| {
            let mut terms =
                self.terms(|serve| sign * i64::from(self.problem.units[serve.unit].measure));
            terms.push((outside, 1));
            terms
        };
        let (below, above) = (measure(1), measure(-1));
        self.at_least("below[measure", below, target - tolerance, None);
        self.at_least("above[measure", above, -(target + tolerance), None);
    }
}
