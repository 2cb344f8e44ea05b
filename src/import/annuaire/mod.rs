//! From the ministry's open data to a dossier.
//!
//! Source: "Annuaire de l'education" (`fr-en-annuaire-education`, Licence Ouverte), any year since
//! 2019, one departement of it; with, by UAI, the files of social position indices, which hold the
//! effectifs of the second degree; with the rural typology of communes; with forecasts.
//! What a file does not tell stays unknown, and everything dropped, merged, moved or proposed is
//! listed in the [`ImportReport`], because the user answers for the list of establishments.

mod bassin;
mod cells;
mod circonscription;
mod columns;
mod forecast;
mod group;
mod kind;
mod merging;
mod nature;
mod network;
mod position;
mod proposals;
mod record;
mod report;
mod rural;
mod selection;
mod social;
mod source;
mod units;

use std::collections::{BTreeMap, BTreeSet};

use self::bassin::Bassins;
use self::circonscription::FirstDegree;
use self::columns::Columns;
use self::position::Surroundings;
use self::record::Reading;
use self::rural::RuralClasses;
use self::selection::Selection;
use self::social::SocialIndex;
use self::units::Context;
use super::scenario::YEARS;
use super::table::is_formula_fault;
use super::{Code, Diagnostic, Table};
use crate::domain::{Dossier, Establishment, Scenario};

pub use record::{Departement, departements};
pub use report::{ImportReport, Note, Topic};
pub use source::OpenData;

/// Rentree of a dossier when neither the user nor the file tells it.
const DEFAULT_RENTREE: u16 = 2026;
/// Rows of a departement beyond this are no annuaire: the largest has some 2,500.
const MOST_ROWS: usize = 10_000;

/// The files, read; the page gives them from memory, the command line from paths.
#[derive(Debug, Clone, Copy)]
pub struct AnnuaireFiles<'a> {
    /// The annuaire.
    pub annuaire: &'a Table,
    /// Files of social position indices, of any degree and year.
    pub ips: &'a [Table],
    /// Rural typology of communes.
    pub rural: Option<&'a Table>,
    /// Forecast effectifs.
    pub forecasts: Option<&'a Table>,
}

/// What the user asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnnuaireSettings {
    /// Departement, by any spelling ("31", "031", "02A").
    pub departement: String,
    /// Rentree; `None`: the one that follows the date of the file.
    pub rentree: Option<u16>,
    /// Profil of the bareme.
    pub profile: String,
    /// Hundredths of ETP to place; 0 writes no post.
    pub centi_etp: u32,
    /// Advisers to propose, one for each of the bassins with the most colleges.
    pub advisers: usize,
    /// Circonscriptions to add by name.
    pub added_circonscriptions: Vec<String>,
}

/// Builds the dossier of one departement.
///
/// # Errors
/// `E1701` when a file lacks a column that it cannot do without, `E1103` when it has one twice;
/// `E1702` when no row of the departement is in the file, `E1004` and `E1301` when none can be
/// read, `E1005` when there are too many; `E1703` when none has coordinates; `E1106` when none is
/// to be served.
pub fn import_annuaire(
    files: &AnnuaireFiles<'_>,
    settings: &AnnuaireSettings,
) -> Result<(Dossier, ImportReport), Diagnostic> {
    require_columns(files)?;
    let mut report = ImportReport::default();
    note_damage(files, &mut report);
    let departement = cells::departement(&settings.departement);
    let Reading { name, records, .. } =
        read_departement(files.annuaire, &departement, settings, &mut report)?;
    let surroundings = Surroundings::of(&records);
    if surroundings.centre().is_none() {
        return Err(no_coordinates(files.annuaire, &departement));
    }
    let updated = records.iter().filter_map(|record| record.updated).max();
    let school_year = updated.and_then(|date| {
        let year = u16::try_from(date.year() - i16::from(date.month() < 9)).ok();
        year.filter(|year| YEARS.contains(year))
    });
    let rentree = settings.rentree.or(school_year.map(|year| year + 1)).unwrap_or(DEFAULT_RENTREE);
    let mut selection = selection::select(records, rentree, &mut report);
    locate(&mut selection, &surroundings, &mut report);
    let mut establishments =
        establishments(files, settings, selection, &surroundings, school_year, &mut report);
    if establishments.is_empty() {
        return Err(nothing_to_serve(files.annuaire, &departement));
    }
    if let Some(table) = files.forecasts {
        forecast::apply(table, rentree, &mut establishments, &mut report);
    }
    remark(&establishments, files, &mut report);
    let name = if name.is_empty() { format!("Département {departement}") } else { name };
    let scenario = Scenario {
        name: format!("{name}, rentrée {rentree}"),
        year: rentree,
        departement,
        profile: settings.profile.clone(),
        overrides: toml::Table::new(),
    };
    Ok((dossier(scenario, establishments, settings), report))
}

/// Whether the table has the columns that an annuaire cannot do without.
#[must_use]
pub fn is_annuaire(table: &Table) -> bool {
    OpenData::Annuaire.check(table).is_ok()
}

/// Whether the table is one of social position indices.
#[must_use]
pub fn is_social(table: &Table) -> bool {
    table.column(&social::UAI_NAMES).is_some() && table.column(&social::IPS_NAMES).is_some()
}

/// Whether the table is a rural typology.
#[must_use]
pub fn is_rural(table: &Table) -> bool {
    OpenData::Rural.check(table).is_ok()
}

fn require_columns(files: &AnnuaireFiles<'_>) -> Result<(), Diagnostic> {
    OpenData::Annuaire.check(files.annuaire)?;
    files.ips.iter().try_for_each(|table| OpenData::Social.check(table))?;
    files.rural.map_or(Ok(()), |table| OpenData::Rural.check(table))?;
    files.forecasts.map_or(Ok(()), |table| OpenData::Forecasts.check(table))
}

/// The rows of the departement, one at least.
fn read_departement(
    table: &Table,
    departement: &str,
    settings: &AnnuaireSettings,
    report: &mut ImportReport,
) -> Result<Reading, Diagnostic> {
    for name in Columns::of(table).missing() {
        report.note(Topic::MissingColumn, "", name, "");
    }
    let reading = record::read(table, departement);
    for (line, text) in &reading.unreadable {
        report.note(Topic::UnreadableUai, text.as_str(), "", format!("ligne {line}"));
    }
    if reading.records.is_empty() {
        return Err(absent(table, settings, reading));
    }
    if reading.records.len() > MOST_ROWS {
        return Err(Diagnostic::new(
            Code::TooLarge,
            &table.file,
            format!(
                "Le fichier a {} lignes pour ce seul département : aucun n'a autant d'établissements.",
                reading.records.len()
            ),
            "Vérifiez que c'est bien l'annuaire, et que ses lignes n'y sont pas plusieurs fois.",
        ));
    }
    Ok(reading)
}

/// Why no row of the departement could be read.
fn absent(table: &Table, settings: &AnnuaireSettings, reading: Reading) -> Diagnostic {
    let fault = |code, cause, action: String| Diagnostic::new(code, &table.file, cause, action);
    let found: Vec<String> = reading.departements.into_iter().collect();
    match reading.unreadable.first() {
        None if table.rows.is_empty() => fault(
            Code::EmptyFile,
            "Le fichier n'a que sa ligne d'en-têtes.".to_owned(),
            "Téléchargez-le de nouveau.".to_owned(),
        ),
        Some((line, text)) if found.is_empty() => fault(
            Code::UaiShape,
            "Aucune ligne n'a d'UAI lisible (sept chiffres et une lettre).".to_owned(),
            "Un tableur a sans doute abîmé cette colonne : reprenez le fichier d'origine."
                .to_owned(),
        )
        .at_line(*line)
        .with_value(text),
        _ => fault(
            Code::UnknownDepartement,
            format!("Le département « {} » n'est pas dans le fichier.", settings.departement),
            format!("Le fichier couvre : {}.", found.join(", ")),
        ),
    }
}

/// Lists the rows of any file that a separator too many or too few has shifted, or that hold the
/// error of a formula.
fn note_damage(files: &AnnuaireFiles<'_>, report: &mut ImportReport) {
    let beside = files.ips.iter().chain(files.rural).chain(files.forecasts);
    for table in std::iter::once(files.annuaire).chain(beside) {
        for row in table.rows.iter().filter(|row| table.width_fault(row).is_some()) {
            let widths = format!("{} cellules, {} en-têtes", row.len(), table.headers.len());
            report.note(Topic::Ragged, &table.file, format!("ligne {}", row.line), widths);
        }
        for row in &table.rows {
            if let Some(cell) =
                (0..row.len()).map(|at| row.get(at)).find(|cell| is_formula_fault(cell))
            {
                report.note(Topic::FormulaFault, &table.file, format!("ligne {}", row.line), cell);
            }
        }
    }
}

fn nothing_to_serve(table: &Table, departement: &str) -> Diagnostic {
    Diagnostic::new(
        Code::NoEstablishment,
        &table.file,
        format!(
            "Aucun établissement public du département {departement} n'est à servir : tous sont privés, fermés, à ouvrir plus tard ou d'un autre ministère."
        ),
        "Vérifiez les colonnes du statut, de l'état et de la nature, et l'année de --rentree.",
    )
}

fn no_coordinates(table: &Table, departement: &str) -> Diagnostic {
    Diagnostic::new(
        Code::NoCoordinates,
        &table.file,
        format!(
            "Aucun établissement du département {departement} n'a de latitude ni de longitude lisibles."
        ),
        "Téléchargez l'annuaire avec les colonnes latitude et longitude.",
    )
}

/// Gives every served row a position and a bassin.
fn locate(selection: &mut Selection, surroundings: &Surroundings, report: &mut ImportReport) {
    let Selection { second_degree, ecoles, .. } = selection;
    position::place(second_degree, surroundings, report);
    position::place(ecoles, surroundings, report);
    let bassins = Bassins::of(second_degree.iter().chain(ecoles.iter()));
    // A section takes the bassin of its establishment.
    let schools = second_degree.iter_mut().filter(|record| !record.nature.is_section());
    for record in schools.chain(ecoles.iter_mut()) {
        bassins.complete(record, report);
    }
}

fn establishments(
    files: &AnnuaireFiles<'_>,
    settings: &AnnuaireSettings,
    selection: Selection,
    surroundings: &Surroundings,
    school_year: Option<u16>,
    report: &mut ImportReport,
) -> Vec<Establishment> {
    let Selection { second_degree, ecoles, offices } = selection;
    let social = SocialIndex::read(files.ips);
    let rural = RuralClasses::read(files.rural);
    let sites = merging::merge(second_degree, report);
    let groups: BTreeMap<String, String> = group::groups(&sites, report);
    let context = Context { social: &social, rural: &rural, groups: &groups };
    let first_degree =
        FirstDegree { ecoles: &ecoles, offices: &offices, context: &context, year: school_year };
    let mut units = units::second_degree(&sites, &context, school_year, report);
    units.extend(network::ecoles(&ecoles, &sites, &context, school_year, report));
    units.extend(circonscription::circonscriptions(&first_degree, report));
    for name in &settings.added_circonscriptions {
        units.extend(circonscription::added(name, &offices, surroundings.centre(), report));
    }
    units
}

/// Remarks on the whole, for the head of the report.
fn remark(establishments: &[Establishment], files: &AnnuaireFiles<'_>, report: &mut ImportReport) {
    let years: BTreeSet<u16> = establishments.iter().filter_map(|unit| unit.pupils_year).collect();
    let years: Vec<String> = years.iter().map(u16::to_string).collect();
    report.remarks.push(format!(
        "Effectifs publiés aux rentrées {} : donnez les prévisions de la rentrée (previsions.csv).",
        years.join(", ")
    ));
    report.remarks.push(
        "UPE2A et dispositifs relais : aucune donnée ouverte ne les dit, ils restent inconnus (« UPE2A?|RELAIS? »)."
            .into(),
    );
    if establishments.iter().any(|unit| unit.network.is_some()) {
        report.remarks.push(
            "Les élèves des écoles REP+ comptent dans leur réseau et dans leur circonscription."
                .into(),
        );
    }
    if files.rural.is_none() {
        report
            .remarks
            .push("Sans typologie rurale (--rural), la catégorie RURAL reste inconnue.".into());
    }
    if files.ips.is_empty() {
        report
            .remarks
            .push("Sans fichier IPS (--ips), collèges et lycées n'ont ni effectif ni IPS.".into());
    }
}

fn dossier(
    scenario: Scenario,
    establishments: Vec<Establishment>,
    settings: &AnnuaireSettings,
) -> Dossier {
    Dossier {
        scenario,
        posts: proposals::posts(settings.centi_etp, &establishments),
        advisers: proposals::advisers(settings.advisers, &establishments),
        establishments,
        trips: Vec::new(),
        current: Vec::new(),
        pole_teams: Vec::new(),
        decisions: Vec::new(),
        affinities: Vec::new(),
        outline: None,
        digests: BTreeMap::new(),
        edits: Vec::new(),
    }
}
