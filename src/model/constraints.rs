//! The rows that bind all blocks together, one function a rule of `docs/model.md`.

use std::collections::BTreeMap;

use crate::domain::Modality;
use crate::policy::eligibility::pair_terms;
use crate::policy::scorecard::{RESERVE_STEP_TICKS, team_changes, team_travel};
use crate::policy::{ItemId, Problem, UnitId};

use super::compact_model::{ColumnId, CompactModel, Row};
use super::demand::Demand;
use super::names::Names;
use super::variables::{self, Direct, Variables};
use super::{block_rows, trip_rows};

/// The model of a problem with what its variables stand for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Built {
    /// Columns and rows.
    pub model: CompactModel,
    /// Meaning of the columns.
    pub variables: Variables,
}

impl Built {
    /// Builds the model.
    #[must_use]
    pub fn new(problem: &Problem) -> Self {
        let names = Names::new(problem);
        let mut model = CompactModel::default();
        let variables = variables::add(&mut model, problem, &names);
        let mut rows = Rows { model: &mut model, variables: &variables, problem, names: &names };
        rows.each_unit_once();
        rows.items_together();
        rows.one_team_for_an_item();
        for block in &variables.blocks {
            block_rows::add(rows.model, problem, &names, block);
            trip_rows::add(rows.model, problem, &names, block);
        }
        rows.posts_of_each_kind();
        rows.alike_posts_in_order();
        rows.references();
        rows.kilometres();
        rows.changes();
        rows.time_of_teams();
        debug_assert!(columns_occur_once(&model), "a row names a column once");
        Self { model, variables }
    }
}

/// What the row builders read and write.
struct Rows<'a> {
    model: &'a mut CompactModel,
    variables: &'a Variables,
    problem: &'a Problem,
    names: &'a Names,
}

type Terms = Vec<(ColumnId, i64)>;

impl Rows<'_> {
    fn add(
        &mut self,
        name: String,
        sides: (Option<i64>, Option<i64>),
        terms: Terms,
        demand: Option<Demand>,
    ) {
        self.model.add_row(Row { name, lower: sides.0, upper: sides.1, terms, demand });
    }

    fn at_most(&mut self, name: String, terms: Terms, upper: i64, demand: Option<Demand>) {
        self.add(name, (None, Some(upper)), terms, demand);
    }

    /// Direct ways of a unit.
    fn direct(&self, unit: UnitId) -> impl Iterator<Item = &Direct> {
        let direct = &self.variables.direct;
        let start = direct.partition_point(|way| way.unit < unit);
        direct[start..].iter().take_while(move |way| way.unit == unit)
    }

    /// H1: exactly one modality and server for each unit.
    fn each_unit_once(&mut self) {
        let mut terms: Vec<Terms> = self.problem.units.iter().map(|_| Terms::new()).collect();
        let serves = self.variables.blocks.iter().flat_map(|block| &block.serves);
        let ways = serves.map(|serve| (serve.unit, serve.column));
        for (unit, column) in
            ways.chain(self.variables.direct.iter().map(|way| (way.unit, way.column)))
        {
            terms[usize::from(unit)].push((column, 1));
        }
        for (unit, terms) in self.problem.units.keys().zip(terms) {
            let demand = Demand::Service(self.problem.units[unit].item);
            let name = format!("unit[{}]", self.names.unit(unit));
            self.add(name, (Some(1), Some(1)), terms, Some(demand));
        }
    }

    /// H1: members of an item are served by the same block, or by none.
    fn items_together(&mut self) {
        for block in &self.variables.blocks {
            let label = self.names.block(&block.block);
            for (item, members) in self.problem.items.iter_enumerated() {
                for pair in members.windows(2) {
                    let [first, second] = [pair[0], pair[1]].map(|unit| block.of_unit(unit));
                    if first.is_empty() && second.is_empty() {
                        continue;
                    }
                    let plus = first.iter().map(|serve| (serve.column, 1));
                    let terms = plus.chain(second.iter().map(|serve| (serve.column, -1))).collect();
                    let name = format!("item[{},{label}]", self.names.unit(pair[1]));
                    self.add(name, (Some(0), Some(0)), terms, Some(Demand::Together(item)));
                }
            }
        }
    }

    /// H12: members of an item are held by one team at most.
    fn one_team_for_an_item(&mut self) {
        let mut by_item: BTreeMap<ItemId, Terms> = BTreeMap::new();
        for (&(item, team), &holds) in &self.variables.item_teams {
            by_item.entry(item).or_default().push((holds, 1));
            for &unit in &self.problem.items[item] {
                let held = self.direct(unit).find(|way| way.team == Some(team));
                if let Some(column) = held.map(|way| way.column) {
                    let name = format!("held[{},{}]", self.names.unit(unit), self.names.team(team));
                    self.at_most(name, vec![(column, 1), (holds, -1)], 0, None);
                }
            }
        }
        for (item, terms) in by_item {
            let name = format!("team_of[{}]", self.names.unit(self.problem.items[item][0]));
            self.at_most(name, terms, 1, Some(Demand::Together(item)));
        }
    }

    /// Posts to place: no more blocks than posts; each one somewhere where a smallest load is set.
    fn posts_of_each_kind(&mut self) {
        for (kind, posts) in self.variables.kinds.iter().enumerate() {
            let blocks = self.variables.blocks.iter().filter(|block| block.block.kind == kind);
            let terms: Terms =
                blocks.filter_map(|block| block.open).map(|open| (open, 1)).collect();
            let post = &self.problem.posts[posts[0]];
            if post.has_fixed_seat || terms.is_empty() && post.minimum == 0 {
                continue;
            }
            let count = posts.len() as i64;
            let name = format!("kind[{kind}]");
            self.at_most(name, terms.clone(), count, None);
            if post.minimum > 0 {
                let demand = Some(Demand::MinimumLoad(posts[0]));
                self.add(format!("placed[{kind}]"), (Some(count), None), terms, demand);
            }
        }
    }

    /// Posts alike at one seat: the second only after the first, so that no plan has two names.
    fn alike_posts_in_order(&mut self) {
        for pair in self.variables.blocks.windows(2) {
            if let ([Some(first), Some(second)], true) =
                ([pair[0].open, pair[1].open], pair[1].block.copy > 0)
            {
                let name = format!("order[{}]", self.names.block(&pair[1].block));
                self.at_most(name, vec![(second, 1), (first, -1)], 0, None);
            }
        }
    }

    /// H8: places of reference of each bassin; none where it has no adviser.
    fn references(&mut self) {
        let mut by_bassin: BTreeMap<Option<usize>, Terms> = BTreeMap::new();
        for way in &self.variables.direct {
            let unit = &self.problem.units[way.unit];
            if unit.options[way.option].modality == Modality::Reference {
                let supervision = self.problem.supervision_of(&unit.bassin);
                by_bassin.entry(supervision).or_default().push((way.column, 1));
            }
        }
        for (supervision, terms) in by_bassin {
            let capacity = supervision.map_or(0, |index| self.problem.supervisions[index].capacity);
            let label = supervision.map_or("none".into(), |index| index.to_string());
            let demand = supervision.map(Demand::References);
            self.at_most(format!("references[{label}]"), terms, capacity, demand);
        }
    }

    /// H11: kilometres of all posts and teams, in metres per four weeks.
    fn kilometres(&mut self) {
        let Some(most) = self.problem.bareme.limites.km_max_semaine else { return };
        let mut terms = Terms::new();
        for block in &self.variables.blocks {
            let own = block.serves.iter().map(|serve| (serve.column, serve.own_trip.metres));
            let shared = block.shared.iter().map(|shared| (shared.trips, shared.metres));
            terms.extend(own.chain(shared));
        }
        terms.extend(self.variables.direct.iter().filter_map(|way| {
            way.team.map(|team| (way.column, team_travel(self.problem, team, way.unit).1))
        }));
        terms.retain(|(_, metres)| *metres != 0);
        self.at_most(
            "kilometres".into(),
            terms,
            (most * 4_000.0).floor() as i64,
            Some(Demand::Kilometres),
        );
    }

    /// H11: units that change hands.
    fn changes(&mut self) {
        let Some(most) = self.problem.bareme.limites.changements_max else { return };
        let changes = |post, unit| pair_terms(self.problem, post, unit).1;
        let mut terms = Terms::new();
        for block in &self.variables.blocks {
            let who = Some((block.block.post, block.block.seat));
            let changed = block.serves.iter().filter(|serve| changes(who, serve.unit));
            terms.extend(changed.map(|serve| (serve.column, 1)));
        }
        let changed = self.variables.direct.iter().filter(|way| match way.team {
            Some(team) => team_changes(self.problem, team, way.unit),
            None => changes(None, way.unit),
        });
        terms.extend(changed.map(|way| (way.column, 1)));
        self.at_most("changes".into(), terms, i64::from(most), Some(Demand::Changes));
    }

    /// H12: a team's poles, its travel included, within the time that its members reserve.
    fn time_of_teams(&mut self) {
        for team in self.problem.teams.keys() {
            let held = self.variables.direct.iter().filter(|way| way.team == Some(team));
            let mut terms: Terms = held
                .map(|way| {
                    let option = &self.problem.units[way.unit].options[way.option];
                    (way.column, option.ticks + team_travel(self.problem, team, way.unit).0)
                })
                .collect();
            if terms.is_empty() {
                continue;
            }
            let members = self
                .variables
                .blocks
                .iter()
                .filter(|block| self.problem.posts[block.block.post].team == Some(team));
            terms.extend(
                members.filter_map(|block| block.reserve).map(|s| (s, -RESERVE_STEP_TICKS)),
            );
            let name = format!("team[{}]", self.names.team(team));
            self.at_most(name, terms, 0, Some(Demand::TeamTime(team)));
        }
    }
}

fn columns_occur_once(model: &CompactModel) -> bool {
    model.rows.iter().all(|row| {
        let mut columns: Vec<ColumnId> = row.terms.iter().map(|term| term.0).collect();
        columns.sort_unstable();
        columns.windows(2).all(|pair| pair[0] != pair[1])
    })
}
