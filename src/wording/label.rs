//! The names of the trade in French.

use crate::domain::{Category, EstablishmentKind, Modality, Presence, Status};

use super::number::{count, short};

/// A modality as a heading names it.
#[must_use]
pub const fn modality(modality: Modality) -> &'static str {
    match modality {
        Modality::Permanence => "Permanence",
        Modality::Pole => "Pôle",
        Modality::PremierDegre => "Premier degré",
        Modality::Reference => "Référence",
        Modality::Conseil => "Conseil ponctuel",
    }
}

/// What a modality means for the establishment, in one sentence.
#[must_use]
pub const fn modality_meaning(modality: Modality) -> &'static str {
    match modality {
        Modality::Permanence => {
            "L'assistant·e de service social est présent·e à jours réguliers et reçoit les élèves."
        }
        Modality::Pole => {
            "Pas de présence fixe : l'établissement saisit son assistant·e par fiche pour la \
             protection de l'enfance et l'absentéisme."
        }
        Modality::PremierDegre => {
            "Conseil technique et intervention sur demande dans les écoles publiques."
        }
        Modality::Reference => {
            "Pas d'assistant·e : la conseillère ou le conseiller technique de bassin supervise les \
             situations complexes."
        }
        Modality::Conseil => {
            "Ni présence ni saisine : un conseil ponctuel, selon les modalités de l'académie."
        }
    }
}

/// A type of establishment in full.
#[must_use]
pub const fn kind(kind: EstablishmentKind) -> &'static str {
    match kind {
        EstablishmentKind::College => "Collège",
        EstablishmentKind::Lp => "Lycée professionnel",
        EstablishmentKind::Lpo => "Lycée polyvalent",
        EstablishmentKind::Legt => "Lycée général et technologique",
        EstablishmentKind::Erea => "EREA",
        EstablishmentKind::Ecole => "École",
        EstablishmentKind::Circonscription => "Circonscription du premier degré",
    }
}

/// A type of establishment as a table cell holds it.
#[must_use]
pub const fn short_kind(kind: EstablishmentKind) -> &'static str {
    match kind {
        EstablishmentKind::College => "Collège",
        EstablishmentKind::Circonscription => "Circ. 1er degré",
        EstablishmentKind::Ecole => "École",
        other => other.code(),
    }
}

/// A category in full.
#[must_use]
pub const fn category(category: Category) -> &'static str {
    match category {
        Category::RepPlus => "Éducation prioritaire renforcée (REP+)",
        Category::Rep => "Éducation prioritaire (REP)",
        Category::Egpa => "Enseignement adapté (SEGPA, EGPA)",
        Category::Ulis => "ULIS",
        Category::Upe2a => "UPE2A (élèves allophones)",
        Category::Relais => "Dispositif relais",
        Category::Internat => "Internat",
        Category::Lp => "Voie professionnelle",
        Category::Rural => "Rural défavorisé",
    }
}

/// A name with its commune, unless the name says it already.
///
/// ```
/// use maillage::wording::label::with_commune;
/// assert_eq!(with_commune("Collège Jean Moulin", "Clairval"), "Collège Jean Moulin (Clairval)");
/// assert_eq!(with_commune("Lycée de Clairval", "CLAIRVAL"), "Lycée de Clairval");
/// ```
#[must_use]
pub fn with_commune(name: &str, commune: &str) -> String {
    if commune.is_empty() || name.to_lowercase().contains(&commune.to_lowercase()) {
        name.to_owned()
    } else {
        format!("{name} ({commune})")
    }
}

/// The ecoles of a network, by the name of the college at its head (or its UAI).
#[must_use]
pub fn network(head: &str) -> String {
    format!("Écoles du réseau {head}")
}

/// What the name of a bassin says after the noun, which some sources repeat.
///
/// ```
/// use maillage::wording::label::after_bassin;
/// assert_eq!(format!("le bassin {}", after_bassin("Bassin de Clairval")), "le bassin de Clairval");
/// assert_eq!(format!("le bassin {}", after_bassin("COMMINGES")), "le bassin COMMINGES");
/// ```
#[must_use]
pub fn after_bassin(name: &str) -> &str {
    let name = name.trim();
    match name.split_once(' ') {
        Some((noun, rest)) if noun.eq_ignore_ascii_case("bassin") => rest.trim_start(),
        _ => name,
    }
}

/// A presence in words; empty when there is none.
///
/// ```
/// use maillage::domain::Presence;
/// use maillage::wording::label::presence;
/// assert_eq!(presence(Presence::FORTNIGHTLY), "1\u{A0}demi-journée par quinzaine");
/// assert_eq!(presence(Presence::weekly(3)), "3\u{A0}demi-journées par semaine");
/// ```
#[must_use]
pub fn presence(presence: Presence) -> String {
    let half_days = |many| count(many, "demi-journée", "demi-journées");
    match presence.0 {
        0 => String::new(),
        1 => format!("{} par mois", half_days(1)),
        2 => format!("{} par quinzaine", half_days(1)),
        quarters if quarters.is_multiple_of(4) => {
            format!("{} par semaine", half_days(u64::from(quarters / 4)))
        }
        quarters => {
            let half_days = f64::from(quarters) / 4.0;
            let noun = if half_days < 2.0 { "demi-journée" } else { "demi-journées" };
            format!("{}\u{A0}{noun} par semaine", short(half_days, 2))
        }
    }
}

/// A presence in few words, for narrow columns; empty when there is none.
#[must_use]
pub fn short_presence(presence: Presence) -> String {
    match presence.0 {
        0 => String::new(),
        1 => "1 demi-j. par mois".to_owned(),
        2 => "1 demi-j. par quinzaine".to_owned(),
        quarters => format!("{} demi-j. par semaine", short(f64::from(quarters) / 4.0, 2)),
    }
}

/// The name of an establishment with the usual initials for its type, for narrow columns.
///
/// ```
/// use maillage::wording::label::short_name;
/// assert_eq!(short_name("Lycée général et technologique Ozenne"), "LGT Ozenne");
/// ```
#[must_use]
pub fn short_name(name: &str) -> String {
    const INITIALS: [(&str, &str); 4] = [
        ("Lycée général et technologique", "LGT"),
        ("Lycée polyvalent", "LPO"),
        ("Lycée professionnel", "LP"),
        ("Circonscription d'inspection du 1er degré", "Circonscription"),
    ];
    let long = |(words, _): &&(&str, &str)| {
        name.get(..words.len()).is_some_and(|head| head.to_lowercase() == words.to_lowercase())
    };
    match INITIALS.iter().find(long) {
        Some((words, initials)) => format!("{initials}{}", &name[words.len()..]),
        None => name.to_owned(),
    }
}

/// How the computation ended.
#[must_use]
pub const fn status(status: Status) -> &'static str {
    match status {
        Status::Optimal => "meilleur plan possible, prouvé",
        Status::EcartAtteint => "écart demandé atteint, prouvé",
        Status::Effort => "arrêté à l'effort demandé",
        Status::Limite => "arrêté par la limite de temps",
        Status::Interrompu => "interrompu",
        Status::Irrealisable => "irréalisable, prouvé",
    }
}

/// A level of the objective of `plan.json`, in words; the code itself when unknown.
#[must_use]
pub fn level(code: &str) -> &str {
    match code {
        "couverture" => "Besoin couvert, pondéré par les points",
        "equite" => "Écarts de charge entre les postes",
        "trajet" => "Temps de route",
        "stabilite" => "Changements, affinités et bassins",
        other => other,
    }
}
