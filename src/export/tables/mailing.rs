//! `publipostage.csv`: one row per letter, so one per head of establishment or inspector.

use crate::domain::Modality;
use crate::export::view::{Served, View};
use crate::import::fold;
use crate::wording::{label, number, sentence};

use super::{Cell, Column, Stamp, Table, column};

/// An establishment and all that serve it (several for a unit in parts).
struct Row<'v> {
    view: &'v View<'v>,
    first: Served<'v>,
    all: Vec<Served<'v>>,
    stamp: &'v Stamp,
}

fn columns<'v>() -> Vec<Column<Row<'v>>> {
    vec![
        column("uai", 11, |row| Cell::text(&row.first.establishment.uai)),
        column("type", 30, |row| Cell::text(label::kind(row.first.establishment.kind))),
        column("nom", 38, |row| Cell::text(&row.first.establishment.name)),
        column("commune", 24, |row| Cell::text(&row.first.establishment.commune)),
        column("bassin", 20, |row| Cell::text(&row.first.establishment.bassin)),
        column("modalite", 18, |row| Cell::text(label::modality(row.first.modality()))),
        column("presence", 40, |row| each(row, |_, served| label::presence(served.presence()))),
        column("poste", 14, |row| {
            each(row, |_, served| served.assignment.poste.clone().unwrap_or_default())
        }),
        column("agent", 24, |row| each(row, |view, served| view.agent(post(served)).to_owned())),
        column("residence", 40, |row| each(row, residence)),
        column("conseiller", 24, |row| Cell::text(adviser(row))),
        column("phrase", 110, |row| Cell::text(phrase(row))),
        column("dossier", 30, |row| {
            Cell::text(sentence::title(&row.view.plan.dossier, row.view.plan.rentree))
        }),
        column("calcul_du", 18, |row| Cell::text(row.stamp.date.as_deref().unwrap_or_default())),
        column("bareme", 20, |row| Cell::text(&row.view.plan.profil)),
        column("ecart", 10, |row| Cell::text(number::gap(row.view.plan.ecart))),
        column("empreinte", 18, |row| Cell::text(&row.stamp.digest)),
    ]
}

/// One row per establishment, sorted by commune, then name; ecoles are told by their network.
#[must_use]
pub fn mailing<'v>(view: &'v View<'v>, stamp: &'v Stamp) -> Table {
    let mut rows: Vec<Row> = Vec::new();
    for served in view.served().filter(|served| !served.is_network_member()) {
        let uai = &served.establishment.uai;
        match rows.iter_mut().find(|row| row.first.establishment.uai == *uai) {
            Some(row) => row.all.push(served),
            None => rows.push(Row { view, first: served, all: vec![served], stamp }),
        }
    }
    rows.sort_by_key(|row| {
        let establishment = row.first.establishment;
        (fold(&establishment.commune), &establishment.name, &establishment.uai)
    });
    Table::new("publipostage", &columns(), rows.into_iter())
}

fn post<'s>(served: &Served<'s>) -> &'s str {
    served.assignment.poste.as_deref().unwrap_or_default()
}

fn residence(view: &View, served: &Served) -> String {
    view.residence(post(served))
        .map_or_else(String::new, |home| format!("{} ({})", home.name, home.commune))
}

fn each(row: &Row, text: fn(&View, &Served) -> String) -> Cell {
    let texts = row.all.iter().map(|served| text(row.view, served));
    Cell::text(texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" et "))
}

/// Advisers of the bassin of a reference.
fn adviser(row: &Row) -> String {
    let Some(bassin) = row.first.assignment.bassin_conseiller.as_deref() else {
        return String::new();
    };
    let advisers = row.view.dossier.advisers.iter().filter(|adviser| adviser.bassin == bassin);
    advisers
        .map(|adviser| adviser.id.as_str())
        .filter(|id| !id.is_empty())
        .collect::<Vec<_>>()
        .join(" et ")
}

fn phrase(row: &Row) -> String {
    let presences: Vec<String> = row
        .all
        .iter()
        .filter(|served| served.modality() == Modality::Permanence)
        .map(|served| label::presence(served.presence()))
        .collect();
    sentence::letter(row.first.modality(), &presences)
}
