//! A plan under construction: some items may still be served by nobody, some posts absent.

use super::super::search::Plan;
use super::super::sector_model::{Column, Item, SectorModel};
use super::super::sector_values::ValuedColumn;

/// What is served so far. Every sector is feasible and linking rows hold; nothing is served twice.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// Sectors, in no particular order.
    pub sectors: Vec<ValuedColumn>,
    /// Direct columns.
    pub direct: Vec<u32>,
    /// Items served by nobody yet, increasing.
    pub uncovered: Vec<Item>,
}

impl Draft {
    /// Nobody serves anything.
    pub fn empty(model: &SectorModel) -> Self {
        Self { uncovered: (0..model.items).collect(), ..Self::default() }
    }

    /// A whole plan.
    pub fn of_plan(model: &SectorModel, plan: &Plan) -> Self {
        let value = |column: &Column| model.value(column.clone());
        Self {
            sectors: plan.columns.iter().map(value).collect(),
            direct: plan.direct.clone(),
            uncovered: Vec::new(),
        }
    }

    /// Sectors of each kind.
    pub fn taken(&self, model: &SectorModel) -> Vec<u32> {
        let mut taken = vec![0; model.kinds.len()];
        for sector in &self.sectors {
            taken[model.blocks[sector.column.block as usize].kind as usize] += 1;
        }
        taken
    }

    /// What each linking row has left.
    pub fn room(&self, model: &SectorModel) -> Vec<i64> {
        let mut room: Vec<i64> = model.rows.iter().map(|row| row.capacity).collect();
        let sectors = self.sectors.iter().flat_map(|sector| &sector.uses);
        let direct = self.direct.iter().flat_map(|&index| &model.direct[index as usize].uses);
        for &(row, used) in sectors.chain(direct) {
            room[row as usize] -= used;
        }
        room
    }

    /// Sectors that kinds still lack to reach their lower limits, by kind.
    pub fn lacking(&self, model: &SectorModel) -> Vec<u32> {
        let kinds = model.kinds.iter().zip(self.taken(model));
        kinds.map(|(kind, taken)| kind.lower.saturating_sub(taken)).collect()
    }

    /// Whether no kind has more sectors than posts.
    pub fn holds_kinds(&self, model: &SectorModel) -> bool {
        let mut taken = self.taken(model).into_iter().zip(&model.kinds);
        taken.all(|(taken, kind)| taken <= kind.upper)
    }

    /// Whether nothing is missing.
    pub fn is_plan(&self, model: &SectorModel) -> bool {
        self.uncovered.is_empty() && self.lacking(model).iter().all(|&lacking| lacking == 0)
    }

    /// The columns of a plan.
    pub fn columns(&self) -> (Vec<Column>, Vec<u32>) {
        (self.sectors.iter().map(|sector| sector.column.clone()).collect(), self.direct.clone())
    }
}
