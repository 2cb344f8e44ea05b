//! A bound that rounding cannot spoil.
//!
//! # Formulation
//!
//! For any item duals `pi` (free) and row duals `mu >= 0`, relaxing rows (1) and (3) leaves
//!
//! ```text
//! L(pi, mu) = sum_i pi_i + sum_r mu_r capacity(r) + sum_d max(0, rp(d))
//!           + sum_k max { sum_b n_b z_b : lower(k) <= sum_b n_b <= upper(k), 0 <= n_b <= limit(b) }
//! ```
//!
//! with `rp` a profit less its duals and `z_b` the best `rp` over the sectors of block `b`. Every
//! such `L` bounds the optimum from above. Duals are integers in units of `2^-shift` of an objective
//! unit and all sums are exact, so that the floor of `L` is a proven integer bound whatever the
//! linear programme's tolerances were.
//!
//! A row that counts nothing but the columns of one block is a *block limit*: it is kept in the
//! subproblem (`n_b <= limit(b)`) instead of being relaxed. So is what rows (1) imply for a block whose
//! every sector covers the same item, its residence: one column of it at most.
//!
//! # Source
//!
//! Geoffrion (1974), Lagrangean relaxation for integer programming; Neumaier and Shcherbina (2004),
//! Safe bounds in linear and mixed-integer linear programming.

use smallvec::SmallVec;

use super::sector_model::{Block, Class, Item, Kind, RowIndex, SectorModel};

/// Reduced profit of a block without any feasible sector.
pub const NO_SECTOR: i64 = i64::MIN / 4;

/// Fixed-point duals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duals {
    /// One objective unit; 0 in the first phase, where profits do not count.
    pub unit: i64,
    /// Duals of rows (1), free.
    pub items: Vec<i64>,
    /// Duals of rows (3), never negative; 0 for block limits.
    pub rows: Vec<i64>,
}

impl Duals {
    /// Profit less duals, in fixed point.
    pub fn reduce(&self, profit: i64, items: &[Item], uses: &[(RowIndex, i64)]) -> i64 {
        let covered: i64 = items.iter().map(|&item| self.items[item as usize]).sum();
        let used: i64 = uses.iter().map(|&(row, use_)| use_ * self.rows[row as usize]).sum();
        profit * self.unit - covered - used
    }
}

/// Fixed-point scale and block limits of a model.
#[derive(Debug, Clone)]
pub struct Structure {
    /// Binary digits after the point.
    pub shift: u32,
    /// Most columns of each block (`u32::MAX`: only the kind limits them).
    pub block_limits: Vec<u32>,
    /// The block that a row limits, where the row is a block limit.
    pub limited_block: Vec<Option<u32>>,
    /// Blocks of each kind.
    pub kind_blocks: Vec<Vec<u32>>,
    /// Blocks to price together: those of a kind of one post, each of the others alone.
    pub choices: Vec<Vec<u32>>,
    /// Largest magnitude of an item dual that sums without overflow.
    item_limit: f64,
    /// The same for each row's dual.
    row_limits: Vec<f64>,
}

impl Structure {
    /// Reads scale and limits off a model.
    pub fn of(model: &SectorModel) -> Self {
        let limited_block = limited_blocks(model);
        let mut block_limits: Vec<u32> = model.blocks.iter().map(uses_of_block).collect();
        for (row, block) in limited_block.iter().enumerate() {
            if let Some(block) = *block {
                let limit = &mut block_limits[block as usize];
                *limit = (*limit).min(u32::try_from(model.rows[row].capacity).unwrap_or(u32::MAX));
            }
        }
        let mut kind_blocks = vec![Vec::new(); model.kinds.len()];
        for (index, block) in (0..).zip(&model.blocks) {
            kind_blocks[block.kind as usize].push(index);
        }
        let terms = (f64::from(model.items) + model.rows.len() as f64 + 16.0) * 4.0;
        let item_limit = (1u64 << 60) as f64 / terms;
        let row_limits = largest_uses(model).iter().map(|&use_| item_limit / use_ as f64).collect();
        Self {
            shift: shift(model),
            block_limits,
            limited_block,
            choices: choices(model, &kind_blocks),
            kind_blocks,
            item_limit,
            row_limits,
        }
    }

    /// Rounds floating duals to fixed point; any input gives valid duals.
    pub fn fix(&self, items: &[f64], rows: &[f64], unit: i64) -> Duals {
        let scale = (1i64 << self.shift) as f64;
        let round = |dual: f64, limit: f64| (dual * scale).round().clamp(-limit, limit) as i64;
        let row = |(row, &dual): (usize, &f64)| match self.limited_block[row] {
            Some(_) => 0,
            None => round(dual.max(0.0), self.row_limits[row]),
        };
        Duals {
            unit,
            items: items.iter().map(|&dual| round(dual, self.item_limit)).collect(),
            rows: rows.iter().enumerate().map(row).collect(),
        }
    }

    /// One objective unit in fixed point.
    pub fn unit(&self) -> i64 {
        1 << self.shift
    }

    /// How often the relaxed plan uses each block (`n_b`), or `None` where some kind cannot reach
    /// its lower limit: no plan exists. `best` bounds `z_b` ([`NO_SECTOR`] where there is none).
    pub fn counts(&self, model: &SectorModel, best: &[i64]) -> Option<Vec<u32>> {
        let mut counts = vec![0; best.len()];
        for (kind, blocks) in model.kinds.iter().zip(&self.kind_blocks) {
            self.count_kind(kind, blocks, best, &mut counts)?;
        }
        Some(counts)
    }

    /// Greedy on `z_b`, exact as the constraint is a cardinality range.
    fn count_kind(
        &self,
        kind: &Kind,
        blocks: &[u32],
        best: &[i64],
        counts: &mut [u32],
    ) -> Option<()> {
        let mut ranked: SmallVec<[(i64, u32); 8]> = blocks
            .iter()
            .map(|&block| (best[block as usize], block))
            .filter(|&(value, _)| value > NO_SECTOR)
            .collect();
        ranked.sort_unstable_by_key(|&(value, block)| (std::cmp::Reverse(value), block));
        let mut taken = 0;
        for (value, block) in ranked {
            let wanted = if value > 0 { kind.upper } else { kind.lower };
            let count = self.block_limits[block as usize].min(wanted.saturating_sub(taken));
            counts[block as usize] = count;
            taken += count;
        }
        (taken >= kind.lower).then_some(())
    }

    /// `L` in fixed point for the `n_b` of [`Structure::counts`]; direct columns that `allowed`
    /// rules out do not count.
    pub fn lagrangian(
        &self,
        model: &SectorModel,
        duals: &Duals,
        best: &[i64],
        counts: &[u32],
        allowed: &[bool],
    ) -> i128 {
        let items: i128 = duals.items.iter().map(|&dual| i128::from(dual)).sum();
        let rows = model.rows.iter().zip(&duals.rows);
        let rows: i128 = rows.map(|(row, &dual)| i128::from(row.capacity) * i128::from(dual)).sum();
        let direct = model.direct.iter().zip(allowed).filter(|(_, allowed)| **allowed);
        let direct = direct.map(|(it, _)| duals.reduce(it.profit, &it.items, &it.uses).max(0));
        let direct: i128 = direct.map(i128::from).sum();
        let sectors = best.iter().zip(counts).filter(|(_, count)| **count > 0);
        let sectors: i128 =
            sectors.map(|(&value, &count)| i128::from(value) * i128::from(count)).sum();
        items + rows + direct + sectors
    }

    /// What the relaxed plan loses in place of one more column of each block: that block's own
    /// sector, the least useful sector of its kind, or nothing.
    pub fn marginals(&self, model: &SectorModel, best: &[i64]) -> Vec<i64> {
        let Some(counts) = self.counts(model, best) else { return best.to_vec() };
        let mut marginals = vec![0; best.len()];
        for (kind, blocks) in model.kinds.iter().zip(&self.kind_blocks) {
            let taken: u32 = blocks.iter().map(|&block| counts[block as usize]).sum();
            let used = blocks.iter().filter(|&&block| counts[block as usize] > 0);
            let worst = used.map(|&block| best[block as usize]).min().unwrap_or(0);
            let replaced = if taken == kind.upper { worst } else { worst.min(0) };
            for &block in blocks {
                let full = counts[block as usize] > 0
                    && counts[block as usize] == self.block_limits[block as usize];
                marginals[block as usize] = if full { best[block as usize] } else { replaced };
            }
        }
        marginals
    }

    /// Largest integer objective that a fixed-point bound allows.
    pub fn floor(&self, bound: i128) -> i64 {
        (bound >> self.shift).clamp(i128::from(i64::MIN), i128::from(i64::MAX)) as i64
    }
}

fn choices(model: &SectorModel, kind_blocks: &[Vec<u32>]) -> Vec<Vec<u32>> {
    let kinds = model.kinds.iter().zip(kind_blocks);
    kinds
        .flat_map(|(kind, blocks)| {
            if kind.upper == 1 {
                vec![blocks.clone()]
            } else {
                blocks.iter().map(|&block| vec![block]).collect()
            }
        })
        .filter(|choice| !choice.is_empty())
        .collect()
}

/// Once, where every sector of the block covers the same item (its residence).
fn uses_of_block(block: &Block) -> u32 {
    let once = block.classes.iter().filter(|class| class.required).any(|class| {
        let mut choices = class.choices.iter().filter(|choice| choice.required);
        choices.next().is_some_and(|first| {
            let mut common = first.items.clone();
            choices.for_each(|choice| common.retain(|item| choice.items.contains(item)));
            !common.is_empty()
        })
    });
    if once { 1 } else { u32::MAX }
}

/// Rows that count the columns of one block with coefficient 1 and nothing else.
fn limited_blocks(model: &SectorModel) -> Vec<Option<u32>> {
    let mut users: Vec<SmallVec<[(u32, i64); 2]>> = vec![SmallVec::new(); model.rows.len()];
    let mut other = vec![false; model.rows.len()];
    for (index, block) in (0..).zip(&model.blocks) {
        for &(row, use_) in &block.uses {
            users[row as usize].push((index, use_));
        }
        let choices = block.classes.iter().flat_map(|class| &class.choices);
        for &(row, _) in choices.flat_map(|choice| &choice.uses) {
            other[row as usize] = true;
        }
        if let Some(row) = block.equity.and_then(|equity| equity.row) {
            other[row as usize] = true;
        }
    }
    for &(row, _) in model.direct.iter().flat_map(|direct| &direct.uses) {
        other[row as usize] = true;
    }
    let limits =
        users.iter().zip(other).zip(&model.rows).map(|((users, other), row)| match users[..] {
            [(block, 1)] if !other && row.capacity >= 0 => Some(block),
            _ => None,
        });
    limits.collect()
}

/// Largest magnitude (at least 1) with which one column may use each row.
fn largest_uses(model: &SectorModel) -> Vec<u64> {
    let mut largest = vec![1; model.rows.len()];
    let mut raise = |row: RowIndex, use_: u64| {
        let entry: &mut u64 = &mut largest[row as usize];
        *entry = (*entry).max(use_);
    };
    for block in &model.blocks {
        let choices = block.classes.iter().flat_map(|class| &class.choices);
        for &(row, use_) in choices.flat_map(|choice| &choice.uses).chain(&block.uses) {
            raise(row, use_.unsigned_abs());
        }
        if let Some((row, equity)) = block.equity.and_then(|it| it.row.map(|row| (row, it))) {
            raise(row, u64::from(equity.target) + largest_measure(block));
        }
    }
    for &(row, use_) in model.direct.iter().flat_map(|direct| &direct.uses) {
        raise(row, use_.unsigned_abs());
    }
    largest
}

fn largest_measure(block: &Block) -> u64 {
    let of_class =
        |class: &Class| class.choices.iter().map(|choice| u64::from(choice.measure)).max();
    block.classes.iter().filter_map(of_class).sum()
}

/// Digits after the point such that sums of profits stay under 2^60: no plan holds more choices
/// than the items, and a quarter of the range is left to the duals.
fn shift(model: &SectorModel) -> u32 {
    let block = |block: &Block| {
        let choices = block.classes.iter().flat_map(|class| &class.choices);
        let choice = choices.map(|choice| choice.profit.unsigned_abs()).max().unwrap_or(0);
        let equity = block.equity.map_or(0, |it| {
            it.weight.unsigned_abs().saturating_mul(u64::from(it.target) + largest_measure(block))
        });
        choice.max(block.profit.unsigned_abs()).max(equity)
    };
    let direct = model.direct.iter().map(|direct| direct.profit.unsigned_abs());
    let largest = model.blocks.iter().map(block).chain(direct).max().unwrap_or(0).max(1);
    let total = largest.saturating_mul(u64::from(model.items) + 16).saturating_mul(4);
    total.leading_zeros().saturating_sub(4).min(20)
}
