//! Every column known so far, without repetition, in the order of their discovery.

use std::collections::HashMap;

use super::sector_model::{Column, SectorModel};
use super::sector_values::ValuedColumn;

/// Columns by index; an index never changes its meaning.
#[derive(Debug, Clone, Default)]
pub struct ColumnPool {
    columns: Vec<ValuedColumn>,
    /// Looked up only, never iterated: its order decides nothing.
    index: HashMap<Column, u32>,
}

impl ColumnPool {
    /// Adds a feasible column unless it is known; returns its index and whether it is new.
    pub fn insert(&mut self, model: &SectorModel, column: Column) -> (u32, bool) {
        if let Some(&known) = self.index.get(&column) {
            return (known, false);
        }
        let fresh = u32::try_from(self.columns.len()).expect("fewer than 2^32 columns");
        self.index.insert(column.clone(), fresh);
        self.columns.push(model.value(column));
        (fresh, true)
    }

    /// The column of an index.
    pub fn get(&self, index: u32) -> &ValuedColumn {
        &self.columns[index as usize]
    }

    /// All columns, oldest first.
    pub fn columns(&self) -> &[ValuedColumn] {
        &self.columns
    }

    /// Number of columns.
    pub fn len(&self) -> usize {
        self.columns.len()
    }

    /// Whether no column is known.
    pub fn is_empty(&self) -> bool {
        self.columns.is_empty()
    }
}
