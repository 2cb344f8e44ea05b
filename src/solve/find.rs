//! One call from a problem to a plan with its proof, whatever the method and the order of levels.

use serde::Serialize;

use crate::domain::{Method, Status};
use crate::model::level_floor;
use crate::policy::bareme::Order;
use crate::policy::scorecard::score;
use crate::policy::{ObjectiveLevel, Problem, Solution};

use super::compact;
use super::listener::Listener;
use super::memory::Memory;
use super::optimise::optimise;
use super::outcome::{Outcome, Settings, StoppedBy};
use super::plan::Proof;
use super::sectors::{Objective, Sectors};
use super::statistics::Statistics;
use super::terminator::{Sooner, Terminator};

/// Which method is asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum MethodChoice {
    /// The program chooses: column generation, which every rule of the model fits.
    #[default]
    Auto,
    /// The compact model.
    Compact,
    /// Column generation.
    Generation,
}

/// What is asked for.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// Method.
    pub method: MethodChoice,
    /// What ends the search.
    pub settings: Settings,
    /// What is known beforehand.
    pub start: Start,
}

/// What is known from an earlier search on a similar problem.
#[derive(Debug, Clone, Default)]
pub struct Start {
    /// A plan to begin from, as far as the problem still allows it.
    pub solution: Option<Solution>,
    /// What an earlier search left ([`Found::memory`]), for this problem or one before a change.
    pub memory: Memory,
}

/// What a search found.
#[derive(Debug, Clone)]
pub struct Found {
    /// The best assignment, if any, with what is proven about it.
    pub plan: Option<(Solution, Proof)>,
    /// How it ended.
    pub status: Status,
    /// Work done, one record for each level solved.
    pub statistics: Vec<LevelStatistics>,
    /// What the next search on this problem, or after a change of it, may start from.
    pub memory: Memory,
}

/// Work done for one level (or for the sum).
#[derive(Debug, Clone, Serialize)]
pub struct LevelStatistics {
    /// Name of the level, or `somme`.
    pub niveau: String,
    /// Statistics of the core.
    #[serde(flatten)]
    pub coeur: Statistics,
}

/// Finds a plan.
///
/// A lexicographic order is one search a level, each fixed within `tolerance_niveaux` before the
/// next; no level but the last takes more than half of the time that is left. Each level keeps its
/// own bound, which holds for the plans that keep the levels before it; the bound of the whole is
/// the value of the plan plus what each search may have missed. A level that the time does not
/// reach has the bound that its coefficients alone give.
pub fn find(
    problem: &Problem,
    request: &Request,
    listener: &dyn Listener,
    terminator: &dyn Terminator,
) -> Found {
    if request.method == MethodChoice::Compact {
        return compact::find(problem, request, listener, terminator);
    }
    let memory = request.start.memory.clone();
    let search = Levels { problem, request, listener, terminator, memory, statistics: Vec::new() };
    match problem.bareme.ordre {
        Order::Somme => search.sum(),
        Order::Lexicographique => search.one_by_one(),
    }
}

struct Levels<'a> {
    problem: &'a Problem,
    request: &'a Request,
    listener: &'a dyn Listener,
    terminator: &'a dyn Terminator,
    /// What is known so far.
    memory: Memory,
    statistics: Vec<LevelStatistics>,
}

impl Levels<'_> {
    fn sum(mut self) -> Found {
        let (solution, outcome) = self.solve(
            "somme",
            &Objective::sum(),
            self.request.start.solution.as_ref(),
            self.terminator,
        );
        let status = status(outcome.stopped_by);
        let plan = solution.map(|solution| {
            debug_assert_eq!(score(self.problem, &solution).total(), outcome.objective);
            (solution, self.proof(status, outcome.bound, Vec::new()))
        });
        Found { plan, status, statistics: self.statistics, memory: self.memory }
    }

    fn one_by_one(mut self) -> Found {
        let levels = &self.problem.bareme.niveaux;
        let mut floors: Vec<(ObjectiveLevel, i64)> = Vec::new();
        let mut bounds = Vec::with_capacity(levels.len());
        // What better searches may still find, all levels added up.
        let mut room = 0;
        let mut best: Option<Solution> = self.request.start.solution.clone();
        let mut worst = Status::Optimal;
        for (index, &level) in levels.iter().enumerate() {
            if index > 0 && self.terminator.stop() {
                worst = weaker(worst, Status::Limite);
                break;
            }
            let objective = Objective { levels: vec![level], floors: floors.clone() };
            let is_last = index + 1 == levels.len();
            let left = self.terminator.left().filter(|_| !is_last);
            let share = Sooner::after(left.map(|left| left / 2), self.terminator);
            let (solution, outcome) = self.solve(level.code(), &objective, best.as_ref(), &share);
            worst = weaker(worst, status(outcome.stopped_by));
            let Some(solution) = solution else { break };
            let reached = score(self.problem, &solution).level(level);
            floors.push((level, level_floor(reached, self.problem.bareme.tolerance_niveaux)));
            room += outcome.bound - reached;
            bounds.push(Some(outcome.bound));
            best = Some(solution);
        }
        let plan = best.filter(|_| !bounds.is_empty()).map(|solution| {
            let reached = score(self.problem, &solution);
            for &level in &levels[bounds.len()..] {
                let bound = self.conceivable(level);
                room += bound - reached.level(level);
                bounds.push(Some(bound));
            }
            (solution, self.proof(worst, reached.total() + room, bounds))
        });
        let status = match (worst, &plan) {
            // A later level without a plan is a matter of its floors, not of the dossier.
            (Status::Irrealisable, Some(_)) => Status::EcartAtteint,
            _ => worst,
        };
        Found { plan, status, statistics: self.statistics, memory: self.memory }
    }

    /// What no plan exceeds in a level that was not searched.
    fn conceivable(&self, level: ObjectiveLevel) -> i64 {
        let alone = Objective { levels: vec![level], floors: Vec::new() };
        Sectors::new(self.problem, &alone).model.naive_bound()
    }

    /// Solves one level from what is known, and remembers it.
    fn solve(
        &mut self,
        name: &str,
        objective: &Objective,
        from: Option<&Solution>,
        terminator: &dyn Terminator,
    ) -> (Option<Solution>, Outcome) {
        let problem = self.problem;
        let sectors = Sectors::new(problem, objective);
        let mut start = self.memory.recall(problem, &sectors, name);
        if let Some(solution) = from {
            start.plan = Some(sectors.encode(problem, solution));
        }
        let settings = &self.request.settings;
        let outcome = optimise(&sectors.model, settings, &start, self.listener, terminator);
        let solution =
            outcome.has_plan().then(|| sectors.decode(problem, &outcome.columns, &outcome.direct));
        let plan = solution.clone().or_else(|| from.cloned());
        self.memory = self.memory.learn(problem, &sectors, name, &outcome.warm_start, plan);
        self.statistics
            .push(LevelStatistics { niveau: name.to_owned(), coeur: outcome.statistics.clone() });
        (solution, outcome)
    }

    fn proof(&self, status: Status, bound: i64, level_bounds: Vec<Option<i64>>) -> Proof {
        let wording = match status {
            _ if !level_bounds.is_empty() => {
                "Un niveau après l'autre (génération de colonnes) : la borne d'un niveau, calculée en nombres entiers, vaut pour tout plan qui garde les niveaux d'avant."
            }
            Status::Optimal => {
                "Aucun plan ne vaut mieux : prouvé par génération de colonnes, borne calculée en nombres entiers."
            }
            _ => {
                "Borne lagrangienne calculée en nombres entiers (génération de colonnes) : aucun plan ne peut la dépasser."
            }
        };
        Proof {
            status,
            method: Method::Generation,
            bound,
            level_bounds,
            wording: wording.to_owned(),
            seed: self.request.settings.seed,
        }
    }
}

fn status(stopped_by: StoppedBy) -> Status {
    match stopped_by {
        StoppedBy::Optimal => Status::Optimal,
        StoppedBy::Gap => Status::EcartAtteint,
        StoppedBy::Effort => Status::Effort,
        StoppedBy::Terminated | StoppedBy::NoSolution => Status::Limite,
        StoppedBy::Infeasible => Status::Irrealisable,
    }
}

/// The less conclusive of two.
fn weaker(one: Status, other: Status) -> Status {
    let rank = |status: &Status| match status {
        Status::Optimal => 0,
        Status::EcartAtteint => 1,
        Status::Effort => 2,
        Status::Limite => 3,
        Status::Interrompu => 4,
        Status::Irrealisable => 5,
    };
    if rank(&other) > rank(&one) { other } else { one }
}
