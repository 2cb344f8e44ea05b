//! `etablissements.csv` of a plan: one row per establishment and part. Its columns `uai`,
//! `poste`, `modalite` and `demi_journees` make it the `secteurs_actuels.csv` of the next year.

use crate::export::view::{Served, View};
use crate::wording::label;

use super::{Cell, Column, Table, column};

struct Row<'v> {
    view: &'v View<'v>,
    served: Served<'v>,
}

fn columns<'v>() -> Vec<Column<Row<'v>>> {
    vec![
        column("uai", 11, |row| Cell::text(&row.served.establishment.uai)),
        column("nom", 38, |row| Cell::text(&row.served.establishment.name)),
        column("type", 17, |row| Cell::text(row.served.establishment.kind.code())),
        column("commune", 24, |row| Cell::text(&row.served.establishment.commune)),
        column("bassin", 20, |row| Cell::text(&row.served.establishment.bassin)),
        column("categories", 40, |row| Cell::text(row.served.establishment.categories.to_string())),
        column("effectif", 9, |row| pupils(row).into()),
        column("annee_effectif", 9, |row| pupils_year(row).into()),
        column("ips", 8, |row| {
            row.served.establishment.ips.map(|ips| Cell::Decimal(ips, 1)).into()
        }),
        column("besoin_demi_journees", 12, |row| Cell::Decimal(row.served.assignment.besoin, 2)),
        column("points", 8, |row| Cell::Decimal(row.served.assignment.points, 2)),
        column("modalite", 16, |row| Cell::text(row.served.modality().code())),
        column("demi_journees", 10, |row| Cell::Decimal(row.served.assignment.demi_journees, 2)),
        column("presence", 30, |row| Cell::text(label::presence(row.served.presence()))),
        column("poste", 12, |row| Cell::text(row.served.assignment.poste.as_deref().unwrap_or(""))),
        column("agent", 22, |row| Cell::text(row.view.agent(post(row)))),
        column("residence", 11, |row| residence(row, |home| &home.uai)),
        column("residence_nom", 34, |row| residence(row, |home| &home.name)),
        column("conseiller_bassin", 20, |row| {
            Cell::text(row.served.assignment.bassin_conseiller.as_deref().unwrap_or(""))
        }),
        column("minutes_trajet", 10, |row| Cell::Decimal(row.served.assignment.minutes_trajet, 1)),
        column("minutes_aller", 10, |row| {
            row.served.assignment.minutes_aller.map(|minutes| Cell::Decimal(minutes, 0)).into()
        }),
        column("part_couverte_pourcent", 12, |row| {
            Cell::Decimal(100.0 * row.served.share_met(), 1)
        }),
        column("poste_actuel", 12, |row| {
            today(row, |today| Cell::text(today.post.as_deref()?).into())
        }),
        column("modalite_actuelle", 16, |row| {
            today(row, |today| Cell::text(today.modality?.code()).into())
        }),
        column("change", 9, |row| Cell::yes_no(row.served.assignment.change)),
        column("partie", 8, |row| {
            row.served.assignment.partie.map(|part| Cell::Integer(part.into())).into()
        }),
        column("reseau", 18, |row| {
            Cell::text(row.served.assignment.reseau.as_deref().unwrap_or_default())
        }),
        column("motif", 40, |row| Cell::text(reasons(row))),
    ]
}

/// One row per assignment, in the order of the dossier.
pub fn establishments(view: &View) -> Table {
    Table::new("etablissements", &columns(), view.served().map(|served| Row { view, served }))
}

fn post<'v>(row: &Row<'v>) -> &'v str {
    row.served.assignment.poste.as_deref().unwrap_or_default()
}

fn residence(row: &Row, field: fn(&crate::domain::Establishment) -> &String) -> Cell {
    row.view.residence(post(row)).map(|home| Cell::text(field(home))).into()
}

fn today(row: &Row, field: fn(&crate::domain::CurrentService) -> Option<Cell>) -> Cell {
    row.view.today(&row.served.establishment.uai).and_then(field).into()
}

fn pupils(row: &Row) -> Option<Cell> {
    let establishment = row.served.establishment;
    let known = establishment.forecast.is_some() || establishment.pupils.is_some();
    known.then(|| Cell::Integer(establishment.effective_pupils().into()))
}

fn pupils_year(row: &Row) -> Option<Cell> {
    let establishment = row.served.establishment;
    let year = establishment.forecast.map(|(_, year)| year).or(establishment.pupils_year)?;
    Some(Cell::Integer(year.into()))
}

/// Reasons of the decisions on it.
fn reasons(row: &Row) -> String {
    let reasons = row.view.decisions(&row.served.establishment.uai).map(|d| d.reason.as_str());
    reasons.filter(|reason| !reason.is_empty()).collect::<Vec<_>>().join(" ; ")
}
