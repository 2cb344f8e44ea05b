//! Applying edits: a dossier in, a dossier out, nothing else touched.

use std::ops::RangeInclusive;

use sha2::{Digest, Sha256};
use toml::{Table, Value};

use crate::domain::{
    Decision, DecisionKind, Dossier, Modality, Plan, Post, Presence, working_half_days,
};
use crate::policy::profile;
use crate::wording::sentence::enumeration;

use super::edit::{Demand, Edit};
use super::error::EditError;
use super::keep::keep;
use super::{known, opening, staffing};

/// Name under which the digest of the edits stands beside those of the files: a plan of an edited
/// dossier says so.
pub const EDITS_DIGEST: &str = "modifications";

/// The dossier after the edits, in their order.
///
/// # Errors
/// The first edit that names what the dossier does not hold, or that asks for the impossible.
pub fn apply(dossier: &Dossier, edits: &[Edit]) -> Result<Dossier, EditError> {
    let mut edited = dossier.clone();
    for edit in edits {
        apply_one(&mut edited, edit)?;
    }
    if !edits.is_empty() {
        let digest = digest(edited.digests.get(EDITS_DIGEST), edits);
        edited.digests.insert(EDITS_DIGEST.to_owned(), digest);
        let told =
            edits.iter().map(|edit| serde_json::to_value(edit).expect("edits are plain data"));
        edited.edits.extend(told);
    }
    Ok(edited)
}

/// The edits that a plan was asked for under, besides the files of its dossier.
///
/// # Errors
/// An edit that this version does not know.
pub fn asked_for(plan: &Plan) -> Result<Vec<Edit>, EditError> {
    let edits = plan.modifications.iter().cloned().map(serde_json::from_value);
    edits.collect::<Result<_, _>>().map_err(|error| EditError::Foreign(error.to_string()))
}

/// SHA-256 of all edits since the files, hexadecimal: the same whether they came at once or not.
fn digest(before: Option<&String>, edits: &[Edit]) -> String {
    let hashed = |text: &[u8]| Sha256::digest(text).iter().map(|it| format!("{it:02x}")).collect();
    edits.iter().fold(before.cloned().unwrap_or_default(), |known, edit| {
        let edit = serde_json::to_string(edit).expect("edits are plain data");
        hashed((known + &edit).as_bytes())
    })
}

fn apply_one(dossier: &mut Dossier, edit: &Edit) -> Result<(), EditError> {
    match edit {
        Edit::Etp { ecart, postes } => staffing::change(dossier, *ecart, postes),
        Edit::Poste(post) => staffing::add(dossier, post),
        Edit::Sans { poste } => staffing::remove_named(dossier, poste),
        Edit::Quotite { poste, quotite } => staffing::set_quotite(dossier, poste, *quotite),
        Edit::Residence { poste, uai } => staffing::set_residence(dossier, poste, uai.as_deref()),
        Edit::Fermer { uai } => close(dossier, uai),
        Edit::Ouvrir(opening) => opening::open(dossier, opening),
        Edit::Effectif { uai, effectif } => {
            let row = known::row(dossier, uai)?;
            dossier.establishments[row].forecast = Some((*effectif, dossier.scenario.year));
            Ok(())
        }
        Edit::Categorie { uai, categorie, presente } => {
            let row = known::row(dossier, uai)?;
            let categories = &mut dossier.establishments[row].categories;
            categories.unknown.remove(categorie);
            if *presente {
                categories.present.insert(*categorie);
            } else {
                categories.present.remove(categorie);
            }
            Ok(())
        }
        Edit::Doter { uai, dote } => {
            let row = known::row(dossier, uai)?;
            dossier.establishments[row].on_priority_list = *dote;
            Ok(())
        }
        Edit::Decision(demand) => decide(dossier, demand),
        Edit::Lever { uai } => {
            let (code, _) = known::unit(dossier, uai)?;
            dossier.decisions.retain(|decision| decision.uai != code);
            Ok(())
        }
        Edit::LeverDecision { uai, rang } => lift_one(dossier, uai, *rang),
        Edit::Separer { uai } => {
            let row = known::row(dossier, uai)?;
            dossier.establishments[row].group = None;
            Ok(())
        }
        Edit::TrajetMax { poste, minutes } => {
            if let Some(minutes) = minutes {
                within("Trajet, en minutes", *minutes, 1..=600)?;
            }
            on_post(dossier, poste, |post| post.max_trip_minutes = *minutes)
        }
        Edit::EtablissementsMax { poste, nombre } => {
            if let Some(most) = nombre {
                within("Établissements", u32::from(*most), 1..=99)?;
            }
            on_post(dossier, poste, |post| post.max_establishments = *nombre)
        }
        Edit::Bassin { poste, bassin } => {
            let bassin = bassin.as_ref().map(|text| known::bassin(dossier, text)).transpose()?;
            on_post(dossier, poste, |post| post.bassin = bassin)
        }
        Edit::Champ { poste, champ } => on_post(dossier, poste, |post| post.field = *champ),
        Edit::Decharge { poste, demi_journees } => {
            staffing::discharge(dossier, poste, *demi_journees)
        }
        Edit::Jours { poste, jours } => {
            let days = Some(jours.trim().to_owned()).filter(|days| !days.is_empty());
            if let Some(days) = days.as_ref().filter(|days| working_half_days(days).is_none()) {
                return Err(EditError::OutOfRange {
                    what: "Jours travaillés",
                    value: days.clone(),
                    expected: "écrire par exemple « lu ma je ve » ou « lundi, mardi matin »".into(),
                });
            }
            on_post(dossier, poste, |post| post.working_days = days)
        }
        Edit::Vacance { poste, vacant } => on_post(dossier, poste, |post| post.vacant = *vacant),
        Edit::AssistantsMax { uai, nombre } => {
            within("Assistant·es", u32::from(*nombre), 1..=20)?;
            let row = known::row(dossier, uai)?;
            dossier.establishments[row].assistants_max = *nombre;
            Ok(())
        }
        Edit::References { conseiller, bassin, nombre } => {
            supervise(dossier, conseiller.as_deref(), bassin, *nombre)
        }
        Edit::Deplacer { uai, poste } => give(dossier, uai, poste),
        Edit::Garder { secteurs, residences, .. } => keep(dossier, secteurs, residences),
        Edit::Regler { cle, valeur: Some(valeur) } => set_value(dossier, cle, valeur),
        Edit::Regler { cle, valeur: None } => leave_to_profile(dossier, cle),
    }
}

/// A post based there becomes a post to place; nothing names the establishment any more.
fn close(dossier: &mut Dossier, uai: &str) -> Result<(), EditError> {
    let row = known::row(dossier, uai)?;
    let uai = dossier.establishments.remove(row).uai;
    for post in &mut dossier.posts {
        post.residence.take_if(|residence| *residence == uai);
    }
    dossier.trips.retain(|trip| trip.from != uai && trip.to != uai);
    dossier.current.retain(|service| service.uai != uai);
    dossier.decisions.retain(|decision| decision.uai != uai);
    dossier.affinities.retain(|affinity| affinity.uai != uai);
    Ok(())
}

fn on_post(
    dossier: &mut Dossier,
    id: &str,
    change: impl FnOnce(&mut Post),
) -> Result<(), EditError> {
    let index = known::post(dossier, id)?;
    change(&mut dossier.posts[index]);
    Ok(())
}

fn lift_one(dossier: &mut Dossier, uai: &str, rank: usize) -> Result<(), EditError> {
    let (code, _) = known::unit(dossier, uai)?;
    let decisions = dossier.decisions.iter().enumerate();
    let mut on_it = decisions.filter(|(_, decision)| decision.uai == code).map(|(index, _)| index);
    let index = rank.checked_sub(1).and_then(|before| on_it.nth(before));
    let index = index.ok_or_else(|| EditError::Decision {
        uai: code,
        cause: format!("il n'y en a pas de numéro {rank}"),
    })?;
    let _ = dossier.decisions.remove(index);
    Ok(())
}

/// The adviser is found by the bassin alone where it has one.
fn supervise(
    dossier: &mut Dossier,
    id: Option<&str>,
    bassin: &str,
    references: u16,
) -> Result<(), EditError> {
    let advisers = dossier.advisers.iter_mut();
    let here = advisers.filter(|adviser| adviser.bassin.eq_ignore_ascii_case(bassin.trim()));
    let mut named: Vec<_> =
        here.filter(|adviser| id.is_none_or(|id| adviser.id.eq_ignore_ascii_case(id))).collect();
    match &mut named[..] {
        [adviser] => adviser.references_max = references,
        [] => {
            return Err(EditError::UnknownAdviser {
                text: id.map_or_else(|| "Personne".to_owned(), |id| format!("« {id} »")),
                bassin: bassin.to_owned(),
            });
        }
        several => {
            let names: Vec<String> = several.iter().map(|adviser| adviser.id.clone()).collect();
            return Err(EditError::AdviserToName {
                bassin: bassin.to_owned(),
                names: enumeration(&names),
            });
        }
    }
    Ok(())
}

fn within(what: &'static str, value: u32, range: RangeInclusive<u32>) -> Result<(), EditError> {
    if range.contains(&value) {
        return Ok(());
    }
    let expected = format!("il faut un nombre de {} à {}", range.start(), range.end());
    Err(EditError::OutOfRange { what, value: value.to_string(), expected })
}

fn decide(dossier: &mut Dossier, demand: &Demand) -> Result<(), EditError> {
    let (uai, first_degree) = known::unit(dossier, &demand.uai)?;
    let refused = |cause: String| EditError::Decision { uai: uai.clone(), cause };
    let post = match &demand.poste {
        Some(id) => Some(dossier.posts[known::post(dossier, id)?].id.clone()),
        None => None,
    };
    let presence = match demand.demi_journees {
        Some(half_days) => Some(presence(half_days)?),
        None => None,
    };
    if post.is_none() && demand.modalite.is_none() && presence.is_none() {
        return Err(refused("elle ne nomme ni poste, ni modalité, ni présence".to_owned()));
    }
    if let Some(modality) = demand.modalite.filter(|named| !named.exists_in(first_degree)) {
        let degree = if first_degree { "premier" } else { "second" };
        return Err(refused(format!("{modality} n'existe pas pour le {degree} degré")));
    }
    if presence.is_some() && demand.modalite.is_some_and(|named| named != Modality::Permanence) {
        return Err(refused("seule une PERMANENCE a des demi-journées".to_owned()));
    }
    dossier.decisions.push(Decision {
        uai,
        kind: demand.decision,
        post,
        modality: demand.modalite,
        presence,
        reason: demand.motif.clone(),
    });
    Ok(())
}

fn presence(half_days: f64) -> Result<Presence, EditError> {
    let found = Presence::from_half_days(half_days).filter(|presence| presence.0 > 0);
    found.ok_or_else(|| EditError::OutOfRange {
        what: "Demi-journées par semaine",
        value: half_days.to_string().replace('.', ","),
        expected: "elles se comptent par quarts, comme 0,5 ou 2".into(),
    })
}

/// The post replaces the one that earlier decisions demand, and is no longer forbidden.
fn give(dossier: &mut Dossier, uai: &str, post: &str) -> Result<(), EditError> {
    let (code, _) = known::unit(dossier, uai)?;
    let post = dossier.posts[known::post(dossier, post)?].id.clone();
    dossier.decisions.retain(|decision| {
        let forbids = decision.kind == DecisionKind::Forbid;
        decision.uai != code || !forbids || decision.post.as_ref() != Some(&post)
    });
    let demands = |decision: &&mut Decision| decision.kind == DecisionKind::Require;
    let on_it = dossier.decisions.iter_mut().filter(|decision| decision.uai == code);
    for decision in on_it.filter(demands) {
        decision.post = None;
        decision.modality.take_if(|modality| !modality.needs_post());
    }
    dossier.decisions.retain(names_something);
    dossier.decisions.push(Decision {
        uai: code,
        kind: DecisionKind::Require,
        post: Some(post),
        modality: None,
        presence: None,
        reason: String::new(),
    });
    Ok(())
}

fn names_something(decision: &Decision) -> bool {
    decision.post.is_some() || decision.modality.is_some() || decision.presence.is_some()
}

/// The value is checked with the whole bareme, so that a wrong key names the nearest one.
fn set_value(dossier: &mut Dossier, key: &str, value: &Value) -> Result<(), EditError> {
    let scenario = &mut dossier.scenario;
    match (key, value) {
        ("profil", Value::String(name)) => scenario.profile = name.clone(),
        _ => insert(&mut scenario.overrides, key, value),
    }
    profile::load(&scenario.profile, &scenario.overrides)?;
    Ok(())
}

fn leave_to_profile(dossier: &mut Dossier, key: &str) -> Result<(), EditError> {
    profile::known_key(key)?;
    let scenario = &mut dossier.scenario;
    remove(&mut scenario.overrides, key);
    profile::load(&scenario.profile, &scenario.overrides)?;
    Ok(())
}

/// A section left without a value goes too.
fn remove(table: &mut Table, key: &str) {
    let Some((section, rest)) = key.split_once('.') else {
        table.remove(key);
        return;
    };
    let Some(Value::Table(inner)) = table.get_mut(section) else { return };
    remove(inner, rest);
    if inner.is_empty() {
        table.remove(section);
    }
}

fn insert(table: &mut Table, key: &str, value: &Value) {
    match key.split_once('.') {
        None => _ = table.insert(key.to_owned(), value.clone()),
        Some((section, rest)) => {
            let entry = table.entry(section).or_insert_with(|| Value::Table(Table::new()));
            if !entry.is_table() {
                // Not a section: the bareme refuses the whole key.
                *entry = Value::Table(Table::new());
            }
            insert(entry.as_table_mut().expect("just made a table"), rest, value);
        }
    }
}
