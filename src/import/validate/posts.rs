//! Posts: residence, dates, time left for a sector.

use std::collections::BTreeMap;

use jiff::civil::date;

use crate::domain::{EstablishmentKind, Field, Post};
use crate::import::dossier::Draft;
use crate::import::error::{Code, Diagnostic};

use super::Known;
use super::references::unit_fault;

/// Checks each post, then the residences that several share.
pub fn check(draft: &Draft, known: &Known, report: &mut Vec<Diagnostic>) {
    let mut by_residence: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, post) in draft.posts.values.iter().enumerate() {
        check_service(draft, known, index, post, report);
        let Some(residence) = post.residence.as_deref() else { continue };
        if let Some((_, cause, action)) = unit_fault(known, residence) {
            report.push(draft.posts.fault(
                index,
                "residence",
                Code::UnknownResidence,
                cause,
                action,
            ));
        }
        if !has_sector_time(known, post) || is_exempt(post, known) {
            continue;
        }
        report.extend(out_of_reach(draft, known, index, post));
        let first = *by_residence.entry(residence).or_insert(index);
        let parts = known.establishments.get(residence).map_or(1, |row| row.assistants_max);
        if first != index && parts == 1 {
            let other = &draft.posts.values[first].id;
            let cause = format!(
                "{} a la même résidence que {other} : un seul des deux y tiendra la permanence.",
                post.id
            );
            let action = "Rien à faire si c'est voulu ; sinon, changez de résidence ou mettez assistants_max à 2.";
            report.push(draft.posts.fault(
                index,
                "residence",
                Code::SharedResidence,
                cause,
                action,
            ));
        }
    }
}

/// Whether the bareme of the dossier leaves the post time for a sector.
pub fn has_sector_time(known: &Known, post: &Post) -> bool {
    let half_days = f64::from(post.quotite_percent) * known.half_days_per_etp;
    half_days > f64::from(post.discharge_centi)
}

/// A post of the first degree alone may be based in a second-degree establishment (H3).
fn is_exempt(post: &Post, known: &Known) -> bool {
    let residence = post.residence.as_deref().and_then(|code| known.establishments.get(code));
    post.field == Field::FirstDegree && residence.is_some_and(|row| !row.kind.is_first_degree())
}

fn check_service(
    draft: &Draft,
    known: &Known,
    index: usize,
    post: &Post,
    report: &mut Vec<Diagnostic>,
) {
    let rows = &draft.posts;
    if let (Some(from), Some(until)) = (post.from, post.until)
        && until < from
    {
        let cause = format!("Le poste finit le {until}, avant de commencer le {from}.");
        report.push(rows.fault(
            index,
            "au",
            Code::DatesReversed,
            cause,
            "Corrigez ou échangez les deux dates.",
        ));
    }
    if is_out_of_year(draft, post) {
        let cause = format!(
            "Le poste n'est pas en service pendant l'année scolaire {}, et il est compté.",
            draft.scenario.year
        );
        let action =
            "Supprimez la ligne si le poste n'existe pas cette année ; sinon, corrigez ses dates.";
        report.push(rows.fault(index, "poste", Code::OutOfYear, cause, action));
    }
    if !has_sector_time(known, post) {
        let cause = "La décharge prend tout le temps du poste : il n'aura pas de secteur.";
        let action = "Rien à faire pour un agent mis à disposition (MDPH) ; sinon, corrigez la décharge ou la quotité.";
        report.push(rows.fault(index, "decharge_demi_journees", Code::NoSectorTime, cause, action));
    }
}

fn is_out_of_year(draft: &Draft, post: &Post) -> bool {
    let year = draft.scenario.year as i16;
    if year == 0 {
        return false;
    }
    post.until.is_some_and(|until| until < date(year, 9, 1))
        || post.from.is_some_and(|from| from > date(year + 1, 8, 31))
}

/// A post must serve its own residence: its bassin and its champ must allow it (H3, H7).
fn out_of_reach(draft: &Draft, known: &Known, index: usize, post: &Post) -> Option<Diagnostic> {
    let row = known.establishments.get(post.residence.as_deref()?)?;
    let elsewhere = post.bassin.as_ref().filter(|bassin| **bassin != row.bassin);
    let (column, cause) = if let Some(bassin) = elsewhere {
        (
            "bassin",
            format!(
                "Le poste ne sert que le bassin « {bassin} », et sa résidence {} n'y est pas.",
                row.uai
            ),
        )
    } else if row.kind != EstablishmentKind::Ecole && !post.field.serves(row.kind.is_first_degree())
    {
        (
            "champ",
            format!(
                "Le poste sert le champ {}, et sa résidence {} n'en est pas.",
                post.field, row.uai
            ),
        )
    } else {
        return None;
    };
    let action = "Un poste sert sa résidence : changez l'un ou l'autre.";
    Some(draft.posts.fault(index, column, Code::ResidenceOutOfReach, cause, action))
}
