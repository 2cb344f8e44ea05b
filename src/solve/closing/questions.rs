//! Which question a node splits on: candidates of three kinds, tried on the linear programme.
//!
//! # Formulation
//!
//! Candidates are the pairs (item, server) that decide whether a seat is used, the pairs of items
//! that share a sector in part, and the pairs (item, server), those nearest to one half first. Each
//! is tried both ways on a copy of the programme ([`super::trial`]); the one whose two bounds fall furthest together
//! (their product) is taken. Seats in the same town are nearly worth the same, so that deciding one
//! of them says little: two items that go together, or do not, say more.
//!
//! # Source
//!
//! Ryan and Foster (1981), for two items together; Achterberg, Koch and Martin (2005), Operations
//! Research Letters 33(1), for trying candidates.

use std::collections::BTreeMap;

use super::super::fractions::INTEGRAL;
use super::super::sector_model::Item;
use super::node::{Fractional, Question};
use super::tree::Tree;

/// Candidates of each kind.
const CANDIDATES: usize = 6;
/// Times a question is tried before its past falls are believed.
const RELIABLE: u32 = 1;
/// Least fall of a bound that counts.
const LEAST: f64 = 1e-3;

/// How far the bound fell on each side (no, yes) when a question was tried.
#[derive(Debug, Clone, Copy, Default)]
pub struct Falls {
    sum: [f64; 2],
    times: u32,
}

impl Falls {
    fn score(&self, largest: f64) -> f64 {
        let times = f64::from(self.times.max(1));
        self.sum.iter().map(|sum| (sum / times).clamp(LEAST, largest)).product()
    }
}

impl Tree<'_, '_> {
    /// The question that makes both sides fall furthest.
    pub fn best_question(&mut self, at: &Fractional, forced: &[u32]) -> Option<Question> {
        let candidates = self.candidates(at, CANDIDATES);
        let unknown = |question: &&Question| {
            self.known.tried.get(question).is_none_or(|falls| falls.times < RELIABLE)
        };
        let unknown: Vec<Question> = candidates.iter().filter(unknown).copied().collect();
        // What a side loses beyond the cutoff says nothing more.
        let largest = (at.objective - self.cutoff() as f64).max(1.0);
        if !unknown.is_empty() && !self.search.must_stop() {
            let snapshot = self.known.snapshot(self.search.model, &at.alive, forced);
            let columns = &self.known.columns;
            let (objective, terminator) = (at.objective, self.search.terminator);
            for (question, trial) in
                unknown.iter().zip(snapshot.try_all(columns, &unknown, objective, terminator))
            {
                self.search.statistics.simplex_iterations += trial.iterations;
                let falls = self.known.tried.entry(*question).or_default();
                for (sum, told) in falls.sum.iter_mut().zip(trial.objectives) {
                    *sum += (objective - told).clamp(0.0, largest);
                }
                falls.times += 1;
            }
        }
        let mut best: Option<(f64, Question)> = None;
        for question in candidates {
            let falls = self.known.tried.get(&question).copied().unwrap_or_default();
            let score = falls.score(largest);
            if best.is_none_or(|best| score > best.0) {
                best = Some((score, question));
            }
        }
        best.map(|best| best.1)
    }

    fn candidates(&self, at: &Fractional, most: usize) -> Vec<Question> {
        let fractions = &at.fractions;
        let half = |share: f64| ((share - 0.5).abs() * 1e6).round() as i64;
        let mut seats: Vec<_> = fractions.open_seats();
        seats.sort_by_key(|(pair, share)| (half(*share), *pair));
        let seats = seats.into_iter().take(most).map(|it| Question::Pair(it.0.0, it.0.1));
        let mut pairs: Vec<_> = fractions.open_pairs().collect();
        pairs.sort_by_key(|(pair, share)| (half(*share), *pair));
        let pairs = pairs.into_iter().take(most).map(|it| Question::Pair(it.0.0, it.0.1));
        let mut together = self.open_together(&at.support);
        together.sort_by_key(|(pair, share)| (half(*share), *pair));
        let together = together.into_iter().take(most).map(|it| Question::Together(it.0.0, it.0.1));
        let mut all: Vec<Question> = Vec::new();
        for question in together.chain(seats).chain(pairs) {
            if !all.contains(&question) {
                all.push(question);
            }
        }
        all
    }

    /// Pairs of items that share a sector in part.
    pub fn open_together(&self, support: &[(u32, f64)]) -> Vec<((Item, Item), f64)> {
        let mut together: BTreeMap<(Item, Item), f64> = BTreeMap::new();
        for &(index, value) in support {
            let items = &self.known.columns.all[index as usize].items;
            for (at, &one) in items.iter().enumerate() {
                for &other in &items[at + 1..] {
                    *together.entry((one, other)).or_default() += value;
                }
            }
        }
        let open = |share: &f64| (INTEGRAL..1.0 - INTEGRAL).contains(share);
        together.into_iter().filter(|it| open(&it.1)).collect()
    }
}
