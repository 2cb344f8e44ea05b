//! Figures of the whole plan.

use std::collections::BTreeMap;

use crate::domain::{
    Category, CategoryCoverage, EstablishmentKind, Indicators, Modality, PostPlan,
};
use crate::policy::eligibility::pair_terms;
use crate::policy::scorecard::team_changes;
use crate::policy::{Problem, Server, Solution, Unit, UnitId};
use crate::travel::accuracy::figures;

use super::half_days;

/// All indicators; definitions stand with their fields.
pub(super) fn indicators(problem: &Problem, solution: &Solution, posts: &[PostPlan]) -> Indicators {
    let served = problem.posts.iter_enumerated().filter(|(_, post)| post.in_service);
    let etp: f64 = served
        .map(|(id, _)| f64::from(problem.dossier.posts[usize::from(id)].quotite_percent))
        .sum();
    let pupils: u32 = posts.iter().map(|post| post.eleves_portes).sum();
    let capacity: i64 = posts.iter().map(|post| post.capacite_minutes).sum();
    let travel: i64 = posts.iter().map(|post| post.trajet_minutes).sum();
    let balance = balance(posts);
    Indicators {
        modalites: modalities(problem, solution),
        etp: etp / 100.0,
        demi_journees: posts.iter().map(|post| post.demi_journees).sum(),
        besoin: problem.units.iter().map(|unit| unit.need_centi).sum::<i64>() as f64 / 100.0,
        couverture: coverage(problem, solution),
        eleves_par_etp: rounded(
            if etp > 0.0 { f64::from(pupils) * 100.0 / etp } else { 0.0 },
            10.0,
        ),
        part_trajet: rounded(ratio(half_days(travel), half_days(capacity)), 10_000.0),
        km_semaine: rounded(posts.iter().map(|post| post.km_semaine).sum(), 10.0),
        frais_km_euros_an: rounded(posts.iter().map(|post| post.frais_km_euros_an).sum(), 100.0),
        indice_equilibre: rounded(balance.index, 10.0),
        gini: rounded(balance.gini, 10_000.0),
        changements: changes(problem, solution),
        trajets: figures(problem.matrix.counts(), problem.estimate_error),
    }
}

fn modalities(problem: &Problem, solution: &Solution) -> BTreeMap<String, u32> {
    let mut count: BTreeMap<String, u32> =
        Modality::ALL.into_iter().map(|modality| (modality.code().to_owned(), 0)).collect();
    for unit in problem.units.keys() {
        let code = solution.option(problem, unit).modality.code();
        *count.entry(code.to_owned()).or_default() += 1;
    }
    count
}

fn coverage(problem: &Problem, solution: &Solution) -> BTreeMap<String, CategoryCoverage> {
    let mut groups: BTreeMap<String, Vec<UnitId>> = BTreeMap::new();
    for (id, unit) in problem.units.iter_enumerated() {
        let mut add = |code: &str| groups.entry(code.to_owned()).or_default().push(id);
        add("TOUS");
        // A vocational lycee is one by its type: its category would count it twice.
        let by_type = |category: &Category| category.code() == unit.kind.code();
        unit.categories
            .iter()
            .filter(|category| !by_type(category) && !is_network(unit))
            .for_each(|category| add(category.code()));
        add(if is_network(unit) { "RESEAU" } else { unit.kind.code() });
    }
    groups
        .into_iter()
        .map(|(code, units)| (code, category_coverage(problem, solution, &units)))
        .collect()
}

fn is_network(unit: &Unit) -> bool {
    unit.kind == EstablishmentKind::Ecole
}

fn category_coverage(problem: &Problem, solution: &Solution, units: &[UnitId]) -> CategoryCoverage {
    let options = || units.iter().map(|unit| solution.option(problem, *unit));
    let need: i64 = units.iter().map(|unit| problem.units[*unit].need_centi).sum();
    let full: f64 = units
        .iter()
        .map(|unit| problem.units[*unit].points * problem.units[*unit].need_centi as f64)
        .sum();
    let value: i64 = options().map(|option| option.value).sum();
    CategoryCoverage {
        unites: units.len() as u32,
        permanences: options().filter(|option| option.modality == Modality::Permanence).count()
            as u32,
        besoin: need as f64 / 100.0,
        demi_journees: options().map(|option| option.presence.half_days()).sum(),
        part_couverte: rounded(ratio(value as f64, full), 10_000.0),
    }
}

struct Balance {
    index: f64,
    gini: f64,
}

/// Over the posts with sector time: carried need per capacity.
fn balance(posts: &[PostPlan]) -> Balance {
    let loads: Vec<f64> = posts
        .iter()
        .filter(|post| post.capacite_minutes > 0)
        .map(|post| post.besoin_porte / post.capacite_minutes as f64)
        .collect();
    let count = loads.len() as f64;
    let mean = ratio(loads.iter().sum(), count);
    let deviation: f64 = loads.iter().map(|load| (load - mean).abs()).sum();
    let differences: f64 =
        loads.iter().flat_map(|a| loads.iter().map(move |b| (a - b).abs())).sum();
    Balance {
        index: (100.0 - 100.0 * ratio(deviation, count * mean)).max(0.0),
        gini: ratio(differences, 2.0 * count * count * mean),
    }
}

fn changes(problem: &Problem, solution: &Solution) -> u32 {
    let changed = |unit: &UnitId| match solution.services[*unit].server {
        Server::Post(post) => {
            let seat = solution.seats[post].expect("a post that serves has a seat");
            pair_terms(problem, Some((post, seat)), *unit).1
        }
        Server::Team(team) => team_changes(problem, team, *unit),
        Server::Nobody => pair_terms(problem, None, *unit).1,
    };
    problem.units.keys().filter(changed).count() as u32
}

/// 0 where the whole is nothing.
fn ratio(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

fn rounded(value: f64, scale: f64) -> f64 {
    (value * scale).round() / scale
}
