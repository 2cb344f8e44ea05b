//! `maillage verifier` as a person and as a script see it.

use std::fs;

use assert_cmd::Command;
use serde_json::Value;

use super::{base, base_copy};

fn verifier() -> Command {
    let mut command = Command::cargo_bin("maillage").expect("the program");
    command.arg("verifier");
    command
}

#[test]
fn a_sound_dossier_ends_with_0() {
    let output = verifier().arg(base()).assert().code(0).get_output().stdout.clone();
    insta::assert_snapshot!(
        String::from_utf8_lossy(&output),
        @"Le dossier est utilisable (6 lignes à servir, 3 postes, 2,80 ETP en secteur) : aucun défaut."
    );
}

#[test]
fn an_agent_lent_to_the_mdph_is_a_post_but_no_time_for_a_sector() {
    let folder = base_copy();
    let text = "poste;quotite;decharge_demi_journees\nAS-01;0,8;0,5\nMDPH;1;8\n";
    fs::write(folder.path().join("postes.csv"), text).expect("written");
    let output =
        verifier().arg(folder.path()).arg("--json").assert().code(0).get_output().stdout.clone();
    let document: Value = serde_json::from_slice(&output).expect("JSON");
    assert_eq!((&document["postes"], &document["etp_en_secteur"]), (&2.into(), &0.8.into()));
}

#[test]
fn each_fault_says_its_place_its_cause_and_what_to_do() {
    let folder = base_copy();
    let text = "conseiller;bassin;references_max;courriel\nCTSS-1;Nrod;3;\nCTSS-1;Sud;deux;\n";
    fs::write(folder.path().join("conseillers.csv"), text).expect("written");
    let output = verifier().arg(folder.path()).assert().code(3).get_output().stdout.clone();
    insta::assert_snapshot!(String::from_utf8_lossy(&output), @r"
    conseillers.csv
      Avertissement A1102, colonne « courriel »
        La colonne « courriel » n'est pas connue : elle n'est pas lue.
        → Rien à faire si elle n'est qu'à votre usage.
      Avertissement A1409 : « Nord »
        Le bassin « Nord » n'a pas de conseiller : aucun établissement n'y sera en référence.
        → Ajoutez une ligne si un conseiller le coordonne aussi.
      Erreur E1404, ligne 2, colonne « bassin » : « Nrod »
        Aucun établissement n'est dans le bassin « Nrod ».
        → Vouliez-vous dire « Nord » ?
      Erreur E1202, ligne 3, colonne « references_max » : « deux »
        « deux » n'est pas un nombre.
        → Écrivez un nombre seul, sans unité, comme 12 ou 0,8.
    Le dossier ne peut pas être utilisé : 2 erreurs et 2 avertissements.
    ");
}

#[test]
fn a_script_reads_the_same_in_json() {
    let folder = base_copy();
    fs::write(folder.path().join("postes.csv"), "poste;quotite\nAS-01;80\n").expect("written");
    let output =
        verifier().arg(folder.path()).arg("--json").assert().code(3).get_output().stdout.clone();
    let document: Value = serde_json::from_slice(&output).expect("JSON");
    assert_eq!(document["utilisable"], false);
    assert_eq!(document["erreurs"], 1);
    let message = &document["messages"][0];
    assert_eq!(message["code"], "E1204");
    assert_eq!(message["gravite"], "erreur");
    assert_eq!(message["fichier"], "postes.csv");
    assert_eq!(
        (&message["ligne"], &message["colonne"], &message["valeur"]),
        (&2.into(), &"quotite".into(), &"80".into())
    );
}
