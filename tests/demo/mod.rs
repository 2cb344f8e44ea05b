//! Fictional departements: exact counts, repeatable, plausible, and readable as dossiers.

mod command;

use std::collections::BTreeSet;

use maillage::demo::{GeneratorSettings, generate};
use maillage::domain::{Category, Dossier, Establishment, EstablishmentKind};
use maillage::import::{Code, Table, fold, read_dossier, write_dossier};

use crate::common::shared;

fn count(dossier: &Dossier, kind: EstablishmentKind) -> usize {
    dossier.establishments.iter().filter(|unit| unit.kind == kind).count()
}

fn sizes() -> [GeneratorSettings; 4] {
    [
        GeneratorSettings::demonstration(),
        GeneratorSettings::with_175_units(1),
        GeneratorSettings::with_300_units(2),
        GeneratorSettings { ecoles_per_network: 5, ..GeneratorSettings::with_175_units(3) },
    ]
}

#[test]
fn the_demonstration_has_the_counts_of_the_deux_sevres() {
    let dossier = generate(&GeneratorSettings::demonstration());
    let kinds = EstablishmentKind::ALL.map(|kind| count(&dossier, kind));
    assert_eq!(kinds, [37, 5, 5, 7, 1, 0, 0]);
    let (mdph, sector): (Vec<_>, Vec<_>) =
        dossier.posts.iter().partition(|post| post.discharge_centi > 0);
    assert_eq!((sector.len(), mdph.len()), (12, 1));
    assert_eq!(mdph[0].discharge_centi, 10 * u32::from(mdph[0].quotite_percent));
    assert_eq!(sector.iter().filter(|post| post.residence.is_none()).count(), 1);
    assert_eq!(dossier.current.len(), 55);
    assert!(dossier.scenario.name.contains("fictif"));
}

#[test]
fn every_size_has_exactly_the_units_and_posts_asked_for() {
    for settings in sizes() {
        let dossier = generate(&settings);
        assert_eq!(count(&dossier, EstablishmentKind::College), settings.colleges);
        let lycees = [EstablishmentKind::Lp, EstablishmentKind::Lpo, EstablishmentKind::Legt];
        let lycees: usize = lycees.map(|kind| count(&dossier, kind)).iter().sum();
        assert_eq!(lycees, settings.lycees);
        assert_eq!(count(&dossier, EstablishmentKind::Erea), settings.erea);
        let circonscriptions = count(&dossier, EstablishmentKind::Circonscription);
        assert_eq!(circonscriptions, settings.circonscriptions);
        let heads = dossier
            .establishments
            .iter()
            .filter(|unit| unit.kind == EstablishmentKind::College)
            .filter(|unit| unit.categories.has(Category::RepPlus));
        let ecoles = heads.count() * settings.ecoles_per_network;
        assert_eq!(count(&dossier, EstablishmentKind::Ecole), ecoles);
        assert_eq!(dossier.posts.len(), settings.posts + usize::from(settings.mdph));
    }
    let units = |dossier: Dossier| dossier.establishments.len();
    assert_eq!(units(generate(&GeneratorSettings::with_175_units(9))), 175);
    assert_eq!(units(generate(&GeneratorSettings::with_300_units(9))), 300);
}

#[test]
fn the_seed_decides_everything() {
    let [first, again, other] =
        [4, 4, 5].map(|seed| generate(&GeneratorSettings::with_175_units(seed)));
    assert_eq!(first, again);
    assert_ne!(first.establishments, other.establishments);
}

#[test]
fn posts_to_place_change_nothing_but_their_residence() {
    let settings = GeneratorSettings::with_175_units(6);
    let fixed = generate(&settings);
    let free = generate(&settings.all_to_place());
    assert!(fixed.posts.iter().all(|post| post.residence.is_some()));
    assert!(free.posts.iter().all(|post| post.residence.is_none()));
    assert_eq!(fixed.establishments, free.establishments);
    assert_eq!(fixed.current, free.current);
}

#[test]
fn a_fictional_dossier_is_read_without_fault() {
    for settings in sizes() {
        let dossier = generate(&settings);
        let folder = tempfile::tempdir().expect("a temporary folder");
        write_dossier(folder.path(), &dossier).expect("written");
        let (mut back, warnings) = read_dossier(folder.path()).expect("no error");
        // What is true of the agent at the MDPH, and of an EREA, which has no IPS.
        let expected = [Code::NoSectorTime, Code::NoIps];
        let unexpected: Vec<_> =
            warnings.iter().filter(|warning| !expected.contains(&warning.code)).collect();
        assert!(unexpected.is_empty(), "{unexpected:#?}");
        back.digests.clear();
        assert_eq!(back, dossier);
    }
}

#[test]
fn shares_of_categories_are_those_of_real_departements() {
    let dossier = generate(&GeneratorSettings::with_300_units(7));
    let colleges: Vec<&Establishment> = dossier
        .establishments
        .iter()
        .filter(|unit| unit.kind == EstablishmentKind::College)
        .collect();
    let share = |holds: &dyn Fn(&Establishment) -> bool| {
        100 * colleges.iter().filter(|unit| holds(unit)).count() / colleges.len()
    };
    // Priority education goes with towns; rural colleges: from 4 in a hundred (Nord) to 47
    // (Deux-Sevres).
    for (category, expected) in [
        (Category::RepPlus, 2..=9),
        (Category::Rep, 4..=17),
        (Category::Egpa, 29..=29),
        (Category::Ulis, 60..=60),
        (Category::Rural, 4..=47),
    ] {
        let found = share(&|unit| unit.categories.has(category));
        assert!(expected.contains(&found), "{category}: {found} %");
    }
    let pupils: u32 = colleges.iter().map(|unit| unit.effective_pupils()).sum();
    let mean = pupils / u32::try_from(colleges.len()).expect("few colleges");
    assert!((400..600).contains(&mean), "{mean} pupils a college");
}

#[test]
fn schools_stand_in_mainland_france_and_some_side_by_side() {
    for settings in sizes() {
        let dossier = generate(&settings);
        let units = &dossier.establishments;
        assert!(units.iter().all(|unit| (45.5..47.5).contains(&unit.latitude)));
        assert!(units.iter().all(|unit| (1.0..4.0).contains(&unit.longitude)));
        let beside = |unit: &&Establishment| {
            units.iter().any(|other| {
                other.uai != unit.uai
                    && (other.latitude - unit.latitude).abs() < 0.0018
                    && (other.longitude - unit.longitude).abs() < 0.0026
            })
        };
        let share = 100 * units.iter().filter(beside).count() / units.len();
        assert!((8..60).contains(&share), "{share} % stand beside another");
        assert!(units.iter().any(|unit| unit.group.is_some()));
    }
}

#[test]
fn no_town_bears_the_name_of_a_real_commune() {
    let Some(path) = shared("data/communes/typologie_rurale_2021.csv") else { return };
    let table = Table::read(&path).expect("the typology is readable");
    let name = table.column(&["libgeo"]).expect("the column of names");
    let real: BTreeSet<String> = table.rows.iter().map(|row| fold(row.get(name))).collect();
    for settings in sizes() {
        for unit in generate(&settings).establishments {
            assert!(!real.contains(&fold(&unit.commune)), "{} is a real commune", unit.commune);
        }
    }
}
