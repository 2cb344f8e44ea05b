//! Which sectors a local repair chooses anew: those that the change concerns and those near them.

use std::collections::BTreeSet;

use crate::policy::{ItemId, Problem, UnitId};
use crate::solve::sector_model::Column;
use crate::solve::sectors::Sectors;

use super::part::Release;

/// How far a repair reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach {
    /// Sectors chosen anew.
    pub sectors: usize,
    /// Units without a post that are served anew.
    pub direct: usize,
}

/// A plan as columns, with what its places are near to.
pub struct Ground<'a> {
    /// The problem.
    pub problem: &'a Problem,
    /// Its view by sectors.
    pub sectors: &'a Sectors,
    /// Columns of the plan.
    pub columns: &'a [Column],
    /// Direct columns of the plan.
    pub direct: &'a [u32],
}

impl<'a> Ground<'a> {
    /// The sectors of `centres` (blocks), those nearest to them and to `unit`, and the nearest
    /// units without a post.
    #[must_use]
    pub fn around(&self, unit: UnitId, centres: &[u32], reach: Reach) -> Release<'a> {
        let mut taken: BTreeSet<u32> = centres.iter().copied().collect();
        let mut ranked: Vec<(i64, u32)> = self
            .columns
            .iter()
            .map(|column| (self.distance(unit, centres, column.block), column.block))
            .collect();
        ranked.sort_unstable();
        for (_, block) in ranked {
            if taken.len() >= reach.sectors {
                break;
            }
            let _ = taken.insert(block);
        }
        let mut near: Vec<(i64, u32)> =
            self.direct.iter().map(|&it| (self.distance_of_direct(unit, it), it)).collect();
        near.sort_unstable();
        let near: BTreeSet<u32> = near.into_iter().take(reach.direct).map(|it| it.1).collect();
        self.release(|block| taken.contains(&block), |direct| near.contains(&direct))
    }

    /// The whole plan.
    #[must_use]
    pub fn everything(&self) -> Release<'a> {
        self.release(|_| true, |_| true)
    }

    fn release(
        &self,
        takes: impl Fn(u32) -> bool,
        takes_direct: impl Fn(u32) -> bool,
    ) -> Release<'a> {
        let blocks = &self.sectors.model.blocks;
        let kinds: BTreeSet<u32> = self
            .columns
            .iter()
            .filter(|column| takes(column.block))
            .map(|column| blocks[column.block as usize].kind)
            .collect();
        let open = (0..).zip(blocks).filter(|(_, block)| kinds.contains(&block.kind));
        Release {
            columns: self.columns.iter().map(|it| (it, takes(it.block))).collect(),
            direct: self.direct.iter().map(|&it| (it, takes_direct(it))).collect(),
            blocks: open.map(|(index, _)| index).collect(),
        }
    }

    /// Tenths of a minute from the seat of a block to the unit or to the nearest seat of
    /// `centres`; none for a post placed nowhere, whose time helps wherever it goes.
    fn distance(&self, unit: UnitId, centres: &[u32], block: u32) -> i64 {
        let Some(seat) = self.sectors.seat(block) else { return 0 };
        let near = centres.iter().filter_map(|centre| self.sectors.seat(*centre));
        near.chain([unit])
            .map(|other| tenths(self.problem, seat, other))
            .min()
            .expect("the unit itself")
    }

    fn distance_of_direct(&self, unit: UnitId, direct: u32) -> i64 {
        let items = &self.sectors.model.direct[direct as usize].items;
        let members = items.iter().flat_map(|item| &self.problem.items[ItemId(*item as usize)]);
        members.map(|other| tenths(self.problem, unit, *other)).min().unwrap_or(0)
    }
}

fn tenths(problem: &Problem, seat: UnitId, unit: UnitId) -> i64 {
    (problem.one_way_minutes(seat, problem.units[unit].place) * 10.0).round() as i64
}
