//! `maillage generer`.

use std::path::Path;

use assert_cmd::Command;
use maillage::import::read_dossier;
use predicates::str::contains;
use serde_json::Value;

fn generer(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("maillage").expect("built");
    command.arg("generer").args(arguments).arg("-o").arg(folder);
    command
}

#[test]
fn writes_a_dossier_of_the_size_asked_for() {
    let parent = tempfile::tempdir().expect("a temporary folder");
    let folder = parent.path().join("essai");
    let sizes = ["--colleges", "9", "--lycees", "4", "--circonscriptions", "2", "--postes", "5"];
    let done = generer(&folder, &sizes).args(["--graine", "7", "--json"]).assert().success();
    let document: Value = serde_json::from_slice(&done.get_output().stdout).expect("JSON");
    let (dossier, _) = read_dossier(&folder).expect("a right dossier");
    assert_eq!(document["etablissements"], dossier.establishments.len());
    assert_eq!(dossier.establishments.len(), 9 + 4 + 1 + 2);
    let with_sector = dossier.posts.iter().filter(|post| post.discharge_centi == 0);
    assert_eq!(with_sector.count(), 5);
}

#[test]
fn keeps_a_dossier_that_exists_unless_told_to_replace_it() {
    let parent = tempfile::tempdir().expect("a temporary folder");
    let folder = parent.path().join("essai");
    generer(&folder, &[]).assert().success().stdout(contains("établissements"));
    generer(&folder, &[]).assert().code(2).stderr(contains("--remplacer"));
    generer(&folder, &["--remplacer"]).assert().success();
}

#[test]
fn refuses_more_posts_than_establishments() {
    let parent = tempfile::tempdir().expect("a temporary folder");
    let folder = parent.path().join("essai");
    generer(&folder, &["--postes", "200"]).assert().code(2).stderr(contains("pas plus de postes"));
    assert!(!folder.exists());
}
