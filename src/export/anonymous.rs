//! `--sans-noms`: documents that name no person.
//!
//! The names are taken out of the values before any document is composed, so that no document
//! can print one. A post and its residence still identify a person, and documents say so.

use serde_json::Value;

use crate::domain::{Dossier, Plan};

/// What stands for a name in a text.
const HIDDEN: &str = "(nom retiré)";

/// The dossier and the plan without names of agents or advisers; reasons, free texts that may
/// name somebody, go too.
#[must_use]
pub fn without_names(dossier: &Dossier, plan: &Plan) -> (Dossier, Plan) {
    let names = names(dossier);
    let (mut dossier, mut plan) = (dossier.clone(), plan.clone());
    for post in &mut dossier.posts {
        post.agent = None;
    }
    for adviser in &mut dossier.advisers {
        adviser.id.clear();
    }
    for decision in &mut dossier.decisions {
        decision.reason.clear();
    }
    for warning in &mut plan.avertissements {
        for name in &names {
            *warning = warning.replace(name, HIDDEN);
        }
    }
    for edit in &mut plan.modifications {
        hide(edit, &names);
    }
    (dossier, plan)
}

/// Takes names out of every text of an edit, and its reason.
fn hide(value: &mut Value, names: &[String]) {
    match value {
        Value::String(text) => {
            for name in names {
                *text = text.replace(name, HIDDEN);
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| hide(value, names)),
        Value::Object(fields) => {
            fields.remove("motif");
            fields.values_mut().for_each(|value| hide(value, names));
        }
        _ => {}
    }
}

/// Names of people, longest first so that none hides inside another.
fn names(dossier: &Dossier) -> Vec<String> {
    let agents = dossier.posts.iter().filter_map(|post| post.agent.clone());
    let advisers = dossier.advisers.iter().map(|adviser| adviser.id.clone());
    let mut names: Vec<String> =
        agents.chain(advisers).filter(|name| !name.trim().is_empty()).collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    names
}
