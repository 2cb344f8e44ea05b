//! Cuts on any odd number of rows, by elimination over parities.
//!
//! # Formulation
//!
//! A solution violates the cut on an odd set `C` of rows by
//!
//! ```text
//! (1 - sum of x_s over the columns that meet C oddly - sum of the slacks of its rows) / 2
//! ```
//!
//! so that what is sought is an odd set which nearly all columns meet evenly. Each row begins as a set
//! of its own, with the fractional columns that meet it. The columns are eliminated in turn, those of
//! large shares first: one of the sets that a column meets oddly is added (modulo two) to all others
//! that it does, and leaves. After each step the odd sets whose columns weigh less than one are cuts.
//!
//! # Source
//!
//! Caprara and Fischetti (1996), {0, 1/2}-Chvatal-Gomory cuts, Mathematical Programming 74; Koster,
//! Zymolka and Kutschka (2009), Algorithms to separate {0, 1/2}-Chvatal-Gomory cuts, Algorithmica 55.

use std::collections::BTreeMap;

use super::super::fractions::INTEGRAL;
use super::cuts::{Cut, Share, VIOLATED};

/// Rows of one cut at least: those on three are all listed elsewhere.
const SHORTEST: usize = 5;
/// Rows of one cut at most: longer ones slow the programme down more than they tell.
const LONGEST: usize = 15;

/// A set of places, one bit each.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Bits(Vec<u64>);

impl Bits {
    fn none(size: usize) -> Self {
        Self(vec![0; size.div_ceil(64)])
    }

    fn insert(&mut self, place: usize) {
        self.0[place / 64] |= 1 << (place % 64);
    }

    fn contains(&self, place: usize) -> bool {
        self.0[place / 64] >> (place % 64) & 1 == 1
    }

    /// Symmetric difference.
    fn add(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word ^= other);
    }

    fn count(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().enumerate().flat_map(|(at, &word)| {
            std::iter::successors(Some(word), |left| Some(left & left.wrapping_sub(1)))
                .take_while(|left| *left != 0)
                .map(move |left| 64 * at + left.trailing_zeros() as usize)
        })
    }
}

/// Rows added up modulo two.
#[derive(Debug, Clone)]
struct Sum {
    rows: Bits,
    /// Columns that meet them oddly.
    columns: Bits,
}

/// The fractional part of a solution.
struct Parities {
    /// Shares of the columns.
    values: Vec<f64>,
    /// Row of the packing by place.
    rows: Vec<u32>,
    /// What each of these rows lacks to one.
    slacks: Vec<f64>,
    /// Each row alone.
    start: Vec<Sum>,
}

/// Violated cuts with their violations, in no particular order.
pub fn separate(size: usize, shares: &[Share]) -> Vec<(f64, Cut)> {
    let parities = Parities::new(size, shares);
    let mut found = BTreeMap::new();
    let mut order: Vec<usize> = (0..parities.values.len()).collect();
    order.sort_by(|a, b| parities.values[*b].total_cmp(&parities.values[*a]).then(a.cmp(b)));
    parities.eliminate(&order, &mut found);
    order.reverse();
    parities.eliminate(&order, &mut found);
    found.into_iter().map(|(cut, violation)| (violation, cut)).collect()
}

impl Parities {
    /// The columns that are used in part, and the rows that they alone meet.
    fn new(size: usize, shares: &[Share]) -> Self {
        let mut cover = vec![0.0; size];
        let mut is_settled = vec![false; size];
        for share in shares {
            for &row in &share.rows {
                cover[row as usize] += share.value;
                is_settled[row as usize] |= share.value > 1.0 - INTEGRAL;
            }
        }
        let fractional: Vec<&Share> =
            shares.iter().filter(|share| share.value < 1.0 - INTEGRAL).collect();
        let is_open = |row: &u32| !is_settled[*row as usize] && cover[*row as usize] > INTEGRAL;
        let rows: Vec<u32> = (0..size as u32).filter(is_open).collect();
        let mut start: Vec<Sum> = (0..rows.len())
            .map(|place| {
                let mut alone = Bits::none(rows.len());
                alone.insert(place);
                Sum { rows: alone, columns: Bits::none(fractional.len()) }
            })
            .collect();
        for (column, share) in fractional.iter().enumerate() {
            for row in &share.rows {
                if let Ok(place) = rows.binary_search(row) {
                    start[place].columns.insert(column);
                }
            }
        }
        let slacks = rows.iter().map(|&row| (1.0 - cover[row as usize]).max(0.0)).collect();
        let values = fractional.iter().map(|share| share.value).collect();
        Self { values, rows, slacks, start }
    }

    /// What keeps a sum from being violated by one half.
    fn weight(&self, sum: &Sum) -> f64 {
        let columns: f64 = sum.columns.iter().map(|column| self.values[column]).sum();
        let slacks: f64 = sum.rows.iter().map(|row| self.slacks[row]).sum();
        columns + slacks
    }

    /// Eliminates the columns in this order; takes the cuts met.
    fn eliminate(&self, order: &[usize], found: &mut BTreeMap<Cut, f64>) {
        let mut sums = self.start.clone();
        for &column in order {
            let pivot = (0..sums.len())
                .filter(|&at| sums[at].columns.contains(column))
                .min_by_key(|&at| (sums[at].rows.count(), sums[at].columns.count(), at));
            let Some(pivot) = pivot else { continue };
            let pivot = sums.swap_remove(pivot);
            for sum in sums.iter_mut().filter(|sum| sum.columns.contains(column)) {
                sum.columns.add(&pivot.columns);
                sum.rows.add(&pivot.rows);
                let length = sum.rows.count();
                if length % 2 == 1 && (SHORTEST..=LONGEST).contains(&length) {
                    let violation = (1.0 - self.weight(sum)) / 2.0;
                    if violation > VIOLATED {
                        let cut = sum.rows.iter().map(|place| self.rows[place]).collect();
                        let _ = found.insert(cut, violation);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use smallvec::SmallVec;

    use super::*;

    fn share(rows: &[u32], value: f64) -> Share {
        Share { rows: SmallVec::from_slice(rows), value }
    }

    /// Five columns around a cycle of five rows, half of each.
    #[test]
    fn an_odd_cycle_is_cut_whole() {
        let cycle = [[0, 1], [1, 2], [2, 3], [3, 4], [0, 4]].map(|rows| share(&rows, 0.5));
        let found = separate(5, &cycle);
        assert!(found.contains(&(0.5, Cut::from_slice(&[0, 1, 2, 3, 4]))), "{found:?}");
    }

    #[test]
    fn an_even_cycle_and_whole_columns_are_not_cut() {
        let cycle = [[0, 1], [1, 2], [2, 3], [0, 3]].map(|rows| share(&rows, 0.5));
        assert_eq!(separate(4, &cycle), []);
        assert_eq!(separate(4, &[share(&[0, 1], 1.0), share(&[2, 3], 1.0)]), []);
    }

    /// The violation is that of the cut as it is written: columns by half of the rows that they meet.
    #[test]
    fn what_is_found_is_violated_by_what_is_told() {
        let shares = [
            share(&[0, 1], 0.25),
            share(&[0, 1, 5], 0.25),
            share(&[1, 2], 0.5),
            share(&[2, 3], 0.4),
            share(&[3, 4], 0.5),
            share(&[0, 4], 0.5),
            share(&[5], 0.75),
        ];
        let found = separate(6, &shares);
        assert!(!found.is_empty());
        for (violation, cut) in found {
            let met = |share: &Share| share.rows.iter().filter(|row| cut.contains(row)).count();
            let sum: f64 = shares.iter().map(|it| (met(it) / 2) as f64 * it.value).sum();
            assert!((sum - (cut.len() / 2) as f64 - violation).abs() < 1e-9, "{cut:?}");
        }
    }
}
