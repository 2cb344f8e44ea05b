//! Any single value of a right plan, changed, is found.

use serde_json::Value;

use maillage::domain::Plan;

use super::small::{bareme, dossier, findings, valid_json, valid_plan};

/// What no rule can recompute: how the plan was sought, and free texts.
const FREE: [&str; 5] = ["/programme", "/graine", "/methode", "/preuve", "/avertissements/0"];

#[test]
fn the_plan_worked_out_by_hand_has_no_finding() {
    assert_eq!(findings(&dossier(), &bareme(), &valid_plan()), []);
}

#[test]
fn a_plan_without_gap_is_optimal_and_says_so() {
    let mut plan = valid_plan();
    (plan.borne, plan.ecart, plan.ecart_demi_journees) = (plan.objectif, 0.0, 0.0);
    let rules: Vec<_> =
        findings(&dossier(), &bareme(), &plan).iter().map(|finding| finding.rule).collect();
    assert_eq!(rules, ["statut"]);
    plan.statut = maillage::domain::Status::Optimal;
    assert_eq!(findings(&dossier(), &bareme(), &plan), []);
}

/// Pointers of all leaves.
fn leaves(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (key, inner) in fields {
                let key = key.replace('~', "~0").replace('/', "~1");
                leaves(inner, &format!("{path}/{key}"), found);
            }
        }
        Value::Array(items) => {
            for (index, inner) in items.iter().enumerate() {
                leaves(inner, &format!("{path}/{index}"), found);
            }
        }
        _ => found.push(path.to_owned()),
    }
}

/// Other values of the same type, near the one given.
fn other_values(value: &Value) -> Vec<Value> {
    match value {
        Value::Number(number) if number.is_f64() => {
            let number = number.as_f64().expect("a decimal");
            vec![(number + 0.25).into(), (number + 0.013).into(), (number - 1.0).into()]
        }
        Value::Number(number) => {
            let number = number.as_i64().expect("an integer");
            vec![(number + 1).into(), (number - 1).into(), (number + 100).into()]
        }
        Value::String(text) => vec![format!("{text}x").into(), "P1".into(), "POLE".into()],
        Value::Bool(truth) => vec![(!truth).into()],
        _ => vec![],
    }
}

/// Tenths are all that is shown of these.
fn is_hidden_by_rounding(path: &str, old: &Value, new: &Value) -> bool {
    let tenths = [
        "minutes_aller",
        "km_semaine",
        "km_indemnises_semaine",
        "cible_equite",
        "eleves_par_etp",
        "indice_equilibre",
    ];
    let near = |old: f64, new: f64| (old - new).abs() < 0.05;
    tenths.iter().any(|name| path.ends_with(name))
        && old.as_f64().zip(new.as_f64()).is_some_and(|(old, new)| near(old, new))
}

#[test]
fn any_single_value_changed_is_found() {
    let (dossier, bareme, valid) = (dossier(), bareme(), valid_json());
    let mut paths = Vec::new();
    leaves(&valid, "", &mut paths);
    let mut silent = Vec::new();
    let mut tried = 0;
    for path in paths.iter().filter(|path| !FREE.contains(&path.as_str())) {
        let old = valid.pointer(path).expect("a leaf");
        for new in other_values(old) {
            if new == *old || is_hidden_by_rounding(path, old, &new) {
                continue;
            }
            let mut changed = valid.clone();
            *changed.pointer_mut(path).expect("a leaf") = new.clone();
            // What is no plan at all is refused when it is read.
            let Ok(plan) = serde_json::from_value::<Plan>(changed) else { continue };
            tried += 1;
            if findings(&dossier, &bareme, &plan).is_empty() {
                silent.push(format!("{path}: {old} -> {new}"));
            }
        }
    }
    assert!(tried > 1000, "only {tried} changes tried");
    assert_eq!(silent, Vec::<String>::new());
}

#[test]
fn any_row_left_out_or_repeated_is_found() {
    let (dossier, bareme, valid) = (dossier(), bareme(), valid_plan());
    for row in 0..valid.affectations.len() {
        let mut plan = valid.clone();
        let taken = plan.affectations.remove(row);
        let found = |plan: &Plan| findings(&dossier, &bareme, plan);
        assert!(found(&plan).iter().any(|one| one.rule == "H1"), "row {row} left out");
        plan.affectations.extend([taken.clone(), taken]);
        assert!(found(&plan).iter().any(|one| one.rule == "H1"), "row {row} repeated");
    }
    for row in 0..valid.postes.len() {
        let mut plan = valid.clone();
        let taken = plan.postes.remove(row);
        let found = |plan: &Plan| findings(&dossier, &bareme, plan);
        assert!(found(&plan).iter().any(|one| one.rule == "postes"), "post {row} left out");
        plan.postes.extend([taken.clone(), taken]);
        assert!(found(&plan).iter().any(|one| one.rule == "postes"), "post {row} repeated");
    }
}

#[test]
fn rows_out_of_the_order_of_the_dossier_are_found() {
    let mut plan = valid_plan();
    plan.affectations.swap(4, 5);
    plan.postes.swap(0, 1);
    let rules: Vec<_> =
        findings(&dossier(), &bareme(), &plan).iter().map(|finding| finding.rule).collect();
    assert_eq!(rules, ["affectations", "postes"]);
}
