//! The restricted programme over listed columns: which columns it holds, and which are open.
//!
//! It is kept from one choice to the next: columns, cuts and the last basis stay known, so that a
//! wider window of columns starts from the solution of the narrower one.

use std::collections::BTreeMap;

use super::super::backend::{LinearProgramme, ProgrammeColumn, Simplex};
use super::super::master::{Phase, artificial_columns, row_bounds};
use super::super::search::Search;
use super::Candidates;
use super::cuts::Cut;
use super::listed::Columns;

/// Times ten that the price of artificial columns may grow.
const PENALTIES: u32 = 5;

/// Listed columns, and a linear programme over some of them.
pub struct Restricted<'m> {
    /// All columns listed so far, with their cuts.
    pub columns: Columns<'m>,
    /// The programme.
    pub programme: LinearProgramme,
    /// Column of the programme by listed column.
    pub place: Vec<Option<u32>>,
    /// Listed column by column of the programme; `None` for artificial ones.
    pub listed: Vec<Option<u32>>,
    /// Primal after new columns, dual after new rows and closed columns.
    pub simplex: Simplex,
    /// Whether a column of the programme is open.
    open: Vec<bool>,
    /// Cost of artificial columns, and how often it grew.
    penalty: (f64, u32),
    /// Columns of the programme that are forced.
    forced: Vec<u32>,
}

impl<'m> Restricted<'m> {
    /// A programme without columns but artificial ones.
    pub fn new(search: &Search<'m>) -> Self {
        let mut programme = LinearProgramme::new(&row_bounds(search.model));
        let penalty = 2.0 * search.model.largest_profit();
        let artificial = artificial_columns(search.model, Phase::Second(penalty));
        programme.add_columns(&artificial);
        Self {
            columns: Columns::new(search),
            programme,
            place: Vec::new(),
            listed: vec![None; artificial.len()],
            simplex: Simplex::Primal,
            open: vec![true; artificial.len()],
            penalty: (penalty, 0),
            forced: Vec::new(),
        }
    }

    /// Learns candidates; returns their places, increasing.
    pub fn take(&mut self, candidates: Candidates) -> Vec<u32> {
        self.simplex = Simplex::Primal;
        let alive = self.columns.learn(candidates);
        self.place.resize(self.columns.all.len(), None);
        alive
    }

    /// Opens the columns alive, closes the others.
    pub fn restrict(&mut self, alive: &[u32], forced: &[u32]) {
        let mut wanted: Vec<bool> = self.listed.iter().map(Option::is_none).collect();
        for place in alive.iter().filter_map(|index| self.place[*index as usize]) {
            wanted[place as usize] = true;
        }
        self.set_open(&wanted);
        self.force(forced);
    }

    /// Sets the lower bound of forced columns, and takes back that of those forced before.
    fn force(&mut self, forced: &[u32]) {
        let at_least = |it: u32, least: f64| {
            (it, least, if self.open[it as usize] { f64::INFINITY } else { 0.0 })
        };
        let mut changes: BTreeMap<u32, (u32, f64, f64)> =
            self.forced.iter().map(|&it| (it, at_least(it, 0.0))).collect();
        let places: Vec<u32> = forced.iter().filter_map(|it| self.place[*it as usize]).collect();
        changes.extend(places.iter().map(|&it| (it, at_least(it, 1.0))));
        let changes: Vec<(u32, f64, f64)> = changes.into_values().collect();
        if !changes.is_empty() {
            self.programme.change_bounds(&changes);
        }
        self.forced = places;
    }

    fn set_open(&mut self, wanted: &[bool]) {
        let changed = (0..).zip(self.open.iter().zip(wanted)).filter(|(_, (is, was))| is != was);
        let changes: Vec<(u32, f64, f64)> = changed
            .map(|(place, (_, open))| (place, 0.0, if *open { f64::INFINITY } else { 0.0 }))
            .collect();
        self.open.copy_from_slice(wanted);
        if !changes.is_empty() {
            self.programme.change_bounds(&changes);
        }
    }

    /// Takes listed columns into the programme; returns how many.
    pub fn add(&mut self, fresh: &[u32]) -> usize {
        let columns: Vec<ProgrammeColumn> =
            fresh.iter().map(|&index| self.columns.programme_column(index)).collect();
        for &index in fresh {
            self.place[index as usize] = Some(self.listed.len() as u32);
            self.listed.push(Some(index));
            self.open.push(true);
        }
        self.programme.add_columns(&columns);
        fresh.len()
    }

    /// Total of artificial columns in a solution.
    pub fn artificial(&self, values: &[f64]) -> f64 {
        let listed = self.listed.iter().zip(values).filter(|(listed, _)| listed.is_none());
        listed.map(|(_, value)| value.max(0.0)).sum()
    }

    /// Makes artificial columns ten times as dear; not without end.
    pub fn raise_penalty(&mut self) -> bool {
        let (penalty, times) = self.penalty;
        if times > PENALTIES {
            return false;
        }
        self.penalty = (penalty * 10.0, times + 1);
        let artificial = (0..).zip(&self.listed).filter(|(_, listed)| listed.is_none());
        let changes: Vec<(u32, f64)> =
            artificial.map(|(place, _)| (place, -self.penalty.0)).collect();
        self.programme.change_costs(&changes);
        self.simplex = Simplex::Primal;
        true
    }

    /// Listed columns that a solution uses, with their values.
    pub fn support(&self, values: &[f64]) -> Vec<(u32, f64)> {
        let listed = self.listed.iter().zip(values);
        listed
            .filter_map(|(listed, &value)| listed.map(|index| (index, value)))
            .filter(|(_, value)| *value > 1e-9)
            .collect()
    }

    /// Adds cuts.
    pub fn cut(&mut self, cuts: Vec<Cut>) {
        let first = self.columns.cuts.len() as u32;
        self.columns.add_cuts(cuts);
        let known = first..self.columns.cuts.len() as u32;
        let rows: Vec<Vec<(u32, f64)>> = known
            .map(|cut| {
                let places = (0..).zip(&self.listed);
                places
                    .filter(|(_, listed)| {
                        listed.is_some_and(|index| self.columns.meets(index, cut))
                    })
                    .map(|(place, _)| (place, 1.0))
                    .collect()
            })
            .collect();
        self.programme.add_rows(1.0, &rows);
        self.simplex = Simplex::Dual;
    }
}
