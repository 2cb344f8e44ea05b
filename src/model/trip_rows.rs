//! Trips to a place that several units share (`docs/model.md`, post's week): `T` is at least
//! each term of its maximum, and equal to one of them where a smallest load would make overstated
//! travel worth its price.

use crate::policy::{Problem, UnitId, UnitOption};

use super::compact_model::{ColumnId, CompactModel, Row};
use super::names::Names;
use super::variables::{BlockVariables, SharedTrips};

type Terms = Vec<(ColumnId, i64)>;

/// Quarters of a half-day a week of a weekly permanence; 0 below one half-day a week.
#[must_use]
pub fn weekly_quarters(option: &UnitOption) -> i64 {
    let quarters = i64::from(option.presence.0);
    if quarters >= 4 { quarters } else { 0 }
}

/// Adds the rows of every shared place of a block.
pub fn add(model: &mut CompactModel, problem: &Problem, names: &Names, block: &BlockVariables) {
    for shared in &block.shared {
        let label = format!("{},{}]", names.block(&block.block), usize::from(shared.place));
        let mut rows = Rows { model, problem, block, shared, label };
        rows.at_least_each_term();
        rows.ticks();
        if !shared.attained.is_empty() {
            rows.at_most_one_term();
        }
    }
}

struct Rows<'a> {
    model: &'a mut CompactModel,
    problem: &'a Problem,
    block: &'a BlockVariables,
    shared: &'a SharedTrips,
    label: String,
}

impl Rows<'_> {
    fn add(&mut self, name: &str, lower: Option<i64>, upper: Option<i64>, terms: Terms) {
        let name = format!("{name}[{}", self.label);
        self.model.add_row(Row { name, lower, upper, terms, demand: None });
    }

    /// Sum over the columns `x` of the place (of one unit, where it is given).
    fn sum(&self, unit: Option<UnitId>, weight: impl Fn(&UnitOption) -> i64) -> Terms {
        let serves = self.shared.serves.iter().map(|index| &self.block.serves[*index]);
        serves
            .filter(|serve| unit.is_none_or(|unit| unit == serve.unit))
            .map(|serve| {
                let option = &self.problem.units[serve.unit].options[serve.option];
                (serve.column, -weight(option))
            })
            .filter(|(_, weight)| *weight != 0)
            .collect()
    }

    fn units(&self) -> Vec<UnitId> {
        let mut units: Vec<UnitId> =
            self.shared.serves.iter().map(|index| self.block.serves[*index].unit).collect();
        units.dedup();
        units
    }

    fn at_least_each_term(&mut self) {
        let SharedTrips { trips, pairs, .. } = *self.shared;
        for (number, unit) in self.units().into_iter().enumerate() {
            let mut terms = self.sum(Some(unit), |option| option.visits);
            terms.push((trips, 1));
            self.add(&format!("visits{number}"), Some(0), None, terms);
        }
        let mut terms = self.sum(None, weekly_quarters);
        terms.push((pairs, 8));
        self.add("weekly", Some(0), None, terms);
        self.add("pairs", Some(0), None, vec![(trips, 1), (pairs, -4)]);
        let mut terms = self.sum(None, |option| i64::from(option.presence.0));
        terms.push((trips, 2));
        self.add("quarters", Some(0), None, terms);
    }

    /// `t = ceil(T minutes / 20)`; the upper side only where travel might be overstated.
    fn ticks(&mut self) {
        let SharedTrips { trips, ticks, minutes, .. } = *self.shared;
        let upper = if self.shared.attained.is_empty() { None } else { Some(19) };
        self.add("travel", Some(0), upper, vec![(ticks, 20), (trips, -minutes)]);
    }

    /// With `g` one for the term attained: `T <= term + M (1 - g)`.
    fn at_most_one_term(&mut self) {
        let SharedTrips { trips, pairs, .. } = *self.shared;
        let attained = self.shared.attained.clone();
        let most = self.model.columns[trips].upper;
        let units = self.units();
        for (number, &unit) in units.iter().enumerate() {
            let mut terms = self.sum(Some(unit), |option| option.visits);
            terms.extend([(trips, 1), (attained[number], most)]);
            self.add(&format!("attains_visits{number}"), None, Some(most), terms);
        }
        let mut terms = self.sum(None, weekly_quarters);
        terms.push((pairs, 8));
        self.add("exact_pairs", None, Some(7), terms);
        let terms = vec![(trips, 1), (pairs, -4), (attained[units.len()], most)];
        self.add("attains_pairs", None, Some(most), terms);
        let mut terms = self.sum(None, |option| i64::from(option.presence.0));
        terms.extend([(trips, 2), (attained[units.len() + 1], 2 * most)]);
        self.add("attains_quarters", None, Some(2 * most + 1), terms);
        let one = attained.into_iter().map(|term| (term, 1)).collect();
        self.add("attains", Some(1), Some(1), one);
    }
}
