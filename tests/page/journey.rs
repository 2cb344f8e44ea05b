//! From the first click, or from the ministry's files, to downloaded documents.

use std::fs;
use std::path::PathBuf;

use fantoccini::Locator;

use crate::common::shared;

use super::stand::on_a_page;
use super::visit::{Page, SEARCH, SOON};

#[test]
fn the_demonstration_leads_from_the_first_click_to_documents() {
    on_a_page(|page| async move {
        page.demo_with_a_plan().await;
        assert_eq!(page.value("document.querySelectorAll('.marque').length").await, 55);
        open_an_establishment(&page).await;
        keep_an_edit_and_undo_it(&page).await;
        keep_two_edits_tried_together_and_undo_them(&page).await;
        set_a_variant_beside_today(&page).await;
        try_a_value_of_the_bareme_then_leave_it_to_the_profil(&page).await;
        page.go("carte").await;
        draw_an_outline(&page).await;
        page.press("Liste").await;
        assert_eq!(page.value("document.querySelectorAll('.liste tbody tr').length").await, 55);
        let list = "document.querySelector('.liste-etablissements')";
        let wide = page.value(&format!("{list}.scrollWidth > {list}.clientWidth")).await;
        assert_eq!(wide, false, "the list fits its place");
        take_documents(&page, "Collège des Tilleuls").await;
    });
}

#[test]
fn a_wrong_cell_is_named_beside_itself_and_mended_in_place() {
    on_a_page(|page| async move {
        page.press("Essayer la démonstration").await;
        page.says("Pas encore de plan").await;
        page.go("tables/etablissements").await;
        page.says("Tilleuls").await;
        let right = page.value(&format!("{PUPILS}.textContent")).await;
        write_pupils(&page, "beaucoup").await;
        let fault = "document.querySelector('td[aria-invalid] .probleme')?.textContent";
        page.until(&format!("!!{fault}"), SOON).await;
        page.go("carte").await;
        page.says("Corriger dans les tables").await;
        page.go("tables/etablissements").await;
        page.says("1 erreur").await;
        write_pupils(&page, right.as_str().expect("a number")).await;
        page.until(&format!("!{fault}"), SOON).await;
        page.go("carte").await;
        page.says("Pas encore de plan").await;
    });
}

#[test]
fn a_dossier_without_any_plan_says_what_contradicts_itself_and_how_to_get_out() {
    on_a_page(|page| async move {
        page.press("Essayer la démonstration").await;
        page.says("Pas encore de plan").await;
        let status = page.later(TOO_MUCH_FOR_ONE_POST).await;
        assert_eq!(status, 200);
        page.press("Calculer le plan").await;
        page.says_after_a_search("Aucun plan ne respecte toutes les demandes").await;
        page.says("Pour en sortir, du moins coûteux au plus coûteux").await;
        page.press("Appliquer et calculer").await;
        page.found_a_plan().await;
    });
}

#[test]
fn the_annuaire_leads_to_a_saved_dossier_and_documents() {
    let names = [
        "data/annuaire/annuaire_Occitanie_2024-11.csv.gz",
        "data/ips/colleges_FR_ips_effectifs_rentree2022.csv",
        "data/ips/lycees_FR_ips_effectifs_rentree2022.csv",
    ];
    let found: Option<Vec<PathBuf>> = names.into_iter().map(shared).collect();
    let Some(found) = found else { return };
    let whole = |path: PathBuf| path.canonicalize().expect("a file");
    let files: Vec<PathBuf> = found.into_iter().map(whole).collect();
    on_a_page(|page| async move {
        page.go("fichiers").await;
        page.bring(&files).await;
        page.says("Ce qui a été reconnu").await;
        make_dossier(&page, "31", "45").await;
        page.says("102 collèges").await;
        page.says("3 réseaux d'écoles REP+").await;
        page.go("carte").await;
        page.says("172 établissements et 45 postes sont prêts").await;
        // A smaller departement of the same file: a debug build searches it in seconds.
        page.go("fichiers").await;
        make_dossier(&page, "09", "9").await;
        save(&page, "Ariège 2025").await;
        page.go("carte").await;
        page.says("Pas encore de plan").await;
        page.choose("S'arrêter à", "0.01").await;
        page.press("Calculer le plan").await;
        page.found_a_plan().await;
        take_documents(&page, "Foix").await;
    });
}

/// Locks an establishment and removes a post in one trial, keeps what that leads to, then undoes it;
/// what is kept leaves the list to try.
async fn keep_two_edits_tried_together_and_undo_them(page: &Page) {
    page.press("Verrouiller tel quel").await;
    page.says_after_a_search("Si vous gardez cette modification").await;
    page.press("Essayer avec d'autres").await;
    let wishes = "document.querySelectorAll('.panier li').length";
    page.until(&format!("{wishes} === 1"), SOON).await;
    page.run("document.querySelector('.postes tr:last-child td button').click()").await;
    page.until(&format!("{wishes} === 2"), SOON).await;
    page.run("document.querySelector('.panier .principal').click()").await;
    page.says_after_a_search("Si vous gardez ces modifications").await;
    page.run("document.querySelector('.essai .principal').click()").await;
    page.until("!document.querySelector('.essai')", SEARCH).await;
    page.until(&format!("{wishes} === 0"), SOON).await;
    page.run("document.querySelector('.annulation button').click()").await;
    page.says("est supprimé").await;
}

/// Fills the form of the dossier and reads what was understood.
async fn make_dossier(page: &Page, departement: &str, etp: &str) {
    page.choose("Département", departement).await;
    page.write("import-etp", etp).await;
    page.press("Constituer le dossier").await;
    page.says("Ce qui a été compris").await;
    page.says(&format!("{etp} postes")).await;
    let kept = "document.getElementById('import-etp').value";
    assert_eq!(page.value(kept).await, etp, "the form keeps what was asked");
    let chosen = "document.getElementById('import-departement').value";
    assert_eq!(page.value(chosen).await, departement, "and what was chosen");
}

/// Saves the dossier under a name; it is then in the workspace, as files.
async fn save(page: &Page, name: &str) {
    page.press("Enregistrer").await;
    page.write("reponse-dialogue", name).await;
    page.run("document.querySelector('dialog .principal').click()").await;
    page.says("Dossier enregistré").await;
    let folders = fs::read_dir(page.workspace()).expect("the workspace").flatten();
    let saved = folders.filter(|folder| folder.path().join("etablissements.csv").exists());
    assert_eq!(saved.count(), 1, "one dossier in the workspace");
}

/// Opens the panel of the first establishment by its mark.
async fn open_an_establishment(page: &Page) {
    page.run(
        "document.querySelector('.marque').dispatchEvent(new MouseEvent('click', { bubbles: true }))",
    )
    .await;
    page.says("Collège des Tilleuls").await;
    page.says("Points de priorité").await;
}

/// Locks the establishment that is open, keeps it, then undoes it.
async fn keep_an_edit_and_undo_it(page: &Page) {
    page.press("Verrouiller tel quel").await;
    page.says_after_a_search("Si vous gardez cette modification").await;
    let wide = "document.querySelector('.volet').scrollWidth > document.querySelector('.volet').clientWidth";
    assert_eq!(page.value(wide).await, false, "the effect fits its panel");
    page.press("Garder").await;
    page.says_after_a_search("Modification gardée").await;
    let edge = |of: &str, side: &str| {
        format!("document.querySelector('{of}').getBoundingClientRect().{side}")
    };
    let clear = format!("{} <= {} + 1", edge(".volet", "bottom"), edge("#messages", "top"));
    page.until(&clear, SOON).await;
    let undo = "document.querySelector('.annulation button')";
    page.until(&format!("{undo}?.ariaDisabled === null"), SOON).await;
    page.run(&format!("{undo}.click()")).await;
    page.says("Annuler : ").await;
}

/// Brings the outline of the departement by the menu of the map.
async fn draw_an_outline(page: &Page) {
    let ring = "[[0.5, 45.5], [2.5, 45.5], [2.5, 47.5], [0.5, 45.5]]";
    let file = page.workspace().join("contour.json");
    fs::write(&file, format!("{{\"type\": \"Polygon\", \"coordinates\": [{ring}]}}"))
        .expect("written");
    let input = page.element(Locator::Id("contour")).await;
    input.send_keys(&file.display().to_string()).await.expect("the file");
    page.until("document.querySelectorAll('.contour polygon').length === 1", SOON).await;
}

/// Keeps the plan as a variant, then sees it beside today's sectors on two maps and in a table.
async fn set_a_variant_beside_today(page: &Page) {
    page.go("atelier/variantes").await;
    page.press("Garder le plan courant comme variante").await;
    page.write("reponse-dialogue", "Avant le groupe de travail").await;
    page.run("document.querySelector('dialog .principal').click()").await;
    page.says("Avant le groupe de travail").await;
    page.press("Mettre côte à côte").await;
    page.says("Différences (").await;
    assert_eq!(page.value("document.querySelectorAll('.cote-a-cote .carte').length").await, 2);
    let ringed = page.value("document.querySelectorAll('.marque.differe').length").await;
    assert!(ringed.as_u64() > Some(0), "the maps ring what differs");
}

/// Writes another price of the road, keeps it, then empties the field: the profil's value is back.
async fn try_a_value_of_the_bareme_then_leave_it_to_the_profil(page: &Page) {
    page.go("atelier/reglages").await;
    let field = "document.querySelector('.reglages input')";
    let wishes = "document.querySelectorAll('.modifications li').length";
    let write = async |text: &str| {
        let event = "dispatchEvent(new Event('change', { bubbles: true }))";
        page.run(&format!("{field}.value = '{text}'; {field}.{event}")).await;
    };
    page.until(&format!("!!{field}"), SOON).await;
    write("2").await;
    assert_eq!(page.value(wishes).await, 1);
    write("beaucoup").await;
    assert_eq!(page.value(wishes).await, 0, "what is no number is not tried");
    write("2").await;
    page.press("Essayer ces valeurs").await;
    page.says_after_a_search("Si vous gardez cette modification").await;
    page.press("Garder").await;
    page.until(&format!("{field}?.closest('tr').className === 'modifie'"), SEARCH).await;
    write("").await;
    assert_eq!(page.value(&format!("{field}.value")).await, "1");
    page.says("(valeur du profil)").await;
    page.press("Essayer ces valeurs").await;
    page.says_after_a_search("revient à la valeur du profil (1)").await;
    page.press("Abandonner").await;
}

/// Downloads the report and a workbook; the report names `word`.
async fn take_documents(page: &Page, word: &str) {
    page.go("documents").await;
    page.press("rapport.html").await;
    let report = String::from_utf8(page.downloaded("rapport.html").await).expect("UTF-8");
    assert!(report.contains(word), "the report names {word}");
    page.press("plan.xlsx").await;
    assert!(page.downloaded("plan.xlsx").await.starts_with(b"PK"), "a workbook is a zip");
}

/// Two colleges ask for more half-days of the same post than it has.
const TOO_MUCH_FOR_ONE_POST: &str = "
    const { unites } = await (await fetch('plan')).json();
    const colleges = unites.filter(({ type }) => type === 'COLLEGE').slice(0, 2);
    const modifications = colleges.map(({ uai }) => ({ action: 'decision', decision: 'EXIGER', uai,
        poste: 'AS-01', modalite: 'PERMANENCE', demi_journees: 6 }));
    const headers = { 'Content-Type': 'application/json' };
    const body = JSON.stringify({ modifications });
    return (await fetch('modifier', { method: 'POST', headers, body })).status;";

/// The cell of the pupils of the first establishment.
const PUPILS: &str = "document.querySelectorAll('.grille td[data-row=\"0\"]')[
    [...document.querySelectorAll('.grille thead th')].findIndex((head) => head.textContent.startsWith('effectif')) - 1]";

/// Types into the cell of the pupils of the first establishment.
async fn write_pupils(page: &Page, text: &str) {
    let press = "dispatchEvent(new MouseEvent('mousedown', { bubbles: true, cancelable: true }))";
    let keys: Vec<char> = text.chars().chain(['\u{E007}']).collect();
    page.persist(text, async || {
        page.run(&format!("{PUPILS}.{press}")).await;
        page.keys(&keys).await;
        let look = format!(
            "for (let waited = 0; waited < 5000; waited += 50) {{
                 if ({PUPILS}.querySelector('.valeur')?.textContent === '{text}') return true;
                 await new Promise((next) => setTimeout(next, 50));
             }}
             return false;"
        );
        Ok(page.later(&look).await == true)
    })
    .await;
}
