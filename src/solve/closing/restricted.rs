//! The restricted programme over listed columns: which columns it holds, and which are open.
//!
//! It is kept from one choice to the next: columns, cuts and the last basis stay known, so that a
//! wider window of columns starts from the solution of the narrower one.

use std::collections::BTreeMap;

use super::super::backend::{LinearProgramme, ProgrammeColumn, Simplex};
use super::super::master::{Phase, artificial_columns, row_bounds};
use super::super::search::Search;
use super::super::sector_model::SectorModel;
use super::cuts::{self, Cut};
use super::listed::Columns;
use super::node::Question;
use super::questions::Falls;
use super::trial::Snapshot;
use super::{Candidates, Relaxation};

/// Times ten that the price of artificial columns may grow.
const PENALTIES: u32 = 5;
/// Columns alive up to which questions are tried on all of them.
const FEW: usize = 5_000;

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
    /// How far bounds fell when questions were tried.
    pub tried: BTreeMap<Question, Falls>,
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
            tried: BTreeMap::new(),
        }
    }

    /// Begins again with the cuts that a relaxation pays for alone, and without columns: those that
    /// earlier choices have left make every step of the simplex method dear.
    pub fn renew(&mut self, search: &Search<'m>, relaxation: &Relaxation) {
        let tried = std::mem::take(&mut self.tried);
        *self = Self::new(search);
        // Columns are numbered anew.
        self.tried = tried.into_iter().filter(|it| !matches!(it.0, Question::Column(_))).collect();
        self.cut(relaxation.cuts.clone());
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

    /// The programme at its last solution with the columns alive alone: those that it holds and, where
    /// these are few, the others too, so that a trial sees what may replace what it closes.
    pub fn snapshot(&self, model: &SectorModel, alive: &[u32], forced: &[u32]) -> Snapshot {
        let basis = self.programme.basis();
        let mut open: Vec<bool> = self.listed.iter().map(Option::is_none).collect();
        let (placed, fresh): (Vec<u32>, Vec<u32>) =
            alive.iter().partition(|index| self.place[**index as usize].is_some());
        for place in placed.iter().filter_map(|index| self.place[*index as usize]) {
            open[place as usize] = true;
        }
        let fresh = if alive.len() <= FEW { fresh } else { Vec::new() };
        let kept: Vec<usize> =
            (0..open.len()).filter(|&place| open[place] || basis.is_basic(place)).collect();
        let mut artificial = artificial_columns(model, Phase::Second(self.penalty.0)).into_iter();
        let columns = kept.iter().map(|&place| {
            let Some(index) = self.listed[place] else {
                return artificial.next().expect("artificial columns come first, all open");
            };
            let lower = if forced.contains(&index) { 1.0 } else { 0.0 };
            let upper = if open[place] { f64::INFINITY } else { 0.0 };
            ProgrammeColumn { lower, upper, ..self.columns.programme_column(index) }
        });
        let fresh_columns = fresh.iter().map(|&index| self.columns.programme_column(index));
        let listed = kept.iter().map(|&place| self.listed[place].filter(|_| open[place]));
        let cuts =
            self.columns.cuts.iter().map(|cut| (f64::NEG_INFINITY, f64::from(cuts::limit(cut))));
        Snapshot {
            rows: row_bounds(model).into_iter().chain(cuts).collect(),
            columns: columns.chain(fresh_columns).collect(),
            listed: listed.chain(fresh.iter().copied().map(Some)).collect(),
            basis: basis.select(&kept, fresh.len()),
        }
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
        let row = |cut: u32| {
            let placed =
                (0..).zip(&self.listed).filter_map(|(place, listed)| Some((place, (*listed)?)));
            let met =
                placed.map(|(place, index)| (place, f64::from(self.columns.meets(index, cut))));
            let limit = f64::from(cuts::limit(&self.columns.cuts[cut as usize]));
            (met.filter(|(_, times)| *times > 0.0).collect(), limit)
        };
        let rows: Vec<(Vec<(u32, f64)>, f64)> = known.map(row).collect();
        self.programme.add_rows(&rows);
        self.simplex = Simplex::Dual;
    }
}
