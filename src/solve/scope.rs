//! What the current branch still allows: blocks narrowed to some choices, direct columns on or off.

use super::column_pool::ColumnPool;
use super::master::Meaning;
use super::pricing::PricedBlock;
use super::sector_model::{Item, SectorModel};

/// The blocks and direct columns of one branching node.
#[derive(Debug, Clone)]
pub struct Scope {
    /// Blocks in the model's order.
    pub blocks: Vec<PricedBlock>,
    /// Whether each direct column is allowed.
    pub direct: Vec<bool>,
    /// Nothing is decided yet: bounds hold for the model.
    pub is_whole: bool,
}

impl Scope {
    /// Everything that the model allows.
    pub fn whole(model: &SectorModel) -> Self {
        let blocks = (0..model.blocks.len() as u32).map(|index| PricedBlock::new(model, index));
        Self { blocks: blocks.collect(), direct: vec![true; model.direct.len()], is_whole: true }
    }

    /// These seats alone (blocks, increasing), and the posts that need none.
    pub fn with_seats(mut self, model: &SectorModel, seats: &[u32]) -> Self {
        self.is_whole = false;
        for (priced, block) in self.blocks.iter_mut().zip(&model.blocks) {
            priced.closed |=
                !block.classes.is_empty() && seats.binary_search(&priced.block).is_err();
        }
        self
    }

    /// Whether a column of the master is allowed here.
    pub fn allows(&self, pool: &ColumnPool, meaning: Meaning) -> bool {
        match meaning {
            Meaning::Sector(index) => {
                let column = &pool.get(index).column;
                self.blocks[column.block as usize].allows(column)
            }
            Meaning::Direct(index) => self.direct[index as usize],
            Meaning::Artificial => true,
        }
    }

    /// Forbids `item` in `block`.
    pub fn forbid(&mut self, block: u32, item: Item) {
        self.is_whole = false;
        for class in &mut self.blocks[block as usize].classes {
            class.choices.retain(|choice| !choice.items.contains(&item));
        }
    }

    /// Forbids `item` everywhere but in `block`, whose every sector must then cover it when it is
    /// the only column that its kind may take (`alone`).
    pub fn assign(&mut self, model: &SectorModel, block: u32, item: Item, alone: bool) {
        for other in 0..self.blocks.len() as u32 {
            if other != block {
                self.forbid(other, item);
            }
        }
        self.forbid_direct(model, item);
        if alone {
            self.blocks[block as usize].require(item);
        }
    }

    /// Serves `item` by direct columns only.
    pub fn leave_to_direct(&mut self, item: Item) {
        for block in 0..self.blocks.len() as u32 {
            self.forbid(block, item);
        }
    }

    /// Forbids the direct columns of `item`.
    pub fn forbid_direct(&mut self, model: &SectorModel, item: Item) {
        self.is_whole = false;
        for (allowed, direct) in self.direct.iter_mut().zip(&model.direct) {
            *allowed &= !direct.items.contains(&item);
        }
    }
}
