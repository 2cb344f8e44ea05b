//! Which modalities a unit may have, at which levels, and what each is worth and takes
//! (`docs/model.md`, modalities, H9 and H10).

use crate::domain::{
    Category, Decision, DecisionKind, Dossier, EstablishmentKind, HALF_DAY_MINUTES, Modality,
    Presence, ticks_from_minutes,
};

use super::bareme::{Bareme, Coverage};
use super::unit::Unit;

/// One way to serve a unit, travel apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnitOption {
    /// Modality.
    pub modality: Modality,
    /// Half-days of presence; zero for other modalities than permanence.
    pub presence: Presence,
    /// Load without travel, ticks.
    pub ticks: i64,
    /// Visits per four weeks when nothing else is served at the place.
    pub visits: i64,
    /// Value, objective units.
    pub value: i64,
}

/// The decisions that bind a unit: `EXIGER` and `MINIMUM` bind the first part alone.
pub fn decisions_on<'a>(
    unit: &'a Unit,
    decisions: &'a [Decision],
) -> impl Iterator<Item = &'a Decision> {
    decisions.iter().filter(|decision| {
        decision.uai == unit.code && (decision.kind == DecisionKind::Forbid || unit.is_first_part())
    })
}

/// The options of a unit, by modality then presence, decisions that name no post applied.
#[must_use]
pub fn options(unit: &Unit, dossier: &Dossier, bareme: &Bareme) -> Vec<UnitOption> {
    let mut choices = eligible(unit, dossier, bareme);
    for decision in decisions_on(unit, &dossier.decisions) {
        add_decided(&mut choices, unit, decision, bareme);
    }
    choices.sort_unstable();
    choices.dedup();
    choices.retain(|choice| {
        decisions_on(unit, &dossier.decisions).all(|decision| admits(decision, *choice))
    });
    choices
        .into_iter()
        .map(|(modality, presence)| priced(unit, modality, presence, bareme))
        .collect()
}

/// Whether `word` of a guard-rail names the unit. "LP" is the type: an LPO, which also has
/// general teaching, is left to the choice of the service.
#[must_use]
pub fn guarded_by(word: &str, unit: &Unit) -> bool {
    if word == Category::Lp.code() {
        return unit.kind == EstablishmentKind::Lp;
    }
    unit.categories.iter().any(|category| category.code() == word)
}

/// Whether the policy demands a permanence (R3, R12; guard-rail).
#[must_use]
pub fn is_mandated(unit: &Unit, bareme: &Bareme) -> bool {
    !unit.is_first_degree()
        && (bareme.mandats.permanence.iter().any(|word| guarded_by(word, unit))
            || bareme.mandats.dote && unit.on_priority_list)
}

/// Smallest presence of a permanence.
#[must_use]
pub fn floor(unit: &Unit, bareme: &Bareme) -> Presence {
    let floors = &bareme.permanence.planchers;
    let named = [("REP+", floors.rep_plus), ("REP", floors.rep), ("LP", floors.lp)];
    let half_days = named
        .into_iter()
        .filter(|(word, _)| guarded_by(word, unit))
        .map(|(_, half_days)| half_days)
        .fold(floors.autres, f64::max);
    Presence((half_days * 4.0).ceil() as u16)
}

type Choice = (Modality, Presence);

fn eligible(unit: &Unit, dossier: &Dossier, bareme: &Bareme) -> Vec<Choice> {
    let mut choices = Vec::new();
    if unit.is_first_degree() {
        choices.push((Modality::PremierDegre, Presence(0)));
    } else {
        choices.extend(presences(unit, bareme).map(|level| (Modality::Permanence, level)));
        if is_mandated(unit, bareme) {
            return choices;
        }
        if admitted(unit, &bareme.pole.types, &bareme.pole.exclus) {
            choices.push((Modality::Pole, Presence(0)));
        }
        let advised = dossier.advisers.iter().any(|adviser| adviser.bassin == unit.bassin);
        if advised && admitted(unit, &bareme.reference.types, &bareme.reference.exclus) {
            choices.push((Modality::Reference, Presence(0)));
        }
    }
    let unranked = bareme.couverture == Coverage::Priorites && !unit.is_priority();
    if unranked || bareme.conseil.types.iter().any(|kind| kind == unit.kind.code()) {
        choices.push((Modality::Conseil, Presence(0)));
    }
    choices
}

fn admitted(unit: &Unit, types: &[String], excluded: &[String]) -> bool {
    types.iter().any(|kind| kind == unit.kind.code())
        && !excluded.iter().any(|word| guarded_by(word, unit))
}

/// Presences from the floor up to the first that meets the need.
fn presences<'a>(unit: &'a Unit, bareme: &Bareme) -> impl Iterator<Item = Presence> + use<'a> {
    let floor = floor(unit, bareme);
    let monthly = bareme.permanence.mensuelle.then_some(Presence::MONTHLY);
    let weekly = (1..=bareme.permanence.demi_journees_max).map(Presence::weekly);
    let offered = monthly.into_iter().chain([Presence::FORTNIGHTLY]).chain(weekly);
    let mut met = false;
    offered.filter(move |presence| *presence >= floor).take_while(move |presence| {
        let wanted = !met;
        met |= i64::from(presence.0) * 25 >= unit.need_centi;
        wanted
    })
}

/// What a decision names exists even where the bareme would not offer it: the CTSS-D decides.
fn add_decided(choices: &mut Vec<Choice>, unit: &Unit, decision: &Decision, bareme: &Bareme) {
    if decision.kind == DecisionKind::Forbid || unit.is_first_degree() {
        return;
    }
    match (decision.modality, decision.presence) {
        (Some(Modality::Permanence) | None, Some(presence)) => {
            let least = match decision.kind {
                DecisionKind::Minimum => floor(unit, bareme),
                DecisionKind::Require | DecisionKind::Forbid => Presence(0),
            };
            choices.push((Modality::Permanence, presence.max(least)));
        }
        (Some(Modality::Permanence), None) => {
            choices.extend(presences(unit, bareme).map(|level| (Modality::Permanence, level)));
        }
        (Some(Modality::PremierDegre) | None, _) => {}
        (Some(modality), _) => {
            if decision.kind == DecisionKind::Require {
                choices.push((modality, Presence(0)));
            }
        }
    }
}

/// Whether a choice agrees with what a decision says of modality and presence.
fn admits(decision: &Decision, (modality, presence): Choice) -> bool {
    let same_modality = decision.modality.is_none_or(|named| named == modality);
    let same_presence =
        decision.presence.is_none_or(|named| modality == Modality::Permanence && named == presence);
    match decision.kind {
        DecisionKind::Require => {
            same_modality && same_presence && (decision.post.is_none() || modality.needs_post())
        }
        DecisionKind::Forbid => decision.post.is_some() || !(same_modality && same_presence),
        DecisionKind::Minimum => {
            decision.modality.is_none_or(|named| modality >= named)
                && decision
                    .presence
                    .is_none_or(|named| modality == Modality::Permanence && presence >= named)
        }
    }
}

fn priced(unit: &Unit, modality: Modality, presence: Presence, bareme: &Bareme) -> UnitOption {
    let need = unit.need_centi as f64;
    let need_minutes = need / 100.0 * HALF_DAY_MINUTES as f64;
    let (share, minutes, visits) = match modality {
        Modality::Permanence => {
            let met = (f64::from(presence.0) * 25.0 / need).min(1.0);
            let met = if need > 0.0 { met } else { 1.0 };
            let minutes = presence.minutes() + bareme.permanence.reunions_minutes;
            (1.0 - (1.0 - met) * (1.0 - met), minutes, presence.visits())
        }
        Modality::Pole => (
            bareme.pole.part_couverte.of(unit.kind),
            whole_minutes(bareme.pole.charge * need_minutes),
            bareme.pole.visites_4_semaines,
        ),
        Modality::PremierDegre => (
            bareme.premier_degre.part_couverte,
            whole_minutes(bareme.premier_degre.charge * need_minutes),
            bareme.premier_degre.visites_4_semaines,
        ),
        Modality::Reference => (bareme.reference.part_couverte, 0, 0),
        Modality::Conseil => (bareme.conseil.part_couverte, 0, 0),
    };
    UnitOption {
        modality,
        presence,
        ticks: ticks_from_minutes(minutes),
        visits,
        value: (unit.points * need * share).round() as i64,
    }
}

/// Rounds up, but for the noise of floating point (a millionth of a minute).
fn whole_minutes(minutes: f64) -> i64 {
    (minutes - 1e-6).ceil() as i64
}
