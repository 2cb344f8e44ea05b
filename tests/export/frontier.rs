//! `frontiere.html`.

use maillage::domain::Status;
use maillage::export::{FrontierDocument, FrontierSource, frontier_document};
use maillage::scenario::{Axis, Frontier, Point};

use super::run;
use crate::common::sample_plan::sample;

/// A level without a plan.
fn without_plan(niveau: f64, statut: Status) -> Point {
    Point {
        niveau,
        etp: niveau,
        objectif: None,
        borne: None,
        ecart: None,
        statut,
        part_couverte: None,
        demi_journees: None,
        changements: None,
        km_semaine: None,
        apport: None,
        apport_prouve: None,
    }
}

#[test]
fn a_search_that_was_stopped_proves_nothing() {
    let (dossier, _) = sample();
    let source = FrontierSource { dossier: &dossier, date: run().date };
    let page = |statut| {
        let points = vec![without_plan(3.0, statut)];
        let frontier = Frontier { axe: Axis::Etp, monotone: true, points };
        let page = frontier_document(FrontierDocument::Page, source, &frontier);
        String::from_utf8(page.expect("composed")).expect("UTF-8")
    };
    let impossible = "aucun plan ne respecte toutes les demandes";
    assert!(page(Status::Irrealisable).contains(impossible));
    for stopped in [Status::Limite, Status::Interrompu, Status::Effort] {
        assert!(!page(stopped).contains(impossible), "{stopped:?}");
    }
}

#[test]
fn plans_at_different_prices_of_the_road_show_kilometres_and_no_gain() {
    let (dossier, _) = sample();
    let source = FrontierSource { dossier: &dossier, date: run().date };
    let page = |axe| {
        let point = |niveau: f64, objectif| Point {
            objectif: Some(objectif),
            borne: Some(objectif),
            ecart: Some(0.0),
            part_couverte: Some(0.5),
            changements: Some(7),
            km_semaine: Some(1234.0),
            ..without_plan(niveau, Status::Optimal)
        };
        let points = vec![point(1.0, 500), point(2.0, 400)];
        let page = frontier_document(
            FrontierDocument::Page,
            source,
            &Frontier { axe, monotone: true, points },
        );
        String::from_utf8(page.expect("composed")).expect("UTF-8")
    };
    let (price, changes) = (page(Axis::CoutTrajet), page(Axis::Changements));
    assert!(price.contains("1\u{202F}234") && price.contains("au prix de la ligne"));
    assert!(!price.contains("Apport") && !price.contains("Changent"));
    assert!(changes.contains("Apport prouvé") && changes.contains("Changent"));
}
