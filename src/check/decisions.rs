//! H9: what is already decided.

use crate::domain::{Decision, DecisionKind, Modality};

use super::facts::Facts;
use super::finding::Report;
use super::reading::{Choice, Reading, Server};

pub(super) fn check(facts: &Facts<'_>, reading: &Reading<'_>, report: &mut Report) {
    for (unit, choice) in reading.chosen() {
        for decision in facts.decisions(unit) {
            let wrong = match decision.kind {
                DecisionKind::Require => !meets_all(facts, decision, &choice),
                DecisionKind::Forbid => meets_all(facts, decision, &choice),
                DecisionKind::Minimum => below(decision, &choice),
            };
            if wrong {
                let label = facts.units[unit].label();
                let message = format!("{label} ne respecte pas une décision ({})", word(decision));
                let found = format!("{} {}", choice.modality, choice.quarters as f64 / 4.0);
                report.broken("H9", &decision.uai, message, (describe(decision), found));
            }
        }
    }
}

/// Whether everything that the decision names holds.
fn meets_all(facts: &Facts<'_>, decision: &Decision, choice: &Choice) -> bool {
    let post = decision.post.as_ref().map(|named| {
        matches!(choice.server, Server::Post(post) if facts.dossier.posts[post].id == *named)
    });
    let modality = decision.modality.map(|named| named == choice.modality);
    let presence = decision.presence.map(|named| i64::from(named.0) == choice.quarters);
    [post, modality, presence].into_iter().flatten().all(|holds| holds)
}

fn below(decision: &Decision, choice: &Choice) -> bool {
    decision.modality.is_some_and(|least| rank(choice.modality) < rank(least))
        || decision.presence.is_some_and(|least| choice.quarters < i64::from(least.0))
}

/// First degree has one modality with a post: nothing is above it.
fn rank(modality: Modality) -> u8 {
    match modality {
        Modality::Conseil => 0,
        Modality::Reference => 1,
        Modality::Pole => 2,
        Modality::Permanence => 3,
        Modality::PremierDegre => 4,
    }
}

fn word(decision: &Decision) -> &'static str {
    match decision.kind {
        DecisionKind::Require => "EXIGER",
        DecisionKind::Forbid => "INTERDIRE",
        DecisionKind::Minimum => "MINIMUM",
    }
}

fn describe(decision: &Decision) -> String {
    let mut words = vec![word(decision).to_owned()];
    words.extend(decision.post.clone());
    words.extend(decision.modality.map(|modality| modality.to_string()));
    words.extend(decision.presence.map(|presence| presence.to_string()));
    words.join(" ")
}
