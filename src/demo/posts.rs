//! Posts, advisers, today's sectors and decisions of a fictional departement.

use super::towns::Town;
use super::{GeneratorSettings, seats};
use crate::domain::{
    Adviser, Category, CurrentService, Decision, DecisionKind, Establishment, EstablishmentKind,
    Field, Modality, Post, Presence,
};

/// One post in this many is at 80 %.
const PART_TIME: usize = 5;
/// One post in this many is at 50 %.
const HALF_TIME: usize = 15;
/// Establishments in reference per adviser.
const REFERENCES_MAX: u16 = 4;
/// Half-days of a full-time week, in hundredths.
const WHOLE_WEEK_CENTI: u32 = 1000;

/// The posts with a sector, then the one at the MDPH.
pub(super) fn posts(
    settings: &GeneratorSettings,
    establishments: &[Establishment],
    seats: &[usize],
) -> Vec<Post> {
    let fixed = settings.posts.saturating_sub(settings.posts_to_place);
    let first_degree = settings.circonscriptions > 0 || settings.ecoles_per_network > 0;
    let field = if first_degree { Field::Both } else { Field::SecondDegree };
    let width = settings.posts.to_string().len().max(2);
    let sector = seats.iter().enumerate().map(|(index, seat)| Post {
        quotite_percent: quotite_percent(index),
        residence: (index < fixed).then(|| establishments[*seat].uai.clone()),
        field,
        ..Post::full_time(format!("AS-{:0width$}", index + 1))
    });
    let mdph = settings.mdph.then(|| Post {
        field,
        discharge_centi: WHOLE_WEEK_CENTI,
        ..Post::full_time("MDPH")
    });
    sector.chain(mdph).collect()
}

const fn quotite_percent(index: usize) -> u8 {
    if (index + 1).is_multiple_of(HALF_TIME) {
        50
    } else if (index + 1).is_multiple_of(PART_TIME) {
        80
    } else {
        100
    }
}

/// One adviser per bassin.
pub(super) fn advisers(towns: &[Town]) -> Vec<Adviser> {
    let mut bassins: Vec<&str> = Vec::new();
    for town in towns {
        if !bassins.contains(&town.bassin.as_str()) {
            bassins.push(&town.bassin);
        }
    }
    bassins
        .into_iter()
        .enumerate()
        .map(|(index, bassin)| Adviser {
            id: format!("CTSS-{}", index + 1),
            bassin: bassin.to_owned(),
            references_max: REFERENCES_MAX,
        })
        .collect()
}

/// Today's sectors: every second-degree establishment has a permanence.
pub(super) fn current(
    settings: &GeneratorSettings,
    establishments: &[Establishment],
    seats: &[usize],
) -> Vec<CurrentService> {
    let posts = posts(settings, establishments, seats);
    let quotites = posts.iter().take(seats.len()).map(|post| f64::from(post.quotite_percent));
    let total: f64 = quotites.clone().sum();
    let shares: Vec<f64> = quotites.map(|quotite| quotite / total).collect();
    seats::today(establishments, seats, &shares)
        .into_iter()
        .map(|(unit, post)| CurrentService {
            uai: establishments[unit].uai.clone(),
            post: Some(posts[post].id.clone()),
            modality: Some(Modality::Permanence),
            presence: Some(presence(&establishments[unit])),
        })
        .collect()
}

fn presence(unit: &Establishment) -> Presence {
    match (unit.categories.has(Category::RepPlus), unit.effective_pupils()) {
        (true, _) => Presence::weekly(3),
        (_, ..250) => Presence::FORTNIGHTLY,
        (_, ..700) => Presence::weekly(1),
        _ => Presence::weekly(2),
    }
}

/// A few decisions that any plan can follow: a floor where pupils board, a regular presence kept
/// at a lycee.
pub(super) fn decisions(establishments: &[Establishment]) -> Vec<Decision> {
    let first = |wanted: fn(&&Establishment) -> bool| establishments.iter().find(wanted);
    let boarding = first(|unit| {
        unit.kind == EstablishmentKind::College && unit.categories.has(Category::Internat)
    });
    let lycee = first(|unit| unit.kind == EstablishmentKind::Legt);
    let minimum = boarding.map(|unit| Decision {
        uai: unit.uai.clone(),
        kind: DecisionKind::Minimum,
        post: None,
        modality: Some(Modality::Permanence),
        presence: Some(Presence::weekly(1)),
        reason: "Internat : présence chaque semaine, décidée en groupe de travail".into(),
    });
    let forbidden = lycee.map(|unit| Decision {
        uai: unit.uai.clone(),
        kind: DecisionKind::Forbid,
        post: None,
        modality: Some(Modality::Pole),
        presence: None,
        reason: "Présence régulière maintenue cette année".into(),
    });
    minimum.into_iter().chain(forbidden).collect()
}
