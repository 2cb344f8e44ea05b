//! `rapport.html`.

use std::fs;

use maillage::domain::{Dossier, Plan};
use maillage::export::{Document, write_document};

use super::{NAMED, run};
use crate::common::sample_plan::sample;

fn report(dossier: &Dossier, plan: &Plan) -> String {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let target = folder.path().join("rapport.html");
    write_document(Document::Html, &target, dossier, plan, &run(), NAMED).expect("written");
    fs::read_to_string(target).expect("read")
}

#[test]
fn names_never_run_as_html() {
    let (dossier, plan) = sample();
    let page = report(&dossier, &plan);
    assert!(!page.contains("<script"));
    assert!(page.contains("&lt;script&gt;"));
}

#[test]
fn it_stands_alone() {
    let (dossier, plan) = sample();
    let page = report(&dossier, &plan);
    for outside in ["http://", "https://", "url(//", "@import", "<link", "<img", "javascript:"] {
        let allowed = page.matches("exemple.invalid").count();
        let found = page.matches(outside).count();
        assert!(found == 0 || outside == "http://" && found == allowed, "{outside}");
    }
}

#[test]
fn it_says_the_gap_in_words_and_the_bareme_as_exchanges() {
    let (dossier, plan) = sample();
    let page = report(&dossier, &plan);
    assert!(page.contains("aucun plan ne peut faire mieux de plus de 0,3 demi-journée"));
    assert!(
        page.contains("Une demi-journée de besoin couverte (à 1 point) vaut 100 minutes de route")
    );
    assert!(page.contains("P4\u{A0}: 14,9\u{202F}% du temps sur la route"));
    assert!(page.contains("1\u{A0}demi-journée par mois"));
}

#[test]
fn it_tells_why_an_establishment_has_no_post() {
    let (dossier, plan) = sample();
    let page = report(&dossier, &plan);
    assert!(page.contains("Décidé dans le dossier\u{A0}: accord avec Nour Benali."));
    assert!(page.contains("comme la médiane du département"));
}

#[test]
fn it_warns_when_the_dossier_is_no_longer_that_of_the_plan() {
    let (mut dossier, plan) = sample();
    let warning = "Les fichiers du dossier ont changé";
    assert!(!report(&dossier, &plan).contains(warning));
    dossier.digests.insert("postes.csv".into(), "cd34".into());
    assert!(report(&dossier, &plan).contains(warning));
}

#[test]
fn a_dossier_without_coordinates_or_current_sectors_still_has_a_report() {
    let (mut dossier, plan) = sample();
    dossier.current.clear();
    for establishment in &mut dossier.establishments {
        establishment.latitude = f64::NAN;
    }
    let page = report(&dossier, &plan);
    assert!(page.contains("la carte ne peut pas être dessinée"));
    assert!(page.contains("Le dossier ne contient pas les secteurs actuels"));
}

#[test]
fn the_outline_of_the_departement_is_drawn_when_there_is_one() {
    let (mut dossier, plan) = sample();
    let without = report(&dossier, &plan);
    let first = &dossier.establishments[0];
    let (east, north) = (first.longitude, first.latitude);
    let corners = [(-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)];
    let ring = corners.map(|(x, y)| (east + x, north + y)).to_vec();
    dossier.outline = Some(geo::MultiPolygon(vec![geo::Polygon::new(ring.into(), Vec::new())]));
    let with = report(&dossier, &plan);
    let polygons = |page: &str| page.matches("<polygon").count();
    assert_eq!(polygons(&with), polygons(&without) + 1);
}
