//! Section 8: the bareme in plain words, so that every weight can be read and disputed.

use serde::Serialize;

use crate::domain::{Category, EstablishmentKind, Modality, Plan};
use crate::policy::Bareme;
use crate::policy::bareme::{Coverage, EquityMeasure, Order};
use crate::wording::bareme::{self as words, Price};
use crate::wording::label;

/// The method and the values used.
#[derive(Debug, Serialize)]
pub struct Method {
    couverture: &'static str,
    prix: Vec<String>,
    ordre: String,
    besoin: Vec<String>,
    poids: Vec<Value>,
    categories: Vec<CategoryValues>,
    points_base: f64,
    points_dote: f64,
    modalites: Vec<Explained>,
    garde_fous: Vec<String>,
    niveaux: Vec<LevelReached>,
}

#[derive(Debug, Serialize)]
struct Value {
    nom: &'static str,
    valeur: f64,
}

/// What a category adds to the need and to the points.
#[derive(Debug, Serialize)]
struct CategoryValues {
    nom: &'static str,
    besoin: f64,
    points: f64,
}

#[derive(Debug, Serialize)]
struct Explained {
    nom: &'static str,
    sens: &'static str,
    valeur: String,
}

#[derive(Debug, Serialize)]
struct LevelReached {
    nom: String,
    valeur: f64,
    /// No plan that keeps the levels before exceeds it.
    borne: Option<f64>,
}

/// The section.
pub fn method(bareme: &Bareme, plan: &Plan) -> Method {
    Method {
        couverture: words::coverage(bareme.couverture == Coverage::Tous),
        prix: prices(bareme),
        ordre: order(bareme),
        besoin: need(bareme),
        poids: weights(bareme),
        categories: categories(bareme),
        points_base: bareme.points.base,
        points_dote: bareme.points.dote,
        modalites: modalities(bareme),
        garde_fous: guard_rails(bareme),
        niveaux: plan
            .niveaux
            .iter()
            .map(|level| LevelReached {
                nom: label::level(&level.nom).to_owned(),
                valeur: level.objectif as f64 / 100.0,
                borne: level.borne.map(|bound| bound as f64 / 100.0),
            })
            .collect(),
    }
}

fn prices(bareme: &Bareme) -> Vec<String> {
    let by_pupils = bareme.equite.mesure == EquityMeasure::Eleves;
    let prices = [
        Price::Road(bareme.cout_minute_trajet),
        Price::Change(bareme.stabilite.cout),
        Price::OtherBassin(bareme.hors_bassin.cout),
        Price::Equity { price: bareme.equite.poids, tolerance: bareme.equite.tolerance, by_pupils },
    ];
    prices.iter().map(words::price).collect()
}

fn order(bareme: &Bareme) -> String {
    match bareme.ordre {
        Order::Somme => words::SUM.to_owned(),
        Order::Lexicographique => {
            let levels: Vec<String> = bareme
                .niveaux
                .iter()
                .map(|level| label::level(level.code()).to_lowercase())
                .collect();
            words::lexicographic(&levels)
        }
    }
}

fn need(bareme: &Bareme) -> Vec<String> {
    let need = &bareme.besoin;
    vec![
        words::need(need.eleves_par_demi_journee),
        words::ips(need.ips_pivot, need.ips_etendue, need.ips_facteur_min, need.ips_facteur_max),
        words::first_degree_need(
            need.circonscription_eleves_par_demi_journee,
            need.reseau_eleves_par_demi_journee,
        ),
    ]
}

fn weights(bareme: &Bareme) -> Vec<Value> {
    EstablishmentKind::ALL
        .into_iter()
        .filter(|kind| !kind.is_first_degree())
        .map(|kind| Value { nom: label::kind(kind), valeur: bareme.besoin.poids.of(kind) })
        .collect()
}

fn categories(bareme: &Bareme) -> Vec<CategoryValues> {
    Category::ALL
        .into_iter()
        .map(|category| CategoryValues {
            nom: label::category(category),
            besoin: bareme.besoin.ajouts.of(category),
            points: bareme.points.categories.of(category),
        })
        .collect()
}

fn modalities(bareme: &Bareme) -> Vec<Explained> {
    let pole = &bareme.pole.part_couverte;
    let value = |modality| match modality {
        Modality::Permanence => words::PERMANENCE_VALUE.to_owned(),
        Modality::Pole => words::pole_value(pole.legt, pole.lpo, pole.college, bareme.pole.charge),
        Modality::PremierDegre => words::share_value(bareme.premier_degre.part_couverte),
        Modality::Reference => words::share_value(bareme.reference.part_couverte),
        Modality::Conseil => words::share_value(bareme.conseil.part_couverte),
    };
    Modality::ALL
        .into_iter()
        .map(|modality| Explained {
            nom: label::modality(modality),
            sens: label::modality_meaning(modality),
            valeur: value(modality),
        })
        .collect()
}

fn guard_rails(bareme: &Bareme) -> Vec<String> {
    let (floors, limits) = (&bareme.permanence.planchers, &bareme.limites);
    let mut rails = vec![
        words::week(
            bareme.temps.demi_journees_par_etp,
            bareme.temps.deductions_par_etp,
            bareme.permanence.reunions_minutes,
        ),
        words::floors(floors.rep_plus, floors.rep, floors.lp, floors.autres),
        words::limits(
            limits.etablissements_max,
            limits.rep_plus_etablissements_max,
            limits.trajet_max_minutes,
        ),
        words::same_place(bareme.meme_lieu_metres),
    ];
    rails.extend(words::mandates(&bareme.mandats.permanence));
    rails.extend(limits.changements_max.map(words::changes_max));
    rails.extend(limits.km_max_semaine.map(words::km_max));
    rails
}
