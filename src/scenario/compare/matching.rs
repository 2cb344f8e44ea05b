//! Which sector of one plan is which of another, as people see it.
//!
//! A post that keeps a residence is a person, known by its identifier. Posts that the solver
//! placed are interchangeable: their sectors are paired by the establishments that they share,
//! those that share most first. The pairing of two plans is the same in both orders.

use std::collections::{BTreeMap, BTreeSet};

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
    let mut shared: Vec<(Likeness, &str, &str)> = Vec::new();
    for (a, units) in ones.iter().filter(|(post, _)| !pairs.contains_key(**post)) {
        for (b, theirs) in others.iter().filter(|(post, _)| !pairs.contains_key(**post)) {
            shared.extend(likeness(units, theirs).map(|likeness| (likeness, *a, *b)));
        }
    }
    shared.sort();
    let mut taken: BTreeSet<&str> = BTreeSet::new();
    for (_, a, b) in shared {
        if !taken.contains(a) && !pairs.contains_key(b) {
            taken.insert(a);
            pairs.insert(b.to_owned(), a.to_owned());
        }
    }
    pairs
}

/// Sorts best first: most shared, fewest not shared, then the first shared unit, which no other
/// pair of sectors shares.
type Likeness<'a> = (usize, usize, (&'a str, u8));

fn likeness<'a>(one: &Units<'a>, other: &Units<'a>) -> Option<Likeness<'a>> {
    let mut shared = one.intersection(other);
    let first = *shared.next()?;
    let count = 1 + shared.count();
    Some((usize::MAX - count, one.len() + other.len() - 2 * count, first))
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
            None if ones.contains_key(post) => format!("{post} (nouveau)"),
            None => post.to_owned(),
        }
    };
    others.iter().map(|(post, units)| ((*post).to_owned(), name(post, units))).collect()
}
