//! Which seats to take: a dive over listed columns that decides nothing but seats.
//!
//! With the seats settled, what is left is a problem of fixed posts, whose relaxation is nearly
//! whole: the seats are most of what makes posts to place hard.

use super::super::fractions::Fractions;
use super::super::search::Search;
use super::Candidates;
use super::listed::Columns;
use super::node::{Fate, Fractional, Open, Question};
use super::tree::Tree;

/// Times a dive for seats may fail.
const FAILURES: u32 = 8;
/// Seats whose share is this are taken together.
const SURE: f64 = 0.8;

/// The blocks that a dive on seats alone comes to, among candidates: the surest seats are taken, the
/// programme solved again, and so on until every seat is used or not. Empty where none is whole.
pub fn seats(search: &mut Search<'_>, candidates: Candidates, top: i64) -> Vec<u32> {
    let columns = Columns::new(search, candidates);
    let root = Open::root(&columns, top);
    let mut tree = Tree::new(search, columns, i64::MIN / 2);
    match tree.visit(&root) {
        Fate::Split(_, root, _) => tree.take_seats(root),
        Fate::Closed | Fate::Left(_) | Fate::Stopped => Vec::new(),
    }
}

impl Tree<'_, '_> {
    /// Takes the surest seats, solves again, and so on. Where that leads nowhere, the surest one is
    /// tried alone, then ruled out, a few times. Returns as many blocks as the last solution uses,
    /// those that it uses most.
    fn take_seats(&mut self, mut last: Fractional) -> Vec<u32> {
        let mut failures = 0;
        loop {
            let mut open = last.fractions.open_seats();
            open.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            let sure = open.iter().take_while(|(_, share)| *share >= SURE).count().max(1);
            open.truncate(sure);
            let mut attempts = vec![(&open[..], true)];
            if let [first, ..] = &open[..] {
                attempts.extend([
                    (std::slice::from_ref(first), true),
                    (std::slice::from_ref(first), false),
                ]);
            }
            let mut next = None;
            for (seats, holds) in attempts {
                let mut alive = last.alive.clone();
                for ((item, server), _) in seats {
                    alive = self.child(&alive, Question::Pair(*item, *server), holds);
                }
                // Nothing would change any more.
                if alive.len() == last.alive.len() {
                    break;
                }
                match self.visit(&Open::dive(alive)) {
                    Fate::Split(_, solution, _) => next = Some(solution),
                    Fate::Closed | Fate::Left(_) => failures += 1,
                    Fate::Stopped => return Vec::new(),
                }
                if next.is_some() || failures > FAILURES {
                    break;
                }
            }
            match next {
                Some(solution) => last = solution,
                None => return most_used(&last.fractions),
            }
        }
    }
}

/// As many blocks as are used in all, those used most; increasing.
fn most_used(fractions: &Fractions) -> Vec<u32> {
    let mut blocks: Vec<(u32, f64)> = fractions.blocks.iter().map(|it| (*it.0, *it.1)).collect();
    blocks.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    blocks.truncate(fractions.blocks.values().sum::<f64>().round() as usize);
    let mut blocks: Vec<u32> = blocks.into_iter().map(|it| it.0).collect();
    blocks.sort_unstable();
    blocks
}
