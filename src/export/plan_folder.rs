//! The plan folder (`docs/contract`): everything that `resoudre -o` leaves, and reading it back.

use std::fs;
use std::path::Path;

use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use crate::domain::{Dossier, Plan};

use super::anonymous::without_names;
use super::csv_file::to_csv;
use super::error::ExportError;
use super::folder::{PLAN_FILE, PreparedFolder, prepare_folder, standing, write_file};
use super::json_file::to_json;
use super::report;
use super::run_info::RunInfo;
use super::tables::{Stamp, plan_tables};
use super::view::View;

const RUN_FILE: &str = "execution.json";
const REPORT_FILE: &str = "rapport.html";

/// What documents leave out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// No name of an agent or adviser anywhere (`--sans-noms`).
    pub anonymous: bool,
}

/// Writes the whole folder, or leaves what was there.
///
/// # Errors
/// [`ExportError`]; an older plan at the same place is then unchanged.
pub fn write_plan(
    folder: &Path,
    dossier: &Dossier,
    plan: &Plan,
    run: &RunInfo,
    options: Options,
) -> Result<(), ExportError> {
    prepare_plan(folder, dossier, plan, run, options)?.put()
}

/// The folder of [`write_plan`], whole and beside its place.
///
/// # Errors
/// As [`write_plan`].
pub fn prepare_plan(
    folder: &Path,
    dossier: &Dossier,
    plan: &Plan,
    run: &RunInfo,
    options: Options,
) -> Result<PreparedFolder, ExportError> {
    with_view(dossier, plan, options, |view| {
        let report = report::render(view, run, options)?;
        let stamp = Stamp { digest: plan_digest(view.plan)?, date: None };
        prepare_folder(folder, |fresh| {
            write_file(&fresh.join(PLAN_FILE), &to_json(PLAN_FILE, view.plan)?)?;
            write_file(&fresh.join(RUN_FILE), &to_json(RUN_FILE, run)?)?;
            write_file(&fresh.join(REPORT_FILE), report.as_bytes())?;
            write_tables(fresh, view, &stamp)
        })
    })
}

/// Writes the CSV documents of a plan into an existing folder.
pub(super) fn write_tables(folder: &Path, view: &View, stamp: &Stamp) -> Result<(), ExportError> {
    for table in plan_tables(view, stamp) {
        write_file(&folder.join(table.name).with_extension("csv"), &to_csv(&table)?)?;
    }
    Ok(())
}

/// Calls `compose` with the plan beside its dossier, names taken out when the options say so.
pub(super) fn with_view<T>(
    dossier: &Dossier,
    plan: &Plan,
    options: Options,
    compose: impl FnOnce(&View) -> Result<T, ExportError>,
) -> Result<T, ExportError> {
    if options.anonymous {
        let (dossier, plan) = without_names(dossier, plan);
        compose(&View::new(&dossier, &plan)?)
    } else {
        compose(&View::new(dossier, plan)?)
    }
}

/// Whether a folder holds a plan, be it of an older version.
#[must_use]
pub fn holds_plan(folder: &Path) -> bool {
    standing(folder).join(PLAN_FILE).is_file()
}

/// The plan of a folder written by [`write_plan`]; `folder` may also be the `plan.json` itself.
///
/// # Errors
/// [`ExportError::Read`], [`ExportError::Format`].
pub fn read_plan(folder: &Path) -> Result<Plan, ExportError> {
    if folder.is_file() { read_json(folder) } else { read_json(&standing(folder).join(PLAN_FILE)) }
}

/// The circumstances of the computation of a plan folder.
///
/// # Errors
/// [`ExportError::Read`], [`ExportError::Format`].
pub fn read_run(folder: &Path) -> Result<RunInfo, ExportError> {
    let folder = if folder.is_file() { folder.parent().unwrap_or(folder) } else { folder };
    read_json(&standing(folder).join(RUN_FILE))
}

/// Start of the SHA-256 of `plan.json`, which tells two plans apart on paper.
pub(super) fn plan_digest(plan: &Plan) -> Result<String, ExportError> {
    let bytes = Sha256::digest(to_json(PLAN_FILE, plan)?);
    Ok(bytes.iter().take(8).map(|byte| format!("{byte:02x}")).collect())
}

fn read_json<T: DeserializeOwned>(path: &Path) -> Result<T, ExportError> {
    let bytes =
        fs::read(path).map_err(|cause| ExportError::Read { path: path.to_owned(), cause })?;
    serde_json::from_slice(&bytes)
        .map_err(|error| ExportError::Format { path: path.to_owned(), reason: error.to_string() })
}
