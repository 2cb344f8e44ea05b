//! Direct columns: items served without a post of their own (reference, advice, a pole's team).

use smallvec::SmallVec;

use crate::domain::Modality;
use crate::policy::eligibility::{may_be_held_by_team, may_go_without_post, pair_terms};
use crate::policy::scorecard::{change_price, team_changes, team_travel, travel_price};
use crate::policy::{ItemId, Problem, TeamId, UnitId};

use super::{Context, Meaning, Sectors, Terms};
use crate::solve::sector_model::{Direct, RowIndex};

type Way = (UnitId, usize, Option<TeamId>);

/// Adds the direct columns of every item: each combination of its members' ways, a team-held
/// pole by one team at most.
pub(super) fn add(sectors: &mut Sectors, context: &Context<'_>) {
    for (item, members) in context.problem.items.iter_enumerated() {
        let mut combinations: Vec<Vec<Way>> = vec![Vec::new()];
        for &unit in members {
            let ways = ways(context.problem, unit);
            combinations = combinations
                .iter()
                .flat_map(|chosen| ways.iter().map(|way| [&chosen[..], &[*way]].concat()))
                .filter(|chosen| has_one_team(chosen))
                .collect();
        }
        for chosen in combinations {
            let direct = direct(sectors, context, item, chosen);
            sectors.model.direct.push(direct);
        }
    }
}

fn ways(problem: &Problem, unit: UnitId) -> Vec<Way> {
    let mut ways = Vec::new();
    for (index, option) in problem.units[unit].options.iter().enumerate() {
        if may_go_without_post(problem, unit, option) {
            ways.push((unit, index, None));
        }
        if may_be_held_by_team(problem, unit, option) {
            ways.extend(problem.teams.keys().map(|team| (unit, index, Some(team))));
        }
    }
    ways
}

fn has_one_team(chosen: &[Way]) -> bool {
    let mut teams = chosen.iter().filter_map(|(_, _, team)| *team);
    let first = teams.next();
    teams.all(|team| Some(team) == first)
}

fn direct(sectors: &mut Sectors, context: &Context<'_>, item: ItemId, chosen: Vec<Way>) -> Direct {
    let problem = context.problem;
    let mut terms = Terms::default();
    let mut uses: SmallVec<[(RowIndex, i64); 2]> = SmallVec::new();
    for &(unit, index, team) in &chosen {
        let option = &problem.units[unit].options[index];
        terms.coverage += option.value;
        let (preference, change) = match team {
            Some(team) => {
                let (ticks, metres) = team_travel(problem, team, unit);
                terms.travel -= travel_price(problem, ticks);
                use_row(
                    &mut uses,
                    Some(context.rows.team[usize::from(team)]),
                    option.ticks + ticks,
                );
                use_row(&mut uses, context.rows.metres, metres);
                (0, team_changes(problem, team, unit))
            }
            None => pair_terms(problem, None, unit),
        };
        terms.stability += preference - change_price(problem, change);
        use_row(&mut uses, context.rows.changes, i64::from(change));
        if option.modality == Modality::Reference {
            let bassin = problem.supervision_of(&problem.units[unit].bassin);
            let row = bassin.map(|bassin| context.rows.supervision[bassin]);
            use_row(&mut uses, row, 1);
        }
    }
    for (row, used) in context.floor_uses(&terms) {
        use_row(&mut uses, Some(row), used);
    }
    uses.sort_unstable();
    let profit = context.profit(&terms);
    let tag = sectors.add_meaning(Meaning::Direct(chosen));
    let items = SmallVec::from_slice(&[usize::from(item) as u32]);
    Direct { items, profit, uses, tag }
}

fn use_row(uses: &mut SmallVec<[(RowIndex, i64); 2]>, row: Option<RowIndex>, used: i64) {
    let Some(row) = row.filter(|_| used != 0) else { return };
    match uses.iter_mut().find(|(index, _)| *index == row) {
        Some((_, total)) => *total += used,
        None => uses.push((row, used)),
    }
}
