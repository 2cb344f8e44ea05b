//! The compact model as a free MPS file, for any other solver to check.

use std::io::{self, Write};

use crate::policy::Problem;
use crate::policy::bareme::Order;

use super::compact_model::{Column, CompactModel, Row};
use super::constraints::Built;

/// Writes the model of a problem. MPS readers disagree on maximisation and on constants in the
/// objective, so the file minimises the negated objective and carries the constant as a column
/// fixed to 1. In lexicographic order the file holds the sum of the levels.
///
/// # Errors
/// Those of `out`.
pub fn write_mps(problem: &Problem, out: &mut impl Write) -> io::Result<()> {
    let model = Built::new(problem).model;
    write_header(problem, &model, out)?;
    write_rows(&model, out)?;
    write_columns(&model, out)?;
    write_right_hand_sides(&model, out)?;
    write_bounds(&model, out)?;
    writeln!(out, "ENDATA")
}

const OBJECTIVE: &str = "minus_objective";
const CONSTANT: &str = "constant";

fn write_header(problem: &Problem, model: &CompactModel, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "* Maillage {}: compact model (docs/model.md)", env!("CARGO_PKG_VERSION"))?;
    writeln!(out, "* {} columns, {} rows", model.columns.len(), model.rows.len())?;
    writeln!(out, "* To MINIMISE: the objective is negated; a plan worth 1000 reads -1000.")?;
    if problem.bareme.ordre == Order::Lexicographique {
        writeln!(
            out,
            "* The lexicographic order is not expressed: this is the sum of the levels."
        )?;
    }
    writeln!(out, "* x[unit,post,option] r[unit,option] (no post) h[unit,team]")?;
    writeln!(
        out,
        "* y[post@seat] T[post,place] trips t[post,place] ticks e[post] equity s[post] reserve"
    )?;
    writeln!(out, "NAME maillage")
}

/// The type of a row; an inequality on both sides is an `L` row with a range.
fn kind(row: &Row) -> char {
    match (row.lower, row.upper) {
        (Some(lower), Some(upper)) if lower == upper => 'E',
        (_, Some(_)) => 'L',
        _ => 'G',
    }
}

fn write_rows(model: &CompactModel, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "ROWS\n N {OBJECTIVE}")?;
    model.rows.iter().try_for_each(|row| writeln!(out, " {} {}", kind(row), row.name))
}

fn write_columns(model: &CompactModel, out: &mut impl Write) -> io::Result<()> {
    let mut entries: Vec<Vec<(usize, i64)>> = vec![Vec::new(); model.columns.len()];
    for (row, content) in model.rows.iter().enumerate() {
        for &(column, by) in &content.terms {
            entries[usize::from(column)].push((row, by));
        }
    }
    writeln!(out, "COLUMNS")?;
    let mut integer = false;
    for (column, entries) in model.columns.iter().zip(entries) {
        if column.integer != integer {
            integer = column.integer;
            let marker = if integer { "INTORG" } else { "INTEND" };
            writeln!(out, " MARKER 'MARKER' '{marker}'")?;
        }
        writeln!(out, " {} {OBJECTIVE} {}", column.name, -column.profit.total())?;
        for (row, by) in entries {
            writeln!(out, " {} {} {by}", column.name, model.rows[row].name)?;
        }
    }
    if integer {
        writeln!(out, " MARKER 'MARKER' 'INTEND'")?;
    }
    writeln!(out, " {CONSTANT} {OBJECTIVE} {}", -model.constant.total())
}

fn write_right_hand_sides(model: &CompactModel, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "RHS")?;
    for row in &model.rows {
        let side = row.upper.or(row.lower).expect("a row has a side");
        writeln!(out, " RHS {} {side}", row.name)?;
    }
    let ranges = model.rows.iter().filter_map(|row| match (row.lower, row.upper) {
        (Some(lower), Some(upper)) if lower < upper => Some((&row.name, upper - lower)),
        _ => None,
    });
    let ranges: Vec<_> = ranges.collect();
    if !ranges.is_empty() {
        writeln!(out, "RANGES")?;
        ranges.iter().try_for_each(|(name, width)| writeln!(out, " RNG {name} {width}"))?;
    }
    Ok(())
}

/// Both bounds of every column: readers disagree on the default of integers.
fn write_bounds(model: &CompactModel, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "BOUNDS")?;
    for Column { name, lower, upper, .. } in &model.columns {
        writeln!(out, " LO BND {name} {lower}\n UP BND {name} {upper}")?;
    }
    writeln!(out, " FX BND {CONSTANT} 1")
}
