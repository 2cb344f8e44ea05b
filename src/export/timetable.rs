//! The timetable as a page to print, or as a table: `maillage planning -o`.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::domain::HalfDay;
use crate::planning::{Activity, PostWeek, Session, Timetable};
use crate::wording::timetable::{CYCLE, weeks};

use super::csv_file::to_csv;
use super::error::ExportError;
use super::heading::Heading;
use super::report::compose;
use super::tables;

const DOCUMENT: &str = "planning.html";

/// What the template sees.
#[derive(Serialize)]
struct Page<'a> {
    #[serde(flatten)]
    entete: Heading<'a>,
    cycle: &'static str,
    planning: &'a Timetable,
    semaines: Vec<Week<'a>>,
    presences: Vec<Presence<'a>>,
}

/// The week of a post as a grid.
#[derive(Serialize)]
struct Week<'a> {
    poste: &'a PostWeek,
    lignes: [Line<'a>; 2],
}

/// Mornings, or afternoons.
#[derive(Serialize)]
struct Line<'a> {
    nom: &'static str,
    cases: Vec<Square<'a>>,
}

/// A half-day.
#[derive(Serialize)]
struct Square<'a> {
    travaille: bool,
    seances: Vec<Shown<'a>>,
}

/// A session in words.
#[derive(Serialize)]
struct Shown<'a> {
    nom: &'a str,
    commune: Option<&'a str>,
    semaines: Option<String>,
}

/// When an establishment sees its assistant.
#[derive(Serialize)]
struct Presence<'a> {
    nom: &'a str,
    commune: &'a str,
    poste: &'a str,
    quand: Vec<String>,
}

/// The table, for a spreadsheet.
///
/// # Errors
/// [`ExportError::Compose`].
pub fn timetable_csv(timetable: &Timetable) -> Result<Vec<u8>, ExportError> {
    to_csv(&tables::timetable(timetable))
}

/// The page: a grid for each post, then the half-days of each establishment.
///
/// # Errors
/// [`ExportError::Compose`].
pub fn timetable_html(heading: Heading<'_>, timetable: &Timetable) -> Result<String, ExportError> {
    let page = Page {
        entete: heading,
        cycle: CYCLE,
        planning: timetable,
        semaines: timetable.postes.iter().map(week).collect(),
        presences: presences(timetable),
    };
    compose(DOCUMENT, page)
}

fn week(poste: &PostWeek) -> Week<'_> {
    let half_days: Vec<HalfDay> = HalfDay::all().collect();
    let line = |first: usize| Line {
        nom: half_days[first].part_name(),
        cases: half_days.iter().skip(first).step_by(2).map(|it| square(poste, *it)).collect(),
    };
    Week { poste, lignes: [line(0), line(1)] }
}

fn square(week: &PostWeek, half_day: HalfDay) -> Square<'_> {
    let sessions = week.seances.iter().filter(|session| session.creneau == half_day);
    Square {
        travaille: week.travaille.contains(&half_day),
        seances: sessions
            .map(|session| Shown {
                nom: session.nom.as_deref().unwrap_or_else(|| session.activite.name()),
                commune: session.commune.as_deref(),
                semaines: weeks(&session.semaines),
            })
            .collect(),
    }
}

/// Establishments by commune and name.
fn presences(timetable: &Timetable) -> Vec<Presence<'_>> {
    let mut by_place: BTreeMap<(&str, &str, &str, &str), Vec<&Session>> = BTreeMap::new();
    for post in &timetable.postes {
        for session in post.seances.iter().filter(|it| it.activite == Activity::Permanence) {
            let key = (
                session.commune.as_deref().unwrap_or_default(),
                session.nom.as_deref().unwrap_or_default(),
                session.uai.as_deref().unwrap_or_default(),
                post.poste.as_str(),
            );
            by_place.entry(key).or_default().push(session);
        }
    }
    let told = |session: &&Session| match weeks(&session.semaines) {
        Some(weeks) => format!("{} ({weeks})", session.creneau),
        None => session.creneau.to_string(),
    };
    by_place
        .into_iter()
        .map(|((commune, nom, _, poste), sessions)| Presence {
            nom,
            commune,
            poste,
            quand: sessions.iter().map(told).collect(),
        })
        .collect()
}
