//! Ranges of the values of a bareme, refused in words before anything is computed.

use crate::domain::{Category, EstablishmentKind, HalfDay, TICK_MINUTES};

use super::bareme::Bareme;
use super::profile::{BaremeError, nearest};
use crate::wording::number::short;

/// Checks every value that a rule could not survive.
///
/// # Errors
/// The first value out of its range, named with the range.
pub(super) fn check(bareme: &Bareme) -> Result<(), BaremeError> {
    for (name, value, lowest, highest) in bounded_values(bareme) {
        if !(lowest..=highest).contains(&value) {
            return Err(BaremeError::Invalid(format!(
                "{name} vaut {} ; attendu entre {} et {}",
                short(value, 4),
                short(lowest, 4),
                short(highest, 4)
            )));
        }
    }
    check_words(bareme)?;
    check_road(bareme.cout_minute_trajet)?;
    check_meeting(&bareme.temps.reunion_equipe)?;
    check_levels(bareme)
}

type Bounded = (&'static str, f64, f64, f64);

fn bounded_values(bareme: &Bareme) -> Vec<Bounded> {
    let need = &bareme.besoin;
    let mut values = vec![
        ("besoin.eleves_par_demi_journee", need.eleves_par_demi_journee, 1.0, 1e6),
        ("besoin.ips_etendue", need.ips_etendue, 1.0, 1e6),
        ("besoin.ips_facteur_min", need.ips_facteur_min, 0.0, need.ips_facteur_max),
        ("besoin.ips_facteur_max", need.ips_facteur_max, 0.0, 100.0),
        (
            "besoin.circonscription_eleves_par_demi_journee",
            need.circonscription_eleves_par_demi_journee,
            1.0,
            1e7,
        ),
        ("besoin.reseau_eleves_par_demi_journee", need.reseau_eleves_par_demi_journee, 1.0, 1e7),
        ("meme_lieu_metres", bareme.meme_lieu_metres, 0.0, 5_000.0),
        ("cout_minute_trajet", bareme.cout_minute_trajet, 0.0, 1_000.0),
        ("tolerance_niveaux", bareme.tolerance_niveaux, 0.0, 0.5),
        ("temps.demi_journees_par_etp", bareme.temps.demi_journees_par_etp, 1.0, 14.0),
        (
            "temps.deductions_par_etp",
            bareme.temps.deductions_par_etp,
            0.0,
            bareme.temps.demi_journees_par_etp,
        ),
        ("permanence.demi_journees_max", f64::from(bareme.permanence.demi_journees_max), 1.0, 14.0),
        ("permanence.reunions_minutes", bareme.permanence.reunions_minutes as f64, 0.0, 600.0),
        ("pole.charge", bareme.pole.charge, 0.0, 1.0),
        ("pole.visites_4_semaines", bareme.pole.visites_4_semaines as f64, 0.0, 40.0),
        ("pole.reserve_max_minutes", bareme.pole.reserve_max_minutes as f64, 0.0, 3_000.0),
        ("premier_degre.part_couverte", bareme.premier_degre.part_couverte, 0.0, 1.0),
        ("premier_degre.charge", bareme.premier_degre.charge, 0.0, 1.0),
        (
            "premier_degre.visites_4_semaines",
            bareme.premier_degre.visites_4_semaines as f64,
            0.0,
            40.0,
        ),
        ("reference.part_couverte", bareme.reference.part_couverte, 0.0, 1.0),
        ("conseil.part_couverte", bareme.conseil.part_couverte, 0.0, 1.0),
        ("limites.etablissements_max", f64::from(bareme.limites.etablissements_max), 1.0, 250.0),
        (
            "limites.rep_plus_etablissements_max",
            f64::from(bareme.limites.rep_plus_etablissements_max),
            1.0,
            250.0,
        ),
        (
            "limites.km_max_semaine",
            bareme.limites.km_max_semaine.unwrap_or_default(),
            0.0,
            1_000_000.0,
        ),
        ("limites.charge_min", bareme.limites.charge_min, 0.0, 1.0),
        ("equite.poids", bareme.equite.poids as f64, 0.0, 100_000.0),
        ("equite.tolerance", bareme.equite.tolerance, 0.0, 10.0),
        ("stabilite.cout", bareme.stabilite.cout as f64, 0.0, 1_000_000.0),
        (
            "frais_kilometriques.semaines_par_an",
            f64::from(bareme.frais_kilometriques.weeks_per_year),
            1.0,
            53.0,
        ),
        (
            "frais_kilometriques.puissance_fiscale",
            f64::from(bareme.frais_kilometriques.usual_horsepower),
            1.0,
            99.0,
        ),
        ("hors_bassin.cout", bareme.hors_bassin.cout as f64, 0.0, 1_000_000.0),
    ];
    let floors = &bareme.permanence.planchers;
    for (name, value) in [
        ("permanence.planchers.REP+", floors.rep_plus),
        ("permanence.planchers.REP", floors.rep),
        ("permanence.planchers.LP", floors.lp),
        ("permanence.planchers.autres", floors.autres),
    ] {
        values.push((name, value, 0.25, 10.0));
    }
    for kind in EstablishmentKind::ALL {
        values.push(("besoin.poids", need.poids.of(kind), 0.0, 100.0));
        values.push(("pole.part_couverte", bareme.pole.part_couverte.of(kind), 0.0, 1.0));
    }
    for category in Category::ALL {
        values.push(("besoin.ajouts", need.ajouts.of(category), 0.0, 100.0));
        values.push(("points.categories", bareme.points.categories.of(category), 0.0, 1_000.0));
    }
    values.push(("points.base", bareme.points.base, 0.0, 1_000.0));
    values.push(("points.dote", bareme.points.dote, 0.0, 1_000.0));
    values
}

/// Lists of types and categories hold known words only.
fn check_words(bareme: &Bareme) -> Result<(), BaremeError> {
    let types = [
        ("pole.types", &bareme.pole.types),
        ("reference.types", &bareme.reference.types),
        ("conseil.types", &bareme.conseil.types),
    ];
    let kinds = EstablishmentKind::ALL.map(EstablishmentKind::code);
    for (name, words) in types {
        check_list(name, words, &kinds)?;
    }
    let categories = [
        ("pole.exclus", &bareme.pole.exclus),
        ("reference.exclus", &bareme.reference.exclus),
        ("mandats.permanence", &bareme.mandats.permanence),
    ];
    let known = Category::ALL.map(Category::code);
    categories.into_iter().try_for_each(|(name, words)| check_list(name, words, &known))
}

fn check_list(name: &str, words: &[String], known: &[&str]) -> Result<(), BaremeError> {
    match words.iter().find(|word| !known.contains(&word.as_str())) {
        None => Ok(()),
        Some(word) => Err(BaremeError::Invalid(format!(
            "{name} contient « {word} », inconnu ; le plus proche est « {} »",
            nearest(word, known.iter().copied())
        ))),
    }
}

/// A tick of travel, five minutes, costs a whole number of objective units.
fn check_road(price: f64) -> Result<(), BaremeError> {
    let of_tick = price * TICK_MINUTES as f64;
    if (of_tick - of_tick.round()).abs() < 1e-6 {
        return Ok(());
    }
    Err(BaremeError::Invalid(format!(
        "cout_minute_trajet vaut {} ; attendu un multiple de 0,2",
        short(price, 4)
    )))
}

/// The half-day of the team meeting is one of the week, or nothing.
fn check_meeting(text: &str) -> Result<(), BaremeError> {
    if text.is_empty() || text.parse::<HalfDay>().is_ok() {
        return Ok(());
    }
    Err(BaremeError::Invalid(format!(
        "temps.reunion_equipe vaut « {text} » ; attendu une demi-journée, comme « lundi matin », ou \"\""
    )))
}

fn check_levels(bareme: &Bareme) -> Result<(), BaremeError> {
    let mut levels = bareme.niveaux.clone();
    levels.sort_unstable();
    levels.dedup();
    if levels.len() == 4 && bareme.niveaux.len() == 4 {
        Ok(())
    } else {
        Err(BaremeError::Invalid(
            "niveaux doit nommer une fois chacun : couverture, equite, trajet, stabilite".into(),
        ))
    }
}
