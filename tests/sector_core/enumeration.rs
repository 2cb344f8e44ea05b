//! The optimum by plain enumeration of every sector and every set of columns.
//!
//! It reads the formulation directly and shares no code with the solver.

use std::collections::BTreeMap;

use maillage::solve::sector_model::{Block, Choice, SectorModel};

/// Items covered, columns of each kind, use of each row.
type State = (u32, Vec<u32>, Vec<i64>);

/// Effect of a column: items, profit, use of each row.
pub type Effect = (u32, i64, Vec<i64>);

/// The best objective, or `None` where no plan exists.
pub fn optimum(model: &SectorModel) -> Option<i64> {
    let start = (0, vec![0; model.kinds.len()], vec![0; model.rows.len()]);
    let mut states: BTreeMap<State, i64> = BTreeMap::from([(start, 0)]);
    for block in &model.blocks {
        let sectors = sectors(block, model.rows.len());
        for _ in 0..model.kinds[block.kind as usize].upper {
            states = extend(&states, &sectors, Some(block.kind as usize));
        }
    }
    for direct in &model.direct {
        let mut used = vec![0; model.rows.len()];
        direct.uses.iter().for_each(|&(row, use_)| used[row as usize] += use_);
        states = extend(&states, &[(mask(&direct.items), direct.profit, used)], None);
    }
    let all = (1u32 << model.items) - 1;
    let feasible = states.into_iter().filter(|((covered, kinds, used), _)| {
        *covered == all
            && model.kinds.iter().zip(kinds).all(|(kind, n)| (kind.lower..=kind.upper).contains(n))
            && model.rows.iter().zip(used).all(|(row, sum)| *sum <= row.capacity)
    });
    feasible.map(|(_, value)| value).max()
}

fn mask(items: &[u32]) -> u32 {
    items.iter().fold(0, |mask, item| mask | 1 << item)
}

/// Adds none or one of the columns to every state.
fn extend(
    states: &BTreeMap<State, i64>,
    columns: &[Effect],
    kind: Option<usize>,
) -> BTreeMap<State, i64> {
    let mut extended = states.clone();
    for ((covered, kinds, used), value) in states {
        for (items, profit, uses) in columns.iter().filter(|column| column.0 & covered == 0) {
            let mut kinds = kinds.clone();
            if let Some(kind) = kind {
                kinds[kind] += 1;
            }
            let used = used.iter().zip(uses).map(|(a, b)| a + b).collect();
            let entry = extended.entry((covered | items, kinds, used)).or_insert(i64::MIN);
            *entry = (*entry).max(value + profit);
        }
    }
    extended
}

/// Every feasible sector of a block; of equal effects, the most profitable.
pub fn sectors(block: &Block, rows: usize) -> Vec<Effect> {
    let mut best: BTreeMap<(u32, Vec<i64>), i64> = BTreeMap::new();
    let mut stack: Vec<Vec<&Choice>> = vec![Vec::new()];
    for class in &block.classes {
        let mut grown = if class.required { Vec::new() } else { stack.clone() };
        for sector in &stack {
            for choice in class.choices.iter().filter(|choice| choice.required || !class.required) {
                let mut sector = sector.clone();
                sector.push(choice);
                grown.push(sector);
            }
        }
        stack = grown;
    }
    for sector in stack.iter().filter(|sector| is_feasible(block, sector)) {
        let (items, profit, used) = effect(block, sector, rows);
        let entry = best.entry((items, used)).or_insert(i64::MIN);
        *entry = (*entry).max(profit);
    }
    best.into_iter().map(|((items, used), profit)| (items, profit, used)).collect()
}

fn is_feasible(block: &Block, sector: &[&Choice]) -> bool {
    let ticks: u32 = sector.iter().map(|choice| choice.ticks).sum();
    let count: u32 = sector.iter().map(|choice| u32::from(choice.count)).sum();
    let within = |limit: u8| limit == u8::MAX || count <= u32::from(limit);
    (block.minimum..=block.capacity).contains(&ticks)
        && within(block.count_limit)
        && sector.iter().all(|choice| within(choice.count_limit))
}

fn effect(block: &Block, sector: &[&Choice], rows: usize) -> Effect {
    let mut used = vec![0; rows];
    block.uses.iter().for_each(|&(row, use_)| used[row as usize] += use_);
    let (mut items, mut profit, mut measure) = (0, block.profit, 0);
    for choice in sector {
        items |= mask(&choice.items);
        profit += choice.profit;
        measure += i64::from(choice.measure);
        choice.uses.iter().for_each(|&(row, use_)| used[row as usize] += use_);
    }
    if let Some(equity) = block.equity {
        let excess =
            ((measure - i64::from(equity.target)).abs() - i64::from(equity.tolerance)).max(0);
        profit -= equity.weight * excess;
        if let Some(row) = equity.row {
            used[row as usize] += excess;
        }
    }
    (items, profit, used)
}
