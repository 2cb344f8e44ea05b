//! What the plan says it was computed from: the dossier, the bareme, the input files.

use std::collections::BTreeSet;

use crate::domain::Plan;

use super::facts::Facts;
use super::finding::Report;

/// Version of `plan.json` that this checker reads.
const VERSION: u32 = 1;

pub(super) fn check(facts: &Facts<'_>, plan: &Plan, report: &mut Report) {
    let scenario = &facts.dossier.scenario;
    report.same("version", "", VERSION, plan.version);
    report.same("dossier", "", &scenario.name, &plan.dossier);
    report.same("rentree", "", scenario.year, plan.rentree);
    report.same("departement", "", &scenario.departement, &plan.departement);
    report.same("profil", "", &scenario.profile, &plan.profil);
    digests(facts, plan, report);
    let expected = serde_json::to_value(facts.bareme).expect("a bareme is plain JSON");
    compare_values(report, "bareme", &expected, &plan.bareme);
}

/// The input files are those that the plan was computed from.
fn digests(facts: &Facts<'_>, plan: &Plan, report: &mut Report) {
    let expected = &facts.dossier.digests;
    let names: BTreeSet<&String> = expected.keys().chain(plan.empreintes.keys()).collect();
    for name in names {
        let digest = expected.get(name).map(String::as_str);
        let found = plan.empreintes.get(name).map(String::as_str);
        report.same_option("empreintes", name, digest, found);
    }
}

/// Compares two JSON values leaf by leaf, so that the finding names the value that differs.
fn compare_values(
    report: &mut Report,
    path: &str,
    expected: &serde_json::Value,
    found: &serde_json::Value,
) {
    if let (Some(wanted), Some(written)) = (expected.as_object(), found.as_object()) {
        let keys: BTreeSet<&String> = wanted.keys().chain(written.keys()).collect();
        let absent = serde_json::Value::Null;
        for key in keys {
            let pair = (wanted.get(key).unwrap_or(&absent), written.get(key).unwrap_or(&absent));
            compare_values(report, &format!("{path}.{key}"), pair.0, pair.1);
        }
    } else {
        report.same("bareme", path, expected, found);
    }
}
