//! Reading a dossier: from files that people keep in spreadsheets to the values of `domain`.
//!
//! `table` reads any tabular file; everything found wrong becomes a [`Diagnostic`], and all of
//! them are gathered before anything is refused. The codes, as users read them:
#![doc = include_str!("errors.md")]

mod advisers;
mod affinities;
pub mod annuaire;
mod current;
mod decisions;
mod decode;
mod departement;
mod dossier;
mod edited_table;
mod error;
mod establishments;
mod files;
mod folder;
mod forecasts;
mod format;
mod formula;
mod france;
mod matrix;
mod number;
mod outline;
mod poles;
mod posts;
mod recognise;
mod scenario;
mod sheet;
mod spreadsheet;
mod table;
mod text_table;
mod titles;
mod trip_ends;
mod trips;
mod validate;
mod write;

pub use departement::{departement_code, departement_of_uai};
pub use dossier::{read_dossier, read_dossier_but_trips, read_files};
pub use edited_table::{EditedColumn, EditedTable};
pub use error::{Code, Diagnostic, Severity};
pub use files::DossierFiles;
pub use format::{ColumnFormat, FILES, FileFormat, Kind, SCENARIO_FILE, VARIANT_FILE};
pub use formula::neutralise;
pub use matrix::{Matrix, MatrixTrip, read_matrix};
pub use number::{parse_date, parse_number};
pub use outline::{MAX_OUTLINE, OUTLINE_FILE, outline_bytes, read_outline};
pub use recognise::{Content, recognise};
pub use table::{Layout, Limits, Row, Table, fold, nearest, plain_letters};
pub use write::{dossier_files, may_write_trips, write_dossier, write_files, write_trips};
