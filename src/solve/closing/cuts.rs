//! Cuts on three rows of the packing: of the columns that meet two of them, one at most.
//!
//! # Formulation
//!
//! For three rows `sum x <= 1` (items, or kinds of one post), half their sum rounded down is
//! `sum_s floor(rows met by s / 2) x_s <= 1`. The relaxation is full of odd cycles of sectors that
//! overlap two by two; these cuts remove most of them. They would complicate pricing, but columns
//! that are listed are priced by looking at them.
//!
//! # Source
//!
//! Jepsen, Petersen, Spoorendonk and Pisinger (2008), Operations Research 56(2) (subset-row
//! inequalities); Baldacci, Mingozzi and Roberti (2011), Operations Research 59(5), and Pecin,
//! Pessoa, Poggi and Uchoa (2017) for separating them over listed columns.

use std::collections::BTreeSet;

use super::listed::Columns;

/// Three rows of the packing, increasing.
pub type Cut = [u32; 3];

/// Violation under which a cut is not worth a row.
const VIOLATED: f64 = 0.02;
/// Cuts of one round.
const ROUND: usize = 80;
/// Cuts of one round that meet one row.
const PER_ROW: u32 = 8;

/// Cuts that `support` (column, value) violates, most violated first.
pub fn separate(columns: &Columns<'_>, support: &[(u32, f64)]) -> Vec<Cut> {
    let size = columns.packing_size();
    let rows: Vec<(Vec<u32>, f64)> = support
        .iter()
        .map(|&(index, value)| {
            (columns.packing_rows(&columns.all[index as usize]).collect(), value)
        })
        .collect();
    let mut together = vec![0.0f64; size * size];
    let mut near = vec![BTreeSet::new(); size];
    for (rows, value) in &rows {
        for &a in rows {
            for &b in rows.iter().filter(|b| **b != a) {
                together[a as usize * size + b as usize] += value;
                near[a as usize].insert(b);
            }
        }
    }
    let weight = |a: u32, b: u32| together[a as usize * size + b as usize];
    let mut found: Vec<(i64, Cut)> = Vec::new();
    for a in 0..size as u32 {
        for &b in near[a as usize].iter().filter(|b| **b > a) {
            let both: BTreeSet<u32> = &near[a as usize] | &near[b as usize];
            for &c in both.iter().filter(|c| **c != a && **c != b) {
                let cut = sorted(a, b, c);
                let pairs = weight(a, b) + weight(a, c) + weight(b, c);
                // Each triple with two linked pairs is met several times; its first two are enough.
                let linked_later = c < b && near[c as usize].contains(&a);
                if pairs > 1.0 + VIOLATED && !linked_later && !(c < a && weight(b, c) > 0.0) {
                    let all: f64 = rows
                        .iter()
                        .filter(|(rows, _)| cut.iter().all(|row| rows.contains(row)))
                        .map(|(_, value)| value)
                        .sum();
                    let violation = pairs - 2.0 * all - 1.0;
                    if violation > VIOLATED {
                        found.push(((-violation * 1e6) as i64, cut));
                    }
                }
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    spread(columns, found)
}

fn sorted(a: u32, b: u32, c: u32) -> Cut {
    let mut cut = [a, b, c];
    cut.sort_unstable();
    cut
}

/// The most violated ones, few of them on any one row, none known.
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
