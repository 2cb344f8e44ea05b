//! A range of plans as a page with its chart, and as a table.

use std::path::Path;

use jiff::civil::DateTime;
use plotters::prelude::*;
use serde::Serialize;

use crate::domain::Dossier;
use crate::scenario::{Axis, Frontier, Point};
use crate::wording::number::{date_time, number, short};
use crate::wording::sentence;

use super::csv_file::to_csv;
use super::error::ExportError;
use super::folder::replace_files;
use super::origin::dossier_digest;
use super::report;
use super::tables::{Cell, Column, Table, column};

const DOCUMENT: &str = "frontiere.html";
/// Width and height of the chart, pixels.
const CHART: (u32, u32) = (820, 420);
const FONT: &str = "Arial, Liberation Sans, sans-serif";
const VALUE: RGBColor = RGBColor(31, 78, 121);
const BOUND: RGBColor = RGBColor(173, 82, 10);

/// What a frontier is taken away as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FrontierDocument {
    /// The chart alone, as SVG; empty with fewer than two plans.
    Chart,
    /// A page with the chart and the table.
    Page,
    /// The table, as CSV.
    Table,
}

/// What a range of plans is one of.
#[derive(Debug, Clone, Copy)]
pub struct FrontierSource<'a> {
    /// The dossier whose plans they are.
    pub dossier: &'a Dossier,
    /// Local date and time of the end of the computation.
    pub date: DateTime,
}

/// A document of a frontier.
///
/// # Errors
/// [`ExportError::Compose`].
pub fn frontier_document(
    document: FrontierDocument,
    source: FrontierSource<'_>,
    frontier: &Frontier,
) -> Result<Vec<u8>, ExportError> {
    match document {
        FrontierDocument::Chart => {
            chart(frontier).map(String::into_bytes).map_err(ExportError::composing(DOCUMENT))
        }
        FrontierDocument::Page => render(source, frontier).map(String::into_bytes),
        FrontierDocument::Table => {
            to_csv(&Table::new("frontiere", &columns(), frontier.points.iter()))
        }
    }
}

/// Writes `frontiere.html` and `frontiere.csv` into a folder: both, or none.
///
/// # Errors
/// [`ExportError`].
pub fn write_frontier(
    folder: &Path,
    source: FrontierSource<'_>,
    frontier: &Frontier,
) -> Result<(), ExportError> {
    let page = frontier_document(FrontierDocument::Page, source, frontier)?;
    let table = frontier_document(FrontierDocument::Table, source, frontier)?;
    replace_files(folder, &[(DOCUMENT.to_owned(), page), ("frontiere.csv".to_owned(), table)])
}

/// The name of what varies.
#[must_use]
pub const fn axis_name(axis: Axis) -> &'static str {
    match axis {
        Axis::Etp => "Équivalents temps plein",
        Axis::Changements => "Changements permis",
        Axis::CoutTrajet => "Prix d'une minute de route",
    }
}

/// What the reader must know of the figures: what a value is, and why more may be worth less where
/// it may (the staffing, else an order of levels).
#[must_use]
pub fn frontier_notes(frontier: &Frontier) -> Vec<&'static str> {
    let value = match frontier.axe {
        Axis::CoutTrajet => {
            "Valeur en demi-journées de besoin à 1 point, la route comptée au prix de la ligne : d'une \
             ligne à l'autre, comparez le besoin couvert et les kilomètres."
        }
        Axis::Etp | Axis::Changements => "Valeur et apport en demi-journées de besoin à 1 point.",
    };
    let why = match frontier.axe {
        Axis::Etp => {
            "Avec ce barème, plus de moyens peut valoir moins : la cible d'équité bouge avec les postes, \
             ou un poste qui part laisse sa résidence."
        }
        Axis::Changements | Axis::CoutTrajet => {
            "Avec ce barème, les niveaux passent l'un après l'autre : leur somme peut baisser d'une \
             ligne à l'autre."
        }
    };
    let mut notes = vec![value];
    notes.extend((!frontier.monotone).then_some(why));
    notes
}

/// What the template sees.
#[derive(Serialize)]
struct Page<'a> {
    titre: String,
    bareme: &'a str,
    date: String,
    /// Start of the digest of the digests of its files.
    empreinte: String,
    axe: &'static str,
    frontiere: &'a Frontier,
    graphique: String,
    notes: Vec<&'static str>,
}

fn render(source: FrontierSource<'_>, frontier: &Frontier) -> Result<String, ExportError> {
    let FrontierSource { dossier, date } = source;
    let page = Page {
        titre: sentence::title(&dossier.scenario.name, dossier.scenario.year),
        bareme: &dossier.scenario.profile,
        date: date_time(date),
        empreinte: dossier_digest(dossier),
        axe: axis_name(frontier.axe),
        frontiere: frontier,
        graphique: chart(frontier).map_err(ExportError::composing(DOCUMENT))?,
        notes: frontier_notes(frontier),
    };
    report::compose(DOCUMENT, page)
}

/// Values and bounds by level, in half-days; empty with fewer than two plans.
fn chart(frontier: &Frontier) -> Result<String, Box<dyn std::error::Error>> {
    let half_days = |units: i64| units as f64 / 100.0;
    let series = |units: fn(&Point) -> Option<i64>| -> Vec<(f64, f64)> {
        let points = frontier.points.iter();
        points.filter_map(|point| Some((point.niveau, half_days(units(point)?)))).collect()
    };
    let (values, bounds) = (series(|point| point.objectif), series(|point| point.borne));
    if values.len() < 2 {
        return Ok(String::new());
    }
    let mut svg = String::new();
    {
        let all = || values.iter().chain(&bounds).map(|(_, height)| *height);
        let (low, high) = (all().fold(f64::MAX, f64::min), all().fold(f64::MIN, f64::max));
        let margin = ((high - low) * 0.08).max(1.0);
        let area = SVGBackend::with_string(&mut svg, CHART).into_drawing_area();
        area.fill(&WHITE)?;
        let mut chart = ChartBuilder::on(&area)
            .margin(14)
            .x_label_area_size(52)
            .y_label_area_size(78)
            .build_cartesian_2d(
                values[0].0..values[values.len() - 1].0,
                low - margin..high + margin,
            )?;
        chart
            .configure_mesh()
            .x_desc(axis_name(frontier.axe))
            .y_desc("Demi-journées de besoin à 1 point")
            .x_label_formatter(&|level| short(*level, 2))
            .y_label_formatter(&|height| number(*height, 0))
            .label_style((FONT, 15))
            .axis_desc_style((FONT, 16))
            .light_line_style(WHITE)
            .draw()?;
        let dashed = DashedLineSeries::new(bounds, 7, 4, BOUND.stroke_width(2));
        chart.draw_series(dashed)?;
        chart.draw_series(LineSeries::new(values.clone(), VALUE.stroke_width(2)))?;
        chart.draw_series(values.iter().map(|point| Circle::new(*point, 4, VALUE.filled())))?;
        area.present()?;
    }
    Ok(svg)
}

fn columns<'a>() -> [Column<&'a Point>; 12] {
    [
        column("niveau", 10, |point| Cell::Decimal(point.niveau, 2)),
        column("etp", 10, |point| Cell::Decimal(point.etp, 2)),
        column("statut", 14, |point| Cell::text(crate::wording::label::status(point.statut))),
        column("objectif", 12, |point| point.objectif.map(Cell::Integer).into()),
        column("borne", 12, |point| point.borne.map(Cell::Integer).into()),
        column("ecart_pourcent", 10, |point| {
            point.ecart.map(|gap| Cell::Decimal(gap * 100.0, 4)).into()
        }),
        column("apport_demi_journees", 12, |point| {
            point.apport.map(|gain| Cell::Decimal(gain, 2)).into()
        }),
        column("apport_min", 12, |point| {
            point.apport_prouve.map(|(least, _)| Cell::Decimal(least, 2)).into()
        }),
        column("apport_max", 12, |point| {
            point.apport_prouve.map(|(_, most)| Cell::Decimal(most, 2)).into()
        }),
        column("part_couverte_pourcent", 12, |point| {
            point.part_couverte.map(|share| Cell::Decimal(share * 100.0, 2)).into()
        }),
        column("changements", 12, |point| {
            point.changements.map(|count| Cell::Integer(count.into())).into()
        }),
        column("km_semaine", 12, |point| point.km_semaine.map(|km| Cell::Decimal(km, 1)).into()),
    ]
}
