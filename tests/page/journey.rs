//! From the first click, or from the ministry's files, to downloaded documents.

use crate::common::shared;

use super::page::Page;
use super::stand::on_a_page;

#[test]
fn the_demonstration_leads_from_the_first_click_to_documents() {
    on_a_page(|page| async move {
        page.demo_with_a_plan().await;
        assert_eq!(page.value("document.querySelectorAll('.marque').length").await, 55);
        page.run("document.querySelector('.marque').dispatchEvent(new MouseEvent('click', { bubbles: true }))")
            .await;
        page.says("Ce que coûterait un autre choix").await;
        page.press("Liste").await;
        assert_eq!(page.value("document.querySelectorAll('.liste tbody tr').length").await, 55);
        download_report(&page, "Collège des Tilleuls").await;
    });
}

#[test]
fn the_annuaire_leads_to_a_saved_dossier_and_documents() {
    let files = [
        "data/annuaire/annuaire_Occitanie_2024-11.csv.gz",
        "data/ips/colleges_FR_ips_effectifs_rentree2022.csv",
    ];
    let Some(files) = files.iter().map(|file| shared(file)).collect::<Option<Vec<_>>>() else {
        return;
    };
    on_a_page(|page| async move {
        page.go("fichiers").await;
        page.bring(&files.iter().map(|file| file.as_path()).collect::<Vec<_>>()).await;
        page.says("Ce qui a été reconnu").await;
        page.choose("Département", "31").await;
        page.write("import-etp", "45").await;
        page.press("Constituer le dossier").await;
        page.says("Ce qui a été compris").await;
    });
}

/// Downloads the report from the screen of documents; it names `establishment`.
async fn download_report(page: &Page, establishment: &str) {
    page.go("documents").await;
    page.press("rapport.html").await;
    let report = String::from_utf8(page.downloaded("rapport.html").await).expect("UTF-8");
    assert!(report.contains(establishment), "the report names {establishment}");
}
