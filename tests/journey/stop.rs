//! Ctrl-C and the time limit: the best plan so far with its true gap, at once.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use maillage::demo::{GeneratorSettings, generate};
use maillage::domain::Status;
use maillage::export::read_plan;
use maillage::import::write_dossier;

use super::text;

/// Half a second is promised to the program that people run; the one under test is not optimised
/// and shares the machine.
const AT_ONCE: Duration = Duration::from_millis(2_000);

/// Writes a dossier that has a plan long before its best one is proven: more than 24 posts, so that a
/// plan is built without any linear programme.
fn large(folder: &Path) {
    let demonstration = GeneratorSettings::demonstration();
    let settings = GeneratorSettings { colleges: 60, lycees: 20, posts: 25, ..demonstration };
    write_dossier(folder, &generate(&settings)).expect("the dossier is written");
}

/// Solves until a signal after `delay`; the time that it took from there on, and the exit code.
fn interrupted(dossier: &Path, plan: &Path, delay: Duration) -> (Duration, Option<i32>) {
    let mut child = Command::new(assert_cmd::cargo::cargo_bin("maillage"))
        .args(["resoudre", text(dossier), "-o", text(plan), "--limite", "10min"])
        .args(["--ecart", "0", "--silencieux"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program runs");
    std::thread::sleep(delay);
    let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(sent.expect("kill is everywhere").success());
    let begun = Instant::now();
    let status = child.wait().expect("it is ours");
    (begun.elapsed(), status.code())
}

#[cfg(unix)]
#[test]
fn ctrl_c_delivers_the_best_plan_and_its_gap_at_once() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (dossier, plan) = (folder.path().join("dossier"), folder.path().join("plan"));
    large(&dossier);
    for seconds in [1, 2, 4, 8, 16, 32] {
        let (took, code) = interrupted(&dossier, &plan, Duration::from_secs(seconds));
        assert!(took < AT_ONCE, "the program went on for {took:?}");
        if code == Some(0) {
            let plan = read_plan(&plan).expect("the plan can be read");
            assert_eq!(plan.statut, Status::Interrompu);
            assert!(plan.objectif < plan.borne && plan.ecart > 0.0, "gap {}", plan.ecart);
            return;
        }
        assert_eq!(code, Some(5), "without a plan, the program says so");
        assert!(!plan.exists());
    }
    panic!("no plan after half a minute");
}
