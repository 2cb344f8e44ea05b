//! Why a modality or a post is out of the question, in French.

use crate::domain::{Decision, Modality};
use crate::policy::bareme::Coverage;
use crate::policy::eligibility::{Refusal, may_serve};
use crate::policy::modality_options::{decisions_on, guarded_by, is_mandated, options};
use crate::policy::{PostId, Problem, UnitId};
use crate::wording::label;
use crate::wording::sentence::enumeration;

/// The rule that keeps a modality from a unit; `None` where it is offered.
#[must_use]
pub fn modality(problem: &Problem, unit: UnitId, asked: Modality) -> Option<String> {
    let what = &problem.units[unit];
    if what.options.iter().any(|option| option.modality == asked) {
        return None;
    }
    let free = crate::domain::Dossier { decisions: Vec::new(), ..undecided(problem) };
    if options(what, &free, &problem.bareme).iter().any(|option| option.modality == asked) {
        let decided = decisions_on(what, &problem.dossier.decisions).next();
        return Some(decided.map_or_else(
            || "le dossier en décide autrement".to_owned(),
            |decision| format!("le dossier en décide autrement : {}", decision_words(decision)),
        ));
    }
    Some(match asked {
        _ if what.is_first_degree() => {
            "une circonscription ou un réseau d'écoles est servi au titre du premier degré"
                .to_owned()
        }
        Modality::PremierDegre => "c'est un établissement du second degré".to_owned(),
        _ if is_mandated(what, &problem.bareme) => mandate(problem, unit),
        Modality::Pole => {
            let rules = &problem.bareme.pole;
            admission(problem, unit, "le pôle", &rules.types, &rules.exclus)
        }
        Modality::Reference => {
            let rules = &problem.bareme.reference;
            if problem.supervision_of(&what.bassin).is_none() {
                "aucun conseiller technique ne suit de références dans ce bassin".to_owned()
            } else {
                admission(problem, unit, "la référence", &rules.types, &rules.exclus)
            }
        }
        Modality::Conseil if problem.bareme.couverture == Coverage::Tous => {
            "le barème demande que chaque établissement soit suivi".to_owned()
        }
        Modality::Conseil => {
            "le barème ne laisse au conseil ponctuel que les établissements sans priorité"
                .to_owned()
        }
        Modality::Permanence => "le barème ne l'offre pas".to_owned(),
    })
}

/// What the options of a unit read of a dossier besides its decisions.
fn undecided(problem: &Problem) -> crate::domain::Dossier {
    let dossier = &problem.dossier;
    crate::domain::Dossier {
        scenario: dossier.scenario.clone(),
        establishments: Vec::new(),
        posts: Vec::new(),
        advisers: dossier.advisers.clone(),
        trips: Vec::new(),
        current: Vec::new(),
        pole_teams: Vec::new(),
        decisions: Vec::new(),
        affinities: Vec::new(),
        outline: None,
        digests: std::collections::BTreeMap::new(),
        edits: Vec::new(),
    }
}

fn mandate(problem: &Problem, unit: UnitId) -> String {
    let what = &problem.units[unit];
    let rules = &problem.bareme.mandats;
    let words: Vec<String> =
        rules.permanence.iter().filter(|word| guarded_by(word, what)).cloned().collect();
    if words.is_empty() {
        "le recteur l'a placé sur sa liste : une permanence y est obligatoire".to_owned()
    } else {
        format!("une permanence y est obligatoire ({})", enumeration(&words))
    }
}

fn admission(
    problem: &Problem,
    unit: UnitId,
    asked: &str,
    kinds: &[String],
    excluded: &[String],
) -> String {
    let what = &problem.units[unit];
    if !kinds.iter().any(|kind| kind == what.kind.code()) {
        return format!(
            "le barème n'ouvre pas {asked} à ce type d'établissement ({})",
            label::short_kind(what.kind)
        );
    }
    let words: Vec<String> =
        excluded.iter().filter(|word| guarded_by(word, what)).cloned().collect();
    format!("le barème exclut {asked} en {}", enumeration(&words))
}

/// A decision as a sentence names it.
#[must_use]
pub fn decision_words(decision: &Decision) -> String {
    let named = [
        decision.post.as_ref().map(|post| format!("poste {post}")),
        decision.modality.map(|modality| label::modality(modality).to_lowercase()),
        decision.presence.map(label::presence),
    ];
    let named: Vec<String> = named.into_iter().flatten().collect();
    let reason = if decision.reason.trim().is_empty() {
        String::new()
    } else {
        format!(", motif : {}", decision.reason.trim())
    };
    format!("{} ({}{reason})", decision.kind, named.join(", "))
}

/// The rule that keeps a post, at its seat, from serving a unit by any option; `None` where it may.
#[must_use]
pub fn post(problem: &Problem, post: PostId, seat: UnitId, unit: UnitId) -> Option<String> {
    let what = &problem.units[unit];
    let mut refusals = Vec::new();
    for option in what.options.iter().filter(|option| option.modality.needs_post()) {
        match may_serve(problem, post, seat, unit, option) {
            Ok(()) => return None,
            Err(refusal) => refusals.push(refusal),
        }
    }
    let who = &problem.posts[post];
    Some(match refusals.first() {
        None => "aucun mode de service par un poste n'est offert à cet établissement".to_owned(),
        Some(Refusal::NotInService) => "le poste n'a pas de temps de secteur".to_owned(),
        Some(Refusal::Field) => "le poste sert l'autre degré".to_owned(),
        Some(Refusal::Bassin) => {
            let bassin = who.bassin.as_deref().unwrap_or_default();
            format!("le poste ne sert que le bassin {}", label::after_bassin(bassin))
        }
        Some(Refusal::TooFar) => format!(
            "l'aller prend {} minutes, la limite est de {}",
            problem.one_way_minutes(seat, what.place).ceil(),
            who.max_trip_minutes
        ),
        Some(Refusal::ResidenceOfAnother) => {
            "l'établissement est la résidence d'un autre poste, qui le sert".to_owned()
        }
        Some(Refusal::OwnResidence) => {
            "un poste sert sa propre résidence par une permanence".to_owned()
        }
        Some(Refusal::Decided(index)) => format!(
            "le dossier en décide autrement : {}",
            decision_words(&problem.dossier.decisions[*index])
        ),
        Some(Refusal::TeamMember) => "le poste tient le pôle en équipe".to_owned(),
    })
}
