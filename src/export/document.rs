//! One document on demand: `maillage exporter`.

use std::path::Path;

use crate::domain::{Dossier, Plan};
use crate::wording::{number, sentence};

use super::csv_file::to_csv;
use super::error::ExportError;
use super::folder::{replace_file, replace_files};
use super::ods_file::to_ods;
use super::plan_folder::{Options, plan_digest, with_view};
use super::report;
use super::run_info::RunInfo;
use super::tables::{Stamp, Table, mailing, plan_tables};
use super::view::View;
use super::xlsx_file::to_xlsx;

/// A document that a plan can be written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Document {
    /// A folder of CSV files.
    Csv,
    /// An Excel workbook.
    Xlsx,
    /// An OpenDocument workbook.
    Ods,
    /// The report.
    Html,
    /// The letters to heads of establishments, CSV.
    Publipostage,
}

impl Document {
    /// Name of the file (or folder) when the user gives none.
    #[must_use]
    pub const fn default_name(self) -> &'static str {
        match self {
            Self::Csv => "tableaux",
            Self::Xlsx => "plan.xlsx",
            Self::Ods => "plan.ods",
            Self::Html => "rapport.html",
            Self::Publipostage => "publipostage.csv",
        }
    }
}

/// Writes one document to `target`: a folder for [`Document::Csv`], a file for the others.
///
/// # Errors
/// [`ExportError`]; what was at `target` is then unchanged.
pub fn write_document(
    document: Document,
    target: &Path,
    dossier: &Dossier,
    plan: &Plan,
    run: &RunInfo,
    options: Options,
) -> Result<(), ExportError> {
    with_view(dossier, plan, options, |view| {
        let date = Some(number::date(run.date.date()));
        let stamp = Stamp { digest: plan_digest(view.plan)?, date };
        let tables = || all_tables(view, &stamp);
        let foot = foot(view.plan, &stamp);
        match document {
            Document::Csv => write_csv_folder(target, &tables()),
            Document::Xlsx => replace_file(target, &to_xlsx(&tables(), run.date, &foot)?),
            Document::Ods => replace_file(target, &to_ods(&tables(), &foot)?),
            Document::Html => replace_file(target, report::render(view, run, options)?.as_bytes()),
            Document::Publipostage => replace_file(target, &to_csv(&mailing(view, &stamp))?),
        }
    })
}

/// What stands at the foot of each page of a workbook.
fn foot(plan: &Plan, stamp: &Stamp) -> String {
    let title: String = sentence::title(&plan.dossier, plan.rentree).chars().take(80).collect();
    let date = stamp.date.as_deref().unwrap_or_default();
    let (bareme, gap) = (&plan.profil, number::gap(plan.ecart));
    format!("{title} · calcul du {date} · barème {bareme} · écart {gap} · plan {}", stamp.digest)
}

fn all_tables(view: &View, stamp: &Stamp) -> Vec<Table> {
    plan_tables(view, stamp).into_iter().chain([mailing(view, stamp)]).collect()
}

/// All files or none; the folder itself may hold other files.
fn write_csv_folder(folder: &Path, tables: &[Table]) -> Result<(), ExportError> {
    let named = |table: &Table| Ok((format!("{}.csv", table.name), to_csv(table)?));
    let files: Vec<(String, Vec<u8>)> =
        tables.iter().map(named).collect::<Result<_, ExportError>>()?;
    replace_files(folder, &files)
}
