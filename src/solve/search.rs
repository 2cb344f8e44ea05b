//! The state that every stage of a solve shares: pool, incumbent, bound, counted work.

use super::column_pool::ColumnPool;
use super::listener::{Listener, Progress};
use super::outcome::{Settings, relative_gap};
use super::pricing::{Depth, Priced, price_all};
use super::safe_bound::{Duals, Structure};
use super::scope::Scope;
use super::sector_model::{Column, SectorModel};
use super::statistics::{Stage, Statistics};
use super::terminator::Terminator;

/// A feasible plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Its columns, sorted.
    pub columns: Vec<Column>,
    /// Its direct columns, increasing.
    pub direct: Vec<u32>,
    /// Its value.
    pub objective: i64,
}

/// A pricing round: what each block offers, and the Lagrangian bound that follows.
#[derive(Debug)]
pub struct Round {
    /// Results in block order.
    pub priced: Vec<Priced>,
    /// Fixed-point bound; `None` where some kind cannot reach its lower limit: no plan exists.
    pub bound: Option<i128>,
    /// How often the relaxed plan uses each block.
    pub counts: Vec<u32>,
}

/// Shared state of one solve.
pub struct Search<'a> {
    /// What is solved.
    pub model: &'a SectorModel,
    /// Scale and block limits.
    pub structure: Structure,
    /// Aims.
    pub settings: Settings,
    /// Every column known.
    pub pool: ColumnPool,
    /// Best plan.
    pub incumbent: Option<Plan>,
    /// Proven bound; `i64::MAX` while nothing was priced.
    pub bound: i64,
    /// Duals of the best bound.
    pub duals: Option<Duals>,
    /// Counted work.
    pub statistics: Statistics,
    /// The model was cut out of another.
    pub is_part: bool,
    /// Who stops the search.
    pub terminator: &'a dyn Terminator,
    /// Who hears of it.
    pub listener: &'a dyn Listener,
    /// Current stage.
    pub stage: Stage,
}

impl<'a> Search<'a> {
    /// A search that knows nothing yet.
    pub fn new(
        model: &'a SectorModel,
        settings: Settings,
        listener: &'a dyn Listener,
        terminator: &'a dyn Terminator,
    ) -> Self {
        Self {
            model,
            structure: Structure::of(model),
            settings,
            pool: ColumnPool::default(),
            incumbent: None,
            bound: i64::MAX,
            duals: None,
            statistics: Statistics::default(),
            is_part: false,
            terminator,
            listener,
            stage: Stage::Lagrangian,
        }
    }

    /// Whether the search must end without further proof: terminator or effort.
    pub fn must_stop(&self) -> bool {
        self.out_of_effort() || self.terminator.stop()
    }

    /// Whether the counted effort is spent.
    pub fn out_of_effort(&self) -> bool {
        self.settings.effort.is_some_and(|effort| self.statistics.work() >= effort)
    }

    /// Whether the incumbent is as good as asked for.
    pub fn is_close_enough(&self) -> bool {
        self.incumbent.as_ref().is_some_and(|plan| self.bound <= plan.objective)
            || self.gap() <= self.settings.gap
    }

    /// Whether nothing is left to do.
    pub fn is_over(&self) -> bool {
        self.is_close_enough() || self.must_stop()
    }

    /// Value of the incumbent.
    pub fn objective(&self) -> Option<i64> {
        self.incumbent.as_ref().map(|plan| plan.objective)
    }

    /// Gap of the incumbent; infinite without one, or without a bound.
    pub fn gap(&self) -> f64 {
        let known = self.objective().filter(|_| self.bound < i64::MAX);
        known.map_or(f64::INFINITY, |value| relative_gap(self.bound, value))
    }

    /// Runs a stage, books its time and reports its end.
    pub fn staged<T>(&mut self, stage: Stage, task: impl FnOnce(&mut Self) -> T) -> T {
        let (outer, start) = (self.stage, std::time::Instant::now());
        self.stage = stage;
        let result = task(self);
        self.statistics.seconds[stage as usize] += start.elapsed().as_secs_f64();
        self.report();
        self.stage = outer;
        result
    }

    /// Tells the listener where the search stands.
    pub fn report(&self) {
        let bound = Some(self.bound).filter(|&bound| bound < i64::MAX);
        let incumbent = self.objective();
        self.listener.report(&Progress {
            stage: self.stage,
            bound,
            incumbent,
            gap: bound.zip(incumbent).map(|(bound, value)| relative_gap(bound, value)),
            columns: self.pool.len(),
            nodes: self.statistics.nodes,
        });
    }

    /// Adds a column to the pool; returns its index and whether it is new.
    pub fn learn(&mut self, column: Column) -> (u32, bool) {
        let (index, new) = self.pool.insert(self.model, column);
        self.statistics.columns += u64::from(new);
        (index, new)
    }

    /// Prices every block of `scope` and derives the bound.
    pub fn price(&mut self, scope: &Scope, duals: &Duals, depth: Depth) -> Round {
        let priced = price_all(&scope.blocks, &self.structure.choices, duals, depth);
        self.statistics.pricing_rounds += 1;
        self.statistics.cells += priced.iter().map(|priced| priced.cells).sum::<u64>();
        let best: Vec<i64> = priced.iter().map(|priced| priced.bound).collect();
        let counts = self.structure.counts(self.model, &best);
        let value = |counts: &Vec<u32>| {
            self.structure.lagrangian(self.model, duals, &best, counts, &scope.direct)
        };
        Round { bound: counts.as_ref().map(value), counts: counts.unwrap_or_default(), priced }
    }

    /// Records a bound proven for every plan better than the incumbent.
    pub fn improve_bound(&mut self, bound: i128, duals: &Duals) {
        let floor = self.structure.floor(bound).max(self.objective().unwrap_or(i64::MIN));
        if floor < self.bound {
            self.bound = floor;
            self.duals = Some(duals.clone());
            self.report();
        }
    }

    /// Lowers the bound, never under the incumbent; the duals stay those of the best bound priced.
    pub fn lower_bound(&mut self, bound: i64) {
        let bound = self.objective().map_or(bound, |value| bound.max(value));
        if bound < self.bound {
            self.bound = bound;
            self.report();
        }
    }

    /// Takes a plan if it is feasible and better than the incumbent.
    pub fn offer(&mut self, mut columns: Vec<Column>, mut direct: Vec<u32>) -> bool {
        columns.sort_unstable();
        direct.sort_unstable();
        let value = self.model.evaluate(&columns, &direct);
        let Some(objective) =
            value.filter(|&value| self.objective().is_none_or(|known| value > known))
        else {
            return false;
        };
        debug_assert!(objective <= self.bound, "plan {objective} beats the bound {}", self.bound);
        for column in &columns {
            let _ = self.learn(column.clone());
        }
        self.incumbent = Some(Plan { columns, direct, objective });
        self.report();
        true
    }
}
