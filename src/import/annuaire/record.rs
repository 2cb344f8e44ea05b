//! One row of the annuaire, read whatever the names of its columns that year.

use std::collections::{BTreeMap, BTreeSet};

use geo::{Distance, Haversine};
use jiff::civil::Date;
use serde::Serialize;

use super::cells::{commune_code, departement, departement_of_commune, flag, pupils, tidy};
use super::columns::{Column, Columns};
use super::nature::Nature;
use crate::domain::Uai;
use crate::import::france::is_french;
use crate::import::{Row, Table, departement_of_uai, fold, parse_date, parse_number};

/// A point on the map, WGS 84 degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Point {
    pub latitude: f64,
    pub longitude: f64,
}

impl Point {
    /// A point of France; some files write (0, 0) for "unknown".
    fn checked((latitude, longitude): (f64, f64)) -> Option<Self> {
        is_french(latitude, longitude).then_some(Self { latitude, longitude })
    }

    /// Great-circle kilometres to `other`.
    pub fn km(self, other: Self) -> f64 {
        let point = |point: Self| geo::Point::new(point.longitude, point.latitude);
        Haversine.distance(point(self), point(other)) / 1000.0
    }

    /// Centroid of weighted points, unweighted when the weights are all zero.
    pub fn centroid(points: &[(Self, f64)]) -> Option<Self> {
        let total: f64 = points.iter().map(|(_, weight)| weight).sum();
        let weight_of = |weight: f64| if total > 0.0 { weight } else { 1.0 };
        let sum: f64 = points.iter().map(|(_, weight)| weight_of(*weight)).sum();
        let mean = |value: fn(&Self) -> f64| {
            points.iter().map(|(point, weight)| value(point) * weight_of(*weight)).sum::<f64>()
                / sum
        };
        (!points.is_empty()).then(|| Self {
            latitude: mean(|point| point.latitude),
            longitude: mean(|point| point.longitude),
        })
    }
}

/// Who runs a school.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sector {
    Public,
    Private,
    Untold,
}

/// Priority education as the file tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Priority {
    None,
    Rep,
    RepPlus,
    /// The file has no such column.
    Untold,
}

/// One row. `None` and empty texts: the file does not tell.
#[derive(Debug, Clone)]
pub(super) struct Record {
    pub line: usize,
    pub uai: String,
    pub name: String,
    pub nature: Nature,
    /// Label of the type or nature, for the report.
    pub label: String,
    pub sector: Sector,
    pub ministry: String,
    pub agricultural: Option<bool>,
    pub military: Option<bool>,
    pub state: String,
    pub opening: Option<Date>,
    pub updated: Option<Date>,
    pub commune: String,
    pub commune_code: String,
    pub address: String,
    pub point: Option<Point>,
    /// The file has the latitude where the longitude should be.
    pub swapped: bool,
    pub precision: String,
    pub general: Option<bool>,
    pub vocational: Option<bool>,
    pub boarding: Option<bool>,
    pub ulis: Option<bool>,
    pub segpa: Option<bool>,
    pub priority: Priority,
    pub pupils: Option<u32>,
    pub pial: String,
    pub mother: Option<String>,
    pub circonscription_code: String,
    pub circonscription_name: String,
    pub bassin: String,
}

/// The rows of one departement, and what was met on the way.
#[derive(Default)]
pub(super) struct Reading {
    /// Name of the departement; empty when the file does not tell.
    pub name: String,
    pub records: Vec<Record>,
    /// Line and text of the rows without a valid UAI, of any departement.
    pub unreadable: Vec<(usize, String)>,
    /// Departements of the file.
    pub departements: BTreeSet<String>,
}

/// A departement of an annuaire.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Departement {
    /// Code, as dossiers write it.
    pub code: String,
    /// Name; empty when the file does not tell.
    pub nom: String,
    /// Rows.
    pub lignes: usize,
}

/// The departements of an annuaire, by code.
#[must_use]
pub fn departements(table: &Table) -> Vec<Departement> {
    let columns = Columns::of(table);
    let mut found: BTreeMap<String, Departement> = BTreeMap::new();
    for row in &table.rows {
        let Ok(uai) = columns.text(row, Column::Uai).parse::<Uai>() else { continue };
        let code = departement_of(&columns, row, &uai);
        let entry = found.entry(code).or_default();
        entry.lignes += 1;
        if entry.nom.is_empty() {
            entry.nom = tidy(columns.text(row, Column::DepartementName));
        }
    }
    found.into_iter().map(|(code, entry)| Departement { code, ..entry }).collect()
}

/// Reads the rows of the departement `wanted`.
pub(super) fn read(table: &Table, wanted: &str) -> Reading {
    let columns = Columns::of(table);
    let mut reading = Reading::default();
    for row in &table.rows {
        let text = columns.text(row, Column::Uai);
        let Ok(uai) = text.parse::<Uai>() else {
            reading.unreadable.push((row.line, text.to_owned()));
            continue;
        };
        let code = departement_of(&columns, row, &uai);
        if code == wanted {
            if reading.name.is_empty() {
                reading.name = tidy(columns.text(row, Column::DepartementName));
            }
            reading.records.push(record(&columns, row, &uai));
        } else {
            reading.departements.insert(code);
        }
    }
    reading
}

fn record(columns: &Columns, row: &Row, uai: &Uai) -> Record {
    let text = |column| columns.text(row, column);
    let general = [Column::General, Column::Technological].map(|column| flag(text(column)));
    let name = match tidy(text(Column::Name)) {
        name if name.is_empty() => tidy(&format!("{} {uai}", text(Column::Type))),
        name => name,
    };
    let (point, swapped) = point(columns, row);
    Record {
        line: row.line,
        uai: uai.to_string(),
        nature: Nature::of(text(Column::Nature), text(Column::Type), &name),
        name,
        label: text(Column::Type).to_owned(),
        sector: sector(text(Column::Sector), text(Column::Contract)),
        ministry: fold(text(Column::Ministry)),
        agricultural: flag(text(Column::Agricultural)),
        military: flag(text(Column::Military)),
        state: fold(text(Column::State)),
        opening: parse_date(text(Column::Opening)),
        updated: parse_date(text(Column::Updated)),
        commune: tidy(text(Column::Commune)),
        commune_code: commune_code(text(Column::CommuneCode)),
        address: tidy(text(Column::Address)),
        point,
        swapped,
        precision: text(Column::Precision).to_owned(),
        general: either(general),
        vocational: flag(text(Column::Vocational)),
        boarding: flag(text(Column::Boarding)),
        ulis: flag(text(Column::Ulis)),
        segpa: flag(text(Column::Segpa)),
        priority: priority(columns, row),
        pupils: pupils(text(Column::Pupils)),
        pial: text(Column::Pial).to_uppercase(),
        mother: Some(text(Column::Mother).to_uppercase()).filter(|text| !text.is_empty()),
        circonscription_code: text(Column::CirconscriptionCode).to_uppercase(),
        circonscription_name: tidy(text(Column::CirconscriptionName)),
        bassin: tidy(text(Column::Bassin)),
    }
}

/// Yes when one says yes, unknown when none tells.
fn either(flags: [Option<bool>; 2]) -> Option<bool> {
    flags.into_iter().flatten().reduce(|left, right| left || right)
}

/// By the sector column, else by the contract that only private schools have.
fn sector(sector: &str, contract: &str) -> Sector {
    let (sector, contract) = (fold(sector), fold(contract));
    if sector.starts_with("pu") {
        Sector::Public
    } else if sector.starts_with("pr") {
        Sector::Private
    } else if contract == "99" || contract.starts_with("sans") {
        Sector::Public
    } else if contract.is_empty() {
        Sector::Untold
    } else {
        Sector::Private
    }
}

fn priority(columns: &Columns, row: &Row) -> Priority {
    let text = columns.text(row, Column::Priority).to_uppercase();
    if !columns.has(Column::Priority) {
        Priority::Untold
    } else if text.replace(' ', "").starts_with("REP+") {
        Priority::RepPlus
    } else if text.starts_with("REP") {
        Priority::Rep
    } else {
        Priority::None
    }
}

/// By its column, else by the commune, else by the UAI.
fn departement_of(columns: &Columns, row: &Row, uai: &Uai) -> String {
    let told = departement(columns.text(row, Column::Departement));
    let of_commune = [Column::CommuneCode, Column::PostalCode].into_iter();
    std::iter::once(told)
        .chain(of_commune.map(|column| departement_of_commune(columns.text(row, column))))
        .find(|code| !code.is_empty())
        .unwrap_or_else(|| departement_of_uai(uai.as_str()).unwrap_or_default())
}

/// By the two columns, else by the single one that writes "latitude, longitude"; and whether the
/// two numbers had to be exchanged.
fn point(columns: &Columns, row: &Row) -> (Option<Point>, bool) {
    let number = |column| parse_number(columns.text(row, column));
    let apart = number(Column::Latitude).zip(number(Column::Longitude));
    let together = || {
        let (latitude, longitude) = columns.text(row, Column::Position).split_once(", ")?;
        parse_number(latitude).zip(parse_number(longitude))
    };
    let told = [apart, together()];
    let right = told.into_iter().flatten().find_map(Point::checked);
    let swapped =
        || told.into_iter().flatten().find_map(|(first, second)| Point::checked((second, first)));
    match right {
        Some(point) => (Some(point), false),
        None => swapped().map_or((None, false), |point| (Some(point), true)),
    }
}
