//! How a fractional solution of the master shares each item between blocks and direct columns.

use std::collections::BTreeMap;

use super::column_pool::ColumnPool;
use super::master::Meaning;
use super::scope::Scope;
use super::sector_model::{Item, SectorModel};

/// Value under which a share counts as none, and over one minus which it counts as whole.
pub const INTEGRAL: f64 = 1e-6;

/// Who serves an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Server {
    /// A block.
    Block(u32),
    /// Some direct column.
    Direct,
}

/// Shares of items, and whether the whole solution is integral.
#[derive(Debug, Clone, Default)]
pub struct Fractions {
    /// Share of each (item, server) pair with a positive share.
    pub shares: BTreeMap<(Item, Server), f64>,
    /// How many columns each block has.
    pub blocks: BTreeMap<u32, f64>,
    /// Every column's value is an integer.
    pub integral: bool,
}

impl Fractions {
    /// Reads the support of a master's solution.
    pub fn of(model: &SectorModel, pool: &ColumnPool, support: &[(Meaning, f64)]) -> Self {
        Self::sum(support.iter().filter_map(|&(meaning, value)| match meaning {
            Meaning::Sector(index) => {
                let valued = pool.get(index);
                Some((&valued.items[..], Server::Block(valued.column.block), value))
            }
            Meaning::Direct(index) => {
                Some((&model.direct[index as usize].items[..], Server::Direct, value))
            }
            Meaning::Artificial => None,
        }))
    }

    /// Sums columns given by their items, server and value.
    pub fn sum<'a>(columns: impl Iterator<Item = (&'a [Item], Server, f64)>) -> Self {
        let mut fractions = Self { integral: true, ..Self::default() };
        for (items, server, value) in columns {
            fractions.integral &= (value - value.round()).abs() < INTEGRAL;
            if let Server::Block(block) = server {
                *fractions.blocks.entry(block).or_default() += value;
            }
            for &item in items {
                *fractions.shares.entry((item, server)).or_default() += value;
            }
        }
        fractions
    }

    /// Pairs whose share is fractional.
    pub fn open_pairs(&self) -> impl Iterator<Item = ((Item, Server), f64)> + '_ {
        let open = |share: f64| (INTEGRAL..1.0 - INTEGRAL).contains(&share);
        self.shares.iter().map(|(pair, share)| (*pair, *share)).filter(move |it| open(it.1))
    }

    /// One pair for each block that is used in part, where some item tells whether it is.
    pub fn open_seats(&self) -> Vec<((Item, Server), f64)> {
        let mut seats = BTreeMap::new();
        for ((item, server), share) in self.open_pairs() {
            if let Server::Block(block) = server
                && self.is_whole_use(block, share)
            {
                let _ = seats.entry(block).or_insert(((item, server), share));
            }
        }
        seats.into_values().collect()
    }

    /// Whether `share`, of an item in a block, is all that the block is used: every sector there
    /// covers the item (its residence), so that the pair decides whether the block is used.
    pub fn is_whole_use(&self, block: u32, share: f64) -> bool {
        self.blocks.get(&block).is_some_and(|used| (used - share).abs() < INTEGRAL)
    }

    /// The pair to split on: one that decides whether a seat is used where there is such a pair, else
    /// the one whose share is nearest to one half.
    pub fn branching_pair(&self) -> Option<(Item, Server)> {
        let open = self.open_pairs();
        let rank = |&((_, server), share): &((Item, Server), f64)| {
            let distance = ((share - 0.5).abs() * 1e6).round() as i64;
            let is_seat = match server {
                Server::Block(block) => self.is_whole_use(block, share),
                Server::Direct => false,
            };
            (!is_seat, distance)
        };
        open.min_by_key(|pair| (rank(pair), pair.0)).map(|(pair, _)| pair)
    }
}

impl Scope {
    /// Decides that `server` serves `item`.
    pub fn decide(&mut self, model: &SectorModel, item: Item, server: Server) {
        match server {
            Server::Block(block) => {
                let kind = model.blocks[block as usize].kind;
                let same_kind = model.blocks.iter().filter(|other| other.kind == kind).count();
                let alone = same_kind == 1 && model.kinds[kind as usize].upper == 1;
                self.assign(model, block, item, alone);
            }
            Server::Direct => self.leave_to_direct(item),
        }
    }

    /// Decides that `server` does not serve `item`.
    pub fn exclude(&mut self, model: &SectorModel, item: Item, server: Server) {
        match server {
            Server::Block(block) => self.forbid(block, item),
            Server::Direct => self.forbid_direct(model, item),
        }
    }
}
