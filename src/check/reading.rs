//! Reads the choices of a plan: one for each unit, whatever the figures beside it say.

use crate::domain::{Assignment, Modality, Plan, PostPlan};

use super::facts::Facts;
use super::finding::Report;
use super::sectors::{Sector, TeamLoad, sectors, team_loads};

/// Who serves a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Server {
    /// No post: reference or conseil.
    Nobody,
    /// A post, by index in the dossier.
    Post(usize),
    /// A pole team, by index in the dossier.
    Team(usize),
}

/// How a unit is served.
#[derive(Debug, Clone, Copy)]
pub(super) struct Choice {
    pub modality: Modality,
    /// Quarters of a half-day a week, that is half-days per four weeks.
    pub quarters: i64,
    pub server: Server,
}

/// The plan, matched with the dossier.
pub(super) struct Reading<'a> {
    pub plan: &'a Plan,
    /// Choice of each unit; `None` when the plan has no readable row for it.
    pub choices: Vec<Option<Choice>>,
    /// Rows of the plan for each unit.
    pub rows: Vec<Vec<&'a Assignment>>,
    /// Row of the plan for each post.
    pub posts: Vec<Option<&'a PostPlan>>,
    /// Seat of each post: its residence, or the one that the plan gives it.
    pub seats: Vec<Option<usize>>,
    /// Sector of each post.
    pub sectors: Vec<Sector>,
    /// Load of each pole team.
    pub teams: Vec<TeamLoad>,
}

impl<'a> Reading<'a> {
    /// Matches rows with units and posts, and says what does not match.
    pub(super) fn of(facts: &mut Facts<'_>, plan: &'a Plan, report: &mut Report) -> Self {
        let rows = match_rows(facts, plan, report);
        adopt_roundings(facts, &rows);
        let facts = &*facts;
        let posts = match_posts(facts, plan, report);
        let choices: Vec<Option<Choice>> = rows
            .iter()
            .map(|rows| rows.first().and_then(|row| choice(facts, row, report)))
            .collect();
        let seats: Vec<Option<usize>> = facts
            .posts
            .iter()
            .zip(&posts)
            .map(|(post, row)| {
                post.fixed_seat.or_else(|| facts.unit_of(row.as_ref()?.residence.as_deref()?))
            })
            .collect();
        let sectors = sectors(facts, &choices, &seats);
        let teams = team_loads(facts, &choices);
        Self { plan, choices, rows, posts, seats, sectors, teams }
    }

    /// Units with their choice.
    pub(super) fn chosen(&self) -> impl Iterator<Item = (usize, Choice)> + '_ {
        self.choices.iter().enumerate().filter_map(|(unit, choice)| Some((unit, (*choice)?)))
    }

    /// Units that a post serves.
    pub(super) fn served_by(&self, post: usize) -> impl Iterator<Item = (usize, Choice)> + '_ {
        self.chosen().filter(move |(_, choice)| choice.server == Server::Post(post))
    }

    /// Minutes that a post reserves for pole teams, as the plan says.
    pub(super) fn reserved(&self, post: usize) -> i64 {
        self.posts[post].map_or(0, |row| row.pole_equipe_minutes)
    }
}

/// A row that the plan must have: row of the dossier, part, unit.
struct Expected {
    uai: String,
    part: Option<u8>,
    unit: usize,
}

fn expected_rows(facts: &Facts<'_>) -> Vec<Expected> {
    let mut expected = Vec::new();
    for (row, establishment) in facts.dossier.establishments.iter().enumerate() {
        for (index, unit) in facts.units.iter().enumerate() {
            if unit.rows.contains(&row) {
                let part = (unit.parts > 1).then_some(unit.part);
                expected.push(Expected { uai: establishment.uai.clone(), part, unit: index });
            }
        }
    }
    expected
}

/// Rows of the plan for each unit; every expected row once and in the order of the dossier.
fn match_rows<'a>(
    facts: &Facts<'_>,
    plan: &'a Plan,
    report: &mut Report,
) -> Vec<Vec<&'a Assignment>> {
    let expected = expected_rows(facts);
    let mut rows: Vec<Vec<&Assignment>> = vec![Vec::new(); facts.units.len()];
    let mut seen = vec![false; expected.len()];
    let mut last = 0;
    for row in &plan.affectations {
        let Some(index) =
            expected.iter().position(|one| one.uai == row.uai && one.part == row.partie)
        else {
            let message = format!("{} n'est pas une unité du dossier (ou cette partie)", row.uai);
            report.broken("H1", &row.uai, message, ("une unité du dossier", &row.uai));
            continue;
        };
        if seen[index] {
            let message = format!("{} figure deux fois dans les affectations", row.uai);
            report.broken("H1", &row.uai, message, ("une ligne", "plusieurs"));
            continue;
        }
        if index < last {
            let message = format!("{} n'est pas à sa place dans l'ordre du dossier", row.uai);
            report.broken("affectations", &row.uai, message, ("l'ordre du dossier", "un autre"));
        }
        last = index;
        seen[index] = true;
        rows[expected[index].unit].push(row);
    }
    for (one, seen) in expected.iter().zip(seen) {
        if !seen {
            let label = facts.units[one.unit].label();
            let message = format!("{} ({label}) n'a pas d'affectation", one.uai);
            report.broken("H1", &one.uai, message, ("une affectation", "aucune"));
        }
    }
    rows
}

/// Where rounding falls on a half, the plan may take either side.
fn adopt_roundings(facts: &mut Facts<'_>, rows: &[Vec<&Assignment>]) {
    for (unit, rows) in facts.units.iter_mut().zip(rows) {
        let written = rows.first().map(|row| (row.besoin * 100.0).round() as i64);
        if let Some(need) = written.filter(|need| unit.need_choices.contains(need)) {
            unit.need = need;
        }
    }
}

fn match_posts<'a>(
    facts: &Facts<'_>,
    plan: &'a Plan,
    report: &mut Report,
) -> Vec<Option<&'a PostPlan>> {
    let mut posts = vec![None; facts.posts.len()];
    let mut last = 0;
    for row in &plan.postes {
        let known = facts.dossier.posts.iter().position(|post| post.id == row.poste);
        match known {
            None => report.broken(
                "postes",
                &row.poste,
                format!("le poste {} n'existe pas dans le dossier", row.poste),
                ("un poste du dossier", &row.poste),
            ),
            Some(post) if posts[post].is_some() => report.broken(
                "postes",
                &row.poste,
                format!("le poste {} figure deux fois dans le plan", row.poste),
                ("une ligne", "plusieurs"),
            ),
            Some(post) => {
                if post < last {
                    let message =
                        format!("le poste {} n'est pas à sa place dans l'ordre", row.poste);
                    report.broken(
                        "postes",
                        &row.poste,
                        message,
                        ("l'ordre du dossier", "un autre"),
                    );
                }
                last = post;
                posts[post] = Some(row);
            }
        }
    }
    for (post, row) in facts.dossier.posts.iter().zip(&posts) {
        if row.is_none() {
            let message = format!("le poste {} manque dans le plan", post.id);
            report.broken("postes", &post.id, message, ("une ligne", "aucune"));
        }
    }
    posts
}

/// The choice that a row states, when it can be read.
fn choice(facts: &Facts<'_>, row: &Assignment, report: &mut Report) -> Option<Choice> {
    let quarters = row.demi_journees * 4.0;
    if !(0.0..=256.0).contains(&quarters) || quarters.fract() != 0.0 {
        let message = format!(
            "{} : {} demi-journée(s) par semaine n'est pas une présence possible (multiples de 0,25)",
            row.uai, row.demi_journees
        );
        report.broken("H10", &row.uai, message, ("un multiple de 0,25", row.demi_journees));
        return None;
    }
    let server = server(facts, row, report)?;
    Some(Choice { modality: row.modalite, quarters: quarters as i64, server })
}

fn server(facts: &Facts<'_>, row: &Assignment, report: &mut Report) -> Option<Server> {
    let mut wrong = |message: String, expected: &str, found: &str| {
        report.broken("H1", &row.uai, message, (expected, found));
        None
    };
    match (&row.poste, row.modalite.needs_post()) {
        (None, false) => Some(Server::Nobody),
        (None, true) => {
            wrong(format!("{} est en {} sans poste", row.uai, row.modalite), "un poste", "aucun")
        }
        (Some(post), false) => {
            let message =
                format!("{} est en {} et ne doit pas avoir de poste", row.uai, row.modalite);
            wrong(message, "aucun poste", post)
        }
        (Some(name), true) => {
            let post = facts.dossier.posts.iter().position(|post| post.id == *name);
            let team = name
                .strip_prefix("POLE-")
                .and_then(|id| facts.dossier.pole_teams.iter().position(|team| team.id == id));
            post.map(Server::Post).or(team.map(Server::Team)).or_else(|| {
                let message = format!("{} est confié au poste {name}, qui n'existe pas", row.uai);
                wrong(message, "un poste du dossier", name)
            })
        }
    }
}
