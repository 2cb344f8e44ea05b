//! Sectors of at most two choices, one by one: exact, and far cheaper than a table, where a small
//! largest count (a REP+ network: two establishments) leaves room for no more.
//!
//! Choices are met by falling reduced profit, so that a pair that can no longer be worth more than
//! what is known ends the row: equity only ever takes away.

use std::cmp::Reverse;

use super::super::safe_bound::NO_SECTOR;
use super::reduce::{Entry, Reduced};
use super::tilt::Sector;

/// Largest count that still means "at most two choices".
const FEW: u8 = 2;

/// An entry with the place of its group.
type Placed<'a> = (usize, &'a Entry);

/// Whether no sector of the pass holds more than two choices.
pub fn applies(reduced: &Reduced) -> bool {
    reduced.limit <= FEW && reduced.entries.iter().all(|entry| entry.count > 0)
}

/// Every feasible sector of the pass worth more than `threshold` (when a smaller limit than the
/// block's makes the pass: only those that hold a choice with that limit).
pub fn sectors(reduced: &Reduced, threshold: i64) -> Vec<Sector> {
    let mut found = Vec::new();
    visit(reduced, threshold, |value, chosen| {
        found.push(sector(value, chosen));
        threshold
    });
    found
}

/// The best of these sectors.
pub fn best(reduced: &Reduced) -> Option<Sector> {
    let mut best = None;
    visit(reduced, NO_SECTOR, |value, chosen| {
        best = Some(sector(value, chosen));
        value
    });
    best
}

fn sector(value: i64, chosen: &[Placed<'_>]) -> Sector {
    Sector { value, choices: chosen.iter().map(|(_, entry)| entry.place).collect() }
}

/// Offers every feasible sector worth more than the threshold; `offer` gives the next threshold.
fn visit(reduced: &Reduced, mut threshold: i64, mut offer: impl FnMut(i64, &[Placed<'_>]) -> i64) {
    let mut try_out = |threshold: &mut i64, chosen: &[Placed<'_>]| {
        if let Some(value) = value(reduced, chosen).filter(|value| value > threshold) {
            *threshold = offer(value, chosen);
        }
    };
    let ranked = ranked(reduced);
    try_out(&mut threshold, &[]);
    for &first in ranked.iter().filter(|(_, entry)| entry.limit == reduced.limit) {
        try_out(&mut threshold, &[first]);
        for &second in &ranked {
            if reduced.base + first.1.value + second.1.value <= threshold {
                break;
            }
            let seen = second.1.limit == reduced.limit && second.0 < first.0;
            if second.0 != first.0 && !seen {
                try_out(&mut threshold, &[first, second]);
            }
        }
    }
}

/// Entries by falling reduced profit.
fn ranked(reduced: &Reduced) -> Vec<Placed<'_>> {
    let groups = reduced.groups.iter().enumerate();
    let mut ranked: Vec<Placed<'_>> = groups
        .flat_map(|(at, group)| {
            reduced.entries[group.start..group.end].iter().map(move |entry| (at, entry))
        })
        .collect();
    ranked.sort_by_key(|(_, entry)| (Reverse(entry.value), entry.place));
    ranked
}

/// Reduced profit of a sector, or `None` where it is not feasible.
fn value(reduced: &Reduced, chosen: &[Placed<'_>]) -> Option<i64> {
    let sum = |of: fn(&Entry) -> i64| chosen.iter().map(|(_, entry)| of(entry)).sum::<i64>();
    let ticks = sum(|entry| i64::from(entry.ticks));
    let within = (i64::from(reduced.minimum)..=i64::from(reduced.capacity)).contains(&ticks);
    let counted = sum(|entry| i64::from(entry.count)) <= i64::from(reduced.limit);
    let served = chosen.iter().filter(|(at, _)| reduced.groups[*at].required).count();
    let cost = reduced.penalty.map_or(0, |penalty| penalty.cost(sum(|entry| entry.measure)));
    (within && counted && served == reduced.required)
        .then(|| reduced.base + sum(|entry| entry.value) - cost)
}
