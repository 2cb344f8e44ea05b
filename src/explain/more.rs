//! What would give an establishment more: the next way up, what must give way for it, and how
//! much more working time would spare the others.

use serde::Serialize;

use crate::domain::{HALF_DAY_MINUTES, Modality, TICK_MINUTES};
use crate::policy::eligibility::may_serve;
use crate::policy::scorecard::post_score;
use crate::policy::{PostId, Problem, Server, Service, Solution, UnitId};

use super::names;
use super::prices::ModalityPrice;

/// The next way up and its two prices.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct More {
    /// What it would be, in words.
    pub libelle: String,
    /// The price of taking it from the others.
    pub redistribution: Option<ModalityPrice>,
    /// The post for which it takes the least time more.
    pub poste: Option<String>,
    /// Full-time equivalents that this post lacks for it, nothing else changed; 0: it has the time.
    pub etp: Option<f64>,
}

/// The next option up for a unit: the next presence, or the lightest service by a post for a unit
/// that has no presence; nothing where the need is met.
#[must_use]
pub fn next_up(problem: &Problem, solution: &Solution, unit: UnitId) -> Option<usize> {
    let options = &problem.units[unit].options;
    let chosen = solution.services[unit].option;
    let present = options[chosen].modality == Modality::Permanence;
    let more = |index: &usize| {
        let option = &options[*index];
        let better = option.modality.needs_post() && option.value > options[chosen].value;
        better && (option.modality == Modality::Permanence || !present)
    };
    (0..options.len()).filter(more).min_by_key(|index| (options[*index].value, *index))
}

/// What would give a unit more; `prices` are those of its other modalities.
#[must_use]
pub fn more(
    problem: &Problem,
    solution: &Solution,
    unit: UnitId,
    prices: &[ModalityPrice],
) -> Option<More> {
    let next = next_up(problem, solution, unit)?;
    let option = &problem.units[unit].options[next];
    let priced = prices.iter().find(|price| {
        price.modalite == option.modality && price.demi_journees == option.presence.half_days()
    });
    let posts: Vec<PostId> = match solution.services[unit].server {
        Server::Post(post) => vec![post],
        Server::Team(_) | Server::Nobody => problem.posts.keys().collect(),
    };
    let lacking = posts.into_iter().filter_map(|post| {
        lacking_ticks(problem, solution, unit, next, post).map(|ticks| (ticks.max(0), post))
    });
    let least = lacking.min();
    Some(More {
        libelle: names::service(option.modality, option.presence),
        redistribution: priced.cloned(),
        poste: least.map(|(_, post)| problem.posts[post].id.clone()),
        etp: least.map(|(ticks, _)| full_time(problem, ticks)),
    })
}

/// Ticks that a post lacks to serve a unit so, the rest of its sector unchanged; nothing where a
/// rule other than its time forbids it.
fn lacking_ticks(
    problem: &Problem,
    solution: &Solution,
    unit: UnitId,
    option: usize,
    post: PostId,
) -> Option<i64> {
    let who = &problem.posts[post];
    let seat = solution.seats[post]?;
    let what = &problem.units[unit];
    may_serve(problem, post, seat, unit, &what.options[option]).ok()?;
    if problem.items[what.item].len() > 1 && solution.services[unit].server != Server::Post(post) {
        return None;
    }
    let mut other = solution.clone();
    other.services[unit] = Service { server: Server::Post(post), option };
    let week = post_score(problem, &other, post);
    let rep_plus = other.sector(post).any(|unit| problem.units[unit].is_rep_plus());
    let limits = &problem.bareme.limites;
    let most = if rep_plus { limits.rep_plus_etablissements_max } else { u8::MAX };
    let most = u32::from(most.min(who.max_establishments));
    (week.count <= most).then_some(week.load - who.capacity)
}

/// Ticks as full-time equivalents, rounded up to the hundredth.
fn full_time(problem: &Problem, ticks: i64) -> f64 {
    let time = &problem.bareme.temps;
    let half_days = (time.demi_journees_par_etp - time.deductions_par_etp).max(1.0);
    let full = half_days * (HALF_DAY_MINUTES / TICK_MINUTES) as f64;
    (ticks as f64 / full * 100.0 - 1e-9).ceil().max(0.0) / 100.0
}
