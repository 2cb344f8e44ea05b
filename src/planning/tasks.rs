//! What a post must place in its week, and the half-days that it has for it.

use std::collections::BTreeSet;

use crate::domain::{HalfDay, Modality, WEEKS_PER_CYCLE, working_half_days};
use crate::policy::scorecard::{PostScore, post_score};
use crate::policy::{PlaceId, PostId, Problem, Solution, UnitId};

/// Something that takes half-days at one stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Task {
    /// The unit of a permanence; `None` for the discharge.
    pub unit: Option<UnitId>,
    /// Index of the stop.
    pub stop: usize,
    /// Half-days over the four weeks.
    pub quarters: u16,
}

impl Task {
    /// Half-days of every week.
    #[must_use]
    pub const fn weekly(&self) -> u16 {
        self.quarters / WEEKS_PER_CYCLE as u16
    }

    /// Weeks of the cycle in which it takes one half-day more: 0 to 3.
    #[must_use]
    pub const fn rest(&self) -> u16 {
        self.quarters % WEEKS_PER_CYCLE as u16
    }
}

/// Where tasks are done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// The place of the residence: nobody travels.
    Seat,
    /// Another place, and the trips over the four weeks that the plan counts.
    Place(PlaceId, i64),
    /// Where the discharge is spent, best in whole days.
    Elsewhere(i64),
}

/// The question that the week of a post asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tasks {
    /// What to place.
    pub tasks: Vec<Task>,
    /// Where.
    pub stops: Vec<Stop>,
    /// Half-days that may be worked, that of the meeting apart.
    pub open: BTreeSet<HalfDay>,
    /// How many of them are worked.
    pub worked: usize,
    /// Half-day of the meeting, for a post that works then.
    pub meeting: Option<HalfDay>,
    /// Half-days that a full week of the post counts.
    pub full: usize,
    /// Half-days of its working days.
    pub days: usize,
    /// The working days of the dossier cannot be read.
    pub unreadable: bool,
    /// Permanences may stand on Wednesday afternoon.
    pub wednesday: bool,
}

impl Tasks {
    /// Whether a permanence may stand there: schools are closed on Wednesday afternoon.
    #[must_use]
    pub fn admits(&self, half_day: HalfDay) -> bool {
        self.wednesday || half_day != HalfDay::WEDNESDAY_AFTERNOON
    }

    /// Whether a task may take a half-day.
    #[must_use]
    pub fn may(&self, task: &Task, half_day: HalfDay) -> bool {
        task.unit.is_none() || self.admits(half_day)
    }
}

/// What the week of a post must hold.
#[must_use]
pub fn tasks(
    problem: &Problem,
    solution: &Solution,
    post: PostId,
    meeting: Option<HalfDay>,
) -> Tasks {
    let row = &problem.dossier.posts[usize::from(post)];
    let written = row.working_days.as_deref();
    let read = written.map(working_half_days);
    let days = read.clone().flatten().unwrap_or_else(|| HalfDay::all().collect());
    let share = f64::from(row.quotite_percent) / 100.0;
    let full = (share * problem.bareme.temps.demi_journees_par_etp - 1e-9).ceil() as usize;
    let meeting = meeting.filter(|half_day| days.contains(half_day));
    let (tasks, stops) = placed(problem, solution, post, &post_score(problem, solution, post));
    let open: BTreeSet<HalfDay> =
        days.iter().copied().filter(|half_day| Some(*half_day) != meeting).collect();
    Tasks {
        tasks,
        stops,
        worked: full.saturating_sub(usize::from(meeting.is_some())).min(open.len()),
        open,
        meeting,
        full,
        days: days.len(),
        unreadable: read.is_some_and(|days| days.is_none()),
        wednesday: problem.bareme.temps.mercredi_apres_midi,
    }
}

fn placed(
    problem: &Problem,
    solution: &Solution,
    post: PostId,
    week: &PostScore,
) -> (Vec<Task>, Vec<Stop>) {
    let seat = solution.seats[post].map(|seat| problem.units[seat].place);
    let (mut tasks, mut stops) = (Vec::new(), Vec::new());
    for visit in &week.visits {
        let present = visit.units.iter().filter_map(|unit| {
            let option = solution.option(problem, *unit);
            let present = option.modality == Modality::Permanence;
            present.then_some((*unit, option.presence.0))
        });
        let stop = stops.len();
        tasks.extend(present.map(|(unit, quarters)| Task { unit: Some(unit), stop, quarters }));
        let is_seat = seat == Some(visit.place);
        stops.push(if is_seat { Stop::Seat } else { Stop::Place(visit.place, visit.trips) });
    }
    let discharge = problem.dossier.posts[usize::from(post)].discharge_centi;
    let quarters = ((discharge + 12) / 25) as u16;
    if quarters > 0 {
        tasks.push(Task { unit: None, stop: stops.len(), quarters });
        stops.push(Stop::Elsewhere(i64::from(quarters.div_ceil(2))));
    }
    (tasks, stops)
}
