//! A mixed-integer programme as plain lists of columns and rows, all integers.

use derive_more::{From, Into};
use typed_index_collections::TiVec;

use crate::policy::Score;

use super::demand::Demand;

/// A column of the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, From, Into)]
pub struct ColumnId(pub usize);

/// A variable. Bounds are finite, so that every solver reads the same domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Unique, of characters that every MPS reader accepts.
    pub name: String,
    /// Lower bound.
    pub lower: i64,
    /// Upper bound.
    pub upper: i64,
    /// Whether it must be integer. The others are integer at every optimum.
    pub integer: bool,
    /// Contribution of one unit to each level of the objective (maximised).
    pub profit: Score,
}

/// A constraint `lower <= sum of terms <= upper`; at least one side is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Unique, of characters that every MPS reader accepts.
    pub name: String,
    /// Left-hand side.
    pub lower: Option<i64>,
    /// Right-hand side.
    pub upper: Option<i64>,
    /// Coefficients, one a column at most.
    pub terms: Vec<(ColumnId, i64)>,
    /// The demand that the row states; `None` for a row that only defines a variable.
    pub demand: Option<Demand>,
}

impl Row {
    /// Value of the terms at a point.
    #[must_use]
    pub fn activity(&self, point: &[i64]) -> i64 {
        self.terms.iter().map(|(column, by)| by * point[usize::from(*column)]).sum()
    }
}

/// The whole model.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CompactModel {
    /// Variables.
    pub columns: TiVec<ColumnId, Column>,
    /// Constraints.
    pub rows: Vec<Row>,
    /// Part of the objective that no variable changes.
    pub constant: Score,
}

impl CompactModel {
    /// Adds a 0-1 variable.
    pub fn add_binary(&mut self, name: String, profit: Score) -> ColumnId {
        self.add_integer(name, 1, profit)
    }

    /// Adds an integer variable from 0 to `upper`.
    pub fn add_integer(&mut self, name: String, upper: i64, profit: Score) -> ColumnId {
        self.columns.push_and_get_key(Column { name, lower: 0, upper, integer: true, profit })
    }

    /// Adds a row, unless no term can break it.
    pub fn add_row(&mut self, row: Row) {
        debug_assert!(row.lower.is_some() || row.upper.is_some(), "a row has a side");
        self.rows.push(row);
    }

    /// Score of a point, level by level.
    #[must_use]
    pub fn score(&self, point: &[i64]) -> Score {
        debug_assert_eq!(point.len(), self.columns.len());
        self.columns.iter().zip(point).filter(|(_, value)| **value != 0).fold(
            self.constant,
            |sum, (column, value)| Score {
                coverage: sum.coverage + value * column.profit.coverage,
                equity: sum.equity + value * column.profit.equity,
                travel: sum.travel + value * column.profit.travel,
                stability: sum.stability + value * column.profit.stability,
            },
        )
    }

    /// The first bound or row that a point breaks, by name.
    #[must_use]
    pub fn violation(&self, point: &[i64]) -> Option<&str> {
        let out_of_bounds =
            |(column, value): &(&Column, &i64)| !(column.lower..=column.upper).contains(*value);
        let broken = |row: &&Row| {
            let activity = row.activity(point);
            row.lower.is_some_and(|lower| activity < lower)
                || row.upper.is_some_and(|upper| activity > upper)
        };
        let column = self.columns.iter().zip(point).find(out_of_bounds).map(|(column, _)| column);
        column
            .map(|column| column.name.as_str())
            .or_else(|| self.rows.iter().find(broken).map(|row| row.name.as_str()))
    }
}
