//! The open nodes of a search over listed columns, best bound first: it stops, and goes on later.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::super::search::Search;
use super::Candidates;
use super::node::{Fate, Fractional, Open};
use super::restricted::Restricted;
use super::tree::Tree;

/// What a search over listed columns leaves open: it goes on later from there.
#[derive(Debug)]
pub struct Frontier {
    /// Plans worth no more are left out.
    value: i64,
    open: BinaryHeap<Open>,
    created: u64,
    /// Best bound of the nodes that could be neither closed nor split.
    left: i64,
    /// Its columns are all those of the model that a plan worth more than the value may use.
    is_of_the_model: bool,
}

impl Frontier {
    /// All candidates; `top` is known to bound them.
    pub fn new(
        known: &mut Restricted<'_>,
        candidates: Candidates,
        (value, top): (i64, i64),
    ) -> Self {
        let open = BinaryHeap::from([Open::root(known.take(candidates), top)]);
        Self { value, open, created: 0, left: i64::MIN, is_of_the_model: false }
    }

    /// Every column of the model that a plan worth more than the value may use is among the
    /// candidates: what is proven holds for the model.
    pub fn of_the_model(self) -> Self {
        Self { is_of_the_model: true, ..self }
    }

    /// Whether nothing is left to visit.
    pub fn is_decided(&self) -> bool {
        self.open.is_empty() && self.left == i64::MIN
    }

    /// What no plan of the candidates exceeds, or the cutoff.
    fn bound(&self, cutoff: i64) -> i64 {
        let open = self.open.peek().map_or(i64::MIN, |node| node.bound);
        self.left.max(open).max(cutoff)
    }

    /// Looks for a plan worth more than the value to beat, over `nodes` at most; better plans become
    /// the incumbent. Returns what no plan of candidates exceeds, never under that value.
    pub fn explore<'m>(
        &mut self,
        search: &mut Search<'m>,
        known: &mut Restricted<'m>,
        nodes: u64,
    ) -> i64 {
        let mut tree = Tree::new(search, known, self.value);
        let mut visited = 0;
        loop {
            if self.is_of_the_model {
                let proven = self.bound(tree.cutoff());
                tree.search.lower_bound(proven);
            }
            if visited >= nodes || tree.search.is_over() {
                break;
            }
            let Some(node) = self.open.pop() else { break };
            if node.bound <= tree.cutoff() {
                self.open.clear();
                continue;
            }
            visited += 1;
            tree.search.statistics.nodes += 1;
            match tree.visit(&node) {
                Fate::Closed => {}
                Fate::Left(bound) => self.left = self.left.max(bound),
                Fate::Stopped => {
                    self.open.push(node);
                    break;
                }
                Fate::Open(bound, parent) => self.split(&mut tree, &node, bound, &parent),
            }
        }
        self.bound(tree.cutoff())
    }

    fn split(&mut self, tree: &mut Tree<'_, '_>, node: &Open, bound: i64, parent: &Fractional) {
        if node.depth == 0 {
            tree.dive_in_each_style(parent, 0);
        }
        if bound <= tree.cutoff() {
            return;
        }
        let Some(question) = tree.question(node, parent) else {
            self.left = self.left.max(bound);
            return;
        };
        for holds in [false, true] {
            self.created += 1;
            self.open.push(Open {
                bound,
                order: self.created,
                depth: node.depth + 1,
                alive: Reverse(tree.child(&parent.alive, question, holds)),
                forced: tree.forced(&node.forced, question, holds),
            });
        }
    }
}
