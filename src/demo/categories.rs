//! Pupils, IPS and categories of fictional schools, in the shares that real ones have.

use rand::RngExt;
use rand_chacha::ChaCha8Rng;

use super::schools::School;
use crate::domain::{Categories, Category, Establishment, EstablishmentKind};

/// Shares of the public colleges of towns (tr5 and tr6) in priority education, in hundredths: the
/// lowest IPS. Hardly any other college is (7 and 14 in a hundred of all, open data 2022).
const REP_PLUS: usize = 11;
const REP: usize = 21;
/// Shares of all public colleges that have each category, in hundredths; drawn.
const SEGPA: usize = 29;
const ULIS: usize = 60;
const COLLEGE_BOARDING: usize = 5;
const UPE2A: usize = 9;
const RELAIS: usize = 4;
/// Shares of the lycees.
const LYCEE_BOARDING: usize = 60;
const LYCEE_ULIS: usize = 30;
/// Second-degree pupils that a post carries at most, on average: from 1,300 to 1,800 where public
/// sources count them (Seine-et-Marne, 2025).
const PUPILS_PER_POST: usize = 1_600;
/// Colleges on the recteur's list (R4).
const PRIORITY_LIST: usize = 2;

/// Fills pupils, IPS and categories.
pub(super) fn draw(schools: &mut [School<'_>], rng: &mut ChaCha8Rng) {
    for school in schools.iter_mut() {
        let (pupils, ips) = size_and_ips(school.unit.kind, school.town.rural_class, rng);
        school.unit.pupils = Some(pupils);
        school.unit.ips = ips.map(rounded);
        school.unit.categories = by_kind(&school.unit);
    }
    priority_education(schools, rng);
    let is = |kinds: &'static [EstablishmentKind]| {
        move |unit: &Establishment| kinds.contains(&unit.kind)
    };
    let colleges: &[EstablishmentKind] = &[EstablishmentKind::College];
    let lycees: &[EstablishmentKind] =
        &[EstablishmentKind::Lp, EstablishmentKind::Lpo, EstablishmentKind::Legt];
    give(Category::Egpa, SEGPA, is(colleges), schools, rng);
    give(Category::Ulis, ULIS, is(colleges), schools, rng);
    give(Category::Internat, COLLEGE_BOARDING, is(colleges), schools, rng);
    give(Category::Upe2a, UPE2A, is(colleges), schools, rng);
    give(Category::Relais, RELAIS, is(colleges), schools, rng);
    give(Category::Internat, LYCEE_BOARDING, is(lycees), schools, rng);
    give(Category::Ulis, LYCEE_ULIS, is(lycees), schools, rng);
}

/// Makes schools smaller where the posts asked for would carry too many pupils.
pub(super) fn fit_to_posts(schools: &mut [School<'_>], posts: usize) {
    let total: u32 = schools.iter().map(|school| school.unit.effective_pupils()).sum();
    let scale = (posts * PUPILS_PER_POST) as f64 / f64::from(total);
    for school in schools.iter_mut().filter(|_| scale < 1.0) {
        let pupils = f64::from(school.unit.effective_pupils());
        school.unit.pupils = Some((scale * pupils).round() as u32);
    }
}

/// Sum of two even draws: the middle of the range is likelier than its ends.
fn bell(least: f64, most: f64, rng: &mut ChaCha8Rng) -> f64 {
    let half = (most - least) / 2.0;
    least + rng.random_range(0.0..=half) + rng.random_range(0.0..=half)
}

fn size_and_ips(
    kind: EstablishmentKind,
    rural_class: u8,
    rng: &mut ChaCha8Rng,
) -> (u32, Option<f64>) {
    let (pupils, ips) = match (kind, rural_class) {
        (EstablishmentKind::College, ..=2) => ((110.0, 420.0), (85.0, 112.0)),
        (EstablishmentKind::College, 3..=4) => ((280.0, 720.0), (94.0, 124.0)),
        (EstablishmentKind::College, _) => ((330.0, 800.0), (72.0, 134.0)),
        (EstablishmentKind::Lp, _) => ((200.0, 540.0), (72.0, 96.0)),
        (EstablishmentKind::Lpo, ..=2) => ((280.0, 760.0), (84.0, 106.0)),
        (EstablishmentKind::Lpo, _) => ((450.0, 1400.0), (84.0, 114.0)),
        (EstablishmentKind::Legt, ..=2) => ((300.0, 820.0), (98.0, 120.0)),
        (EstablishmentKind::Legt, _) => ((450.0, 1600.0), (100.0, 130.0)),
        _ => return (bell(70.0, 140.0, rng) as u32, None),
    };
    (bell(pupils.0, pupils.1, rng) as u32, Some(bell(ips.0, ips.1, rng)))
}

/// What the type or the commune says by itself.
fn by_kind(unit: &Establishment) -> Categories {
    let vocational = matches!(unit.kind, EstablishmentKind::Lp | EstablishmentKind::Lpo);
    let erea = unit.kind == EstablishmentKind::Erea;
    [
        (Category::Lp, vocational),
        (Category::Egpa, erea),
        (Category::Internat, erea),
        (Category::Rural, unit.rural_class.is_some_and(|class| class <= 2)),
    ]
    .into_iter()
    .filter_map(|(category, holds)| holds.then_some(category))
    .collect()
}

/// REP+ and REP to the colleges of the towns with the lowest IPS, lowered to that of such networks;
/// the recteur's list to the lowest of the country. No REP+ college is in a group: its AS holds
/// few establishments.
fn priority_education(schools: &mut [School<'_>], rng: &mut ChaCha8Rng) {
    let urban = by_ips(schools, |class| class >= 5);
    let (rep_plus, rep) = (share_of(urban.len(), REP_PLUS), share_of(urban.len(), REP));
    let (alone, grouped): (Vec<usize>, Vec<usize>) =
        urban.into_iter().partition(|index| schools[*index].unit.group.is_none());
    let mut ranked = alone.into_iter();
    for index in ranked.by_ref().take(rep_plus) {
        join_network(&mut schools[index].unit, Category::RepPlus, bell(64.0, 80.0, rng));
    }
    for index in ranked.chain(grouped).take(rep) {
        join_network(&mut schools[index].unit, Category::Rep, bell(76.0, 92.0, rng));
    }
    for index in by_ips(schools, |class| class <= 2).into_iter().take(PRIORITY_LIST) {
        schools[index].unit.on_priority_list = true;
    }
}

fn join_network(unit: &mut Establishment, network: Category, ips: f64) {
    unit.categories.present.insert(network);
    unit.ips = unit.ips.map(|own| own.min(rounded(ips)));
}

fn rounded(ips: f64) -> f64 {
    (ips * 10.0).round() / 10.0
}

fn is_college(unit: &Establishment) -> bool {
    unit.kind == EstablishmentKind::College
}

/// Colleges of the communes wanted, by increasing IPS.
fn by_ips(schools: &[School<'_>], wanted: fn(u8) -> bool) -> Vec<usize> {
    let mut colleges: Vec<(f64, usize)> = schools
        .iter()
        .enumerate()
        .filter(|(_, school)| is_college(&school.unit))
        .filter(|(_, school)| wanted(school.town.rural_class))
        .filter_map(|(index, school)| Some((school.unit.ips?, index)))
        .collect();
    colleges.sort_by(|left, right| left.0.total_cmp(&right.0).then(left.1.cmp(&right.1)));
    colleges.into_iter().map(|(_, index)| index).collect()
}

/// Hundredths of a number, to the nearest, one at least where there is any.
fn share_of(total: usize, hundredths: usize) -> usize {
    ((total * hundredths + 50) / 100).max(1).min(total)
}

/// Gives the category to that share of the schools wanted.
fn give(
    category: Category,
    hundredths: usize,
    wanted: impl Fn(&Establishment) -> bool,
    schools: &mut [School<'_>],
    rng: &mut ChaCha8Rng,
) {
    let mut candidates: Vec<usize> =
        (0..schools.len()).filter(|index| wanted(&schools[*index].unit)).collect();
    for _ in 0..share_of(candidates.len(), hundredths) {
        let index = candidates.swap_remove(rng.random_range(0..candidates.len()));
        schools[index].unit.categories.present.insert(category);
    }
}
