//! Explanations as a table, or as a page of their own: `maillage expliquer -o`.

use serde::Serialize;

use crate::explain::Explanation;

use super::csv_file::to_csv;
use super::error::ExportError;
use super::heading::Heading;
use super::report::compose;
use super::tables;

const DOCUMENT: &str = "explications.html";

/// What the template sees.
#[derive(Serialize)]
struct Page<'a> {
    #[serde(flatten)]
    entete: Heading<'a>,
    explications: &'a [Explanation],
}

/// The table, for a spreadsheet.
///
/// # Errors
/// [`ExportError::Compose`].
pub fn explanations_csv(all: &[Explanation]) -> Result<Vec<u8>, ExportError> {
    to_csv(&tables::explanations(all))
}

/// The page: one section an establishment.
///
/// # Errors
/// [`ExportError::Compose`].
pub fn explanations_html(heading: Heading<'_>, all: &[Explanation]) -> Result<String, ExportError> {
    let page = Page { entete: heading, explications: all };
    compose(DOCUMENT, page)
}
