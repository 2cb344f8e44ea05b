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
mod typography;
mod unserved;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior};
use serde::Serialize;

use crate::policy::Bareme;
use crate::wording::number;

use super::comparison::figure_text;
use super::error::ExportError;
use super::heading::Heading;
use super::plan_folder::Options;
use super::run_info::RunInfo;
use super::view::{View, same_input};

const DOCUMENT: &str = "rapport.html";
const TEMPLATES: [(&str, &str); 19] = [
    ("page.html", include_str!("../templates/page.html")),
    ("cartouche.html", include_str!("../templates/cartouche.html")),
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
    ("fragilite.html", include_str!("../templates/fragilite.html")),
    ("frontiere.html", include_str!("../templates/frontiere.html")),
    ("explications.html", include_str!("../templates/explications.html")),
    ("explication.html", include_str!("../templates/explication.html")),
    ("comparaison.html", include_str!("../templates/comparaison.html")),
    ("planning.html", include_str!("../templates/planning.html")),
];

/// What the templates see.
#[derive(Serialize)]
struct Page<'a> {
    #[serde(flatten)]
    entete: Heading<'a>,
    execution: &'a RunInfo,
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
        entete: Heading::new(plan, Some(run.date), options.anonymous)?,
        execution: run,
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
    compose(DOCUMENT, page)
}

/// A page of the templates.
///
/// # Errors
/// [`ExportError::Compose`], when a template asks for what the page does not hold.
pub(super) fn compose(document: &'static str, page: impl Serialize) -> Result<String, ExportError> {
    let composed = environment()
        .and_then(|environment| environment.get_template(document)?.render(Serde(page)));
    composed.map(|page| typography::unbroken(&page)).map_err(ExportError::composing(document))
}

/// The templates, with the filters that write numbers in French.
fn environment() -> Result<Environment<'static>, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    environment.set_auto_escape_callback(|name| {
        if name.ends_with(".css") { AutoEscape::None } else { AutoEscape::Html }
    });
    environment.add_global("programme", concat!("maillage ", env!("CARGO_PKG_VERSION")));
    environment.add_filter("nombre", |value: f64, decimals: usize| number::number(value, decimals));
    environment.add_filter("court", |value: f64, decimals: usize| number::short(value, decimals));
    environment
        .add_filter("pourcent", |share: f64, decimals: usize| number::percent(share, decimals));
    environment.add_filter("chiffre", |value: Option<f64>, unit: &str| figure_text(value, unit));
    environment.add_filter("ecart", number::gap);
    environment.add_filter("compte", |many: u64, one: &str, several: &str| {
        number::count(many, one, several)
    });
    environment.add_filter("duree", |minutes: f64| number::duration(minutes));
    for (name, text) in TEMPLATES {
        environment.add_template(name, text)?;
    }
    Ok(environment)
}
