//! Delimited text: separator detected, lines counted.

use csv::{ReaderBuilder, StringRecord};

use super::decode::decode;
use super::error::{Code, Diagnostic};
use super::table::{Layout, Row, Table, empty};

/// Separators tried; the first wins a tie.
const DELIMITERS: [char; 3] = [';', ',', '\t'];

/// Reads delimited text.
///
/// # Errors
/// `E1004` (nothing inside), `E1006` (no text), `E1008` (a quotation mark left open).
pub fn read(file: &str, bytes: &[u8]) -> Result<Table, Diagnostic> {
    let (text, encoding) = decode(file, bytes)?;
    let (delimiter, text, skipped) = match declared_delimiter(&text) {
        Some((delimiter, rest)) => (delimiter, rest, 1),
        None => (likely_delimiter(&text), text.as_str(), 0),
    };
    let mut rows = read_rows(text, delimiter);
    for row in &mut rows {
        row.line += skipped;
    }
    check_quotes(file, text, rows.last())?;
    if rows.is_empty() {
        return Err(empty(file));
    }
    let header = rows.remove(0);
    Ok(Table {
        file: file.to_owned(),
        headers: (0..header.len()).map(|column| header.get(column).to_owned()).collect(),
        rows,
        layout: Layout::Text { encoding, delimiter },
    })
}

/// The separator of a first line `sep=;`, which Excel understands, and the text after it.
fn declared_delimiter(text: &str) -> Option<(char, &str)> {
    let (line, rest) = text.split_once('\n')?;
    let delimiter = line.trim_end_matches('\r').strip_prefix("sep=")?;
    DELIMITERS
        .into_iter()
        .find(|known| delimiter == known.to_string())
        .map(|delimiter| (delimiter, rest))
}

/// The separator most frequent in the first line that holds something, quoted text left out.
fn likely_delimiter(text: &str) -> char {
    let mut counts = [0_usize; DELIMITERS.len()];
    let mut quoted = false;
    for letter in text.trim_start_matches(['\r', '\n']).chars() {
        if letter == '"' {
            quoted = !quoted;
        } else if !quoted && matches!(letter, '\r' | '\n') {
            break;
        } else if let (false, Some(index)) = (quoted, DELIMITERS.iter().position(|d| *d == letter))
        {
            counts[index] += 1;
        }
    }
    let most = counts.iter().max().copied().unwrap_or(0);
    let best = counts.iter().position(|count| *count == most).unwrap_or(0);
    DELIMITERS[best]
}

/// The rows that hold something. Lines are counted here: the reader's own count stops at the blank
/// lines before a record.
fn read_rows(text: &str, delimiter: char) -> Vec<Row> {
    let line_end = if text.contains('\n') { b'\n' } else { b'\r' };
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter as u8)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let mut record = StringRecord::new();
    let (mut counted, mut line) = (0, 1);
    while reader.read_record(&mut record).expect("the text is valid UTF-8 in memory") {
        let start = record.position().map_or(counted, |position| position.byte() as usize);
        let blanks = text.as_bytes()[start..]
            .iter()
            .take_while(|byte| matches!(byte, b'\r' | b'\n'))
            .count();
        let bytes = &text.as_bytes()[counted..start + blanks];
        line += bytes.iter().filter(|byte| **byte == line_end).count();
        counted = start + blanks;
        let row = Row::new(line, record.clone());
        if !row.is_empty() {
            rows.push(row);
        }
    }
    rows
}

/// A mark left open swallows the rest of the file into the last cell.
fn check_quotes(file: &str, text: &str, last: Option<&Row>) -> Result<(), Diagnostic> {
    let odd = text.matches('"').count() % 2 == 1;
    match last {
        Some(row) if odd && (0..row.len()).any(|column| row.get(column).contains(['\n', '\r'])) => {
            Err(Diagnostic::new(
                Code::OpenQuote,
                file,
                "Un guillemet ouvert sur cette ligne n'est jamais fermé : tout ce qui suit serait pris pour une seule cellule.",
                "Fermez ou supprimez ce guillemet.",
            )
            .at_line(row.line))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<(usize, String)> {
        let table = read("t.csv", text.as_bytes()).expect("a table");
        table.rows.iter().map(|row| (row.line, row.get(0).to_owned())).collect()
    }

    #[test]
    fn the_separator_is_detected() {
        for (text, expected) in [
            ("a;b,c;d\n", ';'),
            ("a,b\n", ','),
            ("a\tb\tc\n", '\t'),
            ("\"a,b,c\";d\n", ';'),
            ("a\n", ';'),
        ] {
            let table = read("t.csv", text.as_bytes()).expect("a table");
            let Layout::Text { delimiter, .. } = table.layout else { panic!("text") };
            assert_eq!(delimiter, expected, "{text}");
        }
    }

    #[test]
    fn lines_are_those_of_an_editor() {
        let expected = vec![(2, "1".to_owned()), (5, "2\n2".to_owned()), (7, "3".to_owned())];
        let text = "a;b\n1;x\n\n;\n\"2\n2\";y\n3;z\n";
        assert_eq!(lines(text), expected);
        let windows: Vec<_> =
            lines(&text.replace('\n', "\r\n")).into_iter().map(|(line, _)| line).collect();
        assert_eq!(windows, [2, 5, 7]);
        assert_eq!(lines("a\r1\r\r2\r"), [(2, "1".to_owned()), (4, "2".to_owned())]);
        assert_eq!(lines("sep=,\r\na,b\r\n1,2\r\n"), [(3, "1".to_owned())]);
    }

    #[test]
    fn an_open_quote_is_told_with_its_line() {
        let error = read("t.csv", b"a;b\n1;x\n2;\"y\n3;z\n").expect_err("open");
        assert_eq!((error.code, error.line), (Code::OpenQuote, Some(3)));
        assert!(read("t.csv", b"a;b\n1;5\" de large\n2;y\n").is_ok());
    }

    #[test]
    fn a_file_with_blank_lines_only_is_empty() {
        for text in ["", "\n\r\n", ";;\n", "\u{feff}"] {
            assert_eq!(read("t.csv", text.as_bytes()).expect_err("empty").code, Code::EmptyFile);
        }
    }
}
