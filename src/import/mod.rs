//! Reading a dossier: from files that people keep in spreadsheets to the values of `domain`.
//!
//! `table` reads any tabular file; everything found wrong becomes a [`Diagnostic`], and all of
//! them are gathered before anything is refused.

mod decode;
mod error;
mod format;
mod formula;
mod number;
mod spreadsheet;
mod table;
mod text_table;
mod write;

pub use error::{Code, Diagnostic, Severity};
pub use format::{ColumnFormat, FILES, FileFormat, Kind};
pub use formula::neutralise;
pub use number::{parse_date, parse_number};
pub use table::{Layout, Limits, Row, Table, fold, nearest};
pub use write::write_dossier;
