//! Every screen under axe-core, at the levels A and AA of WCAG 2.2.

use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use super::stand::on_a_page;
use super::visit::{Page, SOON};
use crate::common::skipped;

/// The tool and its version, fetched by npm into `target`.
const AXE: &str = "axe-core@4.10.3";
/// Screens, as the address names them.
const SCREENS: [&str; 12] = [
    "accueil",
    "fichiers",
    "tables",
    "carte",
    "carte/0990001N",
    "carte/poste/AS-01",
    "atelier/postes",
    "atelier/variantes",
    "atelier/reglages",
    "atelier/moyens",
    "atelier/fragilite",
    "documents",
];

#[test]
fn no_screen_has_an_accessibility_fault_that_a_tool_can_find() {
    let Some(axe) = axe() else {
        skipped("npm is not there, or cannot fetch axe-core");
        return;
    };
    on_a_page(|page| async move {
        page.demo_with_a_plan().await;
        page.study("frontiere", "axe: 'etp', niveaux: [10, 11], ecart: 0.2").await;
        page.study("fragilite", "ecart: 0.2").await;
        let mut faults = Vec::new();
        for screen in SCREENS {
            page.go(screen).await;
            page.until(&format!("!!document.querySelector('{}')", mark_of(screen)), SOON).await;
            faults.extend(audit(&page, &axe, screen).await);
        }
        page.go("carte").await;
        page.press("Liste").await;
        faults.extend(audit(&page, &axe, "liste").await);
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    });
}

/// What shows that a screen holds what it is made for.
fn mark_of(screen: &str) -> &'static str {
    match screen {
        "carte/0990001N" => ".explication",
        "atelier/moyens" => "img.graphique",
        "atelier/fragilite" => ".fragilite td .jauge",
        _ => "h1",
    }
}

/// One line a fault: screen, rule, elements.
async fn audit(page: &Page, axe: &str, screen: &str) -> Vec<String> {
    page.later("await new Promise((next) => setTimeout(next, 400))").await;
    page.run(axe).await;
    let tags = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']";
    let script = format!(
        "const result = await axe.run({{ runOnly: {tags} }});
         return result.violations.map((fault) => [fault.id, fault.help,
             fault.nodes.slice(0, 4).map((node) => node.html.slice(0, 160))]);"
    );
    let found = page.later(&script).await;
    let Value::Array(faults) = found else { panic!("axe did not run on {screen}: {found}") };
    faults.iter().map(|fault| format!("{screen}: {fault}")).collect()
}

/// The text of axe-core, fetched once.
fn axe() -> Option<String> {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("axe");
    let script = folder.join("node_modules/axe-core/axe.min.js");
    if !script.exists() {
        let fetched = Command::new("npm")
            .args(["install", "--no-save", "--no-audit", "--no-fund", "--prefix"])
            .arg(&folder)
            .arg(AXE)
            .status();
        fetched.ok().filter(std::process::ExitStatus::success)?;
    }
    std::fs::read_to_string(script).ok()
}
