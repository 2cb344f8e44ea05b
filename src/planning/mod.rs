//! The weekly timetable of permanences (R6): which half-day of the week each post spends where.
//!
//! A plan says how many half-days; here each gets its place in the week. `tasks` lists what a post
//! must place, `assignment` places it by a small integer programme, `week` tells the result and,
//! in words, whatever does not fit. Weeks are numbered 1 to 4 in a cycle of four: a fortnightly
//! permanence takes weeks 1 and 3 or 2 and 4, a monthly one takes one of the four.

mod assignment;
mod tasks;
mod week;
mod words;

use std::collections::BTreeSet;

use rayon::prelude::*;
use serde::Serialize;

use crate::domain::HalfDay;
use crate::policy::{Problem, Solution};

/// The timetable of a departement.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Timetable {
    /// Half-day of the team meeting, where the bareme sets one.
    pub reunion_equipe: Option<HalfDay>,
    /// Permanences may stand on Wednesday afternoon.
    pub mercredi_apres_midi: bool,
    /// One week for each post in service, in the order of the dossier.
    pub postes: Vec<PostWeek>,
    /// Posts without sector time.
    pub sans_secteur: Vec<String>,
}

/// The week of one post.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PostWeek {
    /// Post.
    pub poste: String,
    /// Agent, where named.
    pub agent: Option<String>,
    /// Share of a full-time post.
    pub quotite: f64,
    /// Name of the establishment where the post is based.
    pub residence: Option<String>,
    /// Half-days worked, in order.
    pub travaille: BTreeSet<HalfDay>,
    /// What has a fixed half-day, in order.
    pub seances: Vec<Session>,
    /// What has none, minutes a week.
    pub hors_permanence: Vec<OtherWork>,
    /// Trips to each place but that of the residence.
    pub trajets: Vec<Trips>,
    /// Permanences that could not be placed.
    pub manques: Vec<Missing>,
    /// No better timetable exists, by the order of preferences of the guide.
    pub prouve: bool,
    /// What does not fit, and why; what the reader must know.
    pub remarques: Vec<String>,
}

/// What a half-day is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Activity {
    /// Presence in an establishment.
    Permanence,
    /// Other duties of the post (MDPH, tutoring, union release).
    Decharge,
    /// Meeting of the whole service.
    ReunionEquipe,
}

impl Activity {
    /// In French.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Permanence => "Permanence",
            Self::Decharge => "Décharge",
            Self::ReunionEquipe => "Réunion d'équipe",
        }
    }
}

/// One half-day, in some weeks of the cycle.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Session {
    /// When in the week.
    pub creneau: HalfDay,
    /// Weeks of the cycle, from 1 to 4.
    pub semaines: Vec<u8>,
    /// For what.
    pub activite: Activity,
    /// Establishment of a permanence.
    pub uai: Option<String>,
    /// Part of it, where it is served in parts.
    pub partie: Option<u8>,
    /// Its name.
    pub nom: Option<String>,
    /// Its commune.
    pub commune: Option<String>,
}

/// Work that has no fixed half-day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OtherWork {
    /// What it is, in French.
    pub motif: String,
    /// Minutes a week.
    pub minutes: i64,
}

/// Trips to a place over the four weeks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Trips {
    /// Establishments there.
    pub lieu: String,
    /// Counted by the plan.
    pub prevus: i64,
    /// Made by the permanences of the timetable.
    pub permanences: i64,
}

/// Half-days of an establishment that the week cannot hold.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Missing {
    /// Establishment.
    pub uai: String,
    /// Half-days a week.
    pub demi_journees: f64,
}

/// The timetable of a plan. Posts do not depend on one another: each is placed by itself, in
/// parallel, always in the same way.
#[must_use]
pub fn timetable(problem: &Problem, solution: &Solution) -> Timetable {
    let time = &problem.bareme.temps;
    let meeting = time.reunion_equipe.parse().ok();
    let posts: Vec<_> = problem.posts.keys().collect();
    let (working, idle): (Vec<_>, Vec<_>) =
        posts.into_iter().partition(|post| problem.posts[*post].in_service);
    Timetable {
        reunion_equipe: meeting,
        mercredi_apres_midi: time.mercredi_apres_midi,
        postes: working
            .into_par_iter()
            .map(|post| week::post_week(problem, solution, post, meeting))
            .collect(),
        sans_secteur: idle.into_iter().map(|post| problem.posts[post].id.clone()).collect(),
    }
}
