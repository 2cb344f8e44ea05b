//! A plan kept as the reference: the fewest changes are the fewest, as the compact model confirms.

use maillage::check;
use maillage::domain::{Decision, DecisionKind, Dossier, Plan};
use maillage::model::{CompactSettings, CompactStatus, solve_compact};
use maillage::policy::{Problem, profile};
use maillage::scenario::{Edit, apply, fewest_changes, kept};
use maillage::solve::find::{Request, Start, find};
use maillage::solve::listener::Silent;
use maillage::solve::outcome::Settings;
use maillage::solve::plan::plan;
use maillage::solve::terminator::NeverStop;
use maillage::travel::EstimateFactors;

use crate::common::dice::Dice;
use crate::common::random_dossier::random_dossier;

fn problem(dossier: &Dossier) -> Problem {
    let scenario = &dossier.scenario;
    let bareme = profile::load(&scenario.profile, &scenario.overrides).expect("a known bareme");
    Problem::new(dossier.clone(), bareme, &EstimateFactors::default())
}

/// The best plan from what is known, as the independent checker agrees; none where there is none.
fn best(problem: &Problem, start: Start) -> Option<Plan> {
    let settings = Settings { gap: 0.0, ..Settings::default() };
    let request = Request { settings, start, ..Request::default() };
    let (solution, proof) = find(problem, &request, &Silent, &NeverStop).plan?;
    let plan = plan(problem, &solution, &proof);
    let factors = EstimateFactors::default();
    assert_eq!(check::check(&problem.dossier, &problem.bareme, &factors, &plan), []);
    Some(plan)
}

fn at_most(dossier: &Dossier, changes: u32) -> Problem {
    let cle = "limites.changements_max".to_owned();
    let limit = Edit::Regler { cle, valeur: Some(i64::from(changes).into()) };
    problem(&apply(dossier, &[limit]).expect("a limit"))
}

fn is_feasible(problem: &Problem) -> bool {
    let outcome = solve_compact(problem, &CompactSettings::default(), &|| false, &mut |_, _| {});
    outcome.status != CompactStatus::Infeasible
}

/// An establishment given to another post, as a negotiation would.
fn disturbed(dossier: &Dossier, plan: &Plan, dice: &mut Dice) -> Option<Dossier> {
    let served: Vec<_> = plan.units().filter(|row| row.poste.is_some()).collect();
    let row = *dice.pick(&served.iter().collect::<Vec<_>>());
    let others: Vec<&str> = dossier
        .posts
        .iter()
        .map(|post| post.id.as_str())
        .filter(|id| row.poste.as_deref() != Some(id))
        .collect();
    let post = if others.is_empty() { return None } else { dice.pick(&others) };
    let mut other = dossier.clone();
    other.decisions.push(Decision {
        uai: row.code().to_owned(),
        kind: DecisionKind::Require,
        post: Some(post.to_owned()),
        modality: None,
        presence: None,
        reason: String::new(),
    });
    Some(other)
}

#[test]
fn no_plan_changes_fewer_hands_than_the_fewest() {
    let (mut tried, mut changed) = (0, 0);
    for seed in 0..160 {
        let mut dossier = random_dossier(seed);
        (dossier.current, dossier.affinities) = (Vec::new(), Vec::new());
        let mut dice = Dice::new(seed);
        let Some(reference) = best(&problem(&dossier), Start::default()) else { continue };
        let Some(other) = disturbed(&dossier, &reference, &mut dice) else { continue };
        let edit = kept(&other, &reference, "le plan");
        let other = apply(&other, &[edit]).expect("what is kept is in the dossier");
        let fewest = fewest_changes(&problem(&other), &Silent, &NeverStop);
        let Some(fewest) = fewest else {
            assert!(!is_feasible(&problem(&other)), "{seed}: a plan was missed");
            continue;
        };
        (tried, changed) = (tried + 1, changed + fewest.changements);
        assert_eq!(fewest.au_moins, fewest.changements, "{seed}");
        let held = at_most(&other, fewest.changements);
        let start = Start { memory: fewest.memory.clone(), ..Start::default() };
        let plan = best(&held, start).expect("the plan that counted the changes is one");
        assert_eq!(plan.indicateurs.changements, fewest.changements, "{seed}");
        if fewest.changements > 0 {
            assert!(!is_feasible(&at_most(&other, fewest.changements - 1)), "{seed}");
        }
    }
    assert!(tried > 20 && changed > 10, "{tried} dossiers, {changed} changes");
}

#[test]
fn nothing_moves_where_nothing_must() {
    let mut kept_whole = 0;
    for seed in 0..60 {
        let mut dossier = random_dossier(seed);
        dossier.affinities.clear();
        let Some(reference) = best(&problem(&dossier), Start::default()) else { continue };
        let edit = kept(&dossier, &reference, "le plan");
        let told = edit.describe(&dossier);
        assert!(told.starts_with("Les secteurs de le plan tiennent lieu"), "{told}");
        let same = apply(&dossier, &[edit]).expect("what is kept is in the dossier");
        for (post, week) in same.posts.iter().zip(&reference.postes) {
            let seat = week.residence.as_ref();
            let decided = |seat: &String| dossier.decisions.iter().any(|it| it.uai == *seat);
            if !seat.is_some_and(decided) {
                assert_eq!(post.residence, week.residence, "{seed}: {}", post.id);
            }
        }
        let fewest = fewest_changes(&problem(&same), &Silent, &NeverStop).expect("the plan itself");
        assert_eq!((fewest.changements, fewest.au_moins), (0, 0), "{seed}");
        kept_whole += 1;
    }
    assert!(kept_whole > 10, "{kept_whole}");
}
