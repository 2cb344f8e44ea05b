//! Posts that come and go (R8, R18).

use crate::domain::{Dossier, Field, Post};
use crate::policy::post_week::problem_post;
use crate::policy::profile;

use super::edit::NewPost;
use super::error::EditError;
use super::known;

/// Full-time equivalents of the posts in service, hundredths.
///
/// # Errors
/// When the bareme of the dossier is not usable.
pub fn full_time_centi(dossier: &Dossier) -> Result<u32, EditError> {
    let posts = in_service(dossier)?;
    Ok(posts.iter().map(|index| u32::from(dossier.posts[*index].quotite_percent)).sum())
}

/// Indexes of the posts that have time for a sector.
pub fn in_service(dossier: &Dossier) -> Result<Vec<usize>, EditError> {
    let bareme = profile::load(&dossier.scenario.profile, &dossier.scenario.overrides)?;
    let posts = dossier.posts.iter().enumerate();
    Ok(posts
        .filter(|(_, post)| problem_post(post, &bareme).in_service)
        .map(|(index, _)| index)
        .collect())
}

/// Adds or takes full-time equivalents.
pub fn change(dossier: &mut Dossier, full_time: f64, named: &[String]) -> Result<(), EditError> {
    let centi = (full_time * 100.0).round();
    if !(-100_000.0..=100_000.0).contains(&centi) {
        return Err(EditError::OutOfRange {
            what: "Équivalents temps plein",
            value: french(full_time),
            expected: "écrire par exemple +0,5 ou -1,5".into(),
        });
    }
    if centi >= 0.0 { grow(dossier, centi as u32) } else { shrink(dossier, -centi as u32, named) }
}

/// Whole posts, then one for what is left: a larger number of full-time equivalents holds at
/// least as much time post by post, so that staffing tables are nested.
fn grow(dossier: &mut Dossier, centi: u32) -> Result<(), EditError> {
    let champ = usual_field(dossier);
    let mut left = centi;
    let mut number = 1;
    while left > 0 {
        let quotite_percent = left.min(100) as u8;
        left -= u32::from(quotite_percent);
        while dossier.posts.iter().any(|post| post.id == new_id(number)) {
            number += 1;
        }
        dossier.posts.push(Post {
            quotite_percent,
            field: champ,
            ..Post::full_time(new_id(number))
        });
    }
    Ok(())
}

fn new_id(number: usize) -> String {
    format!("NOUVEAU-{number:02}")
}

fn shrink(dossier: &mut Dossier, centi: u32, named: &[String]) -> Result<(), EditError> {
    let mut left = centi;
    for id in leaving_order(dossier, named)? {
        if left == 0 {
            break;
        }
        let index = known::post(dossier, &id)?;
        let quotite = u32::from(dossier.posts[index].quotite_percent);
        if quotite <= left {
            left -= quotite;
            remove(dossier, index);
        } else {
            dossier.posts[index].quotite_percent = (quotite - left) as u8;
            left = 0;
        }
    }
    if left > 0 {
        return Err(EditError::PostsToName(french(f64::from(left) / 100.0)));
    }
    Ok(())
}

/// Vacant posts, then those named, then those to place; the last of a kind first.
pub fn leaving_order(dossier: &Dossier, named: &[String]) -> Result<Vec<String>, EditError> {
    let serving = in_service(dossier)?;
    let which = |wanted: fn(&Post) -> bool| {
        let posts = serving.iter().rev().map(|index| &dossier.posts[*index]);
        posts.filter(move |post| wanted(post)).map(|post| post.id.clone())
    };
    let mut order: Vec<String> = which(|post| post.vacant).collect();
    for id in named {
        order.push(dossier.posts[known::post(dossier, id)?].id.clone());
    }
    order.extend(which(|post| post.residence.is_none()));
    let mut seen = std::collections::BTreeSet::new();
    order.retain(|id| seen.insert(id.clone()));
    Ok(order)
}

/// Adds a post.
pub fn add(dossier: &mut Dossier, new: &NewPost) -> Result<(), EditError> {
    if known::post(dossier, &new.poste).is_ok() || new.poste.trim().is_empty() {
        return Err(EditError::Taken(new.poste.clone()));
    }
    let residence = match &new.residence {
        Some(code) => Some(known::unit(dossier, code)?.0),
        None => None,
    };
    let post = Post {
        quotite_percent: percent(new.quotite)?,
        residence,
        bassin: new.bassin.clone(),
        field: new.champ.unwrap_or_else(|| usual_field(dossier)),
        ..Post::full_time(new.poste.trim().to_owned())
    };
    dossier.posts.push(post);
    Ok(())
}

/// Removes a post with all that names it.
pub fn remove_named(dossier: &mut Dossier, id: &str) -> Result<(), EditError> {
    let index = known::post(dossier, id)?;
    remove(dossier, index);
    Ok(())
}

/// Its establishments of today count as served by nobody.
fn remove(dossier: &mut Dossier, index: usize) {
    let id = dossier.posts.remove(index).id;
    for service in &mut dossier.current {
        service.post.take_if(|post| *post == id);
    }
    for team in &mut dossier.pole_teams {
        team.posts.retain(|post| *post != id);
    }
    dossier.pole_teams.retain(|team| !team.posts.is_empty());
    dossier.decisions.retain(|decision| decision.post.as_ref() != Some(&id));
    dossier.affinities.retain(|affinity| affinity.post != id);
    dossier.trips.retain(|trip| trip.from != id && trip.to != id);
}

/// Sets the share of a full-time post.
pub fn set_quotite(dossier: &mut Dossier, id: &str, quotite: f64) -> Result<(), EditError> {
    let index = known::post(dossier, id)?;
    dossier.posts[index].quotite_percent = percent(quotite)?;
    Ok(())
}

/// Sets the time that other duties take.
pub fn discharge(dossier: &mut Dossier, id: &str, half_days: f64) -> Result<(), EditError> {
    let index = known::post(dossier, id)?;
    if !(0.0..=10.0).contains(&half_days) {
        return Err(EditError::OutOfRange {
            what: "Décharge",
            value: french(half_days),
            expected: "elle se compte en demi-journées par semaine, de 0 à 10".into(),
        });
    }
    dossier.posts[index].discharge_centi = (half_days * 100.0).round() as u32;
    Ok(())
}

/// Sets the residence, or leaves it to the solver.
pub fn set_residence(
    dossier: &mut Dossier,
    id: &str,
    residence: Option<&str>,
) -> Result<(), EditError> {
    let index = known::post(dossier, id)?;
    dossier.posts[index].residence = match residence {
        Some(code) => Some(known::unit(dossier, code)?.0),
        None => None,
    };
    Ok(())
}

fn percent(quotite: f64) -> Result<u8, EditError> {
    let percent = (quotite * 100.0).round();
    if (1.0..=100.0).contains(&percent) {
        return Ok(percent as u8);
    }
    Err(EditError::OutOfRange {
        what: "Quotité",
        value: french(quotite),
        expected: "elle se compte de 0,01 à 1, comme 0,8 pour 80 %".into(),
    })
}

/// The field of all posts where they share one, else both degrees.
fn usual_field(dossier: &Dossier) -> Field {
    let mut fields = dossier.posts.iter().map(|post| post.field);
    let first = fields.next().unwrap_or_default();
    if fields.all(|field| field == first) { first } else { Field::Both }
}

fn french(value: f64) -> String {
    value.to_string().replace('.', ",")
}
