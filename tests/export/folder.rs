//! Plan folders are whole or absent.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use maillage::export::{
    ExportError, check_writable, prepare_plan, read_plan, read_run, replace_folder, write_file,
    write_plan,
};

use super::{NAMED, run};
use crate::common::sample_plan::sample;

/// Names of the entries, sorted.
fn entries(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn a_plan_read_back_is_the_plan_written() {
    let (dossier, plan) = sample();
    let parent = tempfile::tempdir().expect("a temporary folder");
    let target = parent.path().join("un/plan");
    write_plan(&target, &dossier, &plan, &run(), NAMED).expect("written");
    assert_eq!(read_plan(&target).expect("read"), plan);
    assert_eq!(read_plan(&target.join("plan.json")).expect("read"), plan);
    assert_eq!(read_run(&target).expect("read"), run());
    let expected = [
        "charges.csv",
        "etablissements.csv",
        "execution.json",
        "plan.json",
        "rapport.html",
        "secteurs.csv",
        "synthese.csv",
    ];
    assert_eq!(entries(&target), expected);
    assert_eq!(entries(target.parent().expect("a parent")), ["plan"], "nothing is left beside it");
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let (dossier, plan) = sample();
    let parent = tempfile::tempdir().expect("a temporary folder");
    let [first, second] = ["a", "b"].map(|name| parent.path().join(name));
    for target in [&first, &second] {
        write_plan(target, &dossier, &plan, &run(), NAMED).expect("written");
    }
    for name in entries(&first) {
        let bytes = |folder: &Path| fs::read(folder.join(&name)).expect("read");
        assert_eq!(bytes(&first), bytes(&second), "{name}");
    }
}

#[test]
fn a_failure_in_the_middle_leaves_the_old_plan() {
    let (dossier, plan) = sample();
    let parent = tempfile::tempdir().expect("a temporary folder");
    let target = parent.path().join("plan");
    write_plan(&target, &dossier, &plan, &run(), NAMED).expect("written");
    let before = fs::read(target.join("plan.json")).expect("read");
    let failure = replace_folder(&target, |fresh| {
        write_file(&fresh.join("plan.json"), b"half a plan")?;
        Err(ExportError::Foreign("A99".into()))
    });
    assert!(matches!(failure, Err(ExportError::Foreign(_))));
    let failure = replace_folder(&target, |fresh| write_file(&fresh.join("pas/la.csv"), b"x"));
    let place = target.join("pas/la.csv");
    assert!(matches!(failure, Err(ExportError::Write { path, .. }) if path == place));
    assert_eq!(fs::read(target.join("plan.json")).expect("read"), before);
    assert_eq!(entries(parent.path()), ["plan"]);
}

#[test]
fn what_the_user_added_to_a_plan_is_kept_and_what_is_ours_replaced() {
    let (dossier, mut plan) = sample();
    let parent = tempfile::tempdir().expect("a temporary folder");
    let target = parent.path().join("plan");
    write_plan(&target, &dossier, &plan, &run(), NAMED).expect("written");
    fs::write(target.join("mes notes.txt"), "à relire").expect("written");
    plan.graine = 7;
    write_plan(&target, &dossier, &plan, &run(), NAMED).expect("replaced");
    assert_eq!(read_plan(&target).expect("read").graine, 7);
    assert_eq!(fs::read_to_string(target.join("mes notes.txt")).expect("kept"), "à relire");
}

#[test]
fn an_end_between_the_two_moves_of_a_replacement_loses_nothing() {
    let (dossier, mut plan) = sample();
    let parent = tempfile::tempdir().expect("a temporary folder");
    let [target, aside] = ["plan", "plan.avant-remplacement"].map(|name| parent.path().join(name));
    write_plan(&target, &dossier, &plan, &run(), NAMED).expect("written");
    fs::create_dir(target.join("annexes")).expect("created");
    fs::write(target.join("annexes/notes.txt"), "à relire").expect("written");
    fs::rename(&target, &aside).expect("the first move");
    assert_eq!(read_plan(&target).expect("the old plan"), plan);
    assert_eq!(read_run(&target).expect("its run"), run());
    plan.graine = 7;
    write_plan(&target, &dossier, &plan, &run(), NAMED).expect("written");
    assert_eq!(read_plan(&target).expect("the new plan"), plan);
    let notes = target.join("annexes/notes.txt");
    assert_eq!(fs::read_to_string(&notes).expect("kept"), "à relire");
    assert_eq!(entries(parent.path()), ["plan"]);
    fs::create_dir(&aside).expect("created");
    fs::write(aside.join("plan.json"), "{}").expect("what the second move leaves");
    write_plan(&target, &dossier, &plan, &run(), NAMED).expect("written");
    assert_eq!(fs::read_to_string(notes).expect("kept"), "à relire");
    assert_eq!(entries(parent.path()), ["plan"]);
}

#[test]
fn a_plan_that_is_prepared_leaves_the_old_one_until_it_is_put() {
    let (dossier, mut plan) = sample();
    let parent = tempfile::tempdir().expect("a temporary folder");
    let target = parent.path().join("dossier/plan");
    drop(prepare_plan(&target, &dossier, &plan, &run(), NAMED).expect("prepared"));
    assert!(entries(parent.path()).is_empty(), "not even the folders above are made");
    write_plan(&target, &dossier, &plan, &run(), NAMED).expect("written");
    fs::write(target.join("mes notes.txt"), "à relire").expect("written");
    let older = plan.clone();
    plan.graine = 7;
    let prepared = prepare_plan(&target, &dossier, &plan, &run(), NAMED).expect("prepared");
    assert_eq!(read_plan(&target).expect("read"), older);
    prepared.put().expect("put");
    assert_eq!(read_plan(&target).expect("read"), plan);
    assert!(target.join("mes notes.txt").is_file());
    assert_eq!(entries(&parent.path().join("dossier")), ["plan"]);
}

#[test]
fn what_a_killed_program_left_beside_a_plan_is_removed_a_day_later() {
    let (dossier, plan) = sample();
    let parent = tempfile::tempdir().expect("a temporary folder");
    for (name, hours) in [(".maillage-old", 25), (".maillage-new", 1), (".mine", 48)] {
        let left = parent.path().join(name);
        fs::create_dir(&left).expect("created");
        fs::write(left.join("plan.json"), "{}").expect("written");
        let then = SystemTime::now() - Duration::from_secs(hours * 60 * 60);
        fs::File::open(&left).and_then(|it| it.set_modified(then)).expect("dated");
    }
    write_plan(&parent.path().join("plan"), &dossier, &plan, &run(), NAMED).expect("written");
    assert_eq!(entries(parent.path()), [".maillage-new", ".mine", "plan"]);
}

#[test]
fn a_folder_that_is_not_a_plan_is_never_touched() {
    let (dossier, plan) = sample();
    let parent = tempfile::tempdir().expect("a temporary folder");
    let target = parent.path().join("photos");
    fs::create_dir(&target).expect("created");
    fs::write(target.join("vacances.jpg"), "…").expect("written");
    let error = write_plan(&target, &dossier, &plan, &run(), NAMED).expect_err("refused");
    assert!(error.to_string().contains("n'est pas un plan de Maillage"), "{error}");
    assert!(matches!(check_writable(&target), Err(ExportError::NotAPlan(_))));
    assert_eq!(entries(&target), ["vacances.jpg"]);
}

#[test]
fn a_target_that_cannot_be_written_is_told_before_the_computation() {
    let parent = tempfile::tempdir().expect("a temporary folder");
    let file = parent.path().join("fichier");
    fs::write(&file, "").expect("written");
    assert!(matches!(check_writable(&file.join("plan")), Err(ExportError::Write { .. })));
    assert!(matches!(check_writable(&file), Err(ExportError::NotAPlan(_))));
    check_writable(&parent.path().join("plan")).expect("writable");
    assert_eq!(entries(parent.path()), ["fichier"], "the check leaves nothing behind");
}

#[test]
fn a_plan_of_another_dossier_is_refused() {
    let (mut dossier, plan) = sample();
    let removed = dossier.establishments.remove(3).uai;
    let parent = tempfile::tempdir().expect("a temporary folder");
    let target = parent.path().join("plan");
    let error = write_plan(&target, &dossier, &plan, &run(), NAMED).expect_err("refused");
    assert!(matches!(error, ExportError::Foreign(uai) if uai == removed));
    assert!(!target.exists());
}
