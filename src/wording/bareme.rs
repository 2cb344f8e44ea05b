//! The bareme in plain words. The arguments are its values, in its units.

use super::label::presence;
use super::number::{number, percent, short};
use super::sentence::enumeration;
use crate::domain::Presence;

/// A price of the bareme, hundredths of a half-day of need at 1 point.
#[derive(Debug, Clone, Copy)]
pub enum Price {
    /// A minute of road a week.
    Road(f64),
    /// An establishment that changes hands.
    Change(i64),
    /// An establishment outside the bassin of the residence.
    OtherBassin(i64),
    /// A half-day (or 100 pupils) carried outside the band around the target.
    Equity {
        /// Price.
        price: i64,
        /// Half the width of the band over the target.
        tolerance: f64,
        /// In pupils.
        by_pupils: bool,
    },
}

/// The order of the objective when everything is added up.
pub const SUM: &str = "Tout se compte dans une seule unité, la demi-journée de besoin couverte à \
    1 point, aux prix ci-dessus ; le plan retenu a la plus grande somme.";

/// What a permanence is worth.
pub const PERMANENCE_VALUE: &str = "1 − (1 − présence ÷ besoin)² du besoin : la première \
    demi-journée vaut plus que la suivante, tout est couvert quand la présence atteint le besoin";

/// A price as an exchange that anybody can discuss.
#[must_use]
pub fn price(price: &Price) -> String {
    match *price {
        Price::Road(0.0) => "Le temps de route ne coûte rien.".to_owned(),
        Price::Road(cost) => format!(
            "Une demi-journée de besoin couverte (à 1 point) vaut {} minutes de route par semaine.",
            number(100.0 / cost, 0)
        ),
        Price::Change(cost) => format!(
            "Un établissement qui change d'assistant·e coûte {} demi-journée de besoin couverte.",
            half_days(cost)
        ),
        Price::OtherBassin(cost) => format!(
            "Un établissement hors du bassin de la résidence coûte {} demi-journée.",
            half_days(cost)
        ),
        Price::Equity { price, tolerance, by_pupils } => format!(
            "Chaque {} qu'un poste porte à plus de {} de sa cible coûte {} demi-journée.",
            if by_pupils { "centaine d'élèves" } else { "demi-journée de besoin" },
            percent(tolerance, 0),
            half_days(price)
        ),
    }
}

fn half_days(cost: i64) -> String {
    short(cost as f64 / 100.0, 2)
}

/// The order when levels come one after the other.
#[must_use]
pub fn lexicographic(levels: &[String]) -> String {
    format!("Les niveaux passent l'un après l'autre : {}.", levels.join(", puis "))
}

/// Who must be served.
#[must_use]
pub const fn coverage(all: bool) -> &'static str {
    if all {
        "Tous les établissements publics reçoivent une expertise sociale."
    } else {
        "Les établissements sans catégorie prioritaire peuvent n'avoir qu'un conseil ponctuel."
    }
}

/// How the need is counted.
#[must_use]
pub fn need(pupils: f64) -> String {
    format!(
        "Besoin d'un établissement, en demi-journées par semaine : effectif ÷ {} × poids du type × \
         facteur social, plus les ajouts des catégories.",
        number(pupils, 0)
    )
}

/// The social factor.
#[must_use]
pub fn ips(pivot: f64, range: f64, least: f64, most: f64) -> String {
    format!(
        "Facteur social : 1 + ({} − IPS) ÷ {}, entre {} et {} ; 1 si l'IPS est inconnu.",
        number(pivot, 0),
        number(range, 0),
        short(least, 2),
        short(most, 2)
    )
}

/// The need of the first degree.
#[must_use]
pub fn first_degree_need(circonscription: f64, network: f64) -> String {
    format!(
        "Premier degré : une demi-journée pour {} élèves d'une circonscription, pour {} d'un réseau REP+.",
        number(circonscription, 0),
        number(network, 0)
    )
}

/// What the pole is worth.
#[must_use]
pub fn pole_value(legt: f64, lpo: f64, others: f64, load: f64) -> String {
    format!(
        "{} du besoin en LEGT, {} en LPO, {} ailleurs, pour {} du besoin en temps",
        percent(legt, 0),
        percent(lpo, 0),
        percent(others, 0),
        percent(load, 0)
    )
}

/// What a modality of constant value is worth.
#[must_use]
pub fn share_value(share: f64) -> String {
    format!("{} du besoin", percent(share, 0))
}

/// The week of a full-time post.
#[must_use]
pub fn week(half_days: f64, deductions: f64, meetings: i64) -> String {
    format!(
        "Un temps plein compte {} demi-journées par semaine, dont {} pour réunions, écrits, formation \
         et missions départementales ; chaque permanence prend {meetings} minutes de plus pour les \
         réunions de l'établissement. Les trajets sont dans ce temps.",
        short(half_days, 2),
        short(deductions, 2)
    )
}

/// Smallest presences.
#[must_use]
pub fn floors(rep_plus: f64, rep: f64, lp: f64, others: f64) -> String {
    let words = |half_days| match Presence::from_half_days(half_days) {
        Some(known) => presence(known),
        None => format!("{} demi-journée par semaine", short(half_days, 2)),
    };
    format!(
        "Une permanence a au moins : {} en REP+, {} en REP, {} en LP, {} ailleurs.",
        words(rep_plus),
        words(rep),
        words(lp),
        words(others)
    )
}

/// Limits of a sector.
#[must_use]
pub fn limits(establishments: u8, with_rep_plus: u8, minutes: u32) -> String {
    format!(
        "Un secteur a au plus {establishments} établissements, {with_rep_plus} s'il contient un collège \
         REP+ ; aucun aller ne dépasse {minutes} minutes."
    )
}

/// Shared trips.
#[must_use]
pub fn same_place(metres: f64) -> String {
    format!("Les établissements à moins de {} mètres partagent leurs trajets.", number(metres, 0))
}

/// Mandated permanences; none when the list is empty.
#[must_use]
pub fn mandates(categories: &[String]) -> Option<String> {
    (!categories.is_empty())
        .then(|| format!("Une permanence est obligatoire en {}.", enumeration(categories)))
}

/// The limit of changes.
#[must_use]
pub fn changes_max(changes: u32) -> String {
    let from =
        " par rapport aux secteurs actuels (ceux d'un poste qui n'existe plus ne comptent pas)";
    match changes {
        0 => format!("Aucun établissement ne doit changer d'assistant·e{from}."),
        1 => format!(
            "Un établissement au plus peut changer d'assistant·e, dans tout le département{from}."
        ),
        _ => format!(
            "{changes} établissements au plus peuvent changer d'assistant·e, dans tout le département{from}."
        ),
    }
}

/// The budget of travel.
#[must_use]
pub fn km_max(km: f64) -> String {
    format!("Le service parcourt au plus {} km par semaine.", number(km, 0))
}
