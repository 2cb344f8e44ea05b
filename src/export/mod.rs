//! Documents: finished values to files.
//!
//! Each table is defined once (`tables`) and written as CSV, `.xlsx` or `.ods`; `report` composes
//! `rapport.html`; `plan_folder` puts a whole plan on disk and reads it back. Nothing here solves.

mod anonymous;
mod comparison;
mod csv_file;
mod document;
mod error;
mod explanations;
mod folder;
mod fragility;
mod frontier;
mod heading;
mod json_file;
mod ods_file;
mod ods_styles;
mod origin;
mod plan_folder;
mod report;
mod run_info;
mod tables;
mod timetable;
mod view;
mod xlsx_file;

pub use anonymous::without_names;
pub use comparison::{comparison_html, figure_text, words, write_comparison};
pub use document::{Document, write_document};
pub use error::ExportError;
pub use explanations::{explanations_csv, explanations_html};
pub use folder::{
    PLAN_FILE, PreparedFolder, check_writable, replace_file, replace_folder, write_file,
};
pub use fragility::{FragilityDocument, fragility_document};
pub use frontier::{
    FrontierDocument, FrontierSource, axis_name, frontier_document, frontier_notes, write_frontier,
};
pub use heading::Heading;
pub use json_file::to_json;
pub use origin::Origin;
pub use plan_folder::{Options, holds_plan, prepare_plan, read_plan, read_run, write_plan};
pub use run_info::RunInfo;
pub use timetable::{timetable_csv, timetable_html};
pub use view::{outdated, same_input};
