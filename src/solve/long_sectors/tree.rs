//! A depth-first search on who serves an item, bounded by a few subgradient steps a node.
//!
//! # Formulation
//!
//! A plan worth more than a cutoff is sought, first little under the bound, then twice as much: what
//! is decided of a cutoff is a bound, or brings a plan. A node descends from the duals of its parent,
//! aims at the cutoff, drops the choices that lose more than it allows ([`super::fixing`]), and
//! requires items of the only block that may serve them. Then the item whose server the steps agree
//! on least is given to each of its servers in turn. Bounds are in fixed point: a node that is closed
//! holds no better plan, whatever the duals.
//!
//! # Source
//!
//! Posta, Ferland and Michelon (2012), An exact method with variable fixing for solving the
//! generalized assignment problem, Computational Optimization and Applications 52; Barahona and
//! Anbil (2000) for the shares that steps agree on.

use smallvec::SmallVec;

use super::super::lagrangian::{FloatDuals, advance, subgradient};
use super::super::pricing::Depth;
use super::super::safe_bound::{Duals, NO_SECTOR};
use super::super::scope::Scope;
use super::super::search::{Round, Search};
use super::super::sector_model::{Item, SectorModel};
use super::fixing::drop_choices;

/// Steps of the first node, and of the others.
const STEPS: [usize; 2] = [120, 24];
/// Weight of the last step in shares.
const RECENT: f64 = 0.15;
/// Steps without a better bound before they get shorter.
const PATIENCE: usize = 4;

/// A node: what is left, and where to begin.
struct Node {
    scope: Scope,
    duals: FloatDuals,
    bound: i64,
    /// Blocks that serve some item in every plan of the node.
    used: Vec<bool>,
}

/// Blocks, with the place of the class, that may serve an item, and whether a direct column may.
#[derive(Clone, Default)]
struct Servers {
    blocks: SmallVec<[(usize, usize); 8]>,
    direct: bool,
}

impl Servers {
    fn count(&self) -> usize {
        self.blocks.len() + usize::from(self.direct)
    }
}

/// Decides cutoffs from the bound downwards, over so many nodes in all.
pub fn decide(search: &mut Search<'_>, scope: &Scope, duals: &FloatDuals, nodes: u64) {
    let end = search.statistics.nodes + nodes;
    let mut width = 1;
    // Without any plan, not for ever.
    while !search.is_over() && (search.objective().is_some() || width <= search.bound.abs().max(1))
    {
        let cutoff = search.bound.saturating_sub(width).max(search.objective().unwrap_or(i64::MIN));
        let mut tree = Tree { search, cutoff, end };
        let Some(left) = tree.explore(scope, duals) else { return };
        let decided = left <= tree.cutoff;
        let bound = left.max(tree.cutoff);
        search.lower_bound(bound);
        if !decided {
            return;
        }
        width = width.saturating_mul(2);
    }
}

struct Tree<'t, 'm> {
    search: &'t mut Search<'m>,
    /// Only plans worth more are sought.
    cutoff: i64,
    /// Number of the last node.
    end: u64,
}

impl Tree<'_, '_> {
    /// What no plan exceeds of the nodes that can neither be closed nor split; `None` where the search
    /// ended before all were seen.
    fn explore(&mut self, scope: &Scope, duals: &FloatDuals) -> Option<i64> {
        let mut scope = scope.clone();
        scope.is_whole = false;
        let used = vec![false; scope.blocks.len()];
        let mut open = vec![Node { scope, duals: duals.clone(), bound: self.search.bound, used }];
        let mut left = i64::MIN;
        let mut steps = STEPS[0];
        while let Some(mut node) = open.pop() {
            if self.search.must_stop() || self.search.statistics.nodes >= self.end {
                return None;
            }
            self.search.statistics.nodes += 1;
            if node.bound <= self.cutoff {
                continue;
            }
            let Some(shares) = self.bound(&mut node, steps) else { continue };
            steps = STEPS[1];
            let Some(servers) = self.narrow(&mut node) else { continue };
            match hardest(&servers, &shares, self.search.model) {
                Some(item) => self.split(&node, item, &servers[item], &shares, &mut open),
                None => left = left.max(node.bound),
            }
        }
        Some(left)
    }

    /// Descends; returns by how many steps each item was given to each block, or `None` where no plan
    /// of the node is worth more than the cutoff.
    fn bound(&mut self, node: &mut Node, steps: usize) -> Option<Vec<f64>> {
        let (model, unit) = (self.search.model, self.search.structure.unit());
        let mut shares = vec![0.0; model.items as usize * model.blocks.len()];
        let (mut point, mut direction) = (node.duals.clone(), None::<FloatDuals>);
        let (mut best, mut factor, mut idle) = (f64::INFINITY, 1.0, 0);
        for _ in 0..steps {
            let duals = self.search.structure.fix(&point.items, &point.rows, unit);
            let round = self.search.price(&node.scope, &duals, Depth::Relaxed);
            let bound = round.bound?;
            node.bound = node.bound.min(self.search.structure.floor(bound));
            let lost = round
                .priced
                .iter()
                .zip(&node.used)
                .any(|(it, used)| *used && it.bound == NO_SECTOR);
            if lost || node.bound <= self.cutoff {
                return None;
            }
            let gradient = subgradient(model, &round, &duals, &node.scope);
            if gradient.items.iter().all(|slope| *slope == 0.0) {
                self.offer(&round, &duals, &node.scope);
                if node.bound <= self.cutoff {
                    return None;
                }
            }
            share(model, &round, &mut shares);
            let value = bound as f64 / unit as f64;
            if value < best {
                (best, idle) = (value, 0);
                node.duals.clone_from(&point);
            } else {
                idle += 1;
                if idle == PATIENCE {
                    (factor, idle) = (factor * 0.6, 0);
                    point.clone_from(&node.duals);
                }
            }
            let deflected =
                direction.map_or_else(|| gradient.clone(), |old| gradient.mix(&old, 0.7));
            let norm: f64 = deflected.items.iter().chain(&deflected.rows).map(|g| g * g).sum();
            if norm < 1e-9 {
                break;
            }
            // Half a unit under the cutoff, so that steps pass it.
            let step = factor * (value - self.cutoff as f64 - 0.5).max(0.0) / norm;
            advance(&mut point, &deflected, step);
            direction = Some(deflected);
        }
        Some(shares)
    }

    /// Takes the relaxed plan, if it is one.
    fn offer(&mut self, round: &Round, duals: &Duals, scope: &Scope) {
        let used = round.priced.iter().zip(&round.counts).filter(|(_, count)| **count == 1);
        let columns =
            used.filter_map(|(it, _)| it.columns.first().map(|it| it.1.clone())).collect();
        let direct = (0..).zip(&self.search.model.direct).filter(|&(index, it): &(u32, _)| {
            scope.direct[index as usize] && duals.reduce(it.profit, &it.items, &it.uses) > 0
        });
        let direct = direct.map(|it| it.0).collect();
        if self.search.offer(columns, direct) {
            self.cutoff = self.cutoff.max(self.search.objective().unwrap_or(i64::MIN));
        }
    }

    /// Drops choices, and requires items of their only block; returns who may serve each item, or
    /// `None` where nobody may.
    fn narrow(&mut self, node: &mut Node) -> Option<Vec<Servers>> {
        let structure = &self.search.structure;
        let duals = structure.fix(&node.duals.items, &node.duals.rows, structure.unit());
        let least = (i128::from(self.cutoff) + 1) * i128::from(structure.unit());
        drop_choices(self.search, &mut node.scope, &duals, |bound| bound - least);
        let servers = servers(self.search.model, &node.scope);
        for (item, servers) in (0..).zip(&servers) {
            match servers.blocks[..] {
                [] if !servers.direct => return None,
                [(block, class)] if !servers.direct => {
                    let class = &mut node.scope.blocks[block].classes[class];
                    class.required = true;
                    class.choices.retain(|choice| choice.items.contains(&item));
                    node.used[block] = true;
                }
                _ => {}
            }
        }
        Some(servers)
    }

    /// Opens a node for each server of an item, the likeliest last: it is taken first.
    fn split(
        &self,
        node: &Node,
        item: usize,
        servers: &Servers,
        shares: &[f64],
        open: &mut Vec<Node>,
    ) {
        let model = self.search.model;
        let child = |scope: Scope, used: Vec<bool>| Node {
            scope,
            duals: node.duals.clone(),
            bound: node.bound,
            used,
        };
        if servers.direct {
            let mut scope = node.scope.clone();
            scope.leave_to_direct(item as Item);
            open.push(child(scope, node.used.clone()));
        }
        let share = |block: usize| shares[item * model.blocks.len() + block];
        let mut blocks: Vec<usize> = servers.blocks.iter().map(|it| it.0).collect();
        blocks.sort_by(|&a, &b| share(a).total_cmp(&share(b)).then(b.cmp(&a)));
        for block in blocks {
            let (mut scope, mut used) = (node.scope.clone(), node.used.clone());
            scope.assign(model, block as u32, item as Item, true);
            used[block] = true;
            open.push(child(scope, used));
        }
    }
}

/// Moves the shares towards the relaxed plan of a round.
fn share(model: &SectorModel, round: &Round, shares: &mut [f64]) {
    shares.iter_mut().for_each(|share| *share *= 1.0 - RECENT);
    for (block, (priced, &count)) in round.priced.iter().zip(&round.counts).enumerate() {
        if let Some((_, column)) = priced.columns.first().filter(|_| count > 0) {
            for choice in model.blocks[block].chosen(column) {
                for &item in &choice.items {
                    shares[item as usize * model.blocks.len() + block] += RECENT;
                }
            }
        }
    }
}

fn servers(model: &SectorModel, scope: &Scope) -> Vec<Servers> {
    let mut servers = vec![Servers::default(); model.items as usize];
    for (block, priced) in scope.blocks.iter().enumerate().filter(|it| !it.1.closed) {
        for (place, class) in priced.classes.iter().enumerate() {
            for &item in class.choices.iter().flat_map(|choice| &choice.items) {
                let blocks = &mut servers[item as usize].blocks;
                if blocks.last() != Some(&(block, place)) {
                    blocks.push((block, place));
                }
            }
        }
    }
    for (direct, _) in model.direct.iter().zip(&scope.direct).filter(|(_, allowed)| **allowed) {
        direct.items.iter().for_each(|&item| servers[item as usize].direct = true);
    }
    servers
}

/// The item with several servers on which the steps agree least.
fn hardest(servers: &[Servers], shares: &[f64], model: &SectorModel) -> Option<usize> {
    let blocks = model.blocks.len();
    let doubt = |item: usize| {
        1.0 - shares[item * blocks..][..blocks]
            .iter()
            .fold(0.0, |most: f64, share| most.max(*share))
    };
    let several = (0..servers.len()).filter(|&item| servers[item].count() > 1);
    several.max_by(|&a, &b| doubt(a).total_cmp(&doubt(b)).then(b.cmp(&a)))
}
