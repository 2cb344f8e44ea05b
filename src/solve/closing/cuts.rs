//! Cuts on an odd number of rows of the packing: half their sum, rounded down.
//!
//! # Formulation
//!
//! For an odd set `C` of rows `sum x <= 1` (items, or kinds of one post),
//! `sum_s floor(rows of C met by s / 2) x_s <= (|C| - 1) / 2`. On three rows: of the columns that meet
//! two of them, one at most. The relaxation is full of odd cycles of sectors that overlap two by two;
//! these cuts remove most of them. They would complicate pricing, but columns that are listed are
//! priced by looking at them. Those on three rows are all found here, longer ones in
//! [`super::parity`].
//!
//! # Source
//!
//! Jepsen, Petersen, Spoorendonk and Pisinger (2008), Operations Research 56(2) (subset-row
//! inequalities); Baldacci, Mingozzi and Roberti (2011), Operations Research 59(5), and Pecin,
//! Pessoa, Poggi and Uchoa (2017) for separating them over listed columns.

use std::collections::BTreeSet;

use smallvec::SmallVec;

use super::super::heuristics::local_search::posts;
use super::super::sector_model::SectorModel;
use super::listed::Columns;
use super::parity;

/// An odd number of rows of the packing, increasing.
pub type Cut = SmallVec<[u32; 5]>;

/// Violation under which a cut is not worth a row.
pub const VIOLATED: f64 = 0.02;
/// Cuts of one round.
const ROUND: usize = 80;
/// Cuts of one round that meet one row.
const PER_ROW: u32 = 8;

/// A column's share in a solution, with the rows of the packing that it meets.
pub struct Share {
    /// Rows met.
    pub rows: SmallVec<[u32; 10]>,
    /// The share.
    pub value: f64,
}

/// Items a post up to which longer cuts are sought: a longer sector meets many of their rows, and
/// listing pays for them one by one.
const SHORT: u64 = 8;

/// Whether sectors are short enough, in the mean, for cuts on more than three rows.
pub fn has_short_sectors(model: &SectorModel) -> bool {
    u64::from(model.items) <= SHORT * posts(model)
}

/// What a cut's columns sum to at most.
pub fn limit(cut: &Cut) -> u32 {
    cut.len() as u32 / 2
}

/// Cuts that `support` (column, value) violates, the deepest first.
pub fn separate(columns: &Columns<'_>, support: &[(u32, f64)]) -> Vec<Cut> {
    let shares: Vec<Share> = support
        .iter()
        .map(|&(index, value)| Share {
            rows: columns.packing_rows(&columns.all[index as usize]).collect(),
            value,
        })
        .collect();
    let mut found = on_three_rows(columns.packing_size(), &shares);
    if has_short_sectors(columns.model) {
        found.extend(parity::separate(columns.packing_size(), &shares));
    }
    // How far a cut lies from the solution, nearly: its violation for the length of its row.
    let mut ranked: Vec<(i64, Cut)> = found
        .into_iter()
        .map(|(violation, cut)| (-(violation * 1e6 / (cut.len() as f64).sqrt()) as i64, cut))
        .collect();
    ranked.sort_unstable();
    ranked.dedup();
    spread(columns, ranked)
}

/// Every violated cut on three rows, with its violation.
fn on_three_rows(size: usize, shares: &[Share]) -> Vec<(f64, Cut)> {
    let mut together = vec![0.0f64; size * size];
    let mut near = vec![BTreeSet::new(); size];
    for share in shares {
        for &a in &share.rows {
            for &b in share.rows.iter().filter(|b| **b != a) {
                together[a as usize * size + b as usize] += share.value;
                near[a as usize].insert(b);
            }
        }
    }
    let weight = |a: u32, b: u32| together[a as usize * size + b as usize];
    let mut found = Vec::new();
    for a in 0..size as u32 {
        for &b in near[a as usize].iter().filter(|b| **b > a) {
            let both: BTreeSet<u32> = &near[a as usize] | &near[b as usize];
            for &c in both.iter().filter(|c| **c != a && **c != b) {
                let pairs = weight(a, b) + weight(a, c) + weight(b, c);
                // Each triple with two linked pairs is met several times; its first two are enough.
                let linked_later = c < b && near[c as usize].contains(&a);
                if pairs > 1.0 + VIOLATED && !linked_later && !(c < a && weight(b, c) > 0.0) {
                    let cut = sorted(a, b, c);
                    let all: f64 = shares
                        .iter()
                        .filter(|share| cut.iter().all(|row| share.rows.contains(row)))
                        .map(|share| share.value)
                        .sum();
                    let violation = pairs - 2.0 * all - 1.0;
                    if violation > VIOLATED {
                        found.push((violation, cut));
                    }
                }
            }
        }
    }
    found
}

fn sorted(a: u32, b: u32, c: u32) -> Cut {
    let mut cut = Cut::from_slice(&[a, b, c]);
    cut.sort_unstable();
    cut
}

/// The deepest ones, few of them on any one row, none known.
fn spread(columns: &Columns<'_>, found: Vec<(i64, Cut)>) -> Vec<Cut> {
    let known: BTreeSet<&Cut> = columns.cuts.iter().collect();
    let mut times = vec![0; columns.packing_size()];
    let mut kept = Vec::new();
    for (_, cut) in found {
        let crowded = cut.iter().any(|row| times[*row as usize] >= PER_ROW);
        if !crowded && !known.contains(&cut) && kept.len() < ROUND {
            cut.iter().for_each(|row| times[*row as usize] += 1);
            kept.push(cut);
        }
    }
    kept
}
