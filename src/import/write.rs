//! Writes a dossier folder from domain values, in the format that French spreadsheets open.
//!
//! Every file of the dossier is written; one without rows holds its headers and serves as a model
//! to fill.

use std::io;
use std::path::Path;

use csv::{Terminator, WriterBuilder};
use jiff::civil::Date;

use super::files::{DossierFiles, naming, replace_all};
use super::format::{self, FileFormat, SCENARIO_FILE};
use super::formula::neutralise;
use super::outline::{OUTLINE_FILE, outline_file};
use super::trips::{COMPUTED, GIVEN};
use crate::domain::{
    Adviser, Affinity, Categories, CurrentService, Decision, Dossier, Establishment, PoleTeam,
    Post, Presence, Scenario, Trip,
};

/// What an empty set of categories, all known to be absent, is written as.
pub(super) const NO_CATEGORY: &str = "AUCUNE";

/// Writes `dossier` into `folder`, made when absent, whole or not at all.
///
/// # Errors
/// As [`write_files`].
pub fn write_dossier(folder: &Path, dossier: &Dossier) -> io::Result<()> {
    write_files(folder, &dossier_files(dossier)?)
}

/// The same of files in memory, which may hold more than the dossier.
///
/// # Errors
/// When a file cannot be written; the message names it. When the folder holds a workbook of the
/// same name as a file to write (the dossier would have the file twice).
pub fn write_files(folder: &Path, files: &DossierFiles) -> io::Result<()> {
    format::FILES.iter().try_for_each(|format| refuse_other_formats(folder, format))?;
    files.write(folder)
}

/// The files of a dossier, in memory.
///
/// # Errors
/// When the writer of CSV refuses a row.
pub fn dossier_files(dossier: &Dossier) -> io::Result<DossierFiles> {
    let tables: [(&FileFormat, Vec<Vec<String>>); 9] = [
        (&format::ESTABLISHMENTS, rows(&dossier.establishments, establishment)),
        (&format::POSTS, rows(&dossier.posts, post)),
        (&format::ADVISERS, rows(&dossier.advisers, adviser)),
        (&format::TRIPS, rows(&dossier.trips, trip)),
        (&format::CURRENT, rows(&dossier.current, current)),
        (&format::FORECASTS, dossier.establishments.iter().filter_map(forecast).collect()),
        (&format::POLES, dossier.pole_teams.iter().flat_map(pole).collect()),
        (&format::DECISIONS, rows(&dossier.decisions, decision)),
        (&format::AFFINITIES, rows(&dossier.affinities, affinity)),
    ];
    let mut files = DossierFiles::default();
    files.insert(SCENARIO_FILE, scenario(&dossier.scenario).into_bytes());
    for (format, rows) in &tables {
        files.insert(&format!("{}.csv", format.name), csv_of(format, rows)?);
    }
    if let Some(outline) = &dossier.outline {
        files.insert(OUTLINE_FILE, outline_file(outline));
    }
    Ok(files)
}

/// Whether [`write_trips`] will find its place: better known before a long computation.
///
/// # Errors
/// When the dossier holds its trips in a workbook or an archive.
pub fn may_write_trips(folder: &Path) -> io::Result<()> {
    refuse_other_formats(folder, &format::TRIPS)
}

/// Writes `trajets.csv` alone into a dossier, in place of the one there.
///
/// # Errors
/// When the file cannot be written, or as [`may_write_trips`].
pub fn write_trips(folder: &Path, trips: &[Trip]) -> io::Result<()> {
    may_write_trips(folder)?;
    let name = format!("{}.csv", format::TRIPS.name);
    replace_all(folder, &[(Path::new(&name), &csv_of(&format::TRIPS, &rows(trips, trip))?)])
}

fn rows<T>(values: &[T], cells: impl Fn(&T) -> Vec<String>) -> Vec<Vec<String>> {
    values.iter().map(cells).collect()
}

fn refuse_other_formats(folder: &Path, format: &FileFormat) -> io::Result<()> {
    for extension in ["xlsx", "ods", "csv.gz"] {
        let path = folder.join(format!("{}.{extension}", format.name));
        if path.exists() {
            let cause =
                "le dossier tient déjà ce fichier : déplacez-le avant d'écrire le .csv du même nom";
            return Err(naming(&path, &io::Error::other(cause)));
        }
    }
    Ok(())
}

fn csv_of(format: &FileFormat, rows: &[Vec<String>]) -> io::Result<Vec<u8>> {
    debug_assert!(rows.iter().all(|row| row.len() == format.columns.len()), "{}", format.name);
    csv_bytes(format.columns.iter().map(|column| column.name), rows)
}

/// A table as UTF-8 with its byte order mark, `;` and CRLF.
pub(super) fn csv_bytes<'a>(
    headers: impl Iterator<Item = &'a str>,
    rows: &[Vec<String>],
) -> io::Result<Vec<u8>> {
    let mut writer = WriterBuilder::new()
        .delimiter(b';')
        .terminator(Terminator::CRLF)
        .from_writer(b"\xEF\xBB\xBF".to_vec());
    writer.write_record(headers)?;
    for row in rows {
        writer.write_record(row)?;
    }
    writer.into_inner().map_err(|error| error.into_error())
}

fn scenario(scenario: &Scenario) -> String {
    let quoted = |text: &str| toml::Value::from(text).to_string();
    let head = [
        "# Dossier de rentrée. Toute valeur du barème peut être remplacée ici.".to_owned(),
        format!("nom = {}", quoted(&scenario.name)),
        format!("rentree = {}", scenario.year),
        format!("departement = {}", quoted(&scenario.departement)),
        format!("profil = {}", quoted(&scenario.profile)),
    ];
    format!("{}\n\n{}", head.join("\n"), scenario.overrides)
}

fn establishment(row: &Establishment) -> Vec<String> {
    vec![
        text(&row.uai),
        text(&row.name),
        row.kind.to_string(),
        text(&row.commune),
        text(&row.commune_code),
        number(row.latitude),
        number(row.longitude),
        optional(row.pupils),
        row.post_bac_pupils.to_string(),
        categories(&row.categories),
        row.ips.map_or_else(String::new, number),
        optional(row.pupils_year),
        text(&row.bassin),
        optional_text(row.network.as_deref()),
        optional_text(row.group.as_deref()),
        yes_no(row.on_priority_list),
        row.assistants_max.to_string(),
        optional(row.rural_class),
    ]
}

fn post(row: &Post) -> Vec<String> {
    vec![
        text(&row.id),
        optional_text(row.agent.as_deref()),
        hundredths(u32::from(row.quotite_percent)),
        optional_text(row.residence.as_deref()),
        optional_text(row.bassin.as_deref()),
        row.field.to_string(),
        hundredths(row.discharge_centi),
        optional_text(row.working_days.as_deref()),
        yes_no(row.vacant),
        day(row.from),
        day(row.until),
        optional(row.max_trip_minutes),
        optional(row.max_establishments),
        optional_text(row.home_commune.as_deref()),
        optional(row.horsepower),
    ]
}

fn adviser(row: &Adviser) -> Vec<String> {
    vec![text(&row.id), text(&row.bassin), row.references_max.to_string()]
}

fn trip(row: &Trip) -> Vec<String> {
    let source = if row.computed { COMPUTED } else { GIVEN };
    vec![text(&row.from), text(&row.to), number(row.minutes), number(row.km), source.to_owned()]
}

fn current(row: &CurrentService) -> Vec<String> {
    vec![
        text(&row.uai),
        optional_text(row.post.as_deref()),
        optional(row.modality),
        presence(row.presence),
    ]
}

fn forecast(row: &Establishment) -> Option<Vec<String>> {
    let (pupils, year) = row.forecast?;
    Some(vec![text(&row.uai), pupils.to_string(), year.to_string()])
}

fn pole(team: &PoleTeam) -> Vec<Vec<String>> {
    rows(&team.posts, |post| vec![text(&team.id), text(post)])
}

fn decision(row: &Decision) -> Vec<String> {
    vec![
        text(&row.uai),
        row.kind.to_string(),
        optional_text(row.post.as_deref()),
        optional(row.modality),
        presence(row.presence),
        text(&row.reason),
    ]
}

fn affinity(row: &Affinity) -> Vec<String> {
    vec![text(&row.post), text(&row.uai), number(row.points)]
}

fn text(text: &str) -> String {
    neutralise(text).into_owned()
}

fn optional_text(value: Option<&str>) -> String {
    value.map_or_else(String::new, text)
}

fn optional(value: Option<impl ToString>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

/// Decimal comma; the shortest text that reads back as the same number.
fn number(value: f64) -> String {
    value.to_string().replace('.', ",")
}

fn hundredths(value: u32) -> String {
    number(f64::from(value) / 100.0)
}

fn presence(value: Option<Presence>) -> String {
    value.map_or_else(String::new, |presence| number(presence.half_days()))
}

fn yes_no(value: bool) -> String {
    if value { "oui" } else { "non" }.to_owned()
}

fn day(value: Option<Date>) -> String {
    value.map_or_else(String::new, |date| date.to_string())
}

fn categories(value: &Categories) -> String {
    if *value == Categories::default() { NO_CATEGORY.to_owned() } else { value.to_string() }
}
