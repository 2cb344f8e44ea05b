//! The main job without a mouse.

use super::stand::on_a_page;
use super::visit::{Page, SOON, TAB};

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

#[test]
fn an_establishment_is_moved_and_the_move_undone_by_keys_alone() {
    on_a_page(|page| async move {
        page.demo_with_a_plan().await;
        page.go("carte/0990001N").await;
        page.says("Confier à un autre poste").await;
        let post = "document.querySelector('.servi a').textContent";
        let before = page.value(post).await;
        tab_to(&page, "Choisir un poste").await;
        page.keys(&[DOWN, TAB, ENTER]).await;
        page.says_after_a_search("Si vous gardez cette modification").await;
        page.until(&format!("{FOCUS}.textContent.startsWith('Si vous gardez')"), SOON).await;
        tab_to(&page, "Garder").await;
        page.keys(&[ENTER]).await;
        page.says_after_a_search("Modification gardée").await;
        page.until(&format!("{post} !== {before}"), SOON).await;
        let lost = page.value(&format!("{FOCUS} === document.body")).await;
        assert_eq!(lost, false, "the focus stays in the panel when the plan is drawn anew");
        back_to(&page, "Annuler : ").await;
        page.keys(&[ENTER]).await;
        page.until(&format!("{post} === {before}"), SOON).await;
        let undo = page.value(&format!("{FOCUS}.dataset.cle")).await;
        assert_eq!(undo, "annuler", "the focus stays on the button that has nothing left to undo");
    });
}

#[test]
fn a_new_plan_leaves_what_is_under_ones_hands() {
    on_a_page(|page| async move {
        page.demo_with_a_plan().await;
        page.press("Recalculer le plan").await;
        page.choose("Temps au plus", "300").await;
        page.run("document.querySelector('.recalcul .principal').focus()").await;
        page.run("document.querySelector('.recalcul').dataset.avant = 'oui'").await;
        page.keys(&[ENTER]).await;
        page.ended_a_search().await;
        page.until("!document.querySelector('.recalcul').dataset.avant", SOON).await;
        assert_eq!(page.value("document.querySelector('.recalcul').open").await, true);
        for (list, value) in [("calcul-limite", "300"), ("calcul-ecart", "0.01")] {
            let kept = page.value(&format!("document.getElementById('{list}').value")).await;
            assert_eq!(kept, value, "{list}");
        }
        assert_eq!(focused(&page).await, "Recalculer");
    });
}

/// The element in focus.
const FOCUS: &str = "document.activeElement";

/// Presses Shift and Tab until the element in focus has these words.
async fn back_to(page: &Page, words: &str) {
    for _ in 0..FAR {
        page.back().await;
        if focused(page).await.contains(words) {
            return;
        }
    }
    panic!("« {words} » is out of reach of the keyboard");
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
