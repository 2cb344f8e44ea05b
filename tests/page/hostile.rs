//! What comes from files is shown, and never runs.

use super::stand::on_a_page;
use super::visit::{Page, SOON};

/// A name that would run in a page which takes text for markup.
const NAME: &str = "<img src=x onerror=\"window.pris = 1\"><script>window.pris = 2</script>";
/// Screens that show names of establishments, posts or variants.
const SCREENS: [&str; 6] = [
    "carte",
    "carte/0990001N",
    "tables/etablissements",
    "atelier/postes",
    "atelier/variantes",
    "documents",
];

#[test]
fn names_from_files_are_text_on_every_screen() {
    on_a_page(|page| async move {
        page.press("Essayer la démonstration").await;
        page.says("Pas encore de plan").await;
        let status = page.later(&name_everything()).await;
        assert_eq!(status, "200 200 202 200", "cell, cell, search, variant");
        page.run("location.reload()").await;
        for screen in SCREENS {
            page.go(screen).await;
            let shown = if screen == "documents" { "Classeurs" } else { "<img src=x" };
            page.says(shown).await;
            assert!(page.value("window.pris ?? null").await.is_null(), "{screen} runs a name");
        }
        page.go("carte").await;
        page.press("Liste").await;
        page.says("<img src=x").await;
        assert!(page.value("window.pris ?? null").await.is_null(), "the list runs a name");
        the_policy_holds(&page).await;
    });
}

/// Should a name ever become markup, the browser would still refuse to run it.
async fn the_policy_holds(page: &Page) {
    page.run(
        "window.refus = 0;
         document.addEventListener('securitypolicyviolation', () => { window.refus += 1; });
         const script = document.createElement('script');
         script.textContent = 'window.pris = 3';
         document.body.append(script);
         document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.pris = 4\">');
         const far = new Image();
         far.src = 'http://exemple.invalid/x.png';",
    )
    .await;
    page.until("window.refus >= 3", SOON).await;
    assert!(page.value("window.pris ?? null").await.is_null(), "the policy lets markup run");
}

/// An establishment, an agent and a variant get the name; a plan is searched.
fn name_everything() -> String {
    let name = serde_json::json!(NAME);
    format!(
        "const send = async (method, route, what) => (await fetch(route, {{ method,
             headers: {{ 'Content-Type': 'application/json' }}, body: JSON.stringify(what) }})).status;
         const cell = (table, colonne) => send('PUT', `tables/${{table}}`, {{ ligne: 0, colonne, valeur: {name} }});
         const answers = [await cell('etablissements', 'nom'), await cell('postes', 'agent'),
             await send('POST', 'resoudre', {{ ecart: 0.2 }})];
         while ((await (await fetch('etat')).json()).calcul) await new Promise((next) => setTimeout(next, 100));
         answers.push(await send('POST', 'variantes', {{ nom: {name} }}));
         return answers.join(' ');"
    )
}
