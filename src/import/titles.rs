//! Lines of title above a table. People put the name of the service, a date and a blank line above
//! the headers, often in merged cells.

use super::number::parse_number;
use super::table::{Row, Table};

/// Lines that may stand above the headers.
const MOST_LINES: usize = 10;
/// Cells that a line of title may fill; headers fill more.
const MOST_CELLS: usize = 2;

/// The table with its true headers: the first line of several words, where all lines above it
/// fill a cell or two of a wider table. Any other table is left as it is.
pub(super) fn below_titles(mut table: Table) -> Table {
    let filled = table.headers.iter().filter(|header| !header.is_empty()).count();
    let is_title = filled == 1 || filled <= MOST_CELLS && table.headers.len() > MOST_CELLS;
    let place = table.rows.iter().take(MOST_LINES).position(|row| cells(row).count() > MOST_CELLS);
    let Some(place) = place.filter(|_| is_title) else { return table };
    if !cells(&table.rows[place]).all(|cell| parse_number(cell).is_none()) {
        return table;
    }
    let rows = table.rows.split_off(place + 1);
    let head = table.rows.pop().expect("it stands at this place");
    table.headers = (0..head.len()).map(|column| head.get(column).to_owned()).collect();
    table.rows = rows;
    table
}

/// The cells of a row that hold something.
fn cells(row: &Row) -> impl Iterator<Item = &str> {
    (0..row.len()).map(|column| row.get(column)).filter(|cell| !cell.is_empty())
}

#[cfg(test)]
mod tests {
    use crate::import::{Limits, Table};

    fn headers(text: &str) -> (Vec<String>, Vec<usize>) {
        let table = Table::from_bytes("t.csv", text.as_bytes(), &Limits::default());
        let table = table.expect("a table");
        (table.headers.clone(), table.rows.iter().map(|row| row.line).collect())
    }

    #[test]
    fn headers_are_found_below_titles_and_lines_keep_their_numbers() {
        let text =
            "Service social;;\nMise à jour;01/09/2026;\n;;\nposte;quotite;residence\nP1;0,8;x\n";
        let expected = ["poste", "quotite", "residence"].map(str::to_owned).to_vec();
        assert_eq!(headers(text), (expected, vec![5]));
    }

    #[test]
    fn a_table_without_titles_is_left_alone() {
        let narrow = "pole;poste\nA;P1\nA;P2;de trop\n";
        assert_eq!(headers(narrow).0, ["pole", "poste"]);
        let figures = "poste;;\nP1;0,8;12\n";
        assert_eq!(headers(figures).0[0], "poste");
    }
}
