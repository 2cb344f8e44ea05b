//! Half-days of the week for the tasks of one post, by an integer programme of its own.
//!
//! # Formulation
//!
//! `x[t,s]` = 1: task `t` takes half-day `s` of every week; `f[t,s,k]` = 1: it takes `s` in the
//! weeks of pattern `k`; `y[p,d,w]` = 1: the post goes to stop `p` on day `d` of week `w`;
//! `o[s]` = 1: the half-day is worked.
//!
//! ```text
//! (1) sum_s x[t,s] + missing = weekly half-days of t;  sum_{s,k} f[t,s,k] + missing = 1
//! (2) sum_t x[t,s] + sum_{t, k with w} f[t,s,k] <= o[s]         one place at a time
//! (3) the same sum over the tasks of stop p <= y[p,d,w]         for both half-days s of day d
//! (4) sum_{d,w} y[p,d,w] <= trips of the plan + excess
//! (5) sum_s o[s] = half-days worked
//! min  missing, then excess, then the preferences below
//! ```
//!
//! The weights are so far apart that each line of the preferences comes after all of those above.

use std::collections::{BTreeMap, BTreeSet};

use good_lp::solvers::highs::highs;
use good_lp::{
    Expression, ProblemVariables, Solution, SolutionStatus, SolverModel, Variable, constraint,
    variable,
};

use crate::domain::{HalfDay, WEEKS_PER_CYCLE};

use super::tasks::{Stop, Tasks};

/// A half-day over the cycle that is not placed.
const MISSING: f64 = 1e7;
/// A trip over those that the plan counts.
const EXCESS: f64 = 2e4;
/// A day worked more, for a post whose half-days are chosen here.
const DAY: f64 = 2000.0;
/// A day of the discharge over the fewest.
const DISCHARGE: f64 = 1000.0;
/// A day at two stops away from the residence.
const SPLIT: f64 = 600.0;
/// The residence on both half-days of a day, where it could have had two days: more than the two
/// neighbours that one more day may have.
const DOUBLE: f64 = 120.0;
/// An establishment on two days in a row.
const NEIGHBOURS: f64 = 40.0;
/// Nodes after which the best timetable found is taken: counted work, so the same on any machine.
const NODES: i32 = 20_000;

/// A half-day and the weeks in which it is taken, bit 0 for week 1.
pub type Taken = (HalfDay, u8);

/// Where everything stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// For each task, its half-days in order.
    pub taken: Vec<Vec<Taken>>,
    /// Half-days worked, that of the meeting apart.
    pub worked: BTreeSet<HalfDay>,
    /// No better choice exists.
    pub proven: bool,
}

/// Weeks in which a task takes one half-day more: every second one for a fortnight.
fn patterns(rest: u16) -> &'static [u8] {
    match rest {
        1 => &[0b0001, 0b0010, 0b0100, 0b1000],
        2 => &[0b0101, 0b1010],
        3 => &[0b0111, 0b1110, 0b1101, 0b1011],
        _ => &[],
    }
}

const EVERY_WEEK: u8 = 0b1111;

/// Places the tasks.
///
/// # Panics
/// When the programme has no solution: leaving everything out is always one.
#[must_use]
pub fn place(week: &Tasks) -> Placed {
    if week.open.is_empty() {
        let taken = vec![Vec::new(); week.tasks.len()];
        return Placed { taken, worked: BTreeSet::new(), proven: true };
    }
    let mut programme = Programme::new(week);
    programme.preferences();
    programme.solve()
}

/// The programme as it grows.
struct Programme<'a> {
    week: &'a Tasks,
    variables: ProblemVariables,
    rows: Vec<good_lp::Constraint>,
    cost: Expression,
    /// `x` and `f`: half-day, weeks, variable, by task.
    choices: Vec<Vec<(HalfDay, u8, Variable)>>,
    worked: BTreeMap<HalfDay, Variable>,
}

impl<'a> Programme<'a> {
    fn new(week: &'a Tasks) -> Self {
        let mut programme = Self {
            week,
            variables: ProblemVariables::new(),
            rows: Vec::new(),
            cost: Expression::default(),
            choices: Vec::new(),
            worked: BTreeMap::new(),
        };
        programme.choose();
        programme.one_place_at_a_time();
        for stop in 0..week.stops.len() {
            programme.trips(stop);
        }
        programme
    }

    fn binary(&mut self) -> Variable {
        self.variables.add(variable().binary())
    }

    /// A penalty variable, at least `least` and nothing below zero.
    fn penalty(&mut self, least: Expression, weight: f64) {
        let over = self.variables.add(variable().min(0));
        self.rows.push(constraint!(over >= least));
        self.cost.add_mul(weight, over);
    }

    /// (1) and (5).
    fn choose(&mut self) {
        let week = self.week;
        for task in &week.tasks {
            let open: Vec<HalfDay> =
                week.open.iter().copied().filter(|it| week.may(task, *it)).collect();
            let mut choices = Vec::new();
            let (mut weekly, mut rest) = (Expression::default(), Expression::default());
            for &half_day in &open {
                if task.weekly() > 0 {
                    let x = self.binary();
                    weekly += x;
                    choices.push((half_day, EVERY_WEEK, x));
                }
                for &weeks in patterns(task.rest()) {
                    let f = self.binary();
                    rest += f;
                    choices.push((half_day, weeks, f));
                }
            }
            self.place_all(weekly, task.weekly(), WEEKS_PER_CYCLE as f64);
            self.place_all(rest, u16::from(task.rest() > 0), task.rest().into());
            self.choices.push(choices);
        }
        for &half_day in &week.open {
            let o = self.binary();
            let _ = self.worked.insert(half_day, o);
        }
        let worked: Expression = self.worked.values().sum();
        self.rows.push(constraint!(worked == week.worked as f64));
    }

    fn place_all(&mut self, placed: Expression, wanted: u16, quarters: f64) {
        let missing = self.variables.add(variable().min(0).max(wanted));
        self.rows.push(constraint!(placed + missing == f64::from(wanted)));
        self.cost.add_mul(MISSING * quarters, missing);
    }

    /// The tasks of some stop (or of all) on a half-day of a week.
    fn present(&self, stop: Option<usize>, half_day: HalfDay, week: u8) -> Expression {
        let tasks = self.week.tasks.iter().zip(&self.choices);
        let there = tasks.filter(|(task, _)| stop.is_none_or(|stop| task.stop == stop));
        let then = there.flat_map(|(_, choices)| choices);
        then.filter(|(when, weeks, _)| *when == half_day && weeks & (1 << week) != 0)
            .map(|(_, _, chosen)| chosen)
            .sum()
    }

    /// (2).
    fn one_place_at_a_time(&mut self) {
        for (&half_day, &o) in &self.worked {
            for week in 0..self.weeks(None) {
                self.rows.push(constraint!(self.present(None, half_day, week) <= o));
            }
        }
    }

    /// Weeks to tell apart: one where all are alike.
    fn weeks(&self, stop: Option<usize>) -> u8 {
        let mut tasks = self.week.tasks.iter();
        let uneven = tasks.any(|task| stop.is_none_or(|stop| task.stop == stop) && task.rest() > 0);
        if uneven { WEEKS_PER_CYCLE as u8 } else { 1 }
    }

    /// (3) and (4), for a stop that takes trips.
    fn trips(&mut self, stop: usize) {
        let (most, weight) = match self.week.stops[stop] {
            Stop::Seat => return,
            Stop::Place(_, trips) => (trips, EXCESS),
            Stop::Elsewhere(days) => (days, DISCHARGE),
        };
        let weeks = self.weeks(Some(stop));
        let mut trips = Expression::default();
        for day in 0..5 {
            for week in 0..weeks {
                let y = self.binary();
                for half_day in HalfDay::of_day(day) {
                    self.rows.push(constraint!(self.present(Some(stop), half_day, week) <= y));
                }
                trips.add_mul(WEEKS_PER_CYCLE as f64 / f64::from(weeks), y);
            }
        }
        self.penalty(trips - most as f64, weight);
    }

    fn preferences(&mut self) {
        self.fewest_days();
        for day in 0..5 {
            self.whole_days(day);
        }
        for task in 0..self.week.tasks.len() {
            self.spread(task);
        }
        self.earliest();
    }

    /// Days off are whole, where there is a choice.
    fn fewest_days(&mut self) {
        if self.week.worked == self.week.open.len() {
            return;
        }
        let met = self.week.meeting.map(HalfDay::day);
        for day in (0..5).filter(|day| met != Some(*day)) {
            let d = self.binary();
            for half_day in HalfDay::of_day(day) {
                if let Some(&o) = self.worked.get(&half_day) {
                    self.rows.push(constraint!(o <= d));
                }
            }
            self.cost.add_mul(DAY, d);
        }
    }

    /// A day away is spent at one stop.
    fn whole_days(&mut self, day: u8) {
        let stops: BTreeSet<usize> = self.week.tasks.iter().map(|task| task.stop).collect();
        let away: Vec<usize> =
            stops.into_iter().filter(|stop| self.week.stops[*stop] != Stop::Seat).collect();
        let mut visited = Expression::default();
        for &stop in &away {
            let there = self.variables.add(variable().min(0).max(1));
            for half_day in HalfDay::of_day(day) {
                for week in 0..self.weeks(Some(stop)) {
                    self.rows.push(constraint!(self.present(Some(stop), half_day, week) <= there));
                }
            }
            visited += there;
        }
        if away.len() > 1 {
            self.penalty(visited - 1.0, SPLIT);
        }
    }

    /// The residence gets as many days as it can; an establishment with several gets them apart.
    fn spread(&mut self, task: usize) {
        let told = &self.week.tasks[task];
        if told.unit.is_none() || told.weekly() < 2 {
            return;
        }
        let at_seat = self.week.stops[told.stop] == Stop::Seat;
        let mut days = Vec::new();
        for day in 0..5 {
            let weekly = self.choices[task].iter().filter(|(_, weeks, _)| *weeks == EVERY_WEEK);
            let there: Vec<Variable> =
                weekly.filter(|(when, ..)| when.day() == day).map(|(.., x)| *x).collect();
            let present = self.variables.add(variable().min(0).max(1));
            self.rows.extend(there.iter().map(|&x| constraint!(x <= present)));
            if at_seat {
                let both: Expression = there.iter().sum();
                self.penalty(both - 1.0, DOUBLE);
            }
            days.push(present);
        }
        for two in days.windows(2) {
            self.penalty(two[0] + two[1] - 1.0, NEIGHBOURS);
        }
    }

    /// Among equals, what comes first in the dossier comes first in the week; and the half-days
    /// off come last.
    fn earliest(&mut self) {
        let rank =
            |half_day: HalfDay| HalfDay::all().take_while(|it| *it < half_day).count() as f64;
        for choices in &self.choices {
            for &(half_day, weeks, chosen) in choices {
                let late = f64::from(weeks.trailing_zeros());
                self.cost.add_mul(rank(half_day) / 2.0 + late / 4.0, chosen);
            }
        }
        for (&half_day, &o) in &self.worked {
            self.cost.add_mul(rank(half_day) / 10.0, o);
        }
    }

    fn solve(self) -> Placed {
        let mut model = self
            .variables
            .minimise(self.cost)
            .using(highs)
            .set_option("threads", 1)
            .set_option("parallel", "off")
            .set_option("random_seed", 0)
            .set_option("mip_rel_gap", 0.0)
            .set_option("mip_abs_gap", 0.01)
            .set_option("mip_max_nodes", NODES);
        for row in self.rows {
            let _ = model.add_constraint(row);
        }
        let found = model.solve().expect("a week without anything in it is a solution");
        let is = |chosen: Variable| found.value(chosen) > 0.5;
        let taken = |choices: &Vec<(HalfDay, u8, Variable)>| {
            let mut taken: Vec<Taken> = choices
                .iter()
                .filter(|(.., chosen)| is(*chosen))
                .map(|(half_day, weeks, _)| (*half_day, *weeks))
                .collect();
            taken.sort_unstable();
            taken
        };
        Placed {
            taken: self.choices.iter().map(taken).collect(),
            worked: self.worked.iter().filter(|(_, o)| is(**o)).map(|(when, _)| *when).collect(),
            proven: !matches!(found.status(), SolutionStatus::TimeLimit),
        }
    }
}
