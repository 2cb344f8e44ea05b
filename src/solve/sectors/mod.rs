//! From the problem to its set-partitioning view, and back.
//!
//! One block for each (post, seat), one class for each cluster of units, one choice for each
//! profile of the cluster with the travel from that seat. Posts to place that nothing tells apart
//! share a kind. Levels of the objective that are already fixed become rows.

mod blocks;
pub(super) mod compose;
mod decode;
mod direct;
mod kinds;
mod profiles;
mod reading;

use std::collections::{BTreeMap, BTreeSet};

use crate::policy::scorecard::{Score, equity_weight};
use crate::policy::{ObjectiveLevel, PostId, Problem, Solution, TeamId, UnitId};

use super::sector_model::{Column, Row, RowIndex, SectorModel};
use profiles::Profile;

/// Which levels the objective sums, and what levels fixed before must keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objective {
    /// Levels summed.
    pub levels: Vec<ObjectiveLevel>,
    /// Levels fixed before, with the least value that each keeps.
    pub floors: Vec<(ObjectiveLevel, i64)>,
}

impl Objective {
    /// What an assignment of this score is worth in the levels summed.
    #[must_use]
    pub fn value(&self, score: &Score) -> i64 {
        self.levels.iter().map(|level| score.level(*level)).sum()
    }

    /// The sum of all levels.
    #[must_use]
    pub fn sum() -> Self {
        Self { levels: ObjectiveLevel::ALL.to_vec(), floors: Vec::new() }
    }
}

/// What a tag of a choice or of a direct column stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Meaning {
    /// Units served by the post of the block.
    Serve(Profile),
    /// Ticks that the post reserves for its pole team.
    Reserve(i64),
    /// Units served without a post: option index, and the team that holds a pole.
    Direct(Vec<(UnitId, usize, Option<TeamId>)>),
}

/// The model with what is needed to read its solutions.
#[derive(Debug, Clone)]
pub struct Sectors {
    /// What the core solves.
    pub model: SectorModel,
    /// Post kinds: the posts of each, in order.
    kinds: Vec<Vec<PostId>>,
    /// Seat of each block; `None` for a post placed nowhere.
    seats: Vec<Option<UnitId>>,
    /// Meaning of tags.
    meanings: Vec<Meaning>,
    /// Units of which no choice was dropped.
    complete: BTreeSet<UnitId>,
}

impl Sectors {
    /// The view of a problem under an objective.
    #[must_use]
    pub fn new(problem: &Problem, objective: &Objective) -> Self {
        Self::build(problem, objective, false)
    }

    /// The same with the choices that others beat, so that one may be imposed; not where many
    /// units share a place, whose combinations are too many ([`Sectors::has_every_choice`]).
    #[must_use]
    pub fn with_every_choice(problem: &Problem, objective: &Objective) -> Self {
        Self::build(problem, objective, true)
    }

    fn build(problem: &Problem, objective: &Objective, every_choice: bool) -> Self {
        let rows = Rows::new(problem, objective);
        let kinds = kinds::kinds(problem);
        let mut sectors = Self {
            model: SectorModel {
                items: problem.items.len() as u32,
                rows: rows.rows.clone(),
                ..SectorModel::default()
            },
            kinds,
            seats: Vec::new(),
            meanings: Vec::new(),
            complete: BTreeSet::new(),
        };
        let context = Context { problem, objective, rows: &rows, every_choice };
        direct::add(&mut sectors, &context);
        blocks::add(&mut sectors, &context);
        sectors
    }

    /// The assignment that columns and direct columns stand for.
    #[must_use]
    pub fn decode(&self, problem: &Problem, columns: &[Column], direct: &[u32]) -> Solution {
        decode::decode(self, problem, columns, direct)
    }

    /// Posts of each kind, in order.
    #[must_use]
    pub fn kinds(&self) -> &[Vec<PostId>] {
        &self.kinds
    }

    /// The kind of a post; `None` for a post without sector time.
    #[must_use]
    pub fn kind_of(&self, post: PostId) -> Option<usize> {
        self.kinds.iter().position(|posts| posts.contains(&post))
    }

    /// Seat of a block; `None` for a post placed nowhere.
    #[must_use]
    pub fn seat(&self, block: u32) -> Option<UnitId> {
        self.seats[block as usize]
    }

    /// Units that a choice serves by the post of its block, with the index of their option.
    pub fn services(&self, tag: u32) -> impl Iterator<Item = (UnitId, usize)> + '_ {
        let services = match &self.meanings[tag as usize] {
            Meaning::Serve(profile) => &profile.services[..],
            Meaning::Reserve(_) | Meaning::Direct(_) => &[],
        };
        services.iter().copied()
    }

    /// Ticks that a choice reserves for a pole team.
    #[must_use]
    pub fn reserved(&self, tag: u32) -> i64 {
        match &self.meanings[tag as usize] {
            Meaning::Reserve(ticks) => *ticks,
            Meaning::Serve(_) | Meaning::Direct(_) => 0,
        }
    }

    fn add_meaning(&mut self, meaning: Meaning) -> u32 {
        self.meanings.push(meaning);
        (self.meanings.len() - 1) as u32
    }
}

/// What the parts of the construction read.
struct Context<'a> {
    problem: &'a Problem,
    objective: &'a Objective,
    rows: &'a Rows,
    /// Choices that others beat are kept.
    every_choice: bool,
}

/// Contribution of a choice to the additive levels of the objective.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Terms {
    coverage: i64,
    travel: i64,
    stability: i64,
}

impl Terms {
    const fn level(&self, level: ObjectiveLevel) -> i64 {
        match level {
            ObjectiveLevel::Couverture => self.coverage,
            ObjectiveLevel::Equite => 0,
            ObjectiveLevel::Trajet => self.travel,
            ObjectiveLevel::Stabilite => self.stability,
        }
    }
}

impl Context<'_> {
    /// Profit of a choice in the levels that the objective sums.
    fn profit(&self, terms: &Terms) -> i64 {
        self.objective.levels.iter().map(|level| terms.level(*level)).sum()
    }

    /// Uses of the rows of fixed levels.
    fn floor_uses(&self, terms: &Terms) -> impl Iterator<Item = (RowIndex, i64)> + '_ {
        let terms = *terms;
        self.rows
            .floors
            .iter()
            .map(move |(level, row)| (*row, -terms.level(*level)))
            .filter(|(_, used)| *used != 0)
    }
}

/// Linking rows of the problem, by what they limit.
struct Rows {
    rows: Vec<Row>,
    supervision: Vec<RowIndex>,
    team: Vec<RowIndex>,
    changes: Option<RowIndex>,
    metres: Option<RowIndex>,
    floors: BTreeMap<ObjectiveLevel, RowIndex>,
}

impl Rows {
    fn new(problem: &Problem, objective: &Objective) -> Self {
        let mut rows = Vec::new();
        let mut add = |name: String, capacity: i64| {
            rows.push(Row { name, capacity });
            (rows.len() - 1) as RowIndex
        };
        let supervision = problem
            .supervisions
            .iter()
            .map(|bassin| add(format!("references {}", bassin.bassin), bassin.capacity))
            .collect();
        let team = problem.teams.iter().map(|team| add(format!("pole {}", team.id), 0)).collect();
        let limits = &problem.bareme.limites;
        let changes = limits.changements_max.map(|most| add("changements".into(), most.into()));
        let metres =
            limits.km_max_semaine.map(|km| add("kilometres".into(), (km * 4_000.0).floor() as i64));
        let floors = objective
            .floors
            .iter()
            .map(|(level, least)| {
                let capacity = match level {
                    // The row counts the measure outside the band, not its price.
                    ObjectiveLevel::Equite => -least / equity_weight(problem).max(1),
                    _ => -least,
                };
                (*level, add(format!("niveau {}", level.code()), capacity))
            })
            .collect();
        Self { rows, supervision, team, changes, metres, floors }
    }
}
