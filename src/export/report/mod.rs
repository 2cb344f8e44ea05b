//! `rapport.html`: the document that the CSA SD reads (R11, R19). It stands alone: styles and
//! drawings are inside, no script, no network.
//!
//! Each section computes plain values; `templates/` turns them into pages and escapes all text.

mod annex;
mod changes;
mod coverage;
mod loads;
mod map;
mod method;
mod summary;
mod unserved;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior};
use serde::Serialize;

use crate::domain::Plan;
use crate::policy::Bareme;
use crate::wording::{label, number, sentence};

use super::error::ExportError;
use super::plan_folder::{Options, plan_digest};
use super::run_info::RunInfo;
use super::view::{View, same_input};

const DOCUMENT: &str = "rapport.html";
const TEMPLATES: [(&str, &str); 16] = [
    ("rapport.html", include_str!("../templates/rapport.html")),
    ("rapport.css", include_str!("../templates/rapport.css")),
    ("figures.html", include_str!("../templates/figures.html")),
    ("synthese.html", include_str!("../templates/synthese.html")),
    ("carte.html", include_str!("../templates/carte.html")),
    ("annexe.html", include_str!("../templates/annexe.html")),
    ("charges.html", include_str!("../templates/charges.html")),
    ("couverture.html", include_str!("../templates/couverture.html")),
    ("changements.html", include_str!("../templates/changements.html")),
    ("non_servis.html", include_str!("../templates/non_servis.html")),
    ("methode.html", include_str!("../templates/methode.html")),
    ("frontiere.html", include_str!("../templates/frontiere.html")),
    ("explications.html", include_str!("../templates/explications.html")),
    ("explication.html", include_str!("../templates/explication.html")),
    ("comparaison.html", include_str!("../templates/comparaison.html")),
    ("planning.html", include_str!("../templates/planning.html")),
];

/// What the templates see.
#[derive(Serialize)]
struct Page<'a> {
    plan: &'a Plan,
    anonyme: bool,
    titre: String,
    statut: &'static str,
    date: String,
    execution: &'a RunInfo,
    empreinte: String,
    memes_fichiers: bool,
    synthese: summary::Summary,
    cartes: Vec<map::Map>,
    annexe: annex::Annex,
    charges: loads::Loads,
    couverture: coverage::Coverage,
    changements: changes::Changes,
    non_servis: unserved::Unserved,
    methode: method::Method,
}

/// The whole page.
///
/// # Errors
/// [`ExportError::Compose`], when the bareme in the plan is not one that this version knows.
pub fn render(view: &View, run: &RunInfo, options: Options) -> Result<String, ExportError> {
    let plan = view.plan;
    let bareme: Bareme =
        serde_json::from_value(plan.bareme.clone()).map_err(ExportError::composing(DOCUMENT))?;
    let page = Page {
        plan,
        anonyme: options.anonymous,
        titre: sentence::title(&plan.dossier, plan.rentree),
        statut: label::status(plan.statut),
        date: number::date_time(run.date),
        execution: run,
        empreinte: plan_digest(plan)?,
        memes_fichiers: same_input(view.dossier, plan),
        synthese: summary::summary(view),
        cartes: map::maps(view),
        annexe: annex::annex(view),
        charges: loads::loads(view, &bareme),
        couverture: coverage::coverage(view),
        changements: changes::changes(view),
        non_servis: unserved::unserved(view, &bareme),
        methode: method::method(&bareme, plan),
    };
    let environment = environment().map_err(ExportError::composing(DOCUMENT))?;
    let template = environment.get_template(DOCUMENT).map_err(ExportError::composing(DOCUMENT))?;
    template.render(Serde(page)).map_err(ExportError::composing(DOCUMENT))
}

/// The templates, with the filters that write numbers in French.
pub(super) fn environment() -> Result<Environment<'static>, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    environment.set_auto_escape_callback(|name| {
        if name.ends_with(".css") { AutoEscape::None } else { AutoEscape::Html }
    });
    environment.add_filter("nombre", |value: f64, decimals: usize| number::number(value, decimals));
    environment.add_filter("court", |value: f64, decimals: usize| number::short(value, decimals));
    environment
        .add_filter("pourcent", |share: f64, decimals: usize| number::percent(share, decimals));
    environment.add_filter("ecart", number::gap);
    environment.add_filter("duree", |minutes: f64| number::duration(minutes));
    for (name, text) in TEMPLATES {
        environment.add_template(name, text)?;
    }
    Ok(environment)
}
