//! The main job without a mouse.

use super::stand::on_a_page;
use super::visit::Page;

const TAB: char = '\u{E004}';
const ENTER: char = '\u{E007}';
const RIGHT: char = '\u{E014}';
const DOWN: char = '\u{E015}';
/// More elements than any screen makes one cross.
const FAR: usize = 80;

#[test]
fn a_plan_is_searched_and_an_establishment_opened_by_keys_alone() {
    on_a_page(|page| async move {
        tab_to(&page, "Essayer la démonstration").await;
        page.keys(&[ENTER]).await;
        page.says("Pas encore de plan").await;
        tab_to(&page, "Calculer le plan").await;
        page.keys(&[ENTER]).await;
        page.found_a_plan().await;

        page.run("document.querySelector('.carte-svg').focus()").await;
        let scale = page.value("document.querySelector('.echelle').textContent").await;
        page.keys(&['+', '+', '+', '+']).await;
        page.later("await new Promise((next) => setTimeout(next, 300))").await;
        assert_ne!(scale, page.value("document.querySelector('.echelle').textContent").await);
        page.keys(&['0', TAB]).await;
        let first = focused(&page).await;
        assert!(first.contains("Permanence") || first.contains("Pôle"), "{first}");
        page.keys(&[RIGHT]).await;
        let second = match focused(&page).await {
            same if same == first => {
                page.keys(&[DOWN]).await;
                focused(&page).await
            }
            other => other,
        };
        assert_ne!(first, second, "arrows move from an establishment to another");
        page.keys(&[ENTER]).await;
        let name = second.split(',').next().expect("a name");
        page.says("Données").await;
        assert_eq!(focused(&page).await, name, "the panel of the establishment has the focus");
    });
}

/// Presses Tab until the element in focus has these words.
async fn tab_to(page: &Page, words: &str) {
    for _ in 0..FAR {
        page.keys(&[TAB]).await;
        if focused(page).await.contains(words) {
            return;
        }
    }
    panic!("« {words} » is out of reach of the keyboard");
}

/// Name or text of the element in focus.
async fn focused(page: &Page) -> String {
    let name =
        "document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent";
    page.value(name).await.as_str().unwrap_or_default().trim().to_owned()
}
