//! What a plan would lose if a unit were served otherwise, as a proven interval.
//!
//! The most is what an actual plan loses: the sectors concerned are chosen anew with the wish
//! imposed, the rest stays. The least is the value of the plan less a bound on every plan that
//! grants the wish: from the duals of the solved problem (`ways`), or from a search of its own.
//! One solve is shared by all questions.

mod neighbourhood;
pub mod part;
mod same_names;
mod ways;

use crate::policy::bareme::Order;
use crate::policy::scorecard::score;
use crate::policy::{PostId, Problem, Solution, UnitId};

use super::lagrangian::FloatDuals;
use super::listener::Silent;
use super::optimise::optimise;
use super::outcome::{KnownDuals, Settings, Sketch, StoppedBy, WarmStart};
use super::scope::Scope;
use super::sector_model::{Column, Item, SectorModel};
use super::sectors::{Objective, Sectors};
use super::terminator::Terminator;
use neighbourhood::{Ground, Reach};
use part::{Filter, Part, Release};
use same_names::same_names;
use ways::Prices;

pub use ways::{Way, Ways};

/// What a question imposes on one unit; what is left open is chosen for the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wish {
    /// Unit.
    pub unit: UnitId,
    /// Option by which it is served.
    pub option: Option<usize>,
    /// Post that serves it, at the seat that the plan gives to that post.
    pub post: Option<PostId>,
}

/// How much work a question is worth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Care {
    /// A bound at known duals and one local repair: milliseconds.
    Quick,
    /// The same, then a search of the whole problem with the wish imposed, to the gap and the effort
    /// told.
    Thorough(Settings),
}

/// What a wish costs the plan, objective units. A negative loss is a gain.
#[derive(Debug, Clone, PartialEq)]
pub struct Loss {
    /// No plan that grants the wish loses less; `None`: no plan grants it.
    pub least: Option<i64>,
    /// What `plan` loses.
    pub most: Option<i64>,
    /// A plan that grants the wish.
    pub plan: Option<Solution>,
}

impl Loss {
    /// Whether it is proven that no plan grants the wish.
    #[must_use]
    pub const fn is_impossible(&self) -> bool {
        self.least.is_none()
    }

    /// Whether the loss is known to `units`.
    #[must_use]
    pub fn is_within(&self, units: i64) -> bool {
        self.least.zip(self.most).is_some_and(|(least, most)| most - least <= units)
    }

    /// Whether the loss is known to the unit.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.least.is_some() && self.least == self.most
    }
}

/// Effort of one local repair, as [`Settings::effort`] counts it.
const REPAIR_EFFORT: u64 = 60_000;
/// Sectors and units that a local repair chooses anew.
const REPAIR: Reach = Reach { sectors: 5, direct: 4 };
/// Units between the least and the most within which a loss is known well enough: a twentieth of a
/// half-day of need.
const CLOSE: i64 = 5;
/// Posts tried for one wish that names none.
const CENTRES: usize = 2;

/// A plan and what is known of its problem.
pub struct Known<'a> {
    problem: &'a Problem,
    sectors: Sectors,
    solution: Solution,
    plan: (Vec<Column>, Vec<u32>),
    /// Value of the plan in the levels that are priced.
    value: i64,
    bound: i64,
    pool: Vec<Column>,
    prices: Prices,
    scope: Scope,
}

impl<'a> Known<'a> {
    /// Solves the problem from `solution`, to learn its duals; `None` where the problem does not
    /// admit the plan, or the terminator came before any bound. `proven` is a bound that holds
    /// for all plans, in the levels that are priced.
    #[must_use]
    pub fn new(
        problem: &'a Problem,
        solution: Solution,
        proven: Option<i64>,
        settings: &Settings,
        terminator: &dyn Terminator,
    ) -> Option<Self> {
        let objective = priced(problem);
        let sectors = Sectors::with_every_choice(problem, &objective);
        let (sketches, direct) = sectors.encode(problem, &solution);
        let start =
            WarmStart { plan: Some((sketches.clone(), direct.clone())), ..WarmStart::default() };
        let plan = (sketches.into_iter().map(whole).collect::<Option<Vec<_>>>()?, direct);
        let _ = sectors.model.evaluate(&plan.0, &plan.1)?;
        let outcome = optimise(&sectors.model, settings, &start, &Silent, terminator);
        let warm = outcome.warm_start;
        let duals = completed(&sectors.model, &warm.duals?);
        let scope = Scope::whole(&sectors.model);
        let prices = Prices::new(&sectors.model, &scope, &duals);
        let value = objective.value(&score(problem, &solution));
        let proven = proven.filter(|proven| *proven >= value).unwrap_or(i64::MAX);
        Some(Self {
            value,
            bound: outcome.bound.min(proven),
            pool: warm.sectors.into_iter().filter_map(whole).collect(),
            problem,
            sectors,
            solution,
            plan,
            prices,
            scope,
        })
    }

    /// The problem.
    #[must_use]
    pub fn problem(&self) -> &'a Problem {
        self.problem
    }

    /// The plan.
    #[must_use]
    pub fn solution(&self) -> &Solution {
        &self.solution
    }

    /// The block of a post at the seat that the plan gives to it, as [`Way::block`] numbers it.
    #[must_use]
    pub fn block_of(&self, post: PostId) -> Option<u32> {
        self.sectors.block_at(post, self.solution.seats[post])
    }

    /// Value of the plan in the levels priced, and the proven bound of any plan.
    #[must_use]
    pub fn value_and_bound(&self) -> (i64, i64) {
        (self.value, self.bound)
    }

    /// Every way to serve a unit that a sector allows, with the most that a plan may then be worth.
    #[must_use]
    pub fn ways(&self, unit: UnitId) -> Ways {
        self.prices.ways(&self.sectors, unit, self.item(unit))
    }

    /// What a wish costs. `ways` are those of its unit.
    #[must_use]
    pub fn loss(&self, wish: &Wish, ways: &Ways, care: Care, terminator: &dyn Terminator) -> Loss {
        let demand = self.demand(wish);
        let grants = |way: &Way| demand.grants(way.block, Some(way.option));
        let best = self.prices.best(&self.sectors, &self.scope, ways, grants);
        let granted = ways.granted(grants);
        let worth = if self.proves(wish) {
            best.map(|best| best.min(self.bound))
        } else {
            Some(self.bound)
        };
        let least = worth.map(|worth| self.value.saturating_sub(worth));
        let mut loss = Loss { least, most: None, plan: None };
        if !granted.is_empty() {
            let quick = Settings { gap: 0.0, effort: Some(REPAIR_EFFORT), seed: 0 };
            let release = self.ground().around(wish.unit, &self.centres(wish, &granted), REPAIR);
            let _ = self.solve(&demand, &release, &quick, terminator, &mut loss);
        }
        match care {
            Care::Quick => loss,
            Care::Thorough(settings) => self.deepen(wish, loss, &settings, terminator),
        }
    }

    /// The same loss after a search of the whole problem, where it is not yet known closely.
    #[must_use]
    pub fn deepen(
        &self,
        wish: &Wish,
        mut loss: Loss,
        settings: &Settings,
        terminator: &dyn Terminator,
    ) -> Loss {
        if loss.is_impossible() || loss.is_within(CLOSE) {
            return loss;
        }
        let bound = match wish.option.filter(|_| !self.proves(wish)) {
            Some(option) => self.solve_anew(wish, option, settings, terminator, &mut loss),
            None => {
                let release = self.ground().everything();
                self.solve(&self.demand(wish), &release, settings, terminator, &mut loss)
            }
        };
        let lost = |least: i64| bound.map(|bound| least.max(self.value.saturating_sub(bound)));
        loss.least = loss.least.and_then(lost);
        loss
    }

    /// The whole problem with an option alone for the unit, whoever serves it, where the model leaves
    /// out the choices that others beat. Keeps its plan where it loses less; returns its bound,
    /// `None` where it is proven that there is no plan.
    fn solve_anew(
        &self,
        wish: &Wish,
        option: usize,
        settings: &Settings,
        terminator: &dyn Terminator,
        loss: &mut Loss,
    ) -> Option<i64> {
        let unit = wish.unit;
        let mut asked = self.problem.clone();
        asked.units[unit].options = vec![self.problem.units[unit].options[option]];
        let objective = priced(&asked);
        let sectors = Sectors::new(&asked, &objective);
        let outcome =
            optimise(&sectors.model, settings, &WarmStart::default(), &Silent, terminator);
        if outcome.has_plan() && wish.post.is_none() {
            let mut plan = sectors.decode(&asked, &outcome.columns, &outcome.direct);
            plan.services[unit].option = option;
            let value = objective.value(&score(self.problem, &plan));
            self.keep(value, || plan, loss);
        }
        (outcome.stopped_by != StoppedBy::Infeasible).then_some(outcome.bound)
    }

    /// Without every choice in the model, a bound on it proves nothing of the wish.
    fn proves(&self, wish: &Wish) -> bool {
        wish.option.is_none() || self.sectors.has_every_choice(wish.unit)
    }

    /// Solves a part with the wish imposed; keeps its plan where it loses less. Returns the bound
    /// of the part with what stays; `None` where it is proven that there is no plan.
    fn solve(
        &self,
        demand: &Demand<'_>,
        release: &Release<'_>,
        settings: &Settings,
        terminator: &dyn Terminator,
        loss: &mut Loss,
    ) -> Option<i64> {
        let part = Part::new(&self.sectors.model, release, demand);
        let known = loss.plan.as_ref().and_then(|plan| {
            let (sketches, direct) = self.sectors.encode(self.problem, plan);
            Some((sketches.into_iter().map(whole).collect::<Option<Vec<_>>>()?, direct))
        });
        let start = part.start(self.pool.iter(), &self.prices.duals, known.as_ref());
        let outcome = optimise(&part.model, settings, &start, &Silent, terminator);
        if outcome.has_plan() {
            let (columns, direct) = part.complete(&outcome.columns, &outcome.direct);
            let value = self.sectors.model.evaluate(&columns, &direct);
            let value = value.expect("a plan of a part, completed, is a plan of the whole");
            self.keep(value, || self.sectors.decode(self.problem, &columns, &direct), loss);
        }
        (outcome.stopped_by != StoppedBy::Infeasible).then_some(outcome.bound)
    }

    /// Takes a plan of this value, under the names of the plan at hand, where it loses less.
    fn keep(&self, value: i64, plan: impl FnOnce() -> Solution, loss: &mut Loss) {
        if loss.most.is_none_or(|known| self.value - value < known) {
            let mut plan = plan();
            same_names(self.sectors.kinds(), &self.solution, &mut plan);
            (loss.most, loss.plan) = (Some(self.value - value), Some(plan));
        }
    }

    /// The blocks that the wish concerns: who serves the unit in the plan, and who would best.
    fn centres(&self, wish: &Wish, granted: &[Way]) -> Vec<u32> {
        let item = self.item(wish.unit);
        let model = &self.sectors.model;
        let holds = |column: &&Column| {
            let block = &model.blocks[column.block as usize];
            block.chosen(column).any(|choice| choice.items.contains(&item))
        };
        let mut centres: Vec<u32> =
            self.plan.0.iter().find(holds).map(|column| column.block).into_iter().collect();
        let used = |block: &u32| self.plan.0.iter().any(|column| column.block == *block);
        for block in granted.iter().filter_map(|way| way.block).filter(used) {
            if centres.len() > CENTRES {
                break;
            }
            if !centres.contains(&block) {
                centres.push(block);
            }
        }
        centres
    }

    fn ground(&self) -> Ground<'_> {
        Ground {
            problem: self.problem,
            sectors: &self.sectors,
            columns: &self.plan.0,
            direct: &self.plan.1,
        }
    }

    fn demand(&self, wish: &Wish) -> Demand<'_> {
        Demand {
            sectors: &self.sectors,
            item: self.item(wish.unit),
            unit: wish.unit,
            option: wish.option,
            block: wish.post.map(|post| self.block_of(post)),
        }
    }

    fn item(&self, unit: UnitId) -> Item {
        usize::from(self.problem.units[unit].item) as u32
    }
}

/// The column of a sketch that is one.
fn whole(sketch: Sketch) -> Option<Column> {
    match sketch {
        Sketch::Column(column) => Some(column),
        Sketch::Items { .. } => None,
    }
}

/// Duals of every row; unknown ones at 0, where any value gives a bound.
fn completed(model: &SectorModel, known: &KnownDuals) -> FloatDuals {
    let fill = |duals: &[Option<f64>], length: usize| {
        (0..length).map(|index| duals.get(index).copied().flatten().unwrap_or(0.0)).collect()
    };
    FloatDuals {
        items: fill(&known.items, model.items as usize),
        rows: fill(&known.rows, model.rows.len()),
    }
}

/// What losses are counted in: the sum, or the first level of a lexicographic order.
fn priced(problem: &Problem) -> Objective {
    match problem.bareme.ordre {
        Order::Somme => Objective::sum(),
        Order::Lexicographique => {
            Objective { levels: problem.bareme.niveaux[..1].to_vec(), floors: Vec::new() }
        }
    }
}

/// A wish as a filter of the model.
struct Demand<'a> {
    sectors: &'a Sectors,
    item: Item,
    unit: UnitId,
    option: Option<usize>,
    /// The block asked for, if any is; `Some(None)`: a post that has none.
    block: Option<Option<u32>>,
}

impl Demand<'_> {
    fn grants(&self, block: Option<u32>, option: Option<usize>) -> bool {
        self.option.is_none_or(|asked| option == Some(asked))
            && self.block.is_none_or(|asked| asked.is_some() && block == asked)
    }
}

impl Filter for Demand<'_> {
    fn admits(&self, block: u32, class: u32, choice: u32) -> bool {
        let choice = &self.sectors.model.blocks[block as usize].classes[class as usize].choices
            [choice as usize];
        !choice.items.contains(&self.item)
            || self.grants(Some(block), self.sectors.option_of(choice.tag, self.unit))
    }

    fn admits_direct(&self, direct: u32) -> bool {
        let direct = &self.sectors.model.direct[direct as usize];
        !direct.items.contains(&self.item)
            || self.grants(None, self.sectors.option_of(direct.tag, self.unit))
    }
}
