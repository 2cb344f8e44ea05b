//! When a post is absent: who takes what, with the least disturbance, and what is lost (R8).
//!
//! Nobody else's establishment changes hands or modality; half-days there may shrink, where the post
//! takes something over. What the
//! absent post served may fall to a pole, a reference or occasional advice; priorities come first
//! because their points do. Mandates hold if the others can honour them, else they are lifted and
//! it is said.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use serde::Serialize;

use crate::domain::{
    Assignment, DecisionKind, Dossier, EstablishmentKind, Modality, Plan, PostPlan,
};
use crate::policy::profile;
use crate::solve::memory::Memory;
use crate::solve::outcome::Settings;
use crate::wording::label;

use super::edit::{Demand, Edit};
use super::error::EditError;
use super::known;
use super::shares::Shares;
use super::trial::{Means, Trial, TrialError, attempt};

/// How a unit is served, for a table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Care {
    /// Post.
    pub poste: Option<String>,
    /// Modality.
    pub modalite: Modality,
    /// Half-days of permanence a week.
    pub demi_journees: f64,
    /// One-way minutes from the residence.
    pub minutes_aller: Option<f64>,
}

/// A unit whose service changes while the post is absent.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Relief {
    /// UAI, or code of a network.
    pub uai: String,
    /// Name.
    pub nom: String,
    /// Commune.
    pub commune: String,
    /// Points of the bareme: how much of a priority it is.
    pub points: f64,
    /// Before.
    pub avant: Care,
    /// Meanwhile.
    pub apres: Care,
}

/// The cover of one absence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Absence {
    /// The absent post.
    pub poste: String,
    /// What it served, most points first.
    pub repris: Vec<Relief>,
    /// Establishments of the others that give half-days.
    pub alleges: Vec<Relief>,
    /// Half-days of need at 1 point lost a week; none when no cover was found.
    pub perte: Option<f64>,
    /// The least that any such cover loses, proven.
    pub perte_min: Option<f64>,
    /// Establishments left without a post.
    pub sans_poste: usize,
    /// Mandates had to be lifted.
    pub mandats_leves: bool,
}

/// Covers the absence of one post of a plan.
///
/// # Errors
/// An unknown post, or a plan that is not of this dossier.
pub fn replace(
    dossier: &Dossier,
    plan: &Plan,
    post: &str,
    means: &Means,
) -> Result<Absence, TrialError> {
    let id = dossier.posts[known::post(dossier, post)?].id.clone();
    let strict = edits(dossier, plan, &id, false)?;
    let first = attempt(dossier, &strict, &Memory::default(), means)?;
    let lifted = first.plan.is_none();
    let (edits, cover) = if lifted {
        let loose = edits(dossier, plan, &id, true)?;
        let cover = attempt(dossier, &loose, &first.memory, means)?;
        (loose, cover)
    } else {
        (strict, first)
    };
    let spared = spare_the_others(dossier, plan, &id, edits, &cover, means)?;
    Ok(absence(dossier, plan, &id, &cover, spared.as_ref(), lifted))
}

/// The cover again, where a post that takes nothing over gave half-days (without balance, another
/// share of its own week may be worth more): such posts keep their week.
fn spare_the_others(
    dossier: &Dossier,
    before: &Plan,
    absent: &str,
    mut edits: Vec<Edit>,
    cover: &Trial,
    means: &Means,
) -> Result<Option<Trial>, TrialError> {
    let Some(plan) = &cover.plan else { return Ok(None) };
    let served = |plan: &Plan| -> BTreeMap<(String, Option<u8>), Assignment> {
        plan.units().map(|row| ((row.code().to_owned(), row.partie), row.clone())).collect()
    };
    let (old, new) = (served(before), served(plan));
    let takes = |post: &String| {
        new.iter().any(|(key, row)| {
            row.poste.as_ref() == Some(post)
                && old.get(key).is_some_and(|row| row.poste.as_deref() == Some(absent))
        })
    };
    let gives = |row: &&Assignment| {
        let key = (row.code().to_owned(), row.partie);
        new.get(&key).is_some_and(|after| after.demi_journees < row.demi_journees)
            && row.poste.as_ref().is_some_and(|post| post != absent && !takes(post))
    };
    let idle: BTreeSet<&String> =
        old.values().filter(gives).filter_map(|row| row.poste.as_ref()).collect();
    if idle.is_empty() {
        return Ok(None);
    }
    let weeks = old.values().filter(|row| row.partie.unwrap_or(1) == 1);
    let weeks = weeks.filter(|row| row.poste.as_ref().is_some_and(|post| idle.contains(post)));
    edits.extend(weeks.filter(|row| row.modalite == Modality::Permanence).map(|row| {
        Edit::Decision(Demand {
            decision: DecisionKind::Require,
            uai: row.code().to_owned(),
            poste: None,
            modalite: None,
            demi_journees: Some(row.demi_journees),
            motif: String::new(),
        })
    }));
    let spared = attempt(dossier, &edits, &cover.memory, means)?;
    Ok(Some(spared).filter(|trial| trial.plan.is_some()))
}

/// The absence of each post that serves something, in the order of the plan.
///
/// # Errors
/// As [`replace`].
pub fn fragility(
    dossier: &Dossier,
    plan: &Plan,
    means: &Means,
) -> Result<Vec<Absence>, TrialError> {
    let serving: Vec<&PostPlan> =
        plan.postes.iter().filter(|week| !week.etablissements.is_empty()).collect();
    let done = AtomicUsize::new(0);
    let shares = Shares::of(serving.len(), means.terminator);
    serving
        .par_iter()
        .map(|week| {
            let absence = replace(dossier, plan, &week.poste, &means.until(&shares.next()));
            (means.progress)(1 + done.fetch_add(1, Ordering::Relaxed), serving.len());
            absence
        })
        .collect()
}

/// Gap at which the losses of posts are ranked: a post is worth a hundred times as much.
const RANKING_GAP: f64 = 0.0002;

/// These posts, those whose loss costs least first; the plan is free to change. Each takes one
/// of the `shares`, and `tick` hears of it.
pub fn cheapest_losses(
    dossier: &Dossier,
    posts: Vec<String>,
    base: &Trial,
    means: &Means,
    shares: &Shares<'_>,
    tick: &(dyn Fn() + Sync),
) -> Result<Vec<String>, TrialError> {
    let gap = means.settings.gap.max(RANKING_GAP);
    let means = Means { settings: Settings { gap, ..means.settings }, ..*means };
    let values: Result<Vec<(i64, usize, String)>, TrialError> = posts
        .into_par_iter()
        .enumerate()
        .map(|(index, poste)| {
            let edits = [Edit::Sans { poste: poste.clone() }];
            let trial = attempt(dossier, &edits, &base.memory, &means.until(&shares.next()))?;
            tick();
            let value = trial.plan.map_or(i64::MIN, |plan| plan.objectif);
            Ok((value.saturating_neg(), index, poste))
        })
        .collect();
    let mut values = values?;
    values.sort();
    Ok(values.into_iter().map(|(_, _, poste)| poste).collect())
}

/// The dossier without the post, the others held to what they serve.
fn edits(
    dossier: &Dossier,
    plan: &Plan,
    absent: &str,
    loose: bool,
) -> Result<Vec<Edit>, EditError> {
    let others = plan.postes.iter().filter(|week| week.poste != absent);
    let mut edits: Vec<Edit> = others
        .filter_map(|week| {
            let uai = Some(week.residence.clone()?);
            Some(Edit::Residence { poste: week.poste.clone(), uai })
        })
        .collect();
    edits.push(Edit::Sans { poste: absent.to_owned() });
    let kept = plan.units().filter(|row| row.poste.as_deref() != Some(absent));
    edits.extend(kept.filter(|row| row.partie.unwrap_or(1) == 1).map(hold));
    edits.extend(fallbacks(dossier, loose)?);
    Ok(edits)
}

/// Post and modality stay. A pole team is no post: its modality alone is held.
fn hold(row: &Assignment) -> Edit {
    let poste = row.poste.clone().filter(|post| !post.starts_with("POLE-"));
    Edit::Decision(Demand {
        decision: DecisionKind::Require,
        uai: row.code().to_owned(),
        poste,
        modalite: Some(row.modalite),
        demi_journees: None,
        motif: String::new(),
    })
}

/// Everything may fall to occasional advice, and balance does not count for the while; sectors
/// with REP+ may grow as the others do.
fn fallbacks(dossier: &Dossier, loose: bool) -> Result<Vec<Edit>, EditError> {
    let bareme = profile::load(&dossier.scenario.profile, &dossier.scenario.overrides)?;
    let set =
        |cle: &str, valeur: toml::Value| Edit::Regler { cle: cle.to_owned(), valeur: Some(valeur) };
    let kinds: Vec<toml::Value> =
        EstablishmentKind::ALL.iter().map(|kind| kind.code().into()).collect();
    let most = i64::from(bareme.limites.etablissements_max);
    let mut edits = vec![
        set("conseil.types", kinds.into()),
        set("equite.poids", 0.into()),
        // A loss is counted at the exchange rates, whatever comes first in the plan.
        set("ordre", "somme".into()),
        set("limites.charge_min", 0.0.into()),
        set("limites.rep_plus_etablissements_max", most.into()),
    ];
    if bareme.limites.changements_max.is_some() {
        // Who is away leaves everything to others: nobody else's hands change.
        let all = dossier.establishments.len() as i64;
        edits.push(set("limites.changements_max", all.into()));
    }
    if loose {
        edits.push(set("mandats.permanence", toml::Value::Array(Vec::new())));
        edits.push(set("mandats.dote", false.into()));
    }
    Ok(edits)
}

/// `cover` bounds what any cover loses; `spared`, where there is one, is the one to tell.
fn absence(
    dossier: &Dossier,
    before: &Plan,
    post: &str,
    cover: &Trial,
    spared: Option<&Trial>,
    lifted: bool,
) -> Absence {
    let trial = spared.unwrap_or(cover);
    let after: BTreeMap<(&str, Option<u8>), &Assignment> = trial
        .plan
        .as_ref()
        .map(|plan| plan.units().map(|row| ((row.code(), row.partie), row)).collect())
        .unwrap_or_default();
    let mut found = Absence {
        poste: post.to_owned(),
        repris: Vec::new(),
        alleges: Vec::new(),
        perte: trial.plan.as_ref().map(|plan| (worth(before) - worth(plan)) as f64 / 100.0),
        perte_min: cover.plan.as_ref().map(|plan| {
            let most = worth(plan) + (plan.borne - plan.objectif);
            (worth(before) - most) as f64 / 100.0
        }),
        sans_poste: 0,
        mandats_leves: lifted,
    };
    for row in before.units() {
        let Some(meanwhile) = after.get(&(row.code(), row.partie)) else { continue };
        if row.poste.as_deref() == Some(post) {
            found.sans_poste += usize::from(meanwhile.poste.is_none());
            found.repris.push(relief(dossier, before, row, meanwhile));
        } else if meanwhile.demi_journees < row.demi_journees {
            found.alleges.push(relief(dossier, before, row, meanwhile));
        }
    }
    found.repris.sort_by(|a, b| b.points.total_cmp(&a.points));
    found
}

/// Value without equity, which does not count during an absence.
fn worth(plan: &Plan) -> i64 {
    plan.niveaux.iter().filter(|level| level.nom != "equite").map(|level| level.objectif).sum()
}

fn relief(dossier: &Dossier, plan: &Plan, before: &Assignment, after: &Assignment) -> Relief {
    let care = |row: &Assignment| Care {
        poste: row.poste.clone(),
        modalite: row.modalite,
        demi_journees: row.demi_journees,
        minutes_aller: row.minutes_aller,
    };
    let row = known::row(dossier, &before.uai).map(|row| &dossier.establishments[row]);
    Relief {
        uai: before.code().to_owned(),
        nom: plan.head_of(before).map_or_else(|| before.nom.clone(), label::network),
        commune: row.map_or_else(|_| String::new(), |row| row.commune.clone()),
        points: before.points,
        avant: care(before),
        apres: care(after),
    }
}
