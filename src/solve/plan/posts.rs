//! The week of every post, for documents.

use crate::domain::{PostPlan, TICK_MINUTES};
use crate::policy::bareme::EquityMeasure;
use crate::policy::mileage_expense::mileage_expense;
use crate::policy::scorecard::{post_score, presence};
use crate::policy::{PostId, Problem, Solution};

/// One row a post, in the order of the dossier.
pub(super) fn post_plans(problem: &Problem, solution: &Solution) -> Vec<PostPlan> {
    problem.posts.keys().map(|post| post_plan(problem, solution, post)).collect()
}

fn post_plan(problem: &Problem, solution: &Solution, post: PostId) -> PostPlan {
    let who = &problem.posts[post];
    let row = &problem.dossier.posts[usize::from(post)];
    let week = post_score(problem, solution, post);
    let mileage = mileage_expense(problem, solution, post, &week.visits);
    let units = || solution.sector(post).map(|unit| &problem.units[unit]);
    let mut codes: Vec<String> = units().map(|unit| unit.code.clone()).collect();
    codes.dedup();
    let measure_unit = match problem.bareme.equite.mesure {
        EquityMeasure::Besoin => 0.1,
        EquityMeasure::Eleves => 10.0,
    };
    let need: i64 = units().map(|unit| unit.need_centi).sum();
    PostPlan {
        poste: who.id.clone(),
        quotite: f64::from(row.quotite_percent) / 100.0,
        residence: match solution.seats[post] {
            Some(seat) => Some(problem.units[seat].code.clone()),
            None => row.residence.clone(),
        },
        residence_placee: !who.has_fixed_seat && solution.seats[post].is_some(),
        vacant: row.vacant,
        etablissements: codes,
        nombre_etablissements: week.count,
        demi_journees: presence(problem, solution, post).half_days(),
        charge_minutes: week.load * TICK_MINUTES,
        capacite_minutes: who.capacity * TICK_MINUTES,
        trajet_minutes: week.travel * TICK_MINUTES,
        part_trajet: road_share(week.travel, who.capacity),
        km_semaine: kilometres_a_week(week.metres_per_cycle),
        km_indemnises_semaine: kilometres_a_week(mileage.paid_metres_per_cycle),
        frais_km_euros_an: mileage.yearly_cents as f64 / 100.0,
        pole_equipe_minutes: solution.reserved[post] * TICK_MINUTES,
        besoin_porte: need as f64 / 100.0,
        eleves_portes: units().map(|unit| unit.pupils).sum(),
        cible_equite: (f64::from(who.target) * measure_unit * 10.0).round() / 10.0,
        penalite_equite: week.penalty,
    }
}

/// Metres per four weeks as kilometres a week, to tenths.
fn kilometres_a_week(metres_per_cycle: i64) -> f64 {
    (metres_per_cycle as f64 / 400.0).round() / 10.0
}

/// Share of the capacity on the road, to four places; 0 without capacity.
fn road_share(travel: i64, capacity: i64) -> f64 {
    if capacity > 0 { (travel as f64 / capacity as f64 * 10_000.0).round() / 10_000.0 } else { 0.0 }
}
