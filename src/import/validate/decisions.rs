//! Decisions: each can be followed, and those on one unit can hold together.

use std::collections::BTreeMap;

use crate::domain::{Decision, DecisionKind, Modality};
use crate::import::dossier::Draft;
use crate::import::error::{Code, Diagnostic};

use super::Known;
use super::posts::has_sector_time;

/// Checks each decision, then each pair on one unit.
pub fn check(draft: &Draft, known: &Known, report: &mut Vec<Diagnostic>) {
    let rows = &draft.decisions;
    let mut by_unit: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, decision) in rows.values.iter().enumerate() {
        if let Some((column, cause, action)) = impossible(draft, known, decision) {
            report.push(rows.fault(index, column, Code::ImpossibleDecision, cause, action));
        }
        if decision.kind == DecisionKind::Minimum && decision.post.is_some() {
            let cause = "MINIMUM fixe une modalité ou une présence : le poste nommé ne compte pas.";
            let action = "Videz la cellule, ou ajoutez une ligne EXIGER pour le poste.";
            report.push(rows.fault(index, "poste", Code::IdleCell, cause, action));
        }
        let earlier = by_unit.entry(&decision.uai).or_default();
        for other in earlier.iter().copied() {
            if let Some(what) = contradiction(&rows.values[other], decision) {
                let cause = format!(
                    "Cette décision contredit celle de la ligne {} : {what}.",
                    rows.line(other)
                );
                let action = "Gardez l'une des deux, ou accordez-les.";
                report.push(rows.fault(
                    index,
                    "decision",
                    Code::ContradictoryDecisions,
                    cause,
                    action,
                ));
            }
        }
        earlier.push(index);
    }
}

/// Column, cause and action of a decision that no plan can follow.
fn impossible(
    draft: &Draft,
    known: &Known,
    decision: &Decision,
) -> Option<(&'static str, String, &'static str)> {
    let requires = decision.kind != DecisionKind::Forbid;
    let nothing =
        decision.post.is_none() && decision.modality.is_none() && decision.presence.is_none();
    if nothing {
        let cause = format!("{} ne nomme ni poste, ni modalité, ni présence.", decision.kind);
        return Some((
            "decision",
            cause,
            "Remplissez au moins une des trois cellules, ou supprimez la ligne.",
        ));
    }
    let modality = decision.modality.filter(|_| requires);
    if let (Some(modality), Some(_)) = (modality, decision.presence)
        && modality != Modality::Permanence
    {
        let cause = format!("{modality} n'a pas de demi-journées fixes : seule PERMANENCE en a.");
        return Some(("demi_journees", cause, "Videz la cellule, ou écrivez PERMANENCE."));
    }
    if let (Some(modality), Some(_), DecisionKind::Require) =
        (modality, &decision.post, decision.kind)
        && !modality.needs_post()
    {
        let cause = format!("{modality} n'est tenu par aucun poste.");
        return Some(("poste", cause, "Videz la cellule, ou changez la modalité."));
    }
    let first_degree = degree(known, &decision.uai)?;
    if let Some(modality) = modality.filter(|modality| !modality.exists_in(first_degree)) {
        let degree = if first_degree { "premier" } else { "second" };
        let cause = format!("{modality} n'existe pas pour le {degree} degré.");
        return Some((
            "modalite",
            cause,
            "Premier degré : PREMIER_DEGRE ou CONSEIL ; second degré : PERMANENCE, POLE, REFERENCE ou CONSEIL.",
        ));
    }
    idle_post(draft, known, decision)
}

/// Whether the unit belongs to the first degree; `None` for a unit that is not in the dossier.
fn degree(known: &Known, code: &str) -> Option<bool> {
    let row = known.establishments.get(code).map(|row| row.kind.is_first_degree());
    row.or_else(|| known.networks.contains(code).then_some(true))
}

fn idle_post(
    draft: &Draft,
    known: &Known,
    decision: &Decision,
) -> Option<(&'static str, String, &'static str)> {
    let named = decision.post.as_deref().filter(|_| decision.kind == DecisionKind::Require)?;
    let post = draft.posts.values.iter().find(|post| post.id == named)?;
    if has_sector_time(known, post) {
        return None;
    }
    let cause = format!("Le poste {named} n'a pas de temps de secteur.");
    Some(("poste", cause, "Nommez un autre poste, ou corrigez sa décharge."))
}

/// What two decisions on one unit say that cannot hold together.
fn contradiction(one: &Decision, other: &Decision) -> Option<String> {
    use DecisionKind::{Forbid, Minimum, Require};
    match (one.kind, other.kind) {
        (Require, Require) => two_requirements(one, other),
        (Require, Forbid) => forbidden_requirement(one, other),
        (Forbid, Require) => forbidden_requirement(other, one),
        (Require, Minimum) => below_minimum(one, other),
        (Minimum, Require) => below_minimum(other, one),
        _ => None,
    }
}

fn two_requirements(one: &Decision, other: &Decision) -> Option<String> {
    fn differ<T: PartialEq + ToString>(
        what: &str,
        one: Option<&T>,
        other: Option<&T>,
    ) -> Option<String> {
        let (one, other) = (one?, other?);
        (one != other).then(|| format!("{what} {} et {}", one.to_string(), other.to_string()))
    }
    differ("deux postes exigés,", one.post.as_ref(), other.post.as_ref())
        .or_else(|| {
            differ("deux modalités exigées,", one.modality.as_ref(), other.modality.as_ref())
        })
        .or_else(|| {
            differ("deux présences exigées,", one.presence.as_ref(), other.presence.as_ref())
        })
}

/// The ban holds for all that the requirement allows when each thing that it names is required.
fn forbidden_requirement(require: &Decision, forbid: &Decision) -> Option<String> {
    let covered = (forbid.post.is_none() || forbid.post == require.post)
        && (forbid.modality.is_none() || forbid.modality == require.modality)
        && (forbid.presence.is_none() || forbid.presence == require.presence);
    covered.then(|| "l'une exige ce que l'autre interdit".to_owned())
}

fn below_minimum(require: &Decision, minimum: &Decision) -> Option<String> {
    let lower_modality =
        require.modality.zip(minimum.modality).is_some_and(|(one, floor)| one < floor);
    let lower_presence =
        require.presence.zip(minimum.presence).is_some_and(|(one, floor)| one < floor);
    let unserved = require.modality.is_some_and(|one| one < Modality::Permanence)
        && minimum.presence.is_some();
    (lower_modality || lower_presence || unserved)
        .then(|| "l'une exige moins que le minimum de l'autre".to_owned())
}
