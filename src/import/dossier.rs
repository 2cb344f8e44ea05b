//! Reads a dossier folder.

use std::path::Path;

use geo::MultiPolygon;

use crate::domain::{
    Adviser, Affinity, CurrentService, Decision, Dossier, Establishment, Post, Scenario, Trip,
};

use super::error::Diagnostic;
use super::files::DossierFiles;
use super::folder::Folder;
use super::forecasts::Forecast;
use super::format::{FileFormat, SCENARIO_FILE};
use super::poles::Member;
use super::sheet::{Cells, Rows};
use super::{
    advisers, affinities, current, decisions, establishments, forecasts, format, poles, posts,
    scenario, trips, validate,
};

/// A dossier as read, each value with its place in the files.
pub struct Draft {
    pub scenario: Scenario,
    pub establishments: Rows<Establishment>,
    pub posts: Rows<Post>,
    pub advisers: Rows<Adviser>,
    pub trips: Rows<Trip>,
    pub current: Rows<CurrentService>,
    pub forecasts: Rows<Forecast>,
    pub poles: Rows<Member>,
    pub decisions: Rows<Decision>,
    pub affinities: Rows<Affinity>,
    pub outline: Option<MultiPolygon>,
}

/// Reads the dossier in `folder`; with it, the warnings.
///
/// # Errors
/// Every fault and every warning of every file, when there is at least one error.
pub fn read_dossier(folder: &Path) -> Result<(Dossier, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut report = Vec::new();
    let folder = Folder::open(folder, &mut report).map_err(|error| vec![error])?;
    read(folder, report)
}

/// Reads the dossier in `folder` but for its trips, which are about to be replaced.
///
/// # Errors
/// As [`read_dossier`].
pub fn read_dossier_but_trips(
    folder: &Path,
) -> Result<(Dossier, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut report = Vec::new();
    let mut folder = Folder::open(folder, &mut report).map_err(|error| vec![error])?;
    folder.forget(&format::TRIPS);
    read(folder, report)
}

/// Reads a dossier in memory; with it, the warnings.
///
/// # Errors
/// As [`read_dossier`].
pub fn read_files(files: &DossierFiles) -> Result<(Dossier, Vec<Diagnostic>), Vec<Diagnostic>> {
    read(Folder::of(files), Vec::new())
}

fn read(
    mut folder: Folder,
    mut report: Vec<Diagnostic>,
) -> Result<(Dossier, Vec<Diagnostic>), Vec<Diagnostic>> {
    let draft = read_draft(&mut folder, &mut report);
    if let Some(draft) = &draft {
        validate::check(draft, &mut report);
    }
    report.sort_by_key(|diagnostic| (file_rank(&diagnostic.file), diagnostic.line));
    match draft {
        Some(draft) if !report.iter().any(Diagnostic::is_error) => {
            Ok((finish(draft, folder), report))
        }
        _ => Err(report),
    }
}

/// Every file is read, even after one that cannot be.
fn read_draft(folder: &mut Folder, report: &mut Vec<Diagnostic>) -> Option<Draft> {
    let scenario = match folder.scenario() {
        Ok(bytes) => scenario::read(&bytes, report),
        Err(diagnostic) => {
            report.push(diagnostic);
            None
        }
    };
    let establishments = read_rows(folder, &format::ESTABLISHMENTS, establishments::read, report);
    let posts = read_rows(folder, &format::POSTS, posts::read, report);
    let advisers = read_rows(folder, &format::ADVISERS, advisers::read, report);
    let trips = read_rows(folder, &format::TRIPS, trips::read, report);
    let current = read_rows(folder, &format::CURRENT, current::read, report);
    let forecasts = read_rows(folder, &format::FORECASTS, forecasts::read, report);
    let poles = read_rows(folder, &format::POLES, poles::read, report);
    let decisions = read_rows(folder, &format::DECISIONS, decisions::read, report);
    let affinities = read_rows(folder, &format::AFFINITIES, affinities::read, report);
    let scenario = scenario?;
    let mut draft = Draft {
        outline: folder.outline(&scenario.departement, report),
        scenario,
        establishments: establishments?,
        posts: posts?,
        advisers: advisers?,
        trips: trips?,
        current: current?,
        forecasts: forecasts?,
        poles: poles?,
        decisions: decisions?,
        affinities: affinities?,
    };
    forecasts::apply(&draft.forecasts.values, &mut draft.establishments.values);
    Some(draft)
}

fn read_rows<T>(
    folder: &mut Folder,
    format: &'static FileFormat,
    read: impl FnMut(&mut Cells) -> T,
    report: &mut Vec<Diagnostic>,
) -> Option<Rows<T>> {
    let sheet = folder.sheet(format, report)?;
    Some(sheet.read(report, read))
}

/// Trips from or to unknown places are left out, each place under a warning of its own.
fn finish(draft: Draft, folder: Folder) -> Dossier {
    let trips = validate::known_trips(&draft);
    Dossier {
        scenario: draft.scenario,
        establishments: draft.establishments.values,
        posts: draft.posts.values,
        advisers: draft.advisers.values,
        trips,
        current: draft.current.values,
        pole_teams: poles::teams(&draft.poles.values),
        decisions: draft.decisions.values,
        affinities: draft.affinities.values,
        outline: draft.outline,
        digests: folder.digests,
        edits: Vec::new(),
    }
}

/// The order of the files in the report.
fn file_rank(file: &str) -> usize {
    if file == SCENARIO_FILE {
        return 0;
    }
    let stem = file.split('.').next().unwrap_or(file);
    let rank = format::FILES.iter().position(|format| format.name.eq_ignore_ascii_case(stem));
    1 + rank.unwrap_or(format::FILES.len())
}
