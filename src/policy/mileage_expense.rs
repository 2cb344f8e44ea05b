//! The paid part of a post's trips and what it costs over a year (`docs/model.md`, figures).

use crate::domain::{Establishment, Post};
use crate::travel::mileage::is_paid;

use super::ids::{PostId, UnitId};
use super::problem::Problem;
use super::scorecard::PlaceVisit;
use super::solution::Solution;

/// The mileage of a post.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MileageExpense {
    /// Paid metres per four weeks.
    pub paid_metres_per_cycle: i64,
    /// Expense of a year, cents of euro.
    pub yearly_cents: u64,
}

/// What the visits of a post cost; nothing without a seat. A place is in the commune of its first
/// unit.
#[must_use]
pub fn mileage_expense(
    problem: &Problem,
    solution: &Solution,
    post: PostId,
    visits: &[PlaceVisit],
) -> MileageExpense {
    let Some(seat) = solution.seats[post] else { return MileageExpense::default() };
    let who: &Post = &problem.dossier.posts[usize::from(post)];
    let (home, family) = (commune(problem, seat), who.home_commune.as_deref());
    let paid = visits.iter().filter(|visit| {
        let first = problem.places[visit.place][0];
        is_paid(commune(problem, first), home, family)
    });
    let paid_metres_per_cycle: i64 = paid.map(|visit| visit.metres_per_cycle).sum();
    let metres = paid_metres_per_cycle.unsigned_abs();
    MileageExpense {
        paid_metres_per_cycle,
        yearly_cents: problem.bareme.frais_kilometriques.yearly_cents(metres, who.horsepower),
    }
}

/// INSEE code of the commune of a unit, else its name; empty when both are unknown.
fn commune(problem: &Problem, unit: UnitId) -> &str {
    let row: &Establishment = &problem.dossier.establishments[problem.units[unit].rows[0]];
    if row.commune_code.is_empty() { &row.commune } else { &row.commune_code }
}
