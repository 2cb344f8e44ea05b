//! Each hard rule, broken alone, is named; what a decision or a setting allows is not.

use maillage::domain::{Decision, DecisionKind, Dossier, Modality, Plan, Presence};
use maillage::policy::Bareme;
use maillage::policy::bareme::Coverage;

use super::small::{bareme, decision, dossier, findings, named, valid_plan};

type Edit = fn(&mut Dossier, &mut Bareme, &mut Plan);

/// Rules and keys named once the dossier, the bareme or the plan is edited.
fn after(edit: Edit) -> Vec<&'static str> {
    let (mut dossier, mut bareme, mut plan) = (dossier(), bareme(), valid_plan());
    edit(&mut dossier, &mut bareme, &mut plan);
    plan.bareme = serde_json::to_value(&bareme).expect("plain data");
    named(&dossier, &bareme, &plan)
}

/// The edit breaks this rule, and figures may follow.
fn breaks(rule: &str, edit: Edit) {
    let named = after(edit);
    assert!(named.contains(&rule), "{rule} not among {named:?}");
}

/// The edit breaks this rule alone.
fn breaks_only(rule: &str, edit: Edit) {
    assert_eq!(after(edit), [rule]);
}

fn allows(edit: Edit) {
    assert_eq!(after(edit), Vec::<&str>::new());
}

fn row<'a>(plan: &'a mut Plan, uai: &str) -> &'a mut maillage::domain::Assignment {
    plan.affectations.iter_mut().find(|row| row.uai == uai).expect("a row")
}

fn place(dossier: &Dossier, uai: &str) -> usize {
    dossier.establishments.iter().position(|one| one.uai == uai).expect("an establishment")
}

#[test]
fn h1_a_modality_with_a_post_has_one_and_others_have_none() {
    breaks("H1", |_, _, plan| row(plan, "C1").poste = None);
    breaks("H1", |_, _, plan| row(plan, "C1").poste = Some("P9".into()));
    breaks("H1", |_, _, plan| row(plan, "C3").poste = Some("P5".into()));
    breaks("H1", |_, _, plan| row(plan, "L2").partie = Some(3));
    breaks("H1", |_, _, plan| row(plan, "C4").uai = "E9".into());
}

#[test]
fn h1_units_of_a_group_stay_together() {
    breaks_only("H1", |dossier, _, _| {
        for uai in ["C2", "C3"] {
            let index = place(dossier, uai);
            dossier.establishments[index].group = Some("Cité".into());
        }
    });
    // C3 and C6 have no post: together without one.
    allows(|dossier, _, _| {
        for uai in ["C6", "C3"] {
            let index = place(dossier, uai);
            dossier.establishments[index].group = Some("Cité".into());
        }
    });
    // Beside a pole held by a team, nobody serves the others.
    allows(|dossier, _, _| {
        for uai in ["L1", "C6"] {
            let index = place(dossier, uai);
            dossier.establishments[index].group = Some("Cité".into());
        }
    });
}

#[test]
fn h1_a_reseau_stays_with_its_college_where_the_bareme_says_so() {
    let apart: Edit = |_, _, plan| {
        for uai in ["E1", "E2"] {
            row(plan, uai).poste = Some("P2".into());
        }
    };
    breaks("H1", apart);
    let free: Edit = |_, bareme, plan| {
        bareme.reseau_avec_college = false;
        for uai in ["E1", "E2"] {
            row(plan, uai).poste = Some("P2".into());
        }
    };
    assert!(!after(free).contains(&"H1"));
}

#[test]
fn h2_a_load_fits_its_week_and_fills_the_least_share() {
    breaks("H2", |dossier, _, _| dossier.posts[0].quotite_percent = 50);
    breaks_only("H2", |_, bareme, _| bareme.limites.charge_min = 0.7);
    breaks("H2", |_, _, plan| row(plan, "C5").poste = Some("P4".into()));
}

#[test]
fn h3_a_post_serves_its_residence() {
    breaks("H3", |dossier, _, _| dossier.posts[4].residence = Some("C4".into()));
    breaks("H3", |_, _, plan| row(plan, "C2").modalite = Modality::Pole);
    breaks("H3", |_, _, plan| row(plan, "L2").poste = Some("P5".into()));
    // Two posts for two parts: they alone serve them.
    breaks("H3", |dossier, _, _| dossier.posts[0].residence = Some("L2".into()));
    allows(|dossier, _, _| {
        dossier
            .decisions
            .push(Decision { post: Some("P5".into()), ..decision("C2", DecisionKind::Require) });
    });
}

#[test]
fn h3_a_placed_post_takes_a_free_residence_of_its_degree_and_bassin() {
    breaks("H3", |_, _, plan| plan.postes[2].residence = Some("C4".into()));
    breaks("H3", |_, _, plan| plan.postes[2].residence = Some("C2".into()));
    breaks("H3", |_, _, plan| plan.postes[2].residence = None);
    breaks("H3", |dossier, _, _| dossier.posts[2].field = maillage::domain::Field::FirstDegree);
    assert_eq!(after(|dossier, _, _| dossier.posts[2].bassin = Some("Nord".into())), ["H3", "H7"]);
}

#[test]
fn h4_no_trip_is_longer_than_the_limit() {
    breaks_only("H4", |_, bareme, _| bareme.limites.trajet_max_minutes = 14);
    breaks_only("H4", |dossier, _, _| dossier.posts[1].max_trip_minutes = Some(19));
    allows(|dossier, bareme, _| {
        bareme.limites.trajet_max_minutes = 15;
        dossier
            .decisions
            .push(Decision { post: Some("P2".into()), ..decision("CIRC", DecisionKind::Require) });
    });
}

#[test]
fn h5_and_h6_count_establishments_without_reseaux() {
    breaks_only("H5", |dossier, _, _| dossier.posts[2].max_establishments = Some(2));
    breaks_only("H5", |_, bareme, _| bareme.limites.etablissements_max = 2);
    allows(|dossier, _, _| dossier.posts[0].max_establishments = Some(1));
    breaks_only("H6", |_, bareme, _| bareme.limites.rep_plus_etablissements_max = 0);
    allows(|_, bareme, _| bareme.limites.rep_plus_etablissements_max = 1);
}

#[test]
fn h7_a_post_keeps_to_its_bassin_and_degree() {
    breaks_only("H7", |dossier, _, _| dossier.posts[0].bassin = Some("Sud".into()));
    breaks("H7", |dossier, _, _| dossier.posts[1].field = maillage::domain::Field::SecondDegree);
    breaks_only("H7", |dossier, _, _| dossier.posts[1].bassin = Some("Nord".into()));
    allows(|dossier, _, _| {
        dossier.posts[1].bassin = Some("Nord".into());
        dossier
            .decisions
            .push(Decision { post: Some("P2".into()), ..decision("CIRC", DecisionKind::Require) });
    });
}

#[test]
fn h8_references_fit_the_advisers_of_the_bassin() {
    breaks_only("H8", |dossier, _, _| dossier.advisers[0].references_max = 0);
    breaks_only("H8", |dossier, _, _| dossier.advisers[0].bassin = "Nord".into());
    breaks_only("H8", |dossier, _, _| dossier.advisers.clear());
}

#[test]
fn h9_decisions_hold() {
    breaks_only("H9", |dossier, _, _| {
        let presence = Some(Presence(4));
        dossier.decisions.push(Decision { presence, ..decision("C2", DecisionKind::Require) });
    });
    breaks_only("H9", |dossier, _, _| {
        let post = Some("P3".into());
        let modality = Some(Modality::Pole);
        dossier.decisions.push(Decision { post, modality, ..decision("C4", DecisionKind::Forbid) });
    });
    breaks_only("H9", |dossier, _, _| {
        let modality = Some(Modality::Pole);
        dossier.decisions.push(Decision { modality, ..decision("C3", DecisionKind::Minimum) });
    });
    allows(|dossier, _, _| {
        let post = Some("P2".into());
        let modality = Some(Modality::Pole);
        dossier.decisions.push(Decision { post, modality, ..decision("C4", DecisionKind::Forbid) });
    });
}

#[test]
fn h9_requires_and_minimum_bind_the_first_part_and_forbid_all() {
    allows(|dossier, _, _| {
        let presence = Some(Presence(8));
        dossier.decisions.push(Decision { presence, ..decision("L2", DecisionKind::Minimum) });
    });
    breaks_only("H9", |dossier, _, _| {
        let presence = Some(Presence(2));
        dossier.decisions.push(Decision { presence, ..decision("L2", DecisionKind::Forbid) });
    });
}

#[test]
fn h10_only_offered_modalities() {
    breaks_only("H10", |_, bareme, _| bareme.couverture = Coverage::Tous);
    breaks_only("H10", |_, bareme, _| bareme.pole.types = vec!["COLLEGE".into()]);
    breaks_only("H10", |_, bareme, _| bareme.reference.types = vec![]);
    breaks("H10", |_, _, plan| row(plan, "CIRC").modalite = Modality::Permanence);
    breaks("H10", |_, _, plan| row(plan, "L3").modalite = Modality::Pole);
    breaks_only("H10", |dossier, bareme, _| {
        (bareme.mandats.dote, bareme.points.dote) = (true, 0.0);
        let index = place(dossier, "C3");
        dossier.establishments[index].on_priority_list = true;
    });
    allows(|dossier, bareme, _| {
        bareme.couverture = Coverage::Tous;
        let modality = Some(Modality::Conseil);
        dossier.decisions.push(Decision { modality, ..decision("C6", DecisionKind::Require) });
    });
}

#[test]
fn h10_presences_stand_between_floor_and_need() {
    breaks_only("H10", |_, bareme, _| bareme.permanence.planchers.lp = 3.0);
    breaks_only("H10", |_, bareme, _| bareme.permanence.planchers.autres = 1.0);
    breaks_only("H10", |_, bareme, _| bareme.permanence.demi_journees_max = 4);
    breaks("H10", |_, _, plan| row(plan, "C5").demi_journees = 3.0);
    breaks("H10", |_, _, plan| row(plan, "C5").demi_journees = 0.25);
    breaks("H10", |_, _, plan| row(plan, "C5").demi_journees = 1.1);
    breaks("H10", |_, _, plan| row(plan, "C4").demi_journees = 1.0);
    allows(|dossier, bareme, _| {
        bareme.permanence.planchers.lp = 3.0;
        let presence = Some(Presence(8));
        dossier.decisions.push(Decision { presence, ..decision("L3", DecisionKind::Require) });
    });
}

#[test]
fn h11_kilometres_and_changes_keep_to_their_totals() {
    breaks_only("H11", |_, bareme, _| bareme.limites.km_max_semaine = Some(100.0));
    allows(|_, bareme, _| bareme.limites.km_max_semaine = Some(101.0));
    breaks_only("H11", |_, bareme, _| bareme.limites.changements_max = Some(1));
    allows(|_, bareme, _| bareme.limites.changements_max = Some(2));
}

#[test]
fn h12_a_team_holds_poles_on_reserved_time() {
    breaks_only("H12", |_, bareme, _| bareme.pole.reserve_max_minutes = 100);
    breaks_only("H12", |dossier, _, _| dossier.pole_teams[0].posts.push("P3".into()));
    breaks("H12", |_, _, plan| plan.postes[1].pole_equipe_minutes = 0);
    breaks("H12", |_, _, plan| plan.postes[1].pole_equipe_minutes = 100);
    breaks("H12", |_, _, plan| plan.postes[0].pole_equipe_minutes = 105);
    breaks("H12", |_, _, plan| row(plan, "L1").modalite = Modality::Permanence);
    breaks("H12", |dossier, _, _| dossier.posts[4].residence = Some("L1".into()));
    breaks("H12", |dossier, _, _| {
        let post = Some("P2".into());
        dossier.decisions.push(Decision { post, ..decision("L1", DecisionKind::Require) });
    });
}

#[test]
fn arrondissements_of_a_city_are_one_commune_for_the_mileage() {
    // P2 drives from L2 to CIRC, which another commune pays for, and P5 to L2, where it lives.
    let same = |seat: &'static str, visited: &'static str| {
        let (mut dossier, bareme, plan) = (dossier(), bareme(), valid_plan());
        for (uai, code) in [("L2", seat), ("CIRC", visited)] {
            let index = place(&dossier, uai);
            dossier.establishments[index].commune_code = code.into();
        }
        for post in &mut dossier.posts {
            post.home_commune = post.home_commune.as_ref().map(|_| seat.into());
        }
        let found = findings(&dossier, &bareme, &plan);
        !found.iter().any(|one| one.rule == "postes.km_indemnises_semaine")
    };
    assert!(same("13055", "79049"));
    assert!(!same("13201", "13216"));
    assert!(!same("69123", "69389"));
    assert!(same("75101", "13216"));
}
