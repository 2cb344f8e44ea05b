//! Why, at what price, and what else: what the page asks about a plan.

use serde_json::{Value, json};

use super::site::Site;

/// The demonstration with a plan near the best.
fn site_with_a_plan() -> (Site, Value) {
    with_a_plan(Site::start())
}

fn with_a_plan(site: Site) -> (Site, Value) {
    site.post("demo", &json!({})).ok();
    assert_eq!(site.get("expliquer/0990001N").status, 404, "no plan yet");
    assert_eq!(site.post("etudes/fragilite", &json!({})).status, 404, "no plan yet");
    assert_eq!(site.post("resoudre", &json!({ "ecart": 0.2 })).status, 202);
    site.wait();
    let plan = site.get("plan").ok();
    (site, plan)
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

#[test]
fn an_establishment_is_explained_with_the_price_of_every_other_choice() {
    let (site, _) = site_with_a_plan();
    let told = site.get("expliquer/0990001N").ok();
    let [told] = list(&told) else { panic!("one explanation: {told}") };
    assert!(told["resume"].as_str().expect("a sentence").contains("Tilleuls"), "{told}");
    assert_eq!(told["sections"][0]["titre"], "Ce qui est prévu");
    assert!(!list(&told["modalites"]).is_empty() && !list(&told["postes"]).is_empty());
    for choice in list(&told["modalites"]) {
        let price = &choice["prix"];
        let bounds = price["au_moins"].as_f64().zip(price["au_plus"].as_f64());
        assert!(bounds.is_none_or(|(least, most)| least <= most), "{choice}");
        assert!(price["impossible"] == true || price["au_moins"].is_number(), "{choice}");
    }
    assert_eq!(site.get("expliquer/0000000A").status, 404);
}

#[test]
fn a_trial_waits_for_no_explanation_even_on_one_core() {
    let (site, plan) = with_a_plan(Site::start_with(&[("RAYON_NUM_THREADS", "1")]));
    site.get("expliquer/0990001N").ok();
    let post = &plan["postes"][0]["poste"];
    let edits = json!([{ "action": "quotite", "poste": post, "quotite": 0.8 }]);
    let tried = site.post("essayer", &json!({ "modifications": edits, "ecart": 0.2 })).ok();
    assert!(tried["apres"]["objectif"].is_i64(), "{tried}");
    site.get("expliquer/0990001N").ok();
}

#[test]
fn a_frontier_is_traced_shown_and_known_to_be_old_after_an_edit() {
    let site = Site::start();
    site.post("demo", &json!({})).ok();
    for wrong in [
        json!({ "axe": "etp", "niveaux": [] }),
        json!({ "axe": "etp", "niveaux": [3, 2] }),
        json!({ "axe": "changements", "niveaux": [0.5] }),
        json!({ "axe": "etp", "niveaux": [1e9] }),
        json!({ "axe": "temps", "niveaux": [1] }),
    ] {
        assert_eq!(site.post("etudes/frontiere", &wrong).status, 422, "{wrong}");
    }
    assert_eq!(site.get("etudes/documents/frontiere.csv").status, 404);
    let today = site.get("etudes").ok()["etp"].as_f64().expect("full-time equivalents");
    let wish = json!({ "axe": "etp", "niveaux": [today - 0.5, today], "ecart": 0.2 });
    assert_eq!(site.post("etudes/frontiere", &wish).status, 202);
    site.wait();
    let study = &site.get("etudes").ok()["frontiere"];
    assert_eq!((&study["a_jour"], list(&study["points"]).len()), (&json!(true), 2), "{study}");
    assert!(study["points"][1]["objectif"].is_i64(), "{study}");
    let documents = ["svg", "html", "csv"].map(|ending| {
        let answer = site.get(&format!("etudes/documents/frontiere.{ending}"));
        assert_eq!(answer.status, 200, "{ending}");
        String::from_utf8(answer.body).expect("UTF-8")
    });
    assert!(documents[0].starts_with("<svg") && documents[0].contains("quivalents"));
    assert!(documents[1].contains("<table") && documents[2].contains("niveau;"));
    let edit = json!({ "modifications": [{ "action": "sans", "poste": "AS-01" }] });
    site.post("modifier", &edit).ok();
    assert_eq!(site.get("etudes").ok()["frontiere"]["a_jour"], false);
}

#[test]
fn each_absence_has_its_price_and_a_stop_leaves_the_page_as_it_was() {
    let (site, plan) = site_with_a_plan();
    assert_eq!(site.get("etudes/documents/fragilite.html").status, 404, "not measured yet");
    assert_eq!(site.post("etudes/fragilite", &json!({ "ecart": 0.2 })).status, 202);
    assert_eq!(site.post("etudes/fragilite", &json!({})).status, 409, "one at a time");
    site.wait();
    let study = &site.get("etudes").ok()["fragilite"];
    assert_eq!(study["a_jour"], true);
    let serving = list(&plan["plan"]["postes"])
        .iter()
        .filter(|post| !list(&post["etablissements"]).is_empty());
    assert_eq!(list(&study["postes"]).len(), serving.count());
    assert!(list(&study["postes"]).iter().any(|post| post["perte"].as_f64() > Some(0.0)));

    for (ending, word) in [("html", "<article"), ("csv", "poste_absent;")] {
        let answer = site.get(&format!("etudes/documents/fragilite.{ending}"));
        assert_eq!(answer.status, 200, "{ending}");
        let text = String::from_utf8(answer.body).expect("UTF-8");
        assert!(text.contains(word) && text.contains("AS-01"), "{ending}");
    }

    site.post("etudes/fragilite", &json!({ "ecart": 0.0 }));
    site.write("POST", "arreter", &json!({}));
    let state = site.wait();
    assert_eq!(state["plan"]["objectif"], plan["plan"]["objectif"]);
}

#[test]
fn a_dossier_without_any_plan_says_why_and_how_to_get_out() {
    let site = Site::start();
    site.post("demo", &json!({})).ok();
    let plan = site.get("plan").ok();
    let demand = |unit: &Value| {
        json!({ "action": "decision", "decision": "EXIGER", "uai": unit["uai"], "poste": "AS-01",
                "modalite": "PERMANENCE", "demi_journees": 6 })
    };
    let colleges = list(&plan["unites"]).iter().filter(|unit| unit["type"] == "COLLEGE");
    let edits: Vec<Value> = colleges.take(2).map(demand).collect();
    site.post("modifier", &json!({ "modifications": edits })).ok();
    assert_eq!(site.post("resoudre", &json!({})).status, 202);
    let state = site.wait();
    assert!(state["plan"].is_null());
    let impasse = &state["impasse"];
    assert!(!list(&impasse["conflit"]).is_empty(), "{impasse}");
    let way = list(&impasse["remedes"]).first().expect("a way out");
    let edit = json!({ "modifications": way["modifications"] });
    let kept = site.post("modifier", &edit).ok();
    assert!(!list(&kept["description"]).is_empty(), "{kept}");
    assert!(site.get("etat").ok()["impasse"].is_null(), "the edited dossier is another one");
    assert_eq!(site.post("resoudre", &json!({ "ecart": 0.2 })).status, 202);
    assert!(site.wait()["plan"]["objectif"].is_i64(), "the way out leads to a plan");
}
