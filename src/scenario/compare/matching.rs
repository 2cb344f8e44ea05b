//! Which sector of one plan is which of another, as people see it.
//!
//! A post that keeps a residence is a person, known by its identifier. Posts that the solver
//! placed are interchangeable: their sectors are paired so that as many establishments as can be
//! keep their sector (an optimal assignment, by the Hungarian method), then so that those paired
//! differ least. The pairing of two plans is the same in both orders.

use std::collections::{BTreeMap, BTreeSet};

use pathfinding::kuhn_munkres::kuhn_munkres;
use pathfinding::matrix::Matrix;

use super::side::Side;

/// Sectors of two plans that are one for people: posts of the first by post of the second.
pub type Pairing = BTreeMap<String, String>;

type Units<'a> = BTreeSet<(&'a str, u8)>;

/// Pairs the sectors of `one` with those of `other`; keys are posts of `other`.
#[must_use]
pub fn pair(one: &Side, other: &Side) -> Pairing {
    let (ones, others) = (one.sectors(), other.sectors());
    let mut pairs = Pairing::new();
    for post in ones.keys().filter(|post| others.contains_key(*post)) {
        if !(one.is_placed(post) && other.is_placed(post)) {
            pairs.insert((*post).to_owned(), (*post).to_owned());
        }
    }
    let (ones, others) = (free(ones, &pairs), free(others, &pairs));
    let best = assignment(&ones, &others);
    pairs.extend(best.into_iter().map(|(a, b)| (others[b].0.to_owned(), ones[a].0.to_owned())));
    pairs
}

/// Sectors that no name pairs.
fn free<'a>(sectors: BTreeMap<&'a str, Units<'a>>, pairs: &Pairing) -> Vec<(&'a str, Units<'a>)> {
    sectors.into_iter().filter(|(post, _)| !pairs.contains_key(*post)).collect()
}

/// The best assignment, as indexes into both; sectors that share nothing are not paired.
fn assignment(ones: &[(&str, Units)], others: &[(&str, Units)]) -> Vec<(usize, usize)> {
    if ones.len() > others.len() {
        return assignment(others, ones).into_iter().map(|(b, a)| (a, b)).collect();
    }
    if ones.is_empty() {
        return Vec::new();
    }
    let units = ones.iter().chain(others).map(|(_, units)| units.len() as i128).sum::<i128>();
    let weight = |(a, b): (usize, usize)| likeness(&ones[a].1, &others[b].1, units + 1);
    let weights = Matrix::from_fn(ones.len(), others.len(), weight);
    let (_, best) = kuhn_munkres(&weights);
    best.into_iter().enumerate().filter(|pair| weights[*pair] > 0).collect()
}

/// Many shared first, then few that are not; among equals, the establishments shared decide, so
/// that the order of the plans does not. `scale` is above what all sectors hold.
fn likeness(one: &Units, other: &Units, scale: i128) -> i128 {
    /// Above the sum of the marks of the establishments of any departement.
    const MARKS: i128 = 1 << 48;
    let shared: Vec<_> = one.intersection(other).collect();
    let count = shared.len() as i128;
    let apart = (one.len() + other.len()) as i128 - 2 * count;
    let marks: i128 = shared.into_iter().map(mark).sum();
    if count == 0 { 0 } else { (count * scale - apart) * MARKS + marks }
}

/// A number below 2^32 of an establishment (FNV-1a), so that no two sets of them weigh the same
/// but by a chance in a billion.
fn mark((code, part): &(&str, u8)) -> i128 {
    let bytes = code.bytes().chain([*part]);
    let hash = bytes
        .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    hash.into()
}

/// The name of each post of `other` for readers of `one`: a sector keeps its name when it keeps
/// at least half of its establishments.
#[must_use]
pub fn names(one: &Side, other: &Side, pairs: &Pairing) -> BTreeMap<String, String> {
    let (ones, others) = (one.sectors(), other.sectors());
    let name = |post: &str, units: &Units| {
        let kept = pairs.get(post).filter(|old| {
            let before = &ones[old.as_str()];
            *old == post && !other.is_placed(post)
                || 2 * before.intersection(units).count() >= before.len()
        });
        match kept {
            Some(old) => old.clone(),
            None if ones.contains_key(post) => format!("nouveau secteur ({post})"),
            None => post.to_owned(),
        }
    };
    others.iter().map(|(post, units)| ((*post).to_owned(), name(post, units))).collect()
}
