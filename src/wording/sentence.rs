//! Whole sentences of the documents.

use std::cmp::Ordering;

use crate::domain::{
    Decision, DecisionKind, EstimateError, Level, Modality, Plan, Status, TravelSources,
};

use super::label;
use super::number::{count, date, duration, gap, number, percent, short};

/// Share of a post's time on the road above which documents explain it.
pub const LONG_ROAD_SHARE: f64 = 0.12;

/// The dossier and its rentree, which the name of a dossier often tells already.
#[must_use]
pub fn title(dossier: &str, year: u16) -> String {
    if dossier.contains(&year.to_string()) {
        dossier.to_owned()
    } else {
        format!("{dossier}, rentrée {year}")
    }
}

/// How an establishment is served, as its head reads it.
#[must_use]
pub fn letter(modality: Modality, presences: &[String]) -> String {
    match modality {
        Modality::Permanence => format!(
            "Un·e assistant·e de service social assure une permanence dans votre établissement : {}.",
            presences.join(" et ")
        ),
        Modality::Pole => "Votre établissement saisit son assistant·e de service social par fiche \
            saisine, pour la protection de l'enfance et l'absentéisme, sans permanence fixe."
            .to_owned(),
        Modality::PremierDegre => {
            "Un·e assistant·e de service social apporte conseil technique et \
            intervention sociale, sur demande, aux écoles publiques."
                .to_owned()
        }
        Modality::Reference => "La conseillère ou le conseiller technique de bassin supervise les \
            situations complexes de votre établissement."
            .to_owned(),
        Modality::Conseil => "Votre établissement peut demander un conseil ponctuel au service \
            social en faveur des élèves."
            .to_owned(),
    }
}

/// What the proof says of the plan, for readers who do not optimise.
#[must_use]
pub fn proof(plan: &Plan) -> String {
    if plan.is_by_levels() {
        let levels: Vec<String> = plan.niveaux.iter().map(level).collect();
        return format!(
            "Les niveaux ont été cherchés l'un après l'autre, chacun sans perdre sur ceux d'avant \
             plus que la tolérance du barème. {}.",
            levels.join(" ; ")
        );
    }
    let half_days = plan.ecart_demi_journees;
    match (plan.statut, half_days > 0.0) {
        (Status::Irrealisable, _) => {
            "Les règles du dossier ne peuvent pas être toutes respectées : c'est prouvé.".to_owned()
        }
        (_, false) => {
            "Le calcul prouve qu'aucun plan ne fait mieux, avec ce barème et ces données."
                .to_owned()
        }
        (_, true) => {
            let decimals = if half_days < 1.0 { 2 } else { 1 };
            let noun = if half_days < 2.0 { "demi-journée" } else { "demi-journées" };
            format!(
                "Le calcul prouve qu'aucun plan ne peut faire mieux de plus de {} {noun} de besoin \
                 à 1 point, soit {} de la valeur du plan.",
                short(half_days, decimals),
                gap(plan.ecart)
            )
        }
    }
}

/// A level with what is proven of it.
#[must_use]
pub fn level(level: &Level) -> String {
    let half_days = |units: i64| number(units as f64 / 100.0, 2);
    let (name, reached) = (label::level(&level.nom), half_days(level.objectif));
    match level.borne {
        Some(bound) if bound > level.objectif => {
            format!("{name} : {reached}, au mieux {}", half_days(bound))
        }
        Some(_) => format!("{name} : {reached}, le mieux possible"),
        None => format!("{name} : {reached}"),
    }
}

/// Whether the same computation gives the same plan again.
#[must_use]
pub const fn reproducible(status: Status) -> &'static str {
    match status {
        Status::Limite | Status::Interrompu => {
            "Le calcul a été arrêté avant son terme : le plan est valide et son écart est prouvé, \
             mais un nouveau calcul peut donner un autre plan."
        }
        _ => "Un nouveau calcul sur les mêmes fichiers, avec la même graine, redonne ce plan.",
    }
}

/// A modality and the number of units that it serves.
pub type ModalityCount = (Modality, u32);

/// Said where today's sectors are unknown.
pub const NO_CURRENT_SECTORS: &str = "Le dossier ne contient pas les secteurs actuels : les \
    changements ne peuvent pas être comptés.";

/// Posts at work.
#[must_use]
pub fn means(posts: usize, vacant: usize, full_time: f64) -> String {
    let vacant = match vacant {
        0 => String::new(),
        1 => ", dont 1 poste vacant".to_owned(),
        many => format!(", dont {many} postes vacants"),
    };
    format!(
        "Le plan emploie {}, soit {} équivalent{} temps plein{vacant}.",
        count(
            posts as u64,
            "poste d'assistant·e de service social",
            "postes d'assistant·e de service social"
        ),
        short(full_time, 2),
        if full_time < 2.0 { "" } else { "s" },
    )
}

/// How many units each modality serves.
#[must_use]
pub fn modalities(counts: &[ModalityCount]) -> String {
    let total: u32 = counts.iter().map(|(_, units)| units).sum();
    let part = |(modality, units): &ModalityCount| format!("{units} {}", how(*modality));
    let parts: Vec<String> = counts.iter().map(part).collect();
    format!(
        "{} {} : {}.",
        count(
            total.into(),
            "établissement ou circonscription",
            "établissements et circonscriptions"
        ),
        if total < 2 { "reçoit une réponse" } else { "reçoivent une réponse" },
        enumeration(&parts)
    )
}

const fn how(modality: Modality) -> &'static str {
    match modality {
        Modality::Permanence => "par une permanence régulière",
        Modality::Pole => "par le pôle, sur fiche saisine",
        Modality::PremierDegre => "au titre du premier degré",
        Modality::Reference => "en référence auprès du conseiller technique de bassin",
        Modality::Conseil => "par un conseil ponctuel",
    }
}

/// Need, presence and share met.
#[must_use]
pub fn coverage(need: f64, presence: f64, share: f64) -> String {
    format!(
        "Le besoin total est estimé à {} demi-journées par semaine ; le plan assure {} demi-journées \
         de permanence. En tenant compte des priorités et des autres modalités, {} du besoin pondéré \
         est couvert.",
        short(need, 1),
        short(presence, 2),
        percent(share, 0)
    )
}

/// Time on the road.
#[must_use]
pub fn road(share: f64, km: f64, euros: f64, long_roads: usize) -> String {
    let long = match long_roads {
        0 => format!(
            "aucun poste ne dépasse {} de son temps sur la route",
            percent(LONG_ROAD_SHARE, 0)
        ),
        1 => format!("un poste dépasse {} : la partie 4 l'explique", percent(LONG_ROAD_SHARE, 0)),
        many => format!(
            "{many} postes dépassent {} : la partie 4 les explique",
            percent(LONG_ROAD_SHARE, 0)
        ),
    };
    format!(
        "Les déplacements prennent en moyenne {} du temps ({} km par semaine pour tout le service, {} \
         d'indemnités par an) ; {long}.",
        percent(share, 1),
        number(km, 0),
        self::euros(euros)
    )
}

/// Where the times of trips come from.
#[must_use]
pub fn trip_sources(trips: &TravelSources) -> String {
    let parts = [
        (trips.calcules, "calculé sur la route", "calculés sur la route"),
        (trips.fournis, "fourni", "fournis"),
        (trips.repris, "repris du sens inverse", "repris du sens inverse"),
        (trips.estimes - trips.manquants, "à pied", "à pied"),
        (trips.manquants, "estimé faute de mieux", "estimés faute de mieux"),
    ];
    let said: Vec<String> = parts
        .into_iter()
        .filter(|(many, ..)| *many > 0)
        .map(|(many, one, several)| count(many, one, several))
        .collect();
    if said.is_empty() { "aucun".to_owned() } else { enumeration(&said) }
}

/// How far the estimate is from real times.
#[must_use]
pub fn estimate_error(error: &EstimateError) -> String {
    let tendency = match (error.biais * 100.0).round() {
        0.0 => "et juste en moyenne".to_owned(),
        slow if slow > 0.0 => format!("et plutôt trop lente ({})", percent(error.biais, 0)),
        _ => format!("et plutôt trop rapide ({})", percent(-error.biais, 0)),
    };
    format!(
        "Là où le temps réel est connu ({}), l'estimation s'en écarte de {} en médiane, de {} au plus pour \
         neuf trajets sur dix, {tendency}.",
        count(error.couples, "trajet", "trajets"),
        percent(error.mediane, 0),
        percent(error.p90, 0),
    )
}

/// Where the times come from, and what the estimate is worth, in the report.
#[must_use]
pub fn trips_note(trips: &TravelSources) -> String {
    let error = trips.erreur_estimation.as_ref().map_or_else(
        || {
            "Aucun temps réel n'est connu : l'erreur de l'estimation ne l'est pas non plus."
                .to_owned()
        },
        estimate_error,
    );
    format!(
        "Temps de trajet entre les lieux, par couple et par sens : {}. {error}",
        trip_sources(trips)
    )
}

/// An amount in whole euros.
#[must_use]
pub fn euros(amount: f64) -> String {
    format!("{}\u{A0}€", number(amount, 0))
}

/// What the mileage expense is counted from, and what it leaves out.
#[must_use]
pub fn mileage(weeks: u32, text: &str, in_force: &str, homes_unknown: usize) -> String {
    let homes = match homes_unknown {
        0 => String::new(),
        1 => {
            " Cette dernière est inconnue pour 1 poste, et supposée hors de son secteur.".to_owned()
        }
        many => format!(
            " Cette dernière est inconnue pour {many} postes, et supposée hors de leur secteur."
        ),
    };
    format!(
        "Indemnités kilométriques : {weeks} semaines par an, taux de l'{text} (en vigueur le {}), pour les trajets \
         hors de la commune de la résidence administrative et de la commune où vit l'agent (décret \
         n° 2006-781).{homes} Les communes limitrophes desservies par des transports publics n'en font \
         qu'une pour ce décret : ici chacune compte, et le montant est un plafond.",
        in_force.parse().map_or_else(|_| in_force.to_owned(), date),
    )
}

/// Establishments that change hands.
#[must_use]
pub fn changes(changed: u32, known: usize) -> String {
    match changed {
        0 => "Aucun établissement ne change d'assistant·e.".to_owned(),
        _ => format!(
            "{} d'assistant·e par rapport aux secteurs actuels ({known} connus).",
            count(changed.into(), "établissement change", "établissements changent"),
        ),
    }
}

/// A decision on an establishment, as `decisions.csv` holds it: "X : exigé pôle, poste P1".
#[must_use]
pub fn decision(name: &str, decision: &Decision) -> String {
    let verb = match decision.kind {
        DecisionKind::Require => "exigé",
        DecisionKind::Forbid => "interdit",
        DecisionKind::Minimum => "au moins",
    };
    let what = [
        decision.modality.map(|modality| label::modality(modality).to_lowercase()),
        decision.presence.map(label::presence),
        decision.post.as_ref().map(|post| format!("poste {post}")),
    ];
    let what: Vec<String> = what.into_iter().flatten().collect();
    let reason = match decision.reason.as_str() {
        "" => String::new(),
        reason => format!(" ({reason})"),
    };
    format!("{name} : {verb} {}{reason}", what.join(", "))
}

/// "a, b et c".
#[must_use]
pub fn enumeration(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} et {last}", first.join(", ")),
    }
}

/// A trip of a post and what it takes a week.
#[must_use]
pub fn trip(place: &str, one_way: f64, weekly: f64) -> String {
    format!("{place} ({} pour un aller, {} par semaine)", duration(one_way), duration(weekly))
}

/// Why a post spends so much time on the road.
#[must_use]
pub fn long_road(post: &str, share: f64, weekly: f64, trips: &[String]) -> String {
    format!(
        "{post} : {} du temps sur la route, soit {} par semaine, surtout pour {}.",
        percent(share, 1),
        duration(weekly),
        enumeration(trips)
    )
}

/// Units that no post serves, and what the smallest service of all would take.
#[must_use]
pub fn unserved(units: usize, full_time: f64) -> String {
    if units == 0 {
        return "Chaque établissement et chaque circonscription est servi par un poste.".to_owned();
    }
    format!(
        "{} sans assistant·e attitré·e. Donner à tous le plus petit service possible demanderait \
         environ {} équivalent{} temps plein, hors trajets.",
        count(
            units as u64,
            "établissement ou circonscription reste",
            "établissements ou circonscriptions restent"
        ),
        short(full_time, 1),
        if full_time < 2.0 { "" } else { "s" },
    )
}

/// Why, when a decision says so.
#[must_use]
pub fn decided(reason: &str) -> String {
    if reason.is_empty() {
        "Décidé dans le dossier.".to_owned()
    } else {
        format!("Décidé dans le dossier : {reason}.")
    }
}

/// Why, when the means are short.
#[must_use]
pub fn few_points(points: f64, median: f64) -> String {
    let rank = match points.total_cmp(&median) {
        Ordering::Less => "moins que la médiane du département",
        Ordering::Equal => "comme la médiane du département",
        Ordering::Greater => "plus que la médiane du département, mais le temps manque alentour",
    };
    format!("{} au barème, {rank} ({}).", points_of(points), short(median, 1))
}

fn points_of(points: f64) -> String {
    format!("{}\u{A0}point{}", short(points, 1), if points < 2.0 { "" } else { "s" })
}

/// A remedy within reach.
#[must_use]
pub fn room_nearby(post: &str, km: f64, free: f64) -> String {
    format!(
        "{post}, à {} km à vol d'oiseau, garde {} libres par semaine : un service par quinzaine est \
         à étudier.",
        number(km, 0),
        duration(free)
    )
}

/// No remedy within reach.
#[must_use]
pub fn no_room_nearby(posts: &[String], most: f64, wanted: f64) -> String {
    if posts.is_empty() {
        return format!(
            "Aucun poste de ce degré : il faudrait {} par semaine, hors trajets.",
            duration(wanted)
        );
    }
    format!(
        "Les postes voisins ({}) gardent au plus {} : il faudrait {} par semaine, hors trajets.",
        posts.join(", "),
        duration(most.max(0.0)),
        duration(wanted)
    )
}
