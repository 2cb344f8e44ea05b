//! Comparing plans: nothing differs from itself, both orders say the same, names stay.

use std::collections::BTreeSet;

use maillage::domain::Plan;
use maillage::scenario::compare::{Change, Side, compare, facts_of};

use crate::common::dice::Dice;
use crate::common::sample_plan::sample;

/// The plan with some establishments given to other posts, or to none.
fn shuffled(plan: &Plan, dice: &mut Dice) -> Plan {
    let posts: Vec<String> = plan.postes.iter().map(|week| week.poste.clone()).collect();
    let mut changed = plan.clone();
    for row in changed.affectations.iter_mut().filter(|row| row.reseau.is_none()) {
        if dice.chance(30) {
            row.poste = dice.maybe(70, |dice| dice.pick(&posts));
        }
    }
    for week in &mut changed.postes {
        week.residence_placee = dice.chance(50);
    }
    changed
}

fn codes(changes: &[Change]) -> BTreeSet<&str> {
    changes.iter().map(|change| change.uai.as_str()).collect()
}

#[test]
fn a_plan_does_not_differ_from_itself() {
    let (dossier, plan) = sample();
    let facts = facts_of(&dossier);
    let mut dice = Dice::new(7);
    for _ in 0..50 {
        let plan = shuffled(&plan, &mut dice);
        let side = |name| Side::of_plan(name, &plan, &facts);
        let comparison = compare(&[side("a"), side("b"), side("c")]);
        assert!(comparison.is_identity(), "{comparison:?}");
        assert_eq!(comparison.changements.len(), 2);
    }
}

#[test]
fn both_orders_say_the_same_changes() {
    let (dossier, plan) = sample();
    let facts = facts_of(&dossier);
    let mut dice = Dice::new(11);
    let mut told = 0;
    for _ in 0..200 {
        let [one, other] = [(); 2].map(|()| shuffled(&plan, &mut dice));
        let (a, b) = (Side::of_plan("a", &one, &facts), Side::of_plan("b", &other, &facts));
        let (there, back) = (compare(&[a.clone(), b.clone()]), compare(&[b, a]));
        let (there, back) = (&there.changements[0], &back.changements[0]);
        assert_eq!(codes(&there.changent), codes(&back.changent));
        assert_eq!(codes(&there.perdent), codes(&back.gagnent));
        assert_eq!(codes(&there.gagnent), codes(&back.perdent));
        told += there.count();
    }
    assert!(told > 100, "the plans did differ");
}

/// Most establishments that keep their sector, over all ways to pair the posts of two plans.
fn most_kept(one: &Plan, other: &Plan) -> usize {
    let posts: Vec<&str> = one.postes.iter().map(|week| week.poste.as_str()).collect();
    let rows = |plan: &Plan| -> Vec<Option<usize>> {
        let mut networks = BTreeSet::new();
        let units = plan.affectations.iter().filter(|row| {
            row.reseau.as_ref().is_none_or(|network| networks.insert(network.clone()))
        });
        let place =
            |post: &Option<String>| posts.iter().position(|id| Some(*id) == post.as_deref());
        units.map(|row| place(&row.poste)).collect()
    };
    let (before, after) = (rows(one), rows(other));
    let mut order: Vec<usize> = (0..posts.len()).collect();
    let mut most = 0;
    permutations(&mut order, 0, &mut |order| {
        let kept = before.iter().zip(&after);
        let kept = kept.filter(|(old, new)| old.is_some_and(|old| Some(order[old]) == **new));
        most = most.max(kept.count());
    });
    most
}

fn permutations(order: &mut Vec<usize>, from: usize, visit: &mut impl FnMut(&[usize])) {
    if from == order.len() {
        visit(order);
    }
    for other in from..order.len() {
        order.swap(from, other);
        permutations(order, from + 1, visit);
        order.swap(from, other);
    }
}

#[test]
fn placed_sectors_are_paired_so_that_as_many_as_can_be_stay() {
    let (dossier, plan) = sample();
    let facts = facts_of(&dossier);
    let mut dice = Dice::new(13);
    for _ in 0..60 {
        let [mut one, mut other] = [(); 2].map(|()| shuffled(&plan, &mut dice));
        for week in one.postes.iter_mut().chain(&mut other.postes) {
            week.residence_placee = true;
        }
        let sides = [Side::of_plan("a", &one, &facts), Side::of_plan("b", &other, &facts)];
        let served = sides[0].units.iter().filter(|unit| {
            let after = sides[1].unit(&unit.key).and_then(|after| after.post.as_ref());
            let team = |post: &String| post.starts_with("POLE-");
            unit.post.as_ref().is_some_and(|post| !team(post))
                && after.is_some_and(|post| !team(post))
        });
        let kept = served.count() - compare(&sides).changements[0].changent.len();
        assert_eq!(kept, most_kept(&one, &other));
    }
}

#[test]
fn posts_placed_under_other_names_keep_their_sectors() {
    let (dossier, mut plan) = sample();
    let facts = facts_of(&dossier);
    for week in &mut plan.postes {
        week.residence_placee = true;
    }
    let before = Side::of_plan("avant", &plan, &facts);
    let renamed = |post: &str| format!("X-{post}");
    for week in &mut plan.postes {
        week.poste = renamed(&week.poste);
    }
    for post in plan.affectations.iter_mut().filter_map(|row| row.poste.as_mut()) {
        if !post.starts_with("POLE-") {
            *post = renamed(post);
        }
    }
    let comparison = compare(&[before, Side::of_plan("apres", &plan, &facts)]);
    assert_eq!(comparison.changements[0].count(), 0, "{:?}", comparison.changements);
    assert!(comparison.etablissements.iter().all(|line| !line.differe));
}

#[test]
fn todays_sectors_are_a_plan_to_compare_with() {
    let (dossier, plan) = sample();
    let today = Side::of_today("aujourd'hui", &dossier);
    assert!(!today.units.is_empty(), "the sample tells today's sectors");
    let comparison = compare(&[today, Side::of_plan("plan", &plan, &facts_of(&dossier))]);
    let covered = comparison.indicateurs.iter().find(|figure| figure.nom == "Ensemble");
    let values = &covered.expect("the plan tells its coverage").valeurs;
    assert!(values[0].is_none() && values[1].is_some());
}

#[test]
fn changes_are_counted_in_sentences_that_agree() {
    let (dossier, plan) = sample();
    let facts = facts_of(&dossier);
    let mut served: Vec<usize> = (0..plan.affectations.len())
        .filter(|row| {
            let row = &plan.affectations[*row];
            row.poste.is_some() && row.reseau.is_none() && row.partie.is_none()
        })
        .collect();
    let (first, second) = (served.remove(0), served.remove(0));
    let mut other = plan.clone();
    other.affectations[first].poste = None;
    let lost = other.affectations.remove(second);
    let sides = |plan: &Plan, other: &Plan| {
        [Side::of_plan("base", plan, &facts), Side::of_plan("bas", other, &facts)]
    };
    let changes = &compare(&sides(&plan, &other)).changements[0];
    let told = changes.sentences().replace('\u{A0}', " ");
    assert_eq!(
        told,
        "De base à bas : 1 établissement change de mains, dont 1 qui n'a plus de poste ; 1 ferme."
    );
    let back = &compare(&sides(&other, &plan)).changements[0];
    let told = back.sentences().replace('\u{A0}', " ");
    assert_eq!(
        told,
        "De base à bas : 0 établissement change de mains ; 1 reçoit un poste ; 1 ouvre."
    );
    assert_eq!(changes.ferment[0].uai, lost.uai);
    assert!(!changes.ferment[0].commune.is_empty(), "{changes:?}");
}
