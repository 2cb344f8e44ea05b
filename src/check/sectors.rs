//! What a choice costs in time, and what a post or a pole team adds up to.

use crate::domain::Modality;

use super::facts::Facts;
use super::posts::TICK;
use super::reading::{Choice, Server};
use super::units::Unit;

/// A place that a post visits.
pub(super) struct Visit {
    pub place: usize,
    /// Units served there.
    pub units: usize,
    /// Travel a week, ticks.
    pub ticks: i64,
    /// Kilometres a week.
    pub km: f64,
}

/// The week of a post, recomputed.
#[derive(Default)]
pub(super) struct Sector {
    /// Ticks of the units, travel left out.
    pub unit_ticks: i64,
    pub visits: Vec<Visit>,
}

impl Sector {
    pub(super) fn travel_ticks(&self) -> i64 {
        self.visits.iter().map(|visit| visit.ticks).sum()
    }

    pub(super) fn km(&self) -> f64 {
        self.visits.iter().map(|visit| visit.km).sum()
    }

    pub(super) fn visit(&self, place: usize) -> Option<&Visit> {
        self.visits.iter().find(|visit| visit.place == place)
    }
}

/// What a pole team holds.
#[derive(Default)]
pub(super) struct TeamLoad {
    /// Ticks of the units and of the travel.
    pub unit_ticks: i64,
    pub travel_ticks: i64,
    /// Kilometres a week.
    pub km: f64,
}

/// Rounds up to whole minutes but for a millionth, then to ticks.
fn ticks(minutes: f64) -> i64 {
    let whole = (minutes - 1e-6).ceil() as i64;
    (whole + TICK - 1).div_euclid(TICK)
}

/// Load of a choice without travel, ticks.
pub(super) fn load_ticks(facts: &Facts<'_>, unit: &Unit, choice: &Choice) -> i64 {
    let bareme = facts.bareme;
    let need_minutes = unit.need as f64 / 100.0 * 210.0;
    match choice.modality {
        Modality::Permanence => {
            let presence = choice.quarters as f64 / 4.0 * 210.0;
            ticks(presence + bareme.permanence.reunions_minutes as f64)
        }
        Modality::Pole => ticks(bareme.pole.charge * need_minutes),
        Modality::PremierDegre => ticks(bareme.premier_degre.charge * need_minutes),
        Modality::Reference | Modality::Conseil => 0,
    }
}

/// Visits per four weeks that a choice asks for when it is alone at its place.
fn visits(facts: &Facts<'_>, choice: &Choice) -> i64 {
    match choice.modality {
        Modality::Permanence if choice.quarters >= 4 => 4 * half_rounded_up(choice.quarters, 4),
        Modality::Permanence => choice.quarters,
        Modality::Pole => facts.bareme.pole.visites_4_semaines,
        Modality::PremierDegre => facts.bareme.premier_degre.visites_4_semaines,
        Modality::Reference | Modality::Conseil => 0,
    }
}

/// `amount / (2 * unit)`, rounded up.
fn half_rounded_up(amount: i64, unit: i64) -> i64 {
    (amount + 2 * unit - 1) / (2 * unit)
}

/// Trips per four weeks to a place where a post serves these choices.
fn trips(facts: &Facts<'_>, choices: &[Choice]) -> i64 {
    let longest = choices.iter().map(|choice| visits(facts, choice)).max().unwrap_or(0);
    let permanences = || choices.iter().filter(|one| one.modality == Modality::Permanence);
    let weekly: i64 = permanences().map(|one| one.quarters).filter(|one| *one >= 4).sum();
    let all: i64 = permanences().map(|one| one.quarters).sum();
    longest.max(4 * half_rounded_up(weekly, 4)).max(half_rounded_up(all, 1))
}

/// Weekly ticks of so many trips per four weeks.
fn travel_ticks(trips: i64, minutes: i64) -> i64 {
    (trips * minutes + 4 * TICK - 1) / (4 * TICK)
}

pub(super) fn sectors(
    facts: &Facts<'_>,
    choices: &[Option<Choice>],
    seats: &[Option<usize>],
) -> Vec<Sector> {
    (0..facts.posts.len()).map(|post| sector(facts, choices, post, seats[post])).collect()
}

fn sector(
    facts: &Facts<'_>,
    choices: &[Option<Choice>],
    post: usize,
    seat: Option<usize>,
) -> Sector {
    let mut sector = Sector::default();
    let mut at_places: Vec<(usize, Vec<Choice>)> = Vec::new();
    for (unit, choice) in choices.iter().enumerate() {
        let Some(choice) = choice.filter(|choice| choice.server == Server::Post(post)) else {
            continue;
        };
        sector.unit_ticks += load_ticks(facts, &facts.units[unit], &choice);
        let place = facts.place(unit);
        match at_places.iter_mut().find(|(known, _)| *known == place) {
            Some((_, there)) => there.push(choice),
            None => at_places.push((place, vec![choice])),
        }
    }
    let Some(seat) = seat.map(|seat| facts.place(seat)) else { return sector };
    for (place, there) in at_places {
        let trips = trips(facts, &there);
        let (minutes, metres) = facts.places.round_trip(seat, place);
        sector.visits.push(Visit {
            place,
            units: there.len(),
            ticks: travel_ticks(trips, minutes),
            km: kilometres(trips, metres),
        });
    }
    sector
}

/// The fixed seat of a team's member from which a unit is reached soonest, there and back.
fn nearest_member_seat(facts: &Facts<'_>, team: usize, unit: usize) -> Option<usize> {
    let members = facts.members(team);
    let known = facts.dossier.posts.iter().zip(&facts.posts);
    let seats = known
        .filter(|(post, _)| members.contains(&post.id.as_str()))
        .filter_map(|(_, known)| known.fixed_seat);
    seats.min_by_key(|&seat| facts.places.round_trip(facts.place(seat), facts.place(unit)).0)
}

/// Travel of a team to a unit: ticks and kilometres a week; none without a fixed seat.
pub(super) fn team_travel(facts: &Facts<'_>, team: usize, unit: usize) -> (i64, f64) {
    nearest_member_seat(facts, team, unit).map_or((0, 0.0), |seat| {
        let (minutes, metres) = facts.places.round_trip(facts.place(seat), facts.place(unit));
        let trips = facts.bareme.pole.visites_4_semaines;
        (travel_ticks(trips, minutes), kilometres(trips, metres))
    })
}

/// Kilometres a week of so many trips per four weeks.
fn kilometres(trips: i64, metres: i64) -> f64 {
    trips as f64 / 4.0 * metres as f64 / 1000.0
}

pub(super) fn team_loads(facts: &Facts<'_>, choices: &[Option<Choice>]) -> Vec<TeamLoad> {
    (0..facts.dossier.pole_teams.len())
        .map(|team| {
            let mut load = TeamLoad::default();
            for (unit, choice) in choices.iter().enumerate() {
                let held = choice.filter(|choice| choice.server == Server::Team(team));
                if let Some(choice) = held {
                    load.unit_ticks += load_ticks(facts, &facts.units[unit], &choice);
                    let (travel, km) = team_travel(facts, team, unit);
                    load.travel_ticks += travel;
                    load.km += km;
                }
            }
            load
        })
        .collect()
}
