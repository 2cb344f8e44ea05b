//! Explanations as a table, or as a page of their own: `maillage expliquer -o`.

use minijinja::value::Serde;
use serde::Serialize;

use crate::domain::Plan;
use crate::explain::Explanation;

use super::csv_file::to_csv;
use super::error::ExportError;
use super::report::environment;
use super::tables;

const DOCUMENT: &str = "explications.html";

/// What the template sees.
#[derive(Serialize)]
struct Page<'a> {
    plan: &'a Plan,
    anonyme: bool,
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
pub fn explanations_html(
    plan: &Plan,
    all: &[Explanation],
    anonymous: bool,
) -> Result<String, ExportError> {
    let environment = environment().map_err(ExportError::composing(DOCUMENT))?;
    let template = environment.get_template(DOCUMENT).map_err(ExportError::composing(DOCUMENT))?;
    let page = Page { plan, anonyme: anonymous, explications: all };
    template.render(Serde(page)).map_err(ExportError::composing(DOCUMENT))
}
