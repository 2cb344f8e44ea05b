//! Ways out in words that the service can act on.

use crate::domain::{Dossier, EstablishmentKind, Modality, Post};
use crate::policy::{ItemId, Problem, UnitId};
use crate::scenario::describe::taken;
use crate::scenario::known::named;
use crate::wording::article::with_article;
use crate::wording::label;
use crate::wording::number;
use crate::wording::sentence::enumeration;

use super::candidates::Candidate;
use super::smallest::{Found, Together};

/// What a whole-number limit of the bareme is about, singular and plural.
pub type Limit = (&'static str, &'static str);

/// Establishments of a post in REP+.
pub const REP_PLUS: Limit =
    ("établissement pour un poste en REP+", "établissements pour un poste en REP+");
/// Changes of hands.
pub const CHANGES: Limit = ("changement d'assistant·e", "changements d'assistant·e");
/// Kilometres of the service.
pub const KILOMETRES: Limit = ("km par semaine pour le service", "km par semaine pour le service");
/// The recteur's list.
pub const NO_MANDATE_OF_LIST: &str =
    "Ne plus imposer de permanence aux établissements de la liste du recteur (mandats.dote)";

/// Under a conflict that may hold demands too many.
pub const NOT_SMALLEST: &str =
    "Le temps a manqué pour réduire ce conflit au plus petit ensemble de demandes qui se gênent.";

/// Before the ways out.
pub const WAYS_OUT: &str = "Pour en sortir, au choix, du moins coûteux au plus coûteux (chaque issue a été essayée : un plan existe alors) :";
/// Where none is known.
pub const NO_WAY_OUT: &str =
    "Aucune issue trouvée parmi celles que le programme essaie : plusieurs demandes sont à revoir.";
/// Where time ran out.
pub const TIME_OUT: &str = "La recherche d'issues s'arrête après 75 secondes : il peut y en avoir d'autres, ou de plus petites.";

/// One way out.
#[must_use]
pub fn single(candidate: &Candidate<'_>, found: &Found) -> String {
    let below = candidate.amount.as_ref().filter(|_| found.step > 1 && found.is_least);
    let less = below.map_or_else(String::new, |amount| {
        format!(" (avec {}, il n'y a toujours pas de plan : c'est prouvé)", amount(found.step - 1))
    });
    format!("{}{less} ; {}.", (candidate.text)(found.step), covered(found.share))
}

/// Several ways out that are enough together.
#[must_use]
pub fn together(ways: &[(&Candidate<'_>, u32)], found: &Together) -> String {
    let texts: Vec<String> = ways.iter().map(|(way, step)| (way.text)(*step)).collect();
    let least = if found.is_least { " (aucun n'est de trop, c'est prouvé)" } else { "" };
    format!("Tout à la fois{least} : {} ; {}.", texts.join(" · "), covered(found.share))
}

fn covered(share: f64) -> String {
    format!("le plan couvre alors {} du besoin pondéré", number::percent(share, 0))
}

/// A decision lifted.
#[must_use]
pub fn lift(dossier: &Dossier, index: usize) -> String {
    format!("Lever la décision « {} »", taken(&dossier.decisions[index], dossier))
}

/// Many decisions lifted.
#[must_use]
pub fn lift_alike(dossier: &Dossier, decisions: &[usize]) -> String {
    format!(
        "Lever les {} décisions semblables à « {} »",
        decisions.len(),
        taken(&dossier.decisions[decisions[0]], dossier)
    )
}

/// Places of reference of a bassin.
#[must_use]
pub fn references(bassin: &str, from: u32, to: u32) -> String {
    format!(
        "Permettre {} en référence dans le bassin {} au lieu de {from} (references_max, conseillers.csv)",
        number::count(to.into(), "établissement", "établissements"),
        label::after_bassin(bassin)
    )
}

/// The longest trip, of a post or of all.
#[must_use]
pub fn longest_trip(row: &Post, own: bool, from: u32, to: u32) -> String {
    let whose = if own {
        format!("du poste {} (trajet_max_minutes, postes.csv)", row.id)
    } else {
        "des postes (limites.trajet_max_minutes)".to_owned()
    };
    format!("Porter de {from} à {} l'aller le plus long {whose}", minutes(to))
}

/// The largest number of establishments, of a post or of all.
#[must_use]
pub fn establishments(row: &Post, own: bool, from: u32, to: u32) -> String {
    let whose = if own {
        format!("au poste {} (etablissements_max, postes.csv)", row.id)
    } else {
        "par poste (limites.etablissements_max)".to_owned()
    };
    format!("Permettre {to} établissements {whose} au lieu de {from}")
}

/// A whole-number limit of the bareme.
#[must_use]
pub fn raise((one, several): Limit, key: &str, from: i64, to: i64) -> String {
    let noun = if to < 2 { one } else { several };
    format!(
        "Permettre {} {noun} au lieu de {} ({key})",
        number::number(to as f64, 0),
        number::number(from as f64, 0)
    )
}

/// Time reserved for a pole team.
#[must_use]
pub fn reserve(from: i64, to: i64) -> String {
    format!(
        "Permettre à chaque membre de réserver {} par semaine au pôle au lieu de {} (pole.reserve_max_minutes)",
        number::duration(to as f64),
        number::duration(from as f64)
    )
}

/// The least load of posts.
#[must_use]
pub fn minimum_load(from: f64, to: f64) -> String {
    format!(
        "Abaisser de {} à {} la charge minimale d'un poste (limites.charge_min)",
        number::percent(from, 0),
        number::percent(to, 0)
    )
}

/// A post without its bassin.
#[must_use]
pub fn any_bassin(row: &Post) -> String {
    let bassin = row.bassin.as_deref().unwrap_or_default();
    format!(
        "Laisser le poste {} servir hors du bassin {} (bassin, postes.csv)",
        row.id,
        label::after_bassin(bassin)
    )
}

/// Posts based somewhere, to be based elsewhere.
#[must_use]
pub fn free_residence(problem: &Problem, seat: UnitId) -> String {
    let posts = problem.residents.get(&seat).map_or(&[][..], Vec::as_slice);
    let posts: Vec<String> = posts.iter().map(|post| problem.posts[*post].id.clone()).collect();
    let noun = if posts.len() < 2 { "au poste" } else { "aux postes" };
    format!(
        "Chercher une autre résidence que {} {noun} {}",
        with_article(&problem.units[seat].name),
        enumeration(&posts)
    )
}

/// Members of a group served apart.
#[must_use]
pub fn apart(problem: &Problem, item: ItemId) -> String {
    format!("Ne plus confier au même poste {}", names(problem, &problem.items[item]))
}

/// A mandate lifted.
#[must_use]
pub fn no_mandate(word: &str) -> String {
    format!("Ne plus imposer de permanence en {word} (mandats.permanence)")
}

/// A modality admitted for a type.
#[must_use]
pub fn admit(modality: Modality, kind: EstablishmentKind) -> String {
    let what = match modality {
        Modality::Pole => "le pôle",
        _ => "le conseil ponctuel",
    };
    let key = if modality == Modality::Pole { "pole.types" } else { "conseil.types" };
    format!("Admettre {what} pour le type {} ({key})", kind.code())
}

/// A part-time post with more time.
#[must_use]
pub fn more_of(row: &Post, to: u32) -> String {
    format!(
        "Porter le poste {} de {} à {}",
        row.id,
        percent(row.quotite_percent.into()),
        percent(to)
    )
}

/// New posts.
#[must_use]
pub fn new_posts(added: f64) -> String {
    format!("Ajouter {}, à placer", full_time(added))
}

/// Establishments without an assistant.
#[must_use]
pub fn leave_out(problem: &Problem, units: &[UnitId]) -> String {
    let decided = units.iter().any(|unit| {
        let code = &problem.units[*unit].code;
        problem.dossier.decisions.iter().any(|decision| decision.uai == *code)
    });
    let lifted = if decided { ", décisions levées" } else { "" };
    let codes: Vec<String> =
        units.iter().map(|unit| named(&problem.dossier, &problem.units[*unit].code)).collect();
    format!("Laisser au conseil ponctuel{lifted} : {}", enumeration(&codes))
}

fn names(problem: &Problem, units: &[UnitId]) -> String {
    let names: Vec<String> =
        units.iter().map(|unit| with_article(&problem.units[*unit].name)).collect();
    enumeration(&names)
}

/// "48 minutes".
#[must_use]
pub fn minutes(many: u32) -> String {
    number::count(many.into(), "minute", "minutes")
}

/// "80 %".
#[must_use]
pub fn percent(many: u32) -> String {
    number::percent(f64::from(many) / 100.0, 0)
}

/// "0,5 ETP".
#[must_use]
pub fn full_time(amount: f64) -> String {
    format!("{}\u{A0}ETP", number::short(amount, 2))
}
