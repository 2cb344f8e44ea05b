//! The week of one post: its half-days, its other work, its trips.

use crate::domain::{HALF_DAY_MINUTES, HalfDay, Modality, TICK_MINUTES, WEEKS_PER_CYCLE};
use crate::policy::scorecard::post_score;
use crate::policy::{PlaceId, PostId, Problem, Solution, UnitId, UnitOption};

use super::assignment::{Placed, Taken, place};
use super::tasks::{Stop, Task, Tasks, tasks};
use super::{Activity, Missing, OtherWork, PostWeek, Session, Trips, words};

/// The week of a post in service.
#[must_use]
pub fn post_week(
    problem: &Problem,
    solution: &Solution,
    post: PostId,
    meeting: Option<HalfDay>,
) -> PostWeek {
    let row = &problem.dossier.posts[usize::from(post)];
    let week = tasks(problem, solution, post, meeting);
    let placed = place(&week);
    let missing = missing(&week, &placed);
    let trips = trips(problem, &week, &placed);
    PostWeek {
        poste: row.id.clone(),
        agent: row.agent.clone(),
        quotite: f64::from(row.quotite_percent) / 100.0,
        residence: solution.seats[post].map(|seat| problem.units[seat].name.clone()),
        travaille: placed.worked.iter().copied().chain(week.meeting).collect(),
        seances: sessions(problem, &week, &placed),
        hors_permanence: other_work(problem, solution, post),
        remarques: words::remarks(problem, row, &week, &placed, &missing, &trips, meeting),
        trajets: trips,
        manques: missing.iter().map(|(unit, quarters)| missed(problem, *unit, *quarters)).collect(),
        prouve: placed.proven,
    }
}

fn sessions(problem: &Problem, week: &Tasks, placed: &Placed) -> Vec<Session> {
    let tasks = week.tasks.iter().zip(&placed.taken);
    let mut sessions: Vec<Session> = tasks
        .flat_map(|(task, taken)| taken.iter().map(move |taken| session(problem, task, *taken)))
        .collect();
    sessions.extend(week.meeting.map(|creneau| Session {
        creneau,
        semaines: (1..=WEEKS_PER_CYCLE as u8).collect(),
        activite: Activity::ReunionEquipe,
        uai: None,
        partie: None,
        nom: None,
        commune: None,
    }));
    sessions.sort_unstable();
    sessions
}

fn session(problem: &Problem, task: &Task, (creneau, weeks): Taken) -> Session {
    let unit = task.unit.map(|unit| &problem.units[unit]);
    let row = unit.map(|unit| &problem.dossier.establishments[unit.rows[0]]);
    Session {
        creneau,
        semaines: (1..=WEEKS_PER_CYCLE as u8)
            .filter(|week| weeks & (1 << (week - 1)) != 0)
            .collect(),
        activite: if unit.is_some() { Activity::Permanence } else { Activity::Decharge },
        uai: unit.map(|unit| unit.code.clone()),
        partie: unit.and_then(|unit| unit.part).map(|(part, _)| part),
        nom: unit.map(|unit| unit.name.clone()),
        commune: row.map(|row| row.commune.clone()).filter(|name| !name.is_empty()),
    }
}

/// Half-days over the cycle of a choice.
fn quarters(taken: &[Taken]) -> u16 {
    taken.iter().map(|(_, weeks)| weeks.count_ones() as u16).sum()
}

/// Tasks that do not have all their half-days, with those that lack over the cycle.
fn missing(week: &Tasks, placed: &Placed) -> Vec<(Option<UnitId>, u16)> {
    let tasks = week.tasks.iter().zip(&placed.taken);
    tasks
        .map(|(task, taken)| (task.unit, task.quarters - quarters(taken)))
        .filter(|(_, lacking)| *lacking > 0)
        .collect()
}

fn missed(problem: &Problem, unit: Option<UnitId>, quarters: u16) -> Missing {
    Missing {
        uai: unit.map_or_else(String::new, |unit| problem.units[unit].code.clone()),
        demi_journees: f64::from(quarters) / WEEKS_PER_CYCLE as f64,
    }
}

/// Trips over the cycle to each place with a permanence.
fn trips(problem: &Problem, week: &Tasks, placed: &Placed) -> Vec<Trips> {
    let told = |(index, stop): (usize, &Stop)| match *stop {
        Stop::Place(place, prevus) => {
            let permanences = days_at(week, placed, index);
            (permanences > 0).then(|| Trips {
                lieu: names_at(problem, week, index, place),
                prevus,
                permanences,
            })
        }
        Stop::Seat | Stop::Elsewhere(_) => None,
    };
    week.stops.iter().enumerate().filter_map(told).collect()
}

/// Days over the cycle with something at a stop.
fn days_at(week: &Tasks, placed: &Placed, stop: usize) -> i64 {
    let there = week.tasks.iter().zip(&placed.taken).filter(|(task, _)| task.stop == stop);
    let mut weeks = [0_u8; 5];
    for &(half_day, taken) in there.flat_map(|(_, taken)| taken) {
        weeks[usize::from(half_day.day())] |= taken;
    }
    weeks.iter().map(|weeks| i64::from(weeks.count_ones())).sum()
}

fn names_at(problem: &Problem, week: &Tasks, stop: usize, place: PlaceId) -> String {
    let there = week.tasks.iter().filter(|task| task.stop == stop).filter_map(|task| task.unit);
    debug_assert!(there.clone().all(|unit| problem.units[unit].place == place));
    let names: Vec<&str> = there.map(|unit| problem.units[unit].name.as_str()).collect();
    names.join(", ")
}

/// What the post does beside its permanences, in minutes a week; all of it with the permanences
/// is the whole week.
fn other_work(problem: &Problem, solution: &Solution, post: PostId) -> Vec<OtherWork> {
    let row = &problem.dossier.posts[usize::from(post)];
    let score = post_score(problem, solution, post);
    let options: Vec<&UnitOption> =
        solution.sector(post).map(|unit| solution.option(problem, unit)).collect();
    let of = |modality: Modality| -> i64 {
        let served = options.iter().filter(|option| option.modality == modality);
        served.map(|option| option.ticks * TICK_MINUTES - option.presence.minutes()).sum()
    };
    let share = f64::from(row.quotite_percent) / 100.0;
    let half_days = |count: f64| (count * HALF_DAY_MINUTES as f64).round() as i64;
    let capacity = problem.posts[post].capacity;
    let works = [
        (words::MEETINGS, of(Modality::Permanence)),
        (words::POLE, of(Modality::Pole)),
        (words::TEAM_POLE, solution.reserved[post] * TICK_MINUTES),
        (words::FIRST_DEGREE, of(Modality::PremierDegre)),
        (words::ROAD, score.travel * TICK_MINUTES),
        (words::DISCHARGE, half_days(f64::from(row.discharge_centi) / 100.0)),
        (words::COMMON, half_days(share * problem.bareme.temps.deductions_par_etp)),
        (words::FREE, (capacity - score.load) * TICK_MINUTES),
    ];
    works
        .into_iter()
        .filter(|(_, minutes)| *minutes > 0)
        .map(|(motif, minutes)| OtherWork { motif: motif.to_owned(), minutes })
        .collect()
}
