//! Time of each stage of the main job at three sizes: 55 (the demonstration), 175 and 300 units (fictional
//! departements, fixed residences, seed 1). `cargo bench` prints medians; state the machine with them.

use divan::Bencher;
use maillage::demo::{GeneratorSettings, generate};
use maillage::domain::Dossier;
use maillage::import::{read_dossier, write_dossier};
use maillage::model::Built;
use maillage::policy::{Problem, profile};
use maillage::solve::find::{Request, find};
use maillage::solve::listener::Silent;
use maillage::solve::sectors::{Objective, Sectors};
use maillage::solve::terminator::NeverStop;
use maillage::travel::{EstimateFactors, Place, TravelMatrix};

const SIZES: [usize; 3] = [55, 175, 300];

fn main() {
    divan::main();
}

fn dossier(units: usize) -> Dossier {
    generate(&match units {
        55 => GeneratorSettings::demonstration(),
        175 => GeneratorSettings::with_175_units(1),
        _ => GeneratorSettings::with_300_units(1),
    })
}

fn problem(units: usize) -> Problem {
    let dossier = dossier(units);
    let bareme = profile::load(&dossier.scenario.profile, &dossier.scenario.overrides)
        .expect("the generator names a carried profil");
    Problem::new(dossier, bareme, &EstimateFactors::default())
}

#[divan::bench(args = SIZES)]
fn read(bencher: Bencher<'_, '_>, units: usize) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write_dossier(folder.path(), &dossier(units)).expect("the dossier is written");
    bencher.bench(|| read_dossier(folder.path()).expect("the dossier is valid"));
}

#[divan::bench(args = SIZES)]
fn travel_matrix(bencher: Bencher<'_, '_>, units: usize) {
    let places: Vec<Place> = dossier(units)
        .establishments
        .iter()
        .map(|row| Place {
            id: row.uai.clone(),
            latitude: row.latitude,
            longitude: row.longitude,
            rural_class: row.rural_class,
        })
        .collect();
    bencher.bench(|| TravelMatrix::estimate(&places, &EstimateFactors::default()));
}

#[divan::bench(args = SIZES)]
fn sectors(bencher: Bencher<'_, '_>, units: usize) {
    let problem = problem(units);
    bencher.bench(|| Sectors::new(&problem, &Objective::sum()));
}

#[divan::bench(args = SIZES)]
fn compact_model(bencher: Bencher<'_, '_>, units: usize) {
    let problem = problem(units);
    bencher.bench(|| Built::new(&problem));
}

#[divan::bench(args = SIZES, sample_count = 3, sample_size = 1)]
fn solve(bencher: Bencher<'_, '_>, units: usize) {
    let problem = problem(units);
    bencher.bench(|| find(&problem, &Request::default(), &Silent, &NeverStop));
}
