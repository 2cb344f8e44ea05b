//! Where the posts of a fictional departement are based, and which establishments they serve
//! today: spread over the departement, not optimised, so that a plan can do better.

use crate::domain::{Establishment, EstablishmentKind};

/// A college counts as this much farther than a lycee when a seat is chosen: bases are mostly in
/// lycees, LP and EREA (activity report of the Charente-Maritime, 2009-10).
const COLLEGE_HANDICAP: f64 = 1.5;

/// The seat of each post, as an index of `establishments`, all different: each next post goes
/// where it shortens the trips of most pupils (greedy k-median).
pub(super) fn choose(establishments: &[Establishment], posts: usize) -> Vec<usize> {
    let units: Vec<usize> = (0..establishments.len())
        .filter(|index| !establishments[*index].kind.is_first_degree())
        .collect();
    let mut nearest = vec![f64::INFINITY; establishments.len()];
    let mut seats: Vec<usize> = Vec::new();
    for _ in 0..posts.min(units.len()) {
        let cost = |seat: usize| -> f64 {
            let total: f64 = units
                .iter()
                .map(|unit| {
                    let (unit, near) = (&establishments[*unit], nearest[*unit]);
                    f64::from(unit.effective_pupils()) * near.min(km(unit, &establishments[seat]))
                })
                .sum();
            let college = establishments[seat].kind == EstablishmentKind::College;
            if college { COLLEGE_HANDICAP * total } else { total }
        };
        let free = units.iter().copied().filter(|unit| !seats.contains(unit));
        let best = free
            .map(|unit| (cost(unit), unit))
            .min_by(|left, right| left.0.total_cmp(&right.0).then(left.1.cmp(&right.1)));
        let (_, seat) = best.expect("there are more units than posts");
        for unit in &units {
            let distance = km(&establishments[*unit], &establishments[seat]);
            nearest[*unit] = nearest[*unit].min(distance);
        }
        seats.push(seat);
    }
    seats
}

/// Today's post of each second-degree unit, by index: the nearest seat that has room, a sector
/// holding at most a quarter more than its share of the pupils.
pub(super) fn today(
    establishments: &[Establishment],
    seats: &[usize],
    shares: &[f64],
) -> Vec<(usize, usize)> {
    let units: Vec<usize> = (0..establishments.len())
        .filter(|index| !establishments[*index].kind.is_first_degree())
        .collect();
    let pupils = |unit: usize| f64::from(establishments[unit].effective_pupils());
    let total: f64 = units.iter().map(|unit| pupils(*unit)).sum();
    let mut room: Vec<f64> = shares.iter().map(|share| 1.25 * share * total).collect();
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for unit in units {
        for (post, seat) in seats.iter().enumerate() {
            pairs.push((km(&establishments[unit], &establishments[*seat]), unit, post));
        }
    }
    pairs.sort_by(|left, right| {
        left.0.total_cmp(&right.0).then((left.1, left.2).cmp(&(right.1, right.2)))
    });
    let mut served: Vec<(usize, usize)> = Vec::new();
    // Once with room for all, then the nearest seat for what is left.
    for respects_room in [true, false] {
        for (_, unit, post) in &pairs {
            let known = served.iter().any(|(other, _)| other == unit);
            if !known && (!respects_room || room[*post] >= pupils(*unit)) {
                room[*post] -= pupils(*unit);
                served.push((*unit, *post));
            }
        }
    }
    served.sort_unstable();
    served
}

fn km(left: &Establishment, right: &Establishment) -> f64 {
    let north = left.latitude - right.latitude;
    let east = (left.longitude - right.longitude) * left.latitude.to_radians().cos();
    111.2 * north.hypot(east)
}
