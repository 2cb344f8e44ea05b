//! What a timetable must say in words.

use crate::domain::{HalfDay, Post, WEEKS_PER_CYCLE};
use crate::policy::{Problem, UnitId};
use crate::wording::article::{at, with_article};
use crate::wording::number::{self, count};

use super::Trips;
use super::assignment::Placed;
use super::tasks::Tasks;

/// Meetings of the establishments.
pub const MEETINGS: &str = "réunions des établissements (cellules de veille, GPDS)";
/// Requests by form.
pub const POLE: &str = "pôle, sur fiche saisine";
/// The same within a team.
pub const TEAM_POLE: &str = "équipe de pôle";
/// First degree.
pub const FIRST_DEGREE: &str = "premier degré, sur demande";
/// Travel.
pub const ROAD: &str = "route";
/// Other duties.
pub const DISCHARGE: &str = "décharge";
/// What the bareme deducts.
pub const COMMON: &str = "réunions de service, écrits, formation";
/// What is left.
pub const FREE: &str = "temps non affecté";

/// Everything that the reader of a week must know, what does not fit first.
#[must_use]
pub fn remarks(
    problem: &Problem,
    row: &Post,
    week: &Tasks,
    placed: &Placed,
    missing: &[(Option<UnitId>, u16)],
    trips: &[Trips],
    meeting: Option<HalfDay>,
) -> Vec<String> {
    let mut remarks: Vec<String> =
        missing.iter().map(|(unit, quarters)| lacking(problem, week, *unit, *quarters)).collect();
    let beyond = trips.iter().filter(|trips| trips.permanences > trips.prevus);
    remarks.extend(beyond.map(|trips| more_trips(trips, placed.proven)));
    remarks.extend(days(row, week));
    remarks.extend(meeting.filter(|_| week.meeting.is_none()).map(|half_day| {
        format!("Ne travaille pas le {half_day} : la réunion d'équipe se tiendrait sans ce poste.")
    }));
    if !placed.proven {
        remarks.push(
            "Le calcul s'est arrêté avant de prouver qu'aucun emploi du temps n'est meilleur."
                .to_owned(),
        );
    }
    remarks
}

fn lacking(problem: &Problem, week: &Tasks, unit: Option<UnitId>, quarters: u16) -> String {
    let lost = half_days(quarters);
    let what = match unit {
        Some(unit) => {
            format!("Permanence {}", at(&with_article(&problem.units[unit].name)))
        }
        None => "Décharge".to_owned(),
    };
    let wanted: u16 = week.tasks.iter().map(|task| task.quarters).sum();
    let room = room(week);
    let why = if usize::from(wanted) > room * WEEKS_PER_CYCLE as usize {
        format!(
            "le poste a {} par semaine à placer, et {} seulement où une permanence est possible \
             (ni le mercredi après-midi, ni pendant la réunion d'équipe, ni hors de ses jours travaillés)",
            half_days(wanted),
            count(room as u64, "demi-journée", "demi-journées")
        )
    } else {
        "les semaines de ses permanences par quinzaine et par mois ne s'accordent pas dans les \
         demi-journées possibles"
            .to_owned()
    };
    format!("{what} : {lost} par semaine ne trouve pas sa place ; {why}.")
}

/// Half-days that permanences may take.
fn room(week: &Tasks) -> usize {
    week.open.iter().filter(|half_day| week.admits(**half_day)).count().min(week.worked)
}

fn half_days(quarters: u16) -> String {
    number::half_days(f64::from(quarters) / WEEKS_PER_CYCLE as f64)
}

fn more_trips(trips: &Trips, proven: bool) -> String {
    let why = if proven {
        "aucun emploi du temps n'en fait moins"
    } else {
        "c'est le mieux qui ait été trouvé"
    };
    format!(
        "{} : {} en quatre semaines, quand le plan en compte {} ; {why}.",
        trips.lieu,
        count(trips.permanences as u64, "trajet", "trajets"),
        trips.prevus
    )
}

fn days(row: &Post, week: &Tasks) -> Option<String> {
    let written = row.working_days.as_deref().unwrap_or_default();
    if week.unreadable {
        Some(format!(
            "jours_travailles (« {written} ») ne se lit pas : tous les jours sont supposés travaillés ; écrivez par \
             exemple « lu ma je ve »."
        ))
    } else if week.days < week.full {
        Some(format!(
            "Ses jours travaillés ({written}) comptent {} ; sa quotité en demande {}.",
            count(week.days as u64, "demi-journée", "demi-journées"),
            week.full
        ))
    } else if week.worked < week.open.len() && row.quotite_percent < 100 {
        Some(format!(
            "Ses {} de travail sont une proposition : jours_travailles, dans postes.csv, dit lesquelles.",
            count(week.full as u64, "demi-journée", "demi-journées")
        ))
    } else {
        None
    }
}
