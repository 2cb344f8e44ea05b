//! `charges.csv`: the week of every post.

use crate::domain::PostPlan;
use crate::export::view::{View, load_share};
use crate::wording::sentence::LONG_ROAD_SHARE;

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
        column("residence", 11, |row| {
            Cell::text(row.week.residence.as_deref().unwrap_or_default())
        }),
        column("capacite_minutes", 10, |row| Cell::Integer(row.week.capacite_minutes)),
        column("charge_minutes", 10, |row| Cell::Integer(row.week.charge_minutes)),
        column("taux_charge_pourcent", 10, |row| Cell::Decimal(100.0 * load_share(row.week), 1)),
        column("trajet_minutes", 10, |row| Cell::Integer(row.week.trajet_minutes)),
        column("part_route_pourcent", 10, |row| Cell::Decimal(100.0 * row.week.part_trajet, 1)),
        column("route_longue", 9, |row| Cell::yes_no(row.week.part_trajet > LONG_ROAD_SHARE)),
        column("km_semaine", 10, |row| Cell::Decimal(row.week.km_semaine, 1)),
        column("km_indemnises_semaine", 12, |row| Cell::Decimal(row.week.km_indemnises_semaine, 1)),
        column("frais_km_euros_an", 10, |row| Cell::Decimal(row.week.frais_km_euros_an, 2)),
        column("pole_equipe_minutes", 10, |row| Cell::Integer(row.week.pole_equipe_minutes)),
        column("demi_journees", 10, |row| Cell::Decimal(row.week.demi_journees, 2)),
        column("nombre_etablissements", 12, |row| {
            Cell::Integer(row.week.nombre_etablissements.into())
        }),
        column("besoin_porte_demi_journees", 12, |row| Cell::Decimal(row.week.besoin_porte, 2)),
        column("besoin_porte_par_etp", 12, |row| per_full_time(row, row.week.besoin_porte)),
        column("eleves_portes", 10, |row| Cell::Integer(row.week.eleves_portes.into())),
        column("eleves_par_etp", 10, |row| per_full_time(row, row.week.eleves_portes.into())),
        column("cible_equite", 10, |row| Cell::Decimal(row.week.cible_equite, 2)),
        column("vacant", 8, |row| Cell::yes_no(row.week.vacant)),
    ]
}

/// One row per post, in the order of the dossier.
pub fn loads(view: &View) -> Table {
    Table::new("charges", &columns(), view.plan.postes.iter().map(|week| Row { view, week }))
}

fn per_full_time(row: &Row, carried: f64) -> Cell {
    if row.week.quotite > 0.0 { Cell::Decimal(carried / row.week.quotite, 1) } else { Cell::Empty }
}
