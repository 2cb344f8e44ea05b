//! The departements of the Poitiers academie, from a table joined by UAI that is no format of the
//! ministry: a plain conversion, for tests on the real Deux-Sevres.

use std::collections::BTreeMap;

use maillage::domain::{
    Categories, Category, Dossier, Establishment, EstablishmentKind, Field, Post, Scenario,
};
use maillage::import::{Table, parse_number};

/// The public second degree of a departement ("79": 35 colleges, 16 lycees) with `posts` full-time
/// posts to place, or `None` where the data is not there.
pub fn dossier(departement: &str, posts: usize) -> Option<Dossier> {
    let path = super::shared("data/annuaire/second_degre_public_poitiers.csv")?;
    let table = Table::read(&path).expect("the table is readable");
    Some(Dossier {
        scenario: Scenario {
            name: format!("Département {departement}"),
            year: 2026,
            departement: departement.to_owned(),
            profile: "deux-sevres-2018".to_owned(),
            overrides: toml::Table::new(),
        },
        establishments: establishments(&table, departement),
        posts: (1..=posts).map(post).collect(),
        advisers: Vec::new(),
        trips: Vec::new(),
        current: Vec::new(),
        pole_teams: Vec::new(),
        decisions: Vec::new(),
        affinities: Vec::new(),
        outline: None,
        digests: BTreeMap::new(),
        edits: Vec::new(),
    })
}

fn establishments(table: &Table, departement: &str) -> Vec<Establishment> {
    let column = |name: &str| table.column(&[name]).expect("the table has the column");
    let names = [
        "uai",
        "nom",
        "type",
        "commune",
        "commune_insee",
        "lat",
        "lon",
        "effectif",
        "effectif_annee",
        "ips",
        "rep",
        "segpa_eleves_2020",
        "ulis_eleves_2020",
        "zonage_rural",
    ];
    let columns = names.map(column);
    let of_departement = column("departement");
    table
        .rows
        .iter()
        .filter(|row| row.get(of_departement) == departement)
        .map(|row| establishment(columns.map(|column| row.get(column))))
        .collect()
}

fn establishment(cells: [&str; 14]) -> Establishment {
    let [
        uai,
        name,
        kind,
        commune,
        code,
        latitude,
        longitude,
        pupils,
        year,
        ips,
        rep,
        segpa,
        ulis,
        rural,
    ] = cells;
    let kind: EstablishmentKind = kind.parse().expect("the type is known");
    let rural_class: Option<u8> = rural.strip_prefix("tr").and_then(|class| class.parse().ok());
    let told = |text: &str| parse_number(text).map(|count| count > 0.0);
    let vocational = matches!(kind, EstablishmentKind::Lp | EstablishmentKind::Lpo);
    Establishment {
        uai: uai.to_owned(),
        name: name.split_whitespace().collect::<Vec<_>>().join(" "),
        kind,
        commune: commune.to_owned(),
        commune_code: code.to_owned(),
        latitude: parse_number(latitude).expect("a latitude"),
        longitude: parse_number(longitude).expect("a longitude"),
        pupils: parse_number(pupils).map(|pupils| pupils as u32),
        post_bac_pupils: 0,
        categories: categories([
            (Category::RepPlus, Some(rep == "REP+")),
            (Category::Rep, Some(rep == "REP")),
            (Category::Egpa, told(segpa)),
            (Category::Ulis, told(ulis)),
            (Category::Upe2a, None),
            (Category::Relais, None),
            (Category::Internat, None),
            (Category::Lp, Some(vocational)),
            (Category::Rural, rural_class.map(|class| class <= 2)),
        ]),
        ips: parse_number(ips),
        pupils_year: year.get(..4).and_then(|year| year.parse().ok()),
        forecast: None,
        bassin: String::new(),
        network: None,
        group: None,
        on_priority_list: false,
        assistants_max: 1,
        rural_class,
    }
}

fn categories(answers: [(Category, Option<bool>); 9]) -> Categories {
    let with = |wanted: Option<bool>| {
        answers
            .into_iter()
            .filter(move |(_, answer)| *answer == wanted)
            .map(|(category, _)| category)
            .collect()
    };
    Categories { present: with(Some(true)), unknown: with(None) }
}

fn post(number: usize) -> Post {
    Post { field: Field::SecondDegree, ..Post::full_time(format!("P{number:02}")) }
}
