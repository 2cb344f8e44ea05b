//! Schools of a fictional departement, in its towns.

use rand::RngExt;
use rand_chacha::ChaCha8Rng;

use super::towns::{Spot, Town};
use super::{GeneratorSettings, categories, names};
use crate::domain::{Categories, Category, Establishment, EstablishmentKind, Uai};

/// First number of the UAIs: no departement is 099.
const FIRST_UAI: u32 = 990_001;
/// One lycee in this many stands beside a college of its town.
const SHARED_SITES: usize = 3;
/// One shared site in this many is a cite scolaire, declared as a group.
const GROUPS: usize = 2;
/// Pupils of a circonscription, least and most.
const CIRCONSCRIPTION_PUPILS: (u32, u32) = (3_000, 6_500);

/// A school and where it stands.
pub(super) struct School<'a> {
    pub unit: Establishment,
    pub town: &'a Town,
    spot: Spot,
}

/// Everything but posts: colleges, lycees, EREA, circonscriptions, ecoles of networks.
pub(super) fn draw(
    settings: &GeneratorSettings,
    towns: &[Town],
    rng: &mut ChaCha8Rng,
) -> Vec<Establishment> {
    let mut schools = Vec::new();
    colleges(settings.colleges, towns, &mut schools, rng);
    lycees(settings.lycees, towns, &mut schools, rng);
    for _ in 0..settings.erea {
        let town = &towns[rng.random_range(0..towns.len().div_ceil(3))];
        add(EstablishmentKind::Erea, "EREA", town, &mut schools, rng);
    }
    categories::draw(&mut schools, rng);
    categories::fit_to_posts(&mut schools, settings.posts);
    circonscriptions(settings.circonscriptions, towns, &mut schools, rng);
    ecoles(settings.ecoles_per_network, &mut schools, rng);
    schools.into_iter().map(|school| school.unit).collect()
}

/// One college in each town, the others by size.
fn colleges<'a>(
    count: usize,
    towns: &'a [Town],
    schools: &mut Vec<School<'a>>,
    rng: &mut ChaCha8Rng,
) {
    for (town, more) in towns.iter().zip(shares(count - towns.len().min(count), towns)) {
        for _ in 0..=more {
            if schools.len() < count {
                add(EstablishmentKind::College, "Collège", town, schools, rng);
            }
        }
    }
}

/// Lycees by size of town: a third LP, a third LPO, the others LEGT, drawn without regard to size.
fn lycees<'a>(
    count: usize,
    towns: &'a [Town],
    schools: &mut Vec<School<'a>>,
    rng: &mut ChaCha8Rng,
) {
    let third = count * 3 / 10;
    let mut kinds: Vec<_> = [
        (EstablishmentKind::Lp, "Lycée professionnel", third),
        (EstablishmentKind::Lpo, "Lycée polyvalent", third),
        (EstablishmentKind::Legt, "Lycée général et technologique", count - 2 * third),
    ]
    .into_iter()
    .flat_map(|(kind, title, times)| std::iter::repeat_n((kind, title), times))
    .collect();
    let mut number = 0;
    for (town, share) in towns.iter().zip(shares(count, towns)) {
        for _ in 0..share {
            let (kind, title) = kinds.swap_remove(rng.random_range(0..kinds.len()));
            add(kind, title, town, schools, rng);
            number += 1;
            if number % SHARED_SITES == 0 {
                move_beside_college(number / SHARED_SITES, schools, rng);
            }
        }
    }
}

/// Moves the last school beside a college of its town that has no lycee beside it yet.
fn move_beside_college(number: usize, schools: &mut [School<'_>], rng: &mut ChaCha8Rng) {
    let (lycee, others) = schools.split_last_mut().expect("a lycee was just added");
    let free = others.iter().position(|school| {
        school.unit.kind == EstablishmentKind::College
            && school.unit.commune == lycee.unit.commune
            && others.iter().filter(|other| other.spot.km(school.spot) < 0.2).count() == 1
    });
    let Some(college) = free.map(|index| &mut others[index]) else { return };
    lycee.spot = college.spot.ring(0.05, 0.14, rng);
    (lycee.unit.latitude, lycee.unit.longitude) = lycee.spot.degrees();
    if number.is_multiple_of(GROUPS) {
        let group = Some(format!("CITE-{}", college.unit.uai));
        lycee.unit.group.clone_from(&group);
        college.unit.group = group;
    }
}

/// Circonscriptions by size of town; in the country their ecoles spread around.
fn circonscriptions<'a>(
    count: usize,
    towns: &'a [Town],
    schools: &mut Vec<School<'a>>,
    rng: &mut ChaCha8Rng,
) {
    for (town, share) in towns.iter().zip(shares(count, towns)) {
        for number in 1..=share {
            add(EstablishmentKind::Circonscription, "Circonscription", town, schools, rng);
            let school = schools.last_mut().expect("a circonscription was just added");
            school.unit.name = match share {
                1 => format!("Circonscription {}", names::of(&town.name)),
                _ => format!("Circonscription {} {number}", names::of(&town.name)),
            };
            let (least, most) = CIRCONSCRIPTION_PUPILS;
            school.unit.pupils = Some(rng.random_range(least..=most));
        }
    }
}

/// Ecoles around each REP+ college.
fn ecoles(per_network: usize, schools: &mut Vec<School<'_>>, rng: &mut ChaCha8Rng) {
    let heads: Vec<(Spot, &Town, Establishment)> = schools
        .iter()
        .filter(|school| school.unit.categories.has(Category::RepPlus))
        .map(|school| (school.spot, school.town, school.unit.clone()))
        .collect();
    for (spot, town, head) in heads {
        for _ in 0..per_network {
            add(EstablishmentKind::Ecole, "École", town, schools, rng);
            let school = schools.last_mut().expect("an ecole was just added");
            school.spot = spot.near(1.2, rng);
            (school.unit.latitude, school.unit.longitude) = school.spot.degrees();
            school.unit.pupils = Some(rng.random_range(90..=260));
            school.unit.categories = [Category::RepPlus].into_iter().collect();
            school.unit.network = Some(head.uai.clone());
        }
    }
}

/// Adds a school somewhere in its town, without pupils or categories yet.
fn add<'a>(
    kind: EstablishmentKind,
    title: &str,
    town: &'a Town,
    schools: &mut Vec<School<'a>>,
    rng: &mut ChaCha8Rng,
) {
    let number = schools.len();
    let spot = town.spot.near(0.4 + 5.0 * town.weight.sqrt(), rng);
    let (latitude, longitude) = spot.degrees();
    let uai = Uai::from_number(FIRST_UAI + u32::try_from(number).expect("few schools"));
    let unit = Establishment {
        uai: uai.to_string(),
        name: format!("{title} {}", names::place(number)),
        kind,
        commune: town.name.clone(),
        commune_code: String::new(),
        latitude,
        longitude,
        pupils: None,
        post_bac_pupils: 0,
        categories: Categories::default(),
        ips: None,
        pupils_year: Some(super::RENTREE - 1),
        forecast: None,
        bassin: town.bassin.clone(),
        network: None,
        group: None,
        on_priority_list: false,
        assistants_max: 1,
        rural_class: Some(town.rural_class),
    };
    schools.push(School { unit, town, spot });
}

/// Splits `count` over the towns by their weights: largest remainders, ties to the larger town.
fn shares(count: usize, towns: &[Town]) -> Vec<usize> {
    let exact: Vec<f64> = towns.iter().map(|town| town.weight * count as f64).collect();
    let mut shares: Vec<usize> = exact.iter().map(|share| *share as usize).collect();
    let mut by_rest: Vec<usize> = (0..towns.len()).collect();
    by_rest.sort_by(|left, right| exact[*right].fract().total_cmp(&exact[*left].fract()));
    let missing = count - shares.iter().sum::<usize>();
    for town in by_rest.into_iter().take(missing) {
        shares[town] += 1;
    }
    shares
}
