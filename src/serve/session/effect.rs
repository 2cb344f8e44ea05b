//! What an edit does to today's plan: by hand, and once everything is solved again.

use serde::Serialize;

use crate::check::{self, Finding};
use crate::domain::{Plan, PostPlan};
use crate::policy::{Problem, Solution};
use crate::run::Ready;
use crate::scenario::Edit;
use crate::scenario::compare::{FactsByUai, Service, Side, compare};
use crate::solve::plan::read_back::{ReadBackError, read_back};
use crate::solve::plan::{Proof, plan};

/// A unit that is served otherwise.
#[derive(Debug, Clone, Serialize)]
pub struct Change {
    uai: String,
    partie: Option<u8>,
    nom: String,
    avant: Option<Service>,
    apres: Option<Service>,
}

/// Today's plan under an edited problem, with no other change than those that name a post for an
/// establishment. An error tells what of it can no longer be.
pub fn today_under(
    problem: &Problem,
    today: &Plan,
    edits: &[Edit],
) -> Result<Solution, ReadBackError> {
    let mut by_hand = today.clone();
    for edit in edits {
        if let Edit::Deplacer { uai, poste } = edit {
            give(problem, &mut by_hand, uai, poste);
        }
    }
    for post in &problem.dossier.posts {
        if by_hand.postes.iter().all(|week| week.poste != post.id)
            && let Some(model) = by_hand.postes.first()
        {
            let residence = post.residence.clone();
            let idle = PostPlan {
                poste: post.id.clone(),
                residence,
                pole_equipe_minutes: 0,
                ..model.clone()
            };
            by_hand.postes.push(idle);
        }
    }
    read_back(problem, &by_hand)
}

/// The unit goes to the post, by its own modality or the first that a post serves.
fn give(problem: &Problem, plan: &mut Plan, code: &str, post: &str) {
    let Some(unit) = problem.units.iter().find(|unit| unit.code.eq_ignore_ascii_case(code)) else {
        return;
    };
    let served = unit.options.iter().find(|option| option.modality.needs_post());
    let rows = plan.affectations.iter_mut();
    for row in rows.filter(|row| row.uai == unit.code || row.reseau.as_ref() == Some(&unit.code)) {
        row.poste = Some(post.to_owned());
        if let Some(option) = served.filter(|_| !row.modalite.needs_post()) {
            row.modalite = option.modality;
            row.demi_journees = option.presence.half_days();
        }
    }
}

/// The hard rules that the plan by hand breaks, by the independent checker, in words.
pub fn rules_broken(
    ready: &Ready,
    today: &Plan,
    by_hand: &Result<Solution, ReadBackError>,
) -> Vec<String> {
    let solution = match by_hand {
        Ok(solution) => solution,
        Err(ReadBackError::Unknown(post)) => {
            return vec![format!("ce que servait {post} doit passer à d'autres.")];
        }
        Err(error) => return vec![format!("le plan ne peut pas rester tel quel : {error}.")],
    };
    let (_, findings) = checked(ready, solution, today);
    let rules = findings.into_iter().filter(|finding| is_rule(finding.rule));
    rules.map(|finding| finding.message).collect()
}

/// Today's plan edited by hand, where it breaks nothing and is worth no less than the plan found:
/// nothing else has to move then. Plans of equal worth are many, and a search gives any of them.
pub fn kept_by_hand(ready: &Ready, by_hand: &Solution, found: &Plan) -> Option<Plan> {
    let (plan, findings) = checked(ready, by_hand, found);
    let worth = |plan: &Plan| plan.niveaux.iter().map(|level| level.objectif).collect::<Vec<_>>();
    let as_good = if found.is_by_levels() {
        worth(&plan) == worth(found)
    } else {
        plan.objectif >= found.objectif
    };
    (as_good && findings.is_empty()).then_some(plan)
}

/// The plan of a solution under the proof of another plan, and what the independent checker says.
fn checked(ready: &Ready, solution: &Solution, proven: &Plan) -> (Plan, Vec<Finding>) {
    let proof = Proof {
        status: proven.statut,
        method: proven.methode,
        bound: proven.borne,
        level_bounds: proven.niveaux.iter().map(|level| level.borne).collect(),
        wording: proven.preuve.clone(),
        seed: proven.graine,
    };
    let (problem, factors) = (&ready.problem, &ready.factors);
    let plan = plan(problem, solution, &proof);
    let findings = check::check(&problem.dossier, &problem.bareme, factors, &plan);
    (plan, findings)
}

/// `H1` to `H12`; other findings are about figures.
fn is_rule(code: &str) -> bool {
    code.strip_prefix('H').is_some_and(|number| number.parse::<u8>().is_ok())
}

/// The units whose service differs, in the order of the dossier.
pub fn changes(facts: &FactsByUai, before: &Plan, after: &Plan) -> Vec<Change> {
    let sides =
        [("avant", before), ("apres", after)].map(|(name, plan)| Side::of_plan(name, plan, facts));
    let lines = compare(&sides).etablissements.into_iter().filter(|line| line.differe);
    lines
        .map(|line| {
            let mut services = line.services.into_iter();
            let (avant, apres) = (services.next().flatten(), services.next().flatten());
            Change { uai: line.uai, partie: line.partie, nom: line.nom, avant, apres }
        })
        .collect()
}
