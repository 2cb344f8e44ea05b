//! Cells that a spreadsheet would run as a formula, made harmless and read back.
//!
//! A text that starts like a formula is written behind an apostrophe, as a spreadsheet user would
//! type it (OWASP, CSV injection); `reveal` undoes `neutralise` exactly.

use std::borrow::Cow;

fn starts_a_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

/// Whether an apostrophe at the head of `text` would be taken for ours.
fn looks_neutralised(text: &str) -> bool {
    text.strip_prefix('\'').is_some_and(|rest| rest.starts_with('\'') || starts_a_formula(rest))
}

/// The text to write in a cell of text (numbers need none of this).
#[must_use]
pub fn neutralise(text: &str) -> Cow<'_, str> {
    if starts_a_formula(text) || looks_neutralised(text) {
        format!("'{text}").into()
    } else {
        text.into()
    }
}

/// The text that `neutralise` was given.
#[must_use]
pub fn reveal(text: &str) -> &str {
    if looks_neutralised(text) { &text[1..] } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_is_harmless_when_written_and_unchanged_when_read() {
        for text in ["=1+1", "+33", "-x", "@a", "'=1", "''", "'", "'a", "a=b", "", "＝1"] {
            let written = neutralise(text);
            assert!(!starts_a_formula(&written), "{written}");
            assert_eq!(reveal(&written), text);
        }
    }
}
