//! The blocks: one pricing problem for each post (or kind of posts) at each seat.

use std::collections::HashMap;

use rayon::prelude::*;
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

/// Units of a cluster all of whose choices can be kept.
const FEW_UNITS: usize = 2;

/// Seats of a post whose blocks are built side by side.
const AT_ONCE: usize = 512;

/// Profiles with their tags; most posts share those of a cluster with the same allowed options.
#[derive(Default)]
struct Profiles {
    known: Vec<Vec<(u32, Profile)>>,
    places: HashMap<(usize, AllowedOptions), usize>,
}

/// Who is where: one block.
#[derive(Clone, Copy)]
struct Seat {
    kind: u32,
    post: PostId,
    /// `None` for a post placed nowhere.
    at: Option<UnitId>,
}

/// Adds every kind with its blocks.
pub(super) fn add(sectors: &mut Sectors, context: &Context<'_>) {
    let clusters = clusters(context.problem);
    let kept = clusters.iter().filter(|cluster| keeps_all(context, cluster));
    sectors.complete = kept.flat_map(|cluster| cluster.units.iter().copied()).collect();
    let mut seats = Vec::new();
    for (kind, posts) in (0..).zip(&sectors.kinds) {
        let count = posts.len() as u32;
        sectors.model.kinds.push(Kind { lower: count, upper: count });
        let post = posts[0];
        let who = &context.problem.posts[post];
        seats.extend(who.seats.iter().map(|&seat| Seat { kind, post, at: Some(seat) }));
        if !who.has_fixed_seat {
            seats.push(Seat { kind, post, at: None });
        }
    }
    let mut shared = Profiles::default();
    for seats in seats.chunks(AT_ONCE) {
        add_seats(sectors, context, &clusters, &mut shared, seats);
    }
}

/// Whether even the choices of a cluster that others beat are wanted and few enough.
fn keeps_all(context: &Context<'_>, cluster: &Cluster) -> bool {
    context.every_choice && cluster.units.len() <= FEW_UNITS
}

/// Adds the blocks of some seats: all but the tags, which are numbered in order, side by side.
fn add_seats(
    sectors: &mut Sectors,
    context: &Context<'_>,
    clusters: &[Cluster],
    shared: &mut Profiles,
    seats: &[Seat],
) {
    let allowed: Vec<Vec<(usize, AllowedOptions)>> =
        seats.par_iter().map(|seat| allowed_clusters(context, clusters, seat)).collect();
    let of_seats: Vec<Vec<(usize, usize)>> = allowed
        .into_iter()
        .map(|of_seat| {
            let place = |(cluster, allowed)| {
                (cluster, shared.place(sectors, context, clusters, (cluster, allowed)))
            };
            of_seat.into_iter().map(place).collect()
        })
        .collect();
    let classes: Vec<Option<Vec<Class>>> = seats
        .par_iter()
        .zip(&of_seats)
        .map(|(seat, of_seat)| classes(context, clusters, shared, seat, of_seat))
        .collect();
    for (seat, classes) in seats.iter().zip(classes) {
        let Some(mut classes) = classes else { continue };
        if seat.at.is_some() {
            classes.extend(reserve_class(sectors, context, seat.post));
        }
        sectors.model.blocks.push(block(context, seat.kind, seat.post, classes));
        sectors.seats.push(seat.at);
    }
}

impl Profiles {
    /// Where the profiles of a cluster under its allowed options are.
    fn place(
        &mut self,
        sectors: &mut Sectors,
        context: &Context<'_>,
        clusters: &[Cluster],
        key: (usize, AllowedOptions),
    ) -> usize {
        if let Some(place) = self.places.get(&key) {
            return *place;
        }
        let cluster = &clusters[key.0];
        let tagged = profiles(context.problem, cluster, &key.1, keeps_all(context, cluster))
            .into_iter()
            .map(|profile| (sectors.add_meaning(Meaning::Serve(profile.clone())), profile))
            .collect();
        self.known.push(tagged);
        let place = self.known.len() - 1;
        let _ = self.places.insert(key, place);
        place
    }
}

/// Clusters that the post may serve from its seat, with the options that it may use.
fn allowed_clusters(
    context: &Context<'_>,
    clusters: &[Cluster],
    seat: &Seat,
) -> Vec<(usize, AllowedOptions)> {
    let Some(at) = seat.at else { return Vec::new() };
    let allowed = |cluster| allowed_options(context.problem, cluster, seat.post, at);
    let allowed = (0..).zip(clusters.iter().map(allowed));
    allowed.filter(|(_, options)| !options.is_empty()).collect()
}

/// The classes of a block; `None` where its post may not have this seat.
fn classes(
    context: &Context<'_>,
    clusters: &[Cluster],
    shared: &Profiles,
    seat: &Seat,
    of_seat: &[(usize, usize)],
) -> Option<Vec<Class>> {
    let Some(at) = seat.at else { return Some(Vec::new()) };
    let residence = residence_to_serve(context.problem, seat.post, at);
    let who = &context.problem.posts[seat.post];
    let mut classes = Vec::new();
    for &(index, place) in of_seat {
        let cluster = &clusters[index];
        let terms =
            |unit: &UnitId| (*unit, pair_terms(context.problem, Some((seat.post, at)), *unit));
        let pairs: Pairs = cluster.units.iter().map(terms).collect();
        let required = cluster.units.iter().any(|unit| residence.contains(unit));
        let choices = shared.known[place]
            .iter()
            .map(|(tag, profile)| choice(context, at, &residence, &pairs, *tag, profile))
            .filter(|choice| i64::from(choice.ticks) <= who.capacity)
            .collect();
        let choices = if keeps_all(context, cluster) {
            choices
        } else {
            undominated(choices, who.minimum > 0)
        };
        if required || !choices.is_empty() {
            classes.push(Class { choices, required });
        }
    }
    let seat_is_served = classes
        .iter()
        .all(|class| !class.required || class.choices.iter().any(|choice| choice.required));
    let residence_is_a_class = residence.is_empty() || classes.iter().any(|class| class.required);
    (seat_is_served && residence_is_a_class).then_some(classes)
}

/// Preference and change of hands, by unit of a cluster.
type Pairs = SmallVec<[(UnitId, (i64, bool)); 4]>;

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
    seat: UnitId,
    residence: &[UnitId],
    pairs: &Pairs,
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
        let known = pairs.iter().find(|pair| pair.0 == unit);
        let (preference, change) = known.expect("a profile serves units of its cluster").1;
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
