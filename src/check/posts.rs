//! What the dossier says of each post: in service or not, its week, its fixed seat.

use crate::domain::{Dossier, Post};
use crate::policy::Bareme;
use crate::policy::bareme::VacantPosts;

use super::units::Unit;

/// Minutes in a half-day (the checker keeps its own copy of the grid).
const HALF_DAY_MINUTES: f64 = 210.0;
/// Minutes in a tick.
pub(super) const TICK: i64 = 5;

/// One post, read from the dossier.
#[derive(Debug, Clone)]
pub(super) struct PostFacts {
    /// Gets a sector.
    pub in_service: bool,
    /// Ticks a week; 0 out of service.
    pub capacity: i64,
    /// First part of the unit of its residence, when it has one.
    pub fixed_seat: Option<usize>,
    /// Its champ excludes the degree of its residence: it need not serve it (H3).
    pub exempt_from_seat: bool,
}

pub(super) fn posts(dossier: &Dossier, bareme: &Bareme, units: &[Unit]) -> Vec<PostFacts> {
    dossier.posts.iter().map(|post| post_facts(post, dossier, bareme, units)).collect()
}

fn post_facts(post: &Post, dossier: &Dossier, bareme: &Bareme, units: &[Unit]) -> PostFacts {
    let half_days = half_days(post, bareme);
    let excluded = post.vacant && bareme.postes_vacants == VacantPosts::Exclus;
    let ticks = (half_days * HALF_DAY_MINUTES / TICK as f64 + 1e-6).floor() as i64;
    let in_service = ticks > 0 && !excluded;
    let fixed_seat = post
        .residence
        .as_deref()
        .and_then(|code| units.iter().position(|unit| unit.bears(dossier, code)));
    let exempt_from_seat =
        fixed_seat.is_some_and(|seat| !post.field.serves(units[seat].is_first_degree()));
    PostFacts {
        in_service,
        capacity: if in_service { ticks } else { 0 },
        fixed_seat,
        exempt_from_seat,
    }
}

/// Half-days a week for sectors: less the common deductions, less the own decharge.
fn half_days(post: &Post, bareme: &Bareme) -> f64 {
    let quotite = f64::from(post.quotite_percent) / 100.0;
    let of_full_time = bareme.temps.demi_journees_par_etp - bareme.temps.deductions_par_etp;
    quotite * of_full_time - f64::from(post.discharge_centi) / 100.0
}
