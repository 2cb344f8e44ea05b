//! The blocks: one pricing problem for each post (or kind of posts) at each seat.

use std::collections::BTreeMap;

use smallvec::SmallVec;

use crate::domain::Modality;
use crate::policy::eligibility::{may_serve, pair_terms, residence_to_serve};
use crate::policy::places::travel_ticks;
use crate::policy::scorecard::{
    RESERVE_STEP_TICKS, change_price, equity_weight, penalty, travel_price,
};
use crate::policy::{ObjectiveLevel, PostId, Problem, UnitId};

use super::profiles::{AllowedOptions, Cluster, Profile, clusters, profiles};
use super::{Context, Meaning, Sectors, Terms};
use crate::solve::sector_model::{Block, Choice, Class, Equity, Kind, RowIndex};

/// Profiles with their tags, by cluster and allowed options: most posts share them.
type ProfileCache = BTreeMap<(usize, AllowedOptions), Vec<(u32, Profile)>>;

/// Units of a cluster all of whose choices can be kept.
const FEW_UNITS: usize = 2;

/// Adds every kind with its blocks.
pub(super) fn add(sectors: &mut Sectors, context: &Context<'_>) {
    let clusters = clusters(context.problem);
    let kept = clusters.iter().filter(|cluster| keeps_all(context, cluster));
    sectors.complete = kept.flat_map(|cluster| cluster.units.iter().copied()).collect();
    let mut cache = ProfileCache::new();
    for kind in 0..sectors.kinds.len() {
        let count = sectors.kinds[kind].len() as u32;
        sectors.model.kinds.push(Kind { lower: count, upper: count });
        let post = sectors.kinds[kind][0];
        for &seat in &context.problem.posts[post].seats {
            add_seat(sectors, context, &clusters, &mut cache, (kind as u32, post, seat));
        }
        if !context.problem.posts[post].has_fixed_seat {
            let idle = block(context, kind as u32, post, Vec::new());
            sectors.model.blocks.push(idle);
            sectors.seats.push(None);
        }
    }
}

/// Whether even the choices of a cluster that others beat are wanted and few enough.
fn keeps_all(context: &Context<'_>, cluster: &Cluster) -> bool {
    context.every_choice && cluster.units.len() <= FEW_UNITS
}

fn add_seat(
    sectors: &mut Sectors,
    context: &Context<'_>,
    clusters: &[Cluster],
    cache: &mut ProfileCache,
    (kind, post, seat): (u32, PostId, UnitId),
) {
    let residence = residence_to_serve(context.problem, post, seat);
    let mut classes = Vec::new();
    for (index, cluster) in clusters.iter().enumerate() {
        let allowed = allowed_options(context.problem, cluster, post, seat);
        if allowed.is_empty() {
            continue;
        }
        let shared = cache.entry((index, allowed)).or_insert_with_key(|(_, allowed)| {
            profiles(context.problem, cluster, allowed, keeps_all(context, cluster))
                .into_iter()
                .map(|profile| (sectors.add_meaning(Meaning::Serve(profile.clone())), profile))
                .collect()
        });
        let required = cluster.units.iter().any(|unit| residence.contains(unit));
        let choices = shared
            .iter()
            .map(|(tag, profile)| choice(context, post, seat, &residence, *tag, profile))
            .filter(|choice| i64::from(choice.ticks) <= context.problem.posts[post].capacity)
            .collect();
        let choices = if keeps_all(context, cluster) {
            choices
        } else {
            undominated(choices, context.problem.posts[post].minimum > 0)
        };
        if required || !choices.is_empty() {
            classes.push(Class { choices, required });
        }
    }
    let seat_is_served = classes
        .iter()
        .all(|class| !class.required || class.choices.iter().any(|choice| choice.required));
    let residence_is_a_class = residence.is_empty() || classes.iter().any(|class| class.required);
    if seat_is_served && residence_is_a_class {
        classes.extend(reserve_class(sectors, context, post));
        let block = block(context, kind, post, classes);
        sectors.model.blocks.push(block);
        sectors.seats.push(Some(seat));
    }
}

fn allowed_options(
    problem: &Problem,
    cluster: &Cluster,
    post: PostId,
    seat: UnitId,
) -> AllowedOptions {
    let of_unit = |unit: UnitId| -> Vec<usize> {
        let options = problem.units[unit].options.iter().enumerate();
        options
            .filter(|(_, option)| option.modality.needs_post())
            .filter(|(_, option)| may_serve(problem, post, seat, unit, option).is_ok())
            .map(|(index, _)| index)
            .collect()
    };
    cluster
        .units
        .iter()
        .map(|unit| (*unit, of_unit(*unit)))
        .filter(|(_, options)| !options.is_empty())
        .collect()
}

fn choice(
    context: &Context<'_>,
    post: PostId,
    seat: UnitId,
    residence: &[UnitId],
    tag: u32,
    profile: &Profile,
) -> Choice {
    let problem = context.problem;
    let (mut travel, mut metres) = (0, 0);
    for &(place, trips) in &profile.trips {
        travel += travel_ticks(trips, problem.round_trip_minutes(seat, place));
        metres += trips * problem.round_trip_metres(seat, place);
    }
    let mut terms =
        Terms { coverage: profile.value, travel: -travel_price(problem, travel), stability: 0 };
    let (mut changes, mut measure, mut count, mut count_limit) = (0, 0, 0, u8::MAX);
    for &(unit, _) in &profile.services {
        let (preference, change) = pair_terms(problem, Some((post, seat)), unit);
        terms.stability += preference - change_price(problem, change);
        changes += i64::from(change);
        measure += problem.units[unit].measure;
        count += problem.units[unit].count;
        if problem.units[unit].is_rep_plus() {
            count_limit = problem.bareme.limites.rep_plus_etablissements_max;
        }
    }
    Choice {
        items: profile.items.iter().map(|item| usize::from(*item) as u32).collect(),
        ticks: (profile.ticks + travel) as u32,
        profit: context.profit(&terms),
        measure,
        count,
        count_limit,
        required: profile.services.iter().any(|(unit, option)| {
            residence.contains(unit)
                && problem.units[*unit].options[*option].modality != Modality::Pole
        }),
        uses: uses(context, changes, metres, &terms),
        tag,
    }
}

fn uses(
    context: &Context<'_>,
    changes: i64,
    metres: i64,
    terms: &Terms,
) -> SmallVec<[(RowIndex, i64); 2]> {
    let rows = context.rows;
    let changed = rows.changes.map(|row| (row, changes));
    let driven = rows.metres.map(|row| (row, metres));
    let mut uses: SmallVec<[(RowIndex, i64); 2]> = changed
        .into_iter()
        .chain(driven)
        .filter(|(_, used)| *used != 0)
        .chain(context.floor_uses(terms))
        .collect();
    uses.sort_unstable();
    uses
}

/// Drops choices that another of the same items beats in time, profit and every row; under a
/// smallest load, lighter is no better.
fn undominated(mut choices: Vec<Choice>, has_minimum: bool) -> Vec<Choice> {
    choices.sort_by(|a, b| {
        (&a.items, a.ticks, -a.profit, a.tag).cmp(&(&b.items, b.ticks, -b.profit, b.tag))
    });
    let mut kept: Vec<Choice> = Vec::with_capacity(choices.len());
    for choice in choices {
        let beaten =
            kept.iter().rev().take_while(|other| other.items == choice.items).any(|other| {
                other.profit >= choice.profit
                    && (!has_minimum || other.ticks == choice.ticks)
                    && other.required >= choice.required
                    && uses_no_more(other, &choice)
            });
        if !beaten {
            kept.push(choice);
        }
    }
    kept
}

fn uses_no_more(one: &Choice, other: &Choice) -> bool {
    let used = |choice: &Choice, row: RowIndex| {
        choice.uses.iter().find(|(index, _)| *index == row).map_or(0, |(_, used)| *used)
    };
    let mut rows = one.uses.iter().chain(&other.uses).map(|(row, _)| *row);
    rows.all(|row| used(one, row) <= used(other, row))
}

/// Time that a member of a pole team reserves for it (H12).
fn reserve_class(sectors: &mut Sectors, context: &Context<'_>, post: PostId) -> Option<Class> {
    let team = context.problem.posts[post].team?;
    let row = context.rows.team[usize::from(team)];
    let longest = context.problem.bareme.pole.reserve_max_minutes / 5;
    let most = longest.min(context.problem.posts[post].capacity) / RESERVE_STEP_TICKS;
    let choices = (1..=most)
        .map(|steps| {
            let ticks = steps * RESERVE_STEP_TICKS;
            Choice {
                items: SmallVec::new(),
                ticks: ticks as u32,
                profit: 0,
                measure: 0,
                count: 0,
                count_limit: u8::MAX,
                required: false,
                uses: SmallVec::from_slice(&[(row, -ticks)]),
                tag: sectors.add_meaning(Meaning::Reserve(ticks)),
            }
        })
        .collect();
    Some(Class { choices, required: false })
}

fn block(context: &Context<'_>, kind: u32, post: PostId, classes: Vec<Class>) -> Block {
    let problem = context.problem;
    let who = &problem.posts[post];
    let summed = context.objective.levels.contains(&ObjectiveLevel::Equite);
    let row = context.rows.floors.get(&ObjectiveLevel::Equite).copied();
    let unit_weight = equity_weight(problem);
    debug_assert_eq!(penalty(problem, post, who.target), 0);
    let equity = (unit_weight > 0 && (summed || row.is_some())).then_some(Equity {
        target: who.target,
        tolerance: who.tolerance,
        weight: if summed { unit_weight } else { 0 },
        row,
    });
    Block {
        kind,
        capacity: who.capacity as u32,
        minimum: who.minimum as u32,
        count_limit: who.max_establishments,
        profit: 0,
        uses: SmallVec::new(),
        equity,
        classes,
        tag: 0,
    }
}
