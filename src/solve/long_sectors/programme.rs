//! The assignment programme: the sector model without columns, one binary for each choice.
//!
//! # Formulation
//!
//! With `u_b` whether block `b` is used, `x_bj` whether its choice `j` is taken, `e_b` the measure
//! outside its band and `y_d` the direct columns:
//!
//! ```text
//! max  sum_b profit(b) u_b - weight(b) e_b + sum_bj profit(j) x_bj + sum_d profit(d) y_d
//! (1)  sum_{bj covers i} x_bj + sum_{d covers i} y_d = 1                  for every item i
//! (2)  lower(k) <= sum_{b of kind k} u_b <= upper(k)                      for every kind k
//! (3)  sum of uses of u, x, y, and e on the row of its equity <= capacity(r)   for every row r
//! (4)  minimum(b) u_b <= sum_j ticks(j) x_bj <= capacity(b) u_b           for every block b
//! (5)  sum_{j of class c} x_bj <= u_b, = u_b over marked choices where c is required
//! (6)  sum_j count(j) x_bj <= limit(b) u_b, and <= limit(j) + most(b) (1 - x_bj)
//! (7)  e_b >= sum_j measure(j) x_bj - (target + tolerance) u_b
//!      e_b >= (target - tolerance) u_b - sum_j measure(j) x_bj
//!      u, x, y in {0, 1}, e >= 0 and integer
//! ```
//!
//! It says all that the model says, as long as no block is used twice. It gives plans only, each
//! checked by evaluation in integers; bounds and proofs stay those of the Lagrangian relaxation and of
//! the listed columns, which hold whatever floating errors were made here.
//!
//! # Source
//!
//! Ceselli and Righini (2006), A branch-and-price algorithm for the multilevel generalized
//! assignment problem, model (1) to (5).

use std::collections::BTreeSet;

use super::super::backend::{IntegerLimits, ProgrammeColumn, maximise_integers};
use super::super::master::{entries, row_bounds};
use super::super::pricing::{PricedBlock, PricedClass};
use super::super::scope::Scope;
use super::super::search::{Plan, Search};
use super::super::sector_model::{Block, Choice, Column, RowIndex, SectorModel};
use super::super::statistics::ITERATION;

/// Whether no block may be used twice.
pub fn is_expressed(search: &Search<'_>) -> bool {
    (0..search.model.blocks.len()).all(|block| most_uses(search, block) <= 1)
}

fn most_uses(search: &Search<'_>, block: usize) -> u32 {
    let kind = search.model.blocks[block].kind;
    search.structure.block_limits[block].min(search.model.kinds[kind as usize].upper)
}

/// Looks for a plan of `scope` better than the incumbent within so many simplex iterations; says
/// whether it found one.
pub fn assign(search: &mut Search<'_>, scope: &Scope, iterations: u64) -> bool {
    let effort = search.settings.effort;
    let left = effort.map(|it| it.saturating_sub(search.statistics.work()) / ITERATION);
    let programme = Programme::of(search, scope);
    let start = search.incumbent.as_ref().map(|plan| programme.point(search.model, plan));
    let limits = IntegerLimits {
        iterations: left.map_or(iterations, |left| left.min(iterations)),
        enough: enough(search),
        seed: search.settings.seed,
        terminator: search.terminator,
    };
    let (point, taken) =
        maximise_integers(&programme.rows, &programme.columns, start.as_deref(), limits);
    search.statistics.simplex_iterations += taken;
    let Some(point) = point else { return false };
    let (columns, direct) = programme.plan(&point);
    search.offer(columns, direct)
}

/// The least value that closes the gap asked for.
fn enough(search: &Search<'_>) -> f64 {
    let (bound, gap) = (search.bound as f64, search.settings.gap);
    // Values are integers; half a unit is room for floating errors.
    (bound - bound.abs() * gap / (1.0 + gap)).ceil() - 0.5
}

/// What a column of the programme stands for.
#[derive(Debug, Clone, Copy)]
enum Meaning {
    /// A block is used.
    Used(u32),
    /// A choice of a class of a block.
    Chosen(u32, u32, u32),
    /// Measure of a block outside its band.
    Excess(u32),
    /// A direct column.
    Direct(u32),
}

/// Rows and columns; the first rows are those of the master.
struct Programme {
    rows: Vec<(f64, f64)>,
    columns: Vec<ProgrammeColumn>,
    /// By column: each block, then its choices in order.
    meaning: Vec<Meaning>,
}

impl Programme {
    /// The choices of `scope`, and those of the incumbent.
    fn of(search: &Search<'_>, scope: &Scope) -> Self {
        let model = search.model;
        let mut programme =
            Self { rows: row_bounds(model), columns: Vec::new(), meaning: Vec::new() };
        for (index, block) in (0..).zip(&model.blocks) {
            let usable = f64::from(most_uses(search, index as usize).min(1));
            let kept = kept(search, &scope.blocks[index as usize]);
            programme.add_block(model, index, block, &kept, usable);
        }
        for (index, direct) in (0..).zip(&model.direct) {
            let shared = entries(model, &direct.items, None, &direct.uses);
            programme.push(Meaning::Direct(index), direct.profit, 1.0, shared);
        }
        programme
    }

    fn push(&mut self, meaning: Meaning, profit: i64, upper: f64, entries: Vec<(u32, f64)>) {
        self.meaning.push(meaning);
        self.columns.push(ProgrammeColumn { cost: profit as f64, lower: 0.0, upper, entries });
    }

    fn row(&mut self, lower: f64, upper: f64) -> u32 {
        self.rows.push((lower, upper));
        self.rows.len() as u32 - 1
    }

    fn add_block(
        &mut self,
        model: &SectorModel,
        index: u32,
        block: &Block,
        kept: &BTreeSet<(u32, u32)>,
        usable: f64,
    ) {
        let limits = self.limits(block);
        let mut used = entries(model, &[], Some(block.kind), &block.uses);
        used.extend(limits.iter().map(|limit| (limit.row, limit.used)));
        let first = self.columns.len();
        self.push(Meaning::Used(index), block.profit, usable, Vec::new());
        for (class, content) in (0..).zip(&block.classes) {
            let row = self.row(if content.required { 0.0 } else { f64::NEG_INFINITY }, 0.0);
            used.push((row, -1.0));
            let choices = (0..).zip(&content.choices);
            for (place, choice) in choices.filter(|it| kept.contains(&(class, it.0))) {
                let mut taken = entries(model, &choice.items, None, &choice.uses);
                taken.extend(limits.iter().filter_map(|it| it.entry((class, place), choice)));
                taken.push((row, 1.0));
                self.push(Meaning::Chosen(index, class, place), choice.profit, 1.0, taken);
            }
        }
        self.columns[first].entries = used;
        if let Some(equity) = block.equity {
            let uses: Vec<(RowIndex, i64)> = equity.row.map(|row| (row, 1)).into_iter().collect();
            let mut excess = entries(model, &[], None, &uses);
            let bands = limits.iter().filter(|limit| limit.excess != 0.0);
            excess.extend(bands.map(|limit| (limit.row, limit.excess)));
            self.push(Meaning::Excess(index), -equity.weight, f64::INFINITY, excess);
        }
    }

    /// Rows (4), (6) and (7) of a block.
    fn limits(&mut self, block: &Block) -> Vec<Limit> {
        let (least, most) = (f64::NEG_INFINITY, f64::INFINITY);
        let ticks = |choice: &Choice| f64::from(choice.ticks);
        let count = |choice: &Choice| f64::from(choice.count);
        let measure = |choice: &Choice| f64::from(choice.measure);
        let mut limits = Vec::new();
        let mut add = |bounds: (f64, f64), used: f64, excess: f64, of: fn(&Choice) -> f64| {
            let row = self.row(bounds.0, bounds.1);
            limits.push(Limit { row, used, excess, of, own: None });
        };
        add((least, 0.0), -f64::from(block.capacity), 0.0, ticks);
        if block.minimum > 0 {
            add((0.0, most), -f64::from(block.minimum), 0.0, ticks);
        }
        if block.count_limit < u8::MAX {
            add((least, 0.0), -f64::from(block.count_limit), 0.0, count);
        }
        if let Some(equity) = block.equity {
            let (target, tolerance) = (f64::from(equity.target), f64::from(equity.tolerance));
            add((least, 0.0), -target - tolerance, -1.0, measure);
            add((0.0, most), tolerance - target, 1.0, measure);
        }
        let counts = block
            .classes
            .iter()
            .filter_map(|class| class.choices.iter().map(count).max_by(f64::total_cmp));
        let total: f64 = counts.sum();
        for (class, content) in (0..).zip(&block.classes) {
            for (place, choice) in (0..).zip(&content.choices) {
                let limit = f64::from(choice.count_limit);
                if choice.count_limit < u8::MAX && limit < total {
                    let row = self.row(least, limit + total);
                    let own = Some(((class, place), total));
                    limits.push(Limit { row, used: 0.0, excess: 0.0, of: count, own });
                }
            }
        }
        limits
    }

    /// The point of a plan.
    fn point(&self, model: &SectorModel, plan: &Plan) -> Vec<f64> {
        let of = |block: u32| plan.columns.iter().find(|column| column.block == block);
        let holds = |it: bool| f64::from(u8::from(it));
        let value = |meaning: &Meaning| match *meaning {
            Meaning::Used(block) => holds(of(block).is_some()),
            Meaning::Chosen(block, class, choice) => {
                holds(of(block).is_some_and(|it| it.choices.contains(&(class, choice))))
            }
            Meaning::Excess(index) => of(index).map_or(0.0, |column| {
                let block = &model.blocks[index as usize];
                let measure = block.chosen(column).map(|it| u64::from(it.measure)).sum();
                block.equity.map_or(0.0, |equity| equity.excess(measure) as f64)
            }),
            Meaning::Direct(index) => holds(plan.direct.contains(&index)),
        };
        self.meaning.iter().map(value).collect()
    }

    /// The columns and direct columns of a point.
    fn plan(&self, point: &[f64]) -> (Vec<Column>, Vec<u32>) {
        let (mut columns, mut direct): (Vec<Column>, Vec<u32>) = Default::default();
        let taken = self.meaning.iter().zip(point).filter(|(_, value)| **value > 0.5);
        for (meaning, _) in taken {
            match *meaning {
                Meaning::Used(block) => columns.push(Column { block, choices: Vec::new() }),
                // Rows (5): the block is used, and comes first.
                Meaning::Chosen(block, class, choice) => {
                    let column = columns.last_mut().filter(|column| column.block == block);
                    column
                        .expect("a choice is taken of a block in use")
                        .choices
                        .push((class, choice));
                }
                Meaning::Direct(index) => direct.push(index),
                Meaning::Excess(_) => {}
            }
        }
        (columns, direct)
    }
}

/// What a block may take in its scope, and what the incumbent takes there.
fn kept(search: &Search<'_>, block: &PricedBlock) -> BTreeSet<(u32, u32)> {
    let of_class = |it: &PricedClass| {
        let class = it.class;
        it.choices.iter().map(move |choice| (class, choice.choice)).collect::<Vec<_>>()
    };
    let mut kept: BTreeSet<(u32, u32)> = block.classes.iter().flat_map(of_class).collect();
    let plan = search.incumbent.iter().flat_map(|plan| &plan.columns);
    kept.extend(plan.filter(|it| it.block == block.block).flat_map(|it| it.choices.clone()));
    kept
}

/// A row over the choices of a block.
struct Limit {
    row: u32,
    /// Coefficient of `u_b`.
    used: f64,
    /// Coefficient of `e_b`.
    excess: f64,
    /// Coefficient of a choice.
    of: fn(&Choice) -> f64,
    /// The choice that imposes the row (6), and what it adds to its coefficient.
    own: Option<((u32, u32), f64)>,
}

impl Limit {
    fn entry(&self, place: (u32, u32), choice: &Choice) -> Option<(u32, f64)> {
        let own = self.own.filter(|own| own.0 == place).map_or(0.0, |own| own.1);
        let coefficient = (self.of)(choice) + own;
        (coefficient != 0.0).then_some((self.row, coefficient))
    }
}
