//! What each absence would cost, as a page to print and as a table.
//!
//! Posts are told by their code and residence, never by a name.

use serde::Serialize;

use crate::domain::Presence;
use crate::scenario::{Absence, Care, Relief};
use crate::wording::{label, number};

use super::csv_file::to_csv;
use super::error::ExportError;
use super::heading::Heading;
use super::report;
use super::tables::{Cell, Column, Table, column};

const DOCUMENT: &str = "fragilite.html";

/// What the fragility of a plan is taken away as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FragilityDocument {
    /// A page with the losses as bars, and who would take over.
    Page,
    /// The table, as CSV: a row for each establishment that is served otherwise.
    Table,
}

/// A document of the absences of the posts of a plan, one each.
///
/// # Errors
/// [`ExportError::Compose`].
pub fn fragility_document(
    document: FragilityDocument,
    heading: Heading<'_>,
    absences: &[Absence],
) -> Result<Vec<u8>, ExportError> {
    match document {
        FragilityDocument::Page => {
            report::compose(DOCUMENT, page(heading, absences)).map(String::into_bytes)
        }
        FragilityDocument::Table => {
            let rows = ranked(absences).into_iter().flat_map(rows);
            to_csv(&Table::new("fragilite", &columns(), rows))
        }
    }
}

/// What the template sees.
#[derive(Serialize)]
struct Page<'a> {
    #[serde(flatten)]
    entete: Heading<'a>,
    absences: Vec<Told<'a>>,
    /// The largest loss, half-days.
    perte_max: f64,
}

#[derive(Serialize)]
struct Told<'a> {
    absence: &'a Absence,
    /// Name of the establishment where the post is based.
    residence: Option<&'a str>,
    repris: Vec<Taken<'a>>,
    alleges: Vec<Taken<'a>>,
}

#[derive(Serialize)]
struct Taken<'a> {
    nom: &'a str,
    avant: String,
    apres: String,
}

fn page<'a>(heading: Heading<'a>, absences: &'a [Absence]) -> Page<'a> {
    let plan = heading.plan();
    let residence = |post: &str| {
        let week = plan.postes.iter().find(|week| week.poste == post)?;
        let home = week.residence.as_deref()?;
        plan.affectations.iter().find(|row| row.uai == home).map(|row| row.nom.as_str())
    };
    let told = |absence: &'a Absence| Told {
        absence,
        residence: residence(&absence.poste),
        repris: absence.repris.iter().map(taken).collect(),
        alleges: absence.alleges.iter().map(taken).collect(),
    };
    Page {
        absences: ranked(absences).into_iter().map(told).collect(),
        perte_max: absences.iter().filter_map(|absence| absence.perte).fold(1.0, f64::max),
        entete: heading,
    }
}

/// The most costly first; those that nobody can cover before all.
fn ranked(absences: &[Absence]) -> Vec<&Absence> {
    let mut ranked: Vec<&Absence> = absences.iter().collect();
    let loss = |absence: &Absence| absence.perte.unwrap_or(f64::INFINITY);
    ranked.sort_by(|a, b| loss(b).total_cmp(&loss(a)).then_with(|| a.poste.cmp(&b.poste)));
    ranked
}

fn taken(relief: &Relief) -> Taken<'_> {
    Taken { nom: &relief.nom, avant: words(&relief.avant), apres: words(&relief.apres) }
}

fn words(care: &Care) -> String {
    let presence = Presence::from_half_days(care.demi_journees).map(label::short_presence);
    let parts = [
        Some(label::modality(care.modalite).to_owned()),
        presence.filter(|presence| !presence.is_empty()),
        care.poste.clone(),
        care.minutes_aller.filter(|minutes| *minutes > 0.0).map(number::duration),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// An establishment served otherwise while a post is absent; none for an absence that nobody can
/// cover.
type Row<'a> = (&'a Absence, Option<(&'static str, &'a Relief)>);

fn rows(absence: &Absence) -> Vec<Row<'_>> {
    let taken = absence.repris.iter().map(|relief| ("repris", relief));
    let lightened = absence.alleges.iter().map(|relief| ("allégé", relief));
    let told: Vec<Row> = taken.chain(lightened).map(|row| (absence, Some(row))).collect();
    if told.is_empty() { vec![(absence, None)] } else { told }
}

fn columns<'a>() -> [Column<Row<'a>>; 12] {
    [
        column("poste_absent", 12, |row| Cell::text(&row.0.poste)),
        column("perte_demi_journees", 12, |row| {
            row.0.perte.map(|loss| Cell::Decimal(loss, 2)).into()
        }),
        column("perte_min_demi_journees", 12, |row| {
            row.0.perte_min.map(|loss| Cell::Decimal(loss, 2)).into()
        }),
        column("sans_poste", 10, |row| Cell::Integer(row.0.sans_poste as i64)),
        column("permanences_obligatoires_levees", 10, |row| Cell::yes_no(row.0.mandats_leves)),
        column("sort", 10, |row| row.1.map(|(sort, _)| Cell::text(sort)).into()),
        column("uai", 11, |row| relief(row, |it| Cell::text(&it.uai))),
        column("nom", 38, |row| relief(row, |it| Cell::text(&it.nom))),
        column("points", 8, |row| relief(row, |it| Cell::Decimal(it.points, 2))),
        column("avant", 36, |row| relief(row, |it| Cell::text(words(&it.avant)))),
        column("pendant", 36, |row| relief(row, |it| Cell::text(words(&it.apres)))),
        column("poste_pendant", 12, |row| {
            relief(row, |it| Cell::text(it.apres.poste.clone().unwrap_or_default()))
        }),
    ]
}

fn relief(row: &Row, cell: fn(&Relief) -> Cell) -> Cell {
    row.1.map(|(_, relief)| cell(relief)).into()
}
