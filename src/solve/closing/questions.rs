//! Which question a node splits on: candidates of three kinds, tried on the linear programme.
//!
//! # Formulation
//!
//! Candidates are the pairs (item, server) that decide whether a seat is used, the pairs of items
//! that share a sector in part, and the pairs (item, server), those nearest to one half first. Each
//! is tried both ways on the programme as it stands; the one whose two bounds fall furthest together
//! (their product) is taken. Seats in the same town are nearly worth the same, so that deciding one
//! of them says little: two items that go together, or do not, say more.
//!
//! # Source
//!
//! Ryan and Foster (1981), for two items together; Achterberg, Koch and Martin (2005), Operations
//! Research Letters 33(1), for trying candidates.

use std::collections::BTreeMap;

use super::super::backend::{Simplex, Status};
use super::super::fractions::INTEGRAL;
use super::super::sector_model::Item;
use super::node::{Fractional, Question};
use super::tree::Tree;

/// Candidates of each kind.
const CANDIDATES: usize = 6;
/// Times a question is tried before its past falls are believed.
const RELIABLE: u32 = 1;
/// Iterations of a trial: far fewer leave too little said.
const ITERATIONS: u32 = 400;
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
        let largest = (at.objective - self.cutoff() as f64).max(1.0);
        let mut best: Option<(f64, Question)> = None;
        for question in candidates {
            let mut falls = self.tried.get(&question).copied().unwrap_or_default();
            if falls.times < RELIABLE && !self.search.must_stop() {
                for (sum, holds) in falls.sum.iter_mut().zip([false, true]) {
                    *sum += self.fall(at, forced, question, holds);
                }
                falls.times += 1;
                let _ = self.tried.insert(question, falls);
            }
            let score = falls.score(largest);
            if best.is_none_or(|best| score > best.0) {
                best = Some((score, question));
            }
        }
        best.map(|best| best.1)
    }

    /// How far the programme falls where the answer is `holds`, as far as a few iterations tell.
    fn fall(&mut self, at: &Fractional, forced: &[u32], question: Question, holds: bool) -> f64 {
        let alive = self.child(&at.alive, question, holds);
        self.known.restrict(&alive, forced);
        self.known.simplex = Simplex::Dual;
        let solution = self.known.programme.try_solve(ITERATIONS, self.search.terminator);
        self.search.statistics.simplex_iterations += solution.iterations;
        match solution.status {
            Status::Optimal | Status::Stopped => (at.objective - solution.objective).max(0.0),
            Status::Infeasible | Status::Failed => 0.0,
        }
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
