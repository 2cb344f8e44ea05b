//! CSV documents.

use std::fs;

use maillage::export::{Document, write_document, write_plan};

use super::{NAMED, run};
use crate::common::sample_plan::sample;

fn csv(name: &str) -> String {
    let (dossier, plan) = sample();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let target = folder.path().join("plan");
    write_plan(&target, &dossier, &plan, &run(), NAMED).expect("written");
    fs::read_to_string(target.join(name)).expect("read")
}

/// The first lines, without the byte order mark; the digest changes with every value of the bareme.
fn head(text: &str, lines: usize) -> String {
    let text = text.trim_start_matches('\u{FEFF}');
    let digest = text
        .split([';', '\r', '\n'])
        .find(|word| word.len() == 16 && word.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let first = text.lines().take(lines).collect::<Vec<_>>().join("\n");
    digest.map_or(first.clone(), |digest| first.replace(digest, "EMPREINTE"))
}

#[test]
fn csv_opens_in_french_excel() {
    let text = csv("charges.csv");
    assert!(text.starts_with('\u{FEFF}'), "a byte order mark tells Excel that it is UTF-8");
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    assert!(!text.contains('.'), "numbers have a decimal comma: {text}");
}

#[test]
fn no_zero_is_negative_in_any_file() {
    let (dossier, mut plan) = sample();
    // A sum of nothing, and a figure too small for its decimals.
    plan.indicateurs.etp = -0.0;
    plan.indicateurs.gini = -1e-9;
    let folder = tempfile::tempdir().expect("a temporary folder");
    let target = folder.path().join("plan");
    write_plan(&target, &dossier, &plan, &run(), NAMED).expect("written");
    let read = |name: &str| fs::read_to_string(target.join(name)).expect("read");
    let summary = read("synthese.csv");
    for (name, row) in [("etp", "service;etp;0;"), ("gini", "service;gini;0;")] {
        assert!(summary.contains(row), "{name}: {summary}");
    }
    assert!(read("plan.json").contains("\"etp\": 0.0"));
    for text in [read("plan.json"), read("rapport.html"), summary] {
        for zero in ["-0.0,", "-0,0", ";-0;", "\u{2212}0 ", "\u{2212}0,0"] {
            assert!(!text.contains(zero), "{zero}");
        }
    }
}

#[test]
fn establishments_have_one_row_each() {
    let text = csv("etablissements.csv");
    assert_eq!(text.lines().count(), 22);
    insta::assert_snapshot!(head(&text, 6), @r##"
    uai;nom;type;commune;bassin;categories;effectif;annee_effectif;ips;besoin_demi_journees;points;modalite;demi_journees;presence;poste;agent;residence;residence_nom;conseiller_bassin;minutes_trajet;minutes_aller;part_couverte_pourcent;poste_actuel;modalite_actuelle;change;partie;reseau;motif
    A01;Collège Jean Moulin;COLLEGE;Laville;Bassin Est;REP+|ULIS;612;2022;98,5;3,06;3;PERMANENCE;3;3 demi-journées par semaine;P1;Alice Martin;A01;Collège Jean Moulin;;0;0;20;P1;PERMANENCE;non;;;
    A02;Lycée Victor Hugo;LEGT;Laville;Bassin Est;;1240;2022;98,5;6,2;1;POLE;0;;P1;Alice Martin;A01;Collège Jean Moulin;;2;1;60;;;non;;;
    A03;Lycée professionnel Le Parc;LP;Laville;Bassin Ouest;INTERNAT;430;2022;98,5;2,15;2;PERMANENCE;2;2 demi-journées par semaine;P2;Nour Benali;A03;Lycée professionnel Le Parc;;0;0;30;;;non;;;
    A04;Collège des Lilas;COLLEGE;Laville;Bassin Est;REP;540;2022;98,5;2,7;2;PERMANENCE;2;2 demi-journées par semaine;P2;Nour Benali;A03;Lycée professionnel Le Parc;;2;1;30;;;non;;;
    A05;Collège Voltaire;COLLEGE;Laville;Bassin Ouest;;495;2026;98,5;2,4;1;PERMANENCE;1;1 demi-journée par semaine;P2;Nour Benali;A03;Lycée professionnel Le Parc;;4;2;60;P1;PERMANENCE;oui;;;
    "##);
}

#[test]
fn sectors_read_as_the_annex_of_the_letter() {
    insta::assert_snapshot!(head(&csv("secteurs.csv"), 6), @r##"
    poste;agent;quotite;vacant;residence;residence_nom;commune;bassin;residence_placee;nombre_etablissements;demi_journees;besoin_porte_demi_journees;eleves_portes;secteur
    P1;Alice Martin;1;non;A01;Collège Jean Moulin;Laville;Bassin Est;non;4;4;18,13;3627;Collège Jean Moulin (Laville) : Permanence, 3 demi-journées par semaine | Lycée Victor Hugo (Laville) : Pôle | Lycée Marie Curie (Arcy) : Pôle | Collège Ravel (Laville) : Permanence, 1 demi-journée par semaine | Écoles du réseau REP+ Collège Jean Moulin (Laville) : Premier degré
    P2;Nour Benali;0,8;non;A03;Lycée professionnel Le Parc;Laville;Bassin Ouest;non;3;5;7,25;1450;Lycée professionnel Le Parc (Laville) : Permanence, 2 demi-journées par semaine | Collège des Lilas (Laville) : Permanence, 2 demi-journées par semaine | Collège Voltaire (Laville) : Permanence, 1 demi-journée par semaine
    P3;;1;oui;A08;Lycée polyvalent du Val;Montclair;Bassin Est;non;4;3;8,4;1680;"Collège <script>alert(1)</script> & ""Fils"" (Bourg-l'Évêque) : Permanence, 1 demi-journée par quinzaine | =HYPERLINK(""http://exemple.invalid"") (Montclair) : Permanence, 1 demi-journée par quinzaine | Lycée polyvalent du Val (Montclair) : Permanence, 1 demi-journée par semaine | Collège Rousseau (Laville) : Permanence, 1 demi-journée par semaine"
    P4;Zoé Petit;1;non;A09;Collège Hauterive;Hauterive;Bassin Ouest;oui;3;2,25;4,95;990;Collège Hauterive (Hauterive) : Permanence, 1 demi-journée par semaine | Collège du Lac (Saint-Ours) : Permanence, 1 demi-journée par mois | Collège Camus (Laville) : Permanence, 1 demi-journée par semaine
    P5;;0,5;non;C01;Laville Centre;Laville;Bassin Est;non;1;0;26;5200;Laville Centre (Laville) : Premier degré
    "##);
}

#[test]
fn loads_flag_long_roads() {
    insta::assert_snapshot!(head(&csv("charges.csv"), 6), @r##"
    poste;agent;quotite;residence;capacite_minutes;charge_minutes;taux_charge_pourcent;trajet_minutes;part_route_pourcent;route_longue;km_semaine;km_indemnises_semaine;frais_km_euros_an;pole_equipe_minutes;demi_journees;nombre_etablissements;besoin_porte_demi_journees;besoin_porte_par_etp;eleves_portes;eleves_par_etp;cible_equite;vacant
    P1;Alice Martin;1;A01;1680;1580;94;60;3,6;non;62,5;50;576;0;4;4;18,13;18,1;3627;3627;10,5;non
    P2;Nour Benali;0,8;A03;1344;1244;92,6;60;4,5;non;62,5;50;576;0;5;3;7,25;9,1;1450;1812,5;10,5;non
    P3;;1;A08;1680;1580;94;60;3,6;non;62,5;50;576;0;3;4;8,4;8,4;1680;1680;10,5;oui
    P4;Zoé Petit;1;A09;1680;1580;94;250;14,9;oui;62,5;50;576;0;2,25;3;4,95;5;990;990;10,5;non
    P5;;0,5;C01;840;740;88,1;60;7,1;non;62,5;50;576;0;0;1;26;52;5200;10400;10,5;non
    "##);
}

#[test]
fn the_synthesis_has_one_figure_a_row() {
    insta::assert_snapshot!(head(&csv("synthese.csv"), 17), @r##"
    rubrique;indicateur;valeur;unite
    plan;dossier;Département d'essai;
    plan;rentree;2026;année
    plan;departement;99;
    plan;profil;haute-garonne-2024;barème
    plan;programme;maillage 0.1.0;
    plan;graine;0;
    plan;empreinte;EMPREINTE;début du SHA-256 de plan.json
    preuve;statut;écart demandé atteint, prouvé;
    preuve;objectif;5230;centièmes de demi-journée à 1 point
    preuve;borne;5260;centièmes de demi-journée à 1 point
    preuve;ecart;0,5736;%
    preuve;ecart_demi_journees;0,3;demi-journées de besoin à 1 point
    modalites;Permanence;12;établissements
    modalites;Pôle;2;établissements
    modalites;Premier degré;2;établissements
    modalites;Référence;2;établissements
    "##);
}

#[test]
fn letters_are_sorted_by_commune_and_leave_ecoles_to_their_network() {
    let (dossier, plan) = sample();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let target = folder.path().join("publipostage.csv");
    write_document(Document::Publipostage, &target, &dossier, &plan, &run(), NAMED)
        .expect("written");
    let text = fs::read_to_string(target).expect("read");
    assert!(!text.contains("École Pasteur"));
    insta::assert_snapshot!(head(&text, 4), @r##"
    uai;type;nom;commune;bassin;modalite;presence;poste;agent;residence;conseiller;phrase;dossier;calcul_du;bareme;ecart;empreinte
    A13;Collège;Collège de la Plaine;Arcy;Bassin Est;Conseil ponctuel;;;;;;Votre établissement peut demander un conseil ponctuel au service social en faveur des élèves.;Département d'essai, rentrée 2026;4 mai 2026;haute-garonne-2024;0,57 %;EMPREINTE
    A14;Lycée général et technologique;Lycée Marie Curie;Arcy;Bassin Est;Pôle;;P1;Alice Martin;Collège Jean Moulin (Laville);;Votre établissement saisit son assistant·e de service social par fiche saisine, pour la protection de l'enfance et l'absentéisme, sans permanence fixe.;Département d'essai, rentrée 2026;4 mai 2026;haute-garonne-2024;0,57 %;EMPREINTE
    A06;Collège;"Collège <script>alert(1)</script> & ""Fils""";Bourg-l'Évêque;Bassin Est;Permanence;1 demi-journée par quinzaine;P3;;Lycée polyvalent du Val (Montclair);;Un·e assistant·e de service social assure une permanence dans votre établissement : 1 demi-journée par quinzaine.;Département d'essai, rentrée 2026;4 mai 2026;haute-garonne-2024;0,57 %;EMPREINTE
    "##);
}

#[test]
fn no_cell_runs_as_a_formula_and_numbers_are_untouched() {
    for name in ["etablissements.csv", "secteurs.csv", "charges.csv", "synthese.csv"] {
        let text = csv(name);
        let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(text.as_bytes());
        for record in reader.records() {
            for cell in &record.expect("well-formed") {
                let number = cell.replace(',', ".").parse::<f64>().is_ok();
                assert!(
                    number || !cell.starts_with(['=', '+', '-', '@', '\t', '\r']),
                    "{name}: {cell}"
                );
            }
        }
    }
    assert!(csv("etablissements.csv").contains("'=HYPERLINK"));
}
