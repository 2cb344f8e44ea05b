//! What is written reads back the same, whatever the texts; a workbook reads like its CSV.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use jiff::civil::date;
use maillage::domain::{
    Adviser, Affinity, Categories, Category, CurrentService, Decision, DecisionKind, Dossier,
    Establishment, EstablishmentKind, Field, Modality, PoleTeam, Post, Presence, Scenario, Trip,
    Uai,
};
use maillage::import::write_dossier;
use proptest::option;
use proptest::prelude::*;

use super::read;

/// A text as odd as a cell can hold; blanks around it do not count.
fn odd_text() -> impl Strategy<Value = String> {
    let start = prop::sample::select(vec![
        "", "=", "+", "-", "@", "'", "'=", "''", "\"", "é", "＝", "#", "sep=",
    ]);
    let rest = prop::collection::vec(
        prop::sample::select(vec![
            "a", "É", "ç", ";", ",", "\"", "'", "\n", "\r\n", " ", "\u{a0}", "|", "=", "0", "œ",
            "日", "\t", "\\",
        ]),
        0..8,
    );
    (start, rest)
        .prop_map(|(start, rest)| format!("{start}{}", rest.concat()).trim().to_owned())
        .prop_filter("mandatory", |text| !text.is_empty())
}

fn categories() -> impl Strategy<Value = Categories> {
    prop::collection::vec(0..3_u8, Category::ALL.len()).prop_map(|states| {
        let pick = |wanted: u8| -> BTreeSet<Category> {
            let states = states.iter().zip(Category::ALL);
            states.filter(|(state, _)| **state == wanted).map(|(_, category)| category).collect()
        };
        let (mut present, unknown) = (pick(1), pick(2));
        if present.contains(&Category::RepPlus) {
            present.remove(&Category::Rep);
        }
        Categories { present, unknown }
    })
}

prop_compose! {
    fn establishment()(
        texts in prop::collection::vec(odd_text(), 4),
        kind in prop::sample::select(EstablishmentKind::ALL.to_vec()),
        place in (42.0..51.0_f64, -4.0..8.0_f64),
        pupils in option::of(0..20_000_u32),
        post_bac_pupils in 0..20_000_u32,
        categories in categories(),
        ips in option::of(20.0..200.0_f64),
        year in option::of(2000..=2100_u16),
        forecast in option::of((0..20_000_u32, 2000..=2100_u16)),
        grouped in any::<bool>(),
        on_priority_list in any::<bool>(),
        assistants_max in 1..=20_u8,
        rural_class in option::of(1..=6_u8),
    ) -> Establishment {
        Establishment {
            uai: String::new(),
            name: texts[0].clone(),
            kind,
            commune: texts[1].clone(),
            commune_code: "2A004".to_owned(),
            latitude: place.0,
            longitude: place.1,
            pupils,
            post_bac_pupils,
            categories,
            ips,
            pupils_year: year,
            forecast,
            bassin: texts[2].clone(),
            network: (kind == EstablishmentKind::Ecole).then(|| Uai::from_number(319_000).to_string()),
            group: grouped.then(|| texts[3].clone()),
            on_priority_list,
            assistants_max,
            rural_class,
        }
    }
}

prop_compose! {
    fn post()(
        texts in prop::collection::vec(odd_text(), 3),
        quotite_percent in 1..=100_u8,
        field in prop::sample::select(vec![Field::FirstDegree, Field::SecondDegree, Field::Both]),
        discharge_centi in 0..=1000_u32,
        options in prop::collection::vec(any::<bool>(), 6),
        limits in (1..=600_u32, 1..=99_u8),
    ) -> Post {
        Post {
            id: texts[0].clone(),
            agent: options[0].then(|| texts[1].clone()),
            quotite_percent,
            residence: None,
            bassin: None,
            field,
            discharge_centi,
            working_days: options[1].then(|| texts[2].clone()),
            vacant: options[2],
            from: options[3].then(|| date(2026, 2, 3)),
            until: options[4].then(|| date(2027, 12, 31)),
            max_trip_minutes: options[5].then_some(limits.0),
            max_establishments: options[5].then_some(limits.1),
            home_commune: options[2].then(|| "31555".to_owned()),
            horsepower: options[3].then_some(limits.1),
        }
    }
}

prop_compose! {
    fn dossier()(
        name in odd_text(),
        mut establishments in prop::collection::vec(establishment(), 1..6),
        mut posts in prop::collection::vec(post(), 1..4),
        numbers in (0.0..1000.0_f64, 0.0..2000.0_f64, -1000.0..1000.0_f64, 1..=200_u16, 0..=999_u16),
        reason in odd_text(),
        threshold in 50.0..150.0_f64,
    ) -> Dossier {
        for (index, row) in establishments.iter_mut().enumerate() {
            row.uai = Uai::from_number(319_001 + index as u32).to_string();
        }
        for (index, post) in posts.iter_mut().enumerate() {
            post.id = format!("{}{index}", post.id);
        }
        posts[0].residence = establishments.iter().find(|row| row.kind != EstablishmentKind::Ecole).map(|row| row.uai.clone());
        posts[0].bassin = Some(establishments[0].bassin.clone());
        let unit = posts[0].residence.clone().unwrap_or_else(|| format!("RESEAU-{}", Uai::from_number(319_000)));
        let post = posts[0].id.clone();
        let bareme = format!("couverture = \"tous\"\n[besoin]\nrural_ips_max = {threshold:?}\n");
        Dossier {
            scenario: Scenario {
                name,
                year: 2026,
                departement: "31".to_owned(),
                profile: "haute-garonne-2024".to_owned(),
                overrides: bareme.parse().expect("TOML"),
            },
            advisers: vec![Adviser { id: post.clone(), bassin: establishments[0].bassin.clone(), references_max: numbers.4 }],
            trips: vec![Trip { from: unit.clone(), to: post.clone(), minutes: numbers.0, km: numbers.1, computed: true }],
            current: vec![CurrentService {
                uai: unit.clone(),
                post: Some(post.clone()),
                modality: Some(Modality::Permanence),
                presence: Some(Presence(numbers.3)),
            }],
            pole_teams: vec![PoleTeam { id: reason.clone(), posts: posts.iter().map(|post| post.id.clone()).collect() }],
            decisions: vec![Decision {
                uai: unit.clone(),
                kind: DecisionKind::Forbid,
                post: Some(post.clone()),
                modality: None,
                presence: Some(Presence(numbers.3)),
                reason,
            }],
            affinities: vec![Affinity { post, uai: unit, points: numbers.2 }],
            establishments,
            posts,
            outline: None,
            digests: BTreeMap::new(),
            edits: Vec::new(),
        }
    }
}

/// The dossier without the digests of its files.
fn contents(folder: &Path) -> Dossier {
    Dossier { digests: BTreeMap::new(), ..read(folder) }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn what_is_written_reads_back_the_same(dossier in dossier()) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        write_dossier(folder.path(), &dossier).expect("written");
        prop_assert_eq!(&contents(folder.path()), &dossier);
        for entry in fs::read_dir(folder.path()).expect("listed") {
            let path = entry.expect("an entry").path();
            prop_assert!(path.extension().is_some_and(|ending| ending != "tmp"));
        }
    }
}

#[test]
fn no_written_cell_starts_like_a_formula() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut dossier = read(super::base());
    dossier.establishments[0].name = "=HYPERLINK(\"http://exemple.invalid\")".to_owned();
    dossier.posts[0].agent = Some("@SOMME(A1)".to_owned());
    write_dossier(folder.path(), &dossier).expect("written");
    for file in ["etablissements.csv", "postes.csv"] {
        let text = fs::read_to_string(folder.path().join(file)).expect("UTF-8");
        let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(text.as_bytes());
        for record in reader.records() {
            for cell in &record.expect("a record") {
                assert!(!cell.starts_with(['=', '+', '@']), "{cell}");
            }
        }
    }
}

#[test]
fn a_dossier_never_holds_a_file_twice() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("postes.xlsx"), "").expect("written");
    let error = write_dossier(folder.path(), &read(super::base())).expect_err("refused");
    assert!(error.to_string().contains("postes.xlsx"), "{error}");
    assert!(!folder.path().join("postes.csv").exists());
}
