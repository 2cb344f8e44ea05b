//! `explications.csv`: one row for each choice that the plan did not make, with its price.

use super::{Cell, Column, Table, column};
use crate::explain::{Explanation, Price};
use crate::wording::label;

/// A choice of one establishment.
struct Row<'a> {
    told: &'a Explanation,
    /// "modalité" or "poste".
    sort: &'static str,
    choice: String,
    minutes: Option<f64>,
    refusal: Option<&'a str>,
    price: Option<&'a Price>,
}

fn columns<'a>() -> [Column<Row<'a>>; 15] {
    [
        column("uai", 10, |row| Cell::text(&row.told.uai)),
        column("nom", 40, |row| Cell::text(&row.told.nom)),
        column("modalite", 16, |row| Cell::text(label::modality(row.told.modalite))),
        column("demi_journees", 8, |row| Cell::Decimal(row.told.demi_journees, 2)),
        column("poste", 10, |row| Cell::text(row.told.poste.clone().unwrap_or_default())),
        column("besoin_demi_journees", 8, |row| Cell::Decimal(row.told.besoin.total, 2)),
        column("points", 8, |row| Cell::Decimal(row.told.points.total, 2)),
        column("choix", 10, |row| Cell::text(row.sort)),
        column("autre_choix", 30, |row| Cell::text(&row.choice)),
        column("minutes_aller", 8, |row| row.minutes.map(|it| Cell::Decimal(it, 1)).into()),
        column("refus", 40, |row| Cell::text(row.refusal.unwrap_or_default())),
        column("perte_min_demi_journees", 10, |row| loss(row, |price| price.au_moins)),
        column("perte_max_demi_journees", 10, |row| loss(row, |price| price.au_plus)),
        column("perte_exacte", 8, |row| row.price.map(|price| Cell::yes_no(price.exact)).into()),
        column("autres_etablissements_touches", 8, |row| {
            row.price.map(|price| Cell::Integer(price.effets.len() as i64)).into()
        }),
    ]
}

/// The table.
#[must_use]
pub fn explanations(all: &[Explanation]) -> Table {
    Table::new("explications", &columns(), all.iter().flat_map(rows))
}

fn rows(told: &Explanation) -> impl Iterator<Item = Row<'_>> {
    let modalities = told.modalites.iter().map(move |other| Row {
        told,
        sort: "modalité",
        choice: other.libelle.clone(),
        minutes: None,
        refusal: None,
        price: Some(&other.prix),
    });
    let posts = told.postes.iter().map(move |other| Row {
        told,
        sort: "poste",
        choice: other.poste.clone(),
        minutes: Some(other.minutes_aller),
        refusal: other.refus.as_deref(),
        price: other.prix.as_ref(),
    });
    modalities.chain(posts)
}

fn loss(row: &Row, side: fn(&Price) -> Option<f64>) -> Cell {
    row.price.and_then(side).map(|value| Cell::Decimal(value, 2)).into()
}
