//! `secteurs.csv`: one row per sector, the annex of the letter to heads of establishments (R19).

use crate::domain::PostPlan;
use crate::export::view::{Served, View};
use crate::wording::label;

use super::{Cell, Column, Table, column};

struct Row<'v> {
    view: &'v View<'v>,
    week: &'v PostPlan,
}

fn columns<'v>() -> Vec<Column<Row<'v>>> {
    vec![
        column("poste", 12, |row| Cell::text(&row.week.poste)),
        column("agent", 22, |row| Cell::text(row.view.agent(&row.week.poste))),
        column("quotite", 9, |row| Cell::Decimal(row.week.quotite, 2)),
        column("vacant", 8, |row| Cell::yes_no(row.week.vacant)),
        column("residence", 11, |row| {
            Cell::text(row.week.residence.as_deref().unwrap_or_default())
        }),
        column("residence_nom", 36, |row| home(row, |home| &home.name)),
        column("commune", 24, |row| home(row, |home| &home.commune)),
        column("bassin", 20, |row| home(row, |home| &home.bassin)),
        column("residence_placee", 10, |row| Cell::yes_no(row.week.residence_placee)),
        column("nombre_etablissements", 12, |row| {
            Cell::Integer(row.week.nombre_etablissements.into())
        }),
        column("demi_journees", 10, |row| Cell::Decimal(row.week.demi_journees, 2)),
        column("besoin_porte_demi_journees", 12, |row| Cell::Decimal(row.week.besoin_porte, 2)),
        column("eleves_portes", 10, |row| Cell::Integer(row.week.eleves_portes.into())),
        column("secteur", 110, |row| Cell::text(composition(row.view, &row.week.poste))),
    ]
}

/// One row per post, in the order of the dossier.
pub fn sectors(view: &View) -> Table {
    Table::new("secteurs", &columns(), view.plan.postes.iter().map(|week| Row { view, week }))
}

fn home(row: &Row, field: fn(&crate::domain::Establishment) -> &String) -> Cell {
    row.view.residence(&row.week.poste).map(|home| Cell::text(field(home))).into()
}

/// The sector in one cell.
fn composition(view: &View, post: &str) -> String {
    view.sector(post).map(|served| entry(&served)).collect::<Vec<_>>().join(" | ")
}

fn entry(served: &Served) -> String {
    let presence = label::presence(served.presence());
    let how = if presence.is_empty() { String::new() } else { format!(", {presence}") };
    let modality = label::modality(served.modality());
    format!("{} ({}) : {modality}{how}", served.name(), served.establishment.commune)
}
