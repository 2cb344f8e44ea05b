//! A comparison of plans as a page and as tables, one row for each plan and thing, which any
//! spreadsheet filters and pivots.

use std::path::Path;

use serde::Serialize;

use crate::domain::Presence;
use crate::scenario::compare::{Change, Changes, Comparison, Figure, Line, Sector, Service, Week};
use crate::wording::{label, number};

use super::csv_file::to_csv;
use super::error::ExportError;
use super::folder::replace_files;
use super::origin::Origin;
use super::report;
use super::tables::{Cell, Column, Table, column};

const DOCUMENT: &str = "comparaison.html";

/// Writes `comparaison.html` and the tables into a folder: all files, or none. Each plan has its
/// origin, in the same order.
///
/// # Errors
/// [`ExportError`].
pub fn write_comparison(
    folder: &Path,
    comparison: &Comparison,
    origins: &[Origin],
) -> Result<(), ExportError> {
    let page = comparison_html(comparison, origins)?;
    let mut files = vec![(DOCUMENT.to_owned(), page.into_bytes())];
    for table in tables(comparison, origins) {
        files.push((format!("{}.csv", table.name), to_csv(&table)?));
    }
    replace_files(folder, &files)
}

/// What the template sees.
#[derive(Serialize)]
struct Page<'a> {
    comparaison: &'a Comparison,
    origines: &'a [Origin],
    /// The foot of each page tells which plans are compared; their dates stand at its head.
    empreinte: String,
    date: Option<String>,
    /// The sentences of each list of changes.
    phrases: Vec<String>,
    groupes: Vec<&'static str>,
    differents: Vec<Row<'a>>,
}

/// An establishment that differs, its services in words.
#[derive(Serialize)]
struct Row<'a> {
    nom: &'a str,
    commune: &'a str,
    services: Vec<String>,
}

/// The page; each plan has its origin, in the same order.
///
/// # Errors
/// [`ExportError::Compose`].
pub fn comparison_html(comparison: &Comparison, origins: &[Origin]) -> Result<String, ExportError> {
    let mut groups: Vec<&'static str> = Vec::new();
    for figure in &comparison.indicateurs {
        if !groups.contains(&figure.groupe) {
            groups.push(figure.groupe);
        }
    }
    let different = comparison.etablissements.iter().filter(|line| line.differe);
    let page = Page {
        comparaison: comparison,
        origines: origins,
        empreinte: origins.iter().map(|it| it.empreinte.as_str()).collect::<Vec<_>>().join(", "),
        date: None,
        phrases: comparison.changements.iter().map(Changes::sentences).collect(),
        groupes: groups,
        differents: different
            .map(|line| Row {
                nom: &line.nom,
                commune: &line.commune,
                services: line.services.iter().map(|service| words(service.as_ref())).collect(),
            })
            .collect(),
    };
    report::compose(DOCUMENT, page)
}

/// A service in a cell of a page.
#[must_use]
pub fn words(service: Option<&Service>) -> String {
    let Some(service) = service else { return "absent".to_owned() };
    let presence = service.demi_journees.and_then(Presence::from_half_days);
    let parts = [
        service.modalite.map(|modality| label::modality(modality).to_owned()),
        presence.map(label::short_presence).filter(|presence| !presence.is_empty()),
        service.secteur.clone(),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { "sans poste".to_owned() } else { parts.join(", ") }
}

/// A value of an indicator as readers see it; a dash where it is not told. Shares stand one below
/// the other, with as many decimals.
#[must_use]
pub fn figure_text(value: Option<f64>, unit: &str) -> String {
    let written = |value| match unit {
        "%" => number::number(value, 2),
        _ => number::short(value, 2),
    };
    value.map_or_else(|| "–".to_owned(), written)
}

fn tables(comparison: &Comparison, origins: &[Origin]) -> [Table; 5] {
    let plans = &comparison.plans;
    [
        Table::new("plans", &origin_columns(), plans.iter().map(String::as_str).zip(origins)),
        Table::new("indicateurs", &figure_columns(), figure_rows(comparison, plans)),
        Table::new("changements", &change_columns(), change_rows(comparison)),
        Table::new("etablissements", &line_columns(), line_rows(comparison, plans)),
        Table::new("secteurs", &sector_columns(), sector_rows(comparison, plans)),
    ]
}

type OriginRow<'a> = (&'a str, &'a Origin);

fn origin_columns<'a>() -> [Column<OriginRow<'a>>; 6] {
    [
        column("plan", 20, |row| Cell::text(row.0)),
        column("dossier", 32, |row| Cell::text(&row.1.dossier)),
        column("date_calcul", 20, |row| row.1.date.as_ref().map(Cell::text).into()),
        column("bareme", 24, |row| row.1.bareme.as_ref().map(Cell::text).into()),
        column("ecart_pourcent", 10, |row| {
            row.1.ecart.map(|gap| Cell::Decimal(gap * 100.0, 4)).into()
        }),
        column("empreinte", 20, |row| Cell::text(&row.1.empreinte)),
    ]
}

type FigureRow<'a> = (&'a Figure, &'a str, Option<f64>);

fn figure_rows<'a>(
    comparison: &'a Comparison,
    plans: &'a [String],
) -> impl Iterator<Item = FigureRow<'a>> {
    comparison.indicateurs.iter().flat_map(move |figure| {
        let values = figure.valeurs.iter().zip(plans);
        values.map(move |(value, plan)| (figure, plan.as_str(), *value))
    })
}

fn figure_columns<'a>() -> [Column<FigureRow<'a>>; 5] {
    [
        column("groupe", 24, |row| Cell::text(row.0.groupe)),
        column("indicateur", 44, |row| Cell::text(&row.0.nom)),
        column("unite", 24, |row| Cell::text(row.0.unite)),
        column("plan", 20, |row| Cell::text(row.1)),
        column("valeur", 12, |row| row.2.map(|value| Cell::Decimal(value, 4)).into()),
    ]
}

type ChangeRow<'a> = (&'a Changes, &'static str, &'a Change);

fn change_rows(comparison: &Comparison) -> impl Iterator<Item = ChangeRow<'_>> {
    comparison.changements.iter().flat_map(|changes| {
        let lists = [
            ("change d'assistant·e", &changes.changent),
            ("n'a plus de poste", &changes.perdent),
            ("reçoit un poste", &changes.gagnent),
            ("ouvre", &changes.ouvrent),
            ("ferme", &changes.ferment),
        ];
        lists
            .into_iter()
            .flat_map(move |(kind, list)| list.iter().map(move |change| (changes, kind, change)))
    })
}

fn change_columns<'a>() -> [Column<ChangeRow<'a>>; 8] {
    [
        column("de", 20, |row| Cell::text(&row.0.de)),
        column("a", 20, |row| Cell::text(&row.0.a)),
        column("uai", 10, |row| Cell::text(&row.2.uai)),
        column("nom", 40, |row| Cell::text(&row.2.nom)),
        column("commune", 24, |row| Cell::text(&row.2.commune)),
        column("changement", 22, |row| Cell::text(row.1)),
        column("poste_avant", 12, |row| Cell::text(row.2.avant.as_deref().unwrap_or_default())),
        column("poste_apres", 12, |row| Cell::text(row.2.apres.as_deref().unwrap_or_default())),
    ]
}

type LineRow<'a> = (&'a Line, &'a str, Option<&'a Service>);

fn line_rows<'a>(
    comparison: &'a Comparison,
    plans: &'a [String],
) -> impl Iterator<Item = LineRow<'a>> {
    comparison.etablissements.iter().flat_map(move |line| {
        let services = line.services.iter().zip(plans);
        services.map(move |(service, plan)| (line, plan.as_str(), service.as_ref()))
    })
}

fn line_columns<'a>() -> [Column<LineRow<'a>>; 11] {
    [
        column("uai", 10, |row| Cell::text(&row.0.uai)),
        column("partie", 8, |row| row.0.partie.map(|part| Cell::Integer(part.into())).into()),
        column("nom", 40, |row| Cell::text(&row.0.nom)),
        column("commune", 24, |row| Cell::text(&row.0.commune)),
        column("plan", 20, |row| Cell::text(row.1)),
        column("modalite", 16, |row| {
            row.2.and_then(|it| Some(Cell::text(it.modalite?.code()))).into()
        }),
        column("demi_journees", 10, |row| {
            row.2.and_then(|it| Some(Cell::Decimal(it.demi_journees?, 2))).into()
        }),
        column("secteur", 16, |row| {
            row.2.and_then(|it| Some(Cell::text(it.secteur.as_ref()?))).into()
        }),
        column("poste", 12, |row| row.2.and_then(|it| Some(Cell::text(it.poste.as_ref()?))).into()),
        column("minutes_trajet", 10, |row| {
            row.2.and_then(|it| Some(Cell::Decimal(it.minutes_trajet?, 1))).into()
        }),
        column("differe", 9, |row| Cell::yes_no(row.0.differe)),
    ]
}

type SectorRow<'a> = (&'a Sector, &'a str, &'a Week);

fn sector_rows<'a>(
    comparison: &'a Comparison,
    plans: &'a [String],
) -> impl Iterator<Item = SectorRow<'a>> {
    comparison.secteurs.iter().flat_map(move |sector| {
        let weeks = sector.semaines.iter().zip(plans);
        weeks.filter_map(move |(week, plan)| Some((sector, plan.as_str(), week.as_ref()?)))
    })
}

fn sector_columns<'a>() -> [Column<SectorRow<'a>>; 9] {
    [
        column("secteur", 16, |row| Cell::text(&row.0.secteur)),
        column("plan", 20, |row| Cell::text(row.1)),
        column("poste", 12, |row| Cell::text(&row.2.poste)),
        column("etp", 8, |row| Cell::Decimal(row.2.etp, 2)),
        column("residence", 12, |row| Cell::text(row.2.residence.as_deref().unwrap_or_default())),
        column("charge_minutes", 10, |row| Cell::Integer(row.2.charge_minutes)),
        column("capacite_minutes", 10, |row| Cell::Integer(row.2.capacite_minutes)),
        column("km_semaine", 10, |row| Cell::Decimal(row.2.km_semaine, 1)),
        column("etablissements", 10, |row| Cell::Integer(row.2.etablissements.into())),
    ]
}
