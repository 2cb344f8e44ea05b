//! Sectors of at most two choices, one by one: exact, and far cheaper than a table, where a small
//! largest count (a REP+ network: two establishments) leaves room for no more.

use super::reduce::{Entry, Reduced};
use super::tilt::Sector;

/// Largest count that still means "at most two choices".
const FEW: u8 = 2;

/// Whether no sector of the pass holds more than two choices.
pub fn applies(reduced: &Reduced) -> bool {
    reduced.limit <= FEW && reduced.entries.iter().all(|entry| entry.count > 0)
}

/// Every feasible sector of the pass worth more than `threshold` (when a smaller limit than the
/// block's makes the pass: only those that hold a choice with that limit).
pub fn sectors(reduced: &Reduced, threshold: i64) -> Vec<Sector> {
    let mut found = Vec::new();
    let mut offer = |chosen: &[(usize, &Entry)]| {
        if let Some(value) = value(reduced, chosen).filter(|&value| value > threshold) {
            let choices = chosen.iter().map(|(_, entry)| entry.place).collect();
            found.push(Sector { value, choices });
        }
    };
    offer(&[]);
    for (at, first) in placed(reduced).filter(|(_, entry)| entry.limit == reduced.limit) {
        offer(&[(at, first)]);
        for (other, second) in placed(reduced) {
            let seen = second.limit == reduced.limit && other < at;
            if other != at && !seen {
                offer(&[(at, first), (other, second)]);
            }
        }
    }
    found
}

/// Entries with the place of their group.
fn placed(reduced: &Reduced) -> impl Iterator<Item = (usize, &Entry)> {
    let groups = reduced.groups.iter().enumerate();
    groups.flat_map(|(at, group)| {
        reduced.entries[group.start..group.end].iter().map(move |entry| (at, entry))
    })
}

/// Reduced profit of a sector, or `None` where it is not feasible.
fn value(reduced: &Reduced, chosen: &[(usize, &Entry)]) -> Option<i64> {
    let sum = |of: fn(&Entry) -> i64| chosen.iter().map(|(_, entry)| of(entry)).sum::<i64>();
    let ticks = sum(|entry| i64::from(entry.ticks));
    let within = (i64::from(reduced.minimum)..=i64::from(reduced.capacity)).contains(&ticks);
    let counted = sum(|entry| i64::from(entry.count)) <= i64::from(reduced.limit);
    let required = reduced.groups.iter().filter(|group| group.required).count();
    let served = chosen.iter().filter(|(at, _)| reduced.groups[*at].required).count();
    let cost = reduced.penalty.map_or(0, |penalty| penalty.cost(sum(|entry| entry.measure)));
    (within && counted && served == required)
        .then(|| reduced.base + sum(|entry| entry.value) - cost)
}
