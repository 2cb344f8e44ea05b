//! The series of searches behind a frontier.

use std::sync::Mutex;

use maillage::scenario::{Axis, EditError, Means, TrialError, trace};
use maillage::solve::outcome::Settings;
use maillage::solve::terminator::NeverStop;

use super::impasse::small;

#[test]
fn every_search_is_counted_the_ranking_of_posts_included() {
    let dossier = small();
    let heard = Mutex::new(Vec::new());
    let means = Means {
        settings: Settings::default(),
        terminator: &NeverStop,
        progress: &|done, all| heard.lock().expect("not poisoned").push((done, all)),
    };
    let frontier = trace(&dossier, Axis::Etp, &[1.0, 2.0], &[], &means).expect("both levels exist");
    assert_eq!(frontier.points.len(), 2);
    let mut heard = heard.into_inner().expect("not poisoned");
    heard.sort_unstable();
    // The dossier as it is, two posts to rank, two levels.
    assert_eq!(heard, (1..=5).map(|done| (done, 5)).collect::<Vec<_>>());
}

#[test]
fn changes_are_not_counted_from_nothing() {
    let means = Means {
        settings: Settings::default(),
        terminator: &NeverStop,
        progress: &|done, _| panic!("search {done} of a series that tells nothing"),
    };
    let dossier = small();
    assert!(dossier.current.is_empty());
    let refused = trace(&dossier, Axis::Changements, &[0.0, 1.0], &[], &means);
    assert_eq!(refused, Err(TrialError::Edit(EditError::NoCurrentSectors)));
}
