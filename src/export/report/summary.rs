//! Section 1: the plan in plain sentences and a few figures.

use serde::Serialize;

use crate::domain::Modality;
use crate::export::view::View;
use crate::wording::number::{number, percent, short};
use crate::wording::sentence::{self, LONG_ROAD_SHARE, ModalityCount};

/// What the first page says.
#[derive(Debug, Serialize)]
pub struct Summary {
    phrases: Vec<String>,
    preuve: String,
    reproductible: &'static str,
    chiffres: Vec<Figure>,
    modalites: Vec<ModalityShare>,
}

/// A figure in a box.
#[derive(Debug, Serialize)]
struct Figure {
    valeur: String,
    nom: &'static str,
}

/// A part of the bar of modalities.
#[derive(Debug, Serialize)]
struct ModalityShare {
    modalite: Modality,
    nom: &'static str,
    sens: &'static str,
    unites: u32,
}

/// The first page.
pub fn summary(view: &View) -> Summary {
    let plan = view.plan;
    Summary {
        phrases: sentences(view),
        preuve: sentence::proof(plan),
        reproductible: sentence::reproducible(plan.statut),
        chiffres: figures(view),
        modalites: counts(view)
            .into_iter()
            .map(|(modality, units)| ModalityShare {
                modalite: modality,
                nom: crate::wording::label::modality(modality),
                sens: crate::wording::label::modality_meaning(modality),
                unites: units,
            })
            .collect(),
    }
}

/// Units by modality, those that occur, in the order of documents.
fn counts(view: &View) -> Vec<ModalityCount> {
    let known = &view.plan.indicateurs.modalites;
    let count = |modality: Modality| known.get(modality.code()).copied().unwrap_or(0);
    Modality::ALL
        .map(|modality| (modality, count(modality)))
        .into_iter()
        .filter(|(_, n)| *n > 0)
        .collect()
}

fn sentences(view: &View) -> Vec<String> {
    let figures = &view.plan.indicateurs;
    let posts = view.plan.postes.iter();
    let in_service = posts.clone().filter(|week| week.capacite_minutes > 0).count();
    let vacant = posts.clone().filter(|week| week.vacant && week.capacite_minutes > 0).count();
    let long_roads = posts.filter(|week| week.part_trajet > LONG_ROAD_SHARE).count();
    let mut sentences =
        vec![sentence::means(in_service, vacant, figures.etp), sentence::modalities(&counts(view))];
    if let Some(all) = figures.couverture.get("TOUS") {
        sentences.push(sentence::coverage(all.besoin, all.demi_journees, all.part_couverte));
    }
    sentences.push(sentence::road(
        figures.part_trajet,
        figures.km_semaine,
        figures.frais_km_euros_an,
        long_roads,
    ));
    sentences.push(if view.dossier.current.is_empty() {
        sentence::NO_CURRENT_SECTORS.to_owned()
    } else {
        sentence::changes(figures.changements, view.dossier.current.len())
    });
    sentences
}

fn figures(view: &View) -> Vec<Figure> {
    let figures = &view.plan.indicateurs;
    let figure = |valeur: String, nom| Figure { valeur, nom };
    let covered = figures.couverture.get("TOUS").map_or(0.0, |all| all.part_couverte);
    vec![
        figure(short(figures.etp, 2), "équivalents temps plein"),
        figure(short(figures.demi_journees, 2), "demi-journées de permanence par semaine"),
        figure(percent(covered, 0), "du besoin couvert, pondéré par les priorités"),
        figure(percent(figures.part_trajet, 1), "du temps sur la route"),
        figure(number(figures.eleves_par_etp, 0), "élèves par temps plein, premier degré compris"),
        figure(number(figures.indice_equilibre, 0), "sur 100, équilibre entre les postes"),
    ]
}
