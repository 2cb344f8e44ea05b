//! The restricted master programme: rows (1) to (3) of the formulation over the columns at hand.
//!
//! Artificial columns keep it feasible: one covers each item, one lifts each kind to its lower
//! limit, one relieves each linking row. In the second phase they cost a penalty; in the first
//! they alone count, and a bound under zero then proves that no plan exists (Farkas pricing).

use super::backend::{LinearProgramme, ProgrammeColumn, Simplex, Status};
use super::column_pool::ColumnPool;
use super::sector_model::{Item, RowIndex, SectorModel};
use super::terminator::Terminator;

/// What the master maximises.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Phase {
    /// Minus the artificial columns.
    First,
    /// Profit, less this penalty for each unit of an artificial column.
    Second(f64),
}

/// What a column of the programme stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// A column of the pool.
    Sector(u32),
    /// A direct column.
    Direct(u32),
    /// A violation of a row.
    Artificial,
}

/// Solution of the restricted master.
#[derive(Debug, Clone)]
pub struct MasterSolution {
    /// Whether it is optimal (otherwise nothing below is trusted).
    pub optimal: bool,
    /// Objective, penalties included.
    pub objective: f64,
    /// Total of artificial columns.
    pub artificial: f64,
    /// Duals of rows (1).
    pub items: Vec<f64>,
    /// Duals of rows (2).
    pub kinds: Vec<f64>,
    /// Duals of rows (3).
    pub rows: Vec<f64>,
    /// Columns with a positive value, artificial ones left out.
    pub support: Vec<(Meaning, f64)>,
    /// Simplex iterations.
    pub iterations: u64,
}

/// The restricted master with its columns.
pub struct Master {
    programme: LinearProgramme,
    meaning: Vec<Meaning>,
    /// Solves since a column was last priced near zero; indexed like `meaning`.
    age: Vec<u32>,
    /// Whether a pool column is in the programme.
    present: Vec<bool>,
    phase: Phase,
    items: usize,
    kinds: usize,
}

/// Bounds of rows (1), (2) and (3), in this order.
pub fn row_bounds(model: &SectorModel) -> Vec<(f64, f64)> {
    let items = (0..model.items).map(|_| (1.0, 1.0));
    let kinds = model.kinds.iter().map(|kind| (f64::from(kind.lower), f64::from(kind.upper)));
    let rows = model.rows.iter().map(|row| (f64::NEG_INFINITY, row.capacity as f64));
    items.chain(kinds).chain(rows).collect()
}

/// Non-zeros of a column in rows (1) to (3).
pub fn entries(
    model: &SectorModel,
    items: &[Item],
    kind: Option<u32>,
    uses: &[(RowIndex, i64)],
) -> Vec<(u32, f64)> {
    let kinds_from = model.items;
    let rows_from = kinds_from + model.kinds.len() as u32;
    let items = items.iter().map(|&item| (item, 1.0));
    let kind = kind.map(|kind| (kinds_from + kind, 1.0));
    let uses =
        uses.iter().filter(|use_| use_.1 != 0).map(|&(row, use_)| (rows_from + row, use_ as f64));
    items.chain(kind).chain(uses).collect()
}

impl Master {
    /// A master with artificial and direct columns only.
    pub fn new(model: &SectorModel, phase: Phase) -> Self {
        let mut master = Self {
            programme: LinearProgramme::new(&row_bounds(model)),
            meaning: Vec::new(),
            age: Vec::new(),
            present: Vec::new(),
            phase,
            items: model.items as usize,
            kinds: model.kinds.len(),
        };
        master.push(artificial_columns(model, phase), |_| Meaning::Artificial);
        let direct = model.direct.iter().map(|direct| ProgrammeColumn {
            cost: master.cost(direct.profit),
            lower: 0.0,
            upper: f64::INFINITY,
            entries: entries(model, &direct.items, None, &direct.uses),
        });
        let direct: Vec<ProgrammeColumn> = direct.collect();
        master.push(direct, Meaning::Direct);
        master
    }

    fn cost(&self, profit: i64) -> f64 {
        match self.phase {
            Phase::First => 0.0,
            Phase::Second(_) => profit as f64,
        }
    }

    fn push(&mut self, columns: Vec<ProgrammeColumn>, meaning: impl Fn(u32) -> Meaning) {
        self.meaning.extend((0..columns.len() as u32).map(meaning));
        self.age.resize(self.meaning.len(), 0);
        self.programme.add_columns(&columns);
        debug_assert_eq!(self.meaning.len(), self.programme.columns());
    }

    /// Adds columns of the pool that are not in the programme yet; returns how many.
    pub fn add(&mut self, model: &SectorModel, pool: &ColumnPool, indexes: &[u32]) -> usize {
        self.present.resize(pool.len(), false);
        let mut fresh = Vec::with_capacity(indexes.len());
        for &index in indexes {
            if !std::mem::replace(&mut self.present[index as usize], true) {
                fresh.push(index);
            }
        }
        let columns = fresh.iter().map(|&index| self.sector_column(model, pool, index)).collect();
        self.push(columns, |place| Meaning::Sector(fresh[place as usize]));
        fresh.len()
    }

    fn sector_column(&self, model: &SectorModel, pool: &ColumnPool, index: u32) -> ProgrammeColumn {
        let valued = pool.get(index);
        let kind = model.blocks[valued.column.block as usize].kind;
        ProgrammeColumn {
            cost: self.cost(valued.profit),
            lower: 0.0,
            upper: f64::INFINITY,
            entries: entries(model, &valued.items, Some(kind), &valued.uses),
        }
    }

    /// Makes artificial columns ten times as dear.
    pub fn raise_penalty(&mut self) {
        let Phase::Second(penalty) = self.phase else { return };
        let penalty = penalty * 10.0;
        self.phase = Phase::Second(penalty);
        let artificial =
            (0..).zip(&self.meaning).filter(|(_, meaning)| **meaning == Meaning::Artificial);
        let changes: Vec<(u32, f64)> = artificial.map(|(place, _)| (place, -penalty)).collect();
        self.programme.change_costs(&changes);
    }

    /// Forbids the columns for which `allowed` is false, and allows the others.
    pub fn restrict(&mut self, allowed: impl Fn(Meaning) -> bool) {
        let columns =
            (0..).zip(&self.meaning).filter(|(_, meaning)| **meaning != Meaning::Artificial);
        let changes = columns.map(|(place, &meaning)| {
            let upper = if allowed(meaning) { f64::INFINITY } else { 0.0 };
            (place, 0.0, upper)
        });
        let changes: Vec<(u32, f64, f64)> = changes.collect();
        self.programme.change_bounds(&changes);
    }

    /// Solves from the last basis.
    pub fn solve(&mut self, terminator: &dyn Terminator) -> MasterSolution {
        let solution = self.programme.solve(Simplex::Primal, terminator);
        let (items, others) = solution.duals.split_at(self.items);
        let (kinds, rows) = others.split_at(self.kinds);
        let mut support = Vec::new();
        let mut artificial = 0.0;
        for (&meaning, &value) in self.meaning.iter().zip(&solution.values) {
            match meaning {
                Meaning::Artificial => artificial += value.max(0.0),
                _ if value > 1e-9 => support.push((meaning, value)),
                _ => {}
            }
        }
        MasterSolution {
            optimal: solution.status == Status::Optimal,
            objective: solution.objective,
            artificial,
            items: items.to_vec(),
            kinds: kinds.to_vec(),
            rows: rows.to_vec(),
            support,
            iterations: solution.iterations,
        }
    }

    /// Drops the columns whose reduced cost stayed under `-slack` for `patience` calls; `reduced`
    /// gives the reduced profit of a pool column in objective units.
    pub fn forget(&mut self, patience: u32, slack: f64, reduced: impl Fn(u32) -> f64) {
        let mut stale = Vec::new();
        for (place, meaning) in self.meaning.iter().enumerate() {
            if let Meaning::Sector(index) = *meaning {
                self.age[place] = if reduced(index) < -slack { self.age[place] + 1 } else { 0 };
                if self.age[place] > patience {
                    stale.push(place as u32);
                    self.present[index as usize] = false;
                }
            }
        }
        if stale.is_empty() {
            return;
        }
        self.programme.delete_columns(&stale);
        let keep = |place: usize| stale.binary_search(&(place as u32)).is_err();
        let places: Vec<usize> = (0..self.meaning.len()).filter(|&place| keep(place)).collect();
        self.meaning = places.iter().map(|&place| self.meaning[place]).collect();
        self.age = places.iter().map(|&place| self.age[place]).collect();
        debug_assert_eq!(self.meaning.len(), self.programme.columns());
    }

    /// Columns in the programme, artificial and direct ones included.
    pub fn len(&self) -> usize {
        self.meaning.len()
    }

    /// Whether the programme has no column.
    pub fn is_empty(&self) -> bool {
        self.meaning.is_empty()
    }
}

/// One column for each row that may have to be violated, at the price of the phase.
pub fn artificial_columns(model: &SectorModel, phase: Phase) -> Vec<ProgrammeColumn> {
    let cost = match phase {
        Phase::First => -1.0,
        Phase::Second(penalty) => -penalty,
    };
    let rows_from = model.items as usize + model.kinds.len();
    let signs = row_bounds(model).into_iter().enumerate().map(|(row, (lower, _))| {
        let sign = if row < rows_from { 1.0 } else { -1.0 };
        (row as u32, sign, row >= rows_from || lower > 0.0)
    });
    let needed = signs.filter(|&(_, _, needed)| needed);
    let column = |(row, sign, _)| ProgrammeColumn {
        cost,
        lower: 0.0,
        upper: f64::INFINITY,
        entries: vec![(row, sign)],
    };
    needed.map(column).collect()
}
