//! A plan from the strengthened programme: decide the surest questions, solve again, and so on.
//!
//! One dive takes the seats first: with them settled, what is left is a problem of fixed posts, whose
//! relaxation is nearly whole. Another takes items that share a sector, wherever its seat. Where a step leads nowhere, its surest question is tried alone, then
//! answered with no, a few times.
//!
//! # Source
//!
//! Sadykov, Vanderbeck, Pessoa, Tahiri and Uchoa (2019), INFORMS Journal on Computing 31(2).

use super::super::search::Search;
use super::Candidates;
use super::agreement::near_incumbent;
use super::node::{Fate, Fractional, Open, Question};
use super::restricted::Restricted;
use super::strengthen::has_choice_of_seats;
use super::tree::Tree;

/// Times a dive may fail.
const FAILURES: u32 = 8;
/// Answers whose share is this are taken together; one dive after the other.
const SURE: [f64; 4] = [0.8, 0.6, 0.9, 0.7];

/// What a dive decides first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    /// Which seats are used.
    Seats,
    /// Which items share a sector, wherever its seat.
    Together,
}

/// Dives among candidates, in each style; `top` is known to bound them, `attempt` numbers the dives:
/// each takes another share for sure.
pub fn dive<'m>(
    search: &mut Search<'m>,
    known: &mut Restricted<'m>,
    candidates: Candidates,
    top: i64,
    attempt: usize,
) {
    let root = Open::root(known.take(candidates), top);
    let mut tree = Tree::new(search, known, i64::MIN / 2);
    if let Fate::Open(_, root) = tree.visit(&root) {
        tree.dive_in_each_style(&root, attempt);
        if !has_choice_of_seats(search.model) {
            near_incumbent(search, known, &root, top);
        }
    }
}

impl Tree<'_, '_> {
    /// Dives from a solution, twice where seats are to choose.
    pub fn dive_in_each_style(&mut self, from: &Fractional, attempt: usize) {
        let sure = SURE[attempt % SURE.len()];
        self.dive(from.clone(), Style::Seats, sure);
        if self.has_choice_of_seats {
            self.dive(from.clone(), Style::Together, sure);
        }
    }

    /// Dives from a solution; plans met become the incumbent.
    fn dive(&mut self, mut last: Fractional, style: Style, sure: f64) {
        let mut failures = 0;
        while !self.search.is_over() {
            let mut open: Vec<(Question, f64)> = self.open_questions(&last, style);
            open.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            let sure = open.iter().take_while(|(_, share)| *share >= sure).count().max(1);
            open.truncate(sure);
            let [first, ..] = &open[..] else { return };
            let alone = std::slice::from_ref(first);
            let mut next = None;
            for (questions, holds) in [(&open[..], true), (alone, true), (alone, false)] {
                let mut alive = last.alive.clone();
                for (question, _) in questions {
                    alive = self.child(&alive, *question, holds);
                }
                // Nothing would change any more.
                if alive.len() == last.alive.len() {
                    return;
                }
                match self.visit(&Open::dive(alive)) {
                    Fate::Open(_, solution) => next = Some(solution),
                    Fate::Closed | Fate::Left(_) => failures += 1,
                    Fate::Stopped => return,
                }
                if next.is_some() || failures > FAILURES {
                    break;
                }
            }
            match next {
                Some(solution) => last = solution,
                None => return,
            }
        }
    }

    /// What a style of dive asks: its own questions, then those that are left.
    fn open_questions(&self, last: &Fractional, style: Style) -> Vec<(Question, f64)> {
        let pair = |((item, server), share)| (Question::Pair(item, server), share);
        let seats: Vec<_> = last.fractions.open_seats().into_iter().map(pair).collect();
        if style == Style::Seats && !seats.is_empty() {
            return seats;
        }
        let together = self.open_together(&last.support);
        if together.is_empty() || !self.has_choice_of_seats {
            return last.fractions.open_pairs().map(pair).collect();
        }
        together
            .into_iter()
            .map(|(pair, share)| (Question::Together(pair.0, pair.1), share))
            .collect()
    }
}
