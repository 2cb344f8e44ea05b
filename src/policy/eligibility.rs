//! May this post serve this unit so? Rules H3, H4, H7, H9 and H12 of `docs/model.md` on one pair,
//! with the reason of a refusal for explanations.

use crate::domain::{Decision, DecisionKind, Modality};

use super::ids::{PostId, UnitId};
use super::modality_options::{UnitOption, decisions_on};
use super::problem::Problem;

/// Why a post may not serve a unit so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The post has no sector time.
    NotInService,
    /// The post serves the other degree (champ).
    Field,
    /// The post serves another bassin.
    Bassin,
    /// The one-way trip is longer than the limit.
    TooFar,
    /// The unit is the residence of other posts, which must serve it by permanence.
    ResidenceOfAnother,
    /// Its own residence is served by permanence (or first degree) alone.
    OwnResidence,
    /// A decision (index into the dossier) says otherwise.
    Decided(usize),
    /// Members of a pole team hold no pole alone.
    TeamMember,
}

/// Whether `post`, based at `seat`, may serve `unit` by `option`.
///
/// # Errors
/// The first rule that refuses it.
pub fn may_serve(
    problem: &Problem,
    post: PostId,
    seat: UnitId,
    unit: UnitId,
    option: &UnitOption,
) -> Result<(), Refusal> {
    let who = &problem.posts[post];
    let what = &problem.units[unit];
    if !who.in_service {
        return Err(Refusal::NotInService);
    }
    if !who.field.serves(what.is_first_degree()) {
        return Err(Refusal::Field);
    }
    if who.team.is_some() && option.modality == Modality::Pole {
        return Err(Refusal::TeamMember);
    }
    check_decisions(problem, post, unit, option)?;
    if !is_required_of(problem, post, unit) {
        if who.bassin.as_ref().is_some_and(|bassin| *bassin != what.bassin) {
            return Err(Refusal::Bassin);
        }
        if problem.one_way_minutes(seat, what.place) > f64::from(who.max_trip_minutes) {
            return Err(Refusal::TooFar);
        }
    }
    check_residence(problem, post, seat, unit, option)
}

/// Whether a unit may be served without a post by `option`: its residents serve it otherwise, and
/// a reference needs an adviser in the bassin, whatever a decision says (H8).
#[must_use]
pub fn may_go_without_post(problem: &Problem, unit: UnitId, option: &UnitOption) -> bool {
    let what = &problem.units[unit];
    let advised =
        option.modality != Modality::Reference || problem.supervision_of(&what.bassin).is_some();
    !option.modality.needs_post()
        && advised
        && (resident_posts(problem, unit).is_empty() || residence_is_waived(problem, unit))
}

/// Whether a team may hold the pole of a unit: its decisions name no single post, and no post
/// is based there.
#[must_use]
pub fn may_be_held_by_team(problem: &Problem, unit: UnitId, option: &UnitOption) -> bool {
    let what = &problem.units[unit];
    option.modality == Modality::Pole
        && problem.parts_of(unit).all(|part| !problem.residents.contains_key(&part))
        && decisions_on(what, &problem.dossier.decisions)
            .all(|decision| decision.kind != DecisionKind::Require || decision.post.is_none())
}

/// Fixed posts that alone may serve the unit, because there are at least as many as parts (H3).
#[must_use]
pub fn resident_posts(problem: &Problem, unit: UnitId) -> &[PostId] {
    let Some(first) = problem.parts_of(unit).next() else { return &[] };
    match problem.residents.get(&first) {
        Some(posts) if posts.len() >= problem.parts_of(unit).len() => posts,
        _ => &[],
    }
}

/// Units of which the post, based at `seat`, must serve at least one by permanence (first degree:
/// by its modality). Empty where the residence rule does not bind it, or binds through
/// [`resident_posts`] alone.
#[must_use]
pub fn residence_to_serve(problem: &Problem, post: PostId, seat: UnitId) -> Vec<UnitId> {
    let who = &problem.posts[post];
    let exempt = !who.field.serves(problem.units[seat].is_first_degree())
        || residence_is_waived(problem, seat)
        || who.has_fixed_seat && !resident_posts(problem, seat).is_empty();
    if exempt { Vec::new() } else { problem.parts_of(seat).collect() }
}

/// The cost of the pair that does not depend on travel: preference (higher is better), and
/// whether the unit changes hands.
#[must_use]
pub fn pair_terms(problem: &Problem, post: Option<(PostId, UnitId)>, unit: UnitId) -> (i64, bool) {
    let what = &problem.units[unit];
    let name = post.map(|(post, _)| problem.posts[post].id.as_str());
    let change =
        what.current.as_ref().and_then(Option::as_deref).is_some_and(|today| Some(today) != name);
    let preference = post
        .map_or(0, |(id, seat)| affinity(problem, id, unit) - out_of_bassin(problem, seat, unit));
    (preference, change)
}

fn affinity(problem: &Problem, post: PostId, unit: UnitId) -> i64 {
    let what = &problem.units[unit];
    if !what.is_first_part() {
        return 0;
    }
    problem
        .dossier
        .affinities
        .iter()
        .filter(|affinity| affinity.post == problem.posts[post].id && affinity.uai == what.code)
        .map(|affinity| (affinity.points * 100.0).round() as i64)
        .sum()
}

fn out_of_bassin(problem: &Problem, seat: UnitId, unit: UnitId) -> i64 {
    let (home, away) = (&problem.units[seat].bassin, &problem.units[unit].bassin);
    if home.is_empty() || away.is_empty() || home == away {
        0
    } else {
        problem.bareme.hors_bassin.cout
    }
}

fn check_residence(
    problem: &Problem,
    post: PostId,
    seat: UnitId,
    unit: UnitId,
    option: &UnitOption,
) -> Result<(), Refusal> {
    let present = matches!(option.modality, Modality::Permanence | Modality::PremierDegre);
    let residents = resident_posts(problem, unit);
    if !residents.is_empty() && !residence_is_waived(problem, unit) {
        return match (residents.contains(&post), present) {
            (false, _) => Err(Refusal::ResidenceOfAnother),
            (true, false) => Err(Refusal::OwnResidence),
            (true, true) => Ok(()),
        };
    }
    let own = problem.units[unit].code == problem.units[seat].code;
    if own && !present && !residence_to_serve(problem, post, seat).is_empty() {
        return Err(Refusal::OwnResidence);
    }
    Ok(())
}

/// A decision on the residence itself prevails over the residence rule.
fn residence_is_waived(problem: &Problem, unit: UnitId) -> bool {
    let what = &problem.units[unit];
    problem.dossier.decisions.iter().any(|decision| {
        decision.uai == what.code
            && decision.kind == DecisionKind::Require
            && (decision.post.is_some()
                || decision.modality.is_some_and(|named| {
                    !matches!(named, Modality::Permanence | Modality::PremierDegre)
                }))
    })
}

/// Whether a decision demands this very post: it then prevails over its bassin and longest trip.
fn is_required_of(problem: &Problem, post: PostId, unit: UnitId) -> bool {
    decisions_on(&problem.units[unit], &problem.dossier.decisions).any(|decision| {
        decision.kind == DecisionKind::Require
            && decision.post.as_deref() == Some(problem.posts[post].id.as_str())
    })
}

fn check_decisions(
    problem: &Problem,
    post: PostId,
    unit: UnitId,
    option: &UnitOption,
) -> Result<(), Refusal> {
    let name = problem.posts[post].id.as_str();
    for decision in decisions_on(&problem.units[unit], &problem.dossier.decisions) {
        let Some(named) = decision.post.as_deref() else { continue };
        let broken = match decision.kind {
            DecisionKind::Forbid => named == name && names_option(decision, option),
            DecisionKind::Require | DecisionKind::Minimum => named != name,
        };
        if broken {
            let index = problem.dossier.decisions.iter().position(|other| other == decision);
            return Err(Refusal::Decided(index.expect("the decision comes from the dossier")));
        }
    }
    Ok(())
}

fn names_option(decision: &Decision, option: &UnitOption) -> bool {
    decision.modality.is_none_or(|named| named == option.modality)
        && decision
            .presence
            .is_none_or(|named| option.modality == Modality::Permanence && named == option.presence)
}
