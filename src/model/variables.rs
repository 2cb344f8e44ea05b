//! The variables, with what each stands for.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::domain::TICK_MINUTES;
use crate::policy::eligibility::{may_be_held_by_team, may_go_without_post, may_serve};
use crate::policy::places::{travel_ticks, trips_per_cycle};
use crate::policy::scorecard::{RESERVE_STEP_TICKS, equity_weight};
use crate::policy::{PlaceId, PostId, Problem, Score, TeamId, UnitId, UnitOption};

use super::blocks::{Block, blocks, kinds};
use super::compact_model::{Column, ColumnId, CompactModel};
use super::names::{self, Names};
use super::objective;

/// `x`: the post of a block serves a unit by an option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Serve {
    /// Unit.
    pub unit: UnitId,
    /// Index into the options of the unit.
    pub option: usize,
    /// Travel that this alone causes, where no other unit of the block shares the place.
    pub own_trip: OwnTrip,
    /// Variable.
    pub column: ColumnId,
}

/// Travel a week (ticks) and per four weeks (metres) of a unit alone at its place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OwnTrip {
    /// Ticks a week.
    pub ticks: i64,
    /// Metres per four weeks.
    pub metres: i64,
}

/// `T`, `c`, `t`: trips of a block to a place that several of its units share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedTrips {
    /// Place.
    pub place: PlaceId,
    /// Columns `x` at the place, as indexes into [`BlockVariables::serves`].
    pub serves: Vec<usize>,
    /// There and back.
    pub minutes: i64,
    /// There and back.
    pub metres: i64,
    /// `T`, trips per four weeks.
    pub trips: ColumnId,
    /// `c`, trips a week that weekly permanences need.
    pub pairs: ColumnId,
    /// `t`, ticks a week.
    pub ticks: ColumnId,
    /// One a unit and two more, where a smallest load forbids to overstate `T`: which of the
    /// terms of its maximum it equals.
    pub attained: Vec<ColumnId>,
}

/// The variables of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlockVariables {
    /// Post and seat.
    pub block: Block,
    /// `y`: the post is placed here; `None` where it has no choice.
    pub open: Option<ColumnId>,
    /// `x`, by unit and option.
    pub serves: Vec<Serve>,
    /// Places that several units share.
    pub shared: Vec<SharedTrips>,
    /// `e`: measure outside the band of equity.
    pub outside: Option<ColumnId>,
    /// `s`: steps reserved for a pole team.
    pub reserve: Option<ColumnId>,
}

impl BlockVariables {
    /// The columns `x` of a unit.
    pub fn of_unit(&self, unit: UnitId) -> &[Serve] {
        &self.serves[self.range(unit)]
    }

    /// The units that the block may serve, in order.
    pub fn units(&self) -> Vec<UnitId> {
        let mut units: Vec<UnitId> = self.serves.iter().map(|serve| serve.unit).collect();
        units.dedup();
        units
    }

    fn range(&self, unit: UnitId) -> Range<usize> {
        let start = self.serves.partition_point(|serve| serve.unit < unit);
        start..self.serves.partition_point(|serve| serve.unit <= unit)
    }
}

/// `r` (no post) or `h` (a team): a unit without a post of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Direct {
    /// Unit.
    pub unit: UnitId,
    /// Index into the options of the unit.
    pub option: usize,
    /// Team that holds the pole.
    pub team: Option<TeamId>,
    /// Variable.
    pub column: ColumnId,
}

/// All variables.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Variables {
    /// Posts of each kind.
    pub kinds: Vec<Vec<PostId>>,
    /// Blocks.
    pub blocks: Vec<BlockVariables>,
    /// Units without a post, by unit.
    pub direct: Vec<Direct>,
    /// `w`: a team holds a pole in an item of several units where teams could mix.
    pub item_teams: BTreeMap<(crate::policy::ItemId, TeamId), ColumnId>,
}

/// Adds all variables to the model.
pub fn add(model: &mut CompactModel, problem: &Problem, names: &Names) -> Variables {
    let kinds = kinds(problem);
    let blocks = blocks(problem, &kinds)
        .into_iter()
        .map(|block| add_block(model, problem, names, block))
        .collect();
    let direct = add_direct(model, problem, names);
    let item_teams = add_item_teams(model, problem, names, &direct);
    model.constant = objective::constant(problem, &kinds);
    Variables { kinds, blocks, direct, item_teams }
}

fn add_block(
    model: &mut CompactModel,
    problem: &Problem,
    names: &Names,
    block: Block,
) -> BlockVariables {
    let name = names.block(&block);
    let open = block
        .placed
        .then(|| model.add_binary(format!("y[{name}]"), objective::placed(problem, block.post)));
    let allowed = allowed(problem, &block);
    let places = allowed_places(problem, &allowed);
    let is_shared = |unit: UnitId| places[&problem.units[unit].place].len() > 1;
    let mut serves = Vec::new();
    for (unit, option) in allowed {
        let what = &problem.units[unit].options[option];
        let own_trip = if is_shared(unit) {
            OwnTrip::default()
        } else {
            own_trip(problem, &block, unit, what)
        };
        if what.ticks + own_trip.ticks <= problem.posts[block.post].capacity {
            let label = format!("x[{},{name},{}]", names.unit(unit), names::option(what));
            let profit = objective::serve(problem, &block, unit, what, own_trip.ticks);
            let column = model.add_binary(label, profit);
            serves.push(Serve { unit, option, own_trip, column });
        }
    }
    let shared = places
        .iter()
        .filter(|(_, units)| units.len() > 1)
        .filter_map(|(place, _)| add_shared(model, problem, &block, &name, *place, &serves))
        .collect();
    let outside = add_outside(model, problem, &block, &name, &serves);
    let reserve = add_reserve(model, problem, &block, &name);
    BlockVariables { block, open, serves, shared, outside, reserve }
}

/// Pairs of a unit and an option that the rules on one pair allow.
fn allowed(problem: &Problem, block: &Block) -> Vec<(UnitId, usize)> {
    let mut allowed = Vec::new();
    for (unit, what) in problem.units.iter_enumerated() {
        for (option, how) in what.options.iter().enumerate() {
            if how.modality.needs_post()
                && may_serve(problem, block.post, block.seat, unit, how).is_ok()
            {
                allowed.push((unit, option));
            }
        }
    }
    allowed
}

fn allowed_places(
    problem: &Problem,
    allowed: &[(UnitId, usize)],
) -> BTreeMap<PlaceId, Vec<UnitId>> {
    let mut places: BTreeMap<PlaceId, Vec<UnitId>> = BTreeMap::new();
    for (unit, _) in allowed {
        let units = places.entry(problem.units[*unit].place).or_default();
        if units.last() != Some(unit) {
            units.push(*unit);
        }
    }
    places
}

fn own_trip(problem: &Problem, block: &Block, unit: UnitId, option: &UnitOption) -> OwnTrip {
    let place = problem.units[unit].place;
    let trips = trips_per_cycle(std::iter::once(option));
    OwnTrip {
        ticks: travel_ticks(trips, problem.round_trip_minutes(block.seat, place)),
        metres: trips * problem.round_trip_metres(block.seat, place),
    }
}

fn add_shared(
    model: &mut CompactModel,
    problem: &Problem,
    block: &Block,
    name: &str,
    place: PlaceId,
    serves: &[Serve],
) -> Option<SharedTrips> {
    let minutes = problem.round_trip_minutes(block.seat, place);
    let metres = problem.round_trip_metres(block.seat, place);
    let here = |serve: &Serve| problem.units[serve.unit].place == place;
    let indexes: Vec<usize> = (0..serves.len()).filter(|index| here(&serves[*index])).collect();
    if minutes == 0 && metres == 0 || indexes.is_empty() {
        return None;
    }
    let most = most_trips(problem, indexes.iter().map(|index| &serves[*index]));
    let label = format!("{name},{}", usize::from(place));
    let mut integer = |prefix: &str, upper: i64, profit: Score| {
        model.add_integer(format!("{prefix}[{label}]"), upper, profit)
    };
    let trips = integer("T", most, Score::default());
    let pairs = integer("c", most, Score::default());
    let ticks = integer("t", travel_ticks(most, minutes), objective::travel_tick(problem));
    let mut units: Vec<UnitId> = indexes.iter().map(|index| serves[*index].unit).collect();
    units.dedup();
    let terms = if problem.posts[block.post].minimum > 0 { units.len() + 2 } else { 0 };
    let attained =
        (0..terms).map(|term| integer(&format!("g{term}"), 1, Score::default())).collect();
    Some(SharedTrips { place, serves: indexes, minutes, metres, trips, pairs, ticks, attained })
}

/// Trips when every unit of the place takes its largest option: no fewer than any choice needs.
fn most_trips<'a>(problem: &Problem, serves: impl Iterator<Item = &'a Serve>) -> i64 {
    let mut largest: BTreeMap<UnitId, (i64, i64)> = BTreeMap::new();
    for serve in serves {
        let option = &problem.units[serve.unit].options[serve.option];
        let entry = largest.entry(serve.unit).or_default();
        *entry = (entry.0.max(option.visits), entry.1.max(i64::from(option.presence.0)));
    }
    let visits = largest.values().map(|(visits, _)| *visits).max().unwrap_or(0);
    let quarters: i64 = largest.values().map(|(_, quarters)| quarters).sum();
    // 4 ceil(quarters / 8) <= quarters / 2 + 4.
    visits.max(quarters / 2 + 4)
}

fn add_outside(
    model: &mut CompactModel,
    problem: &Problem,
    block: &Block,
    name: &str,
    serves: &[Serve],
) -> Option<ColumnId> {
    if equity_weight(problem) == 0 {
        return None;
    }
    let all: i64 = serves.iter().map(|serve| i64::from(problem.units[serve.unit].measure)).sum();
    let upper = all.max(i64::from(problem.posts[block.post].target));
    Some(model.columns.push_and_get_key(Column {
        name: format!("e[{name}]"),
        lower: 0,
        upper,
        integer: false,
        profit: Score { equity: -equity_weight(problem), ..Score::default() },
    }))
}

fn add_reserve(
    model: &mut CompactModel,
    problem: &Problem,
    block: &Block,
    name: &str,
) -> Option<ColumnId> {
    problem.posts[block.post].team?;
    let longest = problem.bareme.pole.reserve_max_minutes / TICK_MINUTES;
    let most = longest.min(problem.posts[block.post].capacity) / RESERVE_STEP_TICKS;
    Some(model.add_integer(format!("s[{name}]"), most, Score::default()))
}

fn add_direct(model: &mut CompactModel, problem: &Problem, names: &Names) -> Vec<Direct> {
    let mut direct = Vec::new();
    for (unit, what) in problem.units.iter_enumerated() {
        for (option, how) in what.options.iter().enumerate() {
            if may_go_without_post(problem, unit, how) {
                let name = format!("r[{},{}]", names.unit(unit), names::option(how));
                let column = model.add_binary(name, objective::unaided(problem, unit, how));
                direct.push(Direct { unit, option, team: None, column });
            }
            if may_be_held_by_team(problem, unit, how) {
                for team in problem.teams.keys() {
                    let name = format!("h[{},{}]", names.unit(unit), names.team(team));
                    let column = model.add_binary(name, objective::held(problem, team, unit, how));
                    direct.push(Direct { unit, option, team: Some(team), column });
                }
            }
        }
    }
    direct
}

/// Only items of several units, with several teams, need to say which team holds their poles.
fn add_item_teams(
    model: &mut CompactModel,
    problem: &Problem,
    names: &Names,
    direct: &[Direct],
) -> BTreeMap<(crate::policy::ItemId, TeamId), ColumnId> {
    let mut columns = BTreeMap::new();
    for (unit, team) in direct.iter().filter_map(|way| way.team.map(|team| (way.unit, team))) {
        let item = problem.units[unit].item;
        if problem.teams.len() > 1 && problem.items[item].len() > 1 {
            columns.entry((item, team)).or_insert_with(|| {
                let first = names.unit(problem.items[item][0]);
                model.add_binary(format!("w[{first},{}]", names.team(team)), Score::default())
            });
        }
    }
    columns
}
