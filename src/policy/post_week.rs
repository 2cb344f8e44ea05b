//! The time and the limits of a post (`docs/model.md`, post's week, H2, H5).

use crate::domain::{Field, Post};

use super::bareme::{Bareme, VacantPosts};
use super::ids::{TeamId, UnitId};

/// A post as the problem sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProblemPost {
    /// Identifier.
    pub id: String,
    /// Has time for a sector; without it, the post serves nothing.
    pub in_service: bool,
    /// Time available a week, ticks.
    pub capacity: i64,
    /// Smallest load, ticks.
    pub minimum: i64,
    /// Candidate residences: one when it is fixed.
    pub seats: Vec<UnitId>,
    /// The residence is given, not chosen.
    pub has_fixed_seat: bool,
    /// Serves this bassin alone.
    pub bassin: Option<String>,
    /// Degrees served.
    pub field: Field,
    /// Longest one-way trip, minutes.
    pub max_trip_minutes: u32,
    /// Largest number of establishments.
    pub max_establishments: u8,
    /// Target of equity, in the measure of units.
    pub target: u32,
    /// Half-width of the band that costs nothing, in the measure of units.
    pub tolerance: u32,
    /// Team of a pole of which it is a member.
    pub team: Option<TeamId>,
}

/// The post without its seats, its target and its team, which need the other posts.
#[must_use]
pub fn problem_post(post: &Post, bareme: &Bareme) -> ProblemPost {
    let capacity = if post.vacant && bareme.postes_vacants == VacantPosts::Exclus {
        0
    } else {
        capacity_ticks(post, bareme)
    };
    ProblemPost {
        id: post.id.clone(),
        in_service: capacity > 0,
        capacity,
        minimum: (bareme.limites.charge_min * capacity as f64 - 1e-6).ceil().max(0.0) as i64,
        seats: Vec::new(),
        has_fixed_seat: post.residence.is_some(),
        bassin: post.bassin.clone(),
        field: post.field,
        max_trip_minutes: post.max_trip_minutes.unwrap_or(bareme.limites.trajet_max_minutes),
        max_establishments: post.max_establishments.unwrap_or(bareme.limites.etablissements_max),
        target: 0,
        tolerance: 0,
        team: None,
    }
}

/// Half-days for establishments, on the grid, rounded down (R10).
fn capacity_ticks(post: &Post, bareme: &Bareme) -> i64 {
    let share = f64::from(post.quotite_percent) / 100.0;
    let per_etp = bareme.temps.demi_journees_par_etp - bareme.temps.deductions_par_etp;
    let half_days = share * per_etp - f64::from(post.discharge_centi) / 100.0;
    ((half_days * 42.0 + 1e-6).floor() as i64).max(0)
}
