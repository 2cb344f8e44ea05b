//! A plan as the reference of the next one: who serves what today, and where each post is based.
//!
//! Its sectors become today's, so that changes are counted, priced and limited against it. The
//! posts that the solver had placed keep the seat it gave them: a post that may move anywhere is
//! not one that stays.

use std::collections::BTreeMap;

use crate::domain::{CurrentService, DecisionKind, Dossier, Plan, Presence};

use super::edit::{Edit, KeptService};
use super::error::EditError;
use super::known;

/// The edit that makes `plan`, called `name` by its user, the reference of the dossier. What the
/// dossier no longer holds is left out: an establishment that closed, a post that is no more (what
/// it served counts as served by nobody, which no plan can change).
#[must_use]
pub fn kept(dossier: &Dossier, plan: &Plan, name: &str) -> Edit {
    let holds = |post: &String| dossier.posts.iter().any(|known| known.id == *post);
    let units = plan.units().filter(|row| row.partie.unwrap_or(1) == 1);
    let services = units.filter(|row| known::unit(dossier, row.code()).is_ok());
    let secteurs = services
        .map(|row| KeptService {
            uai: row.code().to_owned(),
            poste: row.poste.clone().filter(holds),
            modalite: row.modalite,
            demi_journees: row.demi_journees,
        })
        .collect();
    let placed = dossier.posts.iter().filter(|post| post.residence.is_none());
    let residences: BTreeMap<String, String> = placed
        .filter_map(|post| {
            let week = plan.postes.iter().find(|week| week.poste == post.id)?;
            let seat = week.residence.as_ref().filter(|seat| may_stay(dossier, &post.id, seat))?;
            Some((post.id.clone(), seat.clone()))
        })
        .collect();
    Edit::Garder { de: name.to_owned(), secteurs, residences }
}

/// A decision on the seat that could forbid the post to serve it leaves the post to the solver.
fn may_stay(dossier: &Dossier, post: &str, seat: &str) -> bool {
    let decided = dossier.decisions.iter().filter(|decision| decision.uai == seat);
    let mut contrary = decided.filter(|decision| match decision.kind {
        DecisionKind::Minimum => false,
        DecisionKind::Require => {
            decision.post.as_ref().is_some_and(|named| named != post)
                || decision.modality.is_some_and(|modality| !modality.needs_post())
        }
        DecisionKind::Forbid => {
            decision.post.as_ref().is_none_or(|named| named == post)
                && decision.modality.is_none_or(|modality| modality.needs_post())
        }
    });
    known::unit(dossier, seat).is_ok() && contrary.next().is_none()
}

/// Today's sectors become those that were kept.
pub fn keep(
    dossier: &mut Dossier,
    services: &[KeptService],
    residences: &BTreeMap<String, String>,
) -> Result<(), EditError> {
    let current: Result<Vec<CurrentService>, EditError> = services
        .iter()
        .map(|service| {
            let post = match &service.poste {
                Some(id) => Some(dossier.posts[known::post(dossier, id)?].id.clone()),
                None => None,
            };
            Ok(CurrentService {
                uai: known::unit(dossier, &service.uai)?.0,
                post,
                modality: Some(service.modalite),
                presence: Presence::from_half_days(service.demi_journees)
                    .filter(|presence| presence.0 > 0),
            })
        })
        .collect();
    dossier.current = current?;
    for (post, seat) in residences {
        super::staffing::set_residence(dossier, post, Some(seat))?;
    }
    Ok(())
}
