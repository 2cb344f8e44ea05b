//! `synthese.csv`: the figures of the whole plan, one a row (R11: indicators up to the academie).

use crate::domain::{Modality, TravelSources};
use crate::export::view::View;
use crate::wording::label;

use super::{Cell, Column, Stamp, Table, column};

struct Row {
    topic: &'static str,
    name: String,
    value: Cell,
    unit: &'static str,
}

const COLUMNS: &[Column<Row>] = &[
    column("rubrique", 16, |row| Cell::text(row.topic)),
    column("indicateur", 48, |row| Cell::text(&row.name)),
    column("valeur", 26, |row| row.value.clone()),
    column("unite", 34, |row| Cell::text(row.unit)),
];

/// All figures.
pub fn synthesis(view: &View, stamp: &Stamp) -> Table {
    let rows =
        [identity(view, stamp), proof(view), service(view), coverage(view)].into_iter().flatten();
    Table::new("synthese", COLUMNS, rows)
}

fn row(topic: &'static str, name: impl Into<String>, value: Cell, unit: &'static str) -> Row {
    Row { topic, name: name.into(), value, unit }
}

fn identity(view: &View, stamp: &Stamp) -> Vec<Row> {
    let plan = view.plan;
    let date = stamp.date.iter().map(|date| row("plan", "date", Cell::text(date), "calcul"));
    let known = [
        row("plan", "dossier", Cell::text(&plan.dossier), ""),
        row("plan", "rentree", Cell::Integer(plan.rentree.into()), "année"),
        row("plan", "departement", Cell::text(&plan.departement), ""),
        row("plan", "profil", Cell::text(&plan.profil), "barème"),
        row("plan", "programme", Cell::text(&plan.programme), ""),
        row("plan", "graine", Cell::text(plan.graine.to_string()), ""),
        row("plan", "empreinte", Cell::text(&stamp.digest), "début du SHA-256 de plan.json"),
    ];
    known.into_iter().chain(date).collect()
}

fn proof(view: &View) -> Vec<Row> {
    let plan = view.plan;
    let unit = "centièmes de demi-journée à 1 point";
    vec![
        row("preuve", "statut", Cell::text(label::status(plan.statut)), ""),
        row("preuve", "objectif", Cell::Integer(plan.objectif), unit),
        row("preuve", "borne", Cell::Integer(plan.borne), unit),
        row("preuve", "ecart", Cell::Decimal(100.0 * plan.ecart, 4), "%"),
        row(
            "preuve",
            "ecart_demi_journees",
            Cell::Decimal(plan.ecart_demi_journees, 2),
            "demi-journées de besoin à 1 point",
        ),
    ]
}

fn service(view: &View) -> Vec<Row> {
    let figures = &view.plan.indicateurs;
    let modalities = Modality::ALL.into_iter().map(|modality| {
        let units = figures.modalites.get(modality.code()).copied().unwrap_or(0);
        row("modalites", label::modality(modality), Cell::Integer(units.into()), "établissements")
    });
    let rest = [
        ("etp", Cell::Decimal(figures.etp, 2), "équivalents temps plein"),
        ("besoin", Cell::Decimal(figures.besoin, 2), "demi-journées par semaine"),
        ("permanences", Cell::Decimal(figures.demi_journees, 2), "demi-journées par semaine"),
        ("eleves_par_etp", Cell::Decimal(figures.eleves_par_etp, 0), "élèves"),
        ("part_trajet", Cell::Decimal(100.0 * figures.part_trajet, 2), "% du temps"),
        ("km_semaine", Cell::Decimal(figures.km_semaine, 1), "km"),
        ("frais_km_euros_an", Cell::Decimal(figures.frais_km_euros_an, 2), "euros"),
        ("indice_equilibre", Cell::Decimal(figures.indice_equilibre, 1), "sur 100"),
        ("gini", Cell::Decimal(figures.gini, 3), "de 0 (égalité) à 1"),
        ("changements", Cell::Integer(figures.changements.into()), "établissements"),
    ];
    let rest = rest.into_iter().chain(trips(&figures.trajets));
    modalities.chain(rest.map(|(name, value, unit)| row("service", name, value, unit))).collect()
}

fn trips(trips: &TravelSources) -> impl Iterator<Item = (&'static str, Cell, &'static str)> {
    let pairs = "couples de lieux";
    let share = |value: f64| Cell::Decimal(100.0 * value, 1);
    let counts = [
        ("trajets_fournis", count(trips.fournis), pairs),
        ("trajets_calcules", count(trips.calcules), pairs),
        ("trajets_repris", count(trips.repris), "couples de lieux connus dans l'autre sens"),
        ("trajets_estimes", count(trips.estimes), pairs),
        ("trajets_manquants", count(trips.manquants), "couples de lieux estimés, hors marche"),
    ];
    let error = trips.erreur_estimation.map(|error| {
        let unit = "% du temps réel, en valeur absolue";
        [
            ("erreur_estimation_couples", count(error.couples), pairs),
            ("erreur_estimation_mediane", share(error.mediane), unit),
            ("erreur_estimation_p90", share(error.p90), unit),
            ("erreur_estimation_biais", share(error.biais), "% du temps réel, signé"),
        ]
    });
    counts.into_iter().chain(error.into_iter().flatten())
}

fn coverage(view: &View) -> Vec<Row> {
    let covered = view.plan.indicateurs.couverture.iter();
    covered
        .flat_map(|(code, coverage)| {
            let figures = [
                ("établissements", count(coverage.unites.into()), ""),
                ("permanences", count(coverage.permanences.into()), ""),
                ("besoin", Cell::Decimal(coverage.besoin, 2), "demi-journées par semaine"),
                ("présence", Cell::Decimal(coverage.demi_journees, 2), "demi-journées par semaine"),
                ("part couverte", Cell::Decimal(100.0 * coverage.part_couverte, 1), "%"),
            ];
            figures.map(|(name, value, unit)| {
                row("couverture", format!("{code} : {name}"), value, unit)
            })
        })
        .collect()
}

fn count(count: u64) -> Cell {
    Cell::Integer(i64::try_from(count).unwrap_or(i64::MAX))
}
